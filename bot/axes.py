"""From days and figures to pixels, and which of them are written beside a plot."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10

from bot.locale import day

#: the greatest figure is this many times the smallest: drawn in powers of ten
_WIDE = 30
#: lines that figures are read from, about
_LINES = 5
#: what is nought stands so many times above the least power of ten
_FLOOR = 1.25
#: above the greatest figure, and before the first day and after the last: parts of what is shown
_ROOM, _RIM, _SHORTEST_RIM = 1.15, 0.12, 0.6


@dataclass(frozen=True, slots=True)
class Ticks:
    """The figures that are written beside a plot, and the least and greatest that it shows."""

    at: tuple[Decimal, ...]
    low: float
    high: float
    in_powers: bool = False


@dataclass(frozen=True, slots=True)
class Axes:
    """A plot: its edges in pixels, its first and last day, and its figures."""

    left: float
    top: float
    right: float
    bottom: float
    first: date
    last: date
    ticks: Ticks

    def x(self, on: date) -> float:
        """Where a day stands."""
        span = (self.last - self.first).days
        rim = max(_SHORTEST_RIM, span * _RIM)
        return self.left + (self.right - self.left) * ((on - self.first).days + rim) / (span + 2 * rim)

    def y(self, value: float | Decimal) -> float:
        """Where a figure stands; what is too small for powers of ten stands low."""
        low, high, at = self.ticks.low, self.ticks.high, float(value)
        if self.ticks.in_powers:
            low, high, at = log10(low), log10(high), log10(max(at, low * _FLOOR))
        return self.bottom - (self.bottom - self.top) * (at - low) / (high - low)


def ticks(values: Sequence[float]) -> Ticks:
    """The figures to write beside a plot of these: round ones, from nought on unless their sizes differ too much."""
    least, most = min([0.0, *values]), max([0.0, *values]) or 1.0
    above = [value for value in values if value > 0]
    if least == 0 and above and most > _WIDE * min(above):
        low, high = min(above) / 3, most * 2.5
        powers = range(ceil(log10(low)), floor(log10(high)) + 1)
        return Ticks(tuple(Decimal(1).scaleb(power) for power in powers), low, high, True)
    low, high = least * _ROOM, most * _ROOM
    step = _step((high - low) / _LINES, whole=all(value == int(value) for value in values))
    first, last = ceil(Decimal(str(low)) / step), floor(Decimal(str(high)) / step)
    return Ticks(tuple(step * at for at in range(first, last + 1)), low, high)


def _step(least: float, *, whole: bool) -> Decimal:
    """The smallest round step that is no less."""
    power = Decimal(1).scaleb(floor(log10(least)))
    found = next(step for step in (power, 2 * power, 5 * power, 10 * power) if float(step) >= least)
    return max(found, Decimal(1)) if whole else found


def day_ticks(
    axes: Axes, days: Sequence[date], language: str, room: Callable[[str], float]
) -> Iterator[tuple[float, str]]:
    """The days to write: the first and the last, and of those between as many as have room, as (x, text)."""
    taken: list[tuple[float, float]] = []
    for on in dict.fromkeys((days[0], days[-1], *days)):
        text = day(on, language)
        x, half = axes.x(on), room(text) / 2
        if all(abs(x - other) >= half + beside for other, beside in taken):
            taken.append((x, half))
            yield x, text
