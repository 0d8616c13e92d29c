"""Admins: how the bot fares, what goes wrong, and what people send in for review."""

import re
import time
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.conversation import Attached, Incoming, Quoted
from db import feeds, sources
from db.engine import writing
from db.submissions import MOST_OF_ONE
from db.tables import metadata
from db.values import SourceKind, Trust
from tests.bots import ADMIN, SECRET, Bots
from tests.talks import Talks
from tests.telegram_server import TelegramServer
from tests.texts import MORE_TROOPS, NOW, TROOPS

#: an address that a file claims for itself
FORGED = "https://forged.example/troops"
#: questions raise something that holds the token
TELLTALE = f"""
from bot.service import Service
import bot.telegram.work
bot.telegram.work.PAUSE = 0.02

def spoilt(*arguments, **more):
    raise OSError("https://api.telegram.org/bot123456:{SECRET}/getMe refuses <this>")

Service.ask_in_chat = spoilt
"""


def test_status_tells_admins_how_the_bot_fares(talks: Talks, engine: Engine) -> None:
    talks.says(f"/add {TROOPS}", is_admin=True)
    with writing(engine) as session:
        source = sources.named(session, "Slow News", kind=SourceKind.FEED, now=NOW, trust=Trust.NORMAL)
        number = feeds.add(session, source=source.number, url="https://slow.example/feed", host="slow.example",
                           topic=None, every=900, now=NOW)[0]  # fmt: skip
        feeds.set_state(session, number, "gone", NOW)
    told = talks.says("/status", is_admin=True)
    for words in (
        "articles 1, claims 3",
        "Updates: 0 wait",
        "failing: 1",
        "Slow News",
        "MB, ",
        "claimbot ",
        "schema 00",
    ):
        assert words in told
    assert "Nobody listens to Telegram" in told
    assert "Keadaan saya" in talks.says("/status", is_admin=True, language="id")
    assert "Only admins" in talks.says("/status")


def test_what_a_reader_sends_in_becomes_an_article_once_an_admin_accepts_it(
    server: TelegramServer, sqlite_bots: Bots
) -> None:
    admin, ani = server.person(ADMIN), server.person(21, "id")
    with sqlite_bots.running():
        admin.says("/review")
        admin.hears("Nothing waits for review")
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        ani.forwards(MORE_TROOPS, "Example Wire")
        checked = ani.hears("bertentangan dengan")
        query = ani.taps(checked, "Kirim ke redaksi")
        server.wait(lambda: query in server.answers and not checked.buttons)
        assert "Terkirim ke redaksi" in server.answers[query]["text"]
        admin.says("/review")
        waiting = admin.hears("forwarded from Example Wire")
        assert "12,000 North Korean soldiers" in waiting.text
        for _ in range(2):
            admin.sends_tap(waiting, waiting.button("Accept") if waiting.buttons else "review:accept:1")
        admin.hears("Stored: Kyiv counts four times as many")
        server.wait(lambda: "Nothing waits" in waiting.text)
        ani.says("berapa tentara korea utara di rusia?")
        assert "Example Wire" in ani.hears("Yang diklaim").text
    assert len([one for one in admin.heard if "Stored: Kyiv" in one.text]) == 1


def send_in(talks: Talks, text: str, **more: object) -> str:
    return talks.taps("submit:", below=Incoming(chat=5, person=5, text=text), **more)


def test_what_is_rejected_is_kept_nowhere(talks: Talks, engine: Engine) -> None:
    send_in(talks, MORE_TROOPS)
    talks.says("/review", is_admin=True)
    assert "Rejected" in talks.presses("Reject", is_admin=True)
    assert "Nothing waits" in talks.read
    with engine.connect() as connection:
        left = "".join(str(row) for table in metadata.sorted_tables for row in connection.execute(table.select()))
    assert "12,000" not in left


def test_review_leafs_through_what_waits(talks: Talks) -> None:
    for text in (TROOPS, MORE_TROOPS):
        send_in(talks, text)
        send_in(talks, text, person=6, chat=6)  # the same text is one
    assert "2 texts wait" in talks.says("/review", is_admin=True)
    assert "Seoul menghitung" in talks.read
    assert "Kyiv counts" in talks.presses("Next", is_admin=True)
    assert "Seoul menghitung" in talks.presses("Next", is_admin=True)


def test_nobody_fills_the_editors_desk_alone(talks: Talks) -> None:
    for number in range(MOST_OF_ONE):
        assert "Thank you" in send_in(talks, f"{number}. {MORE_TROOPS}")
    assert "Too many of your texts wait" in send_in(talks, MORE_TROOPS)
    assert "Thank you" in send_in(talks, MORE_TROOPS, person=6)


@pytest.mark.parametrize("data", ["review:accept:1", "review:reject:1", "review:next:1", "review:", "submit:7"])
def test_only_admins_decide_and_a_text_that_is_not_there_is_not_sent(talks: Talks, data: str) -> None:
    send_in(talks, MORE_TROOPS)
    assert "too old" in talks.taps(data, below=Incoming(chat=5, person=5, text="x") if data == "submit:7" else None)
    assert "Only admins" in talks.says("/review")
    assert "One text waits" in talks.says("/review", is_admin=True)


def test_an_admins_own_text_and_a_groups_are_not_offered_to_the_editors(talks: Talks) -> None:
    for text in (MORE_TROOPS, MORE_TROOPS + "Nothing else is said in this sentence. " * 20):
        talks.says(text)
        assert talks.labels == ["Send to the editors"]
        talks.says(text, is_group=True)
        assert talks.labels == []
        talks.says(text, is_admin=True)
        assert talks.labels == []


@pytest.mark.parametrize(
    "said",
    [
        {"text": "is this true?", "quoted": Quoted(MORE_TROOPS, "Kabar TV", NOW.date())},
        {"file": Attached("kyiv.txt", MORE_TROOPS.encode())},
        {"file": Attached("forged.md", f"---\nurl: {FORGED}\nsource: Forged\n---\n{MORE_TROOPS}".encode())},
    ],
)
def test_what_was_quoted_or_attached_can_be_sent_in_too(talks: Talks, said: dict[str, Any]) -> None:
    talks.says(**{"text": "", **said})
    assert "Thank you" in talks.presses("Send to the editors", below=Incoming(chat=5, person=5, **said))
    assert "12,000 North Korean soldiers" in talks.says("/review", is_admin=True)
    assert ("Kabar TV" in talks.read) == ("quoted" in said)
    talks.presses("Accept", is_admin=True)
    talks.says("how many north korean troops are in russia?")
    assert "12,000" in talks.read
    assert not re.search("forged", "".join(one.text for one in talks.shown), re.IGNORECASE)  # a file's word for itself


def test_an_error_has_a_reference_for_the_person_and_the_admin_and_no_token(
    server: TelegramServer, sqlite_bots: Bots
) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    with sqlite_bots.running(spoilt=TELLTALE):
        admin.says("/help")
        admin.hears("Write a question")
        ani.says("who is the president of atlantis?")
        told = ani.hears("Something went wrong")
        reference = told.text.partition("(")[2].partition(")")[0]
        report = admin.hears(f"Error {reference}")
        ani.says("who is the king of atlantis?")
        server.wait(lambda: len([one for one in ani.heard if "went wrong" in one.text]) == 2)
    assert reference.startswith("E")
    assert "refuses <this>" in report.text
    assert SECRET not in report.text
    assert reference in sqlite_bots.log
    assert len([one for one in admin.heard if "Error" in one.text]) == 1  # the same cause is not told again at once


def test_a_job_that_fails_again_and_again_is_reported_once(server: TelegramServer, sqlite_bots: Bots) -> None:
    spoilt = "from bot.queues import Queues\nQueues.due_messages = lambda *_, **__: 1 / 0"
    admin = server.person(ADMIN)
    with sqlite_bots.running(spoilt=spoilt):
        admin.says("/status")
        admin.hears("Telegram was heard")
        assert "division by zero" in admin.hears("Error J-notify").text
        time.sleep(2.2)
    assert len([one for one in admin.heard if "J-notify" in one.text]) == 1


def test_an_alert_that_cannot_be_told_is_reported_and_tried_again(server: TelegramServer, sqlite_bots: Bots) -> None:
    spoilt = (
        "from bot.queues import Queues\nleft, alerts = 1, Queues.alerts\n"
        "def spoilt(*more):\n    global left\n    left -= 1\n    return 1 / 0 if left >= 0 else alerts(*more)\n"
        "Queues.alerts = spoilt"
    )
    admin, ani = server.person(ADMIN), server.person(21)
    with sqlite_bots.running(spoilt=spoilt):
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        ani.says("/follow north korean troops in russia")
        ani.hears("You follow")
        admin.says(f"/add {MORE_TROOPS}")
        assert "12,000" in ani.hears("in what you follow").text
        assert "division by zero" in admin.hears("Error M").text
