"""What words mean, in no language: `concepts.toml` read. "buruh", "workers" and "Beschäftigte" are one concept.

`wordings.toml` adds what people also call them. Reading `wide` takes both: for questions, and to find what they ask.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

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


#: the rows of words that lead a time, that take up the question before, and all that say nothing
_EDGES, _FOLLOW_UP = frozenset({"since", "until"}), "follow_up"
_NOTHING = _EDGES | {"nothing", _FOLLOW_UP}


_NONE: frozenset[str] = frozenset()


class _Forms:
    """What words and phrases stand for, and how many words the longest has that begins with some word."""

    def __init__(self) -> None:
        self.named: dict[tuple[str, ...], frozenset[str]] = {}
        self.longest: dict[str, int] = {}

    def add(self, parts: tuple[str, ...], name: str) -> None:
        """These words stand for that, too."""
        self.named[parts] = self.named.get(parts, _NONE) | {name}
        self.longest[parts[0]] = max(len(parts), self.longest.get(parts[0], 0))

    def of(self, word: str) -> frozenset[str]:
        """What a word stands for by itself."""
        return self.named.get((word,), _NONE)

    def beginning(self, parts: tuple[str, ...], at: int) -> tuple[frozenset[str], int]:
        """What the longest form stands for that begins there, and how many words it has; 1 where there is none."""
        for length in range(min(self.longest.get(parts[at], 0), len(parts) - at), 0, -1):
            if found := self.named.get(parts[at : at + length]):
                return found, length
        return _NONE, 1


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The forms of one language, as written and as stems; of what says nothing only as written."""

    exact: _Forms
    stemmed: _Forms


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
    found = _Phrases(_Forms(), _Forms())
    for name, rows in _table(wide).items():
        for form in _forms(name, rows, language, wide):
            for spelling in {key(form), plain(key(form))}:
                parts = tuple(span.of(spelling) for span in words(spelling))
                found.exact.add(parts, name)
                if name not in _NOTHING:
                    found.stemmed.add(tuple(stem(part, language) for part in parts), name)
    return found


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


def suggested(text: str, language: str) -> Iterator[tuple[Span, frozenset[str]]]:
    """All that the words of a text may stand for, told loosely, and what the parts of its phrases do, by where they
    stand."""
    spans, _ = _written(fold(text), language)
    for start, length, names, inner in _met(fold(text), language, True):
        if not names & _NOTHING:
            yield Span(spans[start].start, spans[start + length - 1].end), names | inner


def _met(folded: str, language: str, wide: bool) -> Iterator[tuple[int, int, frozenset[str], frozenset[str]]]:
    """The words and phrases of a text that stand for something, or are known to say nothing: which word they begin
    with, how many they are, and what they and their parts stand for."""
    table = _phrases(language, wide)
    _, written = _written(folded, language)
    roots = tuple(stem(regular(word, language) if wide else word, language) for word in written)
    end = 0
    for at, (word, root) in enumerate(zip(written, roots, strict=True)):
        if at < end:
            continue
        end, found, inner = at + 1, _NONE, _NONE
        if word in table.exact.longest or root in table.stemmed.longest:
            found, length = table.exact.beginning(written, at)
            by_stem, longer = table.stemmed.beginning(roots, at)
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
def _written(folded: str, language: str) -> tuple[Sequence[Span], tuple[str, ...]]:
    """The words of a text: where they stand, and how they are written."""
    spans = words(folded, lexicon(language).elided if language in supported() else frozenset[str]())
    return spans, tuple([folded[span.start : span.end].removesuffix("'s") for span in spans])


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
    rows = (*table.exact.named.items(), *table.stemmed.named.items())
    return frozenset(form[0] for form, meant in rows if meant & names)


def _inner(table: _Phrases, roots: Sequence[str]) -> frozenset[str]:
    return _NONE.union(*map(table.stemmed.of, roots))


def _last_part(table: _Phrases, word: str) -> frozenset[str]:
    for start in range(2, len(word) - _SHORTEST_PART + 1):
        if found := table.stemmed.of(word[start:]):
            return found
    return _NONE


def word_of(concept: str, language: str) -> str | None:
    """The first word for a concept in a language; None where the table has none."""
    rows = _table(False).get(concept, ())
    return next((word for row in rows if (word := row.get(language, "").split(",", 1)[0].strip())), None)


def _first_part(table: _Phrases, word: str) -> frozenset[str]:
    """What a compound begins with: "Stromversorgung" is about Strom."""
    for end in range(len(word) - _SHORTEST_PART + 1, _SHORTEST_PART - 1, -1):
        if found := table.stemmed.of(word[:end]):
            return found
    return _NONE


def forms(language: str) -> frozenset[str]:
    """The single words that the table knows in a language, folded."""
    return frozenset(part for form in _phrases(language).exact.named for part in form)


def is_known(word: str, language: str) -> bool:
    """Whether a folded word, or another form of it, stands in the table."""
    table = _phrases(language)
    return word in table.exact.longest or bool(table.stemmed.of(stem(word, language)))


def is_nothing(word: str, language: str) -> bool:
    """Whether a folded word says nothing about any matter."""
    return bool(_phrases(language).exact.of(word) & _NOTHING)


def takes_up(text: str, language: str) -> bool:
    """Whether a text begins as one that goes on with the question before: "and in Kursk?"."""
    spans = words(fold(text))
    written = tuple(span.of(fold(text)) for span in spans)
    known = _phrases(language).exact.named
    return any(_FOLLOW_UP in known.get(written[:end], _NONE) for end in range(1, len(written) + 1))


def time_edge(before: str, language: str) -> str | None:
    """ "since" or "until" where a text ends in words that lead a time so: "as of", "sejak", "bis"."""
    written = tuple(span.of(before) for span in words(before))[-3:]
    known = _phrases(language).exact.named
    led = (known.get(written[start:], _NONE) & _EDGES for start in range(len(written)))
    return next((min(names) for names in led if names), None)


def meant(word: str, language: str) -> frozenset[str]:
    """The concepts of a single folded word; where its language has none, those of the first other language that knows
    the word exactly so: people mix languages when they chat."""
    for code in (language, *_others(language)):
        table = _phrases(code)
        found = table.exact.of(word)
        if code == language:
            found |= table.stemmed.of(stem(word, language))
        if found:
            return found - _NOTHING
    return _NONE


def _others(language: str) -> Sequence[str]:
    return sorted((code for code in supported() if code != language), key=lambda code: (code not in _USUAL, code))


#: the languages that are most often mixed in
_USUAL = ("en", "id")


@cache
def _data(name: str) -> Mapping[str, Any]:
    return tomli.loads((files("claims") / f"{name}.toml").read_text("utf-8"))


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
