"""The language data: each lexicon is complete, says nothing twice, and the corpus exercises every class of cue."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

import claims
from claims.concepts import concepts, is_nothing, meanings, meant
from claims.lexicon import Entry, is_word, lexicon, supported
from claims.model import Basis, Bound, Modality, Span
from claims.terms import stop_words
from claims.text import fold, key

CORPUS = Path(__file__).parent / "corpus"
#: what an entry's class is told by, beside its section
CLASS_KEYS = ("role", "kind", "order", "bound", "basis", "modality", "refers")
#: what the engine asks every language for: section, key, values
NEEDED = [
    ("bound", "bound", "about at_least more_than at_most less_than"),
    ("basis", "basis", "cumulative increment planned"),
    ("deny", "kind", "verb noun phrase"),
    ("modality", "modality", "conditional planned alleged"),
    ("number", "role", "cardinal scale none no share"),
    ("say", "kind", "neutral claim announce report estimate warn demand pledge accuse condemn hearsay"),
    ("say", "order", "verb prefix passive hearsay"),
    ("vote", "role", "pass reject vote unanimous for against abstain absent separator postpone"),
    ("pronoun", "refers", "person body"),
    ("date_word", "role", "unit ago past future edge lead"),
]
#: sections for what people ask and how they chat: no news text holds them
OF_QUESTIONS = frozenset({"question", "chat"})
#: where one form may stand in two entries: they differ in this key, and the engine reads both
TWO_MEANINGS = {
    "bound": "position",
    "date_word": "role",
    "frame": "measure",
    "measure_verb": "voice",
    "number": "role",
    "vote": "role",
}

Class = tuple[str, ...]


def classes(entry: Entry) -> Class:
    return (entry.section, *(str(entry.get(key)) for key in CLASS_KEYS if entry.get(key) is not None))


def all_classes(language: str) -> set[Class]:
    entries = (entry for entries in lexicon(language).sections.values() for entry in entries)
    return {classes(entry) for entry in entries if not is_word(entry)}


@pytest.mark.parametrize("language", supported())
@pytest.mark.parametrize(("section", "key", "values"), NEEDED)
def test_a_lexicon_is_complete(language: str, section: str, key: str, values: str) -> None:
    assert set(values.split()) <= {entry.get(key) for entry in lexicon(language).entries(section)}


@pytest.mark.parametrize("language", supported())
def test_a_lexicon_says_how_its_language_is_written(language: str) -> None:
    assert {"code", "decimal_mark", "group_mark", "date_order"} <= set(lexicon(language).settings)


@pytest.mark.parametrize("language", supported())
def test_values_are_words_that_the_engine_knows(language: str) -> None:
    words = lexicon(language)
    assert {entry.get("bound") for entry in words.entries("bound")} <= set(Bound)
    assert {entry.get("basis") for entry in words.entries("basis")} <= {*Basis, "capacity"}
    assert {entry.get("modality") for entry in words.entries("modality")} <= set(Modality)


@pytest.mark.parametrize("language", supported())
def test_no_cue_stands_twice(language: str) -> None:
    twice = []
    for section, entries in lexicon(language).sections.items():
        told_by = TWO_MEANINGS.get(section)
        found = Counter(
            (section, str(entry.get(told_by)) if told_by else "", fold(form))
            for entry in entries
            for form in entry.forms
        )
        twice += [row for row, count in found.items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("language", supported())
def test_no_cue_is_shadowed(language: str) -> None:
    """Each form alone is met as its own entry, not lost to a longer, an equal or an excluding one."""
    words = lexicon(language)
    shadowed = [
        (section, form)
        for section, entries in words.sections.items()
        for entry in entries
        for form in entry.forms
        if not is_word(entry)
        and not any(
            cue.entry is entry and cue.span == Span(0, len(form))
            for written in (form, form[0].upper() + form[1:])
            for cue in words.cues(written)
        )
    ]
    assert shadowed == []


@pytest.mark.parametrize("language", supported())
def test_the_corpus_exercises_every_class_of_cue(language: str) -> None:
    words = lexicon(language)
    rows = tomli.loads((CORPUS / f"{language}.toml").read_text("utf-8"))["text"]
    met = {classes(cue.entry) for row in rows for cue in words.cues(row["text"])}
    assert {one for one in all_classes(language) - met if one[0] not in OF_QUESTIONS} == set()


def word_known(concept: str, language: str) -> bool:
    return any(isinstance(row := rows.get(concept), dict) and row.get(language) for rows in all_rows())


@cache
def all_rows() -> list[Any]:
    home = Path(claims.__file__).parent
    paths = (home / "concepts.toml", home / "wordings.toml", *(home / "words").glob("*.toml"))
    tables = [tomli.loads(path.read_text("utf-8")) for path in paths]
    sections = [one for table in tables[:2] for name, one in table.items() if name not in ("lists", "without", "chat")]
    return [*sections, *tables[2:]]


def test_the_wide_dictionary_says_each_thing_in_several_languages_and_holds_no_word_that_says_nothing() -> None:
    files = (Path(claims.__file__).parent / "words").glob("*.toml")
    rows = [(name, row) for path in files for name, row in tomli.loads(path.read_text("utf-8")).items()]
    assert [name for name, row in rows if not set(row) <= set(supported())] == []
    assert [
        name for name in {name for name, _ in rows} if sum(word_known(name, code) for code in supported()) < 2
    ] == []
    forms = [(key(form), language) for _, row in rows for language, cell in row.items() for form in cell.split(",")]
    assert [one for one in forms if not one[0] or one[0] in stop_words(one[1]) or is_nothing(*one)] == []


def test_what_may_be_said_instead_of_a_concept_are_other_concepts_each_once() -> None:
    rows = tomli.loads((Path(claims.__file__).parent / "related.toml").read_text("utf-8"))
    instead = {name: [one.strip() for one in others.split(",")] for name, others in rows.items()}
    assert {name for name, others in instead.items() if name in others or len(set(others)) < len(others)} == set()
    assert {name for name, others in instead.items() for name in (name, *others)} - concepts() == set()


def test_everyday_words_of_six_languages_are_one_concept() -> None:
    words = {"ambulans": "id", "ambulance": "en", "ambulancia": "es", "krankenwagen": "de", "ambulância": "pt"}
    assert set.intersection(*(set(meant(word, language)) for word, language in words.items())) == {"ambulance"}


@pytest.mark.parametrize(
    ("asked", "told", "concept"),
    [
        (("dicairin", "id"), ("auszahlung", "de"), "disburse"),
        (("queja", "es"), ("mengeluh", "id"), "complain"),
        (("meningkatkan", "id"), ("cooked", "en"), None),
        (("vindima", "pt"), ("geerntet", "de"), "harvest"),
        (("peternak", "id"), ("éleveurs", "fr"), "husbandry"),
        (("hospitalisé", "fr"), ("hospitalización", "es"), "hospitalised"),
    ],
)
def test_what_is_done_with_money_farms_and_the_sick_is_one_concept_in_other_words(
    asked: tuple[str, str], told: tuple[str, str], concept: str | None
) -> None:
    shared = set(meant(*asked)) & set(meant(*told))
    assert (concept in shared) if concept else not shared


@pytest.mark.parametrize(
    ("written", "known_as", "language"),
    [
        ("detenidas", "detener", "es"),
        ("passagers", "passager", "fr"),
        ("renvoient", "renvoyer", "fr"),
        ("governos", "governo", "pt"),
        ("überwachte", "überwachen", "de"),
        ("abgebaut", "abbauen", "de"),
        ("gefälscht", "fälschen", "de"),
    ],
)
def test_a_word_is_known_in_forms_that_its_stem_does_not_tell(written: str, known_as: str, language: str) -> None:
    assert meant(written, language) & meant(known_as, language)


@pytest.mark.parametrize(
    ("asked", "told", "concept"),
    [
        (("who backed the merger", "en"), ("Die Union stellt sich hinter den Plan", "de"), "support"),
        (("cereal pulled from shelves", "en"), ("galletas retiradas del mercado", "es"), "recall_product"),
        (("which group took credit for it", "en"), ("die Gruppe bekannte sich dazu", "de"), "responsibility"),
        (("brp pesawat yang dijatuhin", "id"), ("two jets were shot down", "en"), "shoot_down"),
        (("wells ran dry", "en"), ("le lac est à sec", "fr"), "drought"),
        (("how much is at stake", "en"), ("millones en juego", "es"), "at_stake"),
        (("tim itu ditahan imbang", "id"), ("they were held to a draw", "en"), "tie_draw"),
        (("nomor kartu dicuri", "id"), ("card details were taken", "en"), "credit_card"),
        (("the talks broke down", "en"), ("perundingan buntu", "id"), "talks_failed"),
        (("output fell short of the goal", "en"), ("produksi di bawah target", "id"), "fall_short"),
        (("who foots the bill", "en"), ("l'État prendra à sa charge les travaux", "fr"), "bear_cost"),
        (("did the minister backtrack", "en"), ("menteri itu meralat", "id"), "withdraw_word"),
        (("kapan warga balik kampung", "id"), ("les habitants sont rentrés chez eux", "fr"), "return"),
        (("the airline was bailed out", "en"), ("maskapai itu ditalangi", "id"), "bailout"),
        (("siapa yang dicopot", "id"), ("she was removed from office", "en"), "oust"),
        (("tarif naik gak jadi", "id"), ("the plan was scuppered", "en"), "cancel"),
    ],
)
def test_what_headlines_and_chats_call_a_deed_is_one_concept(
    asked: tuple[str, str], told: tuple[str, str], concept: str
) -> None:
    assert all(any(concept in one.concepts for one in meanings(*side)) for side in (asked, told))


@pytest.mark.parametrize(
    ("text", "language", "no"),
    [
        ("prices rose", "en", "flower"),
        ("the budget was slashed", "en", "knife"),
        ("they came back", "en", "support"),
        ("the top floor", "en", "surpass"),
        ("a bar in town", "en", "ban"),
        ("sea level", "en", "damage_destroy"),
        ("souls on board", "en", "meditation"),
        ("die Unterlagen", "de", "defeat"),
    ],
)
def test_a_deed_is_not_taken_for_what_its_word_looks_like(text: str, language: str, no: str) -> None:
    assert not any(no in one.concepts for one in meanings(text, language))


def test_a_phrase_is_known_whose_words_are_written_together() -> None:
    assert [one.concepts for one in meanings("lanceur d'alerte", "fr")] == [frozenset({"whistleblower"})]


def test_words_of_the_courts_are_one_concept_in_every_language() -> None:
    words = {
        "interrogation": "en",
        "diinterogasi": "id",
        "interrogatorio": "es",
        "interrogatório": "pt",
        "vernommen": "de",
    }
    assert set.intersection(*(set(meant(word, language)) for word, language in words.items())) == {"interrogate"}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "dangerous", "safe"),
        ("en", "unhappy", "pleased"),
        ("en", "landlord", "tenant"),
        ("en", "inequality", "equality"),
        ("en", "embassy", "ambassador"),
        ("id", "truk", "mobil"),
        ("id", "beras", "kelaparan"),
        ("id", "harimau", "gajah"),
        ("id", "terdakwa", "tersangka"),
        ("es", "mezquita", "iglesia"),
        ("pt", "genocídio", "massacre"),
        ("fr", "passeport", "visa"),
        ("de", "Universität", "Schule"),
    ],
)
def test_opposites_and_things_of_two_kinds_are_no_one_concept(language: str, one: str, other: str) -> None:
    assert meant(fold(one), language)
    assert meant(fold(other), language)
    assert not meant(fold(one), language) & meant(fold(other), language)


@pytest.mark.parametrize(
    "words",
    [
        {"en": "rescuers", "id": "basarnas", "es": "rescatistas", "fr": "sauveteurs"},
        {"en": "vaccination", "id": "imunisasi", "de": "Impfdosis"},
        {"en": "smartphone", "id": "ponsel", "de": "Handy", "pt": "telemóvel"},
        {"en": "percent", "id": "persen", "es": "porcentaje", "fr": "pourcentage", "de": "Prozent"},
    ],
)
def test_what_two_tables_hold_of_one_thing_is_one_concept(words: dict[str, str]) -> None:
    assert len(set.intersection(*(set(meant(fold(word), language)) for language, word in words.items()))) == 1
