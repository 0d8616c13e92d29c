"""Questions against a large store: `python tests/bench/questions.py 10000 100000`. Prints this store side by side with
full-text search (FTS5, all words joined by OR, bm25), tantivy and rapidfuzz over the same sentences, in one run.

The claims are made up: an invented town, a thing that is counted there, a speaker, a day. Their wording is taken from
the way news writes, not from the lexicons; the share of its words that those do not know is printed.
"""

import argparse
import json
import math
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.service import Service  # noqa: E402
from claims.concepts import is_known, is_nothing  # noqa: E402
from claims.model import Claim, EventDate, Kind, Quantity  # noqa: E402
from claims.slot import keys, slot  # noqa: E402
from claims.terms import terms  # noqa: E402
from claims.text import fold, words  # noqa: E402
from db import claim_json  # noqa: E402
from db.engine import Engine, Session, open_database, writing  # noqa: E402
from db.tables import ArticleRow  # noqa: E402

SYLLABLES = [first + last for first in "bdgklmnprst" for last in "aeio"]
#: measure, and how each language counts it: sentences with a number, a question, and a question in other words
MATTERS = {
    "killed": (
        "{n} people were killed in {t}, {s} said",
        "{n} orang tewas di {t}, kata {s}",
        "how many people were killed in {t}",
        "berapa orang tewas di {t}",
        "lives lost {t}",
    ),
    "injured": (
        "hospitals in {t} treated {n} wounded, according to {s}",
        "{n} warga {t} luka-luka, ujar {s}",
        "how many were injured in {t}",
        "berapa yang luka di {t}",
        "wounded {t}",
    ),
    "missing": (
        "{n} remain unaccounted for after the disaster in {t}, {s} said",
        "{n} orang masih dicari di {t}, menurut {s}",
        "how many people are missing in {t}",
        "berapa orang hilang di {t}",
        "missing {t}",
    ),
    "arrested": (
        "{n} suspects were taken into custody in {t}, {s} said",
        "{n} orang ditahan di {t}, kata {s}",
        "how many were arrested in {t}",
        "berapa orang ditangkap di {t}",
        "arrests {t}",
    ),
    "displaced": (
        "some {n} residents fled their homes in {t}, {s} said",
        "{n} warga {t} mengungsi, kata {s}",
        "how many people were displaced in {t}",
        "berapa warga mengungsi di {t}",
        "evacuated {t}",
    ),
    "houses": (
        "{n} homes were wrecked across {t}, {s} reported",
        "{n} rumah di {t} rusak, kata {s}",
        "how many houses were damaged in {t}",
        "berapa rumah rusak di {t}",
        "homes destroyed {t}",
    ),
    "crowd": (
        "about {n} demonstrators marched through {t}, {s} estimated",
        "sekitar {n} pengunjuk rasa memadati {t}, kata {s}",
        "how many people protested in {t}",
        "berapa peserta aksi di {t}",
        "turnout of the march in {t}",
    ),
    "jobs": (
        "the plant in {t} will shed {n} jobs, {s} said",
        "pabrik di {t} memangkas {n} pekerjaan, ujar {s}",
        "how many jobs will be cut in {t}",
        "berapa pekerjaan dipangkas di {t}",
        "layoffs at the factory in {t}",
    ),
}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SPEAKERS = ("police", "the mayor", "rescue workers", "a spokesman", "polisi", "bupati", "BNPB", "organisers")


@dataclass(frozen=True)
class Asked:
    """A question, how it was made, and the sentences that answer it; none for one that has no answer."""

    text: str
    style: str
    language: str
    wanted: frozenset[int]


def town(number: int) -> str:
    """An invented name: the same for the same number."""
    base = len(SYLLABLES)
    parts = [SYLLABLES[number % base], SYLLABLES[number // base % base], SYLLABLES[number // base**2 % base], "ngan"]
    return "".join(parts).capitalize()


def made(size: int, chance: random.Random) -> list[tuple[str, int, Claim]]:
    """(measure, town, claim): topics as Zipf has them, English and Indonesian in turn."""
    found = []
    names = list(MATTERS)
    towns = max(200, size // 12)
    for number in range(size):
        where = min(int(chance.paretovariate(0.6)) - 1, towns * 50) % towns if number % 3 else chance.randrange(towns)
        measure = names[chance.randrange(len(names))]
        count, speaker = chance.randrange(2, 9000), chance.choice(SPEAKERS)
        language = "en" if number % 2 else "id"
        sentence = MATTERS[measure][0 if language == "en" else 1].format(n=count, t=town(where), s=speaker)
        on = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        claim = Claim(
            kind=Kind.QUANTITY, evidence=sentence, start=0, measure=measure, speaker=speaker,
            quantity=Quantity(low=Decimal(count), high=Decimal(count), unit="people"),
            event_date=EventDate.day(on), published=on, language=language,
        )  # fmt: skip
        found.append((measure, where, claim))
    return found


def questions(claims: Sequence[tuple[str, int, Claim]], many: int, chance: random.Random) -> Iterator[Asked]:
    """Near, cross-lingual, misspelled and keyword questions, and a sixth that nothing answers."""
    by_matter: dict[tuple[str, int], set[int]] = {}
    for number, (measure, where, _) in enumerate(claims):
        by_matter.setdefault((measure, where), set()).add(number)
    known = list(by_matter)
    for at in range(many):
        measure, where = known[chance.randrange(len(known))]
        wanted = frozenset(by_matter[measure, where])
        language = claims[min(wanted)][2].language
        style = ("near", "cross", "typo", "keyword", "near", "none")[at % 6]
        asks = "id" if (language == "id") != (style == "cross") else "en"
        wording = MATTERS[measure][4 if style == "keyword" else 2 if asks == "en" else 3]
        name = town(where)
        if style == "none":
            name, wanted = f"{name[:3]}xoq{name[3:5]}", frozenset()
        if style == "typo":
            name = name[:3] + name[4] + name[3] + name[5:]
        if style == "cross":
            wanted = frozenset(one for one in wanted if claims[one][2].language != asks) or wanted
        yield Asked(wording.format(t=name), style, asks, wanted)


#: claims stored in one transaction
BATCH = 20_000


def load(engine: Engine, claims: Sequence[Claim]) -> tuple[float, float]:
    """Store claims with their index; gives the seconds that working out their terms took, and storing them."""
    worked_out = stored = 0.0
    for first in range(0, len(claims), BATCH):
        some = list(enumerate(claims[first : first + BATCH], first + 1))
        start = time.perf_counter()
        rows = [
            (number, claim.kind.value, str(slot(claim)), f"said:{claim.speaker}", json.dumps(claim_json.dump(claim)))
            for number, claim in some
        ]
        by_key = sorted({(one, number) for number, claim in some for one in keys(claim)})
        by_term = sorted({(one, number) for number, claim in some for one in terms(claim)})
        half = time.perf_counter()
        with writing(engine) as session:
            store(session, first, rows, by_key, by_term)
        worked_out, stored = worked_out + half - start, stored + time.perf_counter() - half
        print(f"\r  loading {first + len(some):,} of {len(claims):,}", end="", file=sys.stderr, flush=True)
    print("\r" + " " * 40, end="\r", file=sys.stderr)
    return worked_out, stored


def store(session: Session, first: int, rows: Sequence[Any], by_key: Sequence[Any], by_term: Sequence[Any]) -> None:
    """One batch as an article, row by row in the order of the index: what lies together is written together."""
    article = ArticleRow(
        external_id=f"bench:{first}", version=1, text="", text_hash="", title="", context="",
        trust="trusted", extractor="bench", added_at=NOW,
    )  # fmt: skip
    session.add(article)
    session.flush()
    driver = session.connection()
    mark = "?" if driver.dialect.name == "sqlite" else "%s"

    def put(table: str, columns: str, values: Sequence[Any]) -> None:
        marks = ", ".join([mark] * len(columns.split(",")))
        driver.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)

    when = NOW.isoformat(sep=" ") if mark == "?" else NOW
    told = [(*row, article.number, True, when) for row in rows]
    put("claim", "number, kind, slot, origin, data, article, current, added_at", told)
    put("claim_key", "key, claim, mark, day, leads", [(*one, 0, 0, True) for one in by_key])
    put("claim_term", "term, claim", by_term)


def fts(claims: Sequence[tuple[str, int, Claim]]) -> Callable[[str], list[int]]:
    """Plain full-text search: every word of the question, joined by OR, ranked by bm25."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE found USING fts5(text)")
    rows = ((at, claim.evidence) for at, (_, _, claim) in enumerate(claims))
    base.executemany("INSERT INTO found(rowid, text) VALUES (?, ?)", rows)

    def search(text: str) -> list[int]:
        query = " OR ".join(f'"{fold(span.of(text))}"' for span in words(text))
        rows = base.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT 5", (query,))
        return [row[0] for row in rows]

    return search


def tantivy_or(claims: Sequence[tuple[str, int, Claim]]) -> Callable[[str], list[int]] | None:
    """tantivy, where it is installed: every word, joined by OR, ranked by bm25."""
    if find_spec("tantivy") is None:
        return None
    tantivy: Any = import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    builder.add_integer_field("at", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(100_000_000)
    for at, (_, _, claim) in enumerate(claims):
        writer.add_document(tantivy.Document(text=claim.evidence, at=at))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[int]:
        plain = " ".join(fold(span.of(text)) for span in words(text))
        hits = searcher.search(index.parse_query(plain, ["text"]), 5).hits
        return [searcher.doc(address)["at"][0] for _, address in hits]

    return search


def fuzz_all(claims: Sequence[tuple[str, int, Claim]]) -> Callable[[str], list[int]]:
    """rapidfuzz over every claim: no index at all."""
    texts = [claim.evidence for _, _, claim in claims]

    def search(text: str) -> list[int]:
        return [at for _, _, at in process.extract(text, texts, scorer=fuzz.token_set_ratio, limit=5)]

    return search


def measure_engine(
    name: str, search: Callable[[Asked], tuple[list[int], float]], asked: Sequence[Asked], *, abstains: bool = False
) -> tuple[float, float]:
    """Ask every question, print the line of an engine, give p50 and p95 in ms."""
    times: list[float] = []
    hits: dict[str, list[bool]] = {}
    best_known, best_unknown = [], []
    for one in asked:
        start = time.perf_counter()
        found, score = search(one)
        times.append((time.perf_counter() - start) * 1000)
        if one.wanted:
            hits.setdefault(one.style, []).append(bool(one.wanted & set(found[:5])))
            best_known.append(score)
        else:
            best_unknown.append(score)
    pairs = [(known > unknown) + 0.5 * (known == unknown) for known in best_known for unknown in best_unknown]
    p50, p95 = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
    shares = "  ".join(f"{style} {statistics.mean(some):.2f}" for style, some in sorted(hits.items()))
    every = statistics.mean(one for some in hits.values() for one in some)
    told = f"  AUROC of abstaining {statistics.mean(pairs):.2f}" if abstains and pairs else ""
    print(f"  {name:11} p50 {p50:8.1f}  p95 {p95:8.1f} ms  hit@5 {every:.2f}  ({shares}){told}  of {len(asked)}")
    return p50, p95


def resident() -> float:
    """Megabytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def run(size: int, many: int, url: str | None) -> float:
    """One store of one size; gives the p50 of this store."""
    chance = random.Random(size)
    claims = made(size, chance)
    asked = list(questions(claims, many, chance))
    print(f"{size:,} claims; {unknown_words(claims):.0%} of their words stand in no table")
    with tempfile.TemporaryDirectory() as home:
        engine = open_database(url or f"sqlite:///{home}/bench.db")
        worked_out, stored = load(engine, [claim for _, _, claim in claims])
        print(f"  load        {size / stored:8,.0f} claims/s with index; their terms {size / worked_out:,.0f} claims/s")
        service = Service(engine)

        def ours(one: Asked) -> tuple[list[int], float]:
            result = service.ask(one.text, language=one.language, today=date(2026, 1, 1))
            best = max((score for _, score in (*result.answers, *result.nearest)), default=0.0)
            return [stored.number - 1 for stored, _ in result.answers], best if result.answers else best / 2

        before = resident()
        for one in asked[:5]:
            ours(one)
        p50, p95 = measure_engine("claimbot", ours, asked, abstains=True)
        print(f"  memory      {resident() - before:8,.0f} MB more than before the first question")
        for name, text in hostile().items():
            start = time.perf_counter()
            service.ask(text, language="en")
            print(f"  hostile     {(time.perf_counter() - start) * 1000:8.1f} ms for {name}")
        engine.dispose()
    few = asked[: max(30, min(many, 20_000_000 // size))]
    search = fts(claims)
    _, plain = measure_engine("FTS5 OR", lambda one: (search(one.text), 0.0), few)
    print(f"  p95 is {p95 / plain:.3f} of FTS5's")
    for name, build, sample in (("tantivy OR", tantivy_or, asked), ("rapidfuzz", fuzz_all, few[:30])):
        if found := build(claims):
            measure_engine(name, lambda one, found=found: (found(one.text), 0.0), sample)  # type: ignore[misc]
        else:
            print(f"  {name:11} is not installed")
    return p50


def unknown_words(claims: Sequence[tuple[str, int, Claim]]) -> float:
    """The share of words that no table holds, invented names apart."""
    vocabulary = {
        (fold(span.of(claim.evidence)), claim.language)
        for _, _, claim in claims[:2000]
        for span in words(claim.evidence)
    }
    plain = [(word, code) for word, code in vocabulary if word.isalpha() and not word.endswith("ngan")]
    return sum(not is_known(word, code) and not is_nothing(word, code) for word, code in plain) / len(plain)


def hostile() -> dict[str, str]:
    """Questions that are made to cost."""
    return {
        "4,096 characters of common words": " ".join(["people", "killed", "in", "the", "said"] * 200)[:4096],
        "300 words, all of them different": " ".join(f"{town(number)}{number}" for number in range(300))[:4096],
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--postgres", metavar="URL", help="an empty PostgreSQL database instead of SQLite in a file")
    options = parser.parse_args()
    found = {size: run(size, options.questions, options.postgres) for size in sorted(options.sizes)}
    small, large = min(found), max(found)
    if small < large:
        exponent = math.log(found[large] / found[small]) / math.log(large / small)
        print(f"p50 grows with the {exponent:.2f}th power of the claims, from {small:,} to {large:,}")


if __name__ == "__main__":
    main()
