"""Dates in running text: absolute ones, and relative ones counted from an anchor day, each with its precision.

Without an anchor a relative date is a mention whose date is unknown. Language data: the lexicon's sections `month`,
`weekday`, `date_word` (its roles "of" and "to" join the parts of a date: "12 de mayo", "10 al 12 de mayo"), for bare
years `not_a_count`, `basis`, `part_of` and `function`, and the settings `date_order` ("dmy", or "" where both orders
are in use) and `lower_dates` (months and weekdays have no capital).
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from claims.lexicon import Cue, Entry, Lexicon, by_section
from claims.model import EventDate, Precision, Span
from claims.text import fold, paragraphs

_NUMERIC = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<full>\d{1,2}([/.-])\d{1,2}\3(?:\d{4}|\d{2}))|(?<=\()(?P<short>\d{1,2}/\d{1,2})(?=\)))"
    r"(?![\d/])"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.?º)?"
_DAY_AFTER = re.compile(rf"\s{_DAY}(?:\s?[-–—]\s?(?P<to>\d{{1,2}}))?(?![\d.,:]*\d)(?!\s?[%$])")
_YEAR = re.compile(r"(?<![\d.,$€£/-])(?:19|20)\d{2}(?![\d/-]|[.,]\d|\s?%)")
_DIGIT = re.compile(r"\d")
_NEXT_WORD = re.compile(r"\s+(\w+['’]?)")
#: what every complete date holds
_YEAR_AT_ALL = re.compile(r"\d\d")
#: what stands before the dash of a dateline, and the lines that one may stand in
_DATELINE = re.compile(r"([^\W\d_].+?)\s[-–—]\s")
_LONGEST_DATELINE, _HEAD_LINES = 64, 3
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_WEEK = 7
#: so many days ahead a date without a year may lie in a text that looks back, and behind in one that looks forward
_CLOSE = 60
#: so many months ahead one without a year may lie in a text that looks back
_NEXT_MONTHS = 2


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in the text. `date` is None where nothing tells which day is meant."""

    span: Span
    date: EventDate | None


def dates(
    text: str,
    lexicon: Lexicon,
    anchor: date | None,
    *,
    future: bool = False,
    near: bool = False,
    cues: Mapping[str, list[Cue]] | None = None,
) -> list[DateMention]:
    """The dates of a sentence, by position. `future` reads a bare weekday or month forward: for what is planned.
    `near`: the anchor is a day that the text tells of, not the day of its writing, so that a weekday is the nearest
    such day on either side. `cues` are the lexicon's by section, if already found."""
    reader = _Reader(text, lexicon, anchor, future, near, cues)
    if not (_DIGIT.search(text) or any(name in reader.cues for name in ("month", "weekday", "date_word"))):
        return []
    loose = [*reader.weekdays(), *reader.relative()]
    exact = [*reader.numeric(), *reader.months(), *reader.counted(), *reader.years()]
    return _merged(text, loose, exact)


def anchor_of(text: str, lexicon: Lexicon) -> date | None:
    """The day that a text without a date of its own was written about: its first complete absolute date."""
    for paragraph in paragraphs(text):
        piece = paragraph.of(text)[:4000]
        if not _YEAR_AT_ALL.search(piece):
            continue
        reader = _Reader(piece, lexicon, None)
        for mention in sorted((*reader.numeric(), *reader.months()), key=lambda one: one.span.start):
            if mention.date and mention.date.precision is Precision.DAY:
                return mention.date.first
    return None


def reference(published: date | None, text: str, lexicon: Lexicon) -> tuple[date | None, bool]:
    """The day that a text's relative dates count from, and whether it is a day that the text tells of rather than that
    of its writing: a dateline ("LUSAKA, 9 Jan. 2024 –") tells the latter."""
    if published:
        return published, False
    anchor = anchor_of(text, lexicon)
    return anchor, anchor is not None and not _is_written_on(text, lexicon, anchor)


def _is_written_on(text: str, lexicon: Lexicon, day: date) -> bool:
    """Whether a dateline in one of the first lines gives a day."""
    for paragraph in islice(paragraphs(text), _HEAD_LINES):
        head = _DATELINE.match(paragraph.of(text)[:_LONGEST_DATELINE])
        if head:
            reader = _Reader(head.group(1), lexicon, None)
            found = (*reader.numeric(), *reader.months())
            return any(one.date is not None and one.date.first == day for one in found)
    return False


@cache
def _day_before(of: str, to: str) -> re.Pattern[str]:
    """The day or days right before a month; `of` and `to` are alternatives of words."""
    return re.compile(rf"(?<!\d)(?:(?P<from>\d{{1,2}})(?:\s?[-–—]\s?|\s(?:{to})\s))?{_DAY}(?:\s(?:{of}))?\.?\s$")


@cache
def _year_after(of: str) -> re.Pattern[str]:
    return re.compile(rf",?(?:\s(?:{of}))?\s(?P<year>(?:19|20)\d{{2}})\b(?![.,]\d)")


class _Reader:
    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        anchor: date | None,
        future: bool = False,
        near: bool = False,
        cues: Mapping[str, list[Cue]] | None = None,
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.anchor = anchor
        self.future = future
        self.near = near
        self.cues = by_section(lexicon.cues(text)) if cues is None else cues

    def numeric(self) -> list[DateMention]:
        """ "24/10/2024", "2024-10-24", "(23/10)"."""
        found: list[DateMention] = []
        if not _DIGIT.search(self.text):
            return found
        for match in _NUMERIC.finditer(self.text):
            when = self._numeric_date(match)
            if when or not match.group("short"):
                found.append(DateMention(Span(match.start(), match.end()), when))
        return found

    def _numeric_date(self, match: re.Match[str]) -> EventDate | None:
        if match.group("iso"):
            year, month, day = (int(part) for part in match.group("iso").split("-"))
            return _day(year, month, day)
        first, second, *rest = (int(part) for part in re.split(r"[/.-]", match.group("full") or match.group("short")))
        day_first = self.lexicon.settings.get("date_order") == "dmy" or first > 12
        if not day_first and second <= 12:
            return None
        day, month = (first, second) if day_first else (second, first)
        if not rest:
            return self._nearest(month, day)
        year = rest[0] if rest[0] > 99 else 2000 + rest[0]
        return _day(year, month, day)

    def months(self) -> list[DateMention]:
        """ "24 October 2024", "October 24", "10-12 May", "Juni 2024", "in June"."""
        found = []
        for cue in self.cues.get("month", []):
            if self._is_written_as_date(cue):
                mention = self._month(cue)
                if mention:
                    found.append(mention)
        return found

    def _joiner(self, role: str) -> str:
        """The words of a role as alternatives of a pattern; one that matches nothing where the language has none."""
        forms = [re.escape(form) for entry in self._words(role) for form in entry.forms]
        return "|".join(forms) or "(?!)"

    def _month(self, cue: Cue) -> DateMention | None:
        start, end, month = cue.span.start, cue.span.end, int(cue.get("month"))
        end += self.text.startswith(".", end) and len(self.text[start:end]) <= 4
        of = self._joiner("of")
        before = _day_before(of, self._joiner("to")).search(self.text, max(0, start - 18), start)
        after = None if before else _DAY_AFTER.match(self.text, end)
        match = before or after
        first = last = None
        if match:
            last = int(match.groupdict().get("to") or match.group("day"))
            first = int(match.groupdict().get("from") or match.group("day"))
            start, end = (match.start(), end) if before else (start, match.end())
        year = _year_after(of).match(self.text, end)
        span = Span(start, year.end() if year else end)
        if first is None or last is None:
            return self._bare_month(cue, span, month, int(year.group("year")) if year else None)
        if year:
            low, high = _day(int(year.group("year")), month, first), _day(int(year.group("year")), month, last)
        else:
            low, high = self._nearest(month, first), self._nearest(month, last)
        if low is None or high is None or low == high:
            return DateMention(span, low)
        return DateMention(span, EventDate(low.first, high.first, Precision.SPAN))

    def _bare_month(self, cue: Cue, span: Span, month: int, year: int | None) -> DateMention | None:
        if year:
            return DateMention(span, _month_of(year, month))
        relative = self._beside(cue, "years")
        if relative and self.anchor:
            whole = Span(span.start, relative.span.end)
            return DateMention(whole, _month_of(self.anchor.year + int(relative.get("years")), month))
        lead = self._led_by(cue.span.start)
        side = self._side(cue)
        if not lead and side is None:
            return None
        if self.anchor is None:
            return DateMention(span, None)
        forward = side == "future" or (side is None and self.future)
        year = self.anchor.year
        if forward and month < self.anchor.month:
            year += 1
        if not forward and month > self.anchor.month + (_NEXT_MONTHS if side is None else 0):
            year -= 1
        return DateMention(span, _month_of(year, month))

    def weekdays(self) -> list[DateMention]:
        """The latest such day not after the anchor, or the next one where the sentence looks forward; "Friday tomorrow"
        is tomorrow."""
        found = []
        for cue in self.cues.get("weekday", []):
            if self._is_written_as_date(cue) or self._named_day(cue):
                found.append(self._weekday_mention(cue))
        return found

    def _is_written_as_date(self, cue: Cue) -> bool:
        return self.lexicon.settings.get("lower_dates") is True or self.text[cue.span.start].isupper()

    def _weekday_mention(self, cue: Cue) -> DateMention:
        day, week = int(cue.get("day")), self._beside(cue, "weeks")
        monday = self._offset("weeks", int(week.get("weeks"))) if week else None
        if week and monday:
            span = Span(min(cue.span.start, week.span.start), max(cue.span.end, week.span.end))
            return DateMention(span, EventDate.day(_shifted(monday.first, day)))
        near = self._beside(cue, "days")
        when = self._offset("days", int(near.get("days"))) if near else None
        if near and when and when.first.weekday() == day:
            return DateMention(Span(cue.span.start, near.span.end), when)
        return DateMention(cue.span, self._weekday(day, self._side(cue)))

    def _beside(self, cue: Cue, name: str) -> Cue | None:
        """The relative word right after a weekday or month: "last week", "tahun lalu"."""
        followers = (other for other in self.cues.get("date_word", []) if other.span.start == cue.span.end + 1)
        return next((other for other in followers if other.get(name) is not None), None)

    def _named_day(self, cue: Cue) -> bool:
        """Whether a word such as "hari" says that the next one is a weekday."""
        before = self.text[: cue.span.start].lower().split()[-1:]
        days = [entry for entry in self._words("unit") if entry.get("unit") == "day"]
        return bool(before) and any(before[0] in entry.forms for entry in days)

    def _weekday(self, day: int, side: str | None) -> EventDate | None:
        if self.anchor is None:
            return None
        if side == "future" or (side is None and self.future):
            ahead = (day - self.anchor.weekday()) % _WEEK
            return EventDate.day(self.anchor + timedelta(days=ahead or (_WEEK if side == "future" else 0)))
        back = (self.anchor.weekday() - day) % _WEEK
        if self.near and side is None and back > _WEEK // 2:
            back -= _WEEK
        return EventDate.day(self.anchor - timedelta(days=back))

    def relative(self) -> list[DateMention]:
        """ "kemarin", "last week", "this month", "the day before"."""
        found = []
        for cue in self.cues.get("date_word", []):
            if cue.get("unknown"):
                found.append(DateMention(cue.span, None))
            for unit in ("days", "weeks", "months", "years"):
                offset = cue.get(unit)
                if offset is not None:
                    found.append(self._relative(cue, unit, int(offset)))
        return found

    def _relative(self, cue: Cue, unit: str, offset: int) -> DateMention:
        """ "minggu lalu", and "tiga minggu lalu" where a number stands before it."""
        count = self._count_before(cue.span.start)
        if count and offset == -1:
            return DateMention(Span(count[0], cue.span.end), self._offset(unit, -count[1]))
        return DateMention(cue.span, self._offset(unit, offset))

    def _count_before(self, start: int) -> tuple[int, int] | None:
        """Where the number right before a position starts, and what it is."""
        digits = re.search(r"(?<!\d)\d{1,3}\s$", self.text[max(0, start - 5) : start])
        if digits:
            return start - len(digits.group()), int(digits.group())
        for cue in self.cues.get("number", []):
            if cue.span.end == start - 1 and cue.get("role") == "cardinal" and cue.get("value") >= 1:
                return cue.span.start, int(cue.get("value"))
        return None

    def counted(self) -> list[DateMention]:
        """ "two days ago", "tiga minggu lalu", "vor drei Tagen"."""
        found = []
        agos = [cue for cue in self.cues.get("date_word", []) if cue.get("role") == "ago"]
        after = {cue.span.start: cue for cue in agos if cue.get("position") != "before"}
        before = {cue.span.end: cue for cue in agos if cue.get("position") == "before"}
        for unit in (cue for cue in self.cues.get("date_word", []) if cue.get("role") == "unit"):
            count = self._count_before(unit.span.start)
            ago = after.get(unit.span.end + 1) or (before.get(count[0] - 1) if count else None)
            if ago and count:
                whole = Span(min(count[0], ago.span.start), max(unit.span.end, ago.span.end))
                found.append(DateMention(whole, self._offset(f"{unit.get('unit')}s", -count[1])))
        return found

    def years(self) -> list[DateMention]:
        """A bare year after a word that leads to a date, or behind a name: "in 2023", "gempa Palu 2018"."""
        found: list[DateMention] = []
        if not _DIGIT.search(self.text):
            return found
        for match in _YEAR.finditer(self.text):
            if self._led_by(match.start()) or self._is_of_name(match):
                year = int(match.group())
                span = EventDate(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
                found.append(DateMention(Span(match.start(), match.end()), span))
        return found

    def _is_of_name(self, year: re.Match[str]) -> bool:
        """Whether a year stands behind a name inside a sentence, and neither counts what follows nor numbers what the
        name is of: "Resolution 1973"."""
        before = self.text[: year.start()].split()
        named = len(before) > 1 and before[-1].isalpha() and before[-1][0].isupper()
        numbers = any(cue.span.end == year.start() - 1 for cue in self.cues.get("not_a_count", ()))
        return named and not numbers and self._counts_nothing(year.end())

    def _counts_nothing(self, end: int) -> bool:
        """Whether a stop, the end or a function word follows that leads to nothing counted, as "more" and "of" do."""
        word = _NEXT_WORD.match(self.text, end)
        if word is None:
            return True
        added = (cue for cue in self.cues.get("basis", ()) if cue.get("basis") == "increment")
        if any(cue.span.start == word.start(1) for cue in added):
            return False
        return fold(word.group(1)) in self.lexicon.forms("function") - self.lexicon.forms("part_of")

    def _led_by(self, start: int) -> bool:
        before = self.text[:start].lower().split()[-1:]
        return bool(before) and any(before[0].strip("(") in entry.forms for entry in self._words("lead"))

    def _side(self, cue: Cue) -> str | None:
        """ "past" for "last June" and "Juni lalu", "future" for "next Monday" and "Senin depan"."""
        for other in self.cues.get("date_word", []):
            beside = other.span.end + 1 == cue.span.start or other.span.start == cue.span.end + 1
            if beside and other.get("role") in ("past", "future"):
                return str(other.get("role"))
            if beside and other.get("role") == "ago" and other.span.start > cue.span.start:
                return "past"
        return None

    def _words(self, role: str) -> Iterable[Entry]:
        return (entry for entry in self.lexicon.entries("date_word") if entry.get("role") == role)

    def _nearest(self, month: int, day: int) -> EventDate | None:
        """The day of that name nearest to the anchor, on its own side unless it is close on the other one."""
        if self.anchor is None:
            return None
        anchor, close = self.anchor, timedelta(days=_CLOSE)
        years = range(anchor.year - 1, anchor.year + 2)
        days = [when.first for year in years if (when := _day(year, month, day))]
        if not self.near:
            days = [when for when in days if (when >= anchor - close if self.future else when <= anchor + close)]
        return EventDate.day(min(days, key=lambda when: abs(when - anchor))) if days else None

    def _offset(self, unit: str, count: int) -> EventDate | None:
        if self.anchor is None:
            return None
        if unit == "days":
            return EventDate.day(_shifted(self.anchor, count))
        if unit == "weeks":
            monday = _shifted(self.anchor, count * _WEEK - self.anchor.weekday())
            return EventDate(monday, _shifted(monday, _WEEK - 1), Precision.SPAN)
        if unit == "months":
            at = self.anchor.year * 12 + self.anchor.month - 1 + count
            return _month_of(at // 12, at % 12 + 1)
        year = self.anchor.year + count
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        return EventDate(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def _shifted(day: date, days: int) -> date:
    return day + timedelta(days=max(-36500, min(36500, days)))


def _day(year: int, month: int, day: int) -> EventDate | None:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return EventDate.day(date(year, month, day))


def _month_of(year: int, month: int) -> EventDate | None:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    return EventDate(date(year, month, 1), date(year, month, monthrange(year, month)[1]), Precision.MONTH)


def _merged(text: str, loose: list[DateMention], exact: list[DateMention]) -> list[DateMention]:
    """By position; the longer of overlapping ones; a weekday and the date right after it are one mention."""
    kept: list[DateMention] = []
    for mention in sorted((*loose, *exact), key=lambda one: (one.span.start, -one.span.end)):
        last = kept[-1] if kept else None
        if last and mention.span.start < last.span.end:
            continue
        joined = last and last in loose and mention in exact
        if last and joined and not text[last.span.end : mention.span.start].strip(" ,("):
            close = text.startswith(")", mention.span.end)
            kept[-1] = DateMention(Span(last.span.start, mention.span.end + close), mention.date or last.date)
        else:
            kept.append(mention)
    return kept
