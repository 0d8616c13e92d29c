"""What words mean, in no language: `concepts.toml` read. "buruh", "workers" and "Beschäftigte" are one concept."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from claims.lexicon import lexicon, supported
from claims.model import Span
from claims.stems import plain, stem
from claims.text import fold, key, words

#: a compound's last part is looked up on its own from this length on: "Warnstreik" is a Streik
_SHORTEST_PART = 5
_COMPOUNDING = frozenset({"de", "nl"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word or phrase and the concepts that it may stand for; none where it is only itself."""

    span: Span
    concepts: frozenset[str]


#: the rows of words that say nothing, those among them that take up the question before
_NOTHING, _FOLLOW_UP = frozenset({"nothing", "follow_up"}), "follow_up"


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The forms of one language, as written and as stems, by their first word; and all single stems."""

    exact: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    stemmed: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    single: Mapping[str, frozenset[str]]


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    data: Mapping[str, Any] = tomllib.loads((files("claims") / "concepts.toml").read_text("utf-8"))
    return {name: forms for section in data.values() for name, forms in section.items()}


@cache
def _phrases(language: str) -> _Phrases:
    exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stemmed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    single: dict[str, set[str]] = {}
    for name, forms in _table().items():
        for form in filter(None, (one.strip() for one in forms.get(language, "").split(","))):
            for spelling in {key(form), plain(key(form))}:
                parts = tuple(span.of(spelling) for span in words(spelling))
                exact.setdefault(parts[0], []).append((parts, name))
                if name not in _NOTHING:
                    roots = tuple(stem(part, language) for part in parts)
                    stemmed.setdefault(roots[0], []).append((roots, name))
                    if len(roots) == 1:
                        single.setdefault(roots[0], set()).add(name)
    return _Phrases(_ordered(exact), _ordered(stemmed), {one: frozenset(names) for one, names in single.items()})


def _ordered(
    rows: Mapping[str, list[tuple[tuple[str, ...], str]]],
) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    return {first: sorted(set(forms), key=lambda row: (-len(row[0]), row)) for first, forms in rows.items()}


def meanings(text: str, language: str) -> list[Meaning]:
    """The words of a text that say something or, where a phrase has a meaning of its own, the phrase."""
    return list(_meanings(fold(text), language))


def _meanings(folded: str, language: str) -> Iterator[Meaning]:
    table = _phrases(language)
    spans = words(folded, lexicon(language).elided if language in supported() else frozenset[str]())
    written = [span.of(folded).removesuffix("'s") for span in spans]
    roots = [stem(word, language) for word in written]
    at = 0
    while at < len(spans):
        found, length = _longest(table.exact, written, at)
        by_stem, longer = _longest(table.stemmed, roots, at)
        if not found or longer > length:
            found, length = by_stem, longer
        if not found and language in _COMPOUNDING:
            found = _last_part(table, roots[at])
        if not found & _NOTHING:
            yield Meaning(Span(spans[at].start, spans[at + length - 1].end), found)
        at += length


def _longest(
    table: Mapping[str, Sequence[tuple[tuple[str, ...], str]]], parts: Sequence[str], at: int
) -> tuple[frozenset[str], int]:
    """The concepts of the longest form that begins here, and how many words it has; 1 where there is none."""
    best: set[str] = set()
    length = 1
    for form, name in table.get(parts[at], ()):
        if best and len(form) < length:
            break
        if tuple(parts[at : at + len(form)]) == form:
            best.add(name)
            length = len(form)
    return frozenset(best), length


def _last_part(table: _Phrases, word: str) -> frozenset[str]:
    for start in range(2, len(word) - _SHORTEST_PART + 1):
        found = table.single.get(word[start:])
        if found:
            return found
    return frozenset()


def word_of(concept: str, language: str) -> str | None:
    """The first word for a concept in a language; None where the table has none."""
    return _table().get(concept, {}).get(language, "").split(",", 1)[0].strip() or None


def forms(language: str) -> frozenset[str]:
    """The single words that the table knows in a language, folded."""
    table = _phrases(language).exact
    return frozenset(part for rows in table.values() for form, _ in rows for part in form)


def is_known(word: str, language: str) -> bool:
    """Whether a folded word, or another form of it, stands in the table."""
    table = _phrases(language)
    return word in table.exact or stem(word, language) in table.single


def is_nothing(word: str, language: str) -> bool:
    """Whether a folded word says nothing about any matter."""
    return any(form == (word,) and name in _NOTHING for form, name in _phrases(language).exact.get(word, ()))


def takes_up(text: str, language: str) -> bool:
    """Whether a text begins as one that goes on with the question before: "and in Kursk?"."""
    spans = words(fold(text))
    written = [span.of(fold(text)) for span in spans]
    rows = _phrases(language).exact.get(written[0], ()) if written else ()
    return any(name == _FOLLOW_UP and tuple(written[: len(form)]) == form for form, name in rows)


@cache
def about_money() -> frozenset[str]:
    """The concepts that stand for an amount of money."""
    data: Mapping[str, Any] = tomllib.loads((files("claims") / "concepts.toml").read_text("utf-8"))
    return frozenset(data["amounts"])
