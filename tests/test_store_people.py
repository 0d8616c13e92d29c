"""What is kept of people: it moves with them, is forgotten with them, and is in no corner of the file afterwards."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from db import answers, forgetting, inbox, outbox, people, subscriptions
from db.engine import open_database, reading, writing
from db.tables import metadata
from db.values import LOCAL_CHAT, Paste
from tests.texts import NOW

PERSON, GROUP, NEW_GROUP = 777000111, -1000000222, -1000000333
SECRET = "xyzzyplugh"


def everything(engine: Engine) -> str:
    """All that the store holds, as one text."""
    with engine.connect() as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(table.select()))


def tell(engine: Engine, chat: int, event: str) -> None:
    with writing(engine) as session:
        outbox.put(session, chat=chat, kind="conflict", event=event, payload={"a": 1}, now=NOW)


def follow(engine: Engine, chat: int, person: int | None = None, term: str = "m:troops") -> None:
    with writing(engine) as session:
        people.see(session, chat, NOW)
        subscriptions.follow(session, chat=chat, person=person, text=SECRET, terms=[term], language="en", now=NOW)


def test_forgetting_a_person_leaves_nothing_of_what_they_did_in_groups(engine: Engine) -> None:
    raw = f'{{"message": {{"from": {{"id": {PERSON}}}, "chat": {{"id": {GROUP}}}, "text": "{SECRET}"}}}}'
    follow(engine, PERSON)
    follow(engine, GROUP, PERSON)
    with writing(engine) as session:
        inbox.put(session, [(5, GROUP, raw), (6, 8, "{}")], NOW)
        inbox.failed(session, 2, f"cannot read what {PERSON} sent", NOW, final=True)
        people.keep_paste(session, PERSON, SECRET, None, NOW)
    tell(engine, PERSON, "pair:1:2")
    with writing(engine) as session:
        forgetting.forget(session, PERSON)
    assert str(PERSON) not in everything(engine)
    assert SECRET not in everything(engine)


def test_forgetting_a_person_leaves_the_others(engine: Engine) -> None:
    others = f'{{"message": {{"from": {{"id": {PERSON}5}}, "text": "hello"}}}}'
    follow(engine, PERSON)
    follow(engine, 8)
    with writing(engine) as session:
        inbox.put(session, [(5, 8, others)], NOW)
    with writing(engine) as session:
        forgetting.forget(session, PERSON)
    with reading(engine) as session:
        assert len(subscriptions.following(session, 8)) == 1
        assert inbox.count(session, "waiting") == 1


def test_a_forgotten_text_is_in_no_corner_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    engine = open_database(f"sqlite:///{file}")
    follow(engine, PERSON)
    with writing(engine) as session:
        inbox.put(session, [(number, PERSON, SECRET * 500) for number in range(20)], NOW)
    with writing(engine) as session:
        forgetting.forget(session, PERSON)
    engine.dispose()
    assert all(SECRET.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_group_that_moves_to_where_it_already_is_keeps_each_thing_once(engine: Engine) -> None:
    for chat in (GROUP, NEW_GROUP):
        follow(engine, chat)
        tell(engine, chat, "pair:1:2")
    follow(engine, GROUP, term="m:killed")
    tell(engine, GROUP, "pair:3:4")
    with writing(engine) as session:
        outbox.moved(session, GROUP, NEW_GROUP)
    with writing(engine) as session:
        assert {topic.terms for topic in subscriptions.following(session, NEW_GROUP)} == {("m:troops",), ("m:killed",)}
        assert outbox.count(session, "waiting") == 2
    assert str(GROUP) not in everything(engine)


def test_a_group_that_moves_keeps_its_language_and_its_unread_updates(engine: Engine) -> None:
    with writing(engine) as session:
        people.set_language(session, GROUP, "id", NOW)
        people.keep_paste(session, GROUP, "text", None, NOW)
        answers.keep(session, GROUP, 3, [4], NOW)
    with writing(engine) as session:
        outbox.moved(session, GROUP, NEW_GROUP)
    with writing(engine) as session:
        assert people.language(session, NEW_GROUP) == "id"
        assert people.pasted(session, NEW_GROUP) is not None
    assert str(GROUP) not in everything(engine)


def test_whoever_sits_at_the_terminal_forgets_nobody_else(engine: Engine) -> None:
    follow(engine, LOCAL_CHAT)
    with writing(engine) as session:
        inbox.put(session, [(5, PERSON, '{"message": {"date": 0}}')], NOW)
    with writing(engine) as session:
        forgetting.forget(session, LOCAL_CHAT)
    with reading(engine) as session:
        assert inbox.count(session, "waiting") == 1
        assert subscriptions.following(session, LOCAL_CHAT) == ()


def test_who_moved_is_told_what_waited(engine: Engine) -> None:
    tell(engine, GROUP, "pair:1:2")
    with writing(engine) as session:
        (message,) = outbox.lease(session, now=NOW)
        outbox.moved(session, GROUP, NEW_GROUP)
        outbox.later(session, message.numbers, NOW, "moved")
    with writing(engine) as session:
        assert [message.chat for message in outbox.lease(session, now=NOW)] == [NEW_GROUP]


def test_an_export_names_all_that_forgetting_takes(engine: Engine) -> None:
    follow(engine, PERSON)
    follow(engine, GROUP, PERSON, term="m:killed")
    with reading(engine) as session:
        kept = forgetting.export(session, PERSON)
    assert [topic["text"] for topic in kept["topic"]] == [SECRET, SECRET]


def test_a_message_that_was_tried_too_often_is_set_aside_with_its_reason(engine: Engine) -> None:
    tell(engine, 1, "pair:1:2")
    for attempt in range(outbox.MOST_ATTEMPTS):
        now = NOW + timedelta(hours=attempt)
        with writing(engine) as session:
            (message,) = outbox.lease(session, now=now)
            outbox.later(session, message.numbers, now, "bad gateway")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT state, error FROM outbox")).all() == [("dead", "bad gateway")]


def test_to_be_asked_to_wait_is_no_failure(engine: Engine) -> None:
    tell(engine, 1, "pair:1:2")
    for attempt in range(3 * outbox.MOST_ATTEMPTS):
        now = NOW + timedelta(hours=attempt)
        with writing(engine) as session:
            (message,) = outbox.lease(session, now=now)
            outbox.later(session, message.numbers, now, "retry after 5", failure=False)
    with reading(engine) as session:
        assert outbox.count(session, "waiting") == 1


def test_a_part_of_a_paste_that_comes_again_is_one_part(engine: Engine) -> None:
    with writing(engine) as session:
        for text, message in (("a", 3), ("b", 4), ("b", 4), ("a", 3)):
            people.keep_paste(session, 5, text, None, NOW, message)
        assert people.pasted(session, 5) == Paste(chat=5, text="ab", source=None)


def test_a_paste_waits_for_the_updates_of_its_chat(engine: Engine) -> None:
    with writing(engine) as session:
        people.keep_paste(session, 5, "a", None, NOW, 3)
        inbox.put(session, [(1, 5, "b")], NOW)
    with writing(engine) as session:
        assert people.whole_pastes(session, NOW) == []
        inbox.lease(session, now=NOW)
        inbox.done(session, 1)
    with writing(engine) as session:
        assert len(people.whole_pastes(session, NOW)) == 1
        people.put_off_pastes(session, NOW + timedelta(seconds=3))
        assert people.whole_pastes(session, NOW) == []


def test_a_closed_paste_is_known_to_its_messages_and_forgotten_after_an_hour(engine: Engine) -> None:
    with writing(engine) as session:
        people.keep_paste(session, 5, "a", None, NOW, 3)
        people.close_paste(session, 5)
    with writing(engine) as session:
        assert people.is_pasting(session, 5, 3)
        assert not people.is_pasting(session, 5, 4)
        assert people.whole_pastes(session, NOW) == []
        people.forget_pastes(session, NOW + timedelta(hours=1))
        assert people.pasted(session, 5) is None


def test_what_could_not_be_answered_is_dropped_after_two_weeks(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(1, 5, SECRET)], NOW)
        inbox.failed(session, 1, "no", NOW, final=True)
    with writing(engine) as session:
        inbox.forget_done(session, NOW + timedelta(days=13))
        assert inbox.count(session, "dead") == 1
        inbox.forget_done(session, NOW + timedelta(days=15))
    assert SECRET not in everything(engine)


def test_a_message_is_not_sent_before_it_is_due(engine: Engine) -> None:
    tell(engine, 1, "pair:1:2")
    with writing(engine) as session:
        (message,) = outbox.lease(session, now=NOW)
        outbox.later(session, message.numbers, NOW + timedelta(seconds=30), "slow down")
    with writing(engine) as session:
        assert outbox.lease(session, now=NOW + timedelta(seconds=29)) == []
        assert len(outbox.lease(session, now=NOW + timedelta(seconds=30))) == 1
