"""Every known name and whose it is, from `claims/names/*.toml` and CLDR; and the tree of places."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
#: marks a form in the atlas that is also a word or a person's name
_LED = "*"


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
    """One written form. `language` is None for forms used in all of them. `case` is "name", "short" (in capitals only),
    "town" (in what people ask only behind a word that leads to a place: "the Selayar ferry" may be anywhere), or "led"
    (a word or a person's name too: only there)."""

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


@cache
def _countries() -> frozenset[str]:
    """The canonical names of all countries."""
    return frozenset(countries_by_code().values())


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
        entity = _place(name)
        yield from (
            Name(entity, form, case="short" if form.isupper() else "name") for form in (name, *row.get("forms", ()))
        )
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


@dataclass(frozen=True, slots=True)
class _Listed:
    """A place of the atlas, as it is listed: with all its forms, and what it lies in."""

    forms: Sequence[str]
    inside: str | None

    @property
    def name(self) -> str:
        return self.forms[0].rstrip(_LED)


@cache
def _atlas() -> Sequence[_Listed]:
    countries = countries_by_code()
    found: list[_Listed] = []
    for whole, lines in data("atlas").items():
        for line in lines.splitlines():
            head, colon, parts = line.rpartition(": ")
            inside = countries.get(whole, whole) or None
            if colon:
                found.append(_Listed(head.split(" = "), inside))
                inside = found[-1].name
            found += [_Listed(part.split(" = "), inside) for part in parts.split(", ")]
    return found


@cache
def _towns() -> frozenset[str]:
    """The places that the atlas alone has; others only head a list there."""
    capitals = {form for row in data("countries").values() for form in row.get("capital", ())}
    return frozenset(row.name for row in _atlas()) - data("places").keys() - capitals - _countries()


def is_town(name: str | None) -> bool:
    """Whether a place is a town, or a region that hardly stands for its country: it is listed in the atlas alone."""
    return name in _towns()


def _atlas_names() -> Iterator[Name]:
    for row in _atlas():
        if not is_town(row.name):
            continue
        entity = _place(row.name)
        for written in row.forms:
            form, _, languages = written.partition(" (")
            case = "led" if form.endswith(_LED) else "town"
            for language in languages.rstrip(")").split() or (None,):
                yield Name(entity, form.rstrip(_LED), language, case)


@cache
def place_tree() -> Mapping[str, str | None]:
    """Place → what it lies in: a country's name, another place, or None."""
    countries = countries_by_code()
    found = {name: countries.get(row.get("in", ""), row.get("in")) for name, row in data("places").items()}
    for code, row in data("countries").items():
        for capital in row.get("capital", ())[:1]:
            found.setdefault(capital, countries[code])
    for listed in _atlas():
        found.setdefault(listed.name, listed.inside)
    return found


def _place(name: str) -> Entity:
    path = place_path(name)
    country = path[-1] if path[-1] in _countries() else None
    return Entity(name, "place", country, place_tree()[name])


class Names:
    """Every known form and one automaton over all of them."""

    def __init__(self) -> None:
        self.by_form: dict[str, list[Name]] = {}
        self._add((*_other_names(), *_country_names()))
        #: where in `forms` those begin that the atlas alone has
        self.first_listed = len(self.by_form)
        self._add(_atlas_names())
        self.forms = list(self.by_form)
        self.automaton = AhoCorasick(self.forms)
        self.by_key: dict[str, Name] = {}
        for form, rows in self.by_form.items():
            if rows[0].case != "led":  # alone it may be anybody
                self.by_key.setdefault(key(form), rows[0])
        self.kinds = {language: _kinds(language) for language in supported()}
        self.known_bodies = {
            (countries_by_code()[row["country"]], row["kind"]): name for name, row in data("bodies")["known"].items()
        }

    def _add(self, names: Iterable[Name]) -> None:
        for name in names:
            rows = self.by_form.setdefault(fold(name.form), [])
            if not any((row.entity, row.language, row.form) == (name.entity, name.language, name.form) for row in rows):
                rows.append(name)


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
    return (name,) if name in _countries() else ()
