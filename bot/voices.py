"""Who says what among the claims of an answer: older words of one mouth behind its newest, and questions that could
mean two things."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.compare import compare
from claims.entities import country_of
from claims.measures import ancestors
from claims.model import Claim, Kind, Relation
from claims.pair import told
from claims.question import Question
from claims.slot import Slot, slot
from claims.text import key
from db.values import StoredClaim

#: best answers of two readings no further apart than this are equally likely
_CLOSE = 0.06
#: readings offered as buttons
MOST_READINGS = 3
#: ways of asking that want one thing: to list what else it could mean would be a guess
_ONE_THING = frozenset({"count", "when", "where", "result", "yes_no"})


@dataclass(frozen=True, slots=True)
class Voice:
    """The newest word of a speaker on one matter, what the same speaker said before, newest first, and the other pages
    that say the same by themselves."""

    newest: StoredClaim
    older: tuple[StoredClaim, ...] = ()
    also: tuple[StoredClaim, ...] = ()


def voices(claims: Iterable[StoredClaim]) -> tuple[Voice, ...]:
    """Claims by who says them of what, in the order of the best of each. Pages that say one thing are one voice."""
    groups: dict[tuple[object, ...], list[StoredClaim]] = {}
    for one in claims:
        groups.setdefault(_mouth(one), []).append(one)
    ordered = (sorted(group, key=_age) for group in groups.values())
    found: list[Voice] = []
    for first, *rest in ordered:
        at = next((at for at, one in enumerate(found) if _agree(one.newest, first)), None)
        if at is None:
            found.append(Voice(first, tuple(rest)))
        else:
            known = found[at]
            found[at] = replace(known, older=(*known.older, *rest), also=(*known.also, first))
    return tuple(found)


def _agree(one: StoredClaim, other: StoredClaim) -> bool:
    """Whether two pages say one figure or result by themselves: nobody is named for it."""
    a, b = one.claim, other.claim
    if a.speaker or b.speaker or a.kind is not b.kind or not (a.quantity or a.vote) or _said(a) != _said(b):
        return False
    return compare(a, b).relation in (Relation.CONFIRMS, Relation.ECHO)


def _said(claim: Claim) -> tuple[object, ...]:
    quantity = claim.quantity
    return quantity and (quantity.low, quantity.high, quantity.bound), claim.modality, claim.event_date or claim.as_of


def _mouth(stored: StoredClaim) -> tuple[object, ...]:
    """Who says it, of which matter. What counts nothing and decides nothing is a matter of its own."""
    claim = stored.claim
    who = key(claim.speaker) if claim.speaker else f"page:{key(stored.source or '')}:{stored.article_origin}"
    if claim.quantity is None and claim.vote is None and claim.kind is not Kind.DENIAL:
        return who, key(claim.evidence)
    found = slot(claim)
    return who, claim.kind, found.family, found.unit_class, found.actor, found.place, claim.subgroup, claim.modality


def _age(stored: StoredClaim) -> tuple[int, int]:
    return -(told(stored.claim) or date.min).toordinal(), stored.number


def origins(claims: Iterable[StoredClaim]) -> int:
    """How many independent places the claims come from, however many articles print them."""
    return len({one.origin for one in claims})


def same_matter(one: Claim, other: Claim) -> bool:
    """Whether two claims answer one question as far as they say: what one leaves out contradicts nothing."""
    a, b = slot(one), slot(other)
    families = set(ancestors(one.measure) or (a.family,)) & set(ancestors(other.measure) or (b.family,))
    kin = bool(families) or a.family == b.family
    return kin and a.unit_class == b.unit_class and _fits(a.actor, b.actor) and _one_place(a, b)


def _fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or (country_of(one) or one) == (country_of(other) or other)


def _one_place(one: Slot, other: Slot) -> bool:
    return one.place is None or other.place is None or one.place == other.place


def close_readings(question: Question, answers: Sequence[tuple[StoredClaim, float]]) -> tuple[StoredClaim, ...]:
    """The best claim of each matter that a question may equally well mean, where it leaves open which; else none."""
    if question.asks not in _ONE_THING or question.speaker or not answers:
        return ()
    best = answers[0][1]
    found: list[StoredClaim] = []
    for one, score in answers:
        if best - score <= _CLOSE and not any(_one_reading(question, one.claim, other.claim) for other in found):
            found.append(one)
    return tuple(found[:MOST_READINGS]) if len(found) > 1 else ()


def _one_reading(question: Question, one: Claim, other: Claim) -> bool:
    """Whether two claims differ in nothing that the question leaves open."""
    a, b = slot(one), slot(other)
    where = question.places or any(word.is_where for word in question.words)
    place = bool(where) or _one_place(a, b)
    actor = bool(question.actors) or _fits(a.actor, b.actor)
    return place and actor
