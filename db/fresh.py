"""Rows put in at once: past the object mapper, or only those that are not there yet, whoever else is inserting."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_fresh(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows but those whose unique key is taken: a writer of the same key is waited for, never tripped over.
    Gives how many are new. All rows have the same columns; defaults of the table hold for the others."""
    if not rows:
        return 0
    target = inspect(table).local_table
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    into = postgresql.insert(target) if on_postgresql else sqlite.insert(target)
    query = into.values([dict(row) for row in rows]).on_conflict_do_nothing().returning(*target.primary_key)
    return len(session.execute(query).all())


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in one go. All have the same columns; defaults of the table hold for the others."""
    if rows:
        session.connection().execute(insert(inspect(table).local_table), rows)


def insert_plain(
    session: Session, table: type[SQLModel], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """The same for many small rows, past the types of the columns as well, which would cost more than storing them:
    numbers, truths, and keys that `key_of` has made. Defaults of the table do not hold."""
    if rows:
        connection = session.connection()
        connection.exec_driver_sql(_insertion(table, names, connection.dialect.paramstyle), list(rows))


@cache
def _insertion(table: type[SQLModel], names: tuple[str, ...], style: str) -> str:
    """The driver's own statement."""
    mark = "?" if style == "qmark" else "%s"
    marks = ", ".join([mark] * len(names))
    return f"INSERT INTO {table.__tablename__} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 -- names of ours
