"""Denials and what they deny on other pages of their story."""

from datetime import date

import pytest

from claims.compare import compare
from claims.extract import extract
from claims.model import CONFLICTS, UPDATES, Article, Relation


@pytest.mark.parametrize(
    ("denied", "said", "relation"),
    [
        (
            ("es", "El director Ivo Brandt negó que se hubieran cerrado los hospitales."),
            ("en", "Union leader Max Orr said the hospitals had been closed."),
            Relation.DISPUTE,
        ),
        (
            ("fr", "La directrice Ida Rosk a nié toute fraude."),
            ("en", "The opposition accused the office of fraud."),
            Relation.DISPUTE,
        ),
        (
            ("en", "Ida Rosk denied reports that she would resign."),
            ("id", "Ida Rosk mengundurkan diri pada Rabu."),
            Relation.UPDATE,
        ),
        (
            ("en", "Ida Rosk denied having met the envoy."),
            ("id", "Ida Rosk mengakui telah bertemu utusan itu."),
            Relation.REVERSAL,
        ),
    ],
)
def test_a_denial_meets_what_it_denies_on_another_page(
    denied: tuple[str, str], said: tuple[str, str], relation: Relation
) -> None:
    assert _across(denied, said) is relation


@pytest.mark.parametrize(
    ("denied", "said"),
    [
        (
            "Ida Rosk denied any role in the attack on the market.",
            "The attack on the market hurt a guard, he said.",
        ),
        ("Ida Rosk denied that the bridge would be sold.", "The bridge was closed on Monday, the police said."),
        ("Ida Rosk denied that the vaccine was unsafe.", "Ida Rosk admitted that the vaccine was expensive."),
        ("Ida Rosk denied that rice aid had been stolen.", "Rice aid came on Monday, the Red Cross said."),
        ("Ida Rosk denied having received money.", "Prosecutors accused Max Orr of receiving money."),
        ("The police said officers had not fired on the crowd.", "The crowd fired at officers, witnesses said."),
    ],
)
def test_a_denial_of_something_else_in_one_story_stays_apart(denied: str, said: str) -> None:
    assert _across(("en", denied), ("en", said)) not in CONFLICTS | UPDATES


def _across(denied: tuple[str, str], said: tuple[str, str]) -> Relation:
    """What the last claims of two articles of one story are to each other."""
    one, other = (
        extract(
            Article(
                id=text,
                text=f"Report\n\nIn Morvane and Ostrel, Morvane.\n\n{text}",
                language=language,
                published=date(2026, 3, day),
            )
        ).claims[-1]
        for (language, text), day in ((denied, 2), (said, 4))
    )
    return compare(one, other).relation
