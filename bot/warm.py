"""All that understanding questions and reading articles needs, loaded before the first one comes."""

import gc

from bot.locale import say
from claims.extract import extract
from claims.language import language_of
from claims.lexicon import supported
from claims.model import Article
from claims.understand import understand


def warm() -> None:
    """Load it for a process that runs long, and leave it out of what the garbage collector looks through: each look at
    it would keep every thread waiting for a tenth of a second or two."""
    gc.disable()
    for code in supported():
        text = say(code, "start.example")
        language_of(text)
        understand(text, code)
        extract(Article(id="", text=text, language=code))
    gc.freeze()
    gc.enable()
