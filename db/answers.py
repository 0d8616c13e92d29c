"""Which messages answer which question, so that an edited question changes its answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from db.tables import AnswerRow


def keep(session: Session, chat: int, question: int, messages: Sequence[int], now: datetime) -> None:
    """The messages that answer a question now."""
    session.merge(AnswerRow(chat=chat, question=question, messages=list(messages), at=now))


def messages(session: Session, chat: int, question: int) -> tuple[int, ...]:
    """The messages that answer a question; none where it is too old, or none was asked."""
    row = session.get(AnswerRow, (chat, question))
    return tuple(row.messages) if row else ()


def has(session: Session, chat: int, message: int) -> bool:
    """Whether a message was answered, or an order in it carried out, which has no messages here."""
    return session.get(AnswerRow, (chat, message)) is not None


def forget_old(session: Session, before: datetime) -> None:
    """Drop what was answered before then."""
    session.execute(delete(AnswerRow).where(col(AnswerRow.at) < before))
