"""The conversation in a terminal: the same answers as on Telegram, buttons as numbers."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from itertools import count
from pathlib import Path

from bot.conversation import Conversation, Incoming
from bot.notify import render
from bot.queues import Queues
from bot.replies import Button, Document, Reply
from db.values import LOCAL_CHAT

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_QUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
_TAG = re.compile(r"</?[a-z]+[^>]*>")
#: what could drive a terminal
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(html: str) -> str:
    """A reply's text without markup; control characters from outside cannot drive the terminal."""
    text = _QUOTE.sub(lambda match: f"\n  “{match.group(1).strip('“”')}”", html).replace("\n\n  “", "\n  “")
    text = _LINK.sub(
        lambda match: f"{match.group(2)} <{match.group(1)}>".replace("<", "&lt;").replace(">", "&gt;"), text
    )
    return CONTROL.sub("", unescape(_TAG.sub("", text)))


def painting() -> Callable[[str], None] | None:
    """How replies are painted on this terminal; None where the output is no terminal."""
    if not sys.stdout.isatty():
        return None
    from bot.painting import painter  # rich is loaded for terminals alone

    return painter()


def now() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)


class Terminal:
    """Somebody at a terminal, admin of the store that it works on."""

    def __init__(
        self,
        conversation: Conversation,
        write: Callable[[str], None],
        language: str | None = None,
        *,
        paint: Callable[[str], None] | None = None,
        folder: Path | None = None,
    ) -> None:
        """`write` prints lines, `paint` the HTML of a reply on a screen that can; pictures go into the `folder`."""
        self.conversation = conversation
        self.paint = paint or (lambda html: write(plain(html)))
        self.folder = folder or Path()
        self.queues = Queues(conversation.service.engine)
        self.write = write
        self.language = language
        self.buttons: list[Button] = []
        #: the message that was answered last: buttons may ask what to do with it
        self.said: Incoming | None = None

    def say(self, text: str) -> None:
        """Say something: a message, or the number of a button of the last reply."""
        said = self._incoming(text)
        if text.strip().isdigit() and 0 < int(text) <= len(self.buttons):
            tapped = self.conversation.tap(replace(said, below=self.said), self.buttons[int(text) - 1].data)
            shown = [*tapped.replies, *([tapped.edited] if tapped.edited else [])]
            if tapped.toast:
                self.paint(tapped.toast)
            self.show(shown)
            if tapped.buttons is not None:
                self._offer([button for row in tapped.buttons for button in row])
        else:
            self.said = said
            self.show(self.conversation.message(said))
        self.deliver()

    def deliver(self) -> None:
        """Show what waits for whoever follows from this terminal."""
        while messages := self.queues.due_messages(self.conversation.clock(), LOCAL_CHAT):
            for message in messages:
                told = self.queues.alerts(message)
                if told:
                    self.show(render(told, digest=message.digest))
                self.queues.sent(message.numbers, self.conversation.clock())

    def show(self, replies: Iterable[Reply]) -> None:
        """Print replies; their buttons get numbers."""
        shown = list(replies)
        for reply in shown:
            self.paint(reply.text)
            if reply.document and reply.document.is_picture:
                self.write(f"[{self._saved(reply.document)}]")
            elif reply.document:
                inside = reply.document.content.decode(errors="replace")
                self.write(f"[{reply.document.name}]\n{CONTROL.sub('', inside)}")
        buttons = [button for reply in shown for row in reply.buttons for button in row]
        if buttons:
            self._offer(buttons)
        self.write("")

    def _offer(self, buttons: list[Button]) -> None:
        self.buttons = buttons
        self.write("  ".join(f"[{at}] {plain(button.label)}" for at, button in enumerate(buttons, 1)))

    def _saved(self, picture: Document) -> Path:
        """Save a picture beside those that are there; gives where."""
        name = Path(picture.name)
        files = (self.folder / f"{name.stem}{f'-{at}' if at else ''}{name.suffix}" for at in count())
        file = next(one for one in files if not one.exists())
        file.write_bytes(picture.content)
        return file

    def _incoming(self, text: str) -> Incoming:
        return Incoming(
            chat=LOCAL_CHAT,
            person=LOCAL_CHAT,
            text=text,
            language=self.language,
            is_admin=True,
            buttons=(tuple(self.buttons),),
        )


def talk(terminal: Terminal, lines: Iterator[str]) -> None:
    """Answer line after line, until the lines end or one says /quit."""
    for line in lines:
        if line.strip() in ("/quit", "/exit"):
            return
        if line.strip():
            terminal.say(line.rstrip("\n"))


def typed(prompt: str = "> ") -> Iterator[str]:
    """The lines that a person types, until end of file or an interrupt."""
    while True:
        try:
            yield input(prompt)
        except (EOFError, KeyboardInterrupt):
            return
