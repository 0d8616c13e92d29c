"""Pictures: who said what when, one mark a speaker. matplotlib is loaded when the first one is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any

from bot.locale import compact, day, say
from bot.phrasing import unit
from claims.entities import display
from claims.model import Kind, Quantity
from claims.pair import told
from db.values import StoredClaim

#: speakers are told apart by shape too
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
#: speakers shown with a colour and shape of their own; the others share the last ones
MOST_SPEAKERS = len(_MARKS) - 1
#: the greatest figure is this many times the smallest: drawn in powers of ten
_WIDE = 30
#: days written below the axis
_MOST_DAYS = 7
#: matplotlib counts days from here
_EPOCH = date(1970, 1, 1)
#: the picture, in pixels, and its margins: left, right, top
_WIDTH, _HEIGHT, _DPI = 990, 572, 110
_LEFT, _RIGHT, _TOP = 84, 28, 52
#: pixels: a letter of a label, a line of text, a mark, a row of the band of denials, a row of the legend
_LETTER, _LINE, _MARK, _ROW, _KEY = 7.4, 15, 15, 20, 22
#: rows of denials; speakers in a row of the legend
_MOST_ROWS, _KEYS = 3, 3
#: pixels between two marks of one day that would lie on one another
_ASIDE = 62
#: where a label may stand beside its mark, in pixels: to the right, to the left, above and below
_BESIDE = ((10, 6), (10, -18), (-10, 6), (-10, -18), (0, 12), (0, -26))
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
    "#FFFFFF", "#1A1A1A", "#D9D9D9", "#F3E3E3",
    ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555"),
)  # fmt: skip
_DARK = _Look(
    "#17212B", "#F0F0F0", "#3A4652", "#4A2F3A",
    ("#56B4E9", "#E69F00", "#2BC49A", "#F0A3CC", "#F0E442", "#FF8A50", "#BBBBBB"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Point:
    """A figure in the picture: its mark and where it stands, in days and in what is counted."""

    claim: StoredClaim
    quantity: Quantity
    group: int
    x: float
    low: float
    high: float

    @property
    def y(self) -> float:
        return (self.low + self.high) / 2


def timeline(claims: Sequence[StoredClaim], title: str, language: str, *, dark: bool = False) -> bytes:
    """A PNG of the figures over time: ranges as bars, open ends as arrows, denials as a band below."""
    from matplotlib.figure import Figure

    look = _DARK if dark else _LIGHT
    speakers = _speakers(claims, language)
    rows = _denial_rows(claims, language)
    figure = Figure(figsize=(_WIDTH / _DPI, _HEIGHT / _DPI), dpi=_DPI, facecolor=look.page)
    keys = -(-len(_groups(speakers, language)) // _KEYS)
    bottom = 34 + _KEY * keys + (_ROW * len(rows) + 8 if rows else 0)
    axes = figure.add_axes(
        (_LEFT / _WIDTH, bottom / _HEIGHT, (_WIDTH - _LEFT - _RIGHT) / _WIDTH, (_HEIGHT - _TOP - bottom) / _HEIGHT)
    )
    points = _points(claims, speakers, language)
    _scale(axes, points)
    _days(axes, [on for one in claims if (on := told(one.claim))], language)
    points = _apart(axes, points)
    for group, name in enumerate(_groups(speakers, language)):
        _draw(axes, [one for one in points if one.group == group], name, look.speakers[group], _MARKS[group])
    _denials(axes, rows, look)
    units = {unit(one.quantity, language) for one in points}
    counted = units.pop() if len(units) == 1 else ""
    _dress(figure, axes, title, counted, language, look, 1 + bool(rows) * (_ROW * len(rows) + 6))
    _label(axes, points, language, look)
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=look.page)
    return out.getvalue()


def _speaker(stored: StoredClaim, language: str) -> str:
    name = stored.claim.speaker or stored.source
    return display(name, language) if name else str(say(language, "chart.unnamed"))


def _speakers(claims: Sequence[StoredClaim], language: str) -> list[str]:
    """In the order in which they first spoke."""
    ordered = sorted(claims, key=lambda one: told(one.claim) or date.max)
    return list(dict.fromkeys(_speaker(one, language) for one in ordered if one.claim.quantity))


def _groups(speakers: Sequence[str], language: str) -> list[str]:
    """What the legend names: the speakers, and those for whom no colour is left as one."""
    rest = len(speakers) - MOST_SPEAKERS
    named = [_short(one, 30) for one in speakers[:MOST_SPEAKERS]]
    return [*named, str(say(language, "chart.others", count=rest))] if rest > 0 else named


def _points(claims: Sequence[StoredClaim], speakers: Sequence[str], language: str) -> list[_Point]:
    found = []
    for one in sorted(claims, key=lambda one: (told(one.claim) or date.max, one.number)):
        quantity, on = one.claim.quantity, told(one.claim)
        if quantity and on:
            group = min(speakers.index(_speaker(one, language)), MOST_SPEAKERS)
            low, high = _ends(quantity)
            found.append(_Point(one, quantity, group, on.toordinal() - _EPOCH.toordinal(), low, high))
    return found


def _ends(quantity: Quantity) -> tuple[float, float]:
    low, high = quantity.low, quantity.high
    known = low if low is not None else high
    first, last = (low if low is not None else known), (high if high is not None else known)
    return float(first or 0), float(last or 0)


def _apart(axes: Any, points: Sequence[_Point]) -> list[_Point]:
    """Marks that would lie on one another, side by side; one that says the same as its twin is drawn once."""
    placed: list[_Point] = []
    taken: list[tuple[float, float]] = []
    days = sorted({one.x for one in points})
    gaps = [b - a for a, b in pairwise(axes.transData.transform((day, 1))[0] for day in days)]
    step = max(_MARK + 1, min([_ASIDE, *(gap / 3 for gap in gaps)]))
    seen: set[tuple[object, ...]] = set()
    for one in points:
        same = (one.group, one.x, one.low, one.high, one.quantity.bound)
        if same in seen:
            continue
        seen.add(same)
        x, y = axes.transData.transform((one.x, one.y))
        steps = (x + step * ((at + 1) // 2) * (1 if at % 2 else -1) for at in range(2 * MOST_SPEAKERS))
        free = next((to for to in steps if not _hits(to, y, taken)), x)
        taken.append((free, y))
        placed.append(replace(one, x=float(axes.transData.inverted().transform((free, y))[0])))
    return placed


def _hits(x: float, y: float, taken: Sequence[tuple[float, float]]) -> bool:
    return any(abs(x - left) < _MARK and abs(y - up) < _MARK for left, up in taken)


def _draw(axes: Any, points: Sequence[_Point], name: str, colour: str, mark: str) -> None:
    """A speaker's marks, joined by a line; those that share the last colour are joined by none."""
    style = "none" if mark == _MARKS[-1] else "-"
    axes.plot(
        [one.x for one in points], [one.y for one in points],
        color=colour, marker=mark, markersize=8, linewidth=1.4, linestyle=style, label=name, zorder=3,
    )  # fmt: skip
    for one in points:
        if one.low != one.high:
            axes.vlines(one.x, one.low, one.high, color=colour, linewidth=5, alpha=0.45, zorder=2)
        if one.quantity.high is None or one.quantity.low is None:
            up = 1 if one.quantity.high is None else -1
            axes.annotate(
                "", (one.x, one.low), xytext=(0, 26 * up), textcoords="offset points",
                arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": 1.6},
            )  # fmt: skip


def _scale(axes: Any, points: Sequence[_Point]) -> None:
    values = [end for one in points for end in (one.low, one.high) if end > 0]
    if values and max(values) > _WIDE * min(values):
        axes.set_yscale("log")
        axes.set_ylim(min(values) / 2, max(values) * 2.5)
    elif values:
        axes.set_ylim(0, max(values) * 1.2)


def _days(axes: Any, days: Sequence[date], language: str) -> None:
    """The axis of time: from the first day to the last, some of the days written out."""
    if not days:
        return
    first, last = min(days).toordinal(), max(days).toordinal()
    rim = max(0.6, (last - first) * 0.12)
    zero = _EPOCH.toordinal()
    axes.set_xlim(first - rim - zero, last + rim - zero)
    ticks: list[date] = []
    for on in sorted(set(days)):
        if not ticks or (on - ticks[-1]).days * _MOST_DAYS >= last - first + 2 * rim:
            ticks.append(on)
    axes.set_xticks([on.toordinal() - zero for on in ticks], [day(on, language) for on in ticks])


def _denial_rows(claims: Sequence[StoredClaim], language: str) -> list[list[tuple[float, str]]]:
    """Who denied it on which day, in rows in which no two texts touch."""
    names: dict[date, list[str]] = {}
    for one in sorted(claims, key=lambda one: told(one.claim) or date.max):
        on = told(one.claim)
        if one.claim.kind is Kind.DENIAL and on:
            names.setdefault(on, []).append(_speaker(one, language))
    days = [on.toordinal() for one in claims if (on := told(one.claim))]
    rows: list[list[tuple[float, str]]] = []
    for on, who in names.items():
        text = f"✕ {_short(str(say(language, 'chart.denies', speaker=', '.join(dict.fromkeys(who)))), 44)}"
        at, half = _place(on.toordinal(), days), _half(text)
        row = next((row for row in rows if all(abs(at - x) > half + _half(other) for x, other in row)), None)
        if row is None and len(rows) == _MOST_ROWS:
            continue
        if row is None:
            rows.append(row := [])
        row.append((min(max(at, half), 1 - half), text))
    return rows


def _place(on: int, days: Sequence[int]) -> float:
    """Where a day stands between the rims of the axis, from 0 to 1."""
    first, last = min(days), max(days)
    rim = max(0.6, (last - first) * 0.12)
    return (on - first + rim) / (last - first + 2 * rim)


def _half(text: str) -> float:
    """Half the width of a text, as a part of the axis."""
    return (len(text) + 2) * _LETTER / 2 / (_WIDTH - _LEFT - _RIGHT)


def _denials(axes: Any, rows: Sequence[Sequence[tuple[float, str]]], look: _Look) -> None:
    """A band below the figures, with a cross for each day on which somebody denied it."""
    if not rows:
        return
    from matplotlib.patches import Rectangle

    height = axes.bbox.height
    deep = (_ROW * len(rows) + 6) / height
    axes.add_patch(Rectangle((0, -deep), 1, deep, transform=axes.transAxes, color=look.band, clip_on=False, zorder=0))
    for at, row in enumerate(rows):
        for x, text in row:
            axes.text(
                x, -(3 + _ROW * (at + 0.5)) / height, text, transform=axes.transAxes, ha="center", va="center",
                fontsize=9, color=look.ink, clip_on=False,
            )  # fmt: skip


def _dress(figure: Any, axes: Any, title: str, counted: str, language: str, look: _Look, pad: float) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.set_facecolor(look.page)
    axes.grid(axis="y", color=look.faint, linewidth=0.8)
    axes.tick_params(colors=look.ink, labelsize=9, length=0)
    axes.tick_params(axis="x", pad=4 + pad * 72 / _DPI)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda at, _: compact(Decimal(f"{at:g}"), language)))
    axes.yaxis.set_minor_formatter(FuncFormatter(lambda _at, _: ""))
    figure.text(_LEFT / _WIDTH, 1 - 30 / _HEIGHT, _short(title, 72), color=look.ink, fontsize=13)
    figure.text(1 - _RIGHT / _WIDTH, 1 - 30 / _HEIGHT, counted, color=look.ink, fontsize=9, ha="right")
    handles, names = axes.get_legend_handles_labels()
    if names:
        figure.legend(
            handles, names, loc="lower left", bbox_to_anchor=(_LEFT / _WIDTH - 0.01, 0), ncols=min(_KEYS, len(names)),
            frameon=False, fontsize=9, labelcolor=look.ink, borderpad=0.2,
        )  # fmt: skip


def _label(axes: Any, points: Sequence[_Point], language: str, look: _Look) -> None:
    """The figures beside their marks, where there is room for them: the newest first."""
    from matplotlib.patheffects import withStroke

    marks = [tuple(axes.transData.transform((one.x, one.y))) for one in points]
    boxes = [(x - _MARK / 2, y - _MARK / 2, x + _MARK / 2, y + _MARK / 2) for x, y in marks]
    halo = [withStroke(linewidth=3, foreground=look.page)]
    for one, (x, y) in reversed(list(zip(points, marks, strict=True))):
        text = _figure(one.quantity, language)
        wide = len(text) * _LETTER
        after = next((other for other in points if other.group == one.group and other.x > one.x), None)
        climbs = after is not None and after.y > one.y and one.group < MOST_SPEAKERS
        for right, up in (_BESIDE[2], *_BESIDE) if climbs else _BESIDE:
            left = x + right - (wide if right < 0 else wide / 2 if right == 0 else 0)
            box = (left, y + up, left + wide, y + up + _LINE)
            if (
                box[0] > 0
                and box[2] < _WIDTH
                and box[1] > axes.bbox.y0
                and not any(_meet(box, other) for other in boxes)
            ):
                boxes.append(box)
                axes.annotate(
                    text, (one.x, one.y), xytext=((left - x) * 72 / _DPI, up * 72 / _DPI),
                    textcoords="offset points", fontsize=9, color=look.ink, zorder=4, path_effects=halo,
                )  # fmt: skip
                break


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _figure(quantity: Quantity, language: str) -> str:
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        return f"{compact(low, language)}–{compact(high, language)}"
    sign = _BOUNDS.get(quantity.bound.value, "")
    return f"{sign}{compact(quantity.value, language)}" if quantity.value is not None else ""


def _short(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
