"""Questions that are like what is known but ask about something else: nothing answers them."""

from datetime import date

import pytest

from bot.service import Service
from bot.why import reasons
from claims.match import ANSWER
from claims.model import Article
from claims.understand import understand
from tests.texts import NOW

CRANE = """Crane falls in Ostwick
OSTWICK, 4 May 2026 – A crane fell on Ostwick's northern quay on Monday, the mayor of Ostwick, Lena Brandvik, said.
The northern quay will stay closed for three weeks.
The first inspection found 14 faults, the police said. They blamed the owner.
The repair will last nine years. The family of Jarl Tveit, who died, gets 50,000 euros.
Ostwick shipped 900 tonnes of cement in April. A barge was bought for 2 million euros.
A warehouse beside the quay belongs to a brewer from Felsund, Harbour News reported; Felsund has a quay of its own.
Two dockers were hurt at the quay.
"""


def is_known(service: Service, text: str, question: str) -> bool:
    """Whether a question is answered out of one text."""
    service.add_article(Article(id="a", text=text), now=NOW)
    return not service.ask(question, today=date(2026, 5, 6)).abstain


@pytest.mark.parametrize(
    ("near", "told"),
    [
        ("how many faults did the second inspection find?", "how many faults did the first inspection find?"),
        ("how long will the southern quay be closed?", "how long will the northern quay be closed?"),
    ],
)
def test_what_is_told_of_one_of_a_kind_is_not_told_of_another(near: str, told: str, service: Service) -> None:
    assert is_known(service, CRANE, told)
    assert not is_known(service, CRANE, near)


def test_who_is_mayor_of_one_town_is_not_of_another(service: Service) -> None:
    assert is_known(service, CRANE, "who is the mayor of Ostwick?")
    assert not is_known(service, CRANE, "who is the mayor of Felsund?")


def test_what_is_weighed_is_of_that_kind(service: Service) -> None:
    assert is_known(service, CRANE, "how many tonnes of cement did Ostwick ship?")
    assert not is_known(service, CRANE, "how many tonnes of timber did Ostwick ship?")


def test_a_price_is_of_what_the_claim_itself_names(service: Service) -> None:
    assert is_known(service, CRANE, "how much was the barge bought for?")
    assert not is_known(service, CRANE, "how much was the warehouse bought for?")
    text = "Theft\nOSTWICK, 4 May 2026 – The clerk has stolen 3 million pounds, a judge said.\nHe denies it.\n{}"
    assert not is_known(service, text.format("A loudspeaker broke."), "how much did the loudspeaker cost?")


def test_how_much_those_get_who_were_hurt_counts_nobody() -> None:
    assert understand("how much will the wounded get?").measured_in == {"money"}
    assert understand("how much people were wounded?").measure == "injured"


def test_a_vote_that_was_put_off_has_no_result(service: Service) -> None:
    text = "Vote\nRETHEN, 4 May 2026 – The parliament of Rethen put off the vote on the fishing treaty until 30 May."
    assert is_known(service, text, "was the vote on the fishing treaty in the parliament of Rethen put off?")
    assert not is_known(service, text, "what was the vote on the fishing treaty in the parliament of Rethen?")


def test_who_tells_of_a_deed_by_name_did_not_do_it(service: Service) -> None:
    text = "Fire\nLAUWA, 4 Mei 2026 – Tiga rumah dibakar di Lauwa, lapor CNS."
    assert not is_known(service, text, "siapa yang membakar rumah di Lauwa?")


def test_years_of_somebody_else_are_no_answer(service: Service) -> None:
    assert not is_known(service, CRANE, "how many years did Jarl Tveit get?")


def test_a_speaker_said_nothing_of_what_the_article_only_mentions(service: Service) -> None:
    lead = "OSTWICK, 4 May 2026 – A crane fell on a quay in Ostwick on Monday and blocked the way to the grain terminal"
    text = f"""Crane falls
{lead}, where four ships have been waiting for days to unload wheat and barley.
It is owned by a brewer from Felsund.
Nobody was hurt when it fell.
The way is to be cleared by Friday.
Ferries to the islands run as usual, and the fish market is open.
Wheat is brought by lorry for now, and no bakery has run out of it.
Tugs stand by, and the pilots have been told to wait outside.
The inspection of the cables found 14 faults, the police said."""
    assert is_known(service, text, "what did the police say about the crane in Ostwick?")
    assert not is_known(service, text, "what did the police say about the brewer?")


def test_of_one_disease_or_crop_nothing_is_known_by_another(service: Service) -> None:
    text = "Sick\nLAUWA, 4 May 2026 – Measles killed 31 people in Lauwa this year. Most of the dead were infants."
    assert is_known(service, text, "how many people died of measles in Lauwa?")
    assert not is_known(service, text, "how many people died of rabies in Lauwa?")


def test_a_plan_is_of_what_the_claim_itself_names(service: Service) -> None:
    service.add_article(Article(id="b", text="Bus\nTOLWE, 2 May 2026 – The lessons in Tolwe were cut."), now=NOW)
    text = "Mill\nOSTWICK, 4 May 2026 – The mill in Ostwick is expected to stand still for six weeks."
    assert not is_known(service, text, "how long will the lessons be under the plan?")


def test_who_votes_in_one_parliament_does_not_in_another(service: Service) -> None:
    text = "Deal\nRETHEN, 4 May 2026 – Rethen's lower house approved the deal with Ostavia by 80 votes to 71."
    assert is_known(service, text, "how many lawmakers in Rethen voted for the deal?")
    assert not is_known(service, text, "how many lawmakers in Ostavia voted for the deal?")


def test_a_vote_to_come_has_no_count_yet(service: Service) -> None:
    text = "Deal\nVARNOW, 4 Mei 2026 – Serikat buruh Varnow mengatakan buruh akan memungut suara atas kesepakatan itu"
    assert not is_known(service, text + " pada 14 Mei.", "how many workers voted for the deal?")


def test_many_words_of_a_matter_may_stand_anywhere_in_its_article(service: Service) -> None:
    lead = "OSTWICK, 4 May 2026 – A crane fell on a quay in Ostwick on Monday and blocked the way to the grain terminal"
    text = f"""Crane falls
{lead}, where ships have waited for days with wheat and barley for the brewery, which has stood idle since the strike.
Ferries to the islands run as usual, and the fish market is open.
Wheat is brought by lorry for now, and no bakery has run out of it.
Tugs stand by, and the pilots have been told to wait outside.
Some 31 drivers slept in their lorries."""
    assert is_known(service, text, "how many drivers wait to unload wheat or barley for the idle brewery?")


@pytest.mark.parametrize(
    ("sentence", "near"),
    [
        ("About 710 residents took the ships to Tolwe.", "how many ships sailed to Tolwe?"),
        ("Some 260 people applied for the jobs in Tolwe.", "how many jobs are there in Tolwe?"),
        ("The harbour of Tolwe paid 3 million euros for new ships.", "how many ships did Tolwe buy?"),
    ],
)
def test_a_figure_of_others_or_of_money_counts_no_ships_and_no_jobs(sentence: str, near: str, service: Service) -> None:
    assert not is_known(service, f"Harbour\nTOLWE, 4 May 2026 – {sentence}", near)


def test_hours_of_anything_else_were_not_spent_in_jail(service: Service) -> None:
    text = "Harbour\nTOLWE, 4 May 2026 – Anders Holvik, the baker, spoke for 5 hours in Tolwe."
    assert is_known(service, text, "how many hours did the baker Anders Holvik speak in Tolwe?")
    assert not is_known(service, text, "how many hours was the baker Anders Holvik jailed in Tolwe?")


def test_who_died_in_one_port_did_not_die_in_another(service: Service) -> None:
    text = "Riot\nOSTWICK, 4 May 2026 – Seven dockers died in Ostwick alone, a lawyer said. In Port Malvo 88 were held."
    assert is_known(service, text, "how many dockers died in Ostwick?")
    assert not is_known(service, text, "how many dockers died in Port Malvo?")


SCHOOL = """School burns in Tolwe
TOLWE, 4 May 2026 – The mayor of Tolwe, Lena Brandvik, ordered 90 desks. The county promised 12 buses.
Tolwe asked for 700 tents.
The brewer of Tolwe offered to pay 3 million crowns for the burnt roof.
The police detained 14 people. Four of the detained were set free.
Parents collected 800 signatures against the move. Before the fire 310 pupils came to school each day.
The first inspection found 6 faults. In April Tolwe baked 40 tonnes of bread.
"""


@pytest.mark.parametrize(
    ("near", "told"),
    [
        ("how many desks have arrived in Tolwe?", "how many desks did the mayor order?"),
        ("berapa bus yang sudah dikirim ke Tolwe?", "berapa bus yang dijanjikan?"),
        ("wie viele Zelte wurden in Tolwe bereits verteilt?", "wie viele Zelte hat Tolwe verlangt?"),
        ("combien le brasseur a-t-il déjà payé pour le toit ?", "how much did the brewer offer to pay for the roof?"),
    ],
)
def test_what_is_ordered_promised_or_asked_for_is_not_yet_done(near: str, told: str, service: Service) -> None:
    assert is_known(service, SCHOOL, told)
    assert not is_known(service, SCHOOL, near)


def test_of_what_was_promised_a_part_is_paid(service: Service) -> None:
    text = "Aid\nTOLWE, 4 May 2026 – The county has paid 2 of the 5 million crowns that it promised Tolwe."
    assert is_known(service, text, "how much has the county already paid?")


def test_of_the_detained_it_is_told_itself_how_many_went_free(service: Service) -> None:
    assert is_known(service, SCHOOL, "how many of the detained were released?")
    assert not is_known(service, SCHOOL.replace("Four of the detained were set free.", ""), "how many were let go?")
    assert not is_known(service, SCHOOL, "berapa dari yang ditahan dideportasi?")


@pytest.mark.parametrize(
    ("near", "told"),
    [
        ("how many signatures for the move were collected?", "how many signatures against the move were collected?"),
        ("how many pupils came to school after the fire?", "how many pupils came to school before the fire?"),
        ("how many tonnes of bread did Tolwe bake in March?", "how many tonnes of bread did Tolwe bake in April?"),
    ],
)
def test_for_is_not_against_nor_before_after_nor_one_month_another(near: str, told: str, service: Service) -> None:
    assert is_known(service, SCHOOL, told)
    assert not is_known(service, SCHOOL, near)


def test_nothing_is_told_of_a_second_one_that_names_none(service: Service) -> None:
    text = "Talks\nTOLWE, 4 May 2026 – The talks in Tolwe on the dam lasted 9 hours. Both sides praised them."
    assert is_known(service, text, "how many hours did the talks in Tolwe last?")
    assert not is_known(service, text, "how many hours did the second talks in Tolwe last?")
    assert not is_known(service, text, "berapa jam perundingan kedua di Tolwe berlangsung?")
    assert is_known(service, text, "berapa jam kedua pihak berunding di Tolwe?")


def test_who_marched_did_not_come_to_a_funeral(service: Service) -> None:
    text = "March\nOSTWICK, 4 May 2026 – Some 2,500 people marched through Ostwick on Monday, the police said."
    assert is_known(service, text, "how many people turned out for the march in Ostwick?")
    assert not is_known(service, text, "how many people turned out for the funeral in Ostwick?")


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The minister of health, Corin Thale, has resigned.", "is the health minister still in office?"),
        ("El alcalde de Tolwe, Teodoro Vines, dimitió el lunes.", "¿sigue en el cargo el alcalde de Tolwe?"),
        ("The regent of Tolwe remains in office, the police said.", "bupati Tolwe jadi mundur gak?"),
        ("The baker Anders Holvik was released on bail.", "is the baker Anders Holvik still in prison?"),
    ],
)
def test_what_ended_a_state_or_kept_it_answers_whether_it_lasts(sentence: str, question: str, service: Service) -> None:
    assert is_known(service, f"Office\nTOLWE, 4 May 2026 – {sentence}", question)


DAM = """Dam
OSTWICK, 4 May 2026 – The dam at Ostwick has cracks, the mayor said.
The harbour master of Ostwick resigned on Monday.
"""


def test_less_is_needed_for_a_yes_or_no_and_more_of_an_event(service: Service) -> None:
    service.add_article(Article(id="a", text=DAM), now=NOW)
    assert service.ask("did the dam at Ostwick hold?", today=date(2026, 5, 6)).least < ANSWER
    assert service.ask("why did the harbour master of Ostwick cry?", today=date(2026, 5, 6)).least > ANSWER


def test_no_single_word_tells_a_yes_or_no(service: Service) -> None:
    assert not is_known(service, DAM, "did the bridge crack?")


def test_what_explains_an_answer_says_what_score_is_needed(service: Service) -> None:
    service.add_article(Article(id="a", text=DAM), now=NOW)
    lines = list(reasons(service.ask("what did the dam at Ostwick cost the duchess?", today=date(2026, 5, 6))))
    assert "claim 1: below 0.45: The dam" in lines[1]


SOLDIERS = """Clashes at Dornholm
DORNHOLM, 4 May 2026 – Tarvia's defence ministry said 140 soldiers of Lusenia had been killed at Dornholm.
The ministry of health put the number of hurt civilians in Dornholm at 12.
The kidnappers in Dornholm demanded 3 million euros as ransom for the clerk. Seven teachers were abducted in Marn.
The soldiers' union spoke of 60 dead in the barracks.
Parliament in Dornholm has not voted on the water treaty, which sends 300 cubic metres a second to Marn.
"""


@pytest.mark.parametrize(
    ("near", "told"),
    [
        (
            "according to the defence ministry of Lusenia, how many soldiers were killed?",
            "according to the defence ministry of Tarvia, how many soldiers were killed?",
        ),
        (
            "menurut kementerian pertahanan lusenia berapa tentara tewas?",
            "menurut kementerian pertahanan tarvia berapa tentara tewas?",
        ),
        (
            "how many of the dead were cooks according to the union?",
            "how many died according to the union?",
        ),
        (
            "what ransom was demanded for the teachers abducted in Marn?",
            "what ransom was demanded for the clerk in Dornholm?",
        ),
    ],
)
def test_a_speaker_a_part_and_a_sum_are_those_that_are_asked_for(near: str, told: str, service: Service) -> None:
    assert is_known(service, SOLDIERS, told)
    assert not is_known(service, SOLDIERS, near)


def test_no_votes_are_counted_by_the_litre_or_the_day(service: Service) -> None:
    assert not is_known(service, SOLDIERS, "how many votes for the water treaty in the parliament of Marn?")
