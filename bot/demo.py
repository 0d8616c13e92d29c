"""`claimbot demo`: the sample articles, a conversation about them, a conflict and its alert."""

import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from bot.conversation import Conversation
from bot.english import counted
from bot.service import Service
from bot.terminal import Terminal, now, painting, talk, typed
from claims.model import Article
from claims.text import clean
from db.engine import open_database

#: the article that comes in while somebody follows its topic
LATE = "05-troops-en.txt"
OUTLETS = {
    "01-troops-id.txt": "Harian Contoh",
    "02-treaty-en.txt": "Sample Times",
    "03-flood-id.txt": "Kabar Contoh",
    "04-flood-en.txt": "Sample Times",
    LATE: "Example Wire",
}


def play(write: Callable[[str], None], url: str | None, language: str | None) -> None:
    """Play the conversation into a new database, and go on as a chat where somebody sits at a terminal."""
    folder = Path(tempfile.mkdtemp(prefix="claimbot-demo-"))
    address = url or f"sqlite:///{folder / 'demo.db'}"
    service = Service(open_database(address))
    terminal = Terminal(Conversation(service, now), write, language, paint=painting(), folder=folder)
    for name in OUTLETS:
        if name != LATE:
            _read(service, name, write)
    write("")
    for text in (
        "Berapa tentara Korea Utara di Rusia?",
        "did pyongyang deny it?",
        "How did Russia's lower house vote on the treaty?",
        "berapa orang tewas dalam banjir di Demak?",
        "Who is the president of Atlantis?",
        "/follow north korean troops in russia",
    ):
        _say(terminal, text, write)
    write("A new article comes in:")
    _read(service, LATE, write)
    write("")
    terminal.deliver()
    _say(terminal, "/conflicts", write)
    write(f"The database of this demo: {address}")
    if sys.stdin.isatty():
        write("Go on yourself; /help lists the commands, /quit ends.")
        talk(terminal, typed())


def sample(name: str) -> Article:
    """The sample article of that name."""
    text = clean(files("bot").joinpath("samples", name).read_text("utf-8"))
    return Article(id=name, text=text, title=text.split("\n", 1)[0], source=OUTLETS[name])


def _read(service: Service, name: str, write: Callable[[str], None]) -> None:
    article = sample(name)
    result = service.add_article(article, now=now())
    write(f"read: {article.title} ({counted(len(result.claims), 'claim')})")


def _say(terminal: Terminal, text: str, write: Callable[[str], None]) -> None:
    write(f"> {text}")
    terminal.say(text)
