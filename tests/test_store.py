"""The store itself: schema, inbox, locks, and what a killed process leaves behind."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, event, text

from bot.service import Service
from db import inbox
from db.engine import DatabaseError, open_database, reading, writing
from db.instance import alone
from db.schema import HEAD, version
from db.tables import metadata
from tests.processes import Forks
from tests.texts import NOW

ROOT = Path(__file__).parent.parent


def test_the_migrations_make_exactly_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert version(connection) == HEAD


def test_the_newest_migration_is_the_head() -> None:
    names = sorted(path.name for path in (ROOT / "db" / "migrations" / "versions").glob("0*.py"))
    assert names[-1].startswith(HEAD)


def test_opening_twice_changes_nothing(database_url: str, service: Service) -> None:
    service.set_language(1, "id", NOW)
    open_database(database_url).dispose()
    assert service.language(1) == "id"


def test_a_newer_schema_is_refused_with_advice(empty_database_url: str) -> None:
    engine = open_database(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DatabaseError, match="newer claimbot"):
        open_database(empty_database_url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "is not a database address"),
        ("mysql://a@b/c", "is not"),
        ("sqlite:////no/such/folder/a.db", "does not exist"),
        ("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2", "cannot use the database"),
    ],
)
def test_an_address_that_does_not_work_is_explained(url: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words) as caught:
        open_database(url)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_explained_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("these are my notes, and they are longer than a header " * 40)
    with pytest.raises(DatabaseError, match="not an SQLite database"):
        open_database(f"sqlite:///{file}")
    assert file.read_text().startswith("these are my notes")


def test_an_update_is_kept_once(engine: Engine) -> None:
    for _ in range(2):
        with writing(engine) as session:
            inbox.put(session, [(5, 1, "{}"), (6, 1, "{}")], NOW)
    with reading(engine) as session:
        assert inbox.count(session, "waiting") == 2


def test_the_updates_of_a_chat_come_one_after_the_other(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "a"), (6, 1, "b"), (7, 2, "c")], NOW)
    with writing(engine) as session:
        assert [update.raw for update in inbox.lease(session, now=NOW)] == ["a", "c"]
    with writing(engine) as session:
        assert inbox.lease(session, now=NOW) == []
        inbox.done(session, 1)
    with writing(engine) as session:
        assert [update.raw for update in inbox.lease(session, now=NOW)] == ["b"]


def test_what_a_killed_worker_held_comes_back(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "a")], NOW)
    with writing(engine) as session:
        inbox.lease(session, now=NOW)
    with writing(engine) as session:
        assert len(inbox.lease(session, now=NOW + timedelta(minutes=10))) == 1


def test_an_update_that_always_fails_is_set_aside(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "a"), (6, 1, "b")], NOW)
    dead = []
    for minute in range(inbox.MOST_ATTEMPTS):
        now = NOW + timedelta(minutes=minute)
        with writing(engine) as session:
            (update,) = inbox.lease(session, now=now)
            dead.append(inbox.failed(session, update.number, "broken", now))
    assert dead == [False, False, False, False, True]
    with writing(engine) as session:
        assert [update.raw for update in inbox.lease(session, now=NOW)] == ["b"]


def test_an_update_that_nobody_can_read_is_set_aside_at_once(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "{")], NOW)
        inbox.lease(session, now=NOW)
        assert inbox.failed(session, 1, "no update", NOW, final=True)


def test_an_answer_that_is_not_taken_is_no_failure_for_hours(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "a")], NOW)
    for hour in range(6):
        now = NOW + timedelta(hours=hour, minutes=1)
        with writing(engine) as session:
            (update,) = inbox.lease(session, now=now)
            assert update.attempts == 1
            assert not inbox.later(session, update.number, now, "bad gateway")
    with writing(engine) as session:
        assert inbox.later(session, 1, NOW + timedelta(hours=7), "bad gateway")


def test_a_failed_update_waits_and_the_rest_of_its_chat_behind_it(engine: Engine) -> None:
    soon = NOW + timedelta(seconds=10)
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "a"), (6, 1, "b"), (7, 2, "c")], NOW)
        inbox.lease(session, now=NOW, limit=1)
        inbox.failed(session, 1, "broken", soon)
    with writing(engine) as session:
        assert [update.raw for update in inbox.lease(session, now=NOW)] == ["c"]
        assert [update.raw for update in inbox.lease(session, now=soon + timedelta(seconds=1))] == ["a"]


def test_how_far_an_answer_was_sent_is_remembered(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "a")], NOW)
        inbox.lease(session, now=NOW)
        inbox.told(session, 1, 2)
        inbox.release(session)
    with writing(engine) as session:
        assert [update.told for update in inbox.lease(session, now=NOW)] == [2]


def test_an_answered_update_keeps_no_text(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "secret")], NOW)
    with writing(engine) as session:
        inbox.lease(session, now=NOW)
        inbox.done(session, 1)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT raw, chat FROM inbox")).all() == [("", None)]


def test_a_failed_transaction_leaves_the_store_as_it_was(engine: Engine) -> None:
    def put_and_fail() -> None:
        with writing(engine) as session:
            inbox.put(session, [(5, 1, "a")], NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        put_and_fail()
    with reading(engine) as session:
        assert inbox.count(session, "waiting") == 0


def test_only_one_instance_runs_on_a_database(database_url: str, engine: Engine) -> None:
    other = open_database(database_url)
    with alone(engine), pytest.raises(DatabaseError, match="another claimbot"), alone(other):
        pass
    with alone(other):
        pass
    other.dispose()


RACE = """
import sys, time
from datetime import UTC, date, datetime
from bot.service import Service
from claims.model import Article
from db.engine import open_database
url, who, count, rounds, start = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])
service = Service(open_database(url))
for at in range(rounds):
    city = f"Kota{chr(97 + at // 26)}{chr(97 + at % 26)}"
    time.sleep(max(0, start + at * 0.05 - time.time()))
    text = f"Laporan\\n{who} mengatakan {count} tentara Korea Utara berada di {city}."
    article = Article(id=f"{who}{at}", text=text, language="id", published=date(2024, 10, 24))
    service.add_article(article, now=datetime.now(UTC))
"""


@pytest.mark.parametrize("rounds", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_two_processes_at_the_same_moment_miss_no_conflict(
    forks: Forks, database_url: str, service: Service, tmp_path: Path, rounds: int
) -> None:
    """Each brings one side of every contradiction, at the same moments."""
    start = time.time() + 0.5
    sides = [("Ukraina", "12.000"), ("Rusia", "500")]
    with ThreadPoolExecutor(2) as pool:
        workers = [
            pool.submit(
                forks.run, [database_url, who, count, str(rounds), str(start)], code=RACE, folder=tmp_path, seconds=120
            )
            for who, count in sides
        ]
    for worker in workers:
        assert worker.result().code == 0, worker.result().stderr
    places = {pair.a.claim.place for pair in service.conflicts()}
    assert len(places) == rounds


def put(engine: Engine, size: int = 1) -> None:
    with writing(engine) as session:
        inbox.put(session, [(number, 1, "x" * 5000) for number in range(size)], NOW)


def test_a_read_only_database_can_be_read_and_says_that_it_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    open_database(f"sqlite:///{file}").dispose()
    engine = open_database(f"sqlite:///file:{file}?mode=ro&uri=true")
    with reading(engine) as session:
        assert inbox.count(session, "waiting") == 0
    with pytest.raises(DatabaseError, match="cannot be written"):
        put(engine)
    engine.dispose()


def test_a_file_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="cannot be written"):
        open_database(f"sqlite:///file:{tmp_path / 'a.db'}?mode=ro&uri=true")


def test_a_full_disk_is_explained_and_loses_nothing(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    put(engine)

    @event.listens_for(engine, "begin")
    def no_room(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    with pytest.raises(DatabaseError, match="no room"):
        put(engine, size=400)
    event.remove(engine, "begin", no_room)
    with reading(engine) as session:
        assert inbox.count(session, "waiting") == 1
    engine.dispose()


def test_a_writer_that_waits_in_vain_is_told_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.engine.PATIENCE", 0)
    engine, other = (open_database(f"sqlite:///{tmp_path / 'a.db'}") for _ in "ab")
    with writing(other), pytest.raises(DatabaseError, match="another process has held"):
        put(engine)
    put(engine)
    engine.dispose()
    other.dispose()
