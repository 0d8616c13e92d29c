"""Two thousand made-up articles in the order of their days, sixty contradictions among them: `python
tests/bench/stream.py`. Prints how many of the planted ones become conflicts, and which other pairs do.

All else is what contradicts nothing: tolls that grow, echoes, words quoted again, other towns in the same week, a part
of the dead, plans, denials of something else. Every event has a town and a district of its own; the wording is how
news writes, in English and Indonesian.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.service import Service  # noqa: E402
from claims.model import Article  # noqa: E402
from db.engine import open_database  # noqa: E402
from tests.bench.corpus import town  # noqa: E402

SEED, ARTICLES, PLANTED = 20260301, 2000, 60
NOW = datetime(2026, 3, 1, tzinfo=UTC)
#: what happened, how a count of it is told: English and Indonesian
HAPPENED = {
    "flood": ("flooding", "banjir"),
    "quake": ("the earthquake", "gempa"),
    "blast": ("the explosion", "ledakan"),
    "ferry": ("the ferry accident", "kecelakaan feri"),
}
TOLD = {
    "killed": ("{s} said {n} people died in {e} in {t}.", "{s} mengatakan {n} orang meninggal akibat {e} di {t}."),
    "injured": ("{n} people were hurt in {t}, according to {s}.", "Menurut {s}, {n} warga {t} terluka."),
    "displaced": ("{s} put the number of displaced in {t} at {n}.", "{s} menyebut {n} warga {t} mengungsi."),
    "arrested": ("{s} said {n} people were detained in {t}.", "{s} menyatakan {n} orang diamankan di {t}."),
}
DENIED = ("{s} denied that anyone died in {e} in {t}.", "{s} membantah ada korban meninggal akibat {e} di {t}.")
ASIDE = ("{s} denied that the road to {t} had been closed.", "{s} membantah jalan menuju {t} ditutup.")
PART = ("{s} said {n} children were among the dead in {t}.", "{s} mengatakan {n} anak termasuk korban tewas di {t}.")
PLANNED = (
    "{s} said {n} houses will be built in {t} next year.",
    "{s} mengatakan {n} rumah akan dibangun di {t} tahun depan.",
)
LEAD = (
    "Streets in {t}, the main town of {d}, were quiet on the morning after {e}. Shops in {d} stayed shut.",
    "Jalanan di {t}, kota utama di {d}, lengang pada pagi setelah {e}. Toko-toko di {d} tutup.",
)
OFFICES = ("Governor", "Mayor", "Professor", "Senator")


@dataclass(frozen=True)
class Event:
    """Something that happened once, in a town of its own."""

    number: int
    kind: str
    measure: str
    on: date
    figure: int

    @property
    def town(self) -> str:
        """Where."""
        return town(self.number * 13 + 211)

    @property
    def district(self) -> str:
        """In which district."""
        return town(self.number * 17 + 20_003)

    def speaker(self, which: int) -> str:
        """One of those who speak of it."""
        return (
            f"{OFFICES[which % 4]} {town(self.number * 19 + which * 7 + 40_009)} {town(self.number + which + 70_001)}"
        )


@dataclass(frozen=True)
class Paper:
    """An article, and the event that it contradicts another one about, if any."""

    article: Article
    planted: int | None = None


def events(chance: random.Random) -> list[Event]:
    """A handful a week."""
    return [
        Event(
            number,
            chance.choice(list(HAPPENED)),
            chance.choice(list(TOLD)),
            date(2025, 1, 1) + timedelta(days=chance.randrange(400)),
            chance.randrange(20, 400),
        )
        for number in range(ARTICLES // 5)
    ]


def written(event: Event, name: str, day: date, line: tuple[str, str], language: int, **fields: object) -> Article:
    """An article of two paragraphs and a title."""
    values = {"t": event.town, "d": event.district, "e": HAPPENED[event.kind][language], **fields}
    title = ("News from {t}", "Kabar dari {t}")[language].format(**values)
    lead, told = LEAD[language].format(**values), line[language].format(**values)
    text = f"{title}\n{lead}\n{told[0].upper()}{told[1:]}"
    return Article(id=name, text=text, language=("en", "id")[language], published=day, source=f"Paper {hash(name) % 9}")


def papers(event: Event, planted: bool, chance: random.Random) -> Iterator[Paper]:
    """Five articles about an event; the last one contradicts what the first says, or does not."""
    line, n = TOLD[event.measure], event.figure
    grown = event.measure != "displaced"

    def paper(at: int, days: int, which: tuple[str, str], speaker: int, count: int, planted: bool = False) -> Paper:
        on = event.on + timedelta(days=days)
        fields = {"s": event.speaker(speaker), "n": count}
        article = written(event, f"{event.number}.{at}", on, which, chance.randrange(2), **fields)
        return Paper(article, event.number if planted else None)

    yield paper(0, 0, line, 0, n, planted)
    yield paper(1, 0, line, 1, n)  # another voice agrees
    yield paper(2, 1, line, 0, n)  # quoted again
    if planted:
        denies = event.measure == "killed" and chance.random() < 0.5
        yield paper(3, 0, DENIED if denies else line, 2, n * 3, True)
        yield paper(4, 1, ASIDE, 3, 0)
        return
    yield paper(3, 2, line, 0, n + n // 2 if grown else n)  # grows
    rest = (ASIDE, PLANNED, PART) if event.measure == "killed" else (ASIDE, PLANNED)
    yield paper(4, 2, chance.choice(rest), 2, max(2, n // 6))


def stream(chance: random.Random) -> list[Paper]:
    """All articles, by day."""
    many = events(chance)
    planted = {event.number for event in chance.sample(many, PLANTED)}
    found = [paper for event in many for paper in papers(event, event.number in planted, chance)]
    return sorted(found, key=lambda paper: (paper.article.published or date.min, paper.article.id))


def planted_in(one: str, other: str, sides: dict[int, set[str]]) -> int | None:
    """The planted contradiction that a pair of articles shows: the paper that contradicts, and one that agrees with the
    first; None where it is no such pair."""
    number = int(one.split(".")[0])
    said = sides.get(number, set())
    same = other.startswith(f"{number}.")
    return number if same and max(said, default="") in (one, other) else None


def main() -> int:
    """Print the figures; 1 where fewer than 57 are found or more than 3 are false."""
    many = stream(random.Random(SEED))
    sides: dict[int, set[str]] = {}
    for paper in many:
        if paper.planted is not None:
            sides.setdefault(paper.planted, set()).add(paper.article.id)
    with tempfile.TemporaryDirectory() as home:
        engine = open_database(f"sqlite:///{home}/stream.db")
        service = Service(engine)
        for paper in many:
            service.add_article(paper.article, now=NOW)
        pairs = service.conflicts()
        engine.dispose()
    found = {number for pair in pairs if (number := planted_in(pair.a.article, pair.b.article, sides)) is not None}
    of_planted = tuple(f"{number}." for number in sides)
    false = {pair.conflict: pair for pair in pairs if not pair.a.article.startswith(of_planted)}
    kinds = Counter(pair.verdict.rule for pair in false.values())
    print(f"stream    {len(many):,} articles, {len(found)} of {PLANTED} planted conflicts found, {len(false)} false")
    for pair in list(false.values())[:10]:
        print(f"  false: {pair.verdict.rule}: {pair.a.claim.evidence} | {pair.b.claim.evidence}")
    for number in sorted(sides.keys() - found)[:10]:
        print(f"  missed: {[paper.article.text for paper in many if paper.article.id in sides[number]]}")
    print(f"  {dict(kinds)}" if kinds else "  none false", flush=True)
    return int(len(found) < PLANTED - 3 or len(false) > 3)


if __name__ == "__main__":
    sys.exit(main())
