"""Whether a short text asks or states."""

import pytest

from bot.conversation import Incoming
from claims.statement import taken
from tests.talks import Talks
from tests.texts import MORE_TROOPS, TROOPS

ONE = "Some 4,000 North Korean soldiers have been stationed near the Russian city of Kursk"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TROOPS, "statement"),
        (MORE_TROOPS, "statement"),
        ("Polisi mengatakan pada Selasa bahwa 12 orang tewas dalam banjir di Demak", "statement"),
        ("Der Bürgermeister sagte am Montag, dass 12 Menschen bei der Flut ums Leben kamen.", "statement"),
        (ONE, "either"),
        (f"{ONE}. How many does Ukraine count", "either"),
        (f"{ONE}?", "question"),
        ("berapa tentara korea utara di rusia menurut menteri pertahanan ukraina", "question"),
        ("who said that 12,000 north korean soldiers are in russia", "question"),
        ("12,000 north korean soldiers in russia", "question"),
        ("north korean troops in russia and what became of the treaty", "question"),
    ],
)
def test_what_claims_something_is_a_statement_and_what_asks_is_a_question(text: str, told: str) -> None:
    assert taken(text) == told


def test_a_pasted_paragraph_is_checked_like_a_long_one(talks: Talks) -> None:
    talks.says(f"/add {TROOPS}", is_admin=True)
    assert "contradicts South Korea" in talks.says(MORE_TROOPS)


@pytest.mark.parametrize(
    ("label", "told"), [("Answer the question", "The nearest that I know"), ("Check the text", "claim in it")]
)
def test_what_may_be_both_is_asked_back(talks: Talks, label: str, told: str) -> None:
    talks.says(f"/add {TROOPS}", is_admin=True)
    assert "Which is it?" in talks.says(ONE)
    assert talks.labels == ["Answer the question", "Check the text"]
    assert told in talks.presses(label, below=Incoming(chat=5, person=5, text=ONE))
    assert "too old" in talks.taps("taken:question")
    talks.says(ONE, is_group=True)
    assert "Check the text" not in talks.labels  # no text comes with a tap there
