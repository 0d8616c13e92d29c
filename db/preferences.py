"""How and when a chat wants to be told."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import people
from db.tables import ChatRow
from db.values import Preferences


def preferences(session: Session, chat: int) -> Preferences:
    """What a chat has chosen; all that it has not is as everybody begins."""
    row = session.get(ChatRow, chat)
    if row is None:
        return Preferences()
    quiet = (row.quiet_from, row.quiet_until) if row.quiet_from is not None and row.quiet_until is not None else None
    return Preferences(
        language=row.language, zone=row.zone, quiet=quiet, digest=row.digest, digest_hour=row.digest_hour or 0
    )


def change(session: Session, chat: int, now: datetime, **chosen: Any) -> None:
    """Change columns of a chat: `zone`, `quiet_from`, `quiet_until`, `digest`, `digest_hour`."""
    people.see(session, chat, now)
    session.flush()
    row = session.get_one(ChatRow, chat)
    for name, value in chosen.items():
        setattr(row, name, value)
