"""What a language looks like, as data: `claims/lexicon/<language>.toml` loaded into a frozen Lexicon.

A file holds sections ("say", "deny", "unit" …), each a list of entries. An entry has `forms` (what stands in text, the
first is the lemma), may have `not` (longer phrases in which a form means something else), and the section's own keys.
A form in capitals only matches capitals only ("AS", "US", "WHO"); all others match in any case, those of an entry with
`capital = true` only where they begin with a capital: at the start of a sentence.

Two things that some languages need beside whole words: `split` holds verbs with a gap ("wies … zurück"), whose second
part stands where their clause ends; in the sections that the setting `compounds` names, a form also stands at the end
of a longer word ("Bundeswehrsoldaten").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from operator import itemgetter
from types import MappingProxyType
from typing import Any

import tomli
from ahocorasick_rs import AhoCorasick

from claims.model import Span
from claims.text import fold, inner

#: the sign between the two parts of a verb with a gap
GAP = " … "
#: sections that are only asked whether a word is in them
_WORDS = frozenset(
    (
        "abbreviation",
        "alternative",
        "article",
        "circumstance",
        "dangling",
        "degree",
        "determiner",
        "function",
        "landform",
        "link",
        "nearby",
        "no_subject",
        "noun_ending",
        "of_them",
        "origin",
        "part_of",
        "past",
        "possessive",
        "range",
        "reckoning",
        "revision",
    )
)
#: characters between the two parts
_LONGEST_GAP = 240
#: shorter forms end too many words by chance
_SHORTEST_TAIL = 4
#: longer words in capitals are words
_ACRONYM = 5
#: texts whose cues are kept
_KEPT = 1 << 9
_HEAD = re.compile(r"[^\W\d_]{2,}$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon: forms that mean one thing, and what they mean."""

    section: str
    forms: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lemma(self) -> str:
        """The first form."""
        return self.forms[0]

    def get(self, name: str) -> Any:
        """One of the section's own keys, None where the entry lacks it."""
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Cue:
    """An entry met in a text."""

    span: Span
    entry: Entry
    #: the second part of a verb with a gap
    tail: Span | None = None

    @property
    def section(self) -> str:
        """The entry's section."""
        return self.entry.section

    def get(self, name: str) -> Any:
        """One of the entry's own keys."""
        return self.entry.get(name)


def is_word(entry: Entry) -> bool:
    """Whether an entry's forms are no cues: a text's words are looked up among them, as those that lead to a date."""
    return entry.section in _WORDS or entry.get("role") == "lead"


def by_section(cues: Iterable[Cue]) -> dict[str, list[Cue]]:
    """Cues under their sections' names, each list in the order of the text."""
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        found.setdefault(cue.section, []).append(cue)
    return found


class LexiconError(ValueError):
    """A lexicon file that cannot be used; the message names the file, the section and the entry."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A form to be found. `entry` is None for a phrase that excludes; `tail` is the second part of one with a gap."""

    entry: Entry | None
    form: str
    section: str
    tail: str | None = None
    is_acronym: bool = False
    is_capital: bool = False


#: start, minus end, whether without a gap, whether excluding, entry, tail: in the order of the first four the earliest
#: and longest come first
_Match = tuple[int, int, bool, bool, Entry | None, Span | None]


class Lexicon:
    """The entries of one language and one automaton that finds all of them in one pass."""

    def __init__(self, language: str, data: Mapping[str, Any]) -> None:
        self.language = language
        #: plain settings of the language: "decimal_mark", "group_mark" …
        self.settings: Mapping[str, Any] = MappingProxyType(dict(data.get("language", {})))
        self.sections: Mapping[str, tuple[Entry, ...]] = MappingProxyType(
            {name: tuple(_entries(language, name, rows)) for name, rows in data.items() if name != "language"}
        )
        #: short words that lean on the next one with an apostrophe: the l' of "l'armée"
        self.elided = frozenset(str(word) for word in self.settings.get("elided", ()))
        self._compounds = frozenset(self.settings.get("compounds", ()))
        self._forms: dict[str, frozenset[str]] = {}
        self.abbreviations = self.forms("abbreviation")
        self._clause_starts = self.forms("boundary") | self.forms("that")

    @cached_property
    def _patterns(self) -> Mapping[str, Sequence[_Pattern]]:
        """What is looked for in texts, by its folded form. A language that is only asked for its words needs none."""
        found: dict[str, list[_Pattern]] = {}
        for entry in (one for entries in self.sections.values() for one in entries if not is_word(one)):
            for pattern in _patterns_of(entry):
                found.setdefault(fold(pattern.form), []).append(pattern)
        return found

    @cached_property
    def _by_number(self) -> Sequence[Sequence[_Pattern]]:
        """The same by the number that the automaton knows it by."""
        return tuple(self._patterns.values())

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(list(self._patterns))

    def entries(self, section: str) -> tuple[Entry, ...]:
        """All entries of a section, in the file's order."""
        return self.sections.get(section, ())

    def forms(self, section: str) -> frozenset[str]:
        """All forms of a section, folded."""
        if section not in self._forms:
            self._forms[section] = frozenset(fold(form) for entry in self.entries(section) for form in entry.forms)
        return self._forms[section]

    def cues(self, text: str) -> list[Cue]:
        """Every entry that the text holds, by position: within one section the longest of overlapping ones, and none
        inside a phrase that the section's entries exclude."""
        found = [cue for cues in self.cues_by_section(text).values() for cue in cues]
        return sorted(found, key=lambda cue: (cue.span.start, -cue.span.end, cue.entry.section))

    def cues_by_section(self, text: str) -> dict[str, list[Cue]]:
        """The cues of a text under their sections' names, each list in the order of the text."""
        folded = fold(text)
        inside = inner(folded)
        best: dict[str, list[_Match]] = {}
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if inside[start] or inside[end]:
                if not (self._compounds and _ends_word(folded, start, end)):
                    continue
                for pattern in self._by_number[number]:
                    if pattern.section in self._compounds and pattern.entry and not pattern.tail:
                        head = _HEAD.search(folded, max(0, start - 40), start)
                        if head:
                            row: _Match = (head.start(), -end, True, False, pattern.entry, None)
                            best.setdefault(pattern.section, []).append(row)
                continue
            for pattern in self._by_number[number]:
                if (pattern.is_acronym and text[start:end] != pattern.form) or (
                    pattern.is_capital and not text[start].isupper()
                ):
                    continue
                tail = self._tail(folded, end, pattern.tail) if pattern.tail else None
                if tail or not pattern.tail:
                    row = (start, -end, tail is None, pattern.entry is None, pattern.entry, tail)
                    best.setdefault(pattern.section, []).append(row)
        return {section: cues for section, rows in best.items() if (cues := _longest(rows))}

    def _tail(self, folded: str, start: int, word: str) -> Span | None:
        """The second part of a verb with a gap: before a stop, a conjunction or the end, and in the same sentence."""
        piece = folded[start : start + _LONGEST_GAP].partition(";")[0]
        for match in re.finditer(rf"(?<=[ ,]){re.escape(word)}(?![\w-])", piece):
            rest = piece[match.end() :].lstrip()
            if not rest or not rest[0].isalnum() or re.split(r"[\s,]", rest, maxsplit=1)[0] in self._clause_starts:
                return Span(start + match.start(), start + match.end())
        return None


def _patterns_of(entry: Entry) -> Iterator[_Pattern]:
    """What an entry is found by, and what it is not where it is found."""
    capital = bool(entry.get("capital"))
    for form in entry.forms:
        acronym = form.isupper() and len(form) <= _ACRONYM
        yield _Pattern(entry, form, entry.section, is_acronym=acronym, is_capital=capital)
    for gapped in entry.values.get("split", ()):
        stem, _, tail = gapped.partition(GAP)
        yield _Pattern(entry, stem, entry.section, tail)
    for blocked in entry.values.get("not", ()):
        yield _Pattern(None, blocked, entry.section)


def _entries(language: str, section: str, rows: Any) -> list[Entry]:
    if not isinstance(rows, list):
        raise LexiconError(f"{language}.toml: section {section!r} must be a list of entries")
    entries = []
    for row in rows:
        forms = tuple(row.get("forms", ()))
        if not forms or not all(isinstance(form, str) and form.strip() == form and form for form in forms):
            raise LexiconError(f"{language}.toml: an entry of {section!r} has no proper 'forms': {row!r}")
        entries.append(Entry(section, forms, MappingProxyType({k: v for k, v in row.items() if k != "forms"})))
    return entries


def _ends_word(text: str, start: int, end: int) -> bool:
    """Whether a match ends a longer word."""
    whole = end == len(text) or not text[end].isalnum()
    return whole and end - start >= _SHORTEST_TAIL and text[start:end].isalpha() and text[start - 1].isalpha()


def _longest(rows: list[_Match]) -> list[Cue]:
    """Leftmost-longest matches of one section. A phrase that excludes an entry wins its place and is then left out,
    except where it is an entry itself. Several entries with the very same form all stay, but a verb with a gap is no
    verb without."""
    kept: list[Cue] = []
    reached = -1
    last: _Match | None = None
    rows.sort(key=_place)
    for match in rows:
        start, end, plain, _, entry, tail = match
        same = last is not None and last[:2] == (start, end) and last[4] is not None and last[2] == plain
        if entry is not None and (same or start >= reached):
            kept.append(Cue(Span(start, -end), entry, tail))
        if start >= reached and not same:
            reached, last = -end, match
    return kept


_place = itemgetter(0, 1, 2, 3)


@cache
def supported() -> tuple[str, ...]:
    """The languages that there is a lexicon for, as ISO 639-1 codes."""
    folder = files("claims") / "lexicon"
    names = (item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(name[:-5] for name in names if len(name) == len("xx.toml")))


@cache
def lexicon(language: str) -> Lexicon:
    """A language's lexicon, loaded once. Raises LexiconError for a broken file, KeyError for an unknown language."""
    if language not in supported():
        raise KeyError(language)
    raw = (files("claims") / "lexicon" / f"{language}.toml").read_bytes()
    try:
        return Lexicon(language, tomli.loads(raw.decode()))
    except tomli.TOMLDecodeError as error:
        raise LexiconError(f"{language}.toml: {error}") from error


@lru_cache(maxsize=_KEPT)
def cues_in(text: str, language: str) -> Mapping[str, list[Cue]]:
    """The cues of a text under their sections' names, none in a language without a lexicon. What rules ask of a claim
    they ask of it again, one after another."""
    return lexicon(language).cues_by_section(text) if language in supported() else {}
