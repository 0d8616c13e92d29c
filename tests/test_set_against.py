"""A bare figure right behind another voice's: it counts what that one counts, and stands against it."""

from datetime import date

import pytest

from claims.compare import compare
from claims.extract import extract
from claims.model import Article, Claim, Relation


def _figures(text: str, language: str) -> list[Claim]:
    page = Article(
        id=text,
        text=f"Talmera\n\n{text} Talmera is waiting for Talmera.",
        language=language,
        published=date(2026, 3, 9),
    )
    return [claim for claim in extract(page).claims if claim.quantity]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry said the bridge at Talmera will cost 40 million euros. The union puts it at 65 million.", "en"),
        ("Polisi mencatat 8.000 orang berpawai di Talmera menuntut wali kota mundur. Panitia menyebut 25.000.", "id"),
        ("Han muerto 14 personas en Talmera. El sindicato de bomberos habla de 22.", "es"),
        ("O sindicato afirma que 3.500 professores aderiram à greve em Talmera. A prefeitura admite apenas 900.", "pt"),
        ("L'armateur estime que 3,2 millions de litres ont fui à Talmera. La biologiste parle de sept millions.", "fr"),
        ("Der Verband meldet 30 Millionen Euro Schaden. Die Versicherer gehen von 55 Millionen aus.", "de"),
    ],
)  # fmt: skip
def test_another_voice_s_bare_figure_needs_no_words_of_the_one_before(text: str, language: str) -> None:
    one, other = _figures(text, language)
    assert one.measure == other.measure
    assert one.place == other.place
    assert compare(one, other).relation is Relation.CONTRADICTION


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor said 12 people were injured in Talmera. In Ostrad, the police counted 40.", "en"),
        ("Police said 12 people were injured in Talmera. The hospital said four of them were children.", "en"),
        ("Polisi mencatat 40 orang terluka di Talmera. Rumah sakit menyebut tujuh di antaranya anak-anak.", "id"),
        ("El gobierno dijo que el túnel costará 90 millones de euros. La región prometió aportar 15 millones.", "es"),
        ("La direction prévoit de supprimer 800 emplois à Talmera. Le préfet compte sur 200 reclassements.", "fr"),
    ],
)
def test_a_figure_with_a_matter_of_its_own_stands_against_none(text: str, language: str) -> None:
    one, *others = _figures(text, language)
    assert all(compare(one, other).severity == "none" for other in others)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The ministry said the tunnel at Talmera will cost 40 million euros. "
            "The opposition reckons that the tunnel costs at least 65 million euros.",
            "en",
        ),
        (
            "Kementerian menyatakan terowongan Talmera akan menelan biaya 40 miliar rupiah. "
            "Oposisi menaksir biaya terowongan itu 65 miliar rupiah.",
            "id",
        ),
    ],
)
def test_another_voice_s_reckoning_of_what_one_plans_is_no_fact_of_that_plan(text: str, language: str) -> None:
    one, other = _figures(text, language)
    assert compare(one, other).relation is Relation.CONTRADICTION


def test_the_day_that_a_page_gives_for_one_voice_only_makes_the_other_no_later_one() -> None:
    one, other = _figures(
        "The Talmera akimat said on Friday that 95,000 hectares of wheat were lost at Talmera. "
        "The Talmera farmers' league reckons 160,000 hectares of wheat were lost.",
        "en",
    )
    assert compare(one, other).relation is Relation.CONTRADICTION
