"""Sources: articles a second of a bulk ingest from JSON lines, and how long 500 feeds take to be polled once.
`python tests/bench/sources.py [ARTICLES]`, 2,000 unless said otherwise. The articles are made up, of 250 words and five
claims, a town each; the feeds are on 50 sites on loopback, behind the fetcher of every day.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.feeds import Feeds  # noqa: E402
from bot.ingesting import Here, ingest, processes  # noqa: E402
from bot.polling import Polled, Poller  # noqa: E402
from bot.reading.files import read_all  # noqa: E402
from bot.reading.web import Web as Reader  # noqa: E402
from bot.service import Service  # noqa: E402
from claims.extract import extract  # noqa: E402
from claims.model import Article  # noqa: E402
from db.engine import open_database  # noqa: E402
from tests.bench.questions import town  # noqa: E402
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
        language="id",
        published=date(2024, 3, 1 + number % 28),
    )


def rate(count: int, work: Callable[[], object]) -> float:
    """How many a second."""
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def bulk(articles: int, home: Path) -> None:
    """A bulk ingest, beside extraction alone."""
    some = [made(number) for number in range(articles)]
    lines = home / "articles.jsonl"
    rows = ({"id": one.id, "text": one.text, "lang": "id", "published": str(one.published)} for one in some)
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    words = sum(len(one.text.split()) for one in some) / articles
    extract(some[0])
    alone = rate(articles // 4, lambda: [extract(one) for one in some[: articles // 4]])
    print(f"extract    {alone:7.1f} articles/s on one core, of {words:.0f} words")
    cores = len(os.sched_getaffinity(0))
    for workers in (1, cores):
        service = Service(open_database(f"sqlite:///{home}/bulk{workers}.db"))
        executor = processes(workers) if workers > 1 else Here()
        if isinstance(executor, ProcessPoolExecutor):  # their start is not what is measured
            list(executor.map(extract, some[:workers]))
        before = time.process_time()

        def run(service: Service = service, workers: int = workers, executor: object = executor) -> None:
            told = ingest(service, read_all([str(lines)]), executor, workers=workers, clock=lambda: datetime.now(UTC))  # type: ignore[arg-type]
            assert sum(one.status == "new" for one in told) == articles

        speed = rate(articles, run)
        busy = (time.process_time() - before) / articles * 1000
        name = "alone" if workers == 1 else f"with {workers} processes"
        print(f"bulk       {speed:7.1f} articles/s {name}; the writer {busy:.1f} ms each; "
              f"{service.stats().claims} claims")  # fmt: skip
        executor.shutdown()
    with Here() as here:
        again = rate(
            articles, lambda: list(ingest(service, read_all([str(lines)]), here, clock=lambda: datetime.now(UTC)))
        )
    print(f"again      {again:7.0f} articles/s that are known")


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
        bulk(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, Path(home))
        feeds(Path(home))


if __name__ == "__main__":
    main()
