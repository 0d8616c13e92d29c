"""What admins do to conflicts and claims, one method a use case, one transaction each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot import verdicts
from bot.results import Judged
from db import articles, audit, conflicts, search
from db.engine import Engine, Session, reading, writing
from db.values import AuditEntry, Change

#: what a conflict is after an act
_STATES: Mapping[str, str] = MappingProxyType({"confirm": "confirmed", "dismiss": "dismissed"})
#: acts that take something back from people, who shall hear why
NEED_REASON = frozenset({"dismiss", "retract"})


@dataclass(frozen=True, slots=True)
class Judging:
    """Confirming, dismissing and retracting in one database. Who may do so is asked before. `now` is handed in."""

    engine: Engine

    def foreseen(self, act: str, number: int) -> Judged:
        """What would come of an act ("confirm", "dismiss", "retract") on a conflict or claim."""
        with reading(self.engine) as session:
            return _foreseen(session, act, number)

    def judge(self, act: str, number: int, *, person: int, reason: str | None, now: datetime) -> Judged:
        """An admin confirms or dismisses a conflict, or takes a claim back. The act stays in the conflict's history and
        in the audit log. Who was alarmed hears that a dismissed conflict was none, that a claim was wrong; a claim that
        is taken back answers nothing any more, and its conflicts are narrowed or resolved."""
        with writing(self.engine) as session:
            found = _foreseen(session, act, number)
            if found.is_refused:
                return found
            if act == "retract":
                _retract(session, number, person, reason, now)
            else:
                _set_state(session, act, conflicts.final(session, number), person, reason, now)
        return found

    def audit(self) -> tuple[AuditEntry, ...]:
        """What admins have done, oldest first."""
        with reading(self.engine) as session:
            return audit.listed(session)


def _foreseen(session: Session, act: str, number: int) -> Judged:
    if act == "retract":
        claim = search.claim(session, number)
        return Judged.UNKNOWN if claim is None else Judged.DONE if claim.current else Judged.ALREADY
    state = conflicts.state(session, conflicts.final(session, number))
    if state is None:
        return Judged.UNKNOWN
    if state == _STATES[act]:
        return Judged.ALREADY
    return Judged.DONE if act == "confirm" or state in conflicts.LIVE else Judged.QUIET


def _set_state(session: Session, act: str, number: int, person: int, reason: str | None, now: datetime) -> None:
    state, was_live = _STATES[act], conflicts.state(session, number) in conflicts.LIVE
    conflicts.set_state(session, number, state)
    past = conflicts.note(session, number, state, now, person=person, reason=reason)
    audit.note(session, person, act, f"conflict {number}", now, reason)
    if act == "dismiss" and was_live:
        verdicts.correct(session, Change(conflict=number, past=past, closed=True), now)


def _retract(session: Session, number: int, person: int, reason: str | None, now: datetime) -> None:
    gone = articles.retract(session, [number])
    for change in conflicts.withdraw(session, gone, now, person=person, reason=reason):
        verdicts.correct(session, change, now, gone=[number])
    audit.note(session, person, "retract", f"claim {number}", now, reason)
