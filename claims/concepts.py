"""What words mean, in no language: `concepts.toml` read. "buruh", "workers" and "Beschäftigte" are one concept.

`wordings.toml` adds what people also call them, `words/` what else news speaks of, a file a field. Reading `wide` takes
all three: for questions, and to find what they ask. `related.toml` holds the concepts that an article may name instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from sys import intern
from typing import Any

import tomli

from claims.lexicon import lexicon, supported
from claims.model import Span
from claims.stems import apart, plain, regular, stem, stem_once, words_behind
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
    """What words and phrases stand for, and how many words the longest phrase has that begins with some word."""

    def __init__(self) -> None:
        self.single: dict[str, frozenset[str]] = {}
        self.phrases: dict[tuple[str, ...], frozenset[str]] = {}
        self.longest: dict[str, int] = {}

    def __contains__(self, word: str) -> bool:
        """Whether a form begins with that word."""
        return word in self.single or word in self.longest

    def add(self, parts: tuple[str, ...], name: str) -> None:
        """These words stand for that, too. A word stands in several tables, and is kept once."""
        parts = tuple(map(intern, parts))
        if len(parts) == 1:
            self.single[parts[0]] = _kept_once(self.of(parts[0]) | {name})
        else:
            self.phrases[parts] = _kept_once(self.meant_by(parts) | {name})
            self.longest[parts[0]] = max(len(parts), self.longest.get(parts[0], 0))

    def of(self, word: str) -> frozenset[str]:
        """What a word stands for by itself."""
        return self.single.get(word, _NONE)

    def meant_by(self, parts: tuple[str, ...]) -> frozenset[str]:
        """What words stand for together."""
        return self.of(parts[0]) if len(parts) == 1 else self.phrases.get(parts, _NONE)

    def beginning(self, parts: tuple[str, ...], at: int) -> tuple[frozenset[str], int]:
        """What the longest form stands for that begins there, and how many words it has; 1 where there is none."""
        for length in range(min(self.longest.get(parts[at], 0), len(parts) - at), 1, -1):
            if found := self.phrases.get(parts[at : at + length]):
                return found, length
        return self.of(parts[at]), 1


@cache
def _kept_once(names: frozenset[str]) -> frozenset[str]:
    """The same concepts, which many words stand for."""
    return names


#: sections that hold no words for concepts
_NO_WORDS = (
    "lists",
    "without",
    "chat",
    "answered_by",
    "decided_by",
    "speaks_for",
    "apiece",
    "left_open",
    "meant_for",
    "wholes",
    "done_marks",
)
#: the tables that tell whether two claims speak of one matter, that questions are made of, and that help to find
_CLOSE, _ASKED, _WIDE = ("concepts",), ("concepts", "wordings"), ("concepts", "wordings", "words")


@cache
def _table(names: Sequence[str]) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rows of each concept."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for section, rows in (one for name in names for one in _data(name).items()):
        for concept, row in rows.items() if section not in _NO_WORDS else ():
            found.setdefault(concept, []).append(row)
    return found


def _forms(name: str, rows: Sequence[Mapping[str, str]], language: str, wide: bool) -> Iterator[str]:
    """The forms of a concept, folded, with accents and without."""
    misleading = _data("wordings")["without"].get(name, {}).get(language, "") if wide else ""
    without = {form.strip() for form in key(misleading).split(",")}
    for row in rows:
        for form in key(row.get(language, "")).split(","):
            if (found := form.strip()) and found not in without:
                yield from {found} | ({plain(found)} - apart(language))


@cache
def _written_forms(language: str, wide: bool = True) -> _Forms:
    """The forms of one language as they are written."""
    found = _Forms()
    for name, parts in _parts(language, wide):
        found.add(parts, name)
    return found


@cache
def _stemmed_forms(language: str, wide: bool = True) -> _Forms:
    """The same as stems, without those that say nothing: a language that is only asked for its words needs none."""
    found = _Forms()
    for name, parts in _parts(language, wide):
        if name not in _NOTHING:
            found.add(tuple(stem_once(part, language) for part in parts), name)
    return found


def _parts(language: str, wide: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The concepts, each with the words of each of its forms."""
    for name, rows in _table(_WIDE if wide else _CLOSE).items():
        elided = frozenset[str]() if name in _NOTHING else _elided(language)
        for form in _forms(name, rows, language, wide):
            yield name, (form,) if form.isalpha() else tuple(span.of(form) for span in words(form, elided))


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
    exact, stemmed = _written_forms(language, wide), _stemmed_forms(language, wide)
    _, written = _written(folded, language)
    roots = tuple(_root(word, language, wide=wide) for word in written)
    parts = tuple(zip(written, roots, strict=True))
    end = 0
    for at, (word, root) in enumerate(parts):
        if at < end:
            continue
        end, found, inner = at + 1, _NONE, _NONE
        if word in exact or root in stemmed:
            found, length = exact.beginning(written, at)
            by_stem, longer = stemmed.beginning(roots, at)
            if not found or longer > length:
                found, length = by_stem, longer
            end = at + length
            if length == 1 and wide and (known := _behind(word, language)):
                found = exact.of(known)
            if length > 1:
                # by stem only what is not known as written: the "rumah" of "rumah sakit" is not of "dirumahkan"
                inner = _NONE.union(*(exact.of(one) or stemmed.of(other) for one, other in parts[at:end]))
        if language in _COMPOUNDING:
            found = found or _last_part(stemmed, root)
            inner |= _first_part(stemmed, word)
        if found or inner:
            yield at, end - at, found, inner


def _elided(language: str) -> frozenset[str]:
    """What is written together with the word behind it: the "d'" of "lanceur d'alerte"."""
    return lexicon(language).elided if language in supported() else frozenset()


@lru_cache(maxsize=64)  # a text is read for its concepts, and again for its loose wordings
def _written(folded: str, language: str) -> tuple[Sequence[Span], tuple[str, ...]]:
    """The words of a text: where they stand, and how they are written."""
    spans = words(folded, _elided(language))
    return spans, tuple([folded[span.start : span.end].removesuffix("'s") for span in spans])


@lru_cache(maxsize=1 << 16)
def _root(word: str, language: str, *, wide: bool) -> str:
    """The stem that a word is looked up by: where no form has its own, that of a form that it may be another
    ending of."""
    if not wide:
        return stem(word, language)
    return stem(_behind(word, language) or regular(word, language), language)


@lru_cache(maxsize=1 << 16)
def _behind(word: str, language: str) -> str | None:
    """The word that the table knows of a form that it does not know as written: "firmó" is of "firmar", and no "firma"
    though their stems are one."""
    exact = _written_forms(language).single
    if word in exact:
        return None
    known = regular(word, language)
    made = (known,) if known != word else words_behind(word, language)
    return next((one for one in made if one in exact), None)


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
    found: set[str] = set()
    for known in (_written_forms(language, False), _stemmed_forms(language, False)):
        found.update(word for word, meant in known.single.items() if meant & names)
        found.update(parts[0] for parts, meant in known.phrases.items() if meant & names)
    return frozenset(found)


def _last_part(stemmed: _Forms, word: str) -> frozenset[str]:
    for start in range(2, len(word) - _SHORTEST_PART + 1):
        if found := stemmed.of(word[start:]):
            return found
    return _NONE


def word_of(concept: str, language: str) -> str | None:
    """The first word for a concept in a language; None where the table has none."""
    rows = _table(_CLOSE).get(concept, ())
    return next((word for row in rows if (word := row.get(language, "").split(",", 1)[0].strip())), None)


def _first_part(stemmed: _Forms, word: str) -> frozenset[str]:
    """What a compound begins with: "Stromversorgung" is about Strom."""
    for end in range(len(word) - _SHORTEST_PART + 1, _SHORTEST_PART - 1, -1):
        if found := stemmed.of(word[:end]):
            return found
    return _NONE


@cache
def forms(language: str) -> frozenset[str]:
    """The words that the table knows in a language by themselves, folded; those that only phrases hold are none."""
    return frozenset(_written_forms(language).single)


def is_known(word: str, language: str) -> bool:
    """Whether a folded word, or another form of it, stands in the table."""
    root = _root(word, language, wide=True)
    return word in _written_forms(language) or bool(_stemmed_forms(language).of(root))


def is_nothing(word: str, language: str) -> bool:
    """Whether a folded word says nothing about any matter."""
    return bool(_written_forms(language).of(word) & _NOTHING)


def takes_up(text: str, language: str) -> bool:
    """Whether a text begins as one that goes on with the question before: "and in Kursk?"."""
    spans = words(fold(text))
    written = tuple(span.of(fold(text)) for span in spans)
    known = _written_forms(language)
    return any(_FOLLOW_UP in known.meant_by(written[:end]) for end in range(1, len(written) + 1))


def time_edge(before: str, language: str) -> str | None:
    """ "since" or "until" where a text ends in words that lead a time so: "as of", "sejak", "bis"."""
    written = tuple(span.of(before) for span in words(before))[-3:]
    known = _written_forms(language)
    led = (known.meant_by(written[start:]) & _EDGES for start in range(len(written)))
    return next((min(names) for names in led if names), None)


def meant(word: str, language: str) -> frozenset[str]:
    """The concepts of a single folded word; where its language has none, those of the first other language that asks
    with that very word: people mix languages when they chat. `words/` lends none: it holds many a name ("Stone")."""
    exact, stemmed = _written_forms(language), _stemmed_forms(language)
    behind = _behind(word, language)
    found = exact.of(behind) if behind else exact.of(word) | stemmed.of(stem(word, language))
    known = ((code, _written_forms(code).of(word)) for code in _others(language))
    others = (names for code, names in known if names and word in asked_with(code))
    return (found or next(others, _NONE)) - _NOTHING


@cache
def asked_with(language: str) -> frozenset[str]:
    """The single words of `concepts.toml` and `wordings.toml`, folded: what questions are made of."""
    rows = (_forms(name, rows, language, True) for name, rows in _table(_ASKED).items())
    return frozenset(span.of(form) for some in rows for form in some for span in words(form))


def _others(language: str) -> Sequence[str]:
    return sorted((code for code in supported() if code != language), key=lambda code: (code not in _USUAL, code))


#: the languages that are most often mixed in
_USUAL = ("en", "id")


@cache
def _data(name: str) -> Mapping[str, Any]:
    """A table by section; that of a directory by file."""
    home = files("claims")
    if (home / name).is_dir():
        found = sorted((home / name).iterdir(), key=lambda path: path.name)
        return {path.name: tomli.loads(path.read_text("utf-8")) for path in found}
    return tomli.loads((home / f"{name}.toml").read_text("utf-8"))


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


def decided_by(name: str) -> Sequence[str]:
    """The concepts by which a question for yes or no is answered as well: who resigned is in office no more."""
    found: Sequence[str] = _data("wordings")["decided_by"].get(name, ())
    return found


def concepts() -> frozenset[str]:
    """All that words may stand for."""
    return frozenset(_table(_WIDE))


@cache
def _instead() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(key(others).replace(" ", "").split(",")) for name, others in _data("related").items()}


@lru_cache(maxsize=1 << 12)
def related(terms: frozenset[str]) -> frozenset[str]:
    """The terms of what an article may say instead of what the terms of a question stand for: "ferry" for a ship."""
    instead = _instead()
    return frozenset(f"i:{other}" for term in terms if term[0] == "i" for other in instead.get(term[2:], ())) - terms


def speaks_for(name: str) -> frozenset[str]:
    """The concepts of those whose word is that of another: a management's is its company's."""
    return frozenset(_data("wordings")["speaks_for"].get(name, ()))


@cache
def apiece(language: str) -> frozenset[str]:
    """The words before what something is told for one of: "per", "each"."""
    return frozenset(_data("wordings")["apiece"].get(language, ()))


@cache
def meant_for(language: str) -> frozenset[str]:
    """The words before those for whom something is: "tents *for* the displaced"."""
    return frozenset(_data("wordings")["meant_for"].get(language, ()))


@cache
def wholes(language: str) -> frozenset[str]:
    """The words by which all of what is told by the day, or for one, is asked for: "in total"."""
    return frozenset(_data("wordings")["wholes"].get(language, ()))


@cache
def done_marks(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a question that say that something is done, and those by which it asks of what is past."""
    marks = _data("wordings")["done_marks"].get(language, {})
    return frozenset(map(fold, marks.get("over", ()))), frozenset(map(fold, marks.get("past", ())))


@cache
def left_open(language: str) -> frozenset[str]:
    """The words behind which "when" and "who" ask within a question for yes or no: "is it *clear* when"."""
    return frozenset(_data("wordings")["left_open"].get(language, ()))


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
    return _units().get(unit) or _units().get(unit.split(" per ", 1)[0])
