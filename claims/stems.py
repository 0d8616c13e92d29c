"""Words without their endings, by language: "demonstrators" and "demonstrator" are one word."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from threading import local
from typing import Any

import Stemmer
import tomli

from claims.lexicon import supported

_NAMES = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "id": "indonesian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
}


_OWN = local()


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word, without accents: people who chat leave them out. Unknown languages keep the word."""
    return stem_once(word, language)


def stem_once(word: str, language: str) -> str:
    """The same for a word that is asked for once, and need not be remembered."""
    stemmer = _stemmer(language)
    found = plain(str(stemmer.stemWord(word)) if stemmer else word)
    return found + _APART if word in apart(language) else found


#: what tells the stem of words that are apart from that of the words which they look like
_APART = "'"


@cache
def apart(language: str) -> frozenset[str]:
    """Words that are no form of what their stem, or they themselves without accents, look like."""
    return frozenset(_irregular_forms()["apart"].get(language, "").split(", "))


def plain(word: str) -> str:
    """A word without its accents."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def stems(word: str) -> frozenset[str]:
    """A folded word as it may stand in an index: itself, and its stem in every language that there is a lexicon for."""
    return frozenset({plain(word), *(stem(word, language) for language in supported())})


def regular(word: str, language: str) -> str:
    """An irregular form as its word, "fell" → "fall"; all others as they are."""
    return _irregular(language).get(word, word)


#: shorter words have no ending to spare, and too little is left of them: "Haft" is no form of "Hafen",
#: and "Paris" none of "pari"
_SHORTEST_FORM, _SHORTEST_REST, _SHORTEST_BARE = 5, 3, 5


@lru_cache(maxsize=1 << 16)
def words_behind(word: str, language: str) -> tuple[str, ...]:
    """The words that a folded word may be a form of though its stem does not tell: "passagers" → "passager"."""
    if len(word) < _SHORTEST_FORM or word in apart(language):
        return ()
    bare = (word, *_without_lead(word, language))
    ends = _irregular_forms().get("endings", {}).get(language, {})
    return tuple(
        one.removesuffix(end) + own.strip()
        for one in bare
        for end, owns in ends.items()
        if one.endswith(end)
        for own in owns.split(",")
        if len(one) - len(end) >= (_SHORTEST_REST if own else _SHORTEST_BARE)
    )


def _without_lead(word: str, language: str) -> Iterator[str]:
    """A participle or an infinitive without what leads it: "abgelehnt" → "ablehnt", "abzulehnen" → "ablehnen"."""
    row = _irregular_forms().get("participles", {}).get(language, {})
    for before in row.get("behind", "").split(",") if row else ():
        for led_by in row["led_by"].split(", "):
            if word.startswith(lead := before.strip() + led_by):
                yield before.strip() + word.removeprefix(lead)


@cache
def _irregular_forms() -> Mapping[str, Mapping[str, Any]]:
    return tomli.loads((files("claims") / "stems.toml").read_text("utf-8"))


@cache
def _irregular(language: str) -> Mapping[str, str]:
    """Forms that no stemmer takes back to their word: "fell" → "fall"."""
    rows = _irregular_forms().get(language, {})
    return {form.strip(): word for word, forms in rows.items() for form in forms.split(",")}


#: the letters that one sound is written with in several languages
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "k"), ("ck", "k"), ("qu", "k"), ("sch", "s"), ("x", "ks"),
    ("c", "k"), ("q", "k"), ("y", "i"), ("j", "i"), ("z", "s"), ("v", "f"), ("w", "f"), ("h", ""),
)  # fmt: skip
_SHORTEST_SOUND, _SOUND = 4, 6


@lru_cache(maxsize=200_000)
def sound(word: str) -> str | None:
    """What a folded word and its cousins in other languages have in common: "cholera", "kolera" and "cólera" begin to
    sound alike. None for words too short to tell."""
    found = plain(word)
    for letters, heard in _SOUNDS:
        found = found.replace(letters, heard)
    found = "".join(sign for at, sign in enumerate(found) if not at or sign != found[at - 1])
    return found[:_SOUND] if len(found) >= _SHORTEST_SOUND and found.isalpha() else None


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    """A stemmer holds the word that it works on: every thread has its own."""
    mine: dict[str, Stemmer.Stemmer | None] = _OWN.__dict__
    if language not in mine:
        name = _NAMES.get(language)
        mine[language] = Stemmer.Stemmer(name) if name else None
    return mine[language]
