"""Quantities as intervals, and how two intervals lie to each other."""

from decimal import Decimal
from functools import lru_cache

from claims.model import Bound, Quantity

#: low and high end; None is an open end
Interval = tuple[Decimal | None, Decimal | None]

#: whole figures below this are exact
COUNTED = 100


def interval(quantity: Quantity) -> Interval:
    """The figures that a quantity allows. None is an open end.

    "=" allows half a unit of its last non-zero digit, at most 5 %; what is below a hundred was counted one by one.
    "About" allows a whole such unit, at least 5 % and at most 20 %: about 5,000 is less exact than about 5,200."""
    low, high = quantity.low, quantity.high
    if low is None or high is None or quantity.bound in (Bound.RANGE, Bound.VAGUE):
        return low, high
    if quantity.bound is Bound.ABOUT:
        margin = min(max(_unit(low), abs(low) / 20), abs(low) / 5)
    else:
        margin = min(_unit(low) / 2, abs(low) / 20)
    return low - margin, high + margin


@lru_cache(maxsize=1 << 12)  # a new figure is set against many, and asked again by every rule
def _unit(value: Decimal) -> Decimal:
    """One unit of a figure's last non-zero digit; none where it was counted one by one."""
    whole = value == value.to_integral_value()
    if not value or (whole and abs(value) < COUNTED):
        return Decimal(0)
    exponent = int(value.normalize().as_tuple().exponent)
    return Decimal(0) if exponent == 0 else Decimal(1).scaleb(exponent)


def meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals share a figure."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Interval, other: Interval) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def holds(one: Interval, other: Interval) -> bool:
    """Whether one interval lies in the other."""
    return _inside(one, other) or _inside(other, one)


def _inside(inner: Interval, outer: Interval) -> bool:
    low = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    high = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return low and high


def times_apart(one: Quantity, other: Quantity) -> Decimal:
    """How many times the one figure is the other, at their nearest ends; 1 where they meet."""
    if meet(interval(one), interval(other)):
        return Decimal(1)
    mine, theirs = interval(one), interval(other)
    low, high = (mine[1], theirs[0]) if _ends_before(mine, theirs) else (theirs[1], mine[0])
    return high / low if low and high and low > 0 else Decimal("Infinity")


def percent_apart(one: Quantity, other: Quantity) -> Decimal:
    """How far two figures lie apart, in per cent of the greater one; 0 where they meet."""
    times = times_apart(one, other)
    return 100 * (1 - 1 / times) if times.is_finite() else Decimal(100)


def is_less(one: Quantity, other: Quantity) -> bool:
    """Whether the one figure is smaller than the other."""
    mine, theirs = one.value, other.value
    return mine is not None and theirs is not None and mine < theirs
