"""Storing articles and asking, on one core: `python tests/bench/run.py`. Every article is about one of forty floods."""

import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.service import Service  # noqa: E402
from bot.warm import warm  # noqa: E402
from claims.extract import extract  # noqa: E402
from claims.model import Article  # noqa: E402
from db.engine import open_database  # noqa: E402

CITIES = [
    f"Kota {a}{b}nan"
    for a in ("Bar", "Tim", "Sel", "Ut", "Pas", "Lem", "Rang", "Sik")
    for b in ("a", "e", "i", "o", "u")
]
QUESTIONS = [
    "berapa orang tewas di Kota Barinan?",
    "how many houses were damaged in Kota Timonan",
    "siapa yang membantah?",
    "harga minyak",
]


def made(number: int) -> Article:
    """A made-up article."""
    city = CITIES[number % len(CITIES)]
    text = (
        f"Banjir di {city}\n{city}, {1 + number % 28} Maret 2024 – BNPB mengatakan pada hari Senin bahwa "
        f"{3 + number % 40} orang tewas dan {100 + number} rumah rusak di {city}.\n"
        f"Sekitar {200 + number} warga mengungsi, kata polisi.\n"
        f"Bupati membantah bahwa tanggul di {city} tidak dirawat.\n"
    )
    return Article(id=str(number), text=text, language="id", published=date(2024, 3, 1 + number % 28))


def main() -> None:
    """Print the figures."""
    articles = [made(number) for number in range(1000)]
    warm()  # as the bot does
    start = time.perf_counter()
    for article in articles[:300]:
        extract(article)
    print(f"extract   {300 / (time.perf_counter() - start):8.0f} articles/s, of four sentences each")
    with tempfile.TemporaryDirectory() as folder:
        service = Service(open_database(f"sqlite:///{folder}/bench.db"))
        start = time.perf_counter()
        for article in articles:
            service.add_article(article, now=datetime.now(UTC))
        took = time.perf_counter() - start
        print(f"ingest    {1000 / took:8.0f} articles/s  ({service.stats().claims} claims, one transaction each)")
        times = []
        for question in QUESTIONS * 25:
            start = time.perf_counter()
            service.ask(question, language="id")
            times.append(time.perf_counter() - start)
        print(f"ask       {statistics.median(times) * 1000:8.1f} ms median  {max(times) * 1000:6.1f} ms worst")
    print(f"memory    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
