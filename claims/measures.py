"""What can be counted, and what may be compared with what: `measures.toml` read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from claims.model import Basis

#: names that are kept with what they mean
_KEPT = 1 << 13


@dataclass(frozen=True, slots=True)
class Measure:
    """One row. `known` is False for a counted noun that the table does not hold: it is a measure of its own."""

    name: str
    unit: str
    #: "people", "money", "things", "time" …
    unit_class: str
    #: measures of one family answer one question
    family: str
    #: the measure that this one is a part of
    parent: str | None = None
    basis: Basis = Basis.STOCK
    #: it tells what befell those who are counted, whoever they are
    fate: bool = False
    #: it answers one question of a story, whatever words stand around it
    telling: bool = False
    known: bool = True

    @property
    def tells_fate(self) -> bool:
        """Whether the measure tells what befell people, rather than who they are."""
        return self.fate or self.basis is Basis.CUMULATIVE

    @property
    def is_bare(self) -> bool:
        """Whether the measure only names what is counted: a story holds many figures of money, passengers, drones."""
        return not (self.known and (self.telling or self.tells_fate))


@cache
def _table() -> Mapping[str, Any]:
    return tomli.loads((files("claims") / "measures.toml").read_text("utf-8"))


@cache
def _measures() -> Mapping[str, Measure]:
    found: dict[str, Measure] = {}
    for name, row in _table()["measures"].items():
        basis = Basis(row.get("basis", "stock"))
        kept = {key: row[key] for key in ("parent", "fate", "telling") if key in row}
        one = Measure(name, row["unit"], row["class"], row["family"], basis=basis, **kept)
        for key in (name, *row.get("also", ())):
            found[key] = one
    return found


@cache
def _currencies() -> Mapping[str, str]:
    return {sign: code for code, signs in _table()["currencies"].items() for sign in signs}


@lru_cache(maxsize=_KEPT)
def measure(name: str) -> Measure:
    """The measure of that name; a name that nobody knows is a measure of its own, counted in itself."""
    known = _measures().get(name)
    return known or Measure(name, name.replace("_", " "), "things", name, known=False)


@lru_cache(maxsize=_KEPT)
def ancestors(name: str) -> tuple[str, ...]:
    """The families that a measure belongs to, its own first, then those that it is a part of."""
    found: list[str] = []
    at: str | None = name
    while at and measure(at).family not in found:
        found.append(measure(at).family)
        at = measure(at).parent
    return tuple(found)


def currency(sign: str) -> str | None:
    """The ISO 4217 code of a sign or code beside a figure, None where it is none."""
    return _currencies().get(sign)


@cache
def _money_names() -> Mapping[str, str]:
    """The codes and names of currencies that share a name, and that name: "IDR" and "INR" are rupees."""
    rows = _table()["money_names"]
    return {code: name for name, codes in rows.items() for code in (name, *codes)}


def is_currency(unit: str) -> bool:
    """Whether a unit is money, with or without "per year": an ISO 4217 code, or a name that several have or none."""
    code = unit.split(" ", 1)[0]
    return (len(code) == 3 and code.isascii() and code.isupper()) or code in _table()["money_names"]


def money_name(unit: str) -> str:
    """What a currency is compared by: the name that it shares with others, else itself."""
    code, space, rest = unit.partition(" ")
    return _money_names().get(code, code) + space + rest


def is_money(unit: str) -> bool:
    """Whether a unit is an amount of money, its currency known or not."""
    return is_currency(unit) or measure(unit).unit_class == "money"


def is_area(name: str) -> bool:
    """Whether a measure counts kinds of places: districts, villages."""
    return measure(name).unit_class == "areas"
