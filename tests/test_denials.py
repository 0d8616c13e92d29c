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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Minister Ann Lee declared the strike legal. The company disputes that and has gone to court."),
        (
            "en",
            'A gossip site claimed that Max Orr had fled. "Nonsense, he is here," his lawyer Ida Rosk said.',
        ),
        (
            "en",
            "Max Orr said a ballot was counted twice. Ida Rosk dismissed that: it was checked three times.",
        ),
        (
            "en",
            'The guard Max Orr said the gate was locked. "We never locked the gate," said the manager, Ida Rosk.',
        ),
        (
            "fr",
            "Selon Max Orr, le maire a vendu le quai. « C'est faux, il le loue », rétorque Ida Rosk.",
        ),
        ("id", "Konon beras bantuan dijual di pasar. Bupati Ida Rosk menampik: tidak ada satu karung pun yang hilang."),
        ("id", "Konon sumur di desa itu diracuni orang. Kabar dari mulut ke mulut itu dibantah Kapolres Max Orr."),
        ("de", "Gerüchten zufolge wurde die Brücke verkauft. Die Sprecherin Ida Rosk dementierte das."),
        ("es", "Corre el rumor de que el alcalde vendió el muelle. La portavoz Ida Rosk lo desmintió."),
        ("pt", "Corre o boato de que a ponte foi vendida. A porta-voz Ida Rosk desmentiu isso."),
    ],
)
def test_what_somebody_answers_on_a_page_is_what_stands_right_before(language: str, text: str) -> None:
    assert _on_a_page(language, text) is Relation.DISPUTE


@pytest.mark.parametrize(
    "text",
    [
        "A paper reported that Georgetown had paid for the captives. The council denied that anybody had died.",
        "The doctor Max Orr said the bridge was open. The spokeswoman Ida Rosk dismissed talk of fighters as fantasy.",
        'The guard Max Orr said the gate had been locked. "We never sold the bridge," said the manager, Ida Rosk.',
    ],
)
def test_what_speaks_of_another_matter_answers_nothing(text: str) -> None:
    assert _on_a_page("en", text) not in CONFLICTS


def _on_a_page(language: str, text: str) -> Relation:
    """What the first and the last claim of an article are to each other."""
    page = Article(
        id="a",
        text=f"Report\n\nIn Morvane and Ostrel, Morvane.\n\n{text}",
        language=language,
        published=date(2026, 3, 2),
    )
    first, *_, last = extract(page).claims
    return compare(first, last).relation


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
