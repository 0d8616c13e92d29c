"""The schema's history: forward from the first, whole or not at all, wherever it is killed."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from db import articles, conflicts, search, subscriptions
from db.engine import DatabaseError, Engine, open_database, reading
from db.schema import HEAD, version
from db.tables import metadata
from tests.processes import Forks

ROOT = Path(__file__).parent.parent

KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from db.engine import open_database
left = int(sys.argv[2])
@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *rest):
    global left
    if statement.lstrip().upper().startswith(("CREATE", "INSERT", "UPDATE", "ALTER")):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
open_database(sys.argv[1])
"""


@pytest.fixture
def bare(empty_database_url: str) -> Iterator[Engine]:
    """A database without any table, opened by nobody yet."""
    url = make_url(empty_database_url)
    engine = create_engine(url.set(drivername="postgresql+psycopg") if url.get_backend_name() != "sqlite" else url)
    yield engine
    engine.dispose()


def upgrade(engine: Engine, revision: str) -> None:
    """Bring the schema to a revision, as an older claimbot left it."""
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_whole(engine: Engine) -> bool:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        return version(connection) == HEAD and compare_metadata(context, metadata) == []


@pytest.mark.parametrize("statement", [0, 1, 7, 15, 22, 25, 27])
def test_a_migration_that_is_killed_completes_the_next_time(
    forks: Forks, empty_database_url: str, bare: Engine, tmp_path: Path, statement: int
) -> None:
    killed = forks.run([empty_database_url, str(statement)], code=KILLED, folder=tmp_path)
    assert killed.code == -signal.SIGKILL, killed.stderr
    with bare.connect() as connection:
        assert inspect(connection).get_table_names() == []
    open_database(empty_database_url).dispose()
    assert is_whole(bare)


def test_two_that_open_a_new_database_at_once_both_succeed(
    forks: Forks, empty_database_url: str, bare: Engine, tmp_path: Path
) -> None:
    code = "import sys; from db.engine import open_database; open_database(sys.argv[1]).dispose()"
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(forks.run, [empty_database_url], code=code, folder=tmp_path) for _ in "ab"]
    for one in both:
        assert one.result().code == 0, one.result().stderr
    assert is_whole(bare)


LONG = "https://news.example/" + "a" * 1500


def _old_rows(engine: Engine) -> None:
    """What the first schema could hold."""
    claim = {"kind": "quantity", "evidence": "12 died", "start": 0, "measure": "killed", "via": [], "place_path": []}
    claim |= {"quantity": None, "vote": None, "event_date": None, "said_on": None, "published": None}
    data = json.dumps(claim | {"modality": "asserted"})
    now = "2024-10-24 12:00:00"
    with engine.begin() as connection:
        for statement, values in (
            (
                "INSERT INTO article (number, external_id, version, current, text, text_hash, title, context, trust, "
                "extractor, origin, added_at) "
                "VALUES (1, :id, 1, :yes, '12 died', 'x', 't', 'c', 'trusted', '1', 1, :now)",
                {"id": LONG, "yes": True, "now": now},
            ),
            (
                "INSERT INTO claim (number, article, kind, slot, origin, current, data) "
                "VALUES (1, 1, 'quantity', 'killed', 'text:1', :yes, :data)",
                {"yes": True, "data": data},
            ),
            ("INSERT INTO claim_term (term, claim) VALUES ('m:killed', 1)", {}),
            ("INSERT INTO conflict (slot, state, opened_at) VALUES ('killed', 'open', :now)", {"now": now}),
            (
                "INSERT INTO topic (number, chat, thread, text, label, anchor, language, events, created_at) VALUES "
                "(4, 1, 0, 'dead', 'e:russia + m:killed', 'e:russia', 'en', 'conflicts', :now)",
                {"now": now},
            ),
        ):
            connection.execute(text(statement), values)


def test_what_the_first_schema_held_is_there_after_all_migrations(empty_database_url: str, bare: Engine) -> None:
    upgrade(bare, "0001")
    _old_rows(bare)
    engine = open_database(empty_database_url)
    assert is_whole(engine)
    with reading(engine) as session:
        (topic,) = subscriptions.followers(session, ["e:russia", "m:killed", "k:quantity"])
        assert (topic.number, topic.terms) == (4, ("e:russia", "m:killed"))
        (claim,) = search.candidates(session, ["m:killed"])
        assert (claim.number, claim.article, claim.claim.evidence) == (1, LONG, "12 died")
        assert articles.current(session, LONG) is not None
        assert conflicts.listed(session) == ()
    engine.dispose()


def test_the_tables_of_another_program_are_left_alone(empty_database_url: str, bare: Engine) -> None:
    with bare.begin() as connection:
        connection.execute(text("CREATE TABLE article (headline TEXT)"))
        connection.execute(text("INSERT INTO article VALUES ('mine')"))
    with pytest.raises(DatabaseError, match="another program") as caught:
        open_database(empty_database_url)
    assert "\n" not in str(caught.value)
    with bare.connect() as connection:
        assert connection.execute(text("SELECT headline FROM article")).scalar() == "mine"
        assert inspect(connection).get_table_names() == ["article"]


def test_nothing_is_opened_on_import() -> None:
    code = (
        "import sys; import db.engine, db.articles, db.conflicts, db.inbox, db.outbox, db.people, db.subscriptions; "
        "assert not {'alembic', 'psycopg'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
