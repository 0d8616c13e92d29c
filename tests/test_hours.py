"""When people are told: quiet hours and digests, by the clock where they live."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.hours import next_digest, quiet_until, waits_until
from bot.notify import render
from bot.queues import Queues
from bot.terminal import plain
from db.values import Preferences
from tests.talks import Talks
from tests.texts import HIGHER_TOLL, MORE_TROOPS, TOLL, TROOPS

JAKARTA, BERLIN, NEW_YORK = ZoneInfo("Asia/Jakarta"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "until"),
    [
        ((22, 7), JAKARTA, "2024-10-24 14:59", None),
        ((22, 7), JAKARTA, "2024-10-24 15:00", "2024-10-25 00:00"),
        ((22, 7), JAKARTA, "2024-10-24 23:59", "2024-10-25 00:00"),
        ((22, 7), JAKARTA, "2024-10-25 00:00", None),
        ((0, 8), JAKARTA, "2024-10-24 18:00", "2024-10-25 01:00"),
        ((22, 7), BERLIN, "2024-10-26 22:00", "2024-10-27 06:00"),  # the clock is put back that night
        ((22, 7), BERLIN, "2024-03-30 22:00", "2024-03-31 05:00"),  # and put on that one
        ((23, 2), BERLIN, "2024-03-30 22:30", "2024-03-31 01:00"),  # two o'clock does not exist there
        ((22, 7), NEW_YORK, "2024-10-24 12:00", None),
    ],
)
def test_quiet_hours_are_those_of_the_place(
    hours: tuple[int, int], zone: ZoneInfo, now: str, until: str | None
) -> None:
    assert quiet_until(hours, zone, at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("digest", "now", "due"),
    [
        ("daily", "2024-10-24 00:59", "2024-10-24 01:00"),
        ("daily", "2024-10-24 01:00", "2024-10-25 01:00"),
        ("weekly", "2024-10-24 12:00", "2024-10-28 01:00"),  # a Thursday, and the next Monday
        ("weekly", "2024-10-28 01:00", "2024-11-04 01:00"),
    ],
)
def test_a_digest_is_due_at_its_hour(digest: str, now: str, due: str) -> None:
    assert next_digest(digest, 8, JAKARTA, at(now)) == at(due)


def test_what_came_up_before_the_hour_goes_with_it_even_late() -> None:
    wanted = Preferences(digest="daily", digest_hour=8)
    assert waits_until(wanted, JAKARTA, at("2024-10-24 00:30"), at("2024-10-24 00:30")) == at("2024-10-24 01:00")
    assert waits_until(wanted, JAKARTA, at("2024-10-24 00:30"), at("2024-10-24 05:00")) is None
    assert waits_until(wanted, JAKARTA, at("2024-10-24 02:00"), at("2024-10-24 05:00")) == at("2024-10-25 01:00")


def told(engine: Engine, talks: Talks) -> list[str]:
    """What is sent to the person now, a text a message; marked as sent."""
    queues, texts = Queues(engine, zone=JAKARTA), []
    while due := queues.due_messages(talks.clock.now):
        for message in due:
            replies = render(queues.alerts(message), digest=message.digest)
            texts.append("\n".join(plain(reply.text) for reply in replies))
            queues.sent(message.numbers, talks.clock.now, 1)
            assert len(replies) == 1
    return texts


def follow_all(talks: Talks) -> None:
    for text in (TROOPS, TOLL):
        talks.says(f"/add {text}", is_admin=True, chat=7, person=7)
    for topic in ("north korean troops", "flood deaths in demak"):
        talks.says(f"/follow {topic}")
    talks.says("/following 2")
    talks.taps("events:2:everything")


def test_what_happens_in_quiet_hours_is_told_after_them(talks: Talks, engine: Engine) -> None:
    follow_all(talks)
    talks.taps("set:quiet:18-7")  # it is 19 o'clock in Jakarta
    talks.says(f"/add {MORE_TROOPS}", is_admin=True, chat=7, person=7)
    assert told(engine, talks) == []
    talks.clock.moves(hours=11)
    assert told(engine, talks) == []
    talks.clock.moves(hours=1)
    (text,) = told(engine, talks)
    assert "12,000" in text
    assert told(engine, talks) == []


def test_a_digest_tells_once_a_day_what_happened_and_nothing_when_nothing_did(talks: Talks, engine: Engine) -> None:
    follow_all(talks)
    talks.taps("set:zone:Asia/Jakarta")
    talks.taps("set:digest:daily:8")
    talks.says(f"/add {MORE_TROOPS}", is_admin=True, chat=7, person=7)
    assert told(engine, talks) == []
    talks.clock.moves(hours=6)
    talks.says(f"/add {HIGHER_TOLL}", is_admin=True, chat=7, person=7)
    assert told(engine, talks) == []
    talks.clock.moves(hours=7)  # eight in the morning
    (text,) = told(engine, talks)
    assert "Your digest: 2 things happened in your topics." in text
    assert "12,000" in text
    assert "19 dead" in text
    for _ in range(3):
        talks.clock.moves(days=1)
        assert told(engine, talks) == []


def test_who_ends_the_digest_hears_what_waited_at_once(talks: Talks, engine: Engine) -> None:
    follow_all(talks)
    talks.taps("set:digest:weekly:8")
    talks.says(f"/add {MORE_TROOPS}", is_admin=True, chat=7, person=7)
    assert told(engine, talks) == []
    talks.taps("set:digest:off")
    (text,) = told(engine, talks)
    assert "12,000" in text
    assert "digest" not in text


def test_a_digest_that_telegram_refuses_for_a_moment_goes_a_moment_later(talks: Talks, engine: Engine) -> None:
    follow_all(talks)
    talks.taps("set:digest:daily:8")
    talks.says(f"/add {MORE_TROOPS}", is_admin=True, chat=7, person=7)
    queues = Queues(engine, zone=JAKARTA)
    assert queues.due_messages(talks.clock.now) == []
    talks.clock.moves(hours=13)
    (message,) = queues.due_messages(talks.clock.now)
    queues.send_later(message.numbers, talks.clock.now + timedelta(seconds=5), "retry after 5", failure=False)
    talks.clock.moves(seconds=6)
    assert len(told(engine, talks)) == 1


def test_a_digest_is_one_message_however_much_happened(talks: Talks, engine: Engine) -> None:
    talks.says("/follow flood deaths in demak")
    talks.taps("events:1:everything")
    talks.taps("set:digest:daily:8")
    for day in range(10, 28):
        text = f"Banjir\nDemak, {day} Maret 2024 – BNPB mengatakan bahwa {day * 3} orang tewas dalam banjir di Demak.\n"
        talks.says(f"/add {text}", is_admin=True, chat=7, person=7)
    talks.clock.moves(hours=13)
    (text,) = told(engine, talks)
    assert "18 things happened" in text
    assert "more: /conflicts lists them" in text
