"""Words that tell one of a kind from its others, and whether what is asked of one is told of another: the second dose
and the first one."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import tomli

from claims.candidate import Candidate
from claims.lexicon import lexicon, supported
from claims.terms import stop_words, word_terms
from claims.text import fold, words

#: a kind, which of it, and the terms of the noun beside it; none where it says so by itself
Member = tuple[str, str, frozenset[str]]


#: words between "before" and what it is before: "before *the* strike"
_LED = 2
#: keys of a kind that are none of its members
_KEYS = frozenset({"beside", "side", "both", "to_be_named"})


def opposed(asked: frozenset[Member], candidate: Candidate) -> Iterator[str]:
    """What is asked of one of a kind where the claim tells of another one only; or of none, where that one would have
    to be named."""
    if not asked:
        return
    claim = candidate.claim
    said = members(claim.evidence, claim.language)
    for kind, name, noun in asked:
        mine = {other for one, other, beside in said if one == kind and (not noun or noun & beside)}
        if name not in mine and (mine or (name in _to_be_named(kind) and not _is_set_in(name, candidate))):
            yield name


def _is_set_in(name: str, candidate: Candidate) -> bool:
    """Whether that one of a kind is spoken of beside a claim, or in what its article opens with."""
    language = candidate.claim.language
    around = members(candidate.beside, language) | members(candidate.title, language)
    return any(name == other for _, other, _ in around)


@lru_cache(maxsize=1 << 14)
def members(text: str, language: str) -> frozenset[Member]:
    """What a text tells from others of its kind."""
    if language not in supported():
        return frozenset()
    written = [fold(span.of(text)) for span in words(text)]
    found: set[Member] = set()
    for at, word in enumerate(written):
        for kind, name in _forms(language).get(word, ()):
            beside = _beside(written, at, _kinds()[kind], language) if _needs_noun(kind) else ()
            noun = frozenset[str]().union(*(word_terms(one, language) for one in beside))
            if noun or not _needs_noun(kind):
                found.add((kind, name, noun))
    return frozenset(found)


def _beside(written: Sequence[str], at: int, kind: Mapping[str, Any], language: str) -> Iterator[str]:
    """The words that may be the noun of a member of a kind: before it, behind it, or behind what it leads."""
    both = "both" if lexicon(language).settings.get("noun_first") else "behind"
    side = kind.get("side", {}).get(language, both)
    if written[at + 1 : at + 2] and written[at + 1] in kind.get("both", {}).get(language, "").split(", "):
        return
    if side in ("both", "before"):
        yield from written[max(at - 1, 0) : at]
    if side in ("both", "behind"):
        yield from written[at + 1 : at + 2]
    if side == "led":
        led = written[at + 1 : at + 2 + _LED]
        yield from [word for word in led if word not in stop_words(language)][:1]


@cache
def _kinds() -> Mapping[str, Mapping[str, Any]]:
    return tomli.loads((files("claims") / "opposites.toml").read_text("utf-8"))


def _needs_noun(kind: str) -> bool:
    return bool(_kinds()[kind].get("beside"))


def _to_be_named(kind: str) -> Sequence[str]:
    """The members of a kind that nothing is told of that does not name them: the second round, not the first."""
    found: Sequence[str] = _kinds()[kind].get("to_be_named", ())
    return found


@cache
def _forms(language: str) -> Mapping[str, frozenset[tuple[str, str]]]:
    """The members that each word stands for."""
    found: dict[str, set[tuple[str, str]]] = {}
    for kind, rows in _kinds().items():
        for name, row in rows.items():
            for form in row.get(language, "").split(",") if name not in _KEYS else ():
                found.setdefault(fold(form.strip()), set()).add((kind, name))
    return {form: frozenset(members) for form, members in found.items() if form}
