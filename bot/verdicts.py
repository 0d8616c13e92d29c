"""What a new article changes: whom its claims agree with and contradict, and who hears of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.compare import compare
from claims.intervals import percent_apart
from claims.model import Claim, Relation, Verdict
from claims.terms import terms
from db import clusters, conflicts, outbox, search, subscriptions
from db.engine import Session
from db.values import Change, Events, News, Pair, StoredClaim, Topic, Trust

_Found = tuple[StoredClaim, StoredClaim, Verdict]


def compare_new(
    session: Session, fresh: Sequence[StoredClaim], leading: frozenset[int], now: datetime
) -> tuple[Pair, ...]:
    """Set every new claim against the voices near it, those of its own article included. A claim that only repeats
    what its voice has said before, not among `leading`, has been compared already."""
    asking = [claim for claim in fresh if claim.number in leading]
    near = clusters.nearest(session, [claim.claim for claim in asking])
    known = {one.number: one for one in fresh}
    others = sorted({number for each in near for number in each} - known.keys())
    known |= {one.number: one for one in search.stored(session, others)}
    found: list[_Found] = []
    compared: set[tuple[int, int]] = set()  # two of one article are near each other: once is enough
    for claim, numbers in zip(asking, near, strict=True):
        unmet = [number for number in numbers if (number, claim.number) not in compared]
        compared.update((claim.number, number) for number in unmet)
        found += pairs_with(claim, [known[number] for number in unmet])
    return conflicts.record(session, found, now)


def against_store(session: Session, claim: StoredClaim) -> tuple[Pair, ...]:
    """What a claim that is not stored would be to those that are."""
    (near,) = clusters.nearest(session, [claim.claim])
    return tuple(Pair(a=a, b=b, verdict=verdict) for a, b, verdict in pairs_with(claim, search.stored(session, near)))


def slot_keys(claims: Sequence[Claim]) -> Iterator[str]:
    """What another writer must not touch while these claims are compared and stored; some more than once."""
    return (name for claim in claims for name in clusters.all_keys(claim))


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
    session: Session,
    article: int,
    fresh: Sequence[StoredClaim],
    pairs: Sequence[Pair],
    now: datetime,
    *,
    told: Iterable[tuple[int, int]] = (),
) -> None:
    """Queue one message for each follower and event: a conflict for all, whatever else is new for who wants it all.
    `told` are the chats that hear of a conflict already: (chat, conflict)."""
    if not subscriptions.any_topic(session):
        return
    loud = _loud(session, fresh, pairs)
    held = _own_terms(session, [*fresh, *(side for pair in loud for side in (pair.a, pair.b))])
    anchored = subscriptions.anchored(session, frozenset().union(*held.values()))
    telling = _Telling(session, article, fresh, now, told={(chat, f"conflict:{one}") for chat, one in told})
    topics = [topic for topic in anchored if not topic.is_silent(now)]
    for pair in sorted(loud, key=_weight) if topics else ():
        for topic in _following(topics, held[pair.a.number] | held[pair.b.number]):
            telling.pair(topic, pair)
    for claim in fresh:
        for topic in _following(topics, held[claim.number]):
            telling.claim(topic, claim)


def correct(
    session: Session,
    change: Change,
    now: datetime,
    *,
    gone: Sequence[int] = (),
    instead: int | None = None,
) -> list[tuple[int, int]]:
    """Tell those who were alarmed of a conflict what was wrong: that it is none any more, or that one of the claims
    that they were told, of those `gone`, is taken back; `instead` is what is claimed now. What was not told yet is
    not told any more. Gives who hears of it: (chat, conflict)."""
    if change.closed:
        outbox.take_back(session, change.conflict, "the conflict is over")
    heard: dict[tuple[int, int | None], News] = {}
    for chat, thread, news in outbox.told(session, change.conflict):
        if {news.payload["a"], news.payload["b"]} & set(gone):
            heard[chat, thread] = news
        elif change.closed:
            heard.setdefault((chat, thread), news)
    for (chat, thread), news in heard.items():
        topic = subscriptions.plain(session, chat, news.payload["topic"])
        if topic is None or topic.paused:
            continue
        payload = {**news.payload, "past": change.past} | ({"instead": instead} if instead else {})
        event = f"conflict:{change.conflict}:past:{change.past}"
        outbox.put(
            session, chat=chat, thread=thread, kind="correction", event=event, conflict=change.conflict,
            payload=payload, now=now, due=max(topic.muted_until or now, now),
        )  # fmt: skip
    return [(chat, change.conflict) for chat, _ in heard]


def warn(
    session: Session, admins: Iterable[int], article: int, fresh: Sequence[StoredClaim], pairs: Sequence[Pair],
    now: datetime,
) -> None:  # fmt: skip
    """A source that nobody trusts yet contradicts what is known: the admins hear of it, and nobody else."""
    mine = {one.number for one in fresh}
    loud = [pair for pair in pairs if conflicts.is_alarm(pair) and {pair.a.number, pair.b.number} & mine]
    if loud:
        first = min(loud, key=_weight)
        payload = {"a": first.a.number, "b": first.b.number}
        for admin in sorted(admins):
            outbox.put(
                session, chat=admin, kind="quarantine", event=f"quarantine:{article}", conflict=first.conflict,
                payload=payload, now=now,
            )  # fmt: skip


def replacement(gone: StoredClaim, fresh: Sequence[StoredClaim]) -> StoredClaim | None:
    """What a new version of an article says instead of a claim that it has taken back."""
    alike = [one for one in fresh if one.slot == gone.slot and one.claim.kind is gone.claim.kind]
    return next((one for one in alike if one.claim.speaker == gone.claim.speaker), None)


def _loud(session: Session, fresh: Sequence[StoredClaim], pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that somebody may hear of: none with a quarantined side, none that repeats what was said before, none
    of a conflict that was dismissed."""
    worth = [pair for pair in pairs if pair.verdict.severity in ("alarm", "notice")]
    worth = [pair for pair in worth if Trust.QUARANTINED not in (pair.a.trust, pair.b.trust)]
    if not worth:
        return []
    repeated = clusters.repeats(session, [(one.number, one.claim) for one in fresh])
    none = conflicts.dismissed(session, [pair.conflict for pair in worth if pair.conflict])
    return [
        pair for pair in worth if max(pair.a.number, pair.b.number) not in repeated and pair.conflict not in none
    ]  # fmt: skip


def _following(topics: Sequence[Topic], held: frozenset[str]) -> list[Topic]:
    return [topic for topic in topics if held.issuperset(topic.terms)]


@dataclass
class _Telling:
    """What is queued for an article: each chat hears once of each conflict and of each new claim."""

    session: Session
    article: int
    fresh: Sequence[StoredClaim]
    now: datetime
    told: set[tuple[int, str]]

    def pair(self, topic: Topic, pair: Pair) -> None:
        """Two claims, for who wants to hear of such a pair."""
        mine = {one.number for one in self.fresh}
        new = pair.a if pair.a.number in mine else pair.b
        subject = f"conflict:{pair.conflict}" if pair.conflict else f"claim:{new.number}"
        if (topic.chat, subject) in self.told or not wants(topic, pair, new):
            return
        self.told |= {(topic.chat, subject), (topic.chat, f"claim:{new.number}")}
        kind = "conflict" if pair.conflict else "change" if conflicts.is_alarm(pair) else "update"
        event = f"{subject}:{self.article}" if pair.conflict else f"{kind}:{new.number}"
        about = pair.conflict or conflicts.around(self.session, [pair.a.number, pair.b.number])
        self._put(topic, kind, event, {"a": pair.a.number, "b": pair.b.number}, about)

    def claim(self, topic: Topic, claim: StoredClaim) -> None:
        """A new claim, for who wants to hear everything."""
        is_told = (topic.chat, f"claim:{claim.number}") in self.told
        if topic.events is Events.EVERYTHING and not is_told and _is_chosen(topic, [claim], claim):
            self._put(topic, "claim", f"claim:{claim.number}", {"a": claim.number}, None)

    def _put(self, topic: Topic, kind: str, event: str, payload: dict[str, int], about: int | None) -> None:
        outbox.put(
            self.session, chat=topic.chat, thread=topic.thread, kind=kind, event=event, conflict=about,
            payload=payload | {"topic": topic.number}, now=self.now,
        )  # fmt: skip


def wants(topic: Topic, pair: Pair, new: StoredClaim) -> bool:
    """Whether a follower wants to hear of a pair, by the settings of the topic."""
    if not conflicts.is_alarm(pair) and (topic.events is Events.CONFLICTS or pair.verdict.severity != "notice"):
        return False
    one, other = pair.a.claim.quantity, pair.b.claim.quantity
    if (
        topic.threshold
        and one
        and other
        and pair.verdict.about == "count"
        and percent_apart(one, other) < topic.threshold
    ):
        return False
    return _is_chosen(topic, [pair.a, pair.b], new)


def _is_chosen(topic: Topic, claims: Sequence[StoredClaim], new: StoredClaim) -> bool:
    """Whether the topic's speakers and languages let something through."""
    heard = not topic.speakers or any(one.claim.speaker in topic.speakers for one in claims)
    return heard and (not topic.languages or new.claim.language in topic.languages)


def _own_terms(session: Session, claims: Sequence[StoredClaim]) -> dict[int, frozenset[str]]:
    """By number what claims themselves are about, and the words of their articles: a name in the headline alone alarms
    nobody."""
    known = {claim.number: claim for claim in claims}
    held = search.terms_of(session, list(known))
    return {
        number: terms(claim.claim) | {term for term in held[number] if term[0] == "w"}
        for number, claim in known.items()
    }


def _weight(pair: Pair) -> tuple[int, float]:
    """Alarms first, plain contradictions before disputes, the surest first."""
    order = {Relation.CONTRADICTION: 0, Relation.REVERSAL: 1, Relation.CORRECTION: 2, Relation.DISPUTE: 3}
    return order.get(pair.verdict.relation, 9 if pair.verdict.severity == "none" else 5), -pair.verdict.score
