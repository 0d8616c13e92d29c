"""The day on which a page was published, or None: never today, never a footer, never the day of a change.

Believed in this order: what is marked as the day of publication for programs, a line by the headline, the day in the
address, the dateline that a text begins with. A day elsewhere in a text is that of an event: it is left to the claims.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from bot.reading.furniture import phrases
from bot.reading.sheet import Sheet
from claims.dates import dates
from claims.lexicon import lexicon, supported
from claims.model import Precision

#: before, pages were not published; systems that know no day say 1970
_FIRST = date(1990, 1, 2)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_UTC = re.compile(r"(?:Z|[+-]00:?00)$|\bGMT$")
_PATH = re.compile(r"/(20\d{2}|19\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)|/(20\d{2})(\d{2})(\d{2})(?=[/-]|$)")
#: characters at the beginning of a text that may be a dateline, and what ends it
_DATELINE = re.compile(r"^[^\n]{4,80}?\s?[–—-]\s")


def published_on(sheet: Sheet, url: str | None, language: str | None, latest: date | None = None) -> date | None:
    """The day of publication. None of it lies after `latest`, the day on which the page was fetched."""
    # months are often left in English, and in some templates in Indonesian
    languages = list(dict.fromkeys([*([language] if language in supported() else []), "en", "id"]))

    def plausible(found: Iterator[date]) -> date | None:
        return next((day for day in found if day >= _FIRST and (latest is None or day <= latest + timedelta(1))), None)

    seen = plausible(_in_lines(sheet.lines, languages))
    for written in sheet.dates:
        marked = plausible(_in_mark(written, languages))
        if marked:
            # a zone that is nobody's own: the outlet's own calendar is the one that its readers see
            is_near = seen is not None and abs(seen - marked) == timedelta(1) and _UTC.search(written)
            return seen if is_near else marked
    return seen or plausible(_in_address(url)) or plausible(_in_dateline(sheet.text, languages))


def _in_mark(written: str, languages: list[str]) -> Iterator[date]:
    """A day as programs write it, or as people do."""
    match = _ISO.match(written) or _COMPACT.fullmatch(written)
    if match:
        yield from _valid(*match.groups())
        return
    try:
        yield parsedate_to_datetime(written).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        yield from _in_words(written, languages)


def _in_lines(lines: list[str], languages: list[str]) -> Iterator[date]:
    """The days of lines by the headline, but for those of a change."""
    for line in lines:
        folded = line.lower()
        changed = min((at for one in phrases("updated") if (at := folded.find(one)) >= 0), default=len(line))
        stamp = _ISO.search(line, line.rfind("[")) if line.endswith("]") and changed == len(line) else None
        if stamp:
            yield from _valid(*stamp.groups())
        else:
            yield from _in_words(line[:changed], languages)


def _in_words(text: str, languages: list[str]) -> Iterator[date]:
    """The complete days of a line."""
    for language in languages:
        for mention in dates(text, lexicon(language), None):
            if mention.date and mention.date.precision is Precision.DAY:
                yield mention.date.first


def _in_address(url: str | None) -> Iterator[date]:
    match = _PATH.search(url or "")
    if match:
        yield from _valid(*(part for part in match.groups() if part))


def _in_dateline(text: str, languages: list[str]) -> Iterator[date]:
    """The day in "MAKASSAR, 24 Oktober 2024 – …", before the first sentence."""
    for line in text.split("\n")[:3]:
        head = _DATELINE.match(line)
        if head and line[:3].strip(" (").isupper():
            yield from _in_words(head.group(), languages)


def _valid(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return
