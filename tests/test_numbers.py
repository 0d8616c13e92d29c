"""Numbers in running text: what they mean, how they are bounded, and which count nothing."""

from decimal import Decimal

import pytest

from claims.lexicon import lexicon
from claims.numbers import Number, numbers


def counts(language: str, text: str) -> list[Number]:
    return [one for one in numbers(text, lexicon(language)) if one.kind == "count"]


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("id", "3.000 tentara", 3000, 3000),
        ("en", "3,000 soldiers", 3000, 3000),
        ("en", "3.5 tonnes", Decimal("3.5"), Decimal("3.5")),
        ("id", "3,5 ton", Decimal("3.5"), Decimal("3.5")),
        ("en", "1.200.000 people", 1200000, 1200000),
        ("id", "tiga ribu lima ratus warga", 3500, 3500),
        ("id", "seribu sembilan ratus empat puluh lima orang", 1945, 1945),
        ("id", "tiga ratus dua puluh lima ribu jiwa", 325000, 325000),
        ("id", "lima belas orang", 15, 15),
        ("en", "two hundred and forty-one people", 241, 241),
        ("en", "twenty-one thousand three hundred people", 21300, 21300),
        ("id", "1,2 juta orang", 1200000, 1200000),
        ("id", "Rp4,5 triliun", 4500000000000, 4500000000000),
        ("en", "$1.2 billion", 1200000000, 1200000000),
        ("en", "€3bn", 3000000000, 3000000000),
        ("id", "setengah juta orang", 500000, 500000),
        ("en", "half a million people", 500000, 500000),
        ("en", "two and a half million people", 2500000, 2500000),
        ("en", "a dozen houses", 12, 12),
        ("id", "10-12 ribu orang", 10000, 12000),
        ("id", "antara 10 dan 12 ribu orang", 10000, 12000),
        ("en", "between 3,500 and 3,900 people", 3500, 3900),
        ("en", "8–12 thousand troops", 8000, 12000),
        ("id", "antara Rp1000 sampai Rp10000", 1000, 10000),
        ("id", "belasan ribu orang", 11000, 19999),
        ("en", "dozens of houses", 24, 99),
        ("id", "tidak satu pun rumah", 0, 0),
        ("en", "not a single house", 0, 0),
    ],
)
def test_a_number_means_this_interval(language: str, text: str, low: Decimal, high: Decimal) -> None:
    (found,) = counts(language, text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("language", "text", "bound", "low", "high"),
    [
        ("id", "tak kurang dari 300 orang", "at_least", 300, None),
        ("en", "at least 1,500 soldiers", "at_least", 1500, None),
        ("en", "300 or more people", "at_least", 300, None),
        ("id", "lebih dari 12.000 warga", "more_than", 12000, None),
        ("en", "up to 5,000 people", "at_most", None, 5000),
        ("en", "nearly 300 people", "about", 300, 300),
        ("en", "some 40 people", "about", 40, 40),
        ("id", "sekitar 500 orang", "about", 500, 500),
        ("id", "500-an orang", "about", 500, 500),
    ],
)
def test_words_beside_a_number_bound_it(
    language: str, text: str, bound: str, low: int | None, high: int | None
) -> None:
    (found,) = counts(language, text)
    assert (found.bound, found.low, found.high) == (bound, low, high)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Pasal 4 berlaku"),
        ("en", "Article 4 applies"),
        ("en", "flight MH370 and an F-16"),
        ("id", "berusia 51 tahun"),
        ("en", "Kim, 51, spoke"),
        ("en", "Lee (43) spoke"),
        ("en", "a five-year-old boy"),
        ("id", "Kamis (24/10/2024)"),
        ("id", "3 Mei lalu"),
        ("en", "on October 24"),
        ("en", "in 2025 it began"),
        ("id", "pada tahun 2025"),
        ("id", "pukul 16.30 WIB"),
        ("en", "at 9 a.m."),
        ("id", "hubungi 0812-5550-1177"),
        ("en", "the 3rd day of the 1990s"),
        ("en", "a 27-nation bloc"),
        ("en", "COVID-19 is back"),
        ("en", "No. 10 spoke"),
        ("en", "brothers aged 31 and 44 were held"),
        ("id", "SMP Negeri 7 Wanareja"),
        ("en", "9" * 400),
    ],
)
def test_what_counts_nothing_is_no_count(language: str, text: str) -> None:
    assert counts(language, text) == []


def test_a_tally_is_two_numbers_set_against_each_other() -> None:
    found = numbers("the chamber voted 397-3", lexicon("en"))
    assert [(one.kind, str(one.low)) for one in found] == [("tally", "397"), ("tally", "3")]


def test_the_former_of_two_figures_is_no_count() -> None:
    found = numbers("jumlahnya naik dari 331 menjadi 602 orang", lexicon("id"))
    assert [(one.kind, str(one.low)) for one in found] == [("former", "331"), ("count", "602")]


def test_money_carries_its_currency() -> None:
    assert [one.currency for one in counts("en", "$5 million, €3bn and Rp12.000")] == ["USD", "EUR", "IDR"]


def test_percentages_are_marked() -> None:
    assert [one.percent for one in counts("id", "95% dan 7,5 persen")] == [True, True]
