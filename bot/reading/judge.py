"""Which pages hold no article: login walls, questions for consent, soft 404s, lists, empty shells.

None of them may ever answer a question."""

import re

from bot.reading.furniture import holds
from bot.reading.refused import Reason, Refused, Unreachable
from bot.reading.sheet import Sheet

#: characters and words of text below which there is no article
_SHORTEST, FEWEST_WORDS = 180, 25
#: characters of text below which phrases of a wall or a missing page, in the title or anywhere, tell what the page is;
#: beyond, they stand in articles as well
_THIN, _SCANT = 900, 450
#: characters beyond which a text is no article: its claims alone would take minutes
LONGEST = 200_000
#: a sentence: so many words before a full stop
_SENTENCE, _STOP = 6, re.compile(r"[.!?…][\"'”’»)]*(?=\s|$)")
#: sentences in paragraphs longer than teasers that make an article of a page with many teasers; how many those are
_ENOUGH, _PARAGRAPH, _TEASERS = 4, 80, 8
_TELLING = {
    "missing": Reason.NOT_FOUND,
    "login": Reason.LOGIN,
    "consent": Reason.CONSENT,
    "frame": Reason.FURNITURE,
}


def refuse_status(status: int) -> None:
    """Raises Refused, or Unreachable where it may pass, for a response that is no page."""
    if status == 200:
        return
    if status in (401, 402, 403, 407, 451):
        raise Refused(Reason.LOGIN)
    if status == 404:
        raise Refused(Reason.NOT_FOUND)
    if status == 410:
        raise Refused(Reason.GONE)
    raise Unreachable(Reason.FAILED)


def refuse_frames(sheet: Sheet, title: str, text: str) -> None:
    """Raises Refused for a page without an article; `text` is what is left of it without furniture."""
    whole = f"{title}\n{sheet.text}"
    telling = whole if len(text) < _SCANT else title if len(text) < _THIN else ""
    for kind, reason in _TELLING.items():
        if holds(kind, telling):
            raise Refused(reason)
    if len(text) < _SCANT and sheet.asks_password:
        raise Refused(Reason.LOGIN)
    is_list = sheet.is_list or sheet.teasers >= _TEASERS
    if not text:
        raise Refused(Reason.LIST if is_list else Reason.NO_ARTICLE)
    if len(text) > LONGEST:
        raise Refused(Reason.LARGE)
    if is_list and _sentences("\n".join(line for line in text.split("\n") if len(line) >= _PARAGRAPH)) < _ENOUGH:
        raise Refused(Reason.LIST)
    if not _sentences(text):
        raise Refused(Reason.LIST if sheet.teasers > 2 else Reason.FURNITURE)
    if len(text) < _SHORTEST or len(text.split()) < FEWEST_WORDS:
        raise Refused(Reason.SHORT)


def _sentences(text: str) -> int:
    return sum(len(piece.split()) >= _SENTENCE for piece in _STOP.split(text)[:-1])
