"""Pictures: who said what when, one mark a speaker, ranges as bars, open ends as arrows, denials in a band below."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.axes import Axes, day_ticks, ticks
from bot.canvas import MARKS, Box, Canvas, Point, fitted, meet, mixed, width_of
from bot.locale import compact, say
from bot.phrasing import has_plural_verb, unit
from claims.entities import display
from claims.model import Kind, Quantity
from claims.pair import told
from db.values import StoredClaim

#: speakers shown with a colour and shape of their own; the others share the last ones
MOST_SPEAKERS = len(MARKS) - 1
#: the picture in pixels, its rim, where the plot begins, and the height of a row of days, of denials, of the legend
_WIDTH, _HEIGHT, _RIM, _TOP, _DAYS, _ROW, _KEY = 1280, 740, 36, 112, 40, 30, 34
#: the sizes of letters: the title, all else
_TITLE, _TEXT = 27, 18
#: half a mark; a line; half the bar of a range; an open end's arrow and half of its head
_MARK, _LINE, _BAR, _ARROW, _HEAD = 8, 2.2, 7, 36, 7
#: rows of denials; the widest name of a speaker
_MOST_ROWS, _NAME = 4, 390
#: pixels between two marks of one day that would lie on one another
_ASIDE = 80
#: pixels from the cross of a denial to its words
_CROSS = 16
#: pixels around a label that nothing else may touch
_AIR = 3
_BOUNDS = {"about": "≈", "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}


@dataclass(frozen=True, slots=True)
class _Look:
    """The colours of a page."""

    page: str
    ink: str
    faint: str
    band: str
    #: told apart by those who see no red or no green (Okabe and Ito, lighter on dark)
    speakers: tuple[str, ...]


_LIGHT = _Look(
    "#FFFFFF", "#1A1A1A", "#DEDEDE", "#F3E3E3",
    ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555"),
)  # fmt: skip
_DARK = _Look(
    "#17212B", "#F0F0F0", "#33404C", "#4A2F3A",
    ("#56B4E9", "#E69F00", "#2BC49A", "#F0A3CC", "#F0E442", "#FF8A50", "#BBBBBB"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure in the picture: who says it, its day, its ends, and where its mark stands."""

    quantity: Quantity
    group: int
    on: date
    low: float
    high: float
    at: Point = (0, 0)

    @property
    def value(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class _Denial:
    """Who denies it on one day: where the cross of that day stands, and where the words beside it begin and end."""

    text: str
    x: float
    left: float
    right: float
    row: int


def timeline(claims: Sequence[StoredClaim], title: str, language: str, *, dark: bool = False) -> bytes:
    """A PNG of the figures over time."""
    look = _DARK if dark else _LIGHT
    canvas = Canvas(_WIDTH, _HEIGHT, look.page)
    speakers = _speakers(claims, language)
    figures = _figures(claims, speakers, language)
    names = _names(speakers, language)
    keys = _keys(names)
    days = sorted(on for one in claims if (on := told(one.claim)))
    marks = ticks([end for one in figures for end in (one.low, one.high)])
    written = [compact(mark, language) for mark in marks.at]
    left = _RIM + max(width_of(text, _TEXT) for text in written) + 12
    frame = Axes(left, _TOP, _WIDTH - _RIM, _HEIGHT, days[0], days[-1], marks)
    denials = _denials(claims, frame, language)
    rows = max((one.row + 1 for one in denials), default=0)
    band = rows * _ROW + 8 if rows else 0
    axes = replace(frame, bottom=_HEIGHT - _DAYS - band - _KEY * (1 + max(row for _, row, _ in keys)) - 12)
    _dress(
        canvas,
        axes,
        look,
        fitted(title[:1].upper() + title[1:], _TITLE, _WIDTH - 2 * _RIM),
        _counted(figures, language),
        written,
    )
    _write_days(canvas, axes, look, days, language, band)
    _draw_denials(canvas, axes, look, denials, band)
    placed = _apart(axes, figures)
    for group in range(len(names)):
        _draw(canvas, axes, look, [one for one in placed if one.group == group], group)
    _draw_keys(canvas, look, keys, _HEIGHT - _KEY * (1 + max(row for _, row, _ in keys)))
    _label(canvas, axes, look, placed, language)
    return canvas.png()


def _speaker(stored: StoredClaim, language: str) -> str:
    name = stored.claim.speaker or stored.source
    return display(name, language) if name else str(say(language, "chart.unnamed"))


def _speakers(claims: Sequence[StoredClaim], language: str) -> list[str]:
    """In the order in which they first spoke."""
    ordered = sorted(claims, key=lambda one: told(one.claim) or date.max)
    return list(dict.fromkeys(_speaker(one, language) for one in ordered if one.claim.quantity))


def _names(speakers: Sequence[str], language: str) -> list[str]:
    """What the legend names: the speakers, and those for whom no colour is left as one."""
    rest = len(speakers) - MOST_SPEAKERS
    named = [fitted(one, _TEXT, _NAME) for one in speakers[:MOST_SPEAKERS]]
    return [*named, str(say(language, "chart.others", count=rest))] if rest > 0 else named


def _figures(claims: Sequence[StoredClaim], speakers: Sequence[str], language: str) -> list[_Figure]:
    """The figures in the order of their days; what one speaker says twice a day once."""
    found: dict[tuple[object, ...], _Figure] = {}
    for one in sorted(claims, key=lambda one: (told(one.claim) or date.max, one.number)):
        quantity, on = one.claim.quantity, told(one.claim)
        if quantity and on and quantity.value is not None:
            group = min(speakers.index(_speaker(one, language)), MOST_SPEAKERS)
            low, high = (float(quantity.value if end is None else end) for end in (quantity.low, quantity.high))
            found.setdefault((group, on, low, high, quantity.bound), _Figure(quantity, group, on, low, high))
    return list(found.values())


def _counted(figures: Sequence[_Figure], language: str) -> str:
    """What is counted, where all count one thing."""
    units = {unit(one.quantity, language) for one in figures}
    return units.pop() if len(units) == 1 else ""


def _denials(claims: Sequence[StoredClaim], axes: Axes, language: str) -> list[_Denial]:
    """Who denied it on which day, in rows in which no two texts touch."""
    #: by day the names of those who deny it, and the number of the verb behind each
    names: dict[date, dict[str, int]] = {}
    for one in sorted(claims, key=lambda one: told(one.claim) or date.max):
        on = told(one.claim)
        if one.claim.kind is Kind.DENIAL and on:
            names.setdefault(on, {})[_speaker(one, language)] = 2 if has_plural_verb(one.claim, language) else 1
    found: list[_Denial] = []
    for on, who in names.items():
        text = str(say(language, "chart.denies", speaker=", ".join(who), count=sum(who.values())))
        text = fitted(text, _TEXT, (axes.right - axes.left) / 2)
        x, wide = axes.x(on), width_of(text, _TEXT) + _CROSS
        left, right = (x, x + wide) if x + wide < axes.right else (x - wide, x)
        taken = {one.row for one in found if one.left < right + _CROSS and left < one.right + _CROSS}
        row = next((row for row in range(_MOST_ROWS) if row not in taken), None)
        if row is not None:
            found.append(_Denial(text, x, left, right, row))
    return found


def _apart(axes: Axes, figures: Sequence[_Figure]) -> list[_Figure]:
    """The figures in their places: marks that would lie on one another stand side by side."""
    lines = [axes.x(day) for day in sorted({one.on for one in figures})]
    step = max(2 * _MARK + 3, min([_ASIDE, *((b - a) / 3 for a, b in pairwise(lines))]))
    placed: list[_Figure] = []
    for one in figures:
        x, y = axes.x(one.on), axes.y(one.value)
        steps = (x + step * ((at + 1) // 2) * (1 if at % 2 else -1) for at in range(2 * MOST_SPEAKERS))
        taken = [other.at for other in placed]
        free = next((to for to in steps if not any(_touch((to, y), other) for other in taken)), x)
        placed.append(replace(one, at=(free, y)))
    return placed


def _touch(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < 2 * _MARK + 2 and abs(one[1] - other[1]) < 2 * _MARK + 2


def _dress(canvas: Canvas, axes: Axes, look: _Look, title: str, counted: str, written: Sequence[str]) -> None:
    """Title, what is counted, and the lines that figures are read from."""
    canvas.text((_RIM, 48), title, _TITLE, look.ink)
    canvas.text((_RIM, 84), counted, _TEXT, mixed(look.ink, look.page, 0.7))
    for value, text in zip(axes.ticks.at, written, strict=True):
        y = axes.y(value)
        canvas.line(((axes.left, y), (axes.right, y)), look.faint, 1)
        canvas.text((axes.left - 12, y), text, _TEXT, look.ink, anchor="rm")


def _write_days(canvas: Canvas, axes: Axes, look: _Look, days: Sequence[date], language: str, band: float) -> None:
    """Some of the days below the plot."""
    for x, text in day_ticks(axes, days, language, lambda text: width_of(text, _TEXT) + 28):
        half = width_of(text, _TEXT) / 2
        x = min(max(x, axes.left + half), axes.right - half)
        canvas.text((x, axes.bottom + band + 30), text, _TEXT, look.ink, anchor="ms")


def _draw_denials(canvas: Canvas, axes: Axes, look: _Look, denials: Sequence[_Denial], band: float) -> None:
    if band:
        canvas.box((axes.left, axes.bottom, axes.right, axes.bottom + band), look.band)
    for one in denials:
        y = axes.bottom + 4 + _ROW * (one.row + 0.5)
        canvas.text((one.x, y), "✕", _TEXT, look.ink, anchor="mm")
        begins = one.left == one.x
        at = one.left + _CROSS if begins else one.right - _CROSS
        canvas.text((at, y), one.text, _TEXT, look.ink, anchor="lm" if begins else "rm")


def _draw(canvas: Canvas, axes: Axes, look: _Look, figures: Sequence[_Figure], group: int) -> None:
    """A speaker's figures, joined from day to day; those that share the last colour are not joined."""
    colour = look.speakers[group]
    for ends in _joined(figures) if group < MOST_SPEAKERS else ():
        canvas.line(ends, colour, _LINE)
    for one in figures:
        x, y = one.at
        if one.low != one.high:
            canvas.box((x - _BAR, axes.y(one.high), x + _BAR, axes.y(one.low)), mixed(colour, look.page, 0.35))
            for end in (one.low, one.high):
                canvas.line(((x - _BAR, axes.y(end)), (x + _BAR, axes.y(end))), colour, _LINE)
        if one.quantity.high is None or one.quantity.low is None:
            up = -1 if one.quantity.high is None else 1
            tip = y + up * _ARROW
            canvas.line(((x, y), (x, tip)), colour, _LINE)
            canvas.line(((x - _HEAD, tip - up * _HEAD), (x, tip), (x + _HEAD, tip - up * _HEAD)), colour, _LINE)
    for one in figures:
        canvas.mark(MARKS[group], one.at, colour, _MARK)


def _joined(figures: Sequence[_Figure]) -> Iterator[tuple[Point, Point]]:
    """The ends of the lines between a speaker's figures: two of one day are of two things."""
    for one, other in pairwise(figures):
        if one.on != other.on:
            yield one.at, other.at


def _keys(names: Sequence[str]) -> list[tuple[float, int, str]]:
    """Where the names of the legend stand: (x, row, name)."""
    found: list[tuple[float, int, str]] = []
    x, row = float(_RIM), 0
    for name in names:
        wide = 2 * _MARK + 10 + width_of(name, _TEXT)
        if x > _RIM and x + wide > _WIDTH - _RIM:
            x, row = float(_RIM), row + 1
        found.append((x, row, name))
        x += wide + 34
    return found


def _draw_keys(canvas: Canvas, look: _Look, keys: Sequence[tuple[float, int, str]], top: float) -> None:
    for group, (x, row, name) in enumerate(keys):
        y = top + _KEY * row + 8
        canvas.mark(MARKS[group], (x + _MARK, y), look.speakers[group], _MARK)
        canvas.text((x + 2 * _MARK + 10, y), name, _TEXT, look.ink, anchor="lm")


def _label(canvas: Canvas, axes: Axes, look: _Look, figures: Sequence[_Figure], language: str) -> None:
    """The figures beside their marks, where there is room for them: the newest first; off the lines where that is
    possible."""
    taken = [_around(one.at, _MARK) for one in figures]
    taken += [(one.at[0] - _BAR, axes.y(one.high), one.at[0] + _BAR, axes.y(one.low)) for one in figures]
    taken += [_arrow_of(one) for one in figures if one.quantity.high is None or one.quantity.low is None]
    lines = list(_on_lines(figures))
    for one in reversed(figures):
        text = _figure(one.quantity, language)
        places = [box for box in _beside(one.at, width_of(text, _TEXT)) if _is_inside(box, axes)]
        free = [box for box in places if not any(meet(box, other) for other in taken)]
        best = next((box for box in free if not any(meet(box, other) for other in lines)), next(iter(free), None))
        if best:
            taken.append(best)
            canvas.text((best[0] + _AIR, (best[1] + best[3]) / 2), text, _TEXT, look.ink, anchor="lm", set_off=True)


def _beside(at: Point, wide: float) -> Iterable[Box]:
    """Where a label may stand: right, left, above and below, then at the corners."""
    x, y = at
    high, far = _TEXT + 2 * _AIR, wide + 2 * _AIR
    right, left, middle = x + _MARK + 4, x - _MARK - 4 - far, x - far / 2
    above, below, beside = y - _MARK - 4 - high, y + _MARK + 4, y - high / 2
    for to_x, to_y in (
        (right, beside), (right, above), (right, below), (middle, above), (middle, below),
        (left, beside), (left, above), (left, below),
    ):  # fmt: skip
        yield to_x, to_y, to_x + far, to_y + high


def _is_inside(box: Box, axes: Axes) -> bool:
    return box[0] > axes.left and box[2] < _WIDTH - 4 and box[1] > axes.top - 24 and box[3] < axes.bottom


def _around(at: Point, half: float) -> Box:
    return at[0] - half, at[1] - half, at[0] + half, at[1] + half


def _arrow_of(one: _Figure) -> Box:
    x, y = one.at
    return (x - _HEAD, y - _ARROW, x + _HEAD, y) if one.quantity.high is None else (x - _HEAD, y, x + _HEAD, y + _ARROW)


def _on_lines(figures: Sequence[_Figure]) -> Iterable[Box]:
    """Small boxes along the lines that join a speaker's figures."""
    for group in range(MOST_SPEAKERS):
        for (x, y), (to_x, to_y) in _joined([one for one in figures if one.group == group]):
            steps = int(max(abs(to_x - x), abs(to_y - y)) / 8) + 1
            for at in range(steps + 1):
                yield _around((x + (to_x - x) * at / steps, y + (to_y - y) * at / steps), 2)


def _figure(quantity: Quantity, language: str) -> str:
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        return f"{compact(low, language)}–{compact(high, language)}"
    sign = _BOUNDS.get(quantity.bound.value, "")
    return f"{sign}{compact(quantity.value, language)}" if quantity.value is not None else ""
