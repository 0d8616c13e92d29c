"""How far a thing has come: what is promised, asked for or ordered is not yet done."""

from functools import cache
from itertools import pairwise

from claims.concepts import done_marks, listed
from claims.model import Claim, Modality, Span
from claims.question import Question
from claims.terms import meaning, placed_terms
from claims.text import fold, words


def of_other_stage(question: Question, claim: Claim) -> bool:
    """Whether a deed is asked for as done where the claim only promises, demands or orders it."""
    of_figure = question.asks in ("count", "what") and claim.quantity is not None and not question.conditional
    return of_figure and _asks_done(question) and is_ahead(claim)


def _asks_done(question: Question) -> bool:
    """Whether a deed is asked for as done: not "how much did they promise to *pay*"."""
    asked = [question.measure_terms, *(word.terms for word in question.words)]
    deeds = any(terms & _done() for terms in asked)
    ahead = any(terms & _ahead() for terms in asked)
    if question.planned or (ahead and not any(word.terms & _done() for word in question.words)):
        return False
    over, past = (_holds(question.text, marks) for marks in done_marks(question.language))
    led = any(one & _ahead() and other & _done() for one, other in pairwise(asked))
    return over or (past and deeds and not led)


def is_ahead(claim: Claim) -> bool:
    """Whether a figure is of what is still to be done: its claim is a plan, or a word for a promise, a demand or an
    order governs it and no deed comes before: not "paid 4 of the 30 million that it promised"."""
    placed = placed_terms(claim.evidence, claim.language)
    deeds = [span.start for span, terms in placed if terms & _done() and not terms & _ahead()]
    says_done = deeds and any(_holds(claim.evidence, marks) for marks in done_marks(claim.language))
    if claim.modality is Modality.PLANNED and not says_done:
        return True  # else its sentence promises something in another part
    surface = claim.quantity.surface if claim.quantity else ""
    start = claim.evidence.find(surface)
    if start < 0 or not surface:
        return False
    figure = Span(start, start + len(surface))
    for span, terms in placed:
        if terms & _ahead() and not _is_of_another_figure(claim.evidence, figure, span):
            before_all = span.start < figure.start and span.start < min(deeds, default=len(claim.evidence))
            if before_all or not deeds:
                return True
    return False


def _holds(text: str, marks: frozenset[str]) -> bool:
    """Whether one of these words or phrases stands in a text."""
    written = " ".join(fold(span.of(text)) for span in words(text))
    return any(f" {mark} " in f" {written} " for mark in marks)


def _is_of_another_figure(text: str, figure: Span, mark: Span) -> bool:
    """Whether another figure stands between: "nine of the 24 that were promised"."""
    first, second = sorted((figure, mark), key=lambda span: span.start)
    return any(sign.isdigit() for sign in text[first.end : second.start])


@cache
def _done() -> frozenset[str]:
    return meaning(listed("done"))


@cache
def _ahead() -> frozenset[str]:
    return meaning(listed("ahead"))
