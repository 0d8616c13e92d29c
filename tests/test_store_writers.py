"""Two writers at once: a unique key is a promise that neither of them has to see broken."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from claims.extract import extract
from claims.model import Article
from db import articles, inbox, outbox, people, subscriptions
from db.engine import DatabaseError, Session, reading, writing
from db.worked import work_out
from tests.texts import NOW

FLOOD = (
    "Flood in Aceh\nThe disaster agency said on Thursday that 331 people were killed in Aceh and that many more are "
    "missing. Roads to the coast are closed, the army brings food and water to the villages, schools serve as shelters "
    "for those whose houses were washed away, and rain is forecast for the rest of the week in the whole province."
)


def at_once(engine: Engine, *works: Callable[[Session], object]) -> None:
    """Run each work in a transaction of its own, all begun before the first one ends."""
    gate = threading.Barrier(len(works)) if engine.dialect.name == "postgresql" else None

    def run(work: Callable[[Session], object]) -> None:
        with writing(engine) as session:
            session.execute(text("SELECT 1"))
            if gate:
                gate.wait(timeout=20)
            work(session)

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(run, work) for work in works]:
            done.result(timeout=60)


def test_one_update_that_two_receivers_bring_is_kept_once(engine: Engine) -> None:
    at_once(engine, *[lambda session: inbox.put(session, [(5, 1, "{}"), (6, 2, "{}")], NOW)] * 4)
    with reading(engine) as session:
        assert inbox.count(session, "waiting") == 2


def test_one_event_that_two_writers_tell_is_told_once(engine: Engine) -> None:
    told: list[bool] = []

    def tell(session: Session) -> None:
        told.append(outbox.put(session, chat=1, kind="conflict", event="pair:1:2", payload={"a": 1}, now=NOW))

    at_once(engine, *[tell] * 4)
    assert sorted(told) == [False, False, False, True]


def test_a_chat_that_speaks_twice_at_once_is_one_chat(engine: Engine) -> None:
    at_once(engine, *[lambda session: people.see(session, 7, NOW)] * 4)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat")).scalar() == 1


def test_a_topic_followed_twice_at_once_is_one_topic(engine: Engine) -> None:
    def follow(session: Session) -> None:
        subscriptions.follow(session, chat=1, text="troops", terms=["m:troops"], language="en", now=NOW)

    at_once(engine, *[follow] * 4)
    with reading(engine) as session:
        assert len(subscriptions.following(session, 1)) == 1


@pytest.mark.parametrize("body", ["Nothing is claimed here.", FLOOD])
def test_an_article_that_two_writers_bring_is_stored_once(engine: Engine, body: str) -> None:
    extraction = extract(Article(id="a", text=body, language="en"))
    seen: list[str] = []
    at_once(engine, *[lambda session: seen.append(articles.add(session, work_out(extraction), now=NOW).status)] * 4)
    assert sorted(seen) == ["known", "known", "known", "new"]


def test_copies_that_two_writers_bring_are_one_origin(engine: Engine) -> None:
    def add(name: str) -> Callable[[Session], object]:
        extraction = extract(Article(id=name, text=FLOOD, source=name, language="en"))
        return lambda session: articles.add(session, work_out(extraction), now=NOW)

    at_once(engine, *[add(name) for name in "abcd"])
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(DISTINCT origin) FROM article")).scalar() == 1


def test_two_workers_never_hold_one_update(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(number, number % 7, "{}") for number in range(40)], NOW)
    held: list[int] = []

    def work(session: Session) -> None:
        held.extend(update.number for update in inbox.lease(session, now=NOW, limit=5))

    at_once(engine, *[work] * 4)
    assert len(held) == len(set(held)) > 0


def test_a_reader_sees_one_state_of_the_store(engine: Engine) -> None:
    with reading(engine) as session:
        before = inbox.count(session, "waiting")
        with writing(engine) as other:
            inbox.put(other, [(5, 1, "{}")], NOW)
        assert inbox.count(session, "waiting") == before == 0


def test_a_reader_cannot_write(engine: Engine) -> None:
    def write() -> None:
        with reading(engine) as session:
            people.see(session, 1, NOW)

    with pytest.raises((DBAPIError, DatabaseError)):
        write()


def test_a_lease_that_ran_out_can_be_taken_by_one_only(engine: Engine) -> None:
    with writing(engine) as session:
        outbox.put(session, chat=1, kind="claim", event="claim:1", payload={"a": 1}, now=NOW)
        outbox.lease(session, now=NOW)
    held: list[int] = []
    later = NOW + timedelta(minutes=10)
    at_once(engine, *[lambda session: held.extend(one.chat for one in outbox.lease(session, now=later))] * 4)
    assert len(held) == 1
