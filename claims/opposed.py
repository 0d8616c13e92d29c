"""Words that tell one of a kind from its others, and whether what is asked of one is told of another: the second dose
and the first one."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import tomli

from claims.candidate import Candidate
from claims.lexicon import lexicon, supported
from claims.terms import word_terms
from claims.text import fold, words

#: a kind, which of it, and the terms of the noun beside it; none where it says so by itself
Member = tuple[str, str, frozenset[str]]


def opposed(asked: frozenset[Member], candidate: Candidate) -> Iterator[str]:
    """What is asked of one of a kind where the claim tells of another one only."""
    if not asked:
        return
    claim = candidate.claim
    said = members(claim.evidence, claim.language)
    for kind, name, noun in asked:
        mine = {other for one, other, beside in said if one == kind and (not noun or noun & beside)}
        if mine and name not in mine:
            yield name


@lru_cache(maxsize=1 << 14)
def members(text: str, language: str) -> frozenset[Member]:
    """What a text tells from others of its kind."""
    if language not in supported():
        return frozenset()
    forms, settings = _forms(language), lexicon(language).settings
    written = [fold(span.of(text)) for span in words(text)]
    found: set[Member] = set()
    for at, word in enumerate(written):
        for kind, name, is_beside in forms.get(word, ()):
            noun: frozenset[str] = frozenset()
            if is_beside:
                before = written[max(at - 1, 0) : at] if settings.get("noun_first") else []
                beside = before + written[at + 1 : at + 2]
                noun = frozenset[str]().union(*(word_terms(one, language) for one in beside))
                if not noun:
                    continue
            found.add((kind, name, noun))
    return frozenset(found)


@cache
def _forms(language: str) -> Mapping[str, frozenset[tuple[str, str, bool]]]:
    """The members that each word stands for, and whether only beside a noun."""
    found: dict[str, set[tuple[str, str, bool]]] = {}
    for kind, rows in tomli.loads((files("claims") / "opposites.toml").read_text("utf-8")).items():
        for name, row in rows.items():
            for form in row.get(language, "").split(",") if name != "beside" else ():
                found.setdefault(fold(form.strip()), set()).add((kind, name, bool(rows.get("beside"))))
    return {form: frozenset(members) for form, members in found.items() if form}
