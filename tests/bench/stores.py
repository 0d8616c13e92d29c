"""Large stores for the benches: loaded in bulk, and kept where a folder is given for them."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.progress import track
from sqlalchemy import text
from sqlmodel import Session

from claims.model import Claim
from claims.slot import keys, slot
from claims.terms import indexed, terms
from db import claim_json
from db.engine import Engine, open_database, writing
from db.tables import ArticleRow, metadata
from tests.postgres import administer, database

NOW = datetime(2026, 1, 1)  # noqa: DTZ001 -- as the database holds it
#: claims stored in one transaction; in a large index, many at once share the pages that they are written to
BATCH = 50_000
#: what SQLite is told for it, and the tables whose further indexes are made when all is in
_BULK = (
    "foreign_keys = OFF", "synchronous = OFF", "cache_size = -262144", "wal_autocheckpoint = 100000",
    "temp_store = MEMORY",
)  # fmt: skip
_INDEXED = ("claim", "claim_key", "claim_term")


@dataclass
class Took:
    """Seconds, by the clock and of the process, that working out the terms of claims took, and storing them."""

    terms: float = 0.0
    stored: float = 0.0
    own: float = 0.0

    @contextmanager
    def storing(self) -> Iterator[None]:
        """What is done meanwhile is storing."""
        clock, own = time.perf_counter(), time.process_time()
        yield
        self.stored += time.perf_counter() - clock
        self.own += time.process_time() - own


def load(engine: Engine, claims: Sequence[Claim]) -> Took:
    """Store claims with their index in an empty store."""
    took = Took()
    indexes = [one for table in _INDEXED for one in metadata.tables[table].indexes]
    with took.storing(), writing(engine) as session:
        for one in indexes:
            one.drop(session.connection())
    for first in track(range(0, len(claims), BATCH), f"loading {len(claims):,} claims", transient=True):
        start = time.perf_counter()
        some = list(enumerate(claims[first : first + BATCH], first + 1))
        rows = [
            (number, claim.kind.value, str(slot(claim)), f"said:{claim.speaker}", json.dumps(claim_json.dump(claim)))
            for number, claim in some
        ]
        by_key = sorted({(one, number) for number, claim in some for one in keys(claim)})
        by_term = sorted({(one, number) for number, claim in some for one in indexed(terms(claim))})
        took.terms += time.perf_counter() - start
        with took.storing(), _in_bulk(engine) as session:
            _store(session, first, rows, by_key, by_term)
    with took.storing(), writing(engine) as session:
        for one in indexes:
            one.create(session.connection())
    return took


@contextmanager
def _in_bulk(engine: Engine) -> Iterator[Session]:
    """A transaction in which no row is asked whether what it refers to is there, with room to sort in, and whose file
    is written when the system likes: what a kill leaves of it is no store yet, and is loaded anew."""
    if engine.dialect.name == "postgresql":
        with writing(engine) as session:
            session.execute(text("SET LOCAL session_replication_role = replica"))
            yield session
        return
    connection = engine.raw_connection()
    try:
        for setting in _BULK:
            connection.cursor().execute(f"PRAGMA {setting}")  # of the pool's one connection
    finally:
        connection.close()
    with writing(engine) as session:
        yield session


def _store(session: Session, first: int, rows: Sequence[Any], by_key: Sequence[Any], by_term: Sequence[Any]) -> None:
    """One batch as an article, row by row in the order of the index: what lies together is written together."""
    article = ArticleRow(
        external_id=f"bench:{first}", version=1, text="", text_hash="", title="", context="",
        trust="trusted", extractor="bench", added_at=NOW,
    )  # fmt: skip
    session.add(article)
    session.flush()
    put = _putting(session)
    when = NOW.isoformat(sep=" ")
    told = ((*row, article.number, True, when) for row in rows)
    put("claim", "number, kind, slot, origin, data, article, current, added_at", told)
    put("claim_key", "key, claim, mark, day, leads", ((*one, 0, 0, True) for one in by_key))
    put("claim_term", "term, claim", by_term)


def _putting(session: Session) -> Callable[[str, str, Iterable[Sequence[Any]]], None]:
    """What puts rows into a table the fastest way that its database has."""
    driver: Any = session.connection().connection.cursor()

    def copied(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        with driver.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def inserted(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        marks = ", ".join("?" * (columns.count(",") + 1))
        driver.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    return copied if session.connection().dialect.name == "postgresql" else inserted


def in_file(folder: Path, claims: Sequence[Claim]) -> tuple[str, Took | None]:
    """The address of an SQLite store of these claims: one of that size that the folder holds, else made now."""
    file = folder / f"questions-{len(claims)}.db"
    if file.exists():
        return f"sqlite:///{file}", None
    begun = file.with_suffix(".part")
    begun.unlink(missing_ok=True)
    engine = open_database(f"sqlite:///{begun}")
    took = load(engine, claims)
    engine.dispose()  # writes all into the one file
    begun.rename(file)
    return f"sqlite:///{file}", took


def on_server(server: str, claims: Sequence[Claim]) -> tuple[str, Took | None]:
    """The same in a database of a PostgreSQL server."""
    name, begun = f"questions_{len(claims)}", f"part_{len(claims)}"
    if name in administer(server, "SELECT datname FROM pg_database"):
        return database(server, name), None
    administer(server, f"DROP DATABASE IF EXISTS {begun}")
    administer(server, f"CREATE DATABASE {begun}")
    engine = open_database(database(server, begun))
    took = load(engine, claims)
    engine.dispose()
    administer(database(server, begun), "VACUUM ANALYZE")  # as a server does by itself within minutes
    administer(server, f"ALTER DATABASE {begun} RENAME TO {name}")
    return database(server, name), took
