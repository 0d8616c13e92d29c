"""Chat spelling in full, misspelled words mended against the words that we know, and which language those are of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from claims.concepts import asked_with, chatted, forms, is_known
from claims.entities import entities, resolve
from claims.known_words import is_word
from claims.language import language_of
from claims.lexicon import lexicon, supported
from claims.model import Span
from claims.stems import stem
from claims.terms import stop_words
from claims.text import fold, key, words

#: words read
MOST_WORDS = 40
_SHORTEST = 4
#: how alike a word and what it is taken for must be, of 100; short words must be closer
_ALIKE, _ALIKE_SHORT, _SHORT = 85, 88, 5
#: a name or word that may be misspelled has as many letters; one letter is wrong in it, two in a long one
_SHORTEST_NAME, _LONG = 5, 12
#: sections whose words a question may misspell
_SECTIONS = ("question", "say", "deny", "vote", "unit", "measure_verb", "function", "modality", "date_word", "month")


#: "luka2" is "luka-luka"
_TWICE = re.compile(r"([^\W\d_]{3,})2([^\W\d_]*)")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text in full, and how a word in it was typed where it was mended: what looks misspelled may be a name."""

    text: str
    typed: Mapping[str, str]


def spelled_out(text: str, language: str) -> Spelled:
    """A text with chat forms in full, "brp" → "berapa", misspelled words mended, and months as dates write them; names
    are left as they are."""
    pieces, last = [], 0
    typed: dict[str, str] = {}
    chat = chat_forms(language)
    names = [mention.span for mention in entities(text, language, lower=True) if " " in mention.span.of(text)]
    for span in words(text)[:MOST_WORDS]:
        if any(name.holds(span) for name in names):
            continue
        written = span.of(text)
        full = chat.get(key(written)) or _twice(written) or _month(text, span, language)
        if not full and (full := mended(written, language)):
            typed[fold(full)] = fold(written)
        if full:
            pieces.append(text[last : span.start] + full)
            last = span.end
            if text[last : last + 1] == "." and text[last + 1 : last + 2].isspace():  # "acc. to"
                last += 1
    return Spelled("".join(pieces) + text[last:], typed)


def _twice(written: str) -> str | None:
    match = _TWICE.fullmatch(written)
    return f"{match[1]}-{match[1]}{match[2]}" if match else None


def _month(text: str, span: Span, language: str) -> str | None:
    """A month in small letters as dates write it, where a day or a year stands beside it, or the word is nothing else:
    "10 september", "since october"."""
    written = span.of(text)
    if not written.islower() or key(written) not in _months(language):
        return None
    beside = text[max(0, span.start - 3) : span.start] + text[span.end : span.end + 3]
    plain = key(written) not in _AMBIGUOUS_MONTHS and len(written) > 3
    return written.capitalize() if plain or any(sign.isdigit() for sign in beside) else None


#: months that are other words as well
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "mars", "mai"})


@cache
def _months(language: str) -> frozenset[str]:
    if lexicon(language).settings.get("lower_dates"):
        return frozenset()
    return frozenset(key(form) for entry in lexicon(language).entries("month") for form in entry.forms)


@lru_cache(maxsize=10_000)
def mended(word: str, language: str) -> str | None:
    """The one word that a misspelled one plainly means; None where it is right, a name, or could be several."""
    folded = fold(word)
    if len(word) < _SHORTEST or not word.islower() or not word.isalpha() or is_known(folded, language):
        return None
    if folded in _vocabulary(language) or folded in _words_of(language) or resolve(folded):
        return None
    cutoff = _ALIKE_SHORT if len(word) <= _SHORT else _ALIKE
    near = [form for form in _by_first(language).get(folded[0], ()) if abs(len(form) - len(folded)) <= 2]
    found = process.extract(folded, near, scorer=fuzz.ratio, score_cutoff=cutoff, limit=2)
    if not found or (len(found) > 1 and found[0][1] == found[1][1] and found[0][0][:4] != found[1][0][:4]):
        return None
    full = str(found[0][0])
    inflected = stem(folded, language) == stem(full, language)
    return full if inflected or not is_word(word, language) else None


def closest(word: str, known: Iterable[str]) -> frozenset[str]:
    """The words that a misspelled one may stand for: those that the fewest letters tell from it, one or, in a long
    word, two. Letters that changed places count as one (optimal string alignment)."""
    if len(word) < _SHORTEST_NAME:
        return frozenset()
    most = 2 if len(word) >= _LONG else 1
    likely = [one for one in known if abs(len(one) - len(word)) <= most]
    found = process.extract(word, likely, scorer=OSA.distance, score_cutoff=most, limit=None)
    return frozenset(one for one, off, _ in found if off == found[0][1])


@cache
def _vocabulary(language: str) -> frozenset[str]:
    found = set(asked_with(language))
    for section in _SECTIONS:
        for entry in lexicon(language).entries(section):
            for form in entry.forms:
                folded = key(form)
                found |= {span.of(folded) for span in words(folded)}
    return frozenset(word for word in found if len(word) >= _SHORTEST and word.isalpha())


@cache
def _by_first(language: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(_vocabulary(language)):
        found.setdefault(word[0], []).append(word)
    return {letter: tuple(some) for letter, some in found.items()}


@cache
def chat_forms(language: str) -> Mapping[str, str]:
    """How people chat, folded → in full."""
    rows = [entry for entry in lexicon(language).entries("chat") if entry.get("full")]
    return {key(form): str(entry.get("full")) for entry in rows for form in entry.forms} | dict(chatted(language))


def asked_in(text: str, fallback: str | None) -> str:
    """The language of a question: the one that most of the words belong to; the reader's where none has more."""
    written = {span.of(text) for span in words(key(text))[:MOST_WORDS]}
    votes = {code: len(written & _words_of(code)) for code in supported()}
    most = max(votes.values(), default=0)
    best = [code for code, count in votes.items() if count == most]
    known = fallback if fallback in supported() else None
    if most and len(best) == 1:
        return best[0]
    return known if known in best else language_of(text) or known or (best[0] if most else "en")


@cache
def _words_of(language: str) -> frozenset[str]:
    """The single words that questions of a language are made of."""
    asking = (form for entry in lexicon(language).entries("question") for form in entry.forms)
    return forms(language) | stop_words(language) | frozenset(map(key, asking)) | frozenset(chat_forms(language))
