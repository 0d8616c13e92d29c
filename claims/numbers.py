"""Numbers in running text, as figures or words: what they mean, how they are bounded, and which count nothing.

All that differs between languages is lexicon data: the sections `number`, `vague`, `bound`, `range`, `alternative`,
`between`, `former`, `toward`, `percent`, `age`, `clock`, `not_a_count`, `month`, and the settings `decimal_mark` and
`group_mark`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from claims.lexicon import Cue, Lexicon, by_section
from claims.measures import currency, measure
from claims.model import Bound, Span
from claims.numerals import Numerals, Value, compound_pattern, is_year, ordinal_pattern

#: measures of those who have an age
_AGED = frozenset({"people", "men", "women", "children", "students", "workers"})
#: what limits an age: "under 15", "over 65"
_LIMITS = frozenset({Bound.LESS_THAN, Bound.MORE_THAN, Bound.AT_MOST})
#: no age
_OLDEST = 120
#: characters between the two figures of one change
_LONGEST_CHANGE = 30
#: characters between a "not" and the "more than" that it turns round, without a stop
_NEGATED, _STOP = 20, re.compile(r"[,.;:()]")
_DIGIT = re.compile(r"\d")
#: one to three capitalised words
_NAME = re.compile(r"(?: [A-Z][\w'’.-]*){1,3} ")
_SIGN_BEFORE = re.compile(r"(?:[A-Z]{1,3}\$|[$€£¥₩₽₹]|[A-Z]{3}|R[pP]\.?|RM)\s?$")
_SIGN_AFTER = re.compile(r"\s?(?:[$€£¥₩₽₹]|[A-Z]{3}\b)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number. `span` holds its bound words and signs, `figure` only the number itself. `kind` is "count", "none" (a
    bare "no" before a noun), "tally" (one part of "397-3"), "former" (the "from" of "from 5 to 12"), "negated" ("not
    5"), or what it is instead of a count: "age", "article", "code", "compound", "date", "ordinal", "phone", "time",
    "year"."""

    span: Span
    figure: Span
    low: Decimal | None
    high: Decimal | None
    bound: Bound = Bound.EXACT
    #: ISO 4217 code, from a sign beside the figure
    currency: str | None = None
    percent: bool = False
    kind: str = "count"
    #: "people" where the word itself says so ("nobody", "seorang")
    counts: str | None = None


def numbers(text: str, lexicon: Lexicon, cues: Mapping[str, list[Cue]] | None = None) -> list[Number]:
    """Every number of a sentence, by position, none overlapping. `cues`: the lexicon's by section, if found already."""
    found = by_section(lexicon.cues(text)) if cues is None else cues
    return _Reader(text, lexicon, found).read() if _may_hold(text, lexicon, found) else []


def _may_hold(text: str, lexicon: Lexicon, cues: Mapping[str, list[Cue]]) -> bool:
    """Whether a closer look is worth it: a digit, a word for a number, or a language that writes those as one word."""
    if "number" in cues or "vague" in cues or _DIGIT.search(text):
        return True
    patterns = (compound_pattern(lexicon), ordinal_pattern(lexicon))
    return any(pattern is not None and pattern.search(text.lower()) for pattern in patterns)


class _Reader:
    def __init__(self, text: str, lexicon: Lexicon, cues: Mapping[str, list[Cue]]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.cues = cues
        self._starts: dict[str, dict[int, Cue]] = {}
        self._ends: dict[str, dict[int, Cue]] = {}

    def starts(self, section: str) -> dict[int, Cue]:
        """The cues of a section by where they start."""
        if section not in self._starts:
            self._starts[section] = {cue.span.start: cue for cue in self.cues.get(section, ())}
        return self._starts[section]

    def ends(self, section: str) -> dict[int, Cue]:
        """The cues of a section by where they end."""
        if section not in self._ends:
            self._ends[section] = {cue.span.end: cue for cue in self.cues.get(section, ())}
        return self._ends[section]

    def read(self) -> list[Number]:
        numerals = Numerals(self.text, self.lexicon, self.cues)
        masked = [Number(mask.span, mask.span, mask.value, mask.value, kind=mask.kind) for mask in numerals.masks]
        found = [number for pair in self._pairs(numerals.values) for number in pair]
        return sorted((*masked, *self._with_ages(self._with_former(found))), key=lambda number: number.span.start)

    def _with_ages(self, found: list[Number]) -> list[Number]:
        """ "Two men aged 19 and 24": a bare figure that only "and" parts from an age is an age too."""
        marked = list(found)
        for at, (left, right) in enumerate(pairwise(found), 1):
            gap = self.text[left.span.end : right.span.start].lower().strip()
            joined = any(gap in entry.forms for entry in self.lexicon.entries("boundary"))
            plain = right.kind == "count" and not (right.currency or right.percent or right.counts)
            bare = plain and right.high is not None and right.high < _OLDEST
            if marked[at - 1].kind == "age" and joined and bare and not self._counts_something(right.span.end):
                marked[at] = replace(right, kind="age")
        return marked

    def _with_former(self, found: list[Number]) -> list[Number]:
        """The "from" of a change ("from $460 million to around $430 million", "to 15,000 from 12,000") is no count."""
        marked = list(found)
        for at, (left, right) in enumerate(pairwise(found)):
            gap = self.text[left.span.end : right.span.start]
            if len(gap) > _LONGEST_CHANGE or any(stop in gap for stop in ",;()—"):
                continue
            for old, new, place in ((left, right, at), (right, left, at + 1)):
                changes = self._before("former", old.span.start) and self._before("toward", new.span.start)
                if changes and new.kind == "count":
                    marked[place] = replace(old, kind="former")
        return marked

    def _pairs(self, values: Sequence[Value]) -> list[list[Number]]:
        found: list[list[Number]] = []
        at = 0
        while at < len(values):
            pair = self._range(values[at], values[at + 1]) if at + 1 < len(values) else None
            found.append(pair or [self._number(values[at])])
            at += 2 if pair else 1
        return found

    def _range(self, left: Value, right: Value) -> list[Number] | None:
        """Two figures that are the ends of one number ("between 8 and 12 thousand"), or a former and a present one."""
        sign = _SIGN_BEFORE.search(self.text, max(left.end, right.start - 6), right.start)
        edge = sign.start() if sign and currency(sign.group().strip()) else right.start
        gap = self.text[self._past_same_unit(left, right) : edge].lower().strip()
        dash = gap in ("-", "–", "—")
        joined = any(gap in entry.forms for name in ("range", "toward") for entry in self.lexicon.entries(name))
        plain = {left.role, right.role} <= {"digits", "cardinal", "vague"}
        if not plain or not (dash or joined):
            return None
        if left.scale == 1 and right.scale > 1 and left.low < right.low / right.scale:
            left = replace(left, low=left.low * right.scale, high=left.high * right.scale)
        if self._before("former", left.start) and any(gap in entry.forms for entry in self.lexicon.entries("toward")):
            return [replace(self._number(left), kind="former"), self._number(right)]
        strong = dash or self._before("between", left.start) or self._is_toward(gap) or left.high * 3 >= right.low
        if left.high >= right.high or not strong or not (dash or self._is_toward(gap) or self._may_and(gap, left)):
            return None
        if self._kind(left) == "year" == self._kind(right):
            return [replace(self._number(value), kind="year") for value in (left, right)]
        whole = Value(left.start, right.end, left.low, right.high, "digits", right.scale)
        number = self._number(whole)
        return [replace(number, low=left.low, high=right.high, bound=Bound.RANGE)]

    def _past_same_unit(self, left: Value, right: Value) -> int:
        """Where a first figure ends with its unit, if the second one has the same: "10 dollars to 20 dollars"."""
        starts = {cue.span.start: cue for name in ("unit", "percent") for cue in self.cues.get(name, ())}
        mine = starts.get(left.end + 1) or starts.get(left.end)
        theirs = starts.get(right.end + 1) or starts.get(right.end)
        return mine.span.end if mine and theirs and mine.entry is theirs.entry else left.end

    def _is_toward(self, gap: str) -> bool:
        return any(gap in entry.forms for entry in self.lexicon.entries("toward"))

    def _may_and(self, gap: str, left: Value) -> bool:
        """Whether "and" or "or" joins two ends: "between 3 and 5", "two or three"."""
        alternatives = any(gap in entry.forms for entry in self.lexicon.entries("alternative"))
        return alternatives or self._before("between", left.start) is not None

    def _number(self, value: Value) -> Number:
        figure = Span(value.start, value.end)
        kind = self._kind(value)
        money, figure_start, figure_end = self._money(value)
        percent = self._percent(figure_end)
        end = percent.span.end if percent else figure_end
        bound, start, end = self._bound(figure_start, end)
        if value.role == "vague":
            bound = Bound.VAGUE if bound in (Bound.EXACT, Bound.ABOUT) else bound
        if self._is_negative(value):
            value = replace(value, low=-value.high, high=-value.low)
        low, high = _ends(value.low, value.high, bound)
        if value.role == "share":
            about = Bound.ABOUT if bound is Bound.EXACT else bound
            return Number(Span(start, end), figure, low, high, about, percent=True)
        return Number(Span(start, end), figure, low, high, bound, money, percent is not None, kind, value.counts)

    def _is_negative(self, value: Value) -> bool:
        """ "minus 5", "-5" where nothing stands before the sign."""
        if self._before("minus", value.start):
            return True
        sign, before = self.text[value.start - 1 : value.start], self.text[: max(value.start - 1, 0)]
        return value.role == "digits" and sign in ("-", "−") and (not before or before[-1] in " (")

    def _money(self, value: Value) -> tuple[str | None, int, int]:
        before = _SIGN_BEFORE.search(self.text, max(0, value.start - 6), value.start)
        code = currency(before.group().strip()) if before else None
        if before and code:
            return code, before.start(), value.end
        after = _SIGN_AFTER.match(self.text, value.end)
        code = currency(after.group().strip()) if after else None
        return (code, value.start, after.end()) if after and code else (None, value.start, value.end)

    def _percent(self, end: int) -> Cue | None:
        starts = self.starts("percent")
        cue = starts.get(end) or starts.get(end + 1)
        if cue is None and self.text[end : end + 1] == "-":
            cue = starts.get(end + 1)
        return cue

    def _before(self, section: str, start: int) -> Cue | None:
        """The cue that ends right before a position."""
        ends = self.ends(section)
        for gap in (1, 0, 2):
            cue = ends.get(start - gap)
            if cue and not self.text[cue.span.end : start].strip(" ("):
                return cue
        return None

    def _bound(self, start: int, end: int) -> tuple[Bound, int, int]:
        bound = Bound.EXACT
        while cue := self._before("bound", start):
            if cue.get("position") not in ("before", "both"):
                break
            named = Bound(str(cue.get("bound")))
            named = Bound.AT_MOST if named is Bound.MORE_THAN and self._is_negated(cue.span.start) else named
            bound = named if bound is Bound.EXACT else bound
            start = cue.span.start
        after = self.starts("bound")
        cue = after.get(end + 1) or after.get(end)
        if cue and cue.get("position") in ("after", "both"):
            bound = Bound(str(cue.get("bound"))) if bound is Bound.EXACT else bound
            end = cue.span.end
        if self._is_about(end) and bound is Bound.EXACT:
            bound, end = Bound.ABOUT, end + 3
        return bound, start, end

    def _is_negated(self, start: int) -> bool:
        """ "never exceeded", "no le da más de": whether what stands shortly before says no."""
        before = (cue.span.end for cue in self.cues.get("negation", ()) if 0 <= start - cue.span.end <= _NEGATED)
        return any(not _STOP.search(self.text[end:start]) for end in before)

    def _is_about(self, end: int) -> bool:
        """ "500-an": about 500."""
        return self.text.startswith("-an", end) and not self.text[end + 3 : end + 4].isalpha()

    def _kind(self, value: Value) -> str:
        if value.role in ("none", "vague", "share"):
            return "count"
        if value.role in ("no", "ordinal"):
            return "none" if value.role == "no" else "ordinal"
        start, end = value.start, value.end
        if self._at(end, "age", "after") or self._led(start, "age") or self._is_age(start, end):
            return "age"
        if self._at(end, "clock", "after") or self._led(start, "clock"):
            return "time"
        if self._is_day(value):
            return "date"
        if value.role == "digits" and is_year(self.text[start:end]) and not self._counts_something(end):
            return "year"
        if self._is_compound(end):
            return "compound"
        if (self._led(start, "not_a_count") and end not in self._unit_starts) or self._is_address(end):
            return "article"
        parent = self._before("not_a_count", start)
        if parent and parent.get("position") == "parent":
            return "article"
        if self._before("negation", start):
            return "negated"
        if self._before("former", start) and value.role == "digits" and self._is_former(start):
            return "former"
        return "count"

    def _is_compound(self, end: int) -> bool:
        """ "a 6-day strike": a figure joined to a word counts nothing, unless it stands on a scale: "6.8-magnitude"."""
        joined = self.text[end : end + 1] == "-" and self.text[end + 1 : end + 2].isalpha() and not self._is_about(end)
        noun = self.starts("unit").get(end + 1)
        return joined and not (noun and measure(str(noun.get("measure"))).unit_class == "scale")

    def _is_age(self, start: int, end: int) -> bool:
        """ "Ana Ruiz, de 34 años", "un hombre de 34 años": years led to by a linking word from somebody, or from a
        comma; those of a war or a sentence count."""
        if self._is_age_limit(start, end):
            return True
        cue = self.starts("age").get(end + 1)
        if cue is None or cue.get("position") != "around":
            return False
        head = self.text[:start].rstrip()
        link = next((form for form in cue.get("leads") or () if head.lower().endswith(f" {form}")), None)
        before = head[: -len(link)].rstrip() if link else ""
        someone = self.ends("title").get(len(before)) is not None
        people = self.ends("unit").get(len(before))
        return before.endswith(",") or someone or (people is not None and people.get("measure") in _AGED)

    def _is_age_limit(self, start: int, end: int) -> bool:
        """ "children under 15": a bound behind a noun for people, and no noun of its own behind the number."""
        bound = self._before("bound", start)
        if bound is None or Bound(str(bound.get("bound"))) not in _LIMITS or re.match(r" [^\W\d_]", self.text[end:]):
            return False
        people = self.ends("unit").get(bound.span.start - 1)
        return people is not None and people.get("measure") in _AGED

    def _is_address(self, end: int) -> bool:
        """The number of "221 Baker Street": a name follows that ends in a word for a street."""
        streets = (cue.span for cue in self.cues.get("not_a_count", ()) if cue.get("position") == "after")
        return any(
            end < span.start and _NAME.fullmatch(self.text, end, span.start) and self.text[span.start].isupper()
            for span in streets
        )

    def _is_former(self, start: int) -> bool:
        """ "up from 331", "dari sebelumnya 331": only what stands after a comparing word of its own."""
        cue = self._before("former", start)
        return cue is not None and (" " in cue.span.of(self.text) or cue.get("always") is True)

    @cached_property
    def _unit_starts(self) -> set[int]:
        return {cue.span.start - 1 for cue in self.cues.get("unit", ())}

    def _at(self, end: int, section: str, position: str) -> bool:
        starts = self.starts(section)
        cue = starts.get(end) or starts.get(end + 1)
        return cue is not None and cue.get("position") == position

    def _led(self, start: int, section: str) -> bool:
        cue = self._before(section, start)
        if cue is None and (bound := self._before("bound", start)):
            cue = self._before(section, bound.span.start)
        return cue is not None and cue.get("position") == "before"

    def _is_day(self, value: Value) -> bool:
        """The 24 of "24 October" or "October 24"."""
        if value.role != "digits" or not 1 <= value.low <= 31 or value.low % 1:
            return False
        after = self.starts("month").get(value.end + 1 + self.text.startswith(".", value.end))
        before = self._before("month", value.start)
        for cue in self.cues.get("date_word", ()):
            if after is None and cue.span.start == value.end + 1 and cue.get("role") == "of":
                after = self.starts("month").get(cue.span.end + 1)
        small = self.lexicon.settings.get("lower_dates") is True
        return any(cue is not None and (small or self.text[cue.span.start].isupper()) for cue in (after, before))

    def _counts_something(self, end: int) -> bool:
        """Whether a measured noun follows within three words and no stop."""
        reach = re.match(r"(?: [^\W\d_][\w'-]*){1,3}", self.text[end:])
        edge = end + (reach.end() if reach else 0)
        others = [cue.span.start for cue in self.cues.get("number", ()) if cue.span.start > end]
        edge = min([edge, *others])
        return any(end < cue.span.start < edge for cue in self.cues.get("unit", ()))


def _ends(low: Decimal, high: Decimal, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return low, None
    if bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return None, high
    return low, high
