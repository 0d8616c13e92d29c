"""What a rule found of a pair, as a verdict: what it is about, whom it alarms, and what its sentence needs."""

from decimal import Decimal

from claims.measures import measure
from claims.model import ALARMS, Claim, Kind, Relation, Verdict
from claims.pair import Pair, told
from claims.slot import slot

#: below this confidence nobody is alarmed
SURE = Decimal("0.5")


def verdict(pair: Pair, swapped: bool, relation: Relation, rule: str, score: float) -> Verdict:
    """The verdict of a rule on a pair. `swapped`: the pair's second claim is the one that `compare` was given first."""
    newer = ("a" if swapped else "b") if pair.is_ordered else None
    return Verdict(
        relation=relation,
        rule=rule,
        about=_about(pair),
        newer=newer,
        severity=_severity(pair, relation, score),
        score=score,
        arguments=_both_arguments(pair) if relation is not Relation.UNRELATED else {},
    )


def _severity(pair: Pair, relation: Relation, score: float) -> str:
    if min(pair.first.confidence, pair.second.confidence, score) < SURE:
        return "none"
    if relation in ALARMS:
        unresolved = pair.first.speaker_unresolved or pair.second.speaker_unresolved
        return "none" if unresolved else "alarm"
    return "notice" if relation is Relation.UPDATE else "none"


def _about(pair: Pair) -> str:
    kinds = {pair.first.kind, pair.second.kind}
    if pair.votes:
        return "vote"
    if Kind.DENIAL in kinds or set(pair.polarities) == {1, -1}:
        return "denial"
    if pair.figures:
        return "count"
    return "date" if Kind.AGREEMENT in kinds else "event"


def _both_arguments(pair: Pair) -> dict[str, str]:
    return {**_arguments("first", pair.first), **_arguments("second", pair.second)}


def _arguments(side: str, claim: Claim) -> dict[str, str]:
    when = claim.event_date.iso if claim.event_date else (str(told(claim)) if told(claim) else "")
    figure = claim.quantity.value if claim.quantity else None
    found = {
        "speaker": claim.speaker or "",
        "value": f"{figure:f}" if figure is not None else "",
        "unit": claim.quantity.unit if claim.quantity else "",
        "place": claim.place or "",
        "date": when,
        "measure": measure(claim.measure).name if claim.measure else "",
        "slot": str(slot(claim)),
    }
    return {f"{side}_{name}": value for name, value in found.items() if value}
