"""The chats that speak to the bot: what is kept of them. `db.forgetting` hands it over and forgets it."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from db.fresh import insert_fresh
from db.tables import ChatRow, InboxRow, OutboxRow, PasteRow, TopicRow
from db.values import Paste


def see(session: Session, chat: int, now: datetime) -> None:
    """A chat has spoken: it is there, and wants to hear again."""
    if insert_fresh(session, ChatRow, [{"chat": chat, "seen_at": now}]) == 0:
        row = session.get_one(ChatRow, chat, populate_existing=True)
        row.seen_at, row.active = now, True


def was_seen(session: Session, chat: int, since: datetime) -> bool:
    """Whether a chat has spoken since then, and wants to hear."""
    row = session.get(ChatRow, chat)
    return row is not None and row.active and row.seen_at >= since


def language(session: Session, chat: int) -> str | None:
    """The language that a chat has chosen, None where it has not."""
    row = session.get(ChatRow, chat)
    return row.language if row else None


def set_language(session: Session, chat: int, code: str | None, now: datetime) -> None:
    """Choose a language; None follows the client's again."""
    see(session, chat, now)
    session.flush()
    row = session.get(ChatRow, chat)
    if row:
        row.language = code
    for topic in session.exec(select(TopicRow).where(TopicRow.chat == chat)):
        topic.language = code or topic.language


def gone(session: Session, chat: int) -> None:
    """The chat blocked the bot: nothing is sent to it until it speaks again."""
    row = session.get(ChatRow, chat)
    if row:
        row.active = False
    waiting = (OutboxRow.chat == chat, OutboxRow.state == "waiting")
    for message in session.exec(select(OutboxRow).where(*waiting)):
        message.state, message.error = "dead", "the chat has blocked the bot"


def is_pasting(session: Session, chat: int, message: int) -> bool:
    """Whether a message is a part of an article that the chat is sending, or was one."""
    row = session.get(PasteRow, chat)
    return row is not None and (not row.closed or _is_old(row, message))


def keep_paste(session: Session, chat: int, text: str, source: str | None, due: datetime, message: int = 0) -> None:
    """Another part of an article; it is whole once no part came until `due`. A message that brought its part before
    brings nothing new; 0 is a message without a number. After a closed article another one begins."""
    fresh = {"text": text, "source": source, "due": due, "last": message, "closed": False}
    if insert_fresh(session, PasteRow, [{"chat": chat, **fresh}]) == 1:
        return
    row = session.get_one(PasteRow, chat, populate_existing=True, with_for_update=True)
    if _is_old(row, message):
        return
    row.text, row.due, row.last = (text if row.closed else f"{row.text}{text}"), due, message
    row.source, row.closed = (source if row.closed else row.source), False


def _is_old(row: PasteRow, message: int) -> bool:
    return 0 < message <= row.last


def pasted(session: Session, chat: int) -> Paste | None:
    """The article that a chat is sending or has sent last."""
    row = session.get(PasteRow, chat)
    return Paste(chat=chat, text=row.text, source=row.source) if row else None


def whole_pastes(session: Session, now: datetime) -> list[Paste]:
    """The articles that no part came to until now, and none is about to: no update of their chat waits."""
    waiting = select(InboxRow.chat).where(InboxRow.chat == PasteRow.chat, InboxRow.state == "waiting")
    query = select(PasteRow).where(col(PasteRow.due) <= now, col(PasteRow.closed).is_(False), ~waiting.exists())
    return [Paste(chat=row.chat, text=row.text, source=row.source) for row in session.exec(query)]


def close_paste(session: Session, chat: int) -> None:
    """The article is stored."""
    row = session.get(PasteRow, chat)
    if row:
        row.closed = True


def put_off_pastes(session: Session, due: datetime) -> None:
    """After a pause of ours, their parts may still be on the way."""
    session.execute(update(PasteRow).where(col(PasteRow.closed).is_(False)).values(due=due))


def forget_pastes(session: Session, before: datetime) -> None:
    """Drop what was stored long ago."""
    session.execute(delete(PasteRow).where(col(PasteRow.closed).is_(True), col(PasteRow.due) < before))
