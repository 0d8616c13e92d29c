"""Texts that people have sent to the editors, until they are accepted or rejected."""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from claims.model import Article
from db.fresh import insert_fresh
from db.tables import SubmissionRow
from db.values import Submission

#: texts of one person, and of all, that may wait
MOST_OF_ONE, MOST = 10, 1000


def put(session: Session, article: Article, *, digest: str, chat: int, person: int, now: datetime) -> bool:
    """Keep a text for the editors; one that waits already is that one. False where too many wait."""
    theirs = select(func.count()).select_from(SubmissionRow).where(SubmissionRow.person == person)
    if session.exec(theirs).one() >= MOST_OF_ONE or count(session) >= MOST:
        return False
    row = {name: getattr(article, name) for name in ("text", "source", "url", "published")}
    insert_fresh(session, SubmissionRow, [row | {"chat": chat, "person": person, "digest": digest, "at": now}])
    return True


def waiting(session: Session, after: int = 0) -> Submission | None:
    """The oldest text after a number, the oldest of all where there is none after it."""
    query = select(SubmissionRow).order_by(col(SubmissionRow.number)).limit(1)
    row = session.exec(query.where(col(SubmissionRow.number) > after)).first() or session.exec(query).first()
    return _value(row) if row else None


def by_number(session: Session, number: int) -> Submission | None:
    """One text."""
    row = session.get(SubmissionRow, number)
    return _value(row) if row else None


def drop(session: Session, number: int) -> None:
    """It is decided: nothing of it is kept here."""
    session.execute(delete(SubmissionRow).where(col(SubmissionRow.number) == number))


def count(session: Session) -> int:
    """How many texts wait."""
    return session.exec(select(func.count()).select_from(SubmissionRow)).one()


def _value(row: SubmissionRow) -> Submission:
    return Submission(
        number=row.number or 0,
        digest=row.digest,
        text=row.text,
        source=row.source,
        url=row.url,
        published=row.published,
        at=row.at,
    )
