"""The audit log: what was done by people whose word counts more than others'."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import AuditRow
from db.values import AuditEntry

#: lines that are listed
MOST_LISTED = 500


def note(session: Session, person: int, act: str, object_: str, now: datetime, reason: str | None = None) -> None:
    """Add a line."""
    session.add(AuditRow(at=now, person=person, act=act, object=object_, reason=reason))


def listed(session: Session) -> tuple[AuditEntry, ...]:
    """The newest lines, oldest of them first."""
    rows = session.exec(select(AuditRow).order_by(col(AuditRow.number).desc()).limit(MOST_LISTED)).all()
    return tuple(
        AuditEntry(at=row.at, person=row.person, act=row.act, object=row.object, reason=row.reason)
        for row in reversed(rows)
    )
