"""A message and its buttons, cut where it is too long."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

#: Telegram's limit is 4,096 after the markup is taken out; the rest is a margin for it
LONGEST = 3500


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, and the data that comes back (at most 64 bytes)."""

    label: str
    data: str


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file that a message carries."""

    name: str
    content: bytes = field(repr=False)

    @property
    def is_picture(self) -> bool:
        """Whether it is shown rather than offered."""
        return self.name.endswith(".png")


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: HTML as Telegram knows it, and rows of buttons. A message with a file has its text as caption."""

    text: str
    buttons: Rows = ()
    document: Document | None = None
    #: shown as an answer to the very message that it is about
    pinned: bool = False


def split(blocks: Sequence[str], buttons: Rows = ()) -> tuple[Reply, ...]:
    """Blocks as few messages as the limit allows, cut only between blocks; the buttons stand under the last."""
    texts: list[str] = []
    for block in blocks:
        if texts and len(texts[-1]) + len(block) + 2 <= LONGEST:
            texts[-1] += f"\n\n{block}"
        else:
            texts.append(block)
    return tuple(Reply(text, buttons if at == len(texts) - 1 else ()) for at, text in enumerate(texts))
