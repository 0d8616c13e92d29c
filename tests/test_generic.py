"""Speakers without a name: "residents", "warga"."""

from dataclasses import replace

import pytest

from bot.locale import languages, say
from bot.phrasing import at_head, gist, speaking, spoken_by
from claims.extract import extract
from claims.gazetteer import data
from claims.model import Article, Claim, Kind


def claim(text: str, kind: Kind) -> Claim:
    """The claim of a kind in a text."""
    return next(one for one in extract(Article(id="a", text=text)).claims if one.kind is kind)


def test_every_sort_of_speaker_has_words_in_every_language() -> None:
    for name, row in data("speakers")["sorts"].items():
        assert set(row) - {"plural"} == set(languages()), name
        assert set(str(row.get("plural", "")).split()) <= set(languages()), name


CLAIM = claim("Flood\nKUDUS, 12 March 2024 – Officials said that 12 people died in the flood in Kudus.", Kind.QUANTITY)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Residents deny it"),
        ("id", "Warga membantah"),
        ("es", "Vecinos lo niegan"),
        ("fr", "Les habitants démentent"),
        ("de", "Menschen vor Ort bestreiten das"),
        ("pt", "Moradores negam"),
    ],
)
def test_who_has_no_name_is_told_in_the_readers_language_and_number(language: str, told: str) -> None:
    denial = claim("Tambang\nKUDUS, 12 Maret 2024 – Warga membantah bahwa sungai itu bersih.", Kind.DENIAL)
    assert gist(denial, language).startswith(told)


@pytest.mark.parametrize(
    ("speaker", "language", "told"),
    [
        ("Officials", "en", "say officials"),
        ("Officials", "id", "kata pejabat"),
        ("Police", "en", "say police"),
        ("Police", "fr", "selon la police"),
        ("The police", "es", "según la policía"),
        ("Dock workers", "en", "say dock workers"),
        ("Boeing engineers", "en", "say Boeing engineers"),
        ("A dock worker", "id", "kata “dock worker”"),
        ("The health ministry of Kenya", "en", "says Kenya"),
    ],
)
def test_the_verb_agrees_with_the_speaker(speaker: str, language: str, told: str) -> None:
    text = f"Flood\nKUDUS, 12 March 2024 – {speaker} said on Tuesday that 12 people died in the flood in Kudus."
    assert say(language, "claim.says", **speaking(claim(text, Kind.QUANTITY), language)).startswith(told)


@pytest.mark.parametrize(
    ("speaker", "told"),
    [("Officials", "Pejabat"), ("dock workers", "“dock workers”"), ("taz", "taz"), ("al-Shabaab", "al-Shabaab")],
)
def test_a_line_begins_with_a_large_letter_only_where_a_noun_speaks(speaker: str, told: str) -> None:
    said = replace(CLAIM, speaker=speaker)
    assert at_head(spoken_by(said, "id"), said, "id") == told
    assert at_head("n-tv", replace(said, speaker=None), "id") == "n-tv"
