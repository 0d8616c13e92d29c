"""The figures of a ballot, in whatever order and wording they stand: "397-3", "63 to 36", "311 suara berbanding 112",
"31 suara mendukung, 12 menolak", "ayes 63, noes 36", "8 of 9 factions agreed"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from claims.annotate import Annotated
from claims.lexicon import Cue
from claims.measures import measure
from claims.model import Bound, Span
from claims.numbers import Number

#: what a figure may count: roles of the lexicon's section `vote`
ROLES = ("for", "against", "abstain", "absent")
#: verbs of deciding count votes where a number is their subject: "12 menolak", "210 deputies backed it"
_BY_VERB = {"pass": "for", "reject": "against"}
#: how many words may stand between a figure and the word that says what it counts
_MOST_WORDS = 4
#: classes of units that votes and voters, countries among them, have
_VOTERS = frozenset({"people", "votes", "things", "areas"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may count votes. `end` lies behind the whole that it is a part of: "8 of 9"."""

    start: int
    end: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Label:
    """A word that says what a figure counts."""

    cue: Cue
    role: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: `counts` by role. `pair` holds two figures that nothing names, as they stand, `lone` the one
    number of votes that nothing names; `words` are those that say what is counted: they decide nothing themselves."""

    counts: dict[str, int]
    pair: tuple[int, int] | None
    words: tuple[Cue, ...]
    lone: int | None = None
    #: what per cent were for and against
    shares: Mapping[str, int] = field(default_factory=dict)

    def settled(self, result: str | None) -> dict[str, int]:
        """All counts, unnamed ones by who won: whoever rejects by 22 to 5 has 22 against."""
        won = {"passed": "for", "rejected": "against"}.get(result or "")
        if self.pair is None:
            return self.counts if self.lone is None or won is None else {won: self.lone, **self.counts}
        first, second = self.pair
        more, less = max(self.pair), min(self.pair)
        named = {None: (first, second), "passed": (more, less), "rejected": (less, more)}[result]
        return {**dict(zip(("for", "against"), named, strict=True)), **self.counts}


def may_be_votes(name: str) -> bool:
    """Whether a measure can be votes or voters: people, countries, votes, or a noun that nobody knows."""
    one = measure(name)
    return one.unit_class in ("people", "areas") or one.family == "votes" or not one.known


def tally(sentence: Annotated, scope: Span) -> Tally:
    """The figures of the ballot that a stretch of a sentence tells of."""
    figures = list(_figures(sentence, scope))
    cues = sentence.of("vote", scope)
    counts = {str(cue.get("role")): int(cue.get("count")) for cue in cues if cue.get("count") is not None}
    joined = [number for number in sentence.numbers if number.kind == "tally" and scope.holds(number.span)]
    if len(joined) in (2, 3):
        low = [int(number.low or 0) for number in joined]
        more = {"abstain": low[2]} if len(low) == 3 else {}
        labelled, words = _labelled(sentence, figures, cues)
        return Tally({**labelled, **more, **counts}, (low[0], low[1]), words)
    pair = _pair(sentence, figures, cues)
    rest = [figure for figure in figures if pair is None or figure not in pair]
    labelled, words = _labelled(sentence, rest, cues)
    lone = [one.low for one in rest if one.low not in labelled.values() and _is_votes(sentence, one)]
    shares, sharing = _shares(sentence, scope)
    return Tally(
        {**labelled, **counts},
        _values(pair) if pair else None,
        (*words, *sharing),
        lone[0] if len(lone) == 1 else None,
        shares,
    )


def _shares(sentence: Annotated, scope: Span) -> tuple[dict[str, int], tuple[Cue, ...]]:
    """What per cent were for and against ("61 percent backed it"), and the words that say so."""
    numbers = [one for one in sentence.numbers if one.kind == "count" and one.percent and scope.holds(one.span)]
    figures = [Figure(one.span.start, one.span.end, int(one.low), int(one.low)) for one in numbers if one.low]
    return _labelled(sentence, figures, sentence.of("vote", scope))


def _is_votes(sentence: Annotated, figure: Figure) -> bool:
    """Whether a figure is said to be of votes: "with 240 votes"."""
    return any(
        measure(str(cue.get("measure"))).family == "votes"
        for cue in sentence.of("unit")
        if cue.span.start == figure.end + 1
    )


def _values(pair: tuple[Figure, Figure]) -> tuple[int, int]:
    left, right = pair
    return (left.low, left.high) if left == right else (left.low, right.low)


def _figures(sentence: Annotated, scope: Span) -> Iterator[Figure]:
    """The counts of people or votes, without money, shares, what is missing or needed, and the whole of a part."""
    numbers = [one for one in sentence.numbers if scope.holds(one.span) and _may_count(sentence, one)]
    wholes = {right.span: left.span for left, right in pairwise(numbers) if _of(sentence, left, right)}
    ends = {left: right.end for right, left in wholes.items()}
    for number in numbers:
        if number.span in wholes or _is_threshold(sentence, number):
            continue
        low = number.low if number.low is not None else number.high
        high = number.high if number.bound is Bound.RANGE else low
        if low is not None and high is not None:
            yield Figure(number.span.start, ends.get(number.span, number.span.end), int(low), int(high))


def _may_count(sentence: Annotated, number: Number) -> bool:
    whole = number.low is None or number.low % 1 == 0
    if number.kind != "count" or number.currency or number.percent or not whole:
        return False
    after = next((cue for cue in sentence.of("unit") if cue.span.start == number.span.end + 1), None)
    return after is None or measure(str(after.get("measure"))).unit_class in _VOTERS


def _of(sentence: Annotated, left: Number, right: Number) -> bool:
    """Whether the second number is the whole that the first is a part of."""
    gap = sentence.folded[left.span.end : right.span.start]
    return any(gap.strip() == form for entry in sentence.lexicon.entries("origin") for form in entry.forms)


def _is_threshold(sentence: Annotated, number: Number) -> bool:
    """Whether a number says how many were needed or missing: "34 short of", "needed 244 votes"."""
    return any(
        _words_between(sentence, cue.span, number.span) <= 2
        for cue in sentence.of("vote")
        if cue.get("role") == "missed" and _none_between(sentence, cue.span, number.span)
    )


def _none_between(sentence: Annotated, one: Span, other: Span) -> bool:
    gap = _gap(one, other)
    blocked = [number.span for number in sentence.numbers] + [Span(stop, stop + 1) for stop in sentence.stops]
    return not any(gap.overlaps(span) and not (one.overlaps(span) or other.overlaps(span)) for span in blocked)


def _gap(one: Span, other: Span) -> Span:
    return Span(min(one.end, other.end), max(one.start, other.start))


def _words_between(sentence: Annotated, one: Span, other: Span) -> int:
    return len(sentence.words_in(_gap(one, other)))


def _pair(sentence: Annotated, figures: list[Figure], cues: list[Cue]) -> tuple[Figure, Figure] | None:
    """Two figures with nothing between them but what they count and a word that sets them against each other."""
    separators = [cue.span for cue in cues if cue.get("role") == "separator"]
    for figure in figures:
        inside = Span(figure.start, figure.end)
        if figure.low != figure.high and any(inside.holds(span) for span in separators):
            return figure, figure
    for left, right in pairwise(figures):
        gap = Span(left.end, right.start)
        named = any(gap.holds(cue.span) for cue in cues if cue.get("role") in ROLES and cue.span not in separators)
        named = named or any(cue.span not in separators for cue in sentence.of("boundary", gap))
        near = len(sentence.words_in(gap)) <= 3 and not any(gap.start <= stop < gap.end for stop in sentence.stops)
        if near and not named and any(gap.holds(span) and gap.end - span.end <= 1 for span in separators):
            return left, right
    return None


def _labelled(sentence: Annotated, figures: list[Figure], cues: list[Cue]) -> tuple[dict[str, int], tuple[Cue, ...]]:
    """The figures that a word beside them names. A language or a list may put that word before them or behind: the
    order that names more of them goes first."""
    labels = [Label(cue, role) for cue in cues if cue.get("count") is None and (role := _role(cue))]
    behind = _matched(sentence, figures, labels, behind=True)
    ahead = _matched(sentence, figures, labels, behind=False)
    first = behind if len(behind) >= len(ahead) else ahead
    named, taken = [label for label, _ in first], [figure for _, figure in first]
    left = [figure for figure in figures if figure not in taken]
    more = [label for label in labels if label not in named]
    counts: dict[str, int] = {}
    second = _matched(sentence, left, more, behind=first is ahead)
    for label, figure in (*first, *second):
        counts.setdefault(label.role, figure.low)
    return counts, tuple(label.cue for label, _ in (*first, *second))


def _role(cue: Cue) -> str | None:
    role = str(cue.get("role"))
    return role if role in ROLES else _BY_VERB.get(role)


def _matched(
    sentence: Annotated, figures: list[Figure], labels: list[Label], *, behind: bool
) -> list[tuple[Label, Figure]]:
    """Each label with the figure right before it (`behind`) or right after it."""
    found: list[tuple[Label, Figure]] = []
    for label in labels:
        at = label.cue.span
        if behind:
            figure = max((one for one in figures if one.end <= at.start), key=lambda one: one.end, default=None)
        else:
            figure = min((one for one in figures if one.start >= at.end), key=lambda one: one.start, default=None)
        if figure is None or any(figure == taken for _, taken in found):
            continue
        gap = _gap(at, Span(figure.start, figure.end))
        verb = label.cue.get("role") in _BY_VERB
        fits = _is_subject(sentence, gap) if behind else _stands_alone(sentence, gap, figure)
        parted = any(gap.holds(other.cue.span) for other in labels) or (not behind and sentence.of("boundary", gap))
        if not parted and _is_near(sentence, gap) and (fits or not verb):
            found.append((label, figure))
    return found


def _is_near(sentence: Annotated, gap: Span) -> bool:
    """Whether so little stands between that a word speaks of the figure."""
    stopped = any(gap.start <= stop < gap.end and sentence.text[stop] != ":" for stop in sentence.stops)
    return not stopped and len(sentence.words_in(gap)) <= _MOST_WORDS


def _is_subject(sentence: Annotated, gap: Span) -> bool:
    """Whether a figure with these words behind it is who does what a verb says: "12 members", not "12 the house"."""
    bodies = [cue.span for cue in sentence.of("chamber", gap) if not cue.get("people")]
    rest = [cue.span for cue in sentence.of("rest", gap)]
    return not bodies and not any(
        sentence.is_function(word) and not any(span.holds(word) for span in rest) for word in sentence.words_in(gap)
    )


def _stands_alone(sentence: Annotated, gap: Span, figure: Figure) -> bool:
    """Whether a figure right behind a verb counts votes, not things: "menolak 36, abstain 1"."""
    return not sentence.words_in(gap) and sentence.right_stop(figure.end) == figure.end
