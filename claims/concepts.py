"""What words mean, in no language: `concepts.toml` read. "buruh", "workers" and "Beschäftigte" are one concept.

`wordings.toml` adds what people also call them. Reading `wide` takes both: for questions, and to find what they ask.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from claims.lexicon import lexicon, supported
from claims.model import Span
from claims.stems import plain, regular, stem
from claims.text import fold, key, words

#: a compound's last part is looked up on its own from this length on: "Warnstreik" is a Streik
_SHORTEST_PART = 5
_COMPOUNDING = frozenset({"de", "nl"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word or phrase and the concepts that it may stand for; none where it is only itself."""

    span: Span
    concepts: frozenset[str]
    #: what the single words of a phrase stand for: "fuel oil" is a fuel, and an oil
    inner: frozenset[str] = frozenset()


#: the rows of words that say nothing, those among them that take up the question before or lead a time
_NOTHING, _FOLLOW_UP = frozenset({"nothing", "follow_up", "since", "until"}), "follow_up"


_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The forms of one language, as written and as stems, by their first word; and all single stems."""

    exact: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    stemmed: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    single: Mapping[str, frozenset[str]]


@cache
def _table(wide: bool) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rows of each concept."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for data in (_data("concepts"), _data("wordings"))[: 2 if wide else 1]:
        for section, rows in data.items():
            for name, row in rows.items() if section not in ("lists", "without", "chat", "answered_by") else ():
                found.setdefault(name, []).append(row)
    return found


def _forms(name: str, rows: Sequence[Mapping[str, str]], language: str, wide: bool) -> Iterator[str]:
    misleading = _data("wordings")["without"].get(name, {}).get(language, "") if wide else ""
    without = {form.strip() for form in misleading.split(",")}
    for row in rows:
        yield from (form for one in row.get(language, "").split(",") if (form := one.strip()) and form not in without)


@cache
def _phrases(language: str, wide: bool = True) -> _Phrases:
    exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stemmed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    single: dict[str, set[str]] = {}
    for name, rows in _table(wide).items():
        for form in _forms(name, rows, language, wide):
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


def meanings(text: str, language: str, *, wide: bool = True) -> list[Meaning]:
    """The words of a text that say something or, where a phrase has a meaning of its own, the phrase."""
    spans, _ = _written(fold(text), language)
    found: list[Meaning] = []
    at = 0
    for start, length, names, inner in _met(fold(text), language, wide):
        found += [Meaning(span, _NONE) for span in spans[at:start]]
        at = start + length
        if not names & _NOTHING:
            span = spans[start] if length == 1 else Span(spans[start].start, spans[at - 1].end)
            found.append(Meaning(span, names, inner))
    return found + [Meaning(span, _NONE) for span in spans[at:]]


def suggested(text: str, language: str) -> frozenset[str]:
    """All that the words of a text may stand for, told loosely, and what the parts of its phrases do."""
    met = (names | inner for _, _, names, inner in _met(fold(text), language, True) if not names & _NOTHING)
    return frozenset().union(*met)


def _met(folded: str, language: str, wide: bool) -> Iterator[tuple[int, int, frozenset[str], frozenset[str]]]:
    """The words and phrases of a text that stand for something, or are known to say nothing: which word they begin
    with, how many they are, and what they and their parts stand for."""
    table = _phrases(language, wide)
    _, written = _written(folded, language)
    roots = [stem(regular(word, language) if wide else word, language) for word in written]
    end = 0
    for at, (word, root) in enumerate(zip(written, roots, strict=True)):
        if at < end:
            continue
        end, found, inner = at + 1, _NONE, _NONE
        if word in table.exact or root in table.stemmed:
            found, length = _longest(table.exact, written, at)
            by_stem, longer = _longest(table.stemmed, roots, at)
            if not found or longer > length:
                found, length = by_stem, longer
            end = at + length
            if length > 1:
                inner = _inner(table, roots[at:end])
        if language in _COMPOUNDING:
            found = found or _last_part(table, root)
            inner |= _first_part(table, word)
        if found or inner:
            yield at, end - at, found, inner


@lru_cache(maxsize=64)  # a text is read for its concepts, and again for its loose wordings
def _written(folded: str, language: str) -> tuple[Sequence[Span], Sequence[str]]:
    """The words of a text: where they stand, and how they are written."""
    spans = words(folded, lexicon(language).elided if language in supported() else frozenset[str]())
    return spans, [folded[span.start : span.end].removesuffix("'s") for span in spans]


@lru_cache(maxsize=1 << 14)
def those_meant(text: str, language: str, names: frozenset[str]) -> frozenset[str]:
    """Which of these concepts a text speaks of. Few texts do, so that most are told by how their words begin."""
    if language not in _COMPOUNDING and not _beginnings(language, names) & _opened(text, language):
        return frozenset()
    return names & {name for one in meanings(text, language, wide=False) for name in one.concepts}


def _opened(text: str, language: str) -> set[str]:
    """The words of a text and their stems: what a form may begin with."""
    _, written = _written(fold(text), language)
    return {*written, *(stem(word, language) for word in written)}


@cache
def _beginnings(language: str, names: frozenset[str]) -> frozenset[str]:
    """What the forms of these concepts begin with, as written and as stems."""
    table = _phrases(language, False)
    rows = (*table.exact.items(), *table.stemmed.items())
    return frozenset(first for first, forms in rows if any(name in names for _, name in forms))


def _longest(
    table: Mapping[str, Sequence[tuple[tuple[str, ...], str]]], parts: Sequence[str], at: int
) -> tuple[frozenset[str], int]:
    """The concepts of the longest form that begins here, and how many words it has; 1 where there is none."""
    best: set[str] = set()
    length = 1
    for form, name in table.get(parts[at], ()):
        if best and len(form) < length:
            break
        if len(form) == 1 or tuple(parts[at : at + len(form)]) == form:
            best.add(name)
            length = len(form)
    return frozenset(best), length


def _inner(table: _Phrases, roots: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(table.single.get(root, frozenset()) for root in roots))


def _last_part(table: _Phrases, word: str) -> frozenset[str]:
    for start in range(2, len(word) - _SHORTEST_PART + 1):
        found = table.single.get(word[start:])
        if found:
            return found
    return frozenset()


def word_of(concept: str, language: str) -> str | None:
    """The first word for a concept in a language; None where the table has none."""
    rows = _table(False).get(concept, ())
    return next((word for row in rows if (word := row.get(language, "").split(",", 1)[0].strip())), None)


def _first_part(table: _Phrases, word: str) -> frozenset[str]:
    """What a compound begins with: "Stromversorgung" is about Strom."""
    for end in range(len(word) - _SHORTEST_PART + 1, _SHORTEST_PART - 1, -1):
        found = table.single.get(word[:end])
        if found:
            return found
    return frozenset()


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


def time_edge(before: str, language: str) -> str | None:
    """ "since" or "until" where a text ends in words that lead a time so: "as of", "sejak", "bis"."""
    written = [span.of(before) for span in words(before)][-3:]
    for start in range(len(written)):
        for form, name in _phrases(language).exact.get(written[start], ()):
            if name in ("since", "until") and tuple(written[start:]) == form:
                return name
    return None


def meant(word: str, language: str) -> frozenset[str]:
    """The concepts of a single folded word; where its language has none, those of the first other language that knows
    the word exactly so: people mix languages when they chat."""
    for code in (language, *_others(language)):
        table = _phrases(code)
        found = {name for form, name in table.exact.get(word, ()) if form == (word,)}
        if code == language:
            found |= table.single.get(stem(word, language), frozenset())
        if found:
            return frozenset(found) - _NOTHING
    return frozenset()


def _others(language: str) -> Sequence[str]:
    return sorted((code for code in supported() if code != language), key=lambda code: (code not in _USUAL, code))


#: the languages that are most often mixed in
_USUAL = ("en", "id")


@cache
def _data(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("claims") / f"{name}.toml").read_text("utf-8"))


@cache
def chatted(language: str) -> Mapping[str, str]:
    """How people chat, folded → in full, beside what the lexicon holds."""
    return {key(form): str(full) for form, full in _data("wordings")["chat"].get(language, {}).items()}


@cache
def about_money() -> frozenset[str]:
    """The concepts that stand for an amount of money."""
    return frozenset(_data("concepts")["amounts"]) | listed("amounts")


@cache
def listed(name: str) -> frozenset[str]:
    """A list of concepts of one sort: "speakers", "figures", "chambers", "fates"."""
    return frozenset(_data("wordings")["lists"][name])


def answered_by(measure: str) -> frozenset[str]:
    """The other measures whose figures answer a question for one: who is swapped is released too."""
    return frozenset(_data("wordings")["answered_by"].get(measure, ()))


@cache
def dimensions() -> frozenset[str]:
    """The concepts that tell in what a figure is measured: "length", "weight"."""
    return frozenset(_data("wordings")["dimensions"])


@cache
def _units() -> Mapping[str, str]:
    rows = _data("wordings")["dimensions"]
    return {unit.strip(): name for name, row in rows.items() for unit in row.get("units", "").split(",") if unit}


def dimension(unit: str) -> str | None:
    """In what a figure of that unit is measured, None for things and people; "per year" and the like do not count."""
    return _units().get(unit.split(" per ", 1)[0]) or _units().get(unit)
