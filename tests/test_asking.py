"""What questions mean, and what answers them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.conversation import Conversation, Incoming
from bot.personal import Personal
from bot.service import Service
from bot.terminal import plain
from claims.model import Article
from claims.understand import understand
from db import search
from db.engine import reading
from tests.texts import MORE_TROOPS, NOW, TOLL, TROOPS, VOTE

TODAY = date(2024, 11, 1)
KINDS = ("ship", "tanker", "raft", "bridge")
FALLEN = ("building", "library", "bridge")


@pytest.fixture
def full(service: Service) -> Service:
    """A service that has read some articles."""
    for name, text in (("a", TROOPS), ("b", MORE_TROOPS), ("c", VOTE), ("d", TOLL)):
        service.add_article(Article(id=name, text=text), now=NOW)
    return service


@pytest.mark.parametrize(
    "text",
    [
        "How many French troops are in Mali?",
        "harga minyak hari ini",
        "Siapa presiden Indonesia?",
        "how many tanks were sent",
    ],
)
def test_what_nobody_claimed_is_not_known(full: Service, text: str) -> None:
    assert full.ask(text, language="en", today=TODAY).abstain


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how many people were killed by the flood in demak", "12 orang tewas"),
        ("berapa tentara korut di rusia", "12,000 North Korean soldiers"),
        ("brp tntara korea utara di rusia menurut zelenskyy", "12,000 North Korean soldiers"),
        ("how did russia's lower house vote on the treaty", "unanimously approved"),
        ("apakah korut membantah mengirim pasukan?", "membantah mengirim pasukan"),
    ],
)
def test_the_best_claim_stands_first_in_any_language(full: Service, text: str, told: str) -> None:
    result = full.ask(text, language="en", today=TODAY)
    assert told in result.answers[0][0].claim.evidence


def test_a_kind_of_what_is_asked_about_answers_and_another_kind_does_not(service: Service) -> None:
    text = "Orsel, 3 March 2025 – The tanker sank off Orsel on Monday, harbour master Pell Odde said."
    service.add_article(Article(id="a", text=text), now=NOW)
    asked = {kind: service.ask(f"did the {kind} sink", language="en", today=date(2025, 3, 10)) for kind in KINDS}
    assert [kind for kind, result in asked.items() if not result.abstain] == ["ship", "tanker"]


def test_an_everyday_word_that_takes_in_what_is_told_answers_and_another_thing_does_not(service: Service) -> None:
    text = "Varno, 3 March 2025 – The library collapsed in Varno on Monday, police said."
    service.add_article(Article(id="a", text=text), now=NOW)
    asked = {kind: service.ask(f"did the {kind} collapse", language="en", today=date(2025, 3, 10)) for kind in FALLEN}
    assert [kind for kind, result in asked.items() if not result.abstain] == ["building", "library"]


def test_a_country_behind_its_ministry_is_no_ministry(service: Service) -> None:
    text = "Orsel, 3 Maret 2025 – Ostenia mengirim 40 dokter ke Merau, kata Kementerian Kesehatan Ostenia pada Senin."
    service.add_article(Article(id="a", text=text + " Ostenia menyebut 60 perawat ikut."), now=NOW)
    result = service.ask("berapa perawat ikut menurut kementerian pertahanan", language="id", today=date(2025, 3, 9))
    assert result.abstain


Says = Callable[..., str]


@pytest.fixture
def says(full: Service) -> Says:
    """Says something in a chat, some minutes after the start, and gives what is answered."""

    def speak(text: str, *, minute: int = 0, chat: int = 7) -> str:
        conversation = Conversation(full, lambda: NOW + timedelta(minutes=minute))
        replies = conversation.message(Incoming(chat=chat, person=chat, text=text, language="en"))
        return "\n".join(plain(reply.text) for reply in replies)

    return speak


def test_a_follow_up_takes_what_it_leaves_out_from_the_question_before(says: Says) -> None:
    says("how many north korean troops are in russia?")
    assert "3.000 tentara" in says("and according to South Korea?", minute=2)
    assert "membantah" in says("did anyone deny it?", minute=4)


def test_a_follow_up_takes_up_nothing_of_an_old_question_or_of_another_chat(says: Says) -> None:
    says("how many north korean troops are in russia?")
    assert "12,000" not in says("when?", minute=30)
    assert "12,000" not in says("when?", chat=8)


def test_whom_the_last_question_was_not_answered_by_is_not_asked_about_something_else(
    says: Says, full: Service
) -> None:
    text = "Families of the miners said on Monday that 4 people were missing in Tannbrück."
    full.add_article(Article(id="e", text=text, language="en"), now=NOW)
    says("how many north korean troops are in russia?")
    assert "Tannbrück" not in says("and according to the families?", minute=1)


def test_two_claims_of_the_place_that_is_asked_about_are_one_reading(service: Service) -> None:
    for town, text in (
        ("a", "Police said 4 people were killed when a ferry sank off Tannbrück, Indonesia."),
        ("b", "The mayor of Tannbrück, in Selat Madura, said 9 people were killed when the ferry sank."),
    ):
        service.add_article(Article(id=town, text=text, language="en"), now=NOW)
    assert service.ask("how many people were killed when the ferry sank off tannbrück?").readings == ()


def test_forgetting_forgets_the_last_question(says: Says, full: Service) -> None:
    says("how many north korean troops are in russia?")
    Personal(full.engine).forget(7)
    assert "12,000" not in says("when?", minute=1)


FUEL = "Depot\nIn Tarmania the operator said 6,300 tonnes of fuel were lost in the drone attack."
SHELTER = "Banjir\nDi Wonogiri, menurut badan SAR, hampir 9.500 orang mengungsi akibat banjir."


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (TROOPS, "how many south korean troops are in russia"),  # South Korea says it, and has none there
        (FUEL, "berapa orang hilang dalam serangan drone di Tarmania?"),
        (SHELTER, "how many people got covid in Wonogiri?"),
        ("Di Demak, 340 rumah rusak akibat banjir, kata BNPB.", "berapa korban tewas banjir demak?"),
    ],
)
def test_a_figure_of_something_else_is_no_answer(text: str, question: str, service: Service) -> None:
    service.add_article(Article(id="a", text=text), now=NOW)
    assert service.ask(question, today=TODAY).abstain


PASSING = (
    "Flood in Tannbrück\n\nThe flood in Tannbrück damaged 640 houses, the mayor said. "
    "Nobody has been reported missing. In the neighbouring Oberfeld one man died."
)


@pytest.mark.parametrize("question", ["how many houses were damaged in Oberfeld?", "berapa rumah rusak di oberfeld?"])
def test_a_town_named_in_passing_has_none_of_the_figures_of_another(question: str, service: Service) -> None:
    service.add_article(Article(id="a", text=PASSING, language="en"), now=NOW)
    assert service.ask(question.replace("Oberfeld", "Tannbrück").replace("oberfeld", "tannbrück")).answers
    assert service.ask(question).abstain


def test_a_phrase_that_no_claim_holds_is_met_word_by_word(service: Service) -> None:
    text = "Hotels\nMARRAVEL, 8 April 2026 – Hotels in Marravel said occupancy stood at 41 percent in March."
    service.add_article(Article(id="a", text=text), now=NOW)
    answer = service.ask("what is the occupancy rate in marravel?", language="en")
    assert "41 percent" in answer.answers[0][0].claim.evidence


def test_a_name_typed_small_is_a_name_where_articles_write_it_so(service: Service) -> None:
    for text in ("The depot in Otjo held 320 tonnes of ammonium, police said.", "Police in Swakop arrested 3 people."):
        service.add_article(Article(id=text, text=text, language="en"), now=NOW)
    assert service.ask("how many tonnes of ammonium were in the otjo depot?").answers
    assert service.ask("how many tonnes of ammonium were in the swakop depot?").abstain


def test_who_tells_of_a_deed_did_not_do_it(service: Service) -> None:
    text = "Five people were injured when artillery shelled Tannbrück, the governor said."
    service.add_article(Article(id="a", text=text, language="en"), now=NOW)
    assert service.ask("who shelled Tannbrück?").abstain


FERRY = "Ferry\n\nOfficials said on 13 October 2025 that 9 people were killed when a ferry sank off Tannbrück."
FERRY_LATER = "Ferry\n\n21 people were killed when a ferry sank off Tannbrück, the coastguard said on 16 October 2025."


def test_the_newest_figure_stands_first_whoever_gives_it(service: Service) -> None:
    for text, day in ((FERRY_LATER, 16), (FERRY, 13)):
        article = Article(id=str(day), text=text, language="en", published=date(2025, 10, day))
        service.add_article(article, now=NOW)
    first, _ = service.ask("ferry death toll tannbrück", language="en", today=date(2025, 10, 20)).answers[0]
    assert first.claim.evidence.startswith("21")


RUMOUR = (
    "Kapal\n\nSejumlah penumpang mengatakan nakhoda Wirago melarikan diri membawa uang tiket. "
    "Kapolres Nengah Sudiarta membantah cerita itu."
)


def test_a_denial_that_only_points_back_stands_beside_what_it_denies(service: Service) -> None:
    service.add_article(Article(id="a", text=RUMOUR, language="id"), now=NOW)
    told = [one.claim.evidence for one, _ in service.ask("did captain wirago run off with the ticket money?").answers]
    assert any("membantah" in evidence for evidence in told)


BORDER = (
    "Tirs\n\nCinq soldats béninois ont été tués et 11 autres blessés près de Tannbrück, selon l'armée. "
    "Un porte-parole a affirmé que neuf soldats nigériens avaient été tués."
)


def test_a_figure_that_names_nobody_is_of_those_named_last_before_it(service: Service) -> None:
    service.add_article(Article(id="a", text=BORDER, language="fr"), now=NOW)
    assert service.ask("how many nigerien soldiers were wounded at tannbrück?").abstain


@pytest.mark.parametrize("question", ["who is the president of atlantis?", "Siapa presiden Indonesia?"])
def test_a_single_word_in_common_makes_nothing_near(question: str, service: Service) -> None:
    service.add_article(Article(id="a", text=TROOPS), now=NOW)
    result = service.ask(question, today=TODAY)
    assert (result.answers, result.nearest) == ((), ())


@pytest.mark.parametrize("asked", ["how many people were killed in Badbaangan?", "berapa orang tewas di badbaangan?"])
def test_a_misspelled_name_means_the_one_that_a_letter_tells_from_it_and_no_other(asked: str, service: Service) -> None:
    for number, town in ((12, "Badabangan"), (31, "Babadangan")):
        text = f"Flood\n\n{number} people were killed in {town}, police said."
        service.add_article(Article(id=town, text=text, language="en"), now=NOW)
    told = [stored.claim.evidence for stored, _ in service.ask(asked).answers]
    assert told
    assert all("Badabangan" in evidence for evidence in told)


def test_a_misspelled_name_is_looked_up_beside_a_word_that_begins_like_it(service: Service) -> None:
    for text in ("12 people were killed in Badabangan, police said.", "The badlands lost 31 farms, police said."):
        service.add_article(Article(id=text, text=text, language="en"), now=NOW)
    question = understand("badlands Badbaangan", "en")
    with reading(service.engine) as session:
        found = search.candidates(session, question.terms, question.spellings)
    assert any("Badabangan" in one.claim.evidence for one in found)


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (
            "Oslavia's parliament ratified the Doha treaty on Wednesday by 112 votes to 61.",
            "vote on the doha treaty",
            "112 votes to 61",
        ),
        (
            "HALSEN, 12 November 2026 – The Halsen assembly adopted the 2027 budget on Thursday, 38 votes to 37.",
            "halsen 2027 budget vote",
            "38 votes to 37",
        ),
        (
            "HALSEN, 12 May 2026 – Fire on Sunday night killed 14 people in Halsen, police said on Tuesday.",
            "how many dead did police count in halsen on 12 may 2026?",
            "killed 14 people",
        ),
    ],
)
def test_a_town_or_a_day_may_name_what_is_asked_about_or_when_it_was_told(
    text: str, question: str, told: str, service: Service
) -> None:
    service.add_article(Article(id="a", text=text), now=NOW)
    answer = service.ask(question, language="en", today=date(2026, 12, 1))
    assert told in answer.answers[0][0].claim.evidence


def test_what_happened_and_was_told_on_other_days_than_asked_about_is_no_answer(service: Service) -> None:
    fire = "HALSEN, 12 May 2026 – Fire on Sunday night killed 14 people in Halsen, police said on Tuesday."
    service.add_article(Article(id="a", text=fire), now=NOW)
    assert service.ask("how many died in halsen on 3 may 2026?", language="en", today=date(2026, 12, 1)).abstain


QUAKE = """Quake in Lauwani
LAUWANI, 3 June 2026 – A strong quake struck Lauwani on Wednesday and wrecked its market.
Nearly 400 people were injured, said the district head, Hasan Mokolu.
Aid will come from Port Sarino by ship, Hasan Mokolu said.
The island lies north of Halmaro, where the last big quake was felt in 2010.
"""


def test_a_figure_is_of_what_its_article_is_named_by_not_of_a_name_in_passing(service: Service) -> None:
    service.add_article(Article(id="a", text=QUAKE), now=NOW)
    assert not service.ask("how many people were injured in lauwani?", language="en", today=date(2026, 6, 4)).abstain
    assert service.ask("how many people were injured in halmaro?", language="en", today=date(2026, 6, 4)).abstain


def test_a_figure_that_takes_the_first_answers_place_stands_first_though_it_repeats_less(service: Service) -> None:
    for name, text in (
        ("a", "Smelter\nTOLAWI, 11 May 2026 – Nine workers were killed in a blast at the Tolawi smelter, police said."),
        ("b", "Smelter\nTOLAWI, 14 May 2026 – Police searched the Tolawi smelter again. They said 16 had died."),
    ):
        service.add_article(Article(id=name, text=text), now=NOW)
    answer = service.ask("how many were killed in the blast at the tolawi smelter?", language="en")
    assert "16 had died" in answer.answers[0][0].claim.evidence


def test_a_weekday_is_no_name(service: Service) -> None:
    text = "Protest\nVALDEMAR, 8 April 2026 – Police arrested 52 people at a protest on Tuesday in Valdemar."
    service.add_article(Article(id="a", text=text), now=NOW)
    later = "Protest\nVALDEMAR, 10 April 2026 – Police said 75 people had been arrested at the protest in Valdemar."
    service.add_article(Article(id="b", text=later), now=NOW)
    answer = service.ask("how many got arrested at the tuesday protest in valdemar", language="en")
    assert "75" in answer.answers[0][0].claim.evidence


def test_what_only_the_sentence_before_says_is_told_of_the_claim_behind_it(service: Service) -> None:
    text = "Trial\nBRIGHTMOOR, 8 April 2026 – Trials of a malaria vaccine ended in Brightmoor. It protected 77 percent."
    service.add_article(Article(id="a", text=text), now=NOW)
    answer = service.ask("malaria vaccine brightmoor how many percent", language="en")
    assert "77 percent" in answer.answers[0][0].claim.evidence


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how many looms stopped according to the mill owner", "14 looms"),
        ("kata serikat brp yg berhenti", "31 looms"),
        ("how many were sent home according to the company", "60 weavers"),
    ],
)
def test_who_says_it_is_met_by_what_any_article_calls_them_and_by_whom_they_speak_for(
    question: str, told: str, service: Service
) -> None:
    service.add_article(
        Article(
            id="a",
            text="Looms stop in Vellmark\n\nVELLMARK – Mill owner Jonas Brandeck met the workers on Monday. Union "
            "secretary Petra Solvang stood at the gate.\n\nManagement said 60 weavers had been sent home.",
        ),
        now=NOW,
    )
    service.add_article(
        Article(
            id="b",
            text="Vellmark counts its looms\n\nVELLMARK – In the mills of Vellmark, Jonas Brandeck said 14 looms had "
            "stopped. There, Petra Solvang said 31 looms had stopped.",
        ),
        now=NOW,
    )
    found = service.ask(question, today=TODAY).answers
    assert found
    assert told in found[0][0].claim.evidence


def test_what_no_claim_says_in_any_words_matters_less(service: Service) -> None:
    text = "Bridge\n\nORVELLE – Engineers said the old bridge in Orvelle would stay closed because of cracks."
    service.add_article(Article(id="a", text=text), now=NOW)
    assert service.ask("what scandal is it that closed the bridge", language="en", today=TODAY).answers


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("why is the mint shut", "because of damp"),
        ("seberapa luas kebun mint kata walikota", "9 square kilometres"),
        ("what did the auditor say is dodgy about the mint", "nobody had counted the coins"),
        ("what does the mayor think about the mint's garden", "9 square kilometres"),
    ],
)
def test_reasons_sizes_and_opinions_are_answered(question: str, told: str, service: Service) -> None:
    text = (
        "Mint of Ostrava shut\n\nOSTRAVA – The mint is shut because of damp, a porter said. Mayor Jan Kubat said the "
        "mint's garden covered 9 square kilometres. The auditor said that nobody had counted the coins."
    )
    service.add_article(Article(id="a", text=text), now=NOW)
    found = service.ask(question, today=TODAY).answers
    assert found
    assert told in found[0][0].claim.evidence


def test_a_name_that_means_something_in_its_own_language_is_met_by_its_letters(service: Service) -> None:
    service.add_article(
        Article(
            id="a",
            language="es",
            text="Doce turistas resultaron heridos el lunes en Puerto Sillares al volcar un autobús.",
        ),
        now=NOW,
    )
    found = service.ask("how many tourists were injured in Puerto Sillares?", language="en", today=TODAY).answers
    assert found
    assert "Doce turistas" in found[0][0].claim.evidence
