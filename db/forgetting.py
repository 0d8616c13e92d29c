"""What is kept of a person, all of it: to hand it over, and to forget it.

Both go by the columns named `chat` and `person`, so that a table that comes later is not left out.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, text, update
from sqlmodel import Session, col

from db.engine import Engine
from db.tables import InboxRow, metadata
from db.values import LOCAL_CHAT

#: what admins did stays on record, without their number
_LOGS = frozenset({"conflict_event", "audit"})


def export(session: Session, chat: int) -> dict[str, list[dict[str, Any]]]:
    """All rows about a chat or person, by table."""
    found = {}
    for table, theirs in _tables(chat):
        rows = [_plain(dict(row)) for row in session.execute(select(table).where(theirs)).mappings()]
        if rows:
            found[table.name] = rows
    return found


def forget(session: Session, chat: int) -> None:
    """Leave no row that names the chat or the person."""
    for table, theirs in _tables(chat):
        if table.name in _LOGS:
            session.execute(update(table).where(theirs).values(person=None))
        else:
            session.execute(delete(table).where(theirs))
    if chat != LOCAL_CHAT:  # which is no number of Telegram's, and stands in many an update
        session.execute(delete(InboxRow).where(col(InboxRow.number).in_(_naming(session, chat))))


def scrub(engine: Engine) -> None:
    """Overwrite what SQLite still has of deleted rows in its write-ahead log. Readers in between put it off."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _tables(chat: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables that name chats or persons, and which of their rows name this one."""
    for table in metadata.sorted_tables:
        columns = [table.c[name] for name in ("chat", "person") if name in table.c]
        if columns:
            yield table, or_(*(column == chat for column in columns))


def _naming(session: Session, person: int) -> list[int]:
    """The raw updates, of whatever chat, that hold a person's number."""
    likely = or_(col(InboxRow.raw).contains(str(person)), col(InboxRow.error).contains(str(person)))
    rows = session.execute(select(col(InboxRow.number), col(InboxRow.raw), col(InboxRow.error)).where(likely))
    alone = re.compile(rf"(?<!\d){person}(?!\d)")
    return [number for number, raw, error in rows if number and (alone.search(raw) or alone.search(error or ""))]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
