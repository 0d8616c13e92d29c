"""Whether a short text asks something or states it: people paste a paragraph of news where others ask about it."""

from enum import StrEnum

from claims.extract import extract
from claims.model import Article
from claims.text import clean, sentences
from claims.understand import understand

#: words; fewer of them name a topic, whatever they seem to claim
_FEWEST = 8
#: words that a question begins with
_OPENING = 2
#: ways of asking that no word asks for
_NOT_ASKED = frozenset({"topic", "nothing"})


class Taken(StrEnum):
    """What a text is taken for."""

    QUESTION = "question"
    STATEMENT = "statement"
    #: nobody but its sender can tell
    EITHER = "either"


def taken(text: str, language: str | None = None) -> Taken:
    """What a text is taken for: its sentences that claim something state it, those that end in a question mark or claim
    nothing and ask with a word ask."""
    text = clean(text).strip()
    found = sentences(text)
    if len(text.split()) < _FEWEST or (len(found) == 1 and text.endswith("?")):
        return Taken.QUESTION
    claims = extract(Article(id="", text=text)).claims
    if not claims:
        return Taken.QUESTION
    spans = [one.span for one in found]
    silent = [span for span in spans if not any(span.start <= claim.start < span.end for claim in claims)]
    asks = any(span.of(text).endswith("?") for span in spans) or any(_asks(span.of(text), language) for span in silent)
    if len(found) > 1:
        return Taken.EITHER if asks else Taken.STATEMENT
    is_reported = any(claim.speaker for claim in claims)
    if _asks(" ".join(text.split()[:_OPENING]), language):
        return Taken.QUESTION
    if _asks(text, language):
        return Taken.EITHER if is_reported else Taken.QUESTION
    return Taken.STATEMENT if is_reported else Taken.EITHER


def _asks(text: str, language: str | None) -> bool:
    return understand(text, language).asks not in _NOT_ASKED
