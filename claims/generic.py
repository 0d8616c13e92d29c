"""Who speaks without a name of their own – "residents", "warga", "la police" – and what a reader of another language
calls them. The words stand in `claims/names/speakers.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claims.concepts import is_known
from claims.gazetteer import data
from claims.lexicon import lexicon, supported
from claims.text import fold


@dataclass(frozen=True, slots=True)
class _Generic:
    """One sort of speaker: its words by language, the shown one first, and the languages in which it is plural."""

    words: Mapping[str, Sequence[str]]
    plural: frozenset[str]


def shown(name: str, language: str) -> str | None:
    """A speaker without a name in the reader's language, by the article's word where it can stand; None for others."""
    found = _known().get(fold(name))
    if found is None:
        return None
    words = found.words[language]
    may_stand = words if language in data("speakers")["bare"] else words[:1]
    return next((word for word in may_stand if fold(word) == fold(name)), words[0])


def is_plural(name: str, written: str | None, language: str) -> bool:
    """Whether a verb of a language is plural behind a speaker, who is `written` in another one. Who is not listed is
    plural by the ending of the noun."""
    found = _known().get(fold(name))
    if found is not None:
        return language in found.plural
    settings = lexicon(written).settings if written in supported() else {}
    suffix, words = settings.get("plural_suffix"), name.split()
    if not suffix or noun(name, written) is None:
        return False
    head = words[0] if settings.get("noun_first") else words[-1]
    return head.endswith(suffix) and not head.endswith(2 * suffix)


def noun(name: str, written: str | None) -> str | None:
    """A speaker that is a noun, without the large letter that it has only at the head of a sentence; None for names.
    A head that is no word of the language it is `written` in keeps its own: "Boeing engineers". So does any where the
    noun stands first, for names are written so there: "Banque postale"."""
    first, _, rest = name.partition(" ")
    if first.islower():
        return name
    if not (first.istitle() and rest and rest.islower()):
        return None
    is_word = (
        written in supported() and not lexicon(written).settings.get("noun_first") and is_known(fold(first), written)
    )
    return f"{first.lower()} {rest}" if is_word else name


@cache
def _known() -> Mapping[str, _Generic]:
    """The sorts of speakers by their folded words; the first of two that share one has it."""
    found: dict[str, _Generic] = {}
    for row in data("speakers")["sorts"].values():
        words = {code: [word.strip() for word in listed.split(",")] for code, listed in row.items() if code != "plural"}
        sort = _Generic(words, frozenset(row.get("plural", "").split()))
        for word in (word for listed in words.values() for word in listed):
            found.setdefault(fold(word), sort)
    return found
