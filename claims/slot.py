"""The question that a claim answers, and the keys under which claims about related questions meet.

Speaker, value, sub-place, date and polarity are not in the slot: they are what is compared.
"""

from dataclasses import dataclass

from claims.anew import puts_off, rejected_figures
from claims.entities import country_of
from claims.gazetteer import is_town
from claims.measures import ancestors, is_currency, measure, money_name
from claims.model import Claim, Kind, Modality
from claims.story import HEAD
from claims.text import key, words


@dataclass(frozen=True, slots=True)
class Slot:
    """`str()` is the printed form, unknown fields left out: "troops · North Korea · Russia"."""

    #: measure family, "vote", or the kind where nothing is measured
    family: str
    #: whose number it is, who acts, or which body votes
    actor: str | None
    #: the country of the place; the place itself where that is unknown, or a town of the atlas
    place: str | None
    #: "people", "money in USD", "things" …; empty where nothing is counted
    unit_class: str

    def __str__(self) -> str:
        return " · ".join(part for part in (self.family.replace("_", " "), self.actor, self.place) if part)


def slot(claim: Claim) -> Slot:
    """The slot of a claim."""
    return Slot(family(claim), actor(claim), where(claim), unit_class(claim))


def where(claim: Claim) -> str | None:
    """The place that a claim's question is about: floods in two towns are two questions, troops in two regions of one
    country are one."""
    return claim.place if is_town(claim.place) or not claim.place_path else claim.place_path[-1]


def family(claim: Claim) -> str:
    """Which question the claim belongs to, by what it measures or decides."""
    if claim.kind is Kind.VOTE:
        return "vote"
    if claim.kind is Kind.AGREEMENT:
        return "agreement"
    return measure(claim.measure).family if claim.measure else claim.kind.value


def actor(claim: Claim) -> str | None:
    """Whom the claim is about; for a vote the body that votes."""
    if claim.kind is Kind.VOTE:
        return claim.vote.body if claim.vote else None
    return claim.agent


def unit_class(claim: Claim) -> str:
    """What the figure may be compared with; money only with a currency of the same name, and what is counted a day with
    no total."""
    if claim.quantity is None:
        return ""
    unit = claim.quantity.unit
    if is_currency(unit):
        return f"money in {money_name(unit)}"
    _, per, period = unit.partition(" per ")
    return measure(claim.measure).unit_class + per + period


def keys(claim: Claim) -> tuple[str, ...]:
    """Index keys that a claim is kept under. Any two claims that `claims.compare` may relate meet: one `asks` for a key
    of the other, whichever of them is the new one."""
    found = list(_own(claim))
    if claim.kind is not Kind.VOTE:
        found += [f"said|{name}" for name in claim.story[:HEAD]]
        found += [f"denied|{name}" for name in claim.story[:HEAD] if _objects(claim)]
    return tuple(found)


def asks(claim: Claim) -> tuple[str, ...]:
    """Index keys that a claim looks others up by: a denial may be of anything that its story says. One story is what
    shares a name that either is named by, so that all names are asked for where the first of them are kept."""
    if claim.kind is Kind.VOTE:
        return _own(claim)
    word = "said" if _objects(claim) else "denied"
    named = tuple(f"{about}|{name}" for about in _families(claim) for name in claim.story[HEAD:])
    return (*_own(claim), *named, *(f"{word}|{name}" for name in claim.story))


def may_meet(one: Claim, other: Claim) -> bool:
    """Whether either of two claims finds the other when it comes later."""
    return bool(set(keys(one)) & set(asks(other)) or set(asks(one)) & set(keys(other)))


def denies(claim: Claim) -> bool:
    """Whether a claim says that something is not so."""
    none = claim.quantity is not None and claim.quantity.high == 0
    return claim.kind is Kind.DENIAL or claim.modality is Modality.DENIED or claim.negated or none


def _objects(claim: Claim) -> bool:
    """Whether a claim says that something that may have been said is not so: a figure, or a day, for one."""
    if claim.quantity is None:
        return denies(claim) or puts_off(claim)
    return denies(claim) or bool(rejected_figures(claim.evidence, claim.language))


def _families(claim: Claim) -> list[str]:
    if claim.kind is not Kind.VOTE and (claim.quantity or claim.kind is Kind.DENIAL) and claim.measure:
        return list(ancestors(claim.measure))[:2]
    return [family(claim)]


def _own(claim: Claim) -> tuple[str, ...]:
    about = _families(claim)
    found = [f"{name}|{key(where)}" for name in about for where in _anchors(claim)]
    return tuple(dict.fromkeys(found)) or tuple(f"{name}|" for name in about[:1])


def _anchors(claim: Claim) -> list[str]:
    """What ties a claim to others: actor, root place, what is voted on, what its story is named by."""
    found = [_nation(actor(claim)), where(claim), *claim.place_path[-1:]]
    if claim.kind is Kind.VOTE and claim.vote and claim.vote.matter:
        found += sorted({word for word in content_words(claim.vote.matter) if len(word) > 4}, key=len)[-2:]
    found += claim.story[:HEAD]
    if not any(found):
        found += [claim.speaker or claim.subgroup]
    return [one for one in found if one]


def _nation(name: str | None) -> str | None:
    """The country behind an actor, so that Moscow's army and Russia meet."""
    return (country_of(name) or name) if name else None


def content_words(text: str) -> frozenset[str]:
    """The words of a written matter that can tell two matters apart."""
    folded = key(text)
    return frozenset(folded[span.start : span.end] for span in words(folded) if span.end - span.start > 3)
