"""What a question is understood to ask: a text in any language, or in chat, as its parts."""

from datetime import date

import pytest

from claims.concepts import suggested
from claims.question import Question, follows
from claims.understand import understand

TODAY = date(2024, 11, 1)


def words(question: Question) -> set[str]:
    """The words that the other fields leave over."""
    return {word.written for word in question.words}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("how many people died in Demak", "count"),
        ("brp org tewas di demak", "count"),
        ("who denied sending troops?", "who_denied"),
        ("kapan paripurna memutuskan?", "when"),
        ("jumlah orang tewas di demak", "count"),
        ("kapan jumlah korban diumumkan?", "when"),
        ("hasil voting komisi IV gimana?", "what_known"),
        ("Has the treaty been signed?", "yes_no"),
        ("What caused the flood?", "what"),
        ("was the gate shut when the guards came?", "yes_no"),
        ("Do you know when the gate opens?", "when"),
        ("Is it clear who owns the barge?", "who"),
        ("wali kota jadi mundur gak?", "yes_no"),
        ("Ist der Bürgermeister noch im Amt?", "yes_no"),
        ("¿Sigue en el cargo la alcaldesa?", "yes_no"),
        ("hello", "nothing"),
        ("?", "nothing"),
    ],
)
def test_the_way_of_asking_is_understood(text: str, asks: str) -> None:
    assert understand(text, "en", TODAY).asks == asks


def test_what_became_of_people_is_the_measure_not_who_they_are() -> None:
    question = understand("How many of the demonstrators are behind bars?", "en")
    assert question.measure == "arrested"


def test_a_misspelled_word_is_mended_against_the_words_we_know() -> None:
    assert "plenary" in words(understand("when is the plenery vote", "en"))


def test_chat_spelling_leaves_no_words_over() -> None:
    assert words(understand("how many nk soldiers in russia rn", "en")) == set()


def test_a_short_name_in_small_letters_is_one_behind_an_article() -> None:
    assert understand("did the us deny it?", "en").actors == ("United States",)
    assert understand("did he tell us about it?", "en").actors == ()


def test_who_is_no_organisation_and_countries_may_be_typed_small() -> None:
    assert understand("who shot first, benin or niger?", "en").actors == ("Benin", "Niger")


@pytest.mark.parametrize("text", ["Wie viele Maserntote melden die Ärzte?", "¿Cuántos muertos reportan los médicos?"])
def test_what_is_counted_is_not_who_says_so(text: str) -> None:
    assert understand(text, "de" if text.startswith("Wie") else "es").speaker in ("ärzte", "médicos")


def test_an_amount_that_a_question_begins_with_is_what_is_counted() -> None:
    question = understand("santunan per keluarga korban brp?", "id")
    assert (question.measure, question.measured_in) == (None, frozenset({"money"}))


def test_where_something_is_counted_is_not_what_is_counted() -> None:
    counted = [word.written for word in understand("how many were on that old ferry?", "en").words if word.is_counted]
    assert counted == []


def test_a_speaker_may_be_no_known_name() -> None:
    question = understand("Berapa peserta aksi menurut polisi?", "id")
    assert question.speaker == "polisi"


def test_one_concept_has_the_same_terms_in_every_language() -> None:
    english, indonesian = understand("the flood", "en"), understand("banjir", "id")
    assert english.words[0].terms == indonesian.words[0].terms


def test_a_month_is_the_latest_that_has_begun() -> None:
    time = understand("How many drones attacked in the October attack?", "en", TODAY).time
    assert time is not None
    assert time.iso == "2024-10"


@pytest.mark.parametrize("text", ["when?", "and according to Ukraine?", "siapa yang membantah?", "dan di Kursk?"])
def test_a_question_that_leaves_out_its_matter_follows_another(text: str) -> None:
    assert follows(understand(text, "en"))


def test_a_whole_question_follows_none() -> None:
    assert not follows(understand("How many people were killed in Demak?", "en"))


def test_what_something_is_told_for_one_of_is_not_what_it_is_measured_in() -> None:
    assert "area" not in understand("berapa subsidi per hektar buat petani tebu", "id").measured_in
    assert "area" in understand("berapa hektar tebu yang terbakar", "id").measured_in


def test_a_plain_word_before_what_is_counted_is_no_name() -> None:
    assert not any(word.is_name for word in understand("how many young beekeepers gave up", "en").words)


def test_for_whom_something_is_counted_is_not_what_is_counted() -> None:
    assert understand("how many tents were put up for the victims", "en").measure != "casualties"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("menurut rumah sakit berapa yang dirawat", "rumah sakit"),
        ("how many were hurt according to the fire department", "fire department"),
        ("how many ferries were late says the harbour master", "harbour master"),
    ],
)
def test_a_speaker_may_be_a_phrase_or_stand_at_the_very_end(text: str, speaker: str) -> None:
    assert understand(text, "en").speaker == speaker


@pytest.mark.parametrize(
    ("question", "language", "measured_in", "words"),
    [
        ("À combien s'élève l'amende ?", "fr", {"money"}, ["amende"]),
        ("¿A cuánto asciende la multa?", "es", {"money"}, ["multa"]),
        ("Wie lang ist die Brücke?", "de", {"length"}, ["brücke"]),
        ("Wie lange dauerte der Streik?", "de", {"duration"}, ["streik"]),
        ("¿Cuánto tiempo duró la huelga?", "es", {"duration"}, ["huelga"]),
        ("quantos feridos segundo os bombeiros", "pt", set(), []),
    ],
)
def test_idioms_of_asking_for_a_figure_are_no_matter_of_their_own(
    question: str, language: str, measured_in: set[str], words: list[str]
) -> None:
    asked = understand(question, language)
    assert asked.asks == "count"
    assert asked.measured_in == measured_in
    assert [word.written for word in asked.words] == words


def test_a_word_behind_a_locative_in_small_letters_is_no_name_where_the_language_knows_it() -> None:
    asked = understand("Qu'est-ce qui a été trouvé dans le dessert ?", "fr")
    assert asked.asks != "who"
    assert not any(word.is_name for word in asked.words)


def test_a_phrase_holds_its_words_and_no_others_of_their_stem() -> None:
    assert "layoff" not in {name for _, names in suggested("rumah sakit", "id") for name in names}


def test_a_name_of_two_words_is_a_name_in_both() -> None:
    words = understand("how many dockers died in Port Malvo?", "en").words
    assert {word.written for word in words if word.is_name and word.is_where} == {"port", "malvo"}
    (first, *_) = understand("Port strike: what is known?", "en").words
    assert not first.is_name


def test_that_victims_died_says_no_more_than_that_somebody_did() -> None:
    asked = understand("berapa korban meninggal akibat bendungan Malvo?", "id")
    assert asked.measure == "killed"
    assert "korban" not in {word.written for word in asked.words}
    (resident, *_) = understand("berapa warga tewas di Malvo?", "id").words
    assert not resident.is_counted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how many of the howitzers have been handed over?", "en"),
        ("how many tyres does the plant turn out?", "en"),
        ("how many whales were released?", "en"),
    ],
)
def test_things_are_not_swapped_or_gathered_as_people_are(text: str, language: str) -> None:
    question = understand(text, language)
    assert question.measure is None
    assert any(word.is_counted for word in question.words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how many jobs have disappeared?", "en"),
        ("combien d'emplois ont disparu ?", "fr"),
        ("¿cuántos empleos se perdieron?", "es"),
    ],
)
def test_whose_jobs_are_lost_is_laid_off(text: str, language: str) -> None:
    assert understand(text, language).measure == "laid_off"


def test_what_is_paid_is_money_where_one_word_asks_how_many_and_how_much() -> None:
    assert understand("combien a été versé aux familles des victimes ?", "fr").measured_in == {"money"}
    assert understand("berapa yang sudah dibayar ke korban?", "id").measured_in == {"money"}
    assert understand("combien de personnes ont été payées ?", "fr").measured_in == {"people"}


def test_the_day_of_a_clause_is_not_the_time_that_is_asked_about() -> None:
    assert understand("Was anyone hurt when they broke up the march on 29 October?", "en", TODAY).time is None
    assert understand("Was anyone hurt at the march on 29 October?", "en", TODAY).time is not None


def test_a_town_in_small_letters_that_is_an_everyday_word_is_that_word() -> None:
    assert not understand("when will the tyre works close?", "en").places
    assert understand("what happened in tyre?", "en").places == ("Tyre",)


def test_somebody_who_is_only_called_a_suspect_is_no_measure() -> None:
    question = understand("what became of the suspect?", "en")
    assert question.measure is None
    assert "suspect" in words(question)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how many of the injured were children?", "en"),
        ("¿cuántos de los heridos eran niños?", "es"),
        ("combien des blessés étaient des enfants ?", "fr"),
        ("wie viele der Verletzten waren Kinder?", "de"),
        ("berapa dari korban luka yang anak-anak?", "id"),
    ],
)
def test_a_part_of_those_whom_something_befell_is_what_is_counted(text: str, language: str) -> None:
    asked = understand(text, language)
    assert asked.measure == "injured"
    assert [word.is_counted for word in asked.words] == [True]
    assert not any(word.is_counted for word in understand("how many of the hill marchers are in custody?").words)


@pytest.mark.parametrize(
    ("text", "is_sum"),
    [
        ("what ransom did they ask for?", True),
        ("¿qué indemnización recibieron las familias?", True),
        ("welches Lösegeld forderten die Entführer?", True),
        ("what did the ransom note say?", False),
    ],
)
def test_a_sum_that_is_asked_for_is_counted_in_money(text: str, is_sum: bool) -> None:
    assert (understand(text).measured_in == {"money"}) is is_sum


def test_whom_something_is_meant_for_is_not_what_is_counted() -> None:
    assert understand("how many toilets are there for the displaced?").measure is None
    assert understand("combien de toilettes pour les déplacés ?").measure is None


@pytest.mark.parametrize(
    "text",
    [
        "according to the ministry of Lusenia?",
        "¿según el ministerio de Defensa de Lusenia?",
        "laut der Polizei von Lusenia?",
    ],
)
def test_whose_speaker_one_is_belongs_to_the_name_of_the_speaker(text: str) -> None:
    asked = understand(text)
    assert (asked.speaker or "").endswith("lusenia")
    assert not asked.words


@pytest.mark.parametrize(
    ("text", "measure"),
    [("what was the turnout in Velm?", "turnout"), ("what was the turnout at the protest in Velm?", "crowd")],
)
def test_a_turnout_is_of_an_election_unless_people_gathered(text: str, measure: str) -> None:
    assert understand(text, "en").measure == measure
