"""Raw updates: kept before Telegram is told that they came, and taken from here by one path only."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, or_, select

from db.fresh import insert_fresh
from db.tables import InboxRow
from db.values import Update

#: a handler that needs longer has died
LEASE = timedelta(minutes=5)
#: an update that fails this often is set aside
MOST_ATTEMPTS = 5
#: an answer that Telegram does not take for so long is given up
GIVE_UP = timedelta(hours=6)
#: how long the numbers of handled updates are remembered
REMEMBERED = timedelta(days=2)
#: how long an update that could not be answered is kept, for whoever mends what went wrong
SET_ASIDE = timedelta(days=14)


def put(session: Session, updates: Sequence[tuple[int, int | None, str]], now: datetime) -> int:
    """Keep (update id, chat, raw) rows; those that came before are left out. Gives how many are new."""
    rows = [{"update_id": number, "chat": chat, "raw": raw, "received_at": now} for number, chat, raw in updates]
    return insert_fresh(session, InboxRow, rows)


def lease(session: Session, *, now: datetime, limit: int = 20) -> list[Update]:
    """The oldest waiting update of each chat, held for this worker until the lease ends."""
    first = (
        select(func.min(InboxRow.number))
        .where(InboxRow.state == "waiting")
        .group_by(func.coalesce(InboxRow.chat, -1 * col(InboxRow.number)))
    )
    query = (
        select(InboxRow)
        .where(col(InboxRow.number).in_(first))
        .where(or_(col(InboxRow.leased_until).is_(None), col(InboxRow.leased_until) < now))
        .order_by(col(InboxRow.number))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = []
    for row in session.exec(query):
        row.leased_until = now + LEASE
        row.attempts += 1
        found.append(
            Update(
                number=row.number or 0,
                chat=row.chat,
                raw=row.raw,
                attempts=row.attempts,
                told=row.told,
                received_at=row.received_at,
            )
        )
    return found


def release(session: Session) -> None:
    """Let go of what a worker held that is no more: only who runs alone may say so."""
    session.execute(update(InboxRow).where(col(InboxRow.state) == "waiting").values(leased_until=None))


def free(session: Session, numbers: Sequence[int]) -> None:
    """Let go of these: that they could not be marked was no try."""
    held = col(InboxRow.number).in_(numbers), col(InboxRow.state) == "waiting"
    session.execute(update(InboxRow).where(*held).values(leased_until=None, attempts=col(InboxRow.attempts) - 1))


def done(session: Session, number: int) -> None:
    """Handled: its text is forgotten, its number remembered."""
    row = session.get(InboxRow, number)
    if row:
        row.state, row.raw, row.chat, row.leased_until = "done", "", None, None


def told(session: Session, number: int, messages: int) -> None:
    """Telegram has taken so many messages of the answer."""
    row = session.get(InboxRow, number)
    if row:
        row.told = messages


def failed(session: Session, number: int, error: str, due: datetime, *, final: bool = False) -> bool:
    """Handling failed: it is tried again at `due`, or set aside after the last try or where no other could help.
    Gives whether it is dead."""
    row = session.get(InboxRow, number)
    if row is None:
        return False
    row.error, row.leased_until = error[:2000], due
    if final or row.attempts >= MOST_ATTEMPTS:
        row.state, row.leased_until = "dead", None
    return row.state == "dead"


def later(session: Session, number: int, due: datetime, error: str) -> bool:
    """Telegram did not take the answer: that is no failure of the update. Gives whether it is given up."""
    row = session.get(InboxRow, number)
    if row is None:
        return False
    row.error, row.leased_until, row.attempts = error[:2000], due, max(0, row.attempts - 1)
    if due - row.received_at > GIVE_UP:
        row.state, row.leased_until = "dead", None
    return row.state == "dead"


def forget_done(session: Session, now: datetime) -> None:
    """Drop the numbers of updates handled long ago, and what was set aside longer ago still."""
    for state, time in (("done", REMEMBERED), ("dead", SET_ASIDE)):
        old = col(InboxRow.received_at) < now - time
        session.execute(delete(InboxRow).where(col(InboxRow.state) == state, old))


def count(session: Session, state: str) -> int:
    """How many updates are "waiting" or "dead"."""
    return session.exec(select(func.count()).select_from(InboxRow).where(InboxRow.state == state)).one()
