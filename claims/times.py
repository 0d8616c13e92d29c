"""When a question is about: the time of what is asked, and the days between which it was said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.concepts import time_edge
from claims.dates import DateMention
from claims.lexicon import Cue
from claims.model import EventDate, Precision, Span

#: characters before a date in which the words that lead it stand
_LED = 20
#: a year anywhere in a question: "the 1987 accident"
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,])")


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a question, and the words that tell them."""

    happened: EventDate | None = None
    since: date | None = None
    until: date | None = None
    spans: tuple[Span, ...] = ()


def times(text: str, found: Sequence[DateMention], months: Sequence[Cue], language: str, today: date | None) -> Times:
    """ "in May" is when it happened; "as of 5 May" and "since yesterday" limit what was said by then, or after."""
    happened: EventDate | None = None
    since: date | None = None
    until: date | None = None
    spans: list[Span] = []
    for mention in found:
        spans.append(mention.span)
        if mention.date is None:
            continue
        edge = time_edge(text[max(0, mention.span.start - _LED) : mention.span.start].lower(), language)
        if edge == "since":
            since = since or mention.date.first
        elif edge == "until":
            until = until or mention.date.last
        else:
            happened = happened or mention.date
    if not (happened or since or until) and (year := _YEAR.search(text)):
        number = int(year.group())
        spans.append(Span(*year.span()))
        if not today or number <= today.year:  # one that has not begun names something: "the 2027 budget"
            happened = EventDate(date(number, 1, 1), date(number, 12, 31), Precision.YEAR)
    if not (happened or since or until) and today:
        for cue in months:
            if cue.span.of(text)[0].isupper() and cue.get("month"):
                spans.append(cue.span)
                happened = last_month(int(cue.get("month")), today)
                break
    return Times(happened, since, until, tuple(spans))


def last_month(number: int, today: date) -> EventDate:
    """The latest month of that number that has begun."""
    year = today.year if number <= today.month else today.year - 1
    last = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    return EventDate(date(year, number, 1), last, Precision.MONTH)
