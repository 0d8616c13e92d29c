"""What is yours: settings in one message, what is kept of you, all of it handed over, all of it forgotten."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Engine, insert

from db import conflicts, outbox
from db.columns import Key, Words
from db.engine import writing
from db.tables import metadata
from tests.bots import Bots
from tests.processes import Forks
from tests.talks import Talks
from tests.telegram_server import TelegramServer
from tests.texts import MORE_TROOPS, NOW, TROOPS

PERSON = 777000111


def test_all_settings_are_one_message_that_changes_in_place(talks: Talks) -> None:
    assert "Language: English\nTime zone: UTC, where it is 12:00 PM now" in talks.says("/settings")
    talks.presses("Time zone")
    assert "Jakarta 7:00 PM" in talks.labels
    assert "Time zone: Jakarta, where it is 7:00 PM now" in talks.presses("Jakarta")
    talks.presses("Quiet hours")
    assert "Quiet hours: 10:00 PM–7:00 AM" in talks.presses("10:00 PM–7:00 AM")
    talks.presses("Digest")
    talks.presses("Every Monday")
    assert "Digest: every Monday at 8:00 AM" in talks.presses("8:00 AM")
    talks.presses("Digest")
    assert "Digest: Off – told as it happens" in talks.presses("Off")
    talks.presses("Quiet hours")
    assert "Back" in talks.labels
    assert "Quiet hours: Off" in talks.presses("Off")
    talks.presses("Language")
    assert "Zona waktu: Jakarta, di sana sekarang pukul 19.00" in talks.presses("Indonesia")


def test_hours_without_a_time_zone_ask_for_one(talks: Talks) -> None:
    assert "What does your clock show?" in talks.taps("set:quiet:22-7")
    assert "Quiet hours: 10:00 PM" in talks.presses("Berlin")


def test_a_zone_that_is_not_listed_is_written(talks: Talks) -> None:
    assert "Time zone: Pontianak" in talks.says("/settings Asia/Pontianak")
    assert "Time zone: Mexico City" in talks.says("/settings mexico city")
    assert "I know no time zone “Mars”" in talks.says("/settings Mars")


@pytest.mark.parametrize(
    "data",
    ["set:zone:../../etc/passwd", "set:zone:", "set:quiet:7-7", "set:quiet:25-3", "set:digest:hourly:8", "settings:all",
     "set:digest:daily:99", "set:language:xx", "set:", "set:zone", "settings:digest:never", "set:digest:daily"],
)  # fmt: skip
def test_a_forged_choice_changes_nothing(talks: Talks, data: str) -> None:
    before = talks.says("/settings")
    assert "too old" in talks.taps(data)
    assert talks.says("/settings") == before


def test_stop_ends_all_at_once(talks: Talks, engine: Engine) -> None:
    talks.says("/follow north korean troops")
    talks.says("/follow inflation in france")
    with writing(engine) as session:
        outbox.put(session, chat=5, kind="claim", event="claim:1", payload={"a": 1, "topic": 1}, now=NOW)
    assert "2 topics ended" in talks.says("/stop")
    assert "You follow nothing" in talks.says("/stop")
    with writing(engine) as session:
        assert outbox.count(session, "waiting") == 0


def test_privacy_says_what_is_kept_and_how_to_get_and_delete_it(talks: Talks) -> None:
    for language, words in (("en", "What I do not keep"), ("id", "Yang tidak saya simpan")):
        told = talks.says("/privacy", language=language)
        assert words in told
        assert all(command in told for command in ("/mydata", "/forget", "/stop"))


def a_row_in_every_table(engine: Engine, person: int) -> set[str]:
    """Fills every table that names chats or persons; gives their names."""
    named = [table for table in metadata.sorted_tables if {"chat", "person"} & set(table.c.keys())]
    with engine.begin() as connection:
        for table in named:
            row = {column.name: _something(column) for column in table.c if not column.nullable}
            row |= {name: person for name in ("chat", "person") if name in table.c}
            row |= {"conflict": 1} if "conflict" in table.c and table.c["conflict"].foreign_keys else {}
            row = {name: value for name, value in row.items() if value is not None}
            connection.execute(insert(table).values(**row))
    return {table.name for table in named}


def _something(column: Column[Any]) -> object:
    """A value for a column, None for a number that the database counts up by itself."""
    if column.primary_key and column.name == "number":
        return None
    if isinstance(column.type, JSON):
        return []
    kind = str if isinstance(column.type, Words | Key) else column.type.python_type
    return {str: "xyzzyplugh", int: 1, bool: False}.get(kind, NOW)


def test_every_table_that_names_a_person_is_handed_over_and_forgotten(talks: Talks, engine: Engine) -> None:
    """Whatever table comes later: its columns `chat` and `person` are enough."""
    for text in (TROOPS, MORE_TROOPS):
        talks.says(f"/add {text}", is_admin=True)
    named = a_row_in_every_table(engine, PERSON)
    who: dict[str, Any] = {"chat": PERSON, "person": PERSON}
    talks.says("/mydata", **who)
    (document,) = (one.document for one in talks.shown)
    assert document
    assert set(json.loads(document.content)) == named
    assert "Delete everything" in talks.says("/forget", **who)
    assert "I keep nothing" in talks.presses("Yes", **who)
    with engine.connect() as connection:
        left = [str(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    assert not [row for row in left if str(PERSON) in row]


def test_an_admin_who_is_forgotten_leaves_articles_and_acts_without_a_name(talks: Talks, engine: Engine) -> None:
    for text in (TROOPS, MORE_TROOPS):
        talks.says(f"/add {text}", is_admin=True, chat=PERSON, person=PERSON)
    with writing(engine) as session:
        conflicts.note(session, 1, "confirmed", NOW, person=PERSON, reason="seen")
    talks.taps("forget:yes", chat=PERSON, person=PERSON)
    with engine.connect() as connection:
        left = "".join(str(row) for table in metadata.sorted_tables for row in connection.execute(table.select()))
    assert str(PERSON) not in left
    assert "12,000" in talks.says("how many north korean troops are in russia?")
    assert "seen" in left


def test_a_day_with_one_s_data_over_telegram(
    server: TelegramServer, forks: Forks, sqlite_template: Path, tmp_path: Path
) -> None:
    """Settings are changed in place, the data come as a file, and after /forget no byte of the database names them."""
    store = tmp_path / "store"
    store.mkdir()
    (store / "claims.db").write_bytes(sqlite_template.read_bytes())
    bots = Bots(forks, server, f"sqlite:///{store / 'claims.db'}", tmp_path)
    ani = server.person(PERSON, "id")
    with bots.running():
        ani.says("/follow xyzzyplugh pasukan korea utara")
        ani.hears("Anda mengikuti")
        ani.says("/settings")
        settings = ani.hears("Pengaturan")
        ani.taps(settings, "Zona waktu")
        server.wait(lambda: any("Jakarta" in label for label in settings.labels))
        ani.taps(settings, "Jakarta")
        server.wait(lambda: "Zona waktu: Jakarta" in settings.text)
        ani.says("/mydata")
        file = ani.hears("Semua yang saya simpan").file
        assert file
        assert "xyzzyplugh" in file.content.decode()
        assert str(PERSON).encode() in b"".join(path.read_bytes() for path in store.iterdir())
        ani.says("/forget")
        asked = ani.hears("Hapus semua")
        ani.taps(asked, "Ya")
        server.wait(lambda: asked.edited)
        kept = b"".join(path.read_bytes() for path in store.iterdir())
    assert b"xyzzyplugh" not in kept
    assert str(PERSON).encode() not in kept
    assert server.unanswered() == set()
