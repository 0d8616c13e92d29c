"""A new claim against a large store: `python tests/bench/conflicts.py 10000 100000`. Prints, beside full-text
candidates (FTS5, all words joined by OR, the best fifty by bm25) with the same rules in the same run, what one claim
costs, how that grows with the store, which contradictions are found, and how often claims that agree or tell of a new
event alarm; then what comparing and storing add to reading pages, and what followed topics add.

The claims are made up: events in invented towns, some told of by hundreds, with siblings in the same town a season
apart. Times are of the process, so that other work on the machine counts little.
"""

import argparse
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import log
from pathlib import Path

from sqlalchemy import insert, text

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.reading.page import page_of  # noqa: E402
from bot.reading.sheet import take_apart  # noqa: E402
from bot.service import Service  # noqa: E402
from bot.verdicts import against_store  # noqa: E402
from bot.warm import warm  # noqa: E402
from claims.compare import compare  # noqa: E402
from claims.extract import extract  # noqa: E402
from claims.measures import measure as measure_named  # noqa: E402
from claims.model import Article, Claim, EventDate, Kind, Quantity  # noqa: E402
from claims.slot import slot  # noqa: E402
from claims.story import stem  # noqa: E402
from claims.terms import indexed, terms  # noqa: E402
from claims.text import fold, words  # noqa: E402
from db import claim_json, clusters, subscriptions  # noqa: E402
from db.engine import Engine, open_database, reading, writing  # noqa: E402
from db.fresh import insert_all  # noqa: E402
from db.search import stored as by_number  # noqa: E402
from db.tables import ArticleRow, ClaimRow, ClaimTerm  # noqa: E402
from db.values import StoredClaim  # noqa: E402
from tests.bench.corpus import MATTERS, town  # noqa: E402
from tests.bench.run import made as flood  # noqa: E402

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SPEAKERS = [f"{office} {name}" for office in ("Mayor", "Governor", "Chief", "Dr") for name in ("Ode", "Wirt", "Sahl")]
MEASURES = ("killed", "injured", "missing", "arrested", "displaced", "crowd")
#: full-text candidates that the rules are asked about
BEST = 50


@dataclass(frozen=True)
class Event:
    """What truly happened once: a measure, a town, a day and a figure."""

    measure: str
    town: str
    on: date
    figure: int


@dataclass(frozen=True)
class Asked:
    """A new claim, and what it is to the store: "contradicts", "agrees" or "new event"."""

    claim: Claim
    kind: str


def told(event: Event, speaker: str, language: str, figure: int | None = None) -> Claim:
    """A claim that tells of an event."""
    count = figure or event.figure
    measure = measure_named(event.measure)
    sentence = MATTERS[event.measure][0 if language == "en" else 1].format(n=count, t=event.town, s=speaker)
    low = Decimal(count)
    return Claim(
        kind=Kind.QUANTITY, evidence=sentence, start=0, measure=event.measure, speaker=speaker, place=event.town,
        place_path=(event.town,), quantity=Quantity(low=low, high=low, unit=measure.unit, basis=measure.basis),
        event_date=EventDate.day(event.on), published=event.on, language=language,
        story=(stem(event.town), f"st{event.on.toordinal() % 997}", f"ev{event.figure}"),
    )  # fmt: skip


def events(size: int, chance: random.Random) -> list[Event]:
    """One event for six claims, two or three in a town, at least a season apart."""
    found = []
    for number in range(max(1, size // 18)):
        days = [chance.randrange(0, 60), chance.randrange(150, 240), chance.randrange(360, 480)]
        measure = chance.choice(MEASURES)
        name = town(number)
        found += [
            Event(measure, name, date(2024, 1, 1) + timedelta(days=on), chance.randrange(120, 9000)) for on in days
        ]
    return found


def made(many: Sequence[Event], size: int, chance: random.Random) -> Iterator[Claim]:
    """Claims that all agree: who speaks differs, what they say does not. A few events are told of by hundreds."""
    for number in range(size):
        at = (
            min(int(chance.paretovariate(0.7)) - 1, len(many) * 9) % len(many)
            if number % 4 == 0
            else number % len(many)
        )
        yield told(many[at], chance.choice(SPEAKERS), "en" if number % 2 else "id")


def asked(many: Sequence[Event], count: int, chance: random.Random) -> Iterator[Asked]:
    """New claims of three kinds in turn."""
    for number in range(count):
        event = many[chance.randrange(len(many))]
        language = ("en", "id")[number // 3 % 2]
        if number % 3 == 0:
            low = max(2, event.figure // 3)
            yield Asked(told(event, "Senator Brel", language, low), "contradicts")
        elif number % 3 == 1:
            yield Asked(told(event, "Senator Brel", language), "agrees")
        else:
            later = replace(event, on=event.on + timedelta(days=75), figure=event.figure * 3)
            yield Asked(told(later, "Senator Brel", language), "new event")


def load(engine: Engine, claims: Iterator[Claim]) -> list[str]:
    """Store claims under their keys, a hundred a page; gives their sentences."""
    sentences: list[str] = []
    some: list[Claim] = []
    for claim in claims:
        some.append(claim)
        if len(some) == 5000:
            _load(engine, some, len(sentences))
            sentences += [one.evidence for one in some]
            some = []
    _load(engine, some, len(sentences))
    if engine.dialect.name == "postgresql":  # it counts on from there
        with writing(engine) as session:
            session.execute(text("SELECT setval('claim_number_seq', (SELECT max(number) FROM claim))"))
    return sentences + [one.evidence for one in some]


def _load(engine: Engine, claims: Sequence[Claim], first: int) -> None:
    with writing(engine) as session:
        pages = [ArticleRow(
            external_id=f"bench:{first + at}", version=1, text="", text_hash="", title="", context="", trust="trusted",
            extractor="bench", origin=first + at + 10_000_000, added_at=NOW,
        ) for at in range(0, len(claims), 100)]  # fmt: skip
        session.add_all(pages)
        session.flush()
        numbered = list(enumerate(claims, first + 1))
        rows = [
            {"number": number, "article": pages[at // 100].number, "kind": claim.kind.value, "slot": str(slot(claim)),
             "origin": f"said:{claim.speaker}", "current": True, "data": claim_json.dump(claim)}
            for at, (number, claim) in enumerate(numbered)
        ]  # fmt: skip
        if rows:
            session.execute(insert(ClaimRow), rows)
            clusters.register(session, numbered)
            held = sorted((term, number) for number, claim in numbered for term in indexed(terms(claim)))
            insert_all(session, ClaimTerm, [{"term": term, "claim": number} for term, number in held])


def stored(claim: Claim) -> StoredClaim:
    """A claim as one that is about to be stored."""
    return StoredClaim(
        number=0, claim=claim, article="new", article_number=0, title="", source=None, url=None, published=None,
        origin="", slot=str(slot(claim)),
    )  # fmt: skip


def fts(sentences: Sequence[str], claims_of: Callable[[list[int]], list[Claim]]) -> Callable[[Claim], bool]:
    """Whether a claim alarms by full text: every word of it joined by OR, the best fifty asked by the same rules."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE found USING fts5(text)")
    base.executemany("INSERT INTO found(rowid, text) VALUES (?, ?)", enumerate(sentences, 1))

    def alarms(claim: Claim) -> bool:
        query = " OR ".join(f'"{fold(span.of(claim.evidence))}"' for span in words(claim.evidence))
        rows = base.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT ?", (query, BEST))
        near = claims_of([row[0] for row in rows])
        return any(compare(claim, other).severity == "alarm" for other in near)

    return alarms


def measured(name: str, alarms: Callable[[Claim], bool], new: Sequence[Asked]) -> float:
    """Ask about every claim, print the line of a way of looking, give its p50 in ms."""
    times: list[float] = []
    heard: dict[str, list[bool]] = {}
    for one in new:
        start = time.process_time()
        heard.setdefault(one.kind, []).append(alarms(one.claim))
        times.append((time.process_time() - start) * 1000)
    p50, p95 = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
    shares = "  ".join(f"{kind} {statistics.mean(some):.3f}" for kind, some in sorted(heard.items()))
    print(f"  {name:9} p50 {p50:8.2f}  p95 {p95:8.2f} ms   alarms: {shares}")
    return p50


def store(
    size: int, many: Sequence[Event], chance: random.Random, home: str, options: argparse.Namespace
) -> tuple[Engine, list[str]]:
    """A store of that size and the sentences in it: one that was kept, else made now."""
    kept = options.stores / f"{size}.db" if options.stores else None
    here = Path(home) / "bench.db"
    if kept and kept.exists():
        shutil.copy(kept, here)
        return open_database(f"sqlite:///{here}"), [one.evidence for one in made(many, size, chance)]
    engine = open_database(options.database or f"sqlite:///{here}")
    start = time.process_time()
    sentences = load(engine, made(many, size, chance))
    print(f"  load      {size / (time.process_time() - start):8,.0f} claims/s, their keys and terms worked out as well")
    if kept:
        engine.dispose()  # writes all into the one file
        shutil.copy(here, kept)
    return engine, sentences


def hot(engine: Engine) -> None:
    """What a claim costs that is the tenth, and that is the thousandth, about one event, each by another speaker."""
    other, event = (Event("displaced", name, date(2025, 6, 1), 4200) for name in ("Vesterholm", "Ostrelbay"))
    _gathered(engine, other, 50, 20_000_000)  # what is loaded at the first
    times = _gathered(engine, event, 1010, 20_001_000)
    tenth, hundredth, thousandth = (statistics.median(times[at - 5 : at + 5]) for at in (10, 100, 1000))
    print(f"  one event {tenth:.2f} ms its tenth claim, {hundredth:.2f} its hundredth, {thousandth:.2f} its thousandth")


def _gathered(engine: Engine, event: Event, count: int, first: int) -> list[float]:
    """What each of so many new claims about one event costs, in ms, before it is stored."""
    times = []
    for number in range(count):
        claim = told(event, f"Speaker {town(number)}", "en", event.figure + number)
        with writing(engine) as session:
            start = time.process_time()
            against_store(session, stored(claim))
            times.append((time.process_time() - start) * 1000)
        _load(engine, [claim], first + number)
    return times


def against(size: int, options: argparse.Namespace) -> tuple[float, float]:
    """One store of one size: gives p50 of this store and of full text."""
    chance = random.Random(size)
    many = events(size, chance)
    new = list(asked(many, options.claims, chance))
    print(f"{size:,} stored claims about {len(many):,} events")
    with tempfile.TemporaryDirectory() as home:
        engine, sentences = store(size, many, chance, home, options)
        with reading(engine) as session:
            against_store(session, stored(new[0].claim))

            def ours(claim: Claim) -> bool:
                return any(pair.verdict.severity == "alarm" for pair in against_store(session, stored(claim)))

            mine = measured("claimbot", ours, new)
            search = fts(sentences, lambda numbers: [one.claim for one in by_number(session, numbers)])
            theirs = measured("FTS5 OR", search, new[: max(30, options.claims // 10)])
        print(f"  p50 is 1/{theirs / mine:,.0f} of full text's")
        service = Service(engine)
        ingestion(service, 0, options.pages)
        topics(service, 10_000)
        hot(engine)
        engine.dispose()
    return mine, theirs


def page(number: int) -> str:
    """A page of about 60 KB as outlets make them: an article of eight claims between menus, scripts and teasers. Two
    pages tell of each event, in two languages, and agree."""
    chance = random.Random(number // 4)
    name, language = town(number // 4), number // 2 % 2
    speaker = f"Mayor {town(number // 4 * 7 + 30_011)}"
    lines = [
        wordings[language].format(n=chance.randrange(120, 900), t=name, s=speaker) for wordings in MATTERS.values()
    ]
    body = "".join(f"<p>{line[0].upper()}{line[1:]} on Monday.</p>" for line in lines)
    menu = "".join(f'<li><a href="/r/{at}">Rubrik {at}</a></li>' for at in range(300))
    script = "<script>var data = {};</script>" * 900
    teasers = "".join(f'<div class="teaser"><a href="/t/{at}">Baca juga: kabar {at}</a></div>' for at in range(250))
    title = f"Storm over {name}"
    return (
        f"<html><head><title>{title}</title>{script}</head><body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>"
        f"{body}</article><aside>{teasers}</aside></body></html>"
    )


def ingestion(service: Service, first: int, count: int) -> None:
    """Reading pages, extracting, comparing and storing beside reading and extracting alone, page by page in turn."""
    alone = together = 0.0
    claims = 0
    for number in (first + 2 * count, first + 2 * count + 1):  # what is loaded at the first page costs no page
        service.add_article(_read(page(number), number), now=NOW)
    for number in range(first, first + 2 * count, 2):
        html, other = page(number), page(number + 1)
        start = time.process_time()
        extract(_read(other, number + 1))
        middle = time.process_time()
        added = service.add_article(_read(html, number), now=NOW)
        alone += middle - start
        together += time.process_time() - middle
        claims += len(added.claims)
    print(
        f"  ingestion {count / together:6.1f} pages/s of {len(html) // 1024} KB and {claims / count:.0f} claims, "
        f"{alone / count * 1000:.1f} ms reading and extracting, {together / count * 1000:.1f} ms with comparing "
        f"and storing: {together / alone:.2f} times"
    )


def _read(html: str, number: int) -> Article:
    found = page_of(take_apart(html))
    language = ("en", "id")[number // 2 % 2]
    return Article(
        id=f"page {number}", text=found.text, language=language, published=date(2024, 3, 1 + number // 4 % 28)
    )


def topics(service: Service, count: int) -> None:
    """What followed topics cost: the same articles without any, with many twice, and without any again, so that what
    grows with the store counts on both sides."""
    times = {True: 0.0, False: 0.0}
    for round_, followed in enumerate((False, True, True, False)):
        with writing(service.engine) as session:
            for number in range(count):
                if followed:
                    terms = ["m:killed", f"p:{town(number).lower()}"]
                    subscriptions.follow(session, chat=number, text=town(number), terms=terms, language="en", now=NOW)
                else:
                    subscriptions.unfollow_all(session, number)
        times[followed] += _flooded(service, round_)
    print(f"  topics    {count:,} followed: {times[True] / times[False]:.2f} times the cost of an article without any")


def _flooded(service: Service, round_: int) -> float:
    """What a hundred articles cost, after some that bring back what was at hand before."""
    start = 0.0
    for number in range(-30, 100):
        if number == 0:
            start = time.process_time()
        service.add_article(replace(flood(number % 100), id=f"topic {round_} {number}"), now=NOW)
    return time.process_time() - start


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--claims", type=int, default=600)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--database", help="another store than SQLite in a file")
    parser.add_argument("--stores", type=Path, help="a folder in which the stores are kept for the next run")
    options = parser.parse_args()
    warm()  # as the bot does, which runs long
    p50 = {}
    for size in options.sizes:
        p50[size] = against(size, options)
    small, large = min(p50), max(p50)
    if small < large:
        growth = [log(p50[large][at] / p50[small][at]) / log(large / small) for at in (0, 1)]
        print(f"growth of p50 with the store: claimbot n^{growth[0]:.2f}, FTS5 OR n^{growth[1]:.2f}")


if __name__ == "__main__":
    main()
