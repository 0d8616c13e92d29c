"""One person's conversation without Telegram in between, with a clock that the test moves."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.conversation import Conversation, Incoming
from bot.replies import Reply, Rows
from bot.service import Service
from bot.terminal import plain
from tests.texts import NOW


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **time: float) -> None:
        """Time passes."""
        self.now += timedelta(**time)


@dataclass
class Talks:
    """Somebody in a chat: `who` is what every message and tap of theirs carries."""

    service: Service
    clock: Clock = field(default_factory=Clock)
    who: Incoming = field(default_factory=lambda: Incoming(chat=5, person=5, language="en"))
    shown: tuple[Reply, ...] = ()
    toast: str = ""

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.service, self.clock)

    def says(self, text: str, **more: object) -> str:
        """Say something; gives the text of the replies."""
        self.shown = self.conversation.message(replace(self.who, text=text, **more))  # type: ignore[arg-type]
        return self.read

    def taps(self, data: str, **more: object) -> str:
        """Tap a button by its data; gives all that is shown then."""
        below = {"buttons": self.below, **more}
        tapped = self.conversation.tap(replace(self.who, **below), data)  # type: ignore[arg-type]
        if tapped.buttons is not None and not tapped.replies:  # the message stays, its buttons change
            self.shown = tuple(replace(one, buttons=tapped.buttons if one.buttons else ()) for one in self.shown)
            self.toast = plain(tapped.toast)
            return self.toast
        self.shown = (*tapped.replies, *([tapped.edited] if tapped.edited else []))
        self.toast = plain(tapped.toast)
        return "\n".join([self.toast, self.read]).strip()

    def presses(self, label: str, **more: object) -> str:
        """Tap the button whose label contains the words."""
        found = [one for reply in self.shown for row in reply.buttons for one in row if label in one.label]
        assert found, f"no button {label!r} among {self.labels}"
        return self.taps(found[0].data, **more)

    @property
    def read(self) -> str:
        """What was shown last."""
        return "\n".join(plain(reply.text) for reply in self.shown)

    @property
    def below(self) -> Rows:
        """The rows of buttons that were shown last."""
        return self.shown[-1].buttons if self.shown else ()

    @property
    def labels(self) -> list[str]:
        """The buttons that were shown last."""
        return [one.label for reply in self.shown for row in reply.buttons for one in row]
