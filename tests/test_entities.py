"""Names in a text become canonical entities, across languages."""

import pytest

from claims.entities import country_of, display, entities, find_typo, resolve
from claims.gazetteer import place_path, place_tree


def names(text: str, language: str, *, lower: bool = False) -> list[str]:
    return [mention.entity.name for mention in entities(text, language, lower=lower)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("id", "tentara Korea Utara di Rusia", ["North Korea", "Russia"]),
        ("id", "kata pejabat AS", ["United States"]),
        ("id", "majelis rendah Rusia", ["State Duma"]),
        ("en", "Russia's lower house", ["State Duma"]),
        ("en", "the Russian upper house", ["Federation Council"]),
        ("id", "Kementerian Luar Negeri Korea Selatan", ["South Korea's foreign ministry"]),
        ("en", "South Korea's foreign ministry", ["South Korea's foreign ministry"]),
        ("id", "Intelijen militer Ukraina", ["Ukraine's military intelligence"]),
        ("en", "Yun Suk Yeol met Zelensky", ["Yoon Suk Yeol", "Volodymyr Zelenskyy"]),
        ("en", "the UN and the WHO", ["United Nations", "World Health Organization"]),
        ("en", "U.S. officials told us", ["United States"]),
        ("en", "Then President Putin met Vice President Vance", ["Vladimir Putin", "JD Vance"]),
        ("id", "Presiden Korea Selatan Yun", ["South Korea", "Yoon Suk Yeol"]),
    ],
)
def test_a_name_is_this_entity(language: str, text: str, found: list[str]) -> None:
    assert names(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "as roda patah"),
        ("en", "they told us who won"),
        ("en", "Michael Jordan won"),
        ("en", "Tariq Haddad won"),
        ("en", "a turkey sandwich"),
    ],
)
def test_everyday_words_are_no_names(language: str, text: str) -> None:
    assert names(text, language) == []


def test_chat_is_read_without_capitals() -> None:
    assert names("tentara korut di rusia", "id", lower=True) == ["North Korea", "Russia"]
    assert names("who won the world cup", "en", lower=True) == []


def test_a_capital_stands_for_its_government_and_is_a_place() -> None:
    (mention,) = entities("Pyongyang denied it", "en")
    assert (mention.entity.name, mention.metonym, mention.place) == ("North Korea", True, "Pyongyang")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("id", "rumah rusak di Tojo Una-Una", ["Tojo Una-Una"]),
        ("id", "banjir di Kota Batu", ["Batu"]),
        ("id", "Batu itu jatuh, kata Bima", []),
        ("id", "Rusia Serang Gaza", ["Russia", "Gaza"]),
        ("en", "a fire in Madison killed two", ["Madison"]),
        ("en", "Madison said so in Madison Hill", []),
        ("de", "elf Tote in Köln", ["Cologne"]),
    ],
)
def test_a_town_that_is_also_a_word_counts_behind_a_word_that_leads_to_a_place(
    language: str, text: str, found: list[str]
) -> None:
    assert names(text, language) == found


def test_a_question_names_a_town_where_it_asks_what_was_there() -> None:
    assert names("rumah rusak di tojo una-una", "id", lower=True) == ["Tojo Una-Una"]
    assert names("how many were aboard the selayar ferry", "en", lower=True) == []


def test_a_kabupaten_and_a_kota_of_one_name_are_parts_of_one_place() -> None:
    assert place_path("Kota Bogor") == ("Kota Bogor", "Bogor", "West Java", "Java", "Indonesia")


def test_what_a_place_lies_in_is_known_itself() -> None:
    assert [name for name, inside in place_tree().items() if inside and not place_path(inside)] == []


def test_no_everyday_word_is_mended_into_a_town() -> None:
    assert find_typo("tasikmalaia") == resolve("Tasikmalaya")
    assert [word for word in ("material", "kemampuan", "campagne", "mentions", "alejandro") if find_typo(word)] == []


def test_places_lie_in_their_countries() -> None:
    assert place_path("Kursk") == ("Kursk", "Russia")
    assert place_path("Gaza City")[-1] == "Palestine"
    assert place_path("Walvis Bay")[-1] == "Namibia"
    assert place_path("Nowhere at all") == ()


@pytest.mark.parametrize(("written", "meant"), [("indoneisa", "Indonesia"), ("zelenskky", "Volodymyr Zelenskyy")])
def test_a_misspelled_name_is_repaired(written: str, meant: str) -> None:
    entity = find_typo(written)
    assert entity is not None
    assert entity.name == meant


@pytest.mark.parametrize("written", ["niger", "nigeria", "austria", "australia", "iran", "iraq", "mali", "koran"])
def test_no_country_is_repaired_into_another(written: str) -> None:
    assert find_typo(written) is None


def test_names_are_shown_in_the_readers_language() -> None:
    assert display("North Korea", "id") == "Korea Utara"
    assert display("South Korea's foreign ministry", "id") == "kementerian luar negeri Korea Selatan"
    assert display("Tuscany", "es") == "Toscana"
    assert display("Nobody Known", "id") == "Nobody Known"


def test_an_entity_belongs_to_its_country() -> None:
    assert country_of("State Duma") == "Russia"
    assert country_of("Vladimir Putin") == "Russia"
    assert resolve("korea utara") == resolve("North Korea")


def test_an_acronym_of_a_place_stands_in_capitals_only() -> None:
    assert [one.entity.name for one in entities("La alcaldesa viajó a LA.", "es")] == ["Los Angeles"]
    assert entities("La alcaldesa habló.", "es") == []
