"""Feeds and their entries: what is due is leased, and whatever is done is marked in the transaction that does it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, or_, select

from db.columns import key_of
from db.fresh import insert_fresh
from db.tables import EntryRow, FeedRow, SourceRow
from db.values import Entry, Feed, Trust

#: a poll or a reading that needs longer has died
LEASE = timedelta(minutes=10)
#: an entry that left its feed so long ago is forgotten
KEPT = timedelta(days=60)
_CHUNK = 400
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry as it stands in a feed now."""

    key: str
    digest: str
    host: str
    url: str | None
    title: str
    text: str
    whole: bool
    published: date | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is next for a feed: the columns of the same names."""

    state: str
    due: datetime
    failing_since: datetime | None
    failures: int
    error: str | None


def add(
    session: Session, *, source: int, url: str, host: str, topic: str | None, every: int, now: datetime
) -> tuple[int, bool]:
    """A feed by its address; gives its number, and whether it is new."""
    row = {"source": source, "url": url, "host": host, "topic": topic, "every": every, "due": now, "added_at": now}
    fresh = insert_fresh(session, FeedRow, [row | {"state": "active", "failures": 0}]) == 1
    number = session.exec(select(FeedRow.number).where(FeedRow.url == url)).one()
    return number or 0, fresh


def feed(session: Session, number: int) -> Feed | None:
    """A feed by its number."""
    return next(iter(_feeds(session, [number])), None) if number < 2**63 else None


def by_url(session: Session, url: str) -> int | None:
    """The number of the feed at an address."""
    return session.exec(select(FeedRow.number).where(FeedRow.url == url)).first()


def listed(session: Session) -> tuple[Feed, ...]:
    """All feeds, in the order in which they were added."""
    return _feeds(session, None)


def remove(session: Session, number: int) -> None:
    """Take a feed out; its articles and its source stay."""
    session.execute(delete(EntryRow).where(col(EntryRow.feed) == number))
    session.execute(delete(FeedRow).where(col(FeedRow.number) == number))


def set_state(session: Session, number: int, state: str, now: datetime) -> None:
    """Pause a feed, or begin with it anew."""
    row = session.get(FeedRow, number)
    if row:
        row.state, row.due, row.failing_since, row.failures, row.error = state, now, None, 0, None


def lease(session: Session, *, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Feed]:
    """Feeds that are due, one a host, none of the `busy` hosts; held for this poller until the lease ends."""
    first = (
        select(func.min(FeedRow.number))
        .where(FeedRow.state == "active", FeedRow.due <= now, col(FeedRow.host).not_in(busy))
        .where(or_(col(FeedRow.leased_until).is_(None), col(FeedRow.leased_until) < now))
        .group_by(col(FeedRow.host))
    )
    query = select(FeedRow).where(col(FeedRow.number).in_(first)).order_by(col(FeedRow.due)).limit(limit)
    rows = session.exec(query.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.leased_until = now + LEASE
    session.flush()
    return list(_feeds(session, [row.number or 0 for row in rows]))


def lease_entries(session: Session, *, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Entry]:
    """Entries that wait to be read, oldest first, one a host; held until the lease ends."""
    waiting = (
        select(EntryRow, SourceRow)
        .join(FeedRow, col(FeedRow.number) == col(EntryRow.feed))
        .join(SourceRow, col(SourceRow.number) == col(FeedRow.source))
        .where(EntryRow.state == "waiting", EntryRow.due <= now, FeedRow.state != "paused")
        .where(or_(col(EntryRow.leased_until).is_(None), col(EntryRow.leased_until) < now))
        .order_by(col(EntryRow.due), col(EntryRow.published), col(EntryRow.key))
    )
    found: dict[str, Entry] = {}
    while len(found) < limit:
        taken = [*busy, *found]
        query = waiting.where(col(EntryRow.host).not_in(taken)).limit(1)
        row = session.exec(query.with_for_update(of=EntryRow, skip_locked=True)).first()
        if row is None:
            break
        entry, source = row
        entry.leased_until = now + LEASE
        entry.attempts += 1
        session.flush()
        found[entry.host] = _entry(entry, source)
    return list(found.values())


def release(session: Session) -> None:
    """Let go of what a poller held that is no more: only who runs alone may say so."""
    session.execute(update(FeedRow).values(leased_until=None))
    session.execute(update(EntryRow).where(col(EntryRow.state) == "waiting").values(leased_until=None))


def all_due(session: Session, now: datetime) -> None:
    """Every feed that is not paused or gone is due now."""
    session.execute(update(FeedRow).where(col(FeedRow.state) == "active").values(due=now))


def take_in(session: Session, number: int, found: Sequence[Found], now: datetime) -> tuple[int, int]:
    """Keep the entries of a feed that are new or were edited, to be read; gives how many of each there are."""
    known: dict[str, EntryRow] = {}
    keys = [one.key for one in found]
    for at in range(0, len(keys), _CHUNK):
        rows = select(EntryRow).where(EntryRow.feed == number, col(EntryRow.key).in_(keys[at : at + _CHUNK]))
        known |= {row.key: row for row in session.exec(rows)}
    fresh = edited = 0
    for one in found:
        row = known.get(key_of(one.key))
        if row is None:
            session.add(_row(number, one, now))
            fresh += 1
        elif row.digest != one.digest:
            session.merge(_row(number, one, now))
            edited += 1
        elif row.seen_at < now - _DAY:
            row.seen_at = now
    left = (col(EntryRow.feed) == number, col(EntryRow.seen_at) < now - KEPT, col(EntryRow.state) != "waiting")
    session.execute(delete(EntryRow).where(*left))
    return fresh, edited


def follow_course(session: Session, number: int, course: Course, now: datetime) -> None:
    """A feed was polled: what is next for it."""
    row = session.get(FeedRow, number)
    if row is None:
        return
    if row.state == "active":  # else an admin has decided meanwhile
        row.state = course.state
    row.due, row.failing_since, row.failures, row.error = (
        course.due, course.failing_since, course.failures, course.error,
    )  # fmt: skip
    row.checked_at, row.leased_until = now, None


def describe(
    session: Session,
    number: int,
    *,
    title: str | None,
    etag: str | None,
    modified: str | None,
    fresh_at: datetime | None,
) -> None:
    """What a feed said of itself."""
    row = session.get(FeedRow, number)
    if row:
        row.title, row.etag, row.modified = title or row.title, etag, modified
        row.fresh_at = fresh_at or row.fresh_at


def move(session: Session, number: int, url: str, host: str) -> None:
    """A feed has another address for good."""
    row = session.get(FeedRow, number)
    if row:
        row.url, row.host = url, host


def settle(session: Session, entry: Entry, state: str, error: str | None = None) -> None:
    """An entry became an article ("done") or never will ("refused"); one that was edited meanwhile still waits."""
    row = session.get(EntryRow, (entry.feed, entry.key))
    if row is None:
        return
    row.leased_until = None
    if row.digest == entry.digest:
        row.state, row.error, row.text = state, error, None


def put_off(session: Session, entry: Entry, due: datetime, error: str) -> None:
    """An entry cannot be read now."""
    row = session.get(EntryRow, (entry.feed, entry.key))
    if row:
        row.leased_until, row.due, row.error = None, due, error


def _row(feed: int, one: Found, now: datetime) -> EntryRow:
    return EntryRow(
        feed=feed,
        key=key_of(one.key),
        digest=one.digest,
        state="waiting",
        host=one.host,
        url=one.url,
        title=one.title,
        text=one.text,
        whole=one.whole,
        published=one.published,
        language=one.language,
        attempts=0,
        due=now,
        leased_until=None,
        error=None,
        seen_at=now,
    )


def _entry(row: EntryRow, source: SourceRow) -> Entry:
    return Entry(
        feed=row.feed,
        source=source.number or 0,
        name=source.name,
        key=row.key,
        digest=row.digest,
        url=row.url,
        title=row.title,
        text=row.text or "",
        whole=row.whole,
        published=row.published,
        language=row.language,
        attempts=row.attempts,
    )


def _feeds(session: Session, numbers: Sequence[int] | None) -> tuple[Feed, ...]:
    query = select(FeedRow, SourceRow).join(SourceRow, col(SourceRow.number) == col(FeedRow.source))
    counts = select(EntryRow.feed, EntryRow.state, func.count()).group_by(col(EntryRow.feed), col(EntryRow.state))
    if numbers is not None:
        query = query.where(col(FeedRow.number).in_(numbers))
        counts = counts.where(col(EntryRow.feed).in_(numbers))
    states: dict[int, dict[str, int]] = {}
    for number, state, count in session.exec(counts):
        states.setdefault(number, {})[state] = count
    return tuple(
        _feed(row, source, states.get(row.number or 0, {}))
        for row, source in session.exec(query.order_by(col(FeedRow.number)))
    )


def _feed(row: FeedRow, source: SourceRow, states: dict[str, int]) -> Feed:
    return Feed(
        number=row.number or 0,
        source=row.source,
        name=source.name,
        trust=Trust(source.trust),
        url=row.url,
        host=row.host,
        title=row.title,
        topic=row.topic,
        every=row.every,
        state=row.state,
        etag=row.etag,
        modified=row.modified,
        due=row.due,
        failing_since=row.failing_since,
        failures=row.failures,
        error=row.error,
        checked_at=row.checked_at,
        fresh_at=row.fresh_at,
        entries=sum(states.values()),
        waiting=states.get("waiting", 0),
    )
