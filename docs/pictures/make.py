"""`make pictures`: the pictures of README, drawn from what claimbot answers about the sample articles.

A Chromium draws the chats; the timeline is the one that the alert's button brings.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from bot.conversation import Conversation, Incoming
from bot.demo import LATE, OUTLETS, sample
from bot.notify import render
from bot.queues import Queues
from bot.replies import Reply
from bot.service import Service
from db.engine import open_database

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: the day on which the last sample came out: the same pictures whenever they are made
NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
#: the page, in CSS pixels: wider and longer than what stands on it
_PAGE = (1000, 2400)
#: pixels of the picture for one of CSS; room around the chats, in CSS pixels
_SCALE, _ROOM = 2, 24
#: as few colours as text needs to stay smooth
_COLOURS = 64
#: a quotation is a block of its own: Telegram shows no empty line beside it
_QUOTE = re.compile(r"\s*(<blockquote.*?</blockquote>)\n?", re.DOTALL)


@dataclass
class Chat:
    """Somebody's chat with claimbot, and what it shows."""

    conversation: Conversation
    number: int
    language: str
    shown: list[str] = field(default_factory=list)
    replies: Sequence[Reply] = ()

    def says(self, text: str) -> None:
        """Write a message; its replies are shown."""
        self.shown.append(f'<div class="message own"><div class="bubble">{escape(text)}</div></div>')
        self._show(self.conversation.message(self._said(text)))

    def hears(self) -> None:
        """Show the alerts that wait, and nothing that came before."""
        self.shown.clear()
        queues = Queues(self.conversation.service.engine)
        for message in queues.due_messages(NOW, self.number):
            self._show(render(queues.alerts(message)))

    def picture(self) -> bytes:
        """The timeline that a button of the last reply brings."""
        data = next(one.data for row in self.replies[-1].buttons for one in row if one.data.startswith("timeline:"))
        (brought,) = self.conversation.tap(self._said(), data).replies
        assert brought.document
        return brought.document.content

    @property
    def html(self) -> str:
        """The chat as a part of a page."""
        return (
            f'<section class="chat" lang="{self.language}">'
            '<header><div class="face">c</div><div><h1>claimbot</h1><p>bot</p></div></header>'
            f'<div class="messages">{"".join(self.shown)}</div></section>'
        )

    def _said(self, text: str = "") -> Incoming:
        return Incoming(chat=self.number, person=self.number, text=text, language=self.language)

    def _show(self, replies: Sequence[Reply]) -> None:
        self.replies = replies
        self.shown += map(_message, replies)


def _message(reply: Reply) -> str:
    text = _QUOTE.sub(r"\1", reply.text)
    rows = ("".join(f'<span class="button">{escape(button.label)}</span>' for button in row) for row in reply.buttons)
    below = "".join(f'<div class="row">{row}</div>' for row in rows)
    return f'<div class="message"><div class="bubble">{text}</div>{below}</div>'


def photograph(chats: Sequence[Chat], browser: str, folder: Path) -> Image.Image:
    """The chats side by side; `folder` is for what comes and goes."""
    style = (HERE / "chat.css").read_text("utf-8")
    page, shot = folder / "page.html", folder / "shot.png"
    body = "".join(one.html for one in chats)
    page.write_text(f'<!doctype html><meta charset="utf-8"><style>{style}</style><body>{body}</body>', "utf-8")
    subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}", f"--screenshot={shot}",
            f"--window-size={_PAGE[0]},{_PAGE[1]}", f"--force-device-scale-factor={_SCALE}", page.as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return _cut(Image.open(shot).convert("RGB"))


def _cut(shot: Image.Image) -> Image.Image:
    """The picture without the empty page around the chats, but for some room."""
    empty = Image.new("RGB", shot.size, shot.getpixel((0, 0)))
    box = ImageChops.difference(shot, empty).getbbox()
    assert box, "the browser drew an empty page"
    room = _ROOM * _SCALE
    cut = (box[0] - room, box[1] - room, box[2] + room, box[3] + room)
    assert cut[2] <= shot.width, "the page is too narrow for the chats"
    assert cut[3] <= shot.height, "the page is too short for the chats"
    return shot.crop(cut)


def _save(picture: Image.Image, name: str) -> None:
    few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(HERE / name, optimize=True)
    print(f"{name}: {few.width} × {few.height}, {(HERE / name).stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Make the pictures, or say what is missing."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(
            f"The pictures are drawn by Chromium, and none of {', '.join(BROWSERS)} is on the PATH: install it first."
        )
    with tempfile.TemporaryDirectory() as folder:
        _draw(browser, Path(folder))


def _draw(browser: str, folder: Path) -> None:
    """Two people ask, follow a topic, and hear of the article that comes in last."""
    service = Service(open_database(f"sqlite:///{folder / 'store.db'}"))
    for name in OUTLETS:
        if name != LATE:
            service.add_article(sample(name), now=NOW)
    conversation = Conversation(service, lambda: NOW)
    english, indonesian = Chat(conversation, 1, "en"), Chat(conversation, 2, "id")
    english.says("How many North Korean soldiers are in Russia?")
    english.says("And in Ukraine?")
    indonesian.says("Berapa orang tewas dalam banjir di Demak?")
    indonesian.says("Bagaimana hasil pemungutan suara Duma Negara?")
    indonesian.says("Siapa presiden Atlantis?")
    _save(photograph([english, indonesian], browser, folder), "conversation.png")
    english.says("/follow north korean troops in russia")
    indonesian.says("/follow tentara korea utara di rusia")
    service.add_article(sample(LATE), now=NOW)
    english.hears()
    indonesian.hears()
    _save(photograph([english, indonesian], browser, folder), "alert.png")
    _save(Image.open(BytesIO(english.picture())), "timeline.png")


if __name__ == "__main__":
    main()
