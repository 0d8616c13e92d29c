"""Speakers without a name: "residents", "warga"."""

import pytest

from bot.locale import languages
from bot.service import Service
from claims.gazetteer import data
from claims.model import Article
from tests.talks import Talks
from tests.texts import NOW

DENIAL = """Tambang
KUDUS, 12 Maret 2024 – Perusahaan mengatakan sungai itu bersih. Warga membantah bahwa sungai itu bersih.
"""


def test_every_sort_of_speaker_has_words_in_every_language() -> None:
    for name, row in data("speakers")["sorts"].items():
        assert set(row) - {"plural"} == set(languages()), name
        assert set(str(row.get("plural", "")).split()) <= set(languages()), name


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
def test_who_has_no_name_is_told_in_the_readers_language_and_number(service: Service, language: str, told: str) -> None:
    service.add_article(Article(id="a", text=DENIAL), now=NOW)
    talks = Talks(service)
    assert told in talks.says("/claim 2", language=language) or told in talks.says("/claim 1", language=language)


@pytest.mark.parametrize(
    ("speaker", "language", "told"),
    [
        ("Officials", "en", "say officials"),
        ("Officials", "id", "kata pejabat"),
        ("Police", "en", "say police"),
        ("Police", "fr", "selon la police"),
        ("The police", "es", "según «la policía» (no está claro quién)"),
        ("Dock workers", "en", "say dock workers"),
        ("The health ministry of Kenya", "en", "says Kenya"),
        ("A dock worker", "id", "kata “dock worker”"),
    ],
)
def test_the_verb_agrees_with_the_speaker(service: Service, speaker: str, language: str, told: str) -> None:
    text = f"Flood\nKUDUS, 12 March 2024 – {speaker} said on Tuesday that 12 people died in the flood in Kudus."
    service.add_article(Article(id="a", text=text), now=NOW)
    assert told in Talks(service).says("/claim 1", language=language)
