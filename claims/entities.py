"""Names in a text → canonical entities, across languages: countries, places, organisations, bodies, people.

The data are `claims/names/*.toml` and, for the countries' names, CLDR. A name counts only where it stands as a whole
word and is written as a name: with a capital letter, short forms ("AS", "UN") in capitals only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from babel import Locale
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from claims.gazetteer import Entity, Name, countries_by_code, data, gazetteer
from claims.generic import shown
from claims.lexicon import lexicon
from claims.model import Span
from claims.text import fold, inner, key

#: short names are only ever right as they are
_SHORTEST_REPAIRED = 5
_SHORTEST_TOWN_REPAIRED = 9
_CLOSE_ENOUGH = 84
#: characters of a body's name on either side of its country's adjective
_LONGEST_KIND = 40
_PLAINLY_BETTER = 5
#: characters before a last name in which its first name stands
_LONGEST_WORD = 40
#: English words, given names or homonyms: a capitalised neighbour makes them part of another name
_AMBIGUOUS = frozenset(
    {"Chad", "Georgia", "Jordan", "Turkey", "Guinea", "Mali", "Niger", "Cuba", "Israel", "Washington"}
)
#: those of them that are everyday words or given names in small letters as well
_EVERYDAY = frozenset({"Chad", "Georgia", "Guinea", "Jordan", "Turkey"})
_POSSESSIVE = re.compile(r"^(?P<country>.+)'s (?P<kind>.+)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity met in a text. `demonym`: "Russian"; `metonym`: a capital or palace that stands for its government, in
    which case `place` is the capital itself."""

    span: Span
    entity: Entity
    demonym: bool = False
    metonym: bool = False
    place: str | None = None


@lru_cache(maxsize=512)  # a sentence is looked at for its claims, for its story, and for its index terms
def entities(text: str, language: str, *, lower: bool = False) -> Sequence[Mention]:
    """The known names of a text, by position, the longest of overlapping ones; a kind of body beside a country becomes
    that country's body. `lower` accepts names without capitals: people chat so."""
    folded = fold(text)
    names = gazetteer()
    inside = inner(folded)
    found: list[tuple[int, int, Name]] = []
    for number, start, end in names.automaton.find_matches_as_indexes(folded, overlapping=True):
        if not (inside[start] or inside[end]):
            for name in names.by_form[names.forms[number]]:
                if _fits(text, Span(start, end), name, language, lower):
                    found.append((start, end, name))
                    break
    mentions: list[Mention] = []
    for start, end, name in sorted(found, key=lambda row: (row[0], -row[1])):
        last = mentions[-1].span.end if mentions else -1
        if start >= last and (last == start - 1 or not _is_namesake(text, start, name, language)):
            mentions.append(Mention(Span(start, end), name.entity, name.demonym, name.metonym, name.place))
    return _with_bodies(text, folded, language, mentions)


def _fits(text: str, span: Span, name: Name, language: str, lower: bool) -> bool:
    """Whether a match is written as a name of this language."""
    if name.language not in (None, language):
        return False
    written = span.of(text)
    if name.case in ("town", "led") and not _is_town(text, span, name, language, lower):
        return False
    if name.case == "short":
        loose = lower and len(name.form) > 2 and written.islower() and not _is_word(name.form, language)
        return written == name.form or loose or (lower and name.form == "AS" and language == "id")
    if not written[0].isupper() and name.form[0].isupper():
        return lower and not _is_word(name.form, language)
    return not (name.form in _AMBIGUOUS and _has_capital_neighbour(text, span, language))


def _is_town(text: str, span: Span, name: Name, language: str, lower: bool) -> bool:
    """Whether a name of the atlas means the town: "di Batu", "in Nice", "Garut flooded"; not "Batu itu", "to Jackson
    Browne", "Jan Kovel", and in what people ask not "the Selayar ferry"."""
    led = _leads(language).search(fold(text[max(0, span.start - _LONGEST_WORD) : span.start]))
    if name.case == "town" and (led or lower):
        return led is not None
    return bool(led or name.case == "town") and not _has_capital_neighbour(text, span, language)


@cache
def _leads(language: str) -> re.Pattern[str]:
    """A word that leads to a place, at the end of a text."""
    entries = (entry for name in ("locative", "place_noun") for entry in lexicon(language).entries(name))
    forms = {re.escape(fold(form)) for entry in entries if not entry.get("known_only") for form in entry.forms}
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(forms))}) $")


def _is_word(form: str, language: str) -> bool:
    """Whether a form in lower case is an everyday word: "us", "who", "turkey"."""
    return form in _EVERYDAY or fold(form) in _common_words(language)


@cache
def _common_words(language: str) -> frozenset[str]:
    sections = ("function", "pronoun", "question", "locative")
    return frozenset(
        fold(form) for name in sections for entry in lexicon(language).entries(name) for form in entry.forms
    )


def _has_capital_neighbour(text: str, span: Span, language: str) -> bool:
    """Whether a capitalised word that is neither a known name nor a word of the lexicon ("Parlemen Georgia") stands
    right beside: "Jordan Henderson", "Michael Jordan"."""
    after = re.match(r" ([^\W\d_]\w+)", text[span.end :])
    before = re.search(r"([^\W\d_]\w+) $", text[: span.start])
    beside = [match.group(1) for match in (after, before) if match]
    names = [
        word for word in beside if word[0].isupper() and not word.isupper() and key(word) not in gazetteer().by_key
    ]
    return any(all(cue.section == "month" for cue in lexicon(language).cues(word)) for word in names)  # "Jan", "April"


def _is_namesake(text: str, start: int, name: Name, language: str) -> bool:
    """Whether another first name stands before a last name: "Tariq Haddad" is not Fernando Haddad. A title is none, nor
    is any other word of the lexicon; where all nouns have capitals it cannot be told."""
    if name.entity.kind != "person" or " " in name.form or lexicon(language).settings.get("nouns_capitalised"):
        return False
    head = text[max(0, start - _LONGEST_WORD) : start]
    word = head[:-1].rsplit(None, 1)[-1] if head.endswith(" ") and head.strip() else ""
    first = word.isalpha() and word.istitle() and word[0] != name.entity.name[0]
    known = key(word) in gazetteer().by_key or fold(word) in lexicon(language).forms("function")
    return first and not known and not lexicon(language).cues(word)


def _with_bodies(text: str, folded: str, language: str, mentions: list[Mention]) -> list[Mention]:
    if language not in gazetteer().kinds:
        return mentions
    automaton, rows = gazetteer().kinds[language]
    mentions = [_around(folded, one, rows) or one for one in mentions]
    inside = inner(folded)
    kinds = [
        (start, end, rows[number][1])
        for number, start, end in automaton.find_matches_as_indexes(folded, overlapping=True)
        if not (inside[start] or inside[end])
    ]
    kept: list[Mention] = list(mentions)
    for start, end, kind in sorted(kinds, key=lambda row: (row[0], -row[1])):
        if any(other.entity.kind == "body" and other.span.start < end and start < other.span.end for other in kept):
            continue
        owner = next(
            (one for one in kept if one.entity.kind == "country" and _owns(text, one, start, end, language)), None
        )
        if owner:
            span = Span(min(start, owner.span.start), max(end, owner.span.end))
            kept.remove(owner)
            kept.append(Mention(span, _body(owner.entity.name, kind)))
    return sorted(kept, key=lambda one: one.span.start)


def _around(folded: str, country: Mention, rows: list[tuple[str, str]]) -> Mention | None:
    """The body whose name has its country's adjective inside: "ministère russe de la Défense"."""
    if not country.demonym or country.entity.kind != "country":
        return None
    head = folded[max(0, country.span.start - _LONGEST_KIND) : country.span.start]
    joined = head + folded[country.span.end + 1 : country.span.end + 1 + _LONGEST_KIND]
    inside = inner(joined)
    for form, kind in sorted(rows, key=lambda row: -len(row[0])):
        at = joined.find(form, max(0, len(head) - len(form) + 1), len(head) + len(form))
        if 0 <= at < len(head) < at + len(form) and not (inside[at] or inside[at + len(form)]):
            end = country.span.end + 1 + at + len(form) - len(head)
            return Mention(Span(country.span.start - len(head) + at, end), _body(country.entity.name, kind))
    return None


def _owns(text: str, country: Mention, start: int, end: int, language: str) -> bool:
    """ "Russia's lower house", "Russian lower house", "lower house of Russia", "majelis rendah Rusia"."""
    if country.span.end <= start:
        gap = text[country.span.end : start]
        return gap in (" ", "'s ", "’s ", "s' ") or (gap == " state " and country.demonym)
    return text[end : country.span.start].strip().lower() in ("", *data("bodies")["of"].get(language, ()))


def _body(country: str, kind: str) -> Entity:
    name = gazetteer().known_bodies.get((country, kind))
    return Entity(name or f"{country}'s {kind}", "body", country)


def body_in(country: str, written: str, language: str) -> str | None:
    """What a country's body of a kind is called: ("Russia", "senat", "id") → "Federation Council"."""
    _, rows = gazetteer().kinds.get(language, (None, []))
    kind = next((kind for form, kind in rows if form == fold(written)), None)
    return _body(country, kind).name if kind else None


def body_kind(name: str) -> str | None:
    """What kind of body a country's is, in English: "Philippines's upper house" → "upper house"."""
    possessive = _POSSESSIVE.match(name)
    if possessive:
        return possessive["kind"]
    return next((kind for (_, kind), known in gazetteer().known_bodies.items() if known == name), None)


def resolve(name: str) -> Entity | None:
    """The entity behind any known spelling in any language and case, None where unknown."""
    found = gazetteer().by_key.get(key(name))
    if found:
        return found.entity
    possessive = _POSSESSIVE.match(name)
    if possessive and possessive["country"] in countries_by_code().values():
        return _body(possessive["country"], possessive["kind"])
    return None


@cache
def country_of(name: str) -> str | None:
    """The country that an entity belongs to, a country's own name for itself, None where unknown."""
    if name in countries_by_code().values():
        return name
    entity = resolve(name)
    return entity.country if entity else None


@lru_cache(maxsize=10_000)
def find_typo(word: str) -> Entity | None:
    """The one entity that a misspelled name of five letters or more plainly means."""
    folded = fold(word)
    if len(folded) < _SHORTEST_REPAIRED or folded in gazetteer().by_form:
        return None
    found = process.extract(folded, _candidates(folded), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH, limit=4)
    if not found:
        return _town_meant(folded)
    best = gazetteer().by_form[found[0][0]][0].entity
    rivals = [score for form, score, _ in found if gazetteer().by_form[form][0].entity != best]
    return None if rivals and found[0][1] - max(rivals) < _PLAINLY_BETTER else best


def _town_meant(folded: str) -> Entity | None:
    """The one place of the atlas with a long name that a word is one letter off: shorter names are too like words."""
    if len(folded) < _SHORTEST_TOWN_REPAIRED:
        return None
    near = (one for one in _candidates(folded, listed=True) if OSA.distance(folded, one) == 1)
    meant = {name.entity for form in near for name in gazetteer().by_form[form] if name.case != "led"}
    return meant.pop() if len(meant) == 1 else None


def _candidates(folded: str, *, listed: bool = False) -> Iterable[str]:
    near = range(len(folded) - 2, len(folded) + 3)
    return [form for length in near for form in _forms_by_shape(listed).get((folded[0], length), ())]


@cache
def _forms_by_shape(listed: bool) -> Mapping[tuple[str, int], Sequence[str]]:
    """The known forms by first letter and length, those that only the atlas lists or all others: what a misspelled name
    may mean."""
    found: dict[tuple[str, int], list[str]] = {}
    forms, first = gazetteer().forms, gazetteer().first_listed
    for form in forms[first:] if listed else forms[:first]:
        found.setdefault((form[0], len(form)), []).append(form)
    return found


@cache
def _display_names(language: str) -> Mapping[str, str]:
    codes = {name: code for code, name in countries_by_code().items()}
    territories = {} if language == "en" else Locale(language).territories  # ours are the short English names
    countries = {name: str(territories.get(code, name)) for name, code in codes.items()}
    written: dict[str, str] = data("shown").get(language, {})
    known = gazetteer()
    listed = (row for form in reversed(known.forms[known.first_listed :]) for row in known.by_form[form])
    towns = {row.entity.name: row.form for row in listed if row.language == language}
    return countries | towns | written


def display(name: str, language: str) -> str:
    """A canonical name in the reader's language: countries by CLDR, towns by the atlas, well-known names by
    `names/shown.toml`, a country's bodies composed, who speaks without a name by `names/speakers.toml`."""
    names = _display_names(language)
    if name in names:
        return names[name]
    if generic := shown(name, language):
        return generic
    possessive = _POSSESSIVE.match(name)
    kinds = data("bodies")["kinds"].get(language, {})
    if language != "en" and possessive and possessive["country"] in names and possessive["kind"] in kinds:
        composed: str = data("shown")["composed"][language]
        return composed.format(body=kinds[possessive["kind"]][0], country=names[possessive["country"]])
    return name


def as_place(mention: Mention) -> Entity:
    """A mention read as where something is: a capital is its city, all else itself."""
    if mention.place is None:
        return mention.entity
    return replace(mention.entity, name=mention.place, kind="place", parent=mention.entity.country)
