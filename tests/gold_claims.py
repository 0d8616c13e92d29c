"""The gold's claims as `claims.model` has them: what comparing is worth when nothing was misread.

The gold says who, about whom, how many, where, when and how surely. What is counted it gives as a unit: the measure is
the unit's, and of people what they are called. What is denied it says in English: elsewhere the sentence's own words
stand for it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from claims.annotate import annotate
from claims.entities import entities
from claims.gazetteer import place_path
from claims.kinds import counts
from claims.kinds.draft import first_measure
from claims.lexicon import lexicon, supported
from claims.measures import is_currency, measure
from claims.model import Article, Basis, Bound, Claim, EventDate, Kind, Modality, Precision, Quantity, Span, Vote
from claims.story import opening, story

_MEASURES = {"deaths": "killed", "arrests": "arrested", "soldiers": "troops", "kilometres": "km"}
#: units that many measures share: what is counted stands in the subject
_SHARED = frozenset({"people", "percent", "times", "tonnes", "votes"})


def gold_claims(rows: Iterable[dict[str, Any]], articles: dict[str, dict[str, Any]]) -> list[tuple[str, Claim]]:
    """Each claim with its id, the optional ones (repeats of the headline) left out."""
    stories = {
        name: (story(_article(row), row["lang"]), opening(_article(row), row["lang"])) for name, row in articles.items()
    }
    return [
        (row["id"], _claim(row, articles[row["article"]], stories[row["article"]]))
        for row in rows
        if not row["optional"]
    ]


def _article(row: dict[str, Any]) -> Article:
    return Article(id=row["id"], text=row["text"], source=row.get("source"), language=row["lang"])


def _claim(row: dict[str, Any], article: dict[str, Any], told: tuple[tuple[str, ...], tuple[str, ...]]) -> Claim:
    subject = row["subject"] or []
    counted = next((name for name in subject if name.islower()), None)
    named = next((name for name in subject if not name.islower()), None)
    shared = row["quantity"] is None or row["quantity"]["unit"] in _SHARED
    published = date.fromisoformat(article["published"]) if article.get("published") else None
    return Claim(
        kind=Kind(row["type"]),
        evidence=row["evidence"],
        start=row["start"],
        measure=_measure(row["quantity"], counted) or _measure_in(row["denies"]),
        speaker=_canonical(row["speaker"], row["lang"]),
        agent=(row["vote"] or {}).get("body") or _canonical(named, row["lang"]) or (counted if shared else None),
        subgroup=counted if not shared and counted and _measure_in(counted) else None,
        quantity=_quantity(row, counted),
        vote=_vote(row["vote"]),
        denied=row["denies"] if row["lang"] == "en" else None,
        place=row["place"],
        place_path=place_path(row["place"]) if row["place"] else (),
        event_date=_event_date(row["event_date"]),
        story=told[0],
        opening=told[1],
        published=published,
        negated=row["negated"],
        modality=Modality(row["modality"]),
        language=row["lang"],
    )


def _canonical(name: str | None, language: str) -> str | None:
    known = entities(name, "en") if name else []
    return known[0].entity.name if known and name and known[0].span.of(name) == name else name


def _measure_in(words: str | None) -> str:
    """What English words are about, in the measures' words."""
    if words is None:
        return ""
    sentence = annotate(words, Span(0, len(words)), 1, lexicon("en"), None)
    return first_measure(sentence, sentence.whole)


def _measure(quantity: dict[str, Any] | None, counted: str | None) -> str:
    if quantity is None:
        return ""
    unit = str(quantity["unit"] or "")
    if is_currency(unit):
        return "money"
    if unit in _SHARED and counted:
        return _measure_in(counted) or counted
    return _MEASURES.get(unit, unit)


def _said(evidence: str, language: str, low: float | None, counted: str) -> tuple[Basis | None, str]:
    """What a figure counts up, where its own words say so ("12 more", "still treating 20"), and how it is written."""
    if language not in supported():
        return None, ""
    sentence = annotate(evidence, Span(0, len(evidence)), 1, lexicon(language), None)
    for draft in counts.find(sentence):
        if draft.quantity and draft.quantity.low == low:
            same = measure(draft.measure).family == measure(counted).family
            basis = draft.quantity.basis if same or draft.quantity.basis is Basis.INCREMENT else None
            return basis, draft.quantity.surface
    return None, ""


def _quantity(claim: dict[str, Any], counted: str | None) -> Quantity | None:
    row = claim["quantity"]
    if row is None:
        return None
    name = _measure(row, counted)
    low, high = (Decimal(str(end)) if end is not None else None for end in (row["low"], row["high"]))
    basis, surface = _said(claim["evidence"], claim["lang"], row["low"], name)
    return Quantity(
        low=low,
        high=high,
        unit=row["unit"] or "",
        bound=_bound(row, low, high),
        basis=basis or measure(name).basis,
        surface=surface,
    )


def _bound(row: dict[str, Any], low: Decimal | None, high: Decimal | None) -> Bound:
    if row.get("vague"):
        return Bound.VAGUE
    if low is None or high is None:
        return Bound.AT_LEAST if high is None else Bound.AT_MOST
    if low != high:
        return Bound.RANGE
    return Bound.ABOUT if row["approx"] else Bound.EXACT


def _vote(row: dict[str, Any] | None) -> Vote | None:
    if row is None:
        return None
    return Vote(
        body=row.get("body"), matter=row.get("matter"), result=row.get("result"), in_favour=row.get("for"),
        against=row.get("against"), abstain=row.get("abstain"), unanimous=bool(row.get("unanimous")),
    )  # fmt: skip


def _event_date(text: str | None) -> EventDate | None:
    if text is None:
        return None
    if len(text) == 4:
        return EventDate(date(int(text), 1, 1), date(int(text), 12, 31), Precision.YEAR)
    if len(text) == 7:
        first = date.fromisoformat(text + "-01")
        return EventDate(first, first.replace(day=28), Precision.MONTH)
    return EventDate.day(date.fromisoformat(text))
