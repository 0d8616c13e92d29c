"""The bot over real HTTP on loopback: `python tests/bench/telegram.py`.

From an update to the reply, at one chat and at fifty that ask within what Telegram allows; updates a second where no
message is sent (inline queries); and how long the event loop is kept from its next turn meanwhile. `questions.py` asks
its large stores here what others wait for while twenty people ask at once.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.service import Service  # noqa: E402
from bot.terminal import now  # noqa: E402
from db.engine import open_database  # noqa: E402
from tests.bench.run import CITIES, made  # noqa: E402
from tests.telegram_people import Person  # noqa: E402
from tests.telegram_server import TOKEN, TelegramServer, telegram  # noqa: E402

ARTICLES = 500
#: the bot, with a probe that notes by how much its loop was late, every ten milliseconds
PROBED = """
import asyncio, json, pathlib, time
from bot.telegram import app

work = app._Running._work

async def probed(self):
    late = []

    async def probe():
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.01)
            late.append((time.time(), time.perf_counter() - start - 0.01))

    task = asyncio.create_task(probe())
    await work(self)
    task.cancel()
    pathlib.Path("late.json").write_text(json.dumps(late))

app._Running._work = probed
from bot.cli import main
main()
"""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, telegram() as server:
        url = f"sqlite:///{folder}/bench.db"
        service = Service(open_database(url))
        for number in range(ARTICLES):
            service.add_article(made(number), now=now())
        people = [server.person(100 + at, "id") for at in range(50)]
        with bot(server, url, folder):
            answered(server, people[0], "/start")
            time.sleep(1.1)
            show("1 chat", conversation(server, people[:1], rounds=15, pause=1.1))
            show("50 chats", conversation(server, people, rounds=3, pause=5))
            print(f"inline    {inline(server, people, 6):8.0f} updates/s from 50 people, without messages of their own")
        late = sorted(lateness(folder))
        p99, worst = late[int(len(late) * 0.99)] * 1000, late[-1] * 1000
        print(f"loop lag  {p99:8.1f} ms p99  {worst:6.1f} ms worst  ({len(late)} samples)")


def crowd(url: str, folder: Path, texts: Mapping[str, Sequence[str]]) -> dict[str, tuple[list[float], float]]:
    """For each row of questions, which as many people ask at once: the seconds that simple requests of others wait
    meanwhile, and by how much the event loop was late at most."""
    found: dict[str, tuple[list[float], float, float]] = {}
    with telegram() as server:
        with bot(server, url, str(folder)):
            for number, said in enumerate(("/help", *(one for asked in texts.values() for one in asked[:2]))):
                answered(server, server.person(1 + number), said)  # what is loaded at the first is not measured
            for at, (name, asked) in enumerate(texts.items(), 1):
                start = time.time()
                found[name] = (_meanwhile(server, 1000 * at, asked), start, time.time())
        return {name: (waits, max(lateness(str(folder), start, end))) for name, (waits, start, end) in found.items()}


def _meanwhile(server: TelegramServer, first: int, texts: Sequence[str]) -> list[float]:
    """What a stranger waits for after the other, from the moment of the questions until all are answered."""
    askers = [server.person(first + at) for at in range(len(texts))]
    for person, text in zip(askers, texts, strict=True):
        person.says(text)
    waits: list[float] = []
    while not waits or any(not one.heard for one in askers):
        waits.append(answered(server, server.person(first + 500 + len(waits)), "/help"))
    return waits


def lateness(folder: str, start: float = 0.0, end: float = float("inf")) -> list[float]:
    """By how many seconds the loop of a bot that has ended was late at each turn in some time."""
    rows = json.loads((Path(folder) / "late.json").read_text("utf-8"))
    return [late for at, late in rows if start <= at <= end]


@contextmanager
def bot(server: TelegramServer, url: str, folder: str) -> Iterator[None]:
    """The bot as a process of its own, until the block ends."""
    env = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.base_url,
        "TELEGRAM_FILE_URL": server.file_url,
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen([sys.executable, "-c", PROBED, "run"], cwd=folder, env=env)
    try:
        yield
        process.terminate()
        process.wait(30)
    finally:
        process.kill()


def question(number: int) -> str:
    """A question that the store answers; no two alike."""
    return f"berapa orang tewas di {CITIES[number % len(CITIES)]}? ({number})"


def answered(server: TelegramServer, person: Person, text: str) -> float:
    """Seconds from a message to the first reply."""
    before, start = len(person.heard), time.perf_counter()
    person.says(text)
    server.wait(lambda: len(person.heard) > before)
    return time.perf_counter() - start


def conversation(server: TelegramServer, people: list[Person], *, rounds: int, pause: float) -> list[float]:
    """Everybody asks once a round, evenly spread over the pause between two rounds; the times of all replies."""
    asked: dict[int, list[float]] = {one.number: [] for one in people}
    begun = {one.number: len(one.heard) for one in people}
    start = time.time()
    for at in range(rounds * len(people)):
        person = people[at % len(people)]
        time.sleep(max(0.0, start + at * pause / len(people) - time.time()))
        asked[person.number].append(time.time())
        person.says(question(at))
    server.wait(lambda: all(len(one.heard) - begun[one.number] >= rounds for one in people), 60)
    sent: dict[int, list[float]] = {number: [] for number in asked}
    for call in server.calls:
        if call.method == "sendMessage" and call.params["chat_id"] in sent and call.time >= start:
            sent[call.params["chat_id"]].append(call.time)
    return [told - said for number, times in asked.items() for said, told in zip(times, sent[number], strict=False)]


def inline(server: TelegramServer, people: list[Person], rounds: int) -> float:
    """Updates a second."""
    start = time.perf_counter()
    asked = {one.asks_inline(question(at)) for at in range(rounds) for one in people}
    server.wait(lambda: asked <= set(server.answers), 120)
    return len(asked) / (time.perf_counter() - start)


def show(name: str, times: list[float]) -> None:
    """A line of figures."""
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95)] * 1000
    print(f"{name:<9} {statistics.median(ordered) * 1000:8.1f} ms p50  {p95:6.1f} ms p95  ({len(ordered)} replies)")


if __name__ == "__main__":
    main()
