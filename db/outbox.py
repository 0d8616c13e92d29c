"""Messages that wait to be sent: written in the transaction of what they tell, marked after Telegram took them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from db.fresh import insert_fresh
from db.tables import ChatRow, InboxRow, OutboxRow, PasteRow, QuestionRow, TopicRow
from db.values import LOCAL_CHAT, Message

#: a sender that needs longer has died
LEASE = timedelta(minutes=5)
#: a message that fails this often is set aside
MOST_ATTEMPTS = 12


def put(
    session: Session,
    *,
    chat: int,
    kind: str,
    event: str,
    payload: dict[str, Any],
    now: datetime,
    thread: int | None = None,
) -> bool:
    """Queue a message. Nobody hears twice of one event: False where the chat has it already."""
    row = {"chat": chat, "thread": thread, "kind": kind, "event": event, "payload": payload, "due": now}
    return insert_fresh(session, OutboxRow, [row]) == 1


def lease(session: Session, *, now: datetime, limit: int = 25, chat: int | None = None) -> list[Message]:
    """The oldest due message of each chat (or of the one given), held for this sender until the lease ends. The
    terminal's own chat is served by itself alone."""
    whose = OutboxRow.chat == chat if chat is not None else OutboxRow.chat != LOCAL_CHAT
    first = (
        select(func.min(OutboxRow.number))
        .where(OutboxRow.state == "waiting", OutboxRow.due <= now, whose)
        .group_by(col(OutboxRow.chat))
    )
    query = (
        select(OutboxRow)
        .where(col(OutboxRow.number).in_(first))
        .where(or_(col(OutboxRow.leased_until).is_(None), col(OutboxRow.leased_until) < now))
        .order_by(col(OutboxRow.number))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = []
    for row in session.exec(query):
        row.leased_until = now + LEASE
        row.attempts += 1
        found.append(
            Message(
                number=row.number or 0,
                chat=row.chat,
                thread=row.thread,
                kind=row.kind,
                event=row.event,
                payload=row.payload,
                attempts=row.attempts,
                due=row.due,
            )
        )
    return found


def release(session: Session) -> None:
    """Let go of what a sender held that is no more: only who runs alone may say so."""
    session.execute(update(OutboxRow).where(col(OutboxRow.state) == "waiting").values(leased_until=None))


def sent(session: Session, number: int, message_id: int | None) -> None:
    """Telegram took it."""
    row = session.get(OutboxRow, number)
    if row:
        row.state, row.message_id, row.leased_until = "sent", message_id, None


def later(session: Session, number: int, due: datetime, error: str, *, failure: bool = True) -> None:
    """Try again at `due`; a message that failed too often is set aside. To be asked to wait is no failure."""
    row = session.get(OutboxRow, number)
    if row:
        row.attempts -= 0 if failure else 1
        row.due, row.leased_until, row.error = due, None, error[:2000]
        row.state = "dead" if row.attempts >= MOST_ATTEMPTS else "waiting"


def failed(session: Session, number: int, error: str) -> None:
    """It can never be sent."""
    row = session.get(OutboxRow, number)
    if row:
        row.state, row.leased_until, row.error = "dead", None, error[:2000]


def drop(session: Session, chat: int) -> None:
    """What waits for a chat is not sent."""
    session.execute(delete(OutboxRow).where(col(OutboxRow.chat) == chat, col(OutboxRow.state) == "waiting"))


def moved(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: everything of it has another number now. What the new one has already goes."""
    session.flush()
    there, here = aliased(OutboxRow), aliased(TopicRow)
    told = select(there).where(there.chat == new, there.event == OutboxRow.event, there.kind == OutboxRow.kind)
    followed = select(here).where(here.chat == new, here.thread == TopicRow.thread, here.label == TopicRow.label)
    session.execute(delete(OutboxRow).where(col(OutboxRow.chat) == old, told.exists()))
    session.execute(delete(TopicRow).where(col(TopicRow.chat) == old, followed.exists()))
    session.execute(update(QuestionRow).where(col(QuestionRow.chat) == old).values(message=None))
    for one in (ChatRow, PasteRow):
        if session.get(one, new) is not None:
            session.execute(delete(one).where(col(one.chat) == old))
    session.execute(update(OutboxRow).where(col(OutboxRow.chat) == old).values(chat=new, leased_until=None))
    for table in (TopicRow, ChatRow, PasteRow, QuestionRow, InboxRow):
        session.execute(update(table).where(col(table.chat) == old).values(chat=new))


def count(session: Session, state: str) -> int:
    """How many messages are "waiting", "sent" or "dead"."""
    return session.exec(select(func.count()).select_from(OutboxRow).where(OutboxRow.state == state)).one()
