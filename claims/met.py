"""Whether a word of a question is met in a claim, and how closely."""

from functools import cache
from itertools import pairwise

from claims.candidate import ABOUT, NEAR, OWN, Candidate
from claims.concepts import about_money, listed, meanings, related
from claims.figure import is_fate, may_be_counted
from claims.measures import measure
from claims.model import Claim, Kind
from claims.question import Question, Word
from claims.terms import meaning, stop_words
from claims.text import fold

#: letters that a story's name has at least for a word to begin with it, and that tell it from others
BEGINNING = 5
#: what a name is worth that is met beside a claim, or in what its article is about: an article need not repeat where
#: it is
_NAMED_NEAR, _NAMED_ABOUT = 0.9, 0.8
#: what is left of a degree where what is counted is met beside the claim only
_COUNTED_ELSEWHERE = 0.7
#: words of a question that are so few that each of them tells what is asked
_FEW = 2
#: concepts that a vote answers, whichever way it went, where a vote is asked about
_DECIDED = frozenset({"i:approve", "i:ratify", "i:reject"})
#: concepts that a vote answers: "Senate result", "how did the board split"; ways of asking that leave open what
_OUTCOME = frozenset({"i:result", "i:split_vote"})
_OPEN = frozenset({"topic", "what_known", "result", "count"})
_CHAMBERS = frozenset(f"i:{name}" for name in listed("chambers"))


def degree(question: Question, word: Word, candidate: Candidate) -> float:
    """How closely a word of this question is met in the claim, -1 where the claim is of something else; the result of
    a sitting is told by its vote."""
    by_vote = (_OUTCOME if question.asks in _OPEN else frozenset()) | (_DECIDED if question.about_vote else frozenset())
    voted = candidate.claim.kind is Kind.VOTE and word.terms & by_vote
    met = OWN if voted else word_met(word, candidate)
    if _is_other_outcome(question, word, candidate):
        return -1.0
    if not met and "money" in question.measured_in and _is_amount(word):
        return -1.0
    if word.is_counted and met >= 0 and not may_be_counted(question, word, candidate):
        return -1.0
    return 0.0 if met == ABOUT and not word.is_name and _is_by_the_way(question, word, candidate) else met


def _is_other_outcome(question: Question, word: Word, candidate: Candidate) -> bool:
    """Whether it is asked for what became of those whom one thing befell, "how many of the detained were *let go*", and
    the claim itself does not tell that."""
    befell = question.measure if question.asks == "count" else None
    of_those = befell and befell not in listed("outcomes") and is_fate(measure(befell))
    told = (word.terms | related(word.terms)) & candidate.own
    return bool(of_those and word.terms & _outcomes() and candidate.claim.quantity and not told)


@cache
def _outcomes() -> frozenset[str]:
    return meaning(listed("outcomes"))


def _is_by_the_way(question: Question, word: Word, candidate: Candidate) -> bool:
    """Whether an article that a figure or saying is of only mentions a word somewhere."""
    tells_one = candidate.claim.quantity is not None if question.asks == "count" else bool(question.speaker)
    alone = not (question.asks == "count" and question.speaker) and len(question.words) <= _FEW
    return tells_one and alone and not word.terms & (candidate.headline | candidate.elsewhere)


def word_met(word: Word, candidate: Candidate) -> float:
    """How closely a word is met, whatever is asked of it; a name, or what is counted, must be."""
    met = candidate.meets(word.terms, related(word.terms)) or (
        0.0 if word.is_concept else _begun(word.written, candidate)
    )
    if word.is_where and met < OWN:
        met = candidate.meets_where(word.terms)
    if word.is_body and met < OWN and candidate.claim.kind is Kind.VOTE and _is_of_another(word, candidate.claim):
        return -1.0
    if (
        word.is_name
        and met == ABOUT
        and (candidate.claim.quantity or candidate.claim.kind is Kind.VOTE)
        and not word.terms & (candidate.headline | candidate.elsewhere)
    ):
        return -1.0  # its article only mentions that name: the figure is of those that it is named by
    if word.is_name:
        return {NEAR: _NAMED_NEAR, ABOUT: _NAMED_ABOUT}.get(met, met) or -1.0
    if word.is_deed and met < OWN:
        return -1.0
    if not met and (_is_another_disaster(word, candidate) or _is_of_another_kind(word, candidate)):
        return -1.0
    if candidate.claim.kind is Kind.VOTE and met < OWN and word.terms & _CHAMBERS:
        return -1.0
    if word.is_counted and (met < OWN or not word.terms & candidate.counted):
        return -1.0 if met < ABOUT else min(met, NEAR) * _COUNTED_ELSEWHERE
    return met


def beginning(name: str) -> str:
    """What two words that are made of one name share: "Velmaria", "velmarien"."""
    return name[:BEGINNING]


def _is_of_another(word: Word, claim: Claim) -> bool:
    """Whether another name of the stories at hand stands beside the chamber that votes."""
    stop = stop_words(claim.language)
    said = [(one, fold(one.span.of(claim.evidence))) for one in meanings(claim.evidence, claim.language)]
    said = [(one, written) for one, written in said if written not in stop]
    return any(
        beginning(written) in word.rivals and one.concepts & listed("voters")
        for (left, before), (right, after) in pairwise(said)
        for one, written in ((left, after), (right, before))
    )


def _is_another_disaster(word: Word, candidate: Candidate) -> bool:
    """Whether an earthquake is asked about, and the claim is about a flood."""
    disasters = _disasters()
    return bool(word.terms & disasters and disasters & (candidate.own | candidate.near | candidate.about))


def _is_of_another_kind(word: Word, candidate: Candidate) -> bool:
    """Whether cholera is asked about, and what is told there is of malaria."""
    return any(word.terms & kind and kind & (candidate.own | candidate.near) for kind in _kinds())


@cache
def _kinds() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(f"i:{name}" for name in listed(kind))
        for kind in ("diseases", "crops", "metals", "powers", "gatherings")
    )


@cache
def _disasters() -> frozenset[str]:
    return frozenset(f"i:{name}" for name in listed("disasters"))


def _is_amount(word: Word) -> bool:
    """Whether a word names a sum of a sort of its own: a fine, a wage, a compensation."""
    return bool(word.terms & _amounts())


@cache
def _amounts() -> frozenset[str]:
    return frozenset(f"i:{name}" for name in about_money() - listed("plain_amounts"))


def _begun(word: str, candidate: Candidate) -> float:
    """Whether a word begins as the name of a story does: "Demakan"."""
    return ABOUT if any(len(one) >= BEGINNING and word.startswith(one) for one in candidate.claim.story) else 0.0
