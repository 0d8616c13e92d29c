"""Stores for the tests: every test that takes `database_url` runs on SQLite and on a real PostgreSQL."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, text

from bot.reading.workers import Workers
from bot.service import Service
from db.engine import open_database
from db.tables import metadata
from tests.bots import Bots
from tests.postgres import administer, database, running
from tests.processes import Forks
from tests.talks import Talks
from tests.telegram_server import TelegramServer, telegram
from tests.web import Web

# the same examples at every run; `make soak` looks for new ones
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("same")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of this worker's own, up to the database's name."""
    with running(Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))) as address:
        yield address


@pytest.fixture(scope="session")
def postgres_store(postgres: str) -> Iterator[tuple[str, Engine]]:
    """A store that is emptied before each test, and a connection that empties it."""
    administer(postgres, "CREATE DATABASE store_of_tests")
    url = database(postgres, "store_of_tests")
    engine = open_database(url)
    yield url, engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store with its schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "store.db"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store with its schema."""
    if request.param == "sqlite":
        file = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_store"), file)
        return f"sqlite:///{file}"
    if os.environ.get("CLAIMBOT_TEST_SQLITE_ONLY"):
        pytest.skip("PostgreSQL is left out on request")
    url, engine = request.getfixturevalue("postgres_store")
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
    with engine.begin() as connection:
        connection.execute(text(f"{others} pg_backend_pid()"))
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    return str(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, of the test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    if os.environ.get("CLAIMBOT_TEST_SQLITE_ONLY"):
        pytest.skip("PostgreSQL is left out on request")
    server: str = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    administer(server, f"CREATE DATABASE {name}")
    yield database(server, name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Starts processes of claimbot."""
    with Forks() as parent:
        yield parent


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The store, open."""
    opened = open_database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def service(engine: Engine) -> Service:
    """The use cases over the store."""
    return Service(engine)


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """A Bot API server, which must have seen nothing against the specification in the end."""
    with telegram() as running:
        yield running


@pytest.fixture
def bots(forks: Forks, server: TelegramServer, database_url: str, tmp_path: Path) -> Bots:
    """Starts bots on the test's own server and store."""
    return Bots(forks, server, database_url, tmp_path)


@pytest.fixture
def sqlite_bots(forks: Forks, server: TelegramServer, sqlite_store: Path, tmp_path: Path) -> Bots:
    """Starts bots on an SQLite store: for what has nothing to do with the database."""
    file = tmp_path / "store.db"
    file.write_bytes(sqlite_store.read_bytes())
    return Bots(forks, server, f"sqlite:///{file}", tmp_path)


@pytest.fixture
def talks(service: Service) -> Talks:
    """A conversation over the store."""
    return Talks(service)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """One warm process that takes pages apart, for all tests."""
    with Workers(1) as started:
        yield started


@pytest.fixture
def web() -> Iterator[Web]:
    """Sites on loopback."""
    with Web() as sites:
        yield sites
