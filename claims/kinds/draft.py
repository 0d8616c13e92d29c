"""What a kind finds in a sentence, before its speaker, place, date and modality are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.annotate import Annotated
from claims.attribution import Attribution
from claims.measures import measure
from claims.model import Kind, Modality, Quantity, Span, Vote

#: classes of units that tell when, how far or how often: no clause is about them
_CIRCUMSTANCES = frozenset({"time", "length", "scale"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One assertion: `anchor` is the number, verb or clause that it hangs on."""

    kind: Kind
    anchor: Span
    rule: str
    measure: str = ""
    quantity: Quantity | None = None
    vote: Vote | None = None
    agent: str | None = None
    object: str | None = None
    subgroup: str | None = None
    denied: str | None = None
    #: set where the kind itself decides it
    modality: Modality | None = None
    negated: bool = False
    #: what the assertion says, where that is less than its clause: place and date are sought here first
    scope: Span | None = None
    #: who says it, where the kind itself finds that out
    said: Attribution | None = None


def segments(sentence: Annotated, anchors: Sequence[Span]) -> list[Span]:
    """The piece of the sentence that belongs to each anchor (in order, not overlapping): cut between two neighbours at
    the strongest border there is: semicolon or "while", comma before "and", comma, "and"."""
    if not anchors:
        return []
    cuts = [_cut(sentence, left.end, right.start) for left, right in pairwise(anchors)]
    edges = [0, *cuts, len(sentence.text)]
    return [Span(start, end) for start, end in pairwise(edges)]


def _cut(sentence: Annotated, start: int, end: int) -> int:
    best, rank = max(start, end), 0
    joints = {cue.span.start: 4 if cue.get("strong") else 1 for cue in sentence.of("boundary")}
    for at in sentence.stops:
        if start <= at < end:
            joint = max((weight for place, weight in joints.items() if at < place <= at + 2), default=0)
            strength = 5 if sentence.text[at] in ";—" else 2 + joint
            if strength >= rank:
                best, rank = at, strength
    for place, weight in joints.items():
        if start <= place < end and (weight > rank or (weight == rank and place > best)):
            best, rank = place, weight
    return best


def first_measure(sentence: Annotated, scope: Span) -> str:
    """What a clause is about, in the measures' words: of its first measured noun, else verb, else nothing."""
    for section in ("unit", "measure_verb"):
        for cue in sentence.of(section, scope):
            found = measure(str(cue.get("measure")))
            if found.known and found.unit_class not in _CIRCUMSTANCES:
                return str(cue.get("measure"))
    return ""
