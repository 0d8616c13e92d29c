"""What a way of searching costs and finds over a row of questions."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """A question, how it was made, and the sentences that answer it; none for one that has no answer."""

    text: str
    style: str
    language: str
    wanted: frozenset[int]


@dataclass(frozen=True)
class Figures:
    """Milliseconds by the clock and of the process, what is found among the best five, and how well abstaining tells
    what has no answer."""

    p50: float
    p95: float
    own_p50: float
    own_p95: float
    hits: dict[str, float]
    every: float
    auroc: float
    count: int

    def line(self, name: str) -> str:
        """A row of the table."""
        shares = "  ".join(f"{style} {share:.2f}" for style, share in sorted(self.hits.items()))
        return (
            f"  {name:<11}{self.p50:8.1f}{self.p95:8.1f}  {self.own_p50:8.1f}{self.own_p95:8.1f}   "
            f"{self.every:.2f}  ({shares})  of {self.count}"
        )


HEAD = f"  {'ms':<11}{'p50':>8}{'p95':>8}  {'own p50':>8}{'own p95':>8}   hit@5"


def measured(search: Callable[[Asked], tuple[Sequence[int], float]], asked: Sequence[Asked]) -> Figures:
    """Ask every question; `search` gives the sentences that it finds, best first, and a score of the best."""
    clock: list[float] = []
    own: list[float] = []
    hits: dict[str, list[bool]] = {}
    known: list[float] = []
    unknown: list[float] = []
    for one in asked:
        start, begun = time.perf_counter(), time.process_time()
        found, score = search(one)
        clock.append((time.perf_counter() - start) * 1000)
        own.append((time.process_time() - begun) * 1000)
        if one.wanted:
            hits.setdefault(one.style, []).append(bool(one.wanted & set(found[:5])))
        (known if one.wanted else unknown).append(score)
    pairs = [(best > other) + 0.5 * (best == other) for best in known for other in unknown]
    return Figures(
        p50=statistics.median(clock),
        p95=p95(clock),
        own_p50=statistics.median(own),
        own_p95=p95(own),
        hits={style: statistics.mean(some) for style, some in hits.items()},
        every=statistics.mean(one for some in hits.values() for one in some),
        auroc=statistics.mean(pairs) if pairs else 1.0,
        count=len(asked),
    )


def p95(times: Sequence[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(times)[int(len(times) * 0.95)]


def high(pid: int | str = "self") -> float:
    """The most megabytes that a process that runs has taken."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
