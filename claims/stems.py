"""Words without their endings, by language: "demonstrators" and "demonstrator" are one word."""

import unicodedata
from functools import lru_cache
from threading import local

import snowballstemmer
from snowballstemmer.basestemmer import BaseStemmer

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
    stemmer = _stemmer(language)
    found = str(stemmer.stemWord(word)) if stemmer else word
    return plain(found)


def plain(word: str) -> str:
    """A word without its accents."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def stems(word: str) -> frozenset[str]:
    """A folded word as it may stand in an index: itself, and its stem in every language that there is a lexicon for."""
    return frozenset({plain(word), *(stem(word, language) for language in supported())})


def _stemmer(language: str) -> BaseStemmer | None:
    """A stemmer holds the word that it works on: every thread has its own."""
    mine: dict[str, BaseStemmer | None] = _OWN.__dict__
    if language not in mine:
        name = _NAMES.get(language)
        mine[language] = snowballstemmer.stemmer(name) if name else None
    return mine[language]
