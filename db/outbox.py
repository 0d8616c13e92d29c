"""Messages that wait to be sent: written in the transaction of what they tell, marked after Telegram took them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, func, update
from sqlalchemy import select as select_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from db.fresh import insert_fresh
from db.tables import AnswerRow, ChatRow, InboxRow, OutboxRow, PasteRow, QuestionRow, TopicRow
from db.values import LOCAL_CHAT, Message, News

#: a sender that needs longer has died
LEASE = timedelta(minutes=5)
#: a message that fails this often is set aside
MOST_ATTEMPTS = 12
#: what one message tells at most, and a digest
MOST_TOGETHER, MOST_IN_DIGEST = 10, 60


def put(
    session: Session,
    *,
    chat: int,
    kind: str,
    event: str,
    payload: dict[str, int],
    now: datetime,
    thread: int | None = None,
    conflict: int | None = None,
    due: datetime | None = None,
) -> bool:
    """Queue a message, to be sent at `due`, else at once. Nobody hears twice of one event: False where the chat has it
    already."""
    row = {"chat": chat, "thread": thread, "kind": kind, "event": event, "payload": payload, "conflict": conflict}
    return insert_fresh(session, OutboxRow, [row | {"due": due or now, "since": now}]) == 1


def lease(
    session: Session, *, now: datetime, limit: int = 25, chat: int | None = None, pause: timedelta = timedelta(0)
) -> list[Message]:
    """What is due, a message a chat (or for the one given), held for this sender until the lease ends: the oldest, and
    with it what else is due there. A chat that was told something less than `pause` ago waits, so that what comes in a
    burst comes together. The terminal's own chat is served by itself alone."""
    whose = col(OutboxRow.chat) == chat if chat is not None else col(OutboxRow.chat) != LOCAL_CHAT
    query = (
        select(OutboxRow)
        .where(col(OutboxRow.number).in_(_oldest(now, pause).where(whose)))
        .where(_is_free(now))
        .order_by(col(OutboxRow.number))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_leased(session, row, now) for row in session.exec(query).all()]


def _leased(session: Session, first: OutboxRow, now: datetime) -> Message:
    chat = session.get(ChatRow, first.chat)
    digest = chat is not None and chat.digest is not None
    rows = _together(session, first, now, MOST_IN_DIGEST if digest else MOST_TOGETHER)
    return replace(_message(session, rows), digest=digest)


def _oldest(now: datetime, pause: timedelta) -> Select[int | None]:
    """The number of the oldest due row of each chat that may be told something now."""
    other = aliased(OutboxRow)
    just_told = select(other.number).where(other.chat == OutboxRow.chat, col(other.sent_at) > now - pause)
    query = select_(func.min(OutboxRow.number)).where(
        col(OutboxRow.state) == "waiting", col(OutboxRow.due) <= now, ~just_told.exists()
    )
    return query.group_by(col(OutboxRow.chat))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(col(OutboxRow.leased_until).is_(None), col(OutboxRow.leased_until) < now)


def _together(session: Session, first: OutboxRow, now: datetime, most: int) -> list[OutboxRow]:
    """What is told together with a row: what else is due in the same place, as much as one message holds. All of it is
    held from now on."""
    beside = (OutboxRow.chat == first.chat, col(OutboxRow.thread).is_not_distinct_from(first.thread))
    query = (
        select(OutboxRow)
        .where(*beside, OutboxRow.state == "waiting", OutboxRow.due <= now, col(OutboxRow.number) > first.number)
        .where(_is_free(now))
        .order_by(col(OutboxRow.number))
        .limit(most - 1)
        .with_for_update(skip_locked=True)
    )
    rows = [first, *session.exec(query).all()]
    for row in rows:
        row.leased_until = now + LEASE
        row.attempts += 1
    return rows


def _message(session: Session, rows: Sequence[OutboxRow]) -> Message:
    first = rows[0]
    return Message(
        chat=first.chat,
        thread=first.thread,
        news=tuple(_news(row, _first_told(session, row.chat, row.conflict)) for row in rows),
        attempts=first.attempts,
        due=first.due,
        since=first.since or first.due,
    )


def _news(row: OutboxRow, first: int | None = None) -> News:
    return News(
        number=row.number or 0,
        kind=row.kind,
        event=row.event,
        conflict=row.conflict,
        payload=row.payload,
        first=first,
    )


def _first_told(session: Session, chat: int, conflict: int | None) -> int | None:
    """The message in which a chat heard of a conflict first."""
    if conflict is None:
        return None
    query = select(OutboxRow.message_id).where(
        OutboxRow.conflict == conflict, OutboxRow.chat == chat, col(OutboxRow.message_id).is_not(None)
    )
    return session.exec(query.order_by(col(OutboxRow.number)).limit(1)).first()


def release(session: Session) -> None:
    """Let go of what a sender held that is no more: only who runs alone may say so."""
    session.execute(update(OutboxRow).where(col(OutboxRow.state) == "waiting").values(leased_until=None))


def sent(session: Session, numbers: Sequence[int], message_id: int | None, now: datetime) -> None:
    """Telegram took them, as one message."""
    taken = {"state": "sent", "message_id": message_id, "sent_at": now, "leased_until": None}
    session.execute(update(OutboxRow).where(col(OutboxRow.number).in_(numbers)).values(taken))


def later(session: Session, numbers: Sequence[int], due: datetime, error: str, *, failure: bool = True) -> None:
    """Try again at `due`; a message that failed too often is set aside. To be asked to wait is no failure."""
    for row in session.exec(select(OutboxRow).where(col(OutboxRow.number).in_(numbers))):
        row.attempts -= 0 if failure else 1
        row.due, row.leased_until, row.error = due, None, error[:2000]
        row.state = "dead" if row.attempts >= MOST_ATTEMPTS else "waiting"


def put_off(session: Session, chat: int, numbers: Sequence[int], until: datetime) -> None:
    """A chat is not to be told before `until`: neither these, which are held, nor what else waits for it."""
    held = col(OutboxRow.number).in_(numbers)
    session.execute(update(OutboxRow).where(held).values(attempts=OutboxRow.attempts - 1, due=until, leased_until=None))
    others = (col(OutboxRow.chat) == chat, col(OutboxRow.state) == "waiting", col(OutboxRow.due) < until)
    session.execute(update(OutboxRow).where(*others, _untouched()).values(due=until))


def hurry(session: Session, chat: int, now: datetime) -> None:
    """A chat wants to be told at other hours: what waits for it is looked at anew."""
    others = (col(OutboxRow.chat) == chat, col(OutboxRow.state) == "waiting", col(OutboxRow.due) > now)
    session.execute(update(OutboxRow).where(*others, _untouched()).values(due=now))


def failed(session: Session, numbers: Sequence[int], error: str) -> None:
    """They can never be sent."""
    dead = {"state": "dead", "leased_until": None, "error": error[:2000]}
    session.execute(update(OutboxRow).where(col(OutboxRow.number).in_(numbers)).values(dead))


def told(session: Session, conflict: int) -> tuple[tuple[int, int | None, News], ...]:
    """Who was told of a conflict, or is just being told: (chat, thread, what), oldest first."""
    query = (
        select(OutboxRow)
        .where(OutboxRow.conflict == conflict, OutboxRow.kind == "conflict")
        .where(or_(col(OutboxRow.state) == "sent", and_(col(OutboxRow.state) == "waiting", ~_untouched())))
        .order_by(col(OutboxRow.number))
    )
    return tuple((row.chat, row.thread, _news(row)) for row in session.exec(query))


def take_back(session: Session, conflict: int, reason: str) -> None:
    """What nobody has been told yet of a conflict is not told any more."""
    waiting = (
        col(OutboxRow.conflict) == conflict,
        col(OutboxRow.kind) == "conflict",
        col(OutboxRow.state) == "waiting",
    )
    session.execute(update(OutboxRow).where(*waiting, _untouched()).values(state="dead", error=reason))


def _untouched() -> ColumnElement[bool]:
    return col(OutboxRow.leased_until).is_(None)


def joined(session: Session, old: int, new: int) -> None:
    """Two conflicts are one: what was told of the one was told of the other."""
    session.execute(update(OutboxRow).where(col(OutboxRow.conflict) == old).values(conflict=new))


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
    session.execute(delete(AnswerRow).where(col(AnswerRow.chat) == old))  # messages have other numbers there
    for one in (ChatRow, PasteRow):
        if session.get(one, new) is not None:
            session.execute(delete(one).where(col(one.chat) == old))
    session.execute(update(OutboxRow).where(col(OutboxRow.chat) == old).values(chat=new, leased_until=None))
    for table in (TopicRow, ChatRow, PasteRow, QuestionRow, InboxRow):
        session.execute(update(table).where(col(table.chat) == old).values(chat=new))


def count(session: Session, state: str) -> int:
    """How many messages are "waiting", "sent" or "dead"."""
    return session.exec(select(func.count()).select_from(OutboxRow).where(OutboxRow.state == state)).one()
