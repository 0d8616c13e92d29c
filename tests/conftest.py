"""Stores for the tests: every test that takes `database_url` runs on SQLite and on a real PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine, text

from bot.reading.workers import Workers
from bot.service import Service
from db.engine import open_database
from db.tables import metadata
from tests.bots import Bots
from tests.postgres import administer, database
from tests.processes import Forks
from tests.shared import Shared
from tests.talks import Talks
from tests.telegram_server import TelegramServer, telegram
from tests.web import Web

# the same examples at every run; `make soak` looks for new ones
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("same")


SHARED = pytest.StashKey[Shared]()


def pytest_configure(config: pytest.Config) -> None:
    """Whoever gives the tests out makes the folder that the workers share."""
    config.stash[SHARED] = Shared(getattr(config, "workerinput", {}).get("shared"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of the folder."""
    node.workerinput["shared"] = str(node.config.stash[SHARED].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take away what the workers shared, once they have ended."""
    if not hasattr(config, "workerinput"):
        config.stash[SHARED].end()


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Shared:
    """What all workers share."""
    return request.config.stash[SHARED]


@pytest.fixture(scope="session")
def postgres(shared: Shared) -> str:
    """The address of a PostgreSQL, up to the database's name."""
    return shared.accompanied("postgres", "tests.postgres").read_text("utf-8")


@pytest.fixture(scope="session")
def postgres_store(shared: Shared, postgres: str) -> Iterator[Engine]:
    """A store of this worker's own. One engine serves all tests: it keeps the SQL that it has compiled once."""

    def make(_: Path) -> None:
        administer(postgres, "CREATE DATABASE empty_store")
        open_database(database(postgres, "empty_store")).dispose()

    shared.once("empty_store", make)
    name = f"store_{uuid.uuid4().hex}"
    administer(postgres, f"CREATE DATABASE {name} TEMPLATE empty_store")
    engine = open_database(database(postgres, name))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(shared: Shared) -> Path:
    """An empty store with its schema, to be copied."""
    return shared.once("store.db", lambda file: open_database(f"sqlite:///{file}").dispose())


@pytest.fixture(scope="session")
def sqlite_store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store of this worker's own, likewise."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("store"))
    engine = open_database(f"sqlite:///{file}")
    engine.dispose()  # each test begins with a new file: a connection to this one would see nothing of it
    yield engine
    engine.dispose()


#: what a test does on PostgreSQL is what was measured on SQLite
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.no_cover)]


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A store, open: empty but for its schema."""
    if request.param == "sqlite":
        store: Engine = request.getfixturevalue("sqlite_store")
        file = Path(str(store.url.database))
        for remains in file.parent.iterdir():
            remains.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
    elif os.environ.get("CLAIMBOT_TEST_SQLITE_ONLY"):
        pytest.skip("PostgreSQL is left out on request")
    else:
        store = request.getfixturevalue("postgres_store")
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        with store.begin() as connection:
            connection.execute(text(f"{others} pg_backend_pid()"))
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    yield store
    store.dispose()


@pytest.fixture
def database_url(engine: Engine) -> str:
    """Its address."""
    return engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=False)


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
def forks(shared: Shared) -> Forks:
    """Starts processes of claimbot."""
    return Forks(shared.accompanied("forks", "tests.processes"))


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
def sqlite_bots(forks: Forks, server: TelegramServer, sqlite_template: Path, tmp_path: Path) -> Bots:
    """Starts bots on an SQLite store: for what has nothing to do with the database."""
    file = tmp_path / "store.db"
    file.write_bytes(sqlite_template.read_bytes())
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
