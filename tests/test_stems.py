"""Stems are the same whoever asks for them at the same time; verbs are taken back to their infinitives."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from claims.concepts import meanings
from claims.stems import stem

WORDS = [
    f"{beginning}{middle}{ending}"
    for beginning in ("demonstra", "memper", "nation", "penge", "organi")
    for middle in ("liti", "tang", "sation", "juang", "kerja")
    for ending in ("ons", "kan", "alities", "annya", "ingly", "lah", "ments")
]


def test_threads_that_stem_at_once_do_not_spoil_each_others_words() -> None:
    work = [(word, language) for word in WORDS for language in ("en", "id", "de", "fr")] * 3
    alone = [stem.__wrapped__(*one) for one in work]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda one: stem.__wrapped__(*one), work))
    finally:
        sys.setswitchinterval(before)
    assert together == alone


@pytest.mark.parametrize(
    ("language", "verb", "concept"),
    [
        ("de", "kaufte", "buy"),
        ("de", "verkauft", "sell"),
        ("de", "auszuzahlen", "pay"),
        ("fr", "réclament", "demand"),
        ("fr", "vendues", "sell"),
        ("es", "firmó", "sign"),
        ("es", "murieron", "killed"),
        ("pt", "assinaram", "sign"),
        ("pt", "caiu", "fall_down"),
    ],
)
def test_a_verb_means_what_its_infinitive_means_and_not_the_noun_that_it_looks_like(
    language: str, verb: str, concept: str
) -> None:
    told = {name for one in meanings(f"xyz {verb}", language) for name in one.concepts}
    assert concept in told
    assert not told & {"company", "roof"}


@pytest.mark.parametrize(
    ("language", "word", "like"),
    [
        ("en", "hospitality", "hospitals"),
        ("en", "recess", "recession"),
        ("id", "acara", "lawyer"),
        ("id", "selatan", "strait"),
        ("es", "martes", "martyr"),
        ("es", "llamaron", "fire"),
        ("pt", "mísseis", "prayer"),
        ("pt", "falou", "bankrupt"),
        ("fr", "mais", "maize"),
        ("fr", "délit", "deadline"),
        ("fr", "pourrait", "spoiled"),
        ("de", "nichts", "nephew"),
        ("de", "gesamten", "seed"),
        ("de", "lange", "length"),
    ],
)
def test_a_word_is_no_form_of_another_that_it_only_looks_like(language: str, word: str, like: str) -> None:
    assert like not in {name for one in meanings(f"xyz {word}", language) for name in one.concepts}


def test_words_apart_are_forms_of_one_another() -> None:
    assert stem("équipement", "fr") == stem("équipements", "fr") != stem("équipes", "fr")


@pytest.mark.parametrize(
    ("language", "word", "concept"),
    [
        ("en", "customs", "customs"),
        ("fr", "économique", "economy"),
        ("fr", "jeûne", "ramadan"),
        ("fr", "jeune", "youth"),
        ("es", "papa", "pope"),
        ("es", "papá", "father"),
        ("es", "papas", "potato"),
        ("pt", "mísseis", "missiles"),
        ("id", "lebaran", "eid"),
    ],
)
def test_a_word_set_apart_means_what_it_names_itself(language: str, word: str, concept: str) -> None:
    assert {name for one in meanings(f"xyz {word}", language) for name in one.concepts} == {concept}
