"""A claim as JSON and back, without loss: figures as text, dates in ISO form. What is as the model has it by default is
left out: most fields of most claims, which would cost more to read back than all the others."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from claims.model import Basis, Bound, Claim, EventDate, Kind, Modality, Precision, Quantity, Vote

#: what is kept with a claim: the words around its evidence
BESIDE = "beside"
_FIELDS = {
    part: tuple((field.name, field.default) for field in fields(part)) for part in (Claim, Quantity, Vote, EventDate)
}


def dump(claim: Claim) -> dict[str, Any]:
    """What the `data` column holds."""
    return _fields(claim)


def _fields(value: Any) -> dict[str, Any]:
    said = ((name, getattr(value, name), default) for name, default in _FIELDS[type(value)])
    return {name: _plain(one) for name, one, default in said if default is MISSING or one != default}


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _FIELDS:
        return _fields(value)
    if kind is date:
        return value.isoformat()
    if kind is Decimal:
        return str(value)
    return list(value) if kind is tuple else value


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Claim, str]:
    """A claim from the column's own text, and what stands beside it. The claims of a story are read again and again, by
    each article of it and each question about it."""
    data = json.loads(text)
    return load(data), data.get(BESIDE, "")


def load(data: Mapping[str, Any]) -> Claim:
    """The claim that `dump` was given, now or before it left anything out."""
    row = _read(data, _CLAIM)
    row.pop(BESIDE, None)
    return Claim(**row)


def _read(data: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    return {
        name: value if value is None or name not in readers else readers[name](value) for name, value in data.items()
    }


def _named(names: type[StrEnum]) -> Callable[[Any], Any]:
    """The members by their values: asking the enumeration itself takes several times as long."""
    return {one.value: one for one in names}.__getitem__


_QUANTITY: Mapping[str, Callable[[Any], Any]] = {
    "low": Decimal,
    "high": Decimal,
    "bound": _named(Bound),
    "basis": _named(Basis),
}
_EVENT_DATE: Mapping[str, Callable[[Any], Any]] = {
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "precision": _named(Precision),
}
_CLAIM: Mapping[str, Callable[[Any], Any]] = {
    "kind": _named(Kind),
    "modality": _named(Modality),
    "via": tuple,
    "place_path": tuple,
    "story": tuple,
    "opening": tuple,
    "quantity": lambda row: Quantity(**_read(row, _QUANTITY)),
    "vote": lambda row: Vote(**row),
    "event_date": lambda row: EventDate(**_read(row, _EVENT_DATE)),
    "said_on": date.fromisoformat,
    "published": date.fromisoformat,
}
