"""What a new article changes: whom its claims agree with and contradict, and who hears of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from claims.compare import compare
from claims.model import Claim, Relation, Verdict
from claims.terms import terms
from db import clusters, conflicts, outbox, search, subscriptions
from db.engine import Session
from db.values import Events, Pair, StoredClaim, Topic, Trust

_Found = tuple[StoredClaim, StoredClaim, Verdict]


def compare_new(session: Session, fresh: Sequence[StoredClaim], now: datetime) -> tuple[Pair, ...]:
    """Set every new claim against the voices near it, those of its own article included. A claim that only repeats
    what its voice has said before has been compared already."""
    leading = clusters.leading(session, [claim.number for claim in fresh])
    asking = [claim for claim in fresh if claim.number in leading]
    near = clusters.nearest(session, [claim.claim for claim in asking])
    known = {one.number: one for one in search.stored(session, sorted({number for each in near for number in each}))}
    found: dict[tuple[int, int], _Found] = {}
    for claim, numbers in zip(asking, near, strict=True):
        for a, b, verdict in pairs_with(claim, [known[number] for number in numbers]):
            found.setdefault((min(a.number, b.number), max(a.number, b.number)), (a, b, verdict))
    return conflicts.record(session, list(found.values()), now)


def against_store(session: Session, claim: StoredClaim) -> tuple[Pair, ...]:
    """What a claim that is not stored would be to those that are."""
    (near,) = clusters.nearest(session, [claim.claim])
    return tuple(Pair(a=a, b=b, verdict=verdict) for a, b, verdict in pairs_with(claim, search.stored(session, near)))


def slot_keys(claims: Sequence[Claim]) -> list[str]:
    """What another writer must not touch while these claims are compared and stored."""
    return sorted({name for claim in claims for name in clusters.all_keys(claim)})


def pairs_with(claim: StoredClaim, others: Sequence[StoredClaim]) -> list[_Found]:
    """The verdicts between a claim and others, unrelated ones left out."""
    pairs = []
    for other in others:
        if other.number != claim.number:
            verdict = compare(claim.claim, other.claim, same_origin=conflicts.one_origin(claim, other))
            if verdict.relation is not Relation.UNRELATED:
                pairs.append((claim, other, verdict))
    return pairs


def announce(
    session: Session, article: int, fresh: Sequence[StoredClaim], pairs: Sequence[Pair], now: datetime
) -> None:
    """Queue one message for each follower and event: a conflict for all, whatever else is new for who wants it all."""
    if not subscriptions.any_topic(session):
        return
    loud = _loud(session, fresh, pairs)
    held = {
        one.number: _own_terms(session, one) for one in (*fresh, *(side for pair in loud for side in (pair.a, pair.b)))
    }
    topics = subscriptions.anchored(session, frozenset().union(*held.values()))
    told: set[tuple[int, int]] = set()
    mine = {claim.number for claim in fresh}
    for pair in sorted(loud, key=_weight) if topics else ():
        new = pair.a if pair.a.number in mine else pair.b
        for topic in _following(topics, held[pair.a.number] | held[pair.b.number]):
            _tell(session, article, topic, pair, new, told, now)
    for claim in fresh:
        for topic in _following(topics, held[claim.number]):
            if topic.events is Events.EVERYTHING and (topic.chat, claim.number) not in told:
                payload = {"a": claim.number, "topic": topic.number}
                _queue(session, topic, "claim", f"claim:{claim.number}", payload, now)


def _loud(session: Session, fresh: Sequence[StoredClaim], pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that somebody may hear of: none with a quarantined side, none that repeats what was said before."""
    worth = [pair for pair in pairs if pair.verdict.severity in ("alarm", "notice")]
    worth = [pair for pair in worth if Trust.QUARANTINED not in (pair.a.trust, pair.b.trust)]
    if not worth:
        return []
    repeated = clusters.repeats(session, [(one.number, one.claim) for one in fresh])
    return [pair for pair in worth if max(pair.a.number, pair.b.number) not in repeated]


def _following(topics: Sequence[Topic], held: frozenset[str]) -> list[Topic]:
    return [topic for topic in topics if held.issuperset(topic.terms)]


def _tell(
    session: Session,
    article: int,
    topic: Topic,
    pair: Pair,
    new: StoredClaim,
    told: set[tuple[int, int]],
    now: datetime,
) -> None:
    alarm = conflicts.is_alarm(pair)
    wanted = alarm or (topic.events is Events.EVERYTHING and pair.verdict.severity == "notice")
    subject = pair.conflict if alarm and pair.conflict else new.number
    if not wanted or (topic.chat, subject) in told:
        return
    told |= {(topic.chat, subject), (topic.chat, new.number)}
    kind = "conflict" if alarm else "update"
    event = f"conflict:{pair.conflict}:{article}" if alarm and pair.conflict else f"{kind}:{new.number}"
    payload: Mapping[str, int] = {"a": pair.a.number, "b": pair.b.number, "topic": topic.number}
    _queue(session, topic, kind, event, payload, now)


def _own_terms(session: Session, claim: StoredClaim) -> frozenset[str]:
    """What a claim itself is about, and the words of its article: a name in the headline alone alarms nobody."""
    return terms(claim.claim) | {term for term in search.terms_of(session, claim.number) if term[0] in "wc"}


def _weight(pair: Pair) -> tuple[int, float]:
    """Alarms first, plain contradictions before disputes, the surest first."""
    order = {Relation.CONTRADICTION: 0, Relation.REVERSAL: 1, Relation.CORRECTION: 2, Relation.DISPUTE: 3}
    return order.get(pair.verdict.relation, 9 if pair.verdict.severity == "none" else 5), -pair.verdict.score


def _queue(session: Session, topic: Topic, kind: str, event: str, payload: Mapping[str, int], now: datetime) -> None:
    outbox.put(session, chat=topic.chat, thread=topic.thread, kind=kind, event=event, payload=dict(payload), now=now)
