"""Conflicts: voices that contradict each other about one event, and what becomes of them.

A row is kept for each two voices in contradiction; the pairs of claims that they make are found again when they are
read, so that a figure quoted a thousand times costs one row.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import Session, col, or_, select

from claims.compare import compare
from claims.model import AGREEING, ALARMS, CONFLICTS, Relation, Verdict
from claims.pair import told
from claims.voice import mark
from db import clusters, outbox
from db.fresh import insert_all, insert_fresh
from db.search import stored
from db.tables import ClaimKey, ClaimRow, ConflictEventRow, ConflictRow, VerdictRow
from db.values import Change, ConflictEvent, Pair, Side, StoredClaim

#: states in which a conflict is still one
LIVE = ("open", "confirmed")
_CHUNK = 400


def record(
    session: Session, found: Sequence[tuple[StoredClaim, StoredClaim, Verdict]], now: datetime
) -> tuple[Pair, ...]:
    """Put the contradicting pairs of new claims into conflicts; gives all pairs with the conflict that they are in."""
    pairs = []
    inside = _memberships(session, {one.number for a, b, verdict in found if _alarms(verdict) for one in (a, b)})
    joined: set[tuple[int, int]] = set()
    for a, b, verdict in found:
        if a.number > b.number:
            a, b, verdict = b, a, mirrored(verdict)
        number = _conflict(session, a, b, now, inside, joined) if _opens(verdict) else None
        if number is not None:
            insert_all(session, VerdictRow, [_row(a.number, b.number, verdict, number)])
        elif _alarms(verdict) and inside[a.number] | inside[b.number]:
            _corrected(session, a, b, now)
        pairs.append(Pair(a=a, b=b, verdict=verdict, conflict=number))
    return tuple(pairs)


def _row(a: int, b: int, verdict: Verdict, conflict: int) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "relation": verdict.relation.value,
        "rule": verdict.rule,
        "about": verdict.about,
        "newer": verdict.newer,
        "severity": verdict.severity,
        "score": verdict.score,
        "arguments": verdict.arguments,
        "conflict": conflict,
    }


def _memberships(session: Session, claims: Collection[int]) -> dict[int, set[int]]:
    """The conflicts that each of the claims is in."""
    inside: dict[int, set[int]] = {number: set() for number in claims}
    numbers = sorted(claims)
    for at in range(0, len(numbers), _CHUNK):
        part = numbers[at : at + _CHUNK]
        beside = select(VerdictRow.a, VerdictRow.b, VerdictRow.conflict)
        beside = beside.where(or_(col(VerdictRow.a).in_(part), col(VerdictRow.b).in_(part)))
        for a, b, conflict in session.exec(beside):
            for one in {a, b} & inside.keys():
                inside[one] |= {conflict} if conflict is not None else set()
    return inside


def _corrected(session: Session, a: StoredClaim, b: StoredClaim, now: datetime) -> None:
    """A side of a conflict takes its word back, or changes its figure."""
    about = around(session, [a.number, b.number])
    if about is not None:
        note(session, about, "corrected", now, claim=max(a.number, b.number))


def around(session: Session, numbers: Sequence[int]) -> int | None:
    """The conflict, still one, that any of the claims stands in."""
    rows = _rows(session, or_(col(VerdictRow.a).in_(numbers), col(VerdictRow.b).in_(numbers)))
    return min((row.conflict for row in rows if row.conflict), default=None)


def _alarms(verdict: Verdict) -> bool:
    return verdict.relation in ALARMS and verdict.severity == "alarm"


def _opens(verdict: Verdict) -> bool:
    return verdict.relation in CONFLICTS and verdict.severity == "alarm"


def mirrored(verdict: Verdict) -> Verdict:
    """The verdict of the same two claims the other way round."""
    other = {"a": "b", "b": "a"}
    return replace(verdict, newer=other.get(verdict.newer or ""))


def _conflict(
    session: Session,
    a: StoredClaim,
    b: StoredClaim,
    now: datetime,
    inside: dict[int, set[int]],
    joined: set[tuple[int, int]],
) -> int:
    """The conflict that either claim is already in, else a new one. Two that meet in this pair become one. `inside`
    holds the conflicts of each claim, `joined` which claims a conflict's history tells of; both are kept up."""
    known = sorted(inside[a.number] | inside[b.number])
    newest = max(a.number, b.number)
    if not known:
        row = ConflictRow(slot=f"{a.slot} #{a.number}", opened_at=now)
        session.add(row)
        session.flush()
        known = [row.number or 0]
        note(session, known[0], "opened", now, claim=newest)
        joined.add((known[0], newest))
    for other in known[1:]:
        session.execute(update(VerdictRow).where(col(VerdictRow.conflict) == other).values(conflict=known[0]))
        session.execute(update(ConflictRow).where(col(ConflictRow.number) == other).values(state="merged"))
        note(session, other, "merged", now, reason=str(known[0]))
        outbox.joined(session, other, known[0])
        for numbers in inside.values():
            if other in numbers:
                numbers.discard(other)
                numbers.add(known[0])
    inside[a.number].add(known[0])
    inside[b.number].add(known[0])
    if (known[0], newest) not in joined:
        joined.add((known[0], newest))
        reopened = _state(session, known[0]) == "resolved"
        if reopened:
            set_state(session, known[0], "open")
        note(session, known[0], "reopened" if reopened else "joined", now, claim=newest)
    return known[0]


def _state(session: Session, number: int) -> str | None:
    return session.exec(select(ConflictRow.state).where(ConflictRow.number == number)).first()


def set_state(session: Session, number: int, state: str) -> None:
    """Change what a conflict is."""
    session.execute(update(ConflictRow).where(col(ConflictRow.number) == number).values(state=state))


def note(
    session: Session,
    number: int,
    what: str,
    now: datetime,
    *,
    claim: int | None = None,
    person: int | None = None,
    reason: str | None = None,
) -> int:
    """Add a line to a conflict's history; gives its number."""
    row = ConflictEventRow(conflict=number, what=what, claim=claim, person=person, reason=reason, at=now)
    session.add(row)
    session.flush()
    return row.number or 0


def history(session: Session, number: int) -> tuple[ConflictEvent, ...]:
    """What happened to a conflict, in order."""
    query = select(ConflictEventRow).where(ConflictEventRow.conflict == number).order_by(col(ConflictEventRow.number))
    return tuple(_event(row) for row in session.exec(query))


def event(session: Session, number: int) -> ConflictEvent | None:
    """One line of a history, by its number."""
    row = session.get(ConflictEventRow, number)
    return _event(row) if row else None


def _event(row: ConflictEventRow) -> ConflictEvent:
    return ConflictEvent(what=row.what, at=row.at, claim=row.claim, person=row.person, reason=row.reason)


def final(session: Session, number: int) -> int:
    """The conflict that a number leads to: those that became one go by the number of the first."""
    query = select(ConflictEventRow.reason).where(ConflictEventRow.what == "merged")
    while _state(session, number) == "merged":
        into = session.exec(query.where(ConflictEventRow.conflict == number)).first()
        if not into:
            break
        number = int(into)
    return number


def state(session: Session, number: int) -> str | None:
    """What a conflict is now, None where there is none of that number."""
    return _state(session, number)


def withdraw(
    session: Session,
    gone: Sequence[StoredClaim],
    now: datetime,
    *,
    person: int | None = None,
    reason: str | None = "withdrawn",
) -> tuple[Change, ...]:
    """Claims are claimed no longer: another of the same voice takes their place in a conflict, else the conflict is
    narrowed, or resolved where no contradiction is left. Gives what became of the conflicts that were one until now."""
    touched: dict[int, int] = {}
    for claim in gone:
        query = select(VerdictRow).where(or_(col(VerdictRow.a) == claim.number, col(VerdictRow.b) == claim.number))
        rows = list(session.exec(query))
        heir = _heir(session, claim) if rows else None
        for row in rows:
            if heir is not None:
                _pass_on(session, row, claim.number, heir)
            elif row.conflict:
                touched.setdefault(row.conflict, claim.number)
    changes = []
    for number, claim_number in sorted(touched.items()):
        if _state(session, number) in LIVE:
            left = _pairs(session, _rows(session, VerdictRow.conflict == number))
            what = "narrowed" if left else "resolved"
            if not left:
                set_state(session, number, "resolved")
            past = note(session, number, what, now, claim=claim_number, person=person, reason=reason)
            changes.append(Change(conflict=number, past=past, closed=not left))
    return tuple(changes)


def _heir(session: Session, claim: StoredClaim) -> int | None:
    query = (
        select(ClaimKey.claim)
        .join(ClaimRow, col(ClaimRow.number) == col(ClaimKey.claim))
        .where(ClaimKey.mark == mark(claim.claim), ClaimKey.claim != claim.number, col(ClaimRow.current).is_(True))
    )
    return session.exec(query.order_by(col(ClaimKey.claim)).limit(1)).first()


def _pass_on(session: Session, row: VerdictRow, gone: int, heir: int) -> None:
    other = row.b if row.a == gone else row.a
    found = {one.number: one for one in stored(session, [heir, other])}
    if len(found) == 2:
        a, b = found[min(heir, other)], found[max(heir, other)]
        insert_fresh(session, VerdictRow, [_row(a.number, b.number, compare(a.claim, b.claim), row.conflict or 0)])
    session.delete(row)
    session.flush()


def of_claim(session: Session, number: int) -> tuple[Pair, ...]:
    """Every pair that a claim makes with another voice, unrelated ones left out."""
    found = stored(session, [number])
    if not found:
        return ()
    (near,) = clusters.nearest(session, [found[0].claim])
    others = [one for one in stored(session, [other for other in near if other != number]) if one.current]
    pairs = (_pair(found[0], other, None) for other in others)
    held = _of_rows(session, [number])
    kept = [pair for pair in pairs if pair.verdict.relation is not Relation.UNRELATED]
    return tuple(replace(pair, conflict=held.get((pair.a.number, pair.b.number))) for pair in kept)


def between(session: Session, numbers: Sequence[int]) -> Pair | None:
    """The pair that two claims make, None where they are not two."""
    found = stored(session, sorted(set(numbers)))
    if len(found) != 2:
        return None
    row = session.get(VerdictRow, (found[0].number, found[1].number))
    return _pair(found[0], found[1], row.conflict if row else None)


def of_claims(session: Session, numbers: Sequence[int]) -> tuple[Pair, ...]:
    """The contradicting pairs that any of the claims is in, of conflicts that are still open."""
    voices = sorted({one for number in numbers for one in clusters.of_voice(session, number)})
    rows = session.connection().execute(_OF_VOICES, {"voices": voices}).all()
    asked = set(numbers)
    return tuple(pair for pair in _pairs(session, rows) if {pair.a.number, pair.b.number} & asked)


_OF_VOICES = (
    core_select(col(VerdictRow.a), col(VerdictRow.b), col(VerdictRow.conflict))
    .join(ConflictRow, col(ConflictRow.number) == col(VerdictRow.conflict))
    .where(
        col(ConflictRow.state).in_(LIVE),
        or_(
            col(VerdictRow.a).in_(bindparam("voices", expanding=True)),
            col(VerdictRow.b).in_(bindparam("voices", expanding=True)),
        ),
    )
)


def listed(session: Session) -> tuple[Pair, ...]:
    """The pairs of the open conflicts, by conflict and number."""
    pairs = _pairs(session, _rows(session, col(VerdictRow.conflict).is_not(None)))
    return tuple(sorted(pairs, key=lambda pair: (pair.conflict or 0, pair.a.number, pair.b.number)))


def newest(session: Session, most: int) -> tuple[Pair, ...]:
    """A pair of each of the newest open conflicts, newest first."""
    query = select(ConflictRow.number).where(col(ConflictRow.state).in_(LIVE)).order_by(col(ConflictRow.number).desc())
    found: list[Pair] = []
    for number in session.exec(query.limit(4 * most)):
        rows = select(VerdictRow).where(VerdictRow.conflict == number).order_by(col(VerdictRow.b).desc()).limit(4)
        pairs = (between(session, (row.a, row.b)) for row in session.exec(rows).all())
        alive = (pair for pair in pairs if pair and pair.a.current and pair.b.current)
        found += [pair for pair in alive if pair.verdict.relation in CONFLICTS][:1]
        if len(found) == most:
            break
    return tuple(found)


def every(session: Session) -> tuple[Pair, ...]:
    """All pairs of current claims that mean anything, by number."""
    numbers = list(session.exec(select(ClaimRow.number).where(col(ClaimRow.current).is_(True))))
    known = {one.number: one for one in stored(session, [number for number in numbers if number is not None])}
    pairs: dict[tuple[int, int], Pair] = {}
    for number, one in known.items():
        (near,) = clusters.nearest(session, [one.claim])
        for other in {twin for voice in near for twin in clusters.of_voice(session, voice)} - {number}:
            a, b = sorted((number, other))
            if (a, b) not in pairs and other in known:
                pairs[a, b] = _pair(known[a], known[b], None)
    held = {(pair.a.number, pair.b.number): pair.conflict for pair in listed(session)}
    kept = (replace(pair, conflict=held.get(key)) for key, pair in sorted(pairs.items()))
    return tuple(pair for pair in kept if pair.verdict.relation is not Relation.UNRELATED)


def of_conflict(session: Session, number: int) -> tuple[Pair, ...]:
    """The pairs of one conflict, whatever its state."""
    return _pairs(session, list(session.exec(select(VerdictRow).where(VerdictRow.conflict == number))))


def instead(session: Session, number: int) -> tuple[int, int] | None:
    """Two claims that still contradict each other in a conflict, None where there are none."""
    left = _pairs(session, _rows(session, VerdictRow.conflict == number))
    return (left[0].a.number, left[0].b.number) if left else None


def sides(pairs: Sequence[Pair]) -> tuple[Side, ...]:
    """What stands against what in a conflict: claims that agree are one side, the side that was told first first."""
    said = {one.number: one for pair in pairs for one in (pair.a, pair.b)}
    found: list[list[StoredClaim]] = []
    for one in sorted(said.values(), key=lambda one: (told(one.claim) or date.max, one.number)):
        side = next((side for side in found if _agree(side[0], one)), None)
        if side is None:
            found.append([one])
        else:
            side.append(one)
    return tuple(Side(claims=tuple(side), origins=len({one.origin for one in side})) for side in found)


def _agree(one: StoredClaim, other: StoredClaim) -> bool:
    return compare(one.claim, other.claim).relation in AGREEING


def dismissed(session: Session, numbers: Iterable[int]) -> frozenset[int]:
    """Those of the conflicts that somebody has found to be none."""
    query = select(ConflictRow.number).where(
        col(ConflictRow.number).in_(sorted(set(numbers))), ConflictRow.state == "dismissed"
    )
    return frozenset(number for number in session.exec(query) if number)


def count_open(session: Session) -> int:
    """How many conflicts have two current sides."""
    return len({pair.conflict for pair in listed(session)})


def touching(session: Session, claims: Sequence[int]) -> int:
    """How many open conflicts any of the claims is in."""
    parts = (claims[at : at + _CHUNK] for at in range(0, len(claims), _CHUNK))
    rows = (_rows(session, or_(col(VerdictRow.a).in_(part), col(VerdictRow.b).in_(part))) for part in parts)
    return len({row.conflict for found in rows for row in found})


def _rows(session: Session, condition: object) -> list[VerdictRow]:
    """The rows of conflicts that are still one."""
    query = select(VerdictRow).join(ConflictRow, col(ConflictRow.number) == col(VerdictRow.conflict))
    return list(session.exec(query.where(col(ConflictRow.state).in_(LIVE)).where(condition)))  # type: ignore[arg-type]


def _of_rows(session: Session, numbers: Sequence[int]) -> dict[tuple[int, int], int | None]:
    rows = _rows(session, or_(col(VerdictRow.a).in_(numbers), col(VerdictRow.b).in_(numbers)))
    return {(row.a, row.b): row.conflict for row in rows}


def _pairs(session: Session, rows: Sequence[Any]) -> tuple[Pair, ...]:
    """The pairs of current claims that the voices of these rows (a, b, conflict) make: what was said twice is paired
    twice."""
    members = _members(session, {number for row in rows for number in (row.a, row.b)})
    numbers = sorted({one for voice in members.values() for one in voice})
    claims = {one.number: one for one in stored(session, numbers) if one.current}
    found: dict[tuple[int, int], Pair] = {}
    for row in rows:
        for one, other in product(members[row.a], members[row.b]):
            if one in claims and other in claims and one != other:
                a, b = min(one, other), max(one, other)
                pair = found.get((a, b)) or _pair(claims[a], claims[b], row.conflict)
                if pair.verdict.relation in CONFLICTS:
                    found[a, b] = pair
    return tuple(found[one] for one in sorted(found))


def _members(session: Session, numbers: Iterable[int]) -> dict[int, tuple[int, ...]]:
    return {number: clusters.of_voice(session, number) for number in numbers}


def _pair(one: StoredClaim, other: StoredClaim, conflict: int | None) -> Pair:
    a, b = (one, other) if one.number < other.number else (other, one)
    return Pair(a=a, b=b, verdict=compare(a.claim, b.claim, same_origin=one_origin(a, b)), conflict=conflict)


def one_origin(one: StoredClaim, other: StoredClaim) -> bool:
    """Whether a text was copied with its figures; a copy with another figure is no echo."""
    copied = one.article_origin == other.article_origin and one.article_number != other.article_number
    mine, theirs = one.claim, other.claim
    return copied and (mine.kind, mine.quantity, mine.vote) == (theirs.kind, theirs.quantity, theirs.vote)


def is_alarm(pair: Pair) -> bool:
    """Whether those who follow conflicts are told."""
    return pair.verdict.relation in ALARMS and pair.verdict.severity == "alarm"
