"""When an entry of a feed was published, as the many spellings in feeds say it: the day in the outlet's own zone."""

import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from claims.dates import anchor_of
from claims.lexicon import lexicon, supported

#: nothing on the web is older
_FIRST = date(1991, 1, 1)
_AHEAD = timedelta(days=2)
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
#: "Kam, 24 Okt 2024 10:00 WIB": the day of the week and the hour are in the way
_WRITTEN = re.compile(r"\d{1,2}[\s./-]+[^\W\d]{3,12}\.?[\s./-]+\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_LONGEST = 100


def published_on(written: str | None, language: str | None, now: datetime) -> date | None:
    """The day that a feed writes; None where it writes none, or one that no article can have (1900, 9999)."""
    if not written:
        return None
    found = _mailed(written[:_LONGEST]) or _iso(written[:_LONGEST]) or _in_words(written[:_LONGEST], language)
    return found if found and _FIRST <= found <= now.date() + _AHEAD else None


def _mailed(written: str) -> date | None:
    """ "Thu, 24 Oct 2024 10:00:00 +0700", as mail and RSS write it."""
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso(written: str) -> date | None:
    match = _ISO.match(written)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _in_words(written: str, language: str | None) -> date | None:
    """ "Kamis, 24 Oktober 2024 10.00 WIB", in the feed's language or another."""
    match = _WRITTEN.search(written)
    if not match:
        return None
    words = re.sub(r"(?<=\d)[./-](?=[^\W\d])|(?<=[^\W\d])[./-]+(?=\d)", " ", match[0])
    first = [language] if language in supported() else []
    for code in [*first, *(one for one in ("id", *supported()) if one != language)]:
        found = anchor_of(words, lexicon(code))
        if found:
            return found
    return None
