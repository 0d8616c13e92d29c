"""What admins do to conflicts and claims, one method a use case, one transaction each."""

from dataclasses import dataclass
from datetime import datetime

from bot import verdicts
from db import articles, audit, conflicts
from db.engine import Engine, reading, writing
from db.values import AuditEntry, Change


@dataclass(frozen=True, slots=True)
class Judging:
    """Confirming, dismissing and retracting in one database. Who may do so is asked before. `now` is handed in."""

    engine: Engine

    def judge_conflict(self, number: int, judgement: str, *, person: int, reason: str | None, now: datetime) -> bool:
        """An admin confirms or dismisses a conflict ("confirmed", "dismissed"): the act stays in its history and in the
        audit log, and who was alarmed hears that a dismissed one was none. False where there is no such conflict."""
        with writing(self.engine) as session:
            number = conflicts.final(session, number)
            before = conflicts.state(session, number)
            if before is None:
                return False
            conflicts.set_state(session, number, judgement)
            past = conflicts.note(session, number, judgement, now, person=person, reason=reason)
            act = "dismiss" if judgement == "dismissed" else "confirm"
            audit.note(session, person, act, f"conflict {number}", now, reason)
            if judgement == "dismissed" and before in conflicts.LIVE:
                verdicts.correct(session, Change(conflict=number, past=past, closed=True), now)
        return True

    def retract_claim(self, number: int, *, person: int, reason: str | None, now: datetime) -> bool:
        """An admin takes a claim back: it answers nothing any more, its conflicts are narrowed or resolved, and who was
        told of it hears that it was wrong. False where there is no such current claim."""
        with writing(self.engine) as session:
            gone = articles.retract(session, [number])
            changes = conflicts.withdraw(session, gone, now, person=person, reason=reason)
            for change in changes:
                verdicts.correct(session, change, now, gone=[number])
            if gone:
                audit.note(session, person, "retract", f"claim {number}", now, reason)
        return bool(gone)

    def audit(self) -> tuple[AuditEntry, ...]:
        """What admins have done, oldest first."""
        with reading(self.engine) as session:
            return audit.listed(session)
