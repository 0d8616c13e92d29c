"""Questions against large stores: `python tests/bench/questions.py 10000 100000`. Prints claimbot, from the text of a
question to ranked claims with what contradicts them, side by side with full-text search (FTS5, all words joined by OR,
bm25), tantivy and rapidfuzz over the same sentences, in one run; then what it takes besides, and how it grows.

A store is asked by a process of its own. Times are by the clock, and of the process that asks ("own"), as other work on
the machine counts little there; what a PostgreSQL server does is in the first alone.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from math import log
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.corpus import hostile, made, questions, unknown_words  # noqa: E402
from tests.bench.figures import HEAD, Asked, Figures, measured, p95  # noqa: E402
from tests.bench.rivals import Search, full_text, fuzz_all, tantivy_or  # noqa: E402
from tests.bench.stores import Took, in_file, on_server  # noqa: E402
from tests.bench.telegram import crowd  # noqa: E402
from tests.postgres import running  # noqa: E402

#: questions that a store is asked before it is measured
FIRST = 30
#: sentences that a rival that reads them all may read in a run
READ = 20_000_000


@dataclass(frozen=True)
class Alone:
    """What a process measured that did nothing but ask."""

    figures: Figures
    #: ms
    hostile: dict[str, float]
    #: MB
    memory: float


def ask(url: str, file: Path) -> Alone:
    """The figures of a store."""
    command = [sys.executable, str(Path(__file__).with_name("asking.py")), url, str(file)]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return Alone(Figures(**told["figures"]), told["hostile"], told["memory"])


def write(file: Path, asked: Sequence[Asked]) -> None:
    """The questions as the process that asks reads them."""
    rows = [{**asdict(one), "wanted": sorted(one.wanted)} for one in asked]
    file.write_text(json.dumps({"first": rows[:FIRST], "asked": rows[FIRST:], "hostile": hostile()}), "utf-8")


def run(size: int, options: argparse.Namespace, server: str | None) -> float:
    """Stores of one size; gives the p50 of this store."""
    chance = random.Random(size)
    corpus = made(size, chance)
    every = list(questions(corpus, FIRST + options.questions, chance))
    asked = every[FIRST:]
    claims = [claim for _, _, claim in corpus]
    print(f"\n{size:,} claims; {unknown_words(corpus):.0%} of their words stand in no table\n{HEAD}")
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "asked.json"
        write(file, every)
        url, took = in_file(options.stores or Path(home), claims)
        mine = ask(url, file)
        print(mine.figures.line("claimbot"), flush=True)
        other = None
        if server:
            address, took_there = on_server(server, claims)
            other = ask(address, file)
            print(other.figures.line("PostgreSQL"), flush=True)
        plain = rivals([claim.evidence for claim in claims], asked, Path(home) / "text.db")
        print(f"  p95 of claimbot beside that of FTS5: {ratio(mine.figures, plain)}")
        if other:
            print(f"  p95 on PostgreSQL is {other.figures.p95 / mine.figures.p95:.2f} of SQLite's (1.5), by the clock")
        print(f"  AUROC of abstaining {mine.figures.auroc:.2f} (.92)")
        for name, took_ms in mine.hostile.items():
            print(f"  hostile: {took_ms:.1f} ms of the process (50) for {name}")
        print(f"  resident: {mine.memory:.0f} MB at most (200), of the process that asks")
        for name, one in (("SQLite", took), ("PostgreSQL", took_there if server else None)):
            if one:
                print(f"  {loaded(name, size, one)}")
        at_once(Path(url.removeprefix("sqlite:///")), Path(home))
    return mine.figures.own_p50


def ratio(mine: Figures, plain: Figures) -> str:
    """How this store compares with full text, by the clock and of the process."""
    clock, own = mine.p95 / plain.p95, mine.own_p95 / plain.own_p95
    return f"{clock:.3f} by the clock, {own:.3f} of the process (.02 at a million)"


def loaded(name: str, size: int, took: Took) -> str:
    """How fast claims were stored."""
    return (
        f"load into {name}: {size / took.stored:,.0f} claims/s with index by the clock, {size / took.own:,.0f} of the "
        f"process (20,000); their terms had taken {took.terms / size * 1e6:,.0f} µs each"
    )


def rivals(sentences: Sequence[str], asked: Sequence[Asked], file: Path) -> Figures:
    """The rows of all others; gives that of full-text search."""
    few = asked[: max(30, min(len(asked), READ // len(sentences)))]
    builds: dict[str, tuple[Callable[[], Search], Sequence[Asked]]] = {
        "FTS5 OR": (lambda: full_text(sentences, file), few),
        "tantivy OR": (lambda: tantivy_or(sentences), asked),
        "rapidfuzz": (lambda: fuzz_all(sentences), few[:30]),
    }
    found = {}
    for name, (build, some) in builds.items():
        search = build()
        found[name] = measured(lambda one, search=search: (search(one.text), 0.0), some)  # type: ignore[misc]
        print(found[name].line(name), flush=True)
    return found["FTS5 OR"]


def at_once(store: Path, home: Path) -> None:
    """What others wait for while twenty people ask the bot at once."""
    copy = home / "bot.db"
    shutil.copy(store, copy)
    plain = [f"how many people were killed in Nowhere{number}?" for number in range(20)]
    worst = [f"{number} {one}"[:4096] for number in range(10) for one in hostile().values()]
    for name, (waits, lag) in crowd(f"sqlite:///{copy}", home, {"plain": plain, "hostile": worst}).items():
        print(
            f"  20 at once, {name}: others wait {p95(waits) * 1000:.0f} ms p95, {max(waits) * 1000:.0f} ms at most "
            f"(500), of {len(waits)}; the loop was late by {lag * 1000:.0f} ms at most (50)"
        )


@contextmanager
def postgres(options: argparse.Namespace) -> Iterator[str | None]:
    """A server, where one is asked for; it keeps its databases where stores are kept."""
    with ExitStack() as stack:
        if not options.postgres:
            yield None
            return
        folder = options.stores / "postgres" if options.stores else Path(stack.enter_context(short_folder()))
        folder.mkdir(mode=0o700, exist_ok=True)
        yield stack.enter_context(running(folder, keep=bool(options.stores)))


def short_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder whose path is short enough for a socket."""
    return tempfile.TemporaryDirectory(prefix="pg", dir="/tmp", ignore_cleanup_errors=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--postgres", action="store_true", help="the same on a PostgreSQL that is started for it")
    parser.add_argument("--stores", type=Path, help="a folder in which the stores are kept for the next run")
    options = parser.parse_args()
    with postgres(options) as server:
        found = {size: run(size, options, server) for size in sorted(options.sizes)}
    small, large = min(found), max(found)
    if small < large:
        exponent = log(found[large] / found[small]) / log(large / small)
        print(f"p50 grows with the {exponent:.2f}th power of the claims (.5), from {small:,} to {large:,}")


if __name__ == "__main__":
    main()
