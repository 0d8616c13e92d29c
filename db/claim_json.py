"""A claim as JSON and back, without loss: figures as text, dates in ISO form."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from claims.model import Basis, Bound, Claim, EventDate, Kind, Modality, Precision, Quantity, Vote


def dump(claim: Claim) -> dict[str, Any]:
    """What the `data` column holds."""
    return _fields(claim, _CLAIM)


def _fields(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(value, name)) for name in names}


_CLAIM = tuple(field.name for field in fields(Claim))
_PARTS = {part: tuple(field.name for field in fields(part)) for part in (Quantity, Vote, EventDate)}
#: what is kept with a claim: the words around its evidence
BESIDE = "beside"


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _PARTS:
        return _fields(value, _PARTS[kind])
    if kind is date:
        return value.isoformat()
    if kind is Decimal:
        return str(value)
    return list(value) if kind is tuple else value


def load(data: dict[str, Any]) -> Claim:
    """The claim that `dump` was given."""
    row = {name: value for name, value in data.items() if name != BESIDE}
    row["kind"] = Kind(row["kind"])
    row["modality"] = Modality(row["modality"])
    row["via"] = tuple(row["via"])
    row["place_path"] = tuple(row["place_path"])
    row["story"] = tuple(row.get("story", ()))
    row["quantity"] = _quantity(row["quantity"])
    row["vote"] = Vote(**row["vote"]) if row["vote"] else None
    row["event_date"] = _event_date(row["event_date"])
    row["said_on"] = _date(row["said_on"])
    row["published"] = _date(row["published"])
    return Claim(**row)


def _quantity(row: dict[str, Any] | None) -> Quantity | None:
    if row is None:
        return None
    low, high = (Decimal(end) if end is not None else None for end in (row["low"], row["high"]))
    return Quantity(**{**row, "low": low, "high": high, "bound": Bound(row["bound"]), "basis": Basis(row["basis"])})


def _event_date(row: dict[str, Any] | None) -> EventDate | None:
    if row is None:
        return None
    first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
    return EventDate(first, last, Precision(row["precision"]))


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
