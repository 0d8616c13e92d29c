"""Chat spelling in full, and misspelled words mended against the words that we know."""

from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from claims.concepts import forms, is_known
from claims.lexicon import lexicon
from claims.text import fold, key, words

#: words read
MOST_WORDS = 40
_SHORTEST = 4
#: how alike a word and what it is taken for must be, of 100; short words must be closer
_ALIKE, _ALIKE_SHORT, _SHORT = 85, 88, 5
#: sections whose words a question may misspell
_SECTIONS = ("question", "say", "deny", "vote", "unit", "measure_verb", "function", "modality", "date_word", "month")


def spelled_out(text: str, language: str) -> str:
    """A text with chat forms in full, "brp" → "berapa", and misspelled words mended; names are left as they are."""
    pieces, last = [], 0
    chat = _chat_forms(language)
    for span in words(text)[:MOST_WORDS]:
        written = span.of(text)
        full = chat.get(key(written)) or mended(written, language)
        if full:
            pieces.append(text[last : span.start] + full)
            last = span.end
    return "".join(pieces) + text[last:]


@lru_cache(maxsize=10_000)
def mended(word: str, language: str) -> str | None:
    """The one word that a misspelled one plainly means; None where it is right, a name, or could be several."""
    folded = fold(word)
    if len(word) < _SHORTEST or not word.islower() or not word.isalpha() or is_known(folded, language):
        return None
    if folded in _vocabulary(language):
        return None
    cutoff = _ALIKE_SHORT if len(word) <= _SHORT else _ALIKE
    near = [form for form in _by_first(language).get(folded[0], ()) if abs(len(form) - len(folded)) <= 2]
    found = process.extract(folded, near, scorer=fuzz.ratio, score_cutoff=cutoff, limit=2)
    if not found or (len(found) > 1 and found[0][1] == found[1][1] and found[0][0][:4] != found[1][0][:4]):
        return None
    return str(found[0][0])


@cache
def _vocabulary(language: str) -> frozenset[str]:
    found = set(forms(language))
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
def _chat_forms(language: str) -> Mapping[str, str]:
    rows = [entry for entry in lexicon(language).entries("chat") if entry.get("full")]
    return {key(form): str(entry.get("full")) for entry in rows for form in entry.forms}
