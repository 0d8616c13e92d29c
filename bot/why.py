"""Why an answer is what it is, for the command line: what was understood, and what each part gave each claim."""

from collections.abc import Iterator

from bot.results import Answered
from claims.candidate import Ranked
from claims.question import Question

_MOST = 5


def reasons(result: Answered) -> Iterator[str]:
    """The question as it was understood, then the best weighed claims, a line each and one for their parts."""
    yield understood(result.question)
    for one in result.weighed[:_MOST]:
        evidence = " ".join(one.claim.evidence.split())[:100]
        yield f"{one.score:.2f} claim {one.number}: {_fate(one, result.least)}: {evidence}"
        yield "     " + ", ".join(f"{name} {max(degree, 0):.2f} × {weight:g}" for name, weight, degree in one.parts)


def understood(question: Question) -> str:
    """What a question was taken to mean, on one line."""
    return " | ".join(_fields(question))


def _fate(one: Ranked, least: float) -> str:
    if one.blocked:
        return f"another {one.blocked}"
    return "answers" if one.score >= least else f"below {least:.2f}"


def _fields(question: Question) -> Iterator[str]:
    yield f"asks {question.asks} in {question.language}"
    named = {
        "measure": question.measure,
        "actors": ", ".join(question.actors),
        "places": ", ".join(question.places),
        "speaker": question.speaker,
        "time": question.time.iso if question.time else None,
        "words": ", ".join(word.written for word in question.words),
    }
    yield from (f"{name}: {value}" for name, value in named.items() if value)
    flags = {"denial": question.about_denial, "vote": question.about_vote, "condition": question.conditional}
    yield from (f"about a {name}" for name, holds in flags.items() if holds)
