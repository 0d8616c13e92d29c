"""Dates in running text, counted from the day that the text was written about."""

from datetime import date

import pytest

from claims.dates import anchor_of, dates
from claims.lexicon import lexicon

ANCHOR = date(2024, 10, 24)  # a Thursday


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("id", "Kamis (24/10/2024)", "2024-10-24"),
        ("id", "Rabu (23/10)", "2024-10-23"),
        ("id", "pada hari Rabu", "2024-10-23"),
        ("id", "pada hari Minggu", "2024-10-20"),
        ("id", "pada bulan Juni", "2024-06"),
        ("id", "24 Okt 2024", "2024-10-24"),
        ("id", "tahun 2023", "2023"),
        ("id", "kemarin", "2024-10-23"),
        ("id", "dua hari lalu", "2024-10-22"),
        ("id", "tiga minggu yang lalu", "2024-09-30"),
        ("id", "Jumat depan", "2024-10-25"),
        ("en", "on Wednesday", "2024-10-23"),
        ("en", "October 24, 2024", "2024-10-24"),
        ("en", "24 October 2024", "2024-10-24"),
        ("en", "the 24th of October 2024", "2024-10-24"),
        ("en", "25/12/2024", "2024-12-25"),
        ("en", "2024-10-01", "2024-10-01"),
        ("en", "last June", "2024-06"),
        ("en", "in June last year", "2023-06"),
        ("en", "May 3", "2024-05-03"),
        ("en", "Sunday, 12 May 2024", "2024-05-12"),
        ("en", "on Monday next week", "2024-10-28"),
        ("en", "two days ago", "2024-10-22"),
        ("en", "last week", "2024-10-14"),
        ("id", "korban gempa Palu 2018", "2018"),
        ("en", "the Palu 2018 and later quakes", "2018"),
    ],
)
def test_a_date_is_this_day(language: str, text: str, iso: str) -> None:
    (found,) = dates(text, lexicon(language), ANCHOR)
    assert found.date is not None
    assert found.date.iso == iso


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "it may rain in march time"),
        ("id", "dua minggu"),
        ("en", "2024 soldiers"),
        ("en", "the second day"),
        ("en", "In Aceh 2000 wooden houses were destroyed"),
        ("en", "in Texas 2000 more workers would be laid off"),
        ("de", "In Demak 2000 weitere Menschen wurden evakuiert"),
        ("en", "The Council adopted Resolution 1973 with ten votes"),
    ],
)
def test_everyday_words_are_no_dates(language: str, text: str) -> None:
    assert dates(text, lexicon(language), ANCHOR) == []


@pytest.mark.parametrize("text", ["yesterday", "on Wednesday", "in June", "two days ago"])
def test_without_an_anchor_a_relative_date_is_unknown(text: str) -> None:
    (found,) = dates(text, lexicon("en"), None)
    assert found.date is None


def test_an_order_that_nobody_can_tell_gives_no_date() -> None:
    (found,) = dates("03/04/2024", lexicon("en"), ANCHOR)
    assert found.date is None


def test_what_is_planned_is_read_forward() -> None:
    (found,) = dates("on Tuesday", lexicon("en"), ANCHOR, future=True)
    assert found.date is not None
    assert found.date.iso == "2024-10-29"


def test_the_first_complete_date_of_a_text_is_its_anchor() -> None:
    assert anchor_of("Judul 2019\nKata Kamis (24/10/2024), lalu 1 Mei 2020", lexicon("id")) == ANCHOR
    assert anchor_of("no date at all, © 2024", lexicon("en")) is None
