"""Pictures: who said what when, one mark a speaker. matplotlib is loaded when the first one is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from bot.locale import day, number, say
from claims.entities import display
from claims.model import Kind, Quantity
from claims.pair import told
from db.values import StoredClaim

#: speakers are told apart by shape too
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
#: speakers shown with a colour of their own; the others share the last one
MOST_SPEAKERS = len(_MARKS)
#: the greatest figure is this many times the smallest: drawn in powers of ten
_WIDE = 30
#: days written below the axis
_MOST_DAYS = 7
#: matplotlib counts days from here
_EPOCH = date(1970, 1, 1)
#: pixels between two labels
_APART = (64, 15)


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


def timeline(claims: Sequence[StoredClaim], title: str, language: str, *, dark: bool = False) -> bytes:
    """A PNG of the figures over time: ranges as bars, open ends as arrows, denials as a band below."""
    from matplotlib.figure import Figure

    look = _DARK if dark else _LIGHT
    figure = Figure(figsize=(9, 5.2), dpi=110, facecolor=look.page, layout="constrained")
    axes = figure.add_subplot()
    counted = [one for one in claims if one.claim.quantity and told(one.claim)]
    speakers = _speakers(claims, language)
    for at, speaker in enumerate(speakers):
        mine = [one for one in counted if _speaker(one, language) == speaker]
        _draw(axes, mine, speaker, look.speakers[at % MOST_SPEAKERS], _MARKS[at % MOST_SPEAKERS])
    _scale(axes, counted)
    _days(axes, [on for one in claims if (on := told(one.claim))], language)
    _denials(axes, [one for one in claims if one.claim.kind is Kind.DENIAL], language, look)
    _dress(figure, axes, title, language, look)
    _label(figure, axes, counted, language, look)
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


def _ends(quantity: Quantity) -> tuple[float, float]:
    low, high = quantity.low, quantity.high
    known = low if low is not None else high
    first, last = (low if low is not None else known), (high if high is not None else known)
    return float(first or 0), float(last or 0)


def _draw(axes: Any, claims: Sequence[StoredClaim], speaker: str, colour: str, mark: str) -> None:
    ordered = sorted(claims, key=lambda one: told(one.claim) or date.max)
    days = [told(one.claim) for one in ordered]
    ends = [_ends(one.claim.quantity) for one in ordered if one.claim.quantity]
    middles = [(low + high) / 2 for low, high in ends]
    axes.plot(days, middles, color=colour, marker=mark, markersize=8, linewidth=1.4, label=speaker, zorder=3)
    for one, on, (low, high) in zip(ordered, days, ends, strict=True):
        if low != high:
            axes.vlines(on, low, high, color=colour, linewidth=5, alpha=0.45, zorder=2)
        quantity = one.claim.quantity
        if quantity and (quantity.high is None or quantity.low is None):
            up = 1 if quantity.high is None else -1
            axes.annotate(
                "", (on, low), xytext=(0, 26 * up), textcoords="offset points",
                arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": 1.6},
            )  # fmt: skip


def _scale(axes: Any, claims: Sequence[StoredClaim]) -> None:
    values = [end for one in claims if one.claim.quantity for end in _ends(one.claim.quantity) if end > 0]
    if values and max(values) > _WIDE * min(values):
        axes.set_yscale("log")
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
    known = sorted(set(days))
    shown = (
        known
        if len(known) <= _MOST_DAYS
        else [known[at * (len(known) - 1) // (_MOST_DAYS - 1)] for at in range(_MOST_DAYS)]
    )
    ticks = [
        on for at, on in enumerate(shown) if at == 0 or (on - shown[at - 1]).days * _MOST_DAYS * 1.2 >= last - first
    ]
    axes.set_xticks([on.toordinal() - zero for on in ticks], [day(on, language) for on in ticks])


def _denials(axes: Any, claims: Sequence[StoredClaim], language: str, look: _Look) -> None:
    """A band below the figures, with a cross for each day on which somebody denied it."""
    if not claims:
        return
    from matplotlib.patches import Rectangle

    band = Rectangle((0, -0.13), 1, 0.13, transform=axes.transAxes, color=look.band, clip_on=False, zorder=0)
    axes.add_patch(band)
    names: dict[date, list[str]] = {}
    for one in claims:
        on = told(one.claim)
        if on:
            names.setdefault(on, []).append(_speaker(one, language))
    for on, who in names.items():
        text = str(say(language, "chart.denies", speaker=", ".join(dict.fromkeys(who))))
        axes.annotate(
            f"✕ {_short(text)}", (on, -0.065), xycoords=axes.get_xaxis_transform(), ha="center", va="center",
            fontsize=9, color=look.ink, annotation_clip=False,
        )  # fmt: skip
    axes.tick_params(axis="x", pad=42)


def _dress(figure: Any, axes: Any, title: str, language: str, look: _Look) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.set_facecolor(look.page)
    axes.grid(axis="y", color=look.faint, linewidth=0.8)
    axes.tick_params(colors=look.ink, labelsize=9, length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda at, _: number(Decimal(f"{at:g}"), language)))
    axes.yaxis.set_minor_formatter(FuncFormatter(lambda _at, _: ""))
    axes.set_title(_short(title, 70), color=look.ink, fontsize=13, loc="left", pad=12)
    handles, names = axes.get_legend_handles_labels()
    if names:
        figure.legend(
            handles, [_short(name) for name in names], loc="outside lower center", ncols=min(3, len(names)),
            frameon=False, fontsize=9, labelcolor=look.ink,
        )  # fmt: skip


def _label(figure: Any, axes: Any, claims: Sequence[StoredClaim], language: str, look: _Look) -> None:
    """The figures beside their marks, but where two would lie on one another."""
    figure.draw_without_rendering()
    taken: list[tuple[float, float]] = []
    for one in sorted(claims, key=lambda one: told(one.claim) or date.min, reverse=True):
        quantity, on = one.claim.quantity, told(one.claim)
        if quantity is None or quantity.value is None or on is None:
            continue
        low, high = _ends(quantity)
        x, y = axes.transData.transform((axes.convert_xunits(on), (low + high) / 2))
        if any(abs(x - left) < _APART[0] and abs(y - up) < _APART[1] for left, up in taken):
            continue
        taken.append((x, y))
        axes.annotate(
            _figure(quantity, language), (on, (low + high) / 2), xytext=(8, 7), textcoords="offset points",
            fontsize=9, color=look.ink, zorder=4,
        )  # fmt: skip


def _figure(quantity: Quantity, language: str) -> str:
    if quantity.low is not None and quantity.high is not None and quantity.low != quantity.high:
        return f"{number(quantity.low, language)}–{number(quantity.high, language)}"
    return number(quantity.value, language) if quantity.value is not None else ""


def _short(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
