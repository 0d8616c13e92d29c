"""A figure that is given again, changed: what says so in six languages, and which figure it replaces."""

from datetime import date
from decimal import Decimal

import pytest

from claims.anew import counts_on, reckons_anew, revises
from claims.compare import compare
from claims.extract import extract
from claims.model import Article, Claim, Kind, Quantity, Relation
from claims.slot import may_meet


def _counts(text: str, language: str) -> Claim:
    """A claim whose figure is the 70 of its text."""
    figure = Quantity(low=Decimal(70), high=Decimal(70), unit="people", surface="70")
    return Claim(kind=Kind.QUANTITY, evidence=text, start=0, quantity=figure, language=language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The chamber lifted its forecast of exports to 70 million tonnes", "en"),
        ("Its budget was trimmed to 70 million after long talks", "en"),
        ("Dinas itu memangkas proyeksi panen menjadi 70 ton", "id"),
        ("El gremio rebajó su exigencia de aumento al 70 %", "es"),
        ("A associação reviu para 70 o total de lojas", "pt"),
        ("Le syndicat porte à 70 millions l'offre faite aux familles", "fr"),
        ("Der Verband senkte seine Prognose auf 70 Tonnen", "de"),
    ],
)
def test_somebody_changes_what_he_reckons(text: str, language: str) -> None:
    assert revises(_counts(text, language))
    assert reckons_anew(_counts(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Workers raised a wall that is 70 metres high", "en"),
        ("Petani mengangkat karung seberat 70 kilo", "id"),
        ("La alcaldesa subió al tren de 70 vagones", "es"),
        ("Ele cortou 70 árvores", "pt"),
        ("Il porte 70 sacs", "fr"),
        ("Er hob 70 Säcke auf", "de"),
    ],
)
def test_somebody_lifts_or_cuts_a_thing(text: str, language: str) -> None:
    assert not revises(_counts(text, language))


def test_what_is_so_by_now_was_not_reckoned_anew() -> None:
    assert revises(_counts("There are now 70 tents", "en"))
    assert not reckons_anew(_counts("There are now 70 tents", "en"))


def _told_on_two_days(first: str, later: str, language: str = "en") -> Relation:
    one, other = (
        next(claim for claim in _page(text, spoken, day) if claim.quantity)
        for text, spoken, day in ((first, "en", 13), (later, language, 15))
    )
    return compare(one, other).relation


def _page(text: str, language: str, day: int) -> tuple[Claim, ...]:
    told = date(2025, 10, day)
    return extract(Article(id=text, text=f"Report\n{text}", language=language, published=told)).claims


@pytest.mark.parametrize(
    ("first", "later", "language"),
    [
        (
            "In Ostrel the Meridor roads office said 310 bridges in Ostrel were closed.",
            "In Ostrel the Meridor roads office said 420 bridges in Ostrel were closed.",
            "en",
        ),
        (
            "In Ostrel the Meridor energy board said the Ostrel grid would need repairs of 40 million euros.",
            "In Ostrel the Meridor energy board lifted its estimate for the Ostrel grid to 65 million euros.",
            "en",
        ),
        (
            "In Ostrel the Meridor forest service said 2,900 hectares of Meridor woodland were lost.",
            "Di Ostrel, kantor Greenwatch menyebut 4.200 hektare hutan Meridor kini hangus.",
            "id",
        ),
    ],
)
def test_a_figure_that_is_told_anew_replaces_the_one_before(first: str, later: str, language: str) -> None:
    assert _told_on_two_days(first, later, language) is Relation.UPDATE


def test_one_voice_s_figures_of_two_deeds_replace_nothing() -> None:
    first = "In Ostrel the Meridor roads office said 310 bridges in Ostrel were closed."
    later = "In Ostrel the Meridor roads office said 420 bridges in Ostrel were painted."
    assert _told_on_two_days(first, later) is not Relation.UPDATE


def test_what_was_promised_is_not_replaced_by_what_has_come() -> None:
    first = "In Ostrel the Meridor relief office promised 310 tents for Ostrel by Friday."
    later = "In Ostrel the Meridor relief office said 220 tents had now reached Ostrel."
    assert _told_on_two_days(first, later) is not Relation.UPDATE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The port has lost 70 cranes since 6 January", "en"),
        ("Pabrik itu memberhentikan 70 buruh sejak Maret", "id"),
        ("Han cerrado 70 tiendas desde enero", "es"),
        ("Fecharam 70 lojas desde segunda-feira", "pt"),
        ("On a fermé 70 guichets depuis le 6 janvier", "fr"),
        ("Seit März wurden 70 Filialen geschlossen", "de"),
    ],
)
def test_what_is_counted_since_a_day_is_counted_up_to_its_telling(text: str, language: str) -> None:
    assert counts_on(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The port lost 70 cranes in January, since nobody greased them", "en"),
        ("Caminaron 70 kilómetros desde la frontera en enero", "es"),
        ("Im März wurden 70 Filialen geschlossen", "de"),
    ],
)
def test_what_is_counted_within_a_month_ends_with_it(text: str, language: str) -> None:
    assert not counts_on(text, language)


def test_a_running_count_of_one_voice_is_told_again_later() -> None:
    first = "In Ostrel the Meridor builders' union said 310 people in Ostrel had lost their jobs since January."
    later = "In Ostrel the Meridor builders' union said 420 people in Ostrel had lost their jobs since January."
    assert _told_on_two_days(first, later) is Relation.UPDATE


def test_a_toll_that_somebody_puts_right_is_replaced_though_it_falls() -> None:
    first = "In Ostrel the Meridor rescue office said 41 people were killed in Ostrel."
    later = "In Ostrel the corrected toll of the Meridor landslide was 36 people killed in Ostrel."
    assert _told_on_two_days(first, later) is Relation.UPDATE
    unchanged = "In Ostrel the toll of the Meridor landslide was 36 people killed in Ostrel."
    assert _told_on_two_days(first, unchanged) is not Relation.UPDATE


def test_what_is_reckoned_anew_takes_up_what_one_reckoned_beyond_another_figure() -> None:
    first = "In Ostrel the Meridor chamber said a further 310 houses in Ostrel needed repairs."
    later = "In Ostrel the Meridor chamber raised its estimate of houses in need of repairs in Ostrel to 420."
    assert _told_on_two_days(first, later) is Relation.UPDATE


@pytest.mark.parametrize(
    ("later", "language", "relation"),
    [
        ("Pemungutan suara soal RUU Velmora di Tarnow ditunda sampai 7 Juli.", "id", Relation.UPDATE),
        ("The Velmora vote in Tarnow has been postponed to July 7.", "en", Relation.UPDATE),
        ("The Velmora concert in Tarnow has been postponed to July 7.", "en", Relation.UNRELATED),
    ],
)
def test_a_day_that_a_later_text_puts_off_is_replaced_by_the_new_one(
    later: str, language: str, relation: Relation
) -> None:
    first = "The Tarnow assembly is expected to vote on the Velmora bill on June 16."
    day = date(2026, 6, 10)
    (one,) = [claim for claim in _page(first, "en", day.day) if claim.event_date]
    (other,) = [claim for claim in _page(later, language, day.day + 2) if claim.event_date]
    assert compare(one, other).relation is relation
    assert may_meet(one, other)
