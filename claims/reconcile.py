"""What surrounds two claims that conflict, and what would reconcile them: what differs, and what is not said.

Only names of sentences are given here; their words stand in the locale files under `reconcile` and `beside`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.denial import sides
from claims.intervals import is_less
from claims.measures import measure
from claims.model import Basis, Bound, Claim, Relation, Verdict
from claims.pair import Pair, ordered, told
from claims.relations import basis, whole_of
from claims.slot import denies

#: ways that are told: the most telling ones
MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: the name of its sentence, the claim that it asks about, and the other one."""

    name: str
    about: Claim
    other: Claim


def ways(a: Claim, b: Claim, verdict: Verdict) -> tuple[Way, ...]:
    """What would reconcile two claims, the most telling first; at least one for whatever contradicts."""
    pair, _ = ordered(a, b, same_origin=False)
    if verdict.relation in (Relation.REVERSAL, Relation.CORRECTION):
        found = [Way("own_word", pair.second, pair.first)]
    elif verdict.about == "denial":
        found = list(_of_denial(pair))
    elif verdict.about == "vote":
        found = list(_of_vote(pair))
    elif verdict.about == "count":
        found = list(_of_figures(pair))
    else:
        found = [Way("announced", *pair.both), Way("dated_record", *pair.both)]
    return tuple(found[:MOST_WAYS])


def _of_denial(pair: Pair) -> Iterator[Way]:
    denying, affirming = sides(pair) or (pair.both if denies(pair.first) else pair.both[::-1])
    one, other = told(denying), told(affirming)
    if one and other and one < other:
        yield Way("denied_before", denying, affirming)
    yield Way("denied_part", denying, affirming)
    yield Way("proof", affirming, denying)


def _of_vote(pair: Pair) -> Iterator[Way]:
    for claim, other in (pair.both, pair.both[::-1]):
        if claim.vote and not claim.vote.body:
            yield Way("which_body", claim, other)
    if not (pair.first.event_date and pair.second.event_date):
        undated = pair.first if pair.first.event_date is None else pair.second
        yield Way("date_of_vote", undated, pair.second if undated is pair.first else pair.first)
    yield Way("record", *pair.both)


def _of_figures(pair: Pair) -> Iterator[Way]:
    one, other = pair.both
    less = one if one.quantity and other.quantity and is_less(one.quantity, other.quantity) else other
    more = other if less is one else one
    whole = whole_of(one, other)
    if whole is not None:
        part = other if whole is one else one
        yield Way("no_part", part, whole)
    for claim, beside in (pair.both, pair.both[::-1]):
        if len(claim.place_path) > len(beside.place_path) > 0:
            yield Way("narrower_place", claim, beside)
        if claim.place is None and beside.place is not None:
            yield Way("place_unknown", claim, beside)
        if claim.agent is None and beside.agent is not None:
            yield Way("whom_unknown", claim, beside)
        if claim.as_of is None:
            yield Way("date_unknown", claim, beside)
    yield from _of_time(pair, less, more)
    yield _of_counting(less, more)
    for claim, beside in (pair.both, pair.both[::-1]):
        if claim.quantity and claim.quantity.bound in (Bound.ABOUT, Bound.VAGUE):
            yield Way("estimate", claim, beside)
    yield Way("independent", *pair.both)


def _of_time(pair: Pair, less: Claim, more: Claim) -> Iterator[Way]:
    """A figure may have changed between the two; a toll only grows, and money that was given stays given."""
    grows = Basis.CUMULATIVE in (basis(less), basis(more))
    if pair.gap == 0 and grows:
        yield Way("earlier_that_day", less, more)
    elif pair.gap and less.as_of and more.as_of:
        if less.as_of < more.as_of:
            yield Way("rose", less, more)
        elif not grows and measure(less.measure).unit_class != "money":
            yield Way("fell", less, more)


def _of_counting(less: Claim, more: Claim) -> Way:
    """The two may count in different ways."""
    if measure(less.measure).unit_class != "people":
        return Way("definition", less, more)
    if Basis.CUMULATIVE in (basis(less), basis(more)):
        return Way("confirmed_only", less, more)
    return Way("new_arrivals", less, more)


def surroundings(a: Claim, b: Claim, verdict: Verdict) -> tuple[tuple[str, int], ...]:
    """What else a reader should know of two figures that exclude each other, as names of sentences with a number: the
    place, the days between them, who estimates. Empty for all else."""
    if verdict.about != "count" or a.quantity is None or b.quantity is None:
        return ()
    pair, _ = ordered(a, b, same_origin=False)
    found = []
    if a.place and a.place == b.place:
        found.append(("same_place", 0))
    elif bool(a.place) != bool(b.place):
        found.append(("place_unknown", 0))
    found.append(("day_unknown", 0) if pair.gap is None else ("days_apart", pair.gap) if pair.gap else ("same_day", 0))
    rough = sum(claim.quantity.bound is not Bound.EXACT for claim in (a, b) if claim.quantity)
    found.append((("both_exact", "one_rough", "both_rough")[rough], 0))
    return tuple(found)
