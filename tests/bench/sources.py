"""Sources: articles a second of a bulk ingest from JSON lines, and how long 500 feeds take to be polled once.
`python tests/bench/sources.py [ARTICLES]`, 10,000 unless said otherwise. The articles are made up, of some 200 words
and five claims, a town each; the feeds are on 50 sites on loopback, behind the fetcher of every day. Seconds of the
processor count little of what else the machine does; those by the clock count it all.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.feeds import Feeds  # noqa: E402
from bot.ingesting import processes  # noqa: E402
from bot.polling import Polled, Poller  # noqa: E402
from bot.reading.web import Web as Reader  # noqa: E402
from bot.service import Service  # noqa: E402
from claims.extract import extract  # noqa: E402
from claims.model import Article  # noqa: E402
from db.engine import open_database  # noqa: E402
from tests.bench.corpus import town  # noqa: E402
from tests.web import Clock, Given, Web  # noqa: E402

FEEDS, SITES = 500, 50
#: what every story has beside its claims, so that it is as long as news is
QUIET = (
    "Warga sekitar masih bergotong royong membersihkan rumah dan jalan dari lumpur yang terbawa arus sungai.",
    "Pemerintah daerah belum memberikan keterangan lebih lanjut mengenai rencana perbaikan tanggul di hulu.",
    "Bantuan makanan, selimut, dan obat-obatan mulai berdatangan dari kota tetangga sejak pagi.",
    "Sejumlah ruas jalan masih ditutup, dan kendaraan dialihkan melalui jalur alternatif di sebelah selatan.",
)


def made(number: int) -> Article:
    """A made-up article about a town of its own."""
    city = town(number)
    told = (
        f"{city}, {1 + number % 28} Maret 2024 – BNPB mengatakan pada hari Senin bahwa {3 + number % 40} orang tewas.",
        f"Sekitar {200 + number % 900} warga mengungsi, kata polisi.",
        f"Menurut Palang Merah, {20 + number % 70} orang luka-luka dalam banjir itu.",
        f"Bupati membantah bahwa tanggul di {city} tidak dirawat.",
        f"Kata BPBD, {100 + number % 500} rumah rusak di {city}.",
    )
    body = "\n".join(f"{one}\n{' '.join(QUIET[(at + number) % 4 :])}" for at, one in enumerate(told))
    return Article(
        id=f"bench:{number}",
        text=f"Banjir di {city}\n{body}\n",
        title=f"Banjir di {city}",
        source=f"Kabar {number % 40}",
        language="id",
        published=date(2024, 3, 1 + number % 28),
    )


def written(articles: int, home: Path) -> Path:
    """A file of so many made-up articles."""
    file = home / f"{articles}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for one in map(made, range(articles)):
            row = {"id": one.id, "title": one.title, "text": one.text, "lang": "id", "source": one.source}
            out.write(json.dumps(row | {"published": str(one.published)}) + "\n")
    return file


class Clocks:
    """Seconds by the clock, and of the processor for this process and those that it has waited for."""

    def __init__(self) -> None:
        self._start = self._now()

    def since(self, count: int) -> str:
        """The speed of so many articles since then."""
        wall, busy = (now - then for now, then in zip(self._now(), self._start, strict=True))
        return f"{count / wall:7.1f} articles/s, {1000 * busy / count:5.2f} ms of the processor each"

    @staticmethod
    def _now() -> tuple[float, float]:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)


def bulk(articles: int, home: Path) -> None:
    """`claimbot ingest` on all cores, beside extraction alone on them."""
    cores = len(os.sched_getaffinity(0))
    some = [made(number) for number in range(articles // 4)]
    words = sum(len(one.text.split()) for one in some) / len(some)
    with processes(cores) as executor:
        list(executor.map(extract, some[:cores]))  # their start is not what is measured
        clocks = Clocks()
        list(executor.map(extract, some, chunksize=40))
    print(f"extract    {clocks.since(len(some))}, of {words:.0f} words, alone, on {cores} cores")
    file, stored = written(articles, home), home / "bulk.db"
    clocks = Clocks()
    finish(ingest(file, stored))
    print(f"bulk       {clocks.since(articles)}, on {cores} cores; {peak()}")
    clocks = Clocks()
    finish(ingest(file, stored))
    print(f"again      {clocks.since(articles)}, all known; {counted(stored)}")


def killed(articles: int, home: Path) -> None:
    """The same, killed in the middle and begun again, beside one that nobody has killed."""
    file, whole, stored = written(articles, home), home / "whole.db", home / "killed.db"
    finish(ingest(file, whole))
    open_database(f"sqlite:///{stored}").dispose()
    first = ingest(file, stored)
    while articles_in(stored) < articles // 3:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    left = articles_in(stored)
    finish(ingest(file, stored))
    print(f"killed     after {left} of {articles}, begun again: {counted(stored)}; never killed: {counted(whole)}")


def ingest(file: Path, stored: Path) -> "subprocess.Popen[bytes]":
    """Start `claimbot ingest`."""
    command = [sys.executable, "-m", "bot", "ingest", str(file), "--database", f"sqlite:///{stored}"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)


def finish(process: "subprocess.Popen[bytes]") -> None:
    """Wait for it; it must end well."""
    assert process.wait() == 0


def peak() -> str:
    """The most memory that one of the processes that have ended took."""
    return f"at most {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB a process"


def counted(stored: Path) -> str:
    """What is in a store."""
    service = Service(open_database(f"sqlite:///{stored}"))
    stats = service.stats()
    service.engine.dispose()
    return f"{stats.articles} articles, {stats.claims} claims, {stats.conflicts_open} conflicts"


def articles_in(stored: Path) -> int:
    return int(counted(stored).split()[0])


def feeds(home: Path) -> None:
    """Every feed polled once, when it brings three entries, and when it has not changed."""
    now = [datetime(2024, 4, 1, tzinfo=UTC)]
    with Web() as web, Reader(fetcher=web.fetcher(clock=Clock())) as reader:
        service = Service(open_database(f"sqlite:///{home}/feeds.db"))
        poller, book = Poller(service, reader, lambda: now[0]), Feeds(service.engine)
        for number in range(FEEDS):
            url = f"https://s{number % SITES}.news.example/{number}.xml"
            items = (made(3 * number + at) for at in range(3))
            entries = "".join(
                f"<item><guid>{one.id}</guid><description>{one.text}</description></item>" for one in items
            )
            feed = f'<rss version="2.0"><channel><title>{number}</title>{entries}</channel></rss>'
            web.pages[url] = Given(feed.encode(), "application/rss+xml", headers={"ETag": f'"{number}"'})
            book.add(url, now=now[0])
        for name in ("new", "unchanged"):
            start, before = time.perf_counter(), time.process_time()
            done = poller.round()
            polled = [one for one in done if isinstance(one, Polled)]
            assert len(polled) == FEEDS
            assert not any(one.course.error for one in polled)
            took, busy = time.perf_counter() - start, time.process_time() - before
            print(f"feeds      {FEEDS} polled in {took:.1f} s, {busy:.1f} s of it this process's own ({name}, "
                  f"{len(done) - FEEDS} entries read)")  # fmt: skip
            now[0] += timedelta(minutes=15)
            for number in range(FEEDS):
                web.pages[f"https://s{number % SITES}.news.example/{number}.xml"] = Given(status=304)
        poller.close()


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as home:
        bulk(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, Path(home))
        killed(1200, Path(home))
        feeds(Path(home))


if __name__ == "__main__":
    main()
