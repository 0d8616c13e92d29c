"""Which articles tell of one story."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from claims.compare import compare
from claims.extract import extract
from claims.model import Article, Claim, Relation
from claims.relations import same_voice
from claims.slot import may_meet
from claims.story import one_story, story

CRASH = """Kereta tabrakan di Cikurai
Sebelas orang tewas setelah kereta penumpang menabrak kereta barang di dekat Stasiun Cikurai, kata polisi.
"""
RISEN = """Train crash toll at 14
The collision of the trains near Cikurai station has now killed 14 people, the hospital said.
"""
MARKET = """A market for Cikurai
The mayor opened a new market hall in Cikurai. It has 90 stalls, she said.
"""
FIRST_DAY = date(2026, 4, 7)


def told(text: str, language: str, day: date) -> Claim:
    """The first claim of an article of that day."""
    return extract(Article(id=text[:9], text=text, language=language, published=day)).claims[-1]


def test_reports_of_the_same_days_that_share_a_name_and_what_they_open_with_tell_of_one_story() -> None:
    first, second = told(CRASH, "id", FIRST_DAY), told(RISEN, "en", FIRST_DAY + timedelta(days=2))
    assert one_story(first, second)
    assert compare(first, second).relation is Relation.UPDATE


@pytest.mark.parametrize(("text", "days"), [(MARKET, 2), (RISEN, 90)])
def test_a_name_ties_no_reports_of_other_matters_or_other_months(text: str, days: int) -> None:
    assert not one_story(told(CRASH, "id", FIRST_DAY), told(text, "en", FIRST_DAY + timedelta(days=days)))


def test_reports_of_one_story_meet_whichever_of_its_names_each_is_known_by() -> None:
    first = replace(
        told(CRASH, "id", FIRST_DAY), place=None, place_path=(), story=("ciku", "ulun", "hasa", "rati", "sero")
    )
    second = replace(
        told(RISEN, "en", FIRST_DAY), place=None, place_path=(), story=("sero", "mada", "pola", "rusd", "ciku")
    )
    assert one_story(first, second)
    assert may_meet(first, second)


def test_wounded_policemen_are_not_the_wounded_of_the_crowd() -> None:
    police = told(
        "Bentrok\nUnjuk rasa di Balai Kota Samira berakhir ricuh. Dua polisi terluka di Samira.", "id", FIRST_DAY
    )
    crowd = told(
        "Clashes\nThe protest at the city hall of Samira ended in clashes, with 41 protesters hurt in Samira.",
        "en",
        FIRST_DAY + timedelta(days=1),
    )
    assert one_story(police, crowd)
    assert compare(police, crowd).relation is Relation.UNRELATED


def test_a_body_of_one_work_is_one_voice_in_two_languages() -> None:
    first = told("Brand\nIn Tarnau sind 40 Hektar verbrannt, teilte der Zivilschutz mit.", "de", FIRST_DAY)
    second = told("Fire\nIn Tarnau 55 hectares have burned, Civil Protection said.", "en", FIRST_DAY)
    assert same_voice(first, second)
    assert not same_voice(first, replace(second, speaker="fire service"))


def test_a_title_of_another_language_names_no_story() -> None:
    text = "Kerusuhan\nMenurut Governor {0} Tarsal, 40 warga luka di {1}. Governor {0} datang ke {1}."
    one, other = (
        Article(id=town, text=text.format(name, town)) for name, town in (("Rona", "Malvo"), ("Deka", "Sibo"))
    )
    assert "govern" not in {*story(one, "id"), *story(other, "id")}


def named(claim: Claim, *names: str, on: date = FIRST_DAY) -> Claim:
    """A claim of a story with these names, the first of them what it is named by."""
    return replace(claim, place=None, place_path=(), story=names, published=on, opening=())


@pytest.mark.parametrize(
    ("shared", "days", "is_one"), [(2, 50, True), (2, 200, False), (5, 200, True), (5, 500, False)]
)
def test_a_trial_that_shares_many_names_is_one_story_for_a_year(shared: int, days: int, is_one: bool) -> None:
    claim = told(CRASH, "id", FIRST_DAY)
    first = named(claim, "lloren", "aguasc", "ampar", "baltas", "quijan")
    names = first.story[:shared] + ("monclu", "valeri", "batall")[: 5 - shared]
    assert one_story(first, named(claim, *names, on=FIRST_DAY + timedelta(days=days))) is is_one


@pytest.mark.parametrize(("shared", "is_one"), [(1, False), (2, False), (3, True)])
def test_three_names_tell_one_story_where_only_one_report_is_named_by_them(shared: int, is_one: bool) -> None:
    claim = told(CRASH, "id", FIRST_DAY)
    first = named(claim, "malanv", "gaya", "kand", "alassa")
    second = named(
        claim, "afrik", "cotono", "berlib", "parako", *first.story[:shared], on=FIRST_DAY + timedelta(days=2)
    )
    assert one_story(first, second) is is_one
    assert not is_one or may_meet(first, second)


def test_where_a_rumour_spreads_and_common_nouns_name_no_story() -> None:
    text = "Brand in Tarnau\nIn Tarnau gab es Tote. Nach Angaben der Zeugen begann es im Hof. Facebook schwieg."
    assert story(Article(id="a", text=text, language="de"), "de") == ("tarna",)


def test_what_is_told_of_some_place_elsewhere_is_news_to_nobody() -> None:
    here = told("Flood\nIn Tarnau 12 people have died in the flood, the mayor said.", "en", FIRST_DAY)
    there = told(
        "Flood\nIn Tarnau the flood went on. In the neighbouring district the rain killed 30 people, the mayor said.",
        "en",
        FIRST_DAY + timedelta(days=1),
    )
    assert compare(here, replace(there, confidence=0.9)).severity == "notice"
    assert compare(here, there).severity == "none"
