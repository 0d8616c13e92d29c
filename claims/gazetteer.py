"""Every known name and whose it is, from `claims/names/*.toml` and CLDR; and the tree of places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from ahocorasick_rs import AhoCorasick
from babel import Locale

from claims.lexicon import supported
from claims.text import fold, key

_TERRITORY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with a name. `country` is a canonical country name: whose it is, or where it lies."""

    name: str
    #: "country", "place", "organisation", "body" or "person"
    kind: str
    country: str | None = None
    #: for a place the place that it lies in
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One written form. `language` is None for forms used in all of them; `case` is "name" or "short"."""

    entity: Entity
    form: str
    language: str | None = None
    case: str = "name"
    demonym: bool = False
    metonym: bool = False
    place: str | None = None


@cache
def data(name: str) -> Mapping[str, Any]:
    return tomli.loads((files("claims") / "names" / f"{name}.toml").read_text("utf-8"))


@cache
def countries_by_code() -> Mapping[str, str]:
    """ISO code → canonical English name."""
    own = data("countries")
    known = {code: str(name) for code, name in Locale("en").territories.items() if _TERRITORY.fullmatch(code)}
    return {
        code: str(own.get(code, {}).get("name", name)) for code, name in known.items() if code not in ("ZZ", "EU", "UN")
    }


def _country_names() -> Iterator[Name]:
    own, countries = data("countries"), countries_by_code()
    for language in supported():
        for code, name in Locale(language).territories.items():
            if code in countries:
                entity = Entity(countries[code], "country", countries[code])
                yield Name(entity, str(name), language if language != "en" else None)
    for code, row in own.items():
        name = countries[code]
        entity = Entity(name, "country", name)
        yield Name(entity, name)
        capital = row.get("capital", ())
        for form in capital:
            yield Name(entity, form, metonym=True, place=capital[0])
        for form in row.get("government", ()):
            yield Name(entity, form, metonym=True)
        for language in supported():
            yield from _of_language(entity, language, row.get(language, {}), capital[:1])


def _of_language(entity: Entity, language: str, row: Mapping[str, Any], capital: Sequence[str]) -> Iterator[Name]:
    """A country's names in one language; `capital` is the canonical name of its capital."""
    scope = None if language == "en" else language
    for form in row.get("capital", ()):
        yield Name(entity, form, language, metonym=True, place=next(iter(capital), form))
    for form in row.get("government", ()):
        yield Name(entity, form, language, metonym=True)
    for form in row.get("names", ()):
        yield Name(entity, form, scope)
    for form in row.get("short", ()):
        short = form.isupper() or "." in form
        yield Name(entity, form, scope, "short" if short else "name")
    for form in row.get("people", ()):
        yield Name(entity, form, scope, "short" if form.isupper() else "name", demonym=True)


def _other_names() -> Iterator[Name]:
    countries = countries_by_code()
    for name, row in data("organisations").items():
        entity = Entity(name, "organisation", countries.get(row.get("country", "")))
        yield from (Name(entity, form) for form in (name, *row.get("forms", ())))
        yield from (Name(entity, form, case="short") for form in row.get("short", ()))
        yield from _spellings(entity, row)
    for name, row in data("places").items():
        inside = row.get("in")
        entity = Entity(name, "place", _country_of_place(name), countries.get(inside, inside) if inside else None)
        yield from (Name(entity, form) for form in (name, *row.get("forms", ())))
        yield from _spellings(entity, row)
    for name, row in data("bodies")["known"].items():
        entity = Entity(name, "body", countries[row["country"]])
        for form in (name, *row["forms"]):
            yield Name(entity, form, case="short" if form.isupper() else "name")
        yield from _spellings(entity, {code: rows.get(name, ()) for code, rows in data("bodies")["spellings"].items()})
    for name, row in data("people").items():
        entity = Entity(name, "person", countries.get(row["country"]))
        yield from (Name(entity, form) for form in (name, *row["forms"]))


def _spellings(entity: Entity, row: Mapping[str, Any]) -> Iterator[Name]:
    """The forms that only one language uses, in a row's key of its name; acronyms stand in capitals only."""
    for language in supported():
        for form in row.get(language, ()):
            yield Name(entity, form, language, "short" if form.isupper() else "name")


@cache
def place_tree() -> Mapping[str, str | None]:
    """Place → what it lies in: a country's name, another place, or None."""
    countries = countries_by_code()
    found = {name: countries.get(row.get("in", ""), row.get("in")) for name, row in data("places").items()}
    for code, row in data("countries").items():
        for capital in row.get("capital", ())[:1]:
            found.setdefault(capital, countries[code])
    return found


def _country_of_place(name: str) -> str | None:
    path = place_path(name)
    return path[-1] if path and path[-1] in countries_by_code().values() else None


class Names:
    """Every known form and one automaton over all of them."""

    def __init__(self) -> None:
        self.by_form: dict[str, list[Name]] = {}
        for name in (*_other_names(), *_country_names()):
            rows = self.by_form.setdefault(fold(name.form), [])
            if not any((row.entity, row.language, row.form) == (name.entity, name.language, name.form) for row in rows):
                rows.append(name)
        self.forms = list(self.by_form)
        self.automaton = AhoCorasick(self.forms)
        self.by_key: dict[str, Name] = {}
        for rows in self.by_form.values():
            for row in rows:
                self.by_key.setdefault(key(row.form), row)
        self.kinds = {language: _kinds(language) for language in supported()}
        self.known_bodies = {
            (countries_by_code()[row["country"]], row["kind"]): name for name, row in data("bodies")["known"].items()
        }


@cache
def gazetteer() -> Names:
    return Names()


def _kinds(language: str) -> tuple[AhoCorasick, list[tuple[str, str]]]:
    rows = [(form, kind) for kind, forms in data("bodies")["kinds"].get(language, {}).items() for form in forms]
    return AhoCorasick([form for form, _ in rows]), rows


def place_path(name: str) -> tuple[str, ...]:
    """A place and what it lies in, innermost first: ("Kursk", "Russia"); empty where unknown."""
    places = place_tree()
    if name in places:
        path = [name]
        while (inside := places.get(path[-1])) and inside not in path:
            path.append(inside)
        return tuple(path)
    return (name,) if name in countries_by_code().values() else ()
