"""Whose word an assertion is where a sentence has several speakers, and who only passes it on."""

from collections.abc import Iterator

from claims.annotate import Annotated
from claims.attribution import Attribution
from claims.model import Span


def speaker_of(sentence: Annotated, found: list[Attribution], anchor: Span) -> Attribution | None:
    """The attribution that an assertion at `anchor` belongs to: its main clause's own before those of other clauses,
    the nearest first; a speaker to the left rules over later clauses, one that trails over all before it."""
    clause = sentence.clause_of(anchor)
    fitting = [one for one in found if one.reaches(anchor)]
    fitting = [one for one in fitting if not one.cites] or fitting
    return min(fitting, key=lambda one: _distance(clause, one, anchor), default=None)


def _distance(clause: Span, one: Attribution, anchor: Span) -> tuple[int, int]:
    foreign = 0 if clause.start <= one.cue.start < clause.end else 1
    gap = anchor.start - one.cue.end if one.cue.end <= anchor.start else one.cue.start - anchor.end
    return foreign, abs(gap)


def relays(found: list[Attribution], chosen: Attribution) -> Iterator[Attribution]:
    """Those who pass on what the chosen one says: whose own content holds the chosen one's verb."""
    for other in found:
        same = chosen.speaker is not None and other.speaker is not None and other.speaker.name == chosen.speaker.name
        if other is not chosen and other.speaker and not same and other.content.holds(chosen.cue):
            yield other
