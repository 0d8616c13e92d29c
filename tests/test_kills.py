"""kill -9 in the middle of everything, then a restart: all is answered, stored and told; a kill repeats one message."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.service import Service
from bot.topics import Topics
from claims.model import Article
from db.engine import open_database
from db.values import StoredClaim
from tests.bots import ADMIN, Bots
from tests.telegram_people import Person
from tests.telegram_server import TelegramServer
from tests.texts import MORE_TROOPS, NOW, TROOPS

#: a few in `make test`, many in `make soak`
KILLS = pytest.mark.parametrize("kills", [1, pytest.param(25, marks=pytest.mark.soak)])


def killed_again_and_again(bots: Bots, server: TelegramServer, kills: int, more: Callable[[int], None]) -> None:
    """Start the bot, let more come in, kill it after a few messages went out; so many times."""
    chance = random.Random(kills)
    for turn in range(kills):
        sent = len(server.sent)
        bot = bots.start()
        more(turn)
        server.wait(lambda sent=sent: len(server.sent) > sent, 40)  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.15))
        bot.kill()


@KILLS
def test_every_message_is_answered(server: TelegramServer, bots: Bots, kills: int) -> None:
    people = [server.person(number) for number in range(100, 100 + 8 * kills)]

    def more(turn: int) -> None:
        for person in people[8 * turn : 8 * turn + 8]:
            person.says("/privacy")

    killed_again_and_again(bots, server, kills, more)
    with bots.running():
        for person in people:
            person.hears("I keep", 40)
        time.sleep(1)
    assert sum(len(person.heard) for person in people) <= len(people) + kills


@KILLS
def test_every_alert_is_told(server: TelegramServer, bots: Bots, kills: int) -> None:
    service = Service(open_database(bots.url))
    followers = [server.person(number) for number in range(100, 100 + 6 * kills)]
    service.add_article(Article(id="a", text=TROOPS), now=NOW)
    for person in followers:
        person.started = True
        Topics(service.engine).follow(person.number, "north korean troops in russia", language="en", now=NOW)
    service.add_article(Article(id="b", text=MORE_TROOPS), now=NOW)
    service.engine.dispose()
    killed_again_and_again(bots, server, kills, lambda turn: None)
    with bots.running():
        for person in followers:
            person.hears("in what you follow", 40)
        time.sleep(1.5)
    assert sum(len(person.heard) for person in followers) <= len(followers) + kills


def town(number: int) -> str:
    return f"Kota{chr(97 + number // 26)}{chr(97 + number % 26)}"


@KILLS
def test_every_claim_of_an_ingest_is_there_once(bots: Bots, kills: int) -> None:
    """And every follower is to be told of each once."""
    for number in range(30):
        text = f"Laporan\n{{}} mengatakan {{}} tentara Korea Utara berada di {town(number)}."
        (bots.folder / f"a{number}.txt").write_text(text.format("Ukraina", "12.000"), "utf-8")
        (bots.folder / f"b{number}.txt").write_text(text.format("Rusia", "500"), "utf-8")
    service = Service(open_database(bots.url))
    Topics(service.engine).follow(21, "north korean troops", language="en", now=NOW)
    chance, arguments = random.Random(kills), ["ingest", "--database", bots.url, "--published", "2024-10-24", "."]
    for _ in range(kills):
        ingest = bots.forks.start(arguments, folder=bots.folder)
        time.sleep(chance.uniform(0.1, 0.6))
        ingest.kill()
    done = bots.forks.run(arguments, folder=bots.folder)
    assert done.code == 0, done.stderr
    places = sorted(str(claim.claim.place) for claim in all_claims(service))
    assert places == sorted([town(number) for number in range(30)] * 2)
    assert len(service.conflicts()) == 30
    assert service.stats().outbox_waiting == 30
    service.engine.dispose()


def all_claims(service: Service) -> tuple[StoredClaim, ...]:
    """Asked for as they came in: a killed writer leaves gaps in their numbers."""
    return service.newest(1000)


@KILLS
def test_a_paste_of_several_messages_is_one_article(server: TelegramServer, bots: Bots, kills: int) -> None:
    admin = server.person(ADMIN)
    filler = "Tidak ada angka dalam kalimat ini. " * 120
    text = f"/add {TROOPS}{filler}Kata Ukraina, 700 warga mengungsi di Kursk."
    chance = random.Random(kills)
    for turn in range(kills):
        bot = bots.start()
        if turn == 0:
            for at in range(0, len(text), 4096):
                admin.says(text[at : at + 4096])
        time.sleep(chance.uniform(0.2, 1.2))
        bot.kill()
    with bots.running():
        server.wait(lambda: admin.heard, 40)
        time.sleep(1)
    service = Service(open_database(bots.url))
    assert service.stats().articles == 1
    service.engine.dispose()
    assert 1 <= len(admin.heard) <= 1 + kills


@pytest.mark.soak
def test_a_thousand_messages_in_a_minute_are_answered(server: TelegramServer, bots: Bots, tmp_path: Path) -> None:
    people = [server.person(number) for number in range(100, 300)]
    with bots.running():
        for _ in range(5):
            for person in people:
                person.says("who is the president of atlantis?")
        server.wait(lambda: all(len(person.heard) == 5 for person in people), 120)


@pytest.mark.soak
@pytest.mark.parametrize("gather", ["0", "2"])
def test_forty_conflicts_reach_fifty_followers_once(server: TelegramServer, bots: Bots, gather: str) -> None:
    """Each of them once, apart or gathered, within Telegram's limits; who asks meanwhile is answered at once."""
    service = Service(open_database(bots.url))
    followers = [server.person(number) for number in range(100, 150)]
    for person in followers:
        person.started = True
        Topics(service.engine).follow(person.number, "north korean troops", language="en", now=NOW)
    for number in range(40):
        text = f"Laporan\n{{}} mengatakan {{}} tentara Korea Utara berada di {town(number)}."
        for who, how_many in (("Ukraina", "12.000"), ("Rusia", "500")):
            service.add_article(
                Article(id=f"{who}{number}", text=text.format(who, how_many), published=NOW.date()), now=NOW
            )
    service.engine.dispose()

    def told(person: Person) -> list[int]:
        return sorted(int(found) for one in person.heard for found in re.findall(r"Conflict (\d+) in what", one.text))

    with bots.running(GATHER_SECONDS=gather):
        start = time.monotonic()
        server.wait(lambda: len(server.sent) > 60, 60)
        ani, asked = server.person(21), time.monotonic()
        ani.says("/help")
        ani.hears("Write a question")
        answered = time.monotonic() - asked
        server.wait(lambda: all(len(told(person)) >= 40 for person in followers), 300)
        took = time.monotonic() - start
        time.sleep(2)
    assert all(told(person) == list(range(1, 41)) for person in followers)
    seconds = Counter(one.api["date"] for one in server.sent)
    print(
        f"{len(server.sent)} messages in {took:.0f} s, at most {max(seconds.values())} in one; /help {answered:.2f} s"
    )
    assert answered < 2
    assert max(seconds.values()) <= 26
    assert max(Counter((one.chat, one.api["date"]) for one in server.sent).values()) <= 2
