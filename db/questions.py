"""The questions that chats have asked: what buttons, the next question and the maintainers need of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from db.tables import QuestionRow
from db.values import Asked


def keep(
    session: Session,
    *,
    number: int | None,
    chat: int,
    person: int,
    message: int,
    texts: Sequence[str],
    language: str,
    understood: str,
    outcome: str,
    claim: int | None,
    now: datetime,
) -> int:
    """Keep a question, anew where it has a `number` already; gives its number. `texts` is the question with those
    before it that it takes up, itself last; `message` is 0 where messages have no numbers."""
    row = session.get(QuestionRow, number) if number else None
    if row is None:
        row = QuestionRow(
            chat=chat, person=person, message=message or None, language=language, asked_at=now,
            texts="", understood="", outcome="",
        )  # fmt: skip
        session.add(row)
    row.texts = "\n".join(" ".join(one.split()) for one in texts)
    row.understood, row.outcome, row.claim = understood, outcome, claim
    session.flush()
    return row.number or 0


def number_of(session: Session, chat: int, message: int) -> int | None:
    """The question of a message that was answered before."""
    if not message:
        return None
    query = select(QuestionRow.number).where(QuestionRow.chat == chat, QuestionRow.message == message)
    return session.exec(query).first()


def last(session: Session, chat: int, *, before: int | None = None) -> Asked | None:
    """The question that a chat asked last, or last before another one."""
    query = select(QuestionRow).where(QuestionRow.chat == chat)
    if before:
        query = query.where(col(QuestionRow.number) < before)
    row = session.exec(query.order_by(col(QuestionRow.number).desc()).limit(1)).first()
    return _value(row) if row else None


def by_number(session: Session, chat: int, number: int) -> Asked | None:
    """A chat's question by its number."""
    row = session.get(QuestionRow, number) if number < 2**63 else None
    return _value(row) if row and row.chat == chat else None


def _value(row: QuestionRow) -> Asked:
    return Asked(
        number=row.number or 0,
        chat=row.chat,
        texts=tuple(row.texts.split("\n")),
        language=row.language,
        claim=row.claim,
        at=row.asked_at,
        helpful=row.helpful,
    )


def judge(session: Session, chat: int, number: int, *, helpful: bool) -> bool:
    """Whether the answer was what was asked for, in the eyes of who asked; False where there is no such question."""
    row = session.get(QuestionRow, number) if number < 2**63 else None
    if row is None or row.chat != chat:
        return False
    row.helpful = helpful
    return True


def counts(session: Session) -> Mapping[str, int]:
    """How many questions had each outcome, and how many answers were "helpful" or "unhelpful"."""
    found = dict(session.exec(select(QuestionRow.outcome, func.count()).group_by(QuestionRow.outcome)).all())
    judged = session.exec(select(QuestionRow.helpful, func.count()).group_by(col(QuestionRow.helpful))).all()
    return found | {("helpful" if said else "unhelpful"): number for said, number in judged if said is not None}


def forget_old(session: Session, before: datetime) -> None:
    """Drop what was asked before then."""
    session.execute(delete(QuestionRow).where(col(QuestionRow.asked_at) < before))
