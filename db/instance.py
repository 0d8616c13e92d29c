"""Only one `claimbot run` at a time on one database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from db.engine import DatabaseError

_LOCK = 0x636C61696D626F74  # "claimbot"
_TAKEN = "another claimbot runs on this database: stop it first, or give this one another DATABASE_URL"


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Hold the database's instance lock. Raises DatabaseError where another process has it; a killed holder lets go."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}).scalar():
                raise DatabaseError(_TAKEN)
            connection.commit()
            try:
                yield
            finally:
                with suppress(DBAPIError):  # a lost connection has let go already
                    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
                    connection.commit()
        return
    path = engine.url.database
    if not path or path == ":memory:":
        yield
        return
    lock = Path(f"{path.removeprefix('file:').partition('?')[0]}.lock")
    try:
        file = lock.open("w")
    except OSError as error:
        raise DatabaseError(f"{lock} cannot be made ({error.strerror}): check the folder's permissions") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseError(_TAKEN) from error
        yield
