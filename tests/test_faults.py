"""What goes wrong around the bot: it recovers by itself, or ends with a code that is not 0; never alive and deaf."""

import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.bots import ADMIN, SECRET, SPOILT_DISK, SPOILT_HANDLER, Bots
from tests.processes import Forks
from tests.telegram_server import TelegramServer
from tests.texts import MORE_TROOPS, TROOPS

DEAF = 70
ALWAYS = f"{SPOILT_HANDLER}\nleft = 10**9\nimport bot.telegram.work\nbot.telegram.work.PAUSE = 0.05"
CRASH = """
import bot.telegram.app as app

def spoilt(self):
    raise RuntimeError(self.app.bot.base_url)

app._Running._work = spoilt
"""
NO_MARKUP = "import bot.replies\nbot.replies.answer = lambda *_: (bot.replies.Reply('<b>half <i>open</b> & more'),)"
TOO_LONG = "import bot.replies\nbot.replies.answer = lambda *_: (bot.replies.Reply('x' * 5000),)"
UNENCODABLE = "import bot.replies\nbot.replies.answer = lambda *_: (bot.replies.Reply('half \\ud83c of a pair'),)"


def say_hello(server: TelegramServer, seconds: float = 30, person: int = 21) -> None:
    """The bot answers."""
    ani = server.person(person)
    ani.says("/help")
    ani.hears("Write a question", seconds)


def follow_and_contradict(server: TelegramServer, *followers: int, chat: int | None = None) -> None:
    """People follow a topic, and a contradiction comes in."""
    admin = server.person(ADMIN)
    admin.says(f"/add {TROOPS}")
    admin.hears("Stored")
    for number in followers:
        person = server.person(number)
        name = "@claim_test_bot" if chat else ""
        person.says(f"/follow{name} north korean troops in russia", chat)
        server.wait(lambda person=person: server.messages(chat or person.number))  # type: ignore[misc]
    admin.says(f"/add {MORE_TROOPS}")


# polling


@pytest.mark.parametrize("fault", ["401", "404", "500", "502", "drop before", "drop after", "malformed", "409"])
def test_polling_goes_on_after(server: TelegramServer, sqlite_bots: Bots, fault: str) -> None:
    server.fail("getUpdates", fault)
    with sqlite_bots.running():
        say_hello(server)


@pytest.mark.parametrize("fault", ["502", "drop before", "429"])
def test_the_bot_waits_for_an_api_that_is_not_there_yet(server: TelegramServer, sqlite_bots: Bots, fault: str) -> None:
    server.fail("getMe", fault)
    with sqlite_bots.running():
        say_hello(server)


def test_a_menu_that_cannot_be_set_is_done_without(server: TelegramServer, sqlite_bots: Bots) -> None:
    server.fail("setMyCommands", "500")
    with sqlite_bots.running():
        say_hello(server)


@pytest.mark.parametrize("fault", ["401", "502", "drop before"])
def test_a_bot_that_hears_nothing_ends_itself(server: TelegramServer, sqlite_bots: Bots, fault: str) -> None:
    server.fail("getUpdates", fault, times=float("inf"))
    bot = sqlite_bots.start(WATCHDOG_SECONDS="2")
    assert bot.wait(30) == DEAF
    assert "nothing heard from Telegram for 2" in sqlite_bots.log
    assert SECRET not in sqlite_bots.log


def test_a_bot_that_never_reaches_telegram_ends_itself(sqlite_bots: Bots) -> None:
    bot = sqlite_bots.start(WATCHDOG_SECONDS="1", TELEGRAM_API_URL="http://127.0.0.1:9/bot")
    assert bot.wait(30) == DEAF


def test_a_bot_whose_token_another_program_uses_ends_with_one_line(server: TelegramServer, sqlite_bots: Bots) -> None:
    server.fail("getUpdates", "409", times=float("inf"))
    code, said = sqlite_bots.once()
    assert code == 1
    assert said.strip().splitlines()[-1] == (
        "claimbot: another program receives updates with this token: stop it, or use another token"
    )


def test_of_two_bots_with_one_token_one_stays(
    forks: Forks, server: TelegramServer, sqlite_bots: Bots, tmp_path: Path
) -> None:
    other = Bots(forks, server, f"sqlite:///{tmp_path / 'other.db'}", tmp_path)
    with sqlite_bots.running():
        say_hello(server)
        code, said = other.once()
        assert code == 1
        assert "another program receives updates" in said
        say_hello(server, person=22)


# updates


def test_an_update_that_is_none_is_set_aside_without_a_stir(server: TelegramServer, bots: Bots) -> None:
    with bots.running():
        server.push_malformed(message={"text": 5})
        server.push_malformed(message={"message_id": 1, "chat": {"id": 21}, "date": "yesterday"})
        server.push_malformed(callback_query={"id": 7})
        server.updates.append({"message": "no number"})
        say_hello(server)
        polls = len([call for call in server.calls if call.method == "getUpdates"])
        time.sleep(1)
        assert len([call for call in server.calls if call.method == "getUpdates"]) - polls <= 2
    assert (
        '"inbox_dead": 3'
        in bots.forks.run(["db", "stats", "--json", "--database", bots.url], folder=bots.folder).stdout
    )


def test_the_same_update_twice_is_answered_once(server: TelegramServer, bots: Bots) -> None:
    ani = server.person(21)
    with bots.running():
        ani.says("/privacy")
        row = {"update_id": 1, "message": ani.history[1]}
        ani.hears("I keep")
        server.updates.append(row)
        say_hello(server, person=22)
    assert len(ani.heard) == 1


def test_a_handler_that_raises_is_tried_again(server: TelegramServer, bots: Bots) -> None:
    ani = server.person(21)
    with bots.running(spoilt=SPOILT_HANDLER):
        ani.says("Who is the president of Atlantis?")
        ani.hears("I know nothing about that")
    assert len(ani.heard) == 1
    assert "ZeroDivisionError" in bots.log


def test_an_update_that_always_fails_is_apologised_for(server: TelegramServer, sqlite_bots: Bots) -> None:
    ani = server.person(21)
    with sqlite_bots.running(spoilt=ALWAYS):
        ani.says("Who is the president of Atlantis?")
        ani.hears("went wrong")
        say_hello(server, person=21)


def test_what_was_waiting_at_the_end_is_answered_after_the_next_start(server: TelegramServer, bots: Bots) -> None:
    people = [server.person(number) for number in range(100, 160)]
    with bots.running() as bot:
        for person in people:
            person.says("/privacy")
        server.wait(lambda: server.sent)
        bot.signal(signal.SIGTERM)
        bot.wait(30)
    with bots.running():
        for person in people:
            person.hears("I keep")
    assert [len(person.heard) for person in people] == [1] * len(people)


# the database


def test_a_locked_database_is_waited_for(server: TelegramServer, sqlite_bots: Bots, tmp_path: Path) -> None:
    with sqlite_bots.running():
        say_hello(server)
        other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        ben = server.person(22)
        ben.says("/help")
        time.sleep(1.5)
        assert ben.heard == []
        other.execute("ROLLBACK")
        other.close()
        ben.hears("Write a question", 30)


def test_a_database_that_stays_locked_ends_the_bot(server: TelegramServer, sqlite_bots: Bots, tmp_path: Path) -> None:
    bot = sqlite_bots.start(WATCHDOG_SECONDS="3")
    say_hello(server)
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ben = server.person(22)
    ben.says("/help")
    assert bot.wait(30) == DEAF
    other.close()
    with sqlite_bots.running():
        ben.hears("Write a question", 30)


@pytest.mark.parametrize("what", ["full", "readonly"])
def test_a_disk_that_takes_nothing_loses_nothing(
    server: TelegramServer, sqlite_bots: Bots, tmp_path: Path, what: str
) -> None:
    with sqlite_bots.running(spoilt=SPOILT_DISK):
        say_hello(server)
        (tmp_path / "disk").write_text(what)
        texts = ["/help " + "much " * 800, "who said what about " + "everything " * 300]
        # the first one's answer was sent, and may not be marked yet
        for number in (21, *range(30, 40)):
            server.person(number).says(texts[number % 2])
        time.sleep(2)
        (tmp_path / "disk").unlink()
        for number in range(30, 40):
            server.wait(lambda number=number: server.messages(number), 40)  # type: ignore[misc]
        server.wait(lambda: len(server.messages(21)) > 1, 40)
    assert [len(server.messages(number)) for number in (21, *range(30, 40))] == [2] + [1] * 10


@pytest.mark.parametrize("what", ["full", "readonly"])
def test_a_disk_that_stays_so_ends_the_bot(
    server: TelegramServer, sqlite_bots: Bots, tmp_path: Path, what: str
) -> None:
    bot = sqlite_bots.start(spoilt=SPOILT_DISK, WATCHDOG_SECONDS="3")
    say_hello(server)
    time.sleep(4)  # to hear nothing new is not to be deaf
    assert bot.poll() is None
    (tmp_path / "disk").write_text(what)
    ben = server.person(22)
    for person in (ben, *(server.person(number) for number in range(30, 50))):  # more than free pages take
        person.says("/ask " + "much " * 800)
    assert bot.wait(30) == DEAF
    (tmp_path / "disk").unlink()
    assert ben.heard == []
    with sqlite_bots.running(spoilt=SPOILT_DISK):
        ben.hears("/help lists them", 30)


# sending


def test_a_chat_that_has_to_wait_waits_alone(server: TelegramServer, bots: Bots) -> None:
    ani, ben = server.person(21), server.person(22)
    with bots.running():
        say_hello(server, person=23)
        server.fail("sendMessage", "429", value=4)
        start = time.monotonic()
        ani.says("/help")
        server.wait(lambda: not server.faults["sendMessage"])
        ben.says("/help")
        ben.hears("Write a question", 3)
        ani.hears("Write a question", 15)
        assert time.monotonic() - start >= 4
    assert (len(ani.heard), len(ben.heard)) == (1, 1)


@pytest.mark.parametrize("fault", ["500", "502", "drop before", "401"])
def test_an_answer_that_was_not_taken_goes_later(server: TelegramServer, sqlite_bots: Bots, fault: str) -> None:
    with sqlite_bots.running():
        server.fail("sendMessage", fault, times=3)
        say_hello(server)
    assert len(server.messages(21)) == 1


def test_an_answer_taken_late_is_sent_once(server: TelegramServer, sqlite_bots: Bots) -> None:
    with sqlite_bots.running():
        server.fail("sendMessage", "slow", value=8)
        say_hello(server)
        say_hello(server, person=22)
        time.sleep(5)
    assert len(server.messages(21)) == 1


def test_an_alert_that_was_not_taken_goes_later(server: TelegramServer, bots: Bots) -> None:
    with bots.running():
        follow_and_contradict(server, 21)
        server.fail("sendMessage", "500", times=2)
        server.chats[21].hears("in what you follow", 30)
        time.sleep(1)
    assert len(server.messages(21)) == 2


def test_who_blocked_the_bot_hears_no_more_until_they_come_back(server: TelegramServer, bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    with bots.running():
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        ani.says("/follow north korean troops in russia")
        ani.hears("You follow")
        server.blocked.add(21)
        admin.says(f"/add {MORE_TROOPS}")
        server.wait(lambda: any("Forbidden" in line for line in server.transcript))
        time.sleep(1.5)
        assert len([line for line in server.transcript if "Forbidden" in line]) == 1
        ani.says("/start")
        ani.hears("I read news reports")
        admin.says("/add " + MORE_TROOPS.replace("12,000", "20,000").replace("Zelenskyy", "Biden"))
        assert "20,000" in ani.hears("in what you follow").text


def test_a_group_that_moved_is_followed_once(server: TelegramServer, bots: Bots) -> None:
    server.group(-500, admins=(server.person(21),))
    with bots.running():
        follow_and_contradict(server, 21, chat=-500)
        server.wait(lambda: any("what you follow" in one.text for one in server.messages(-500)))
        new = server.move(-500)
        server.person(21).says("/following@claim_test_bot", -500)
        server.wait(lambda: server.messages(new) or server.messages(-500)[2:])


def test_an_alert_to_a_group_that_moves_is_sent_once(server: TelegramServer, bots: Bots) -> None:
    group = server.group(-500, admins=(server.person(21),))
    with bots.running():
        admin = server.person(ADMIN)
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        server.person(21).says("/follow@claim_test_bot north korean troops in russia", group)
        group.hears("You follow")
        server.move(-500)
        admin.says(f"/add {MORE_TROOPS}")
        group.hears("in what you follow")
        time.sleep(1.5)
    assert len(group.heard) == 1


def test_markup_that_telegram_does_not_understand_goes_as_plain_text(server: TelegramServer, sqlite_bots: Bots) -> None:
    ani = server.person(21)
    with sqlite_bots.running(spoilt=NO_MARKUP):
        ani.says("Who is the president of Atlantis?")
        assert ani.hears("half").text == "half open & more"
    server.violations.clear()  # that is what was provoked


@pytest.mark.parametrize(("spoilt", "words"), [(TOO_LONG, "went wrong"), (UNENCODABLE, "half \ufffd of a pair")])
def test_what_cannot_be_sent_is_never_repeated_unchanged(
    server: TelegramServer, sqlite_bots: Bots, spoilt: str, words: str
) -> None:
    ani = server.person(21)
    with sqlite_bots.running(spoilt=spoilt):
        ani.says("Who is the president of Atlantis?")
        ani.hears(words)
        time.sleep(1)
    assert len(ani.heard) == 1
    assert len(server.violations) == (1 if spoilt is TOO_LONG else 0)
    server.violations.clear()


def test_an_alert_that_another_process_causes_arrives_within_two_seconds(server: TelegramServer, bots: Bots) -> None:
    ani = server.person(21)
    (bots.folder / "a.txt").write_text(TROOPS, "utf-8")
    (bots.folder / "b.txt").write_text(MORE_TROOPS, "utf-8")
    with bots.running():
        bots.forks.run(["ingest", "a.txt", "--database", bots.url], folder=bots.folder)
        ani.says("/follow north korean troops in russia")
        ani.hears("You follow")
        done = bots.forks.run(["ingest", "b.txt", "--database", bots.url], folder=bots.folder)
        start = time.monotonic()
        assert "in conflict" in done.stdout
        ani.hears("in what you follow")
        assert time.monotonic() - start < 2


def test_nothing_logged_at_debug_holds_the_token(server: TelegramServer, sqlite_bots: Bots) -> None:
    """Not even what nobody catches."""
    bot = sqlite_bots.start(spoilt=CRASH)
    assert bot.wait(30) == 1
    assert "RuntimeError" in sqlite_bots.log
    assert SECRET not in sqlite_bots.log
