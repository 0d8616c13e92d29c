"""What `extract --explain` tells: what was seen in a sentence, what became of it, and why."""

from datetime import date

import pytest

from bot.explain import WIDTH, explanation
from claims.explain import Explained, explain
from claims.extract import extract
from claims.model import Article

TEXT = (
    "Report\n"
    "The ministry of Peru said on Tuesday that 40 people, among them a 16-year-old boy, died in Lima. "
    "Some 300 waited in 2019. "
    "Who paid for it? "
    "Norway wants to sign nothing."
)


def read() -> list[Explained]:
    return list(explain(extract(Article(id="a", text=TEXT, language="en", published=date(2024, 10, 24)))))


def of(word: str) -> Explained:
    return next(one for one in read() if word in one.outcome.span.of(TEXT))


def test_each_sentence_is_explained_in_order() -> None:
    starts = [one.outcome.span.start for one in read()]
    assert starts == sorted(starts)
    assert len(starts) == 5


def test_what_was_seen_is_told_with_its_meaning() -> None:
    seen = {(one.what, one.span.of(TEXT), one.meaning) for one in of("Peru").seen}
    assert {("number", "40", "count exact 40"), ("number", "16", "age"), ("date", "Tuesday", "2024-10-22")} <= seen
    assert ("name", "Lima", "Peru, or the place Lima") in seen
    assert ("say", "said", "neutral verb") in seen


def test_who_speaks_is_told_with_what() -> None:
    (saying,) = of("Peru").sayings
    assert saying.speaker
    assert "40 people" in saying.content.of(TEXT)


def test_a_claim_stands_with_its_sentence() -> None:
    (claim,) = of("Peru").claims
    assert claim.quantity is not None
    assert claim.quantity.low == 40


@pytest.mark.parametrize(
    ("sentence", "written", "why"),
    [
        ("Peru", "16", "no count but age"),
        ("300 waited", "2019", "no count but year"),
        ("Norway", "sign", "no pact beside it that is already made"),
    ],
)
def test_what_made_no_claim_has_a_reason(sentence: str, written: str, why: str) -> None:
    assert (written, why) in {(one.span.of(TEXT), one.why) for one in of(sentence).unused}


def test_nothing_is_explained_where_a_sentence_is_silent() -> None:
    question = of("Who paid")
    assert (question.outcome.notes, question.sayings, question.unused) == (("question",), (), ())


def test_it_is_plain_and_narrow_where_nobody_watches() -> None:
    lines = explanation(extract(Article(id="a", text=TEXT, language="en", published=date(2024, 10, 24))))
    assert max(map(len, lines)) <= WIDTH
    assert "\x1b" not in "".join(lines)
    assert not any(line.endswith(" ") for line in lines)
    assert lines[-1].startswith("5 sentences: ")
