"""What a denial of "that" denies: the claim that stands before it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from claims.lexicon import lexicon, supported
from claims.model import POINTING, Claim, Kind, Modality
from claims.text import fold, words

#: characters between a claim and the word for it: two sentences at most
_REACH = 320
#: marks that a quotation begins with
_OPENING = tuple('"“„«')
#: sections of a lexicon whose words only point to something said before
_POINTING = ("anaphor", "report_noun", "pronoun", "function", "that", "deny", "falsehood", "resumptive", "light")


def resolved(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of an article, in its order; a denial that only points backward is given what it points to."""
    found: list[Claim] = []
    for claim in claims:
        meant = _meant(claim, found) if _only_points(claim) else None
        found.append(_of(claim, meant) if meant else claim)
    return tuple(found)


def _of(denial: Claim, meant: Claim) -> Claim:
    return replace(
        denial,
        measure=meant.measure,
        agent=meant.agent,
        subgroup=meant.subgroup,
        object=meant.object,
        denied=meant.evidence,
        rule=POINTING,
        place=meant.place or denial.place,
        place_path=meant.place_path if meant.place else denial.place_path,
    )


def _only_points(claim: Claim) -> bool:
    """Whether what is denied has no words of its own: "hal itu", "the accusation", or none before a colon, behind which
    whoever denies it says how it is: "the mayor denied that: not a sack was missing"."""
    if claim.kind is not Kind.DENIAL or claim.denied is None or claim.language not in supported():
        return False
    before, colon, _ = claim.evidence.partition(": ")
    at = before.find(claim.cue) if claim.cue and colon else -1
    if at >= 0 and _points(before[at + len(claim.cue) :], claim.language):
        return True
    return not claim.measure and bool(words(claim.denied)) and _points(claim.denied, claim.language)


def _points(text: str, language: str) -> bool:
    """Whether all words of a text, if it has any, only point at something."""
    folded = fold(text)
    return all(span.of(folded) in _pointing(language) for span in words(folded))


@cache
def _pointing(language: str) -> frozenset[str]:
    """The words of a language that only point at something."""
    forms = (form for section in _POINTING for form in lexicon(language).forms(section))
    return frozenset(span.of(form) for form in forms for span in words(form))


def _closed(quoted: str) -> bool:
    """Whether a quotation ends in the words that begin it; else somebody's own words go on behind them."""
    return any(mark in quoted[1:] for mark in '"”“»«')


def _meant(denial: Claim, before: Sequence[Claim]) -> Claim | None:
    """The nearest claim before it that somebody else makes."""
    for claim in reversed(before):
        if denial.start - claim.end > _REACH:
            return None
        torn = claim.evidence.startswith(_OPENING) and not _closed(claim.evidence)
        told = (
            not torn
            and claim.kind in (Kind.QUANTITY, Kind.STATEMENT)
            and claim.modality in (Modality.ASSERTED, Modality.ALLEGED)
        )
        if told and (claim.speaker is None or claim.speaker != denial.speaker):
            return claim
    return None
