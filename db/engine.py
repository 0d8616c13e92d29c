"""Open a database by its URL: SQLite, the embedded default, or PostgreSQL, the shared one. Nothing opens on import."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlmodel import Session

from db.columns import key_of
from db.schema import migrate

__all__ = [
    "DatabaseError",
    "Engine",
    "Session",
    "lock_slots",
    "measure",
    "open_database",
    "reading",
    "trying",
    "writing",
]

#: seconds that a writer waits for another
PATIENCE = 30
_WRITING, _READING = "writing", "reading"


class DatabaseError(Exception):
    """The database cannot be used; the message is one line of cause and cure."""


def open_database(url: str) -> Engine:
    """The engine for a URL, its schema created or brought up to date. Raises DatabaseError."""
    target = _target(url)
    engine = create_engine(target, pool_pre_ping=not _is_sqlite(target), future=True)
    if _is_sqlite(target):
        _tune_sqlite(engine)
    try:
        migrate(engine)
    except DBAPIError as error:
        engine.dispose()
        raise DatabaseError(_explained(target, error)) from error
    except ValueError as error:
        engine.dispose()
        raise DatabaseError(str(error)) from error
    return engine


def _target(url: str) -> URL:
    try:
        target = make_url(url)
        target.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseError(
            "DATABASE_URL is not a database address: use sqlite:///claimbot.db or postgresql://user@host/name"
        ) from error
    if target.drivername in ("postgresql", "postgres"):
        target = target.set(drivername="postgresql+psycopg")
    if target.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError(f"{target.get_backend_name()} is not supported: use sqlite:///… or postgresql://…")
    if _is_sqlite(target) and target.database and not target.database.startswith((":memory:", "file:")):
        folder = Path(target.database).parent
        if not folder.is_dir():
            raise DatabaseError(f"the folder {folder} of the database does not exist: make it, or change DATABASE_URL")
    return target


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _explained(url: URL, error: DBAPIError) -> str:
    cause = str(error.orig).strip().splitlines()[0] if error.orig and str(error.orig).strip() else type(error).__name__
    shown = url.render_as_string(hide_password=True)
    if "not a database" in cause:
        return f"{shown} is not an SQLite database: give another file"
    if "readonly" in cause or "unable to open" in cause:
        return f"{shown} cannot be written ({cause}): check the file's and the folder's permissions"
    if "disk is full" in cause:
        return f"there is no room for {shown}: make some, or change DATABASE_URL"
    if "locked" in cause:
        return f"another process has held {shown} for more than {PATIENCE} s: stop it, or wait for it"
    return f"cannot use the database {shown}: {cause}; check DATABASE_URL and that the server runs"


def _tune_sqlite(engine: Engine) -> None:
    """Write-ahead log, full durability, patience with other writers, no remains of what is deleted; a writing
    transaction locks from its start."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")
        # 16 MB each: a large index is read and written in fewer pieces, by a bulk ingest above all
        cursor.execute("PRAGMA cache_size = -16384")
        cursor.execute("PRAGMA wal_autocheckpoint = 4000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        reads = bool(options.get(_READING))
        if connection.info.get(_READING) is not reads:  # each change makes SQLite forget the statements that it knows
            connection.exec_driver_sql(f"PRAGMA query_only = {int(reads)}")
            connection.info[_READING] = reads
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITING) else "BEGIN")


@contextmanager
def _explaining(engine: Engine) -> Iterator[None]:
    """What the database cannot do now (no room, no right, no connection) as a DatabaseError; our own mistakes as
    they are."""
    try:
        yield
    except OperationalError as error:
        raise DatabaseError(_explained(engine.url, error)) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the store and changes nothing. Raises DatabaseError."""
    options: dict[str, Any] = {_READING: True}
    if not _is_sqlite(engine.url):
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with (
        _explaining(engine),
        engine.connect().execution_options(**options) as connection,
        Session(bind=connection) as session,
    ):
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose changes are committed together, or not at all where an exception leaves it. Raises
    DatabaseError."""
    with (
        _turn(engine),
        _explaining(engine),
        engine.connect().execution_options(**{_WRITING: True}) as connection,
        connection.begin(),
        Session(bind=connection, expire_on_commit=False) as session,
    ):
        yield session
        session.flush()


#: held by the thread of this process that writes to an SQLite store: the threads that SQLite itself makes wait sleep
#: ever longer, and the newcomer overtakes them
_TURNS: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


def _turn(engine: Engine) -> AbstractContextManager[object]:
    return _TURNS.setdefault(engine, Lock()) if _is_sqlite(engine.url) else nullcontext()


@contextmanager
def trying(engine: Engine) -> Iterator[Session]:
    """A session that sees its own changes, which are undone in the end. Raises DatabaseError."""
    with suppress(_Undone), writing(engine) as session:
        yield session
        raise _Undone


class _Undone(Exception):
    """Ends a transaction that was only tried."""


def measure(session: Session) -> tuple[int, str]:
    """The database's size in bytes, and what it is: "SQLite 3.40.1"."""
    if session.get_bind().dialect.name == "sqlite":
        size = session.execute(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
        return size.scalar_one(), f"SQLite {session.execute(text('SELECT sqlite_version()')).scalar_one()}"
    size = session.execute(text("SELECT pg_database_size(current_database())"))
    version = session.execute(text("SHOW server_version")).scalar_one()
    return size.scalar_one(), f"PostgreSQL {version.split()[0]}"


def lock_slots(session: Session, keys: Iterable[str]) -> None:
    """Hold the slots of these keys until the transaction ends, so that no other writer misses what this one stores.
    SQLite has one writer at a time anyway: there nobody even works the keys out."""
    if session.get_bind().dialect.name != "postgresql":
        return
    numbers = sorted(
        {int.from_bytes(blake2b(key_of(key).encode(), digest_size=8).digest(), signed=True) for key in keys}
    )
    query = text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) AS number")
    session.execute(query, {"numbers": numbers})
