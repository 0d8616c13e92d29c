"""How an answer looks, and what its buttons bring."""

import inspect
import re
from pathlib import Path

import pytest

from bot.locale import has, languages
from bot.personal import Personal
from bot.queues import Queues
from bot.replies.answers import SCREEN
from bot.terminal import Terminal
from claims import weigh
from claims.model import Article
from tests.bots import ADMIN, Bots
from tests.talks import Talks
from tests.telegram_server import TelegramServer
from tests.texts import HIGHER_TOLL, MORE_TROOPS, TOLL, TROOPS, VOTE

OTHER_FLOOD = """Banjir di Garut
Garut, 11 Maret 2024 – BNPB mengatakan pada hari Senin bahwa 7 orang tewas dalam banjir di Garut.
"""


def reads(talks: Talks, *texts: str) -> None:
    """The store has read these, each an article of its own."""
    for text in texts:
        talks.service.add_article(Article(id=text[:40], text=text), now=talks.clock())


def test_older_words_of_a_speaker_stand_behind_the_newest(talks: Talks) -> None:
    reads(talks, TOLL, HIGHER_TOLL)
    answer = talks.says("berapa orang tewas dalam banjir di Demak?", language="id")
    assert "19 orang tewas di Demak" in answer
    assert "Sebelumnya: 12 (10 Mar 2024)" in answer
    assert "12 orang tewas di Demak" not in answer
    assert "12 orang tewas di Demak" in talks.presses("Sumber", language="id")


def test_the_range_the_origins_and_the_denials_stand_at_the_top_and_beside(talks: Talks) -> None:
    reads(talks, TROOPS, MORE_TROOPS)
    answer = talks.says("how many north korean troops are in russia?")
    assert "Figures range from 3,000 to 12,000." in answer
    assert "2 independent origins · 2 articles · as of 25 Oct 2024" in answer
    assert "Denied by North Korea (21 Oct 2024)" in answer
    assert "In conflict 1: South Korea, Volodymyr Zelenskyy – the two figures exclude each other." in answer


def test_what_changed_of_nothing_in_particular_is_about_what_the_chat_follows(talks: Talks) -> None:
    assert "Nothing new has come in" in talks.says("what changed since yesterday?")
    talks.says("/follow flood deaths in Demak")
    reads(talks, TROOPS, TOLL)
    told = talks.says("what changed since yesterday?")
    assert "about what you follow" in told
    assert "12 dead in Demak" in told
    assert "soldiers" not in told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("who said that north korean troops are in russia?", "Said by South Korea."),
        ("did anyone deny sending north korean troops?", "Denied by North Korea."),
        ("where are the north korean troops?", "Places that are named: Russia."),
        ("when did the lower house vote?", "24 Oct 2024, stated by the article itself: "),
        ("how many north korean troops are in russia according to South Korea?", "By the word of South Korea."),
    ],
)
def test_each_kind_of_question_is_answered_in_its_own_way(talks: Talks, question: str, told: str) -> None:
    reads(talks, TROOPS, VOTE)
    assert told in talks.says(question)


def test_nobody_who_denied_it_is_said_with_what_is_claimed(talks: Talks) -> None:
    reads(talks, TOLL)
    talks.says("how many people died in Demak?")
    answer = talks.says("did anyone deny it?")
    assert "I know of nobody who has denied it" in answer
    assert "12 dead in Demak" in answer


def test_what_is_only_near_is_said_to_be_and_why(talks: Talks) -> None:
    reads(talks, TROOPS)
    assert "About another place:" in talks.says("how many north korean troops are in kursk?")


def test_the_first_of_several_is_said_to_be_no_second_one(talks: Talks) -> None:
    reads(talks, "Velm votes\nThe Velm council passed the water plan in the first round on Monday by 20 votes to 4.")
    assert "Of another kind:" in talks.says("How did the Velm council vote in the second round?")


def test_whatever_makes_a_claim_only_near_has_words_in_every_language() -> None:
    reasons = set(re.findall(r'yield f?"(\w+)', inspect.getsource(weigh._parts)))
    reasons |= {"name", "word"}  # told by one line
    assert "kind" in reasons
    missing = [(code, why) for code in languages() for why in sorted(reasons) if not has(code, f"near.{why}")]
    assert missing == []


def test_the_chamber_of_one_country_does_not_answer_for_anothers(talks: Talks) -> None:
    reads(
        talks,
        "Dorvania dan Velmaria\nParlemen Dorvania menyetujui perjanjian dengan Velmaria, 112 lawan 61, Rabu.",
        "L'accord avec la Dorvanie\nLe Sénat velmarien a approuvé l'accord jeudi par 41 voix contre 22.",
    )
    assert "41–22" in talks.says("hasil voting senat velmaria?", language="id").split("Yang paling dekat")[0]
    assert "41–22" not in talks.says("hasil voting senat dorvania?", language="id").split("Yang paling dekat")[0]


def test_a_vote_on_another_matter_answers_nothing(talks: Talks) -> None:
    reads(
        talks,
        "Lawmakers back amnesty\nThe foreign affairs committee of parliament backed an amnesty by 7 votes to 2.",
        "Electoral commission under fire\nThe mayor said the electoral commission had too few ballots.",
    )
    asked = "What was the vote in the federal parliament on the electoral commission?"
    assert "amnesty" not in talks.says(asked)
    assert "7–2" in talks.says("How did parliament vote on the amnesty?")


def test_what_stands_beside_a_rhetorical_question_does_not_answer_it(talks: Talks) -> None:
    asked = "Sampai kapan nyawa warga Garut dihargai semurah itu?"
    reads(talks, OTHER_FLOOD.replace("Garut, 11 Maret 2024 –", asked))
    assert "Saya tidak tahu" in talks.says(asked, language="id")
    assert "7 orang tewas" in talks.says("berapa orang tewas di Garut?", language="id")


def test_two_things_that_it_may_mean_are_two_buttons(talks: Talks) -> None:
    reads(talks, TOLL, OTHER_FLOOD)
    assert "Which one?" in talks.says("how many people died in the flood?")
    assert set(talks.labels) == {"deaths · Garut", "deaths · Demak"}
    answer = talks.presses("Garut")
    assert "7 dead in Garut" in answer
    assert "12 dead" not in answer


def test_a_bare_topic_is_a_summary(talks: Talks) -> None:
    reads(talks, TROOPS, MORE_TROOPS)
    summary = talks.says("north korean troops")
    assert "What is known of: troops · North Korea" in summary
    assert "• Volodymyr Zelenskyy: 12,000 soldiers (North Korea) in Russia (25 Oct 2024)" in summary
    assert "Denials" in summary
    assert "In conflict" in summary


def test_what_changed_is_what_came_in_since_the_chat_asked_last(talks: Talks) -> None:
    reads(talks, TROOPS)
    talks.clock.moves(hours=2)
    talks.says("north korean troops")
    talks.clock.moves(hours=2)
    assert "Nothing new" in talks.says("what changed about north korean troops since I last asked?")
    reads(talks, MORE_TROOPS)
    talks.clock.moves(hours=2)
    told = talks.says("what changed about north korean troops since I last asked?")
    assert "1 new claim about troops · North Korea since you asked last (24 Oct 2024)" in told
    assert "12,000 soldiers" in told
    assert "3,000 soldiers (North Korea) in Russia (23 Oct 2024) –" not in told


def many_speakers(count: int) -> list[str]:
    names = ("Ukraine", "Japan", "Poland", "France", "Germany", "Canada", "Italy", "Spain")
    text = "{0} counts\nKYIV, 2{1} October 2024 – {0} said that {2},500 North Korean soldiers were in Russia.\n"
    return [text.format(name, at % 5, at + 2) for at, name in enumerate(names[:count])]


def test_an_answer_fits_a_phone_and_its_pages_turn_in_place(talks: Talks) -> None:
    reads(talks, *many_speakers(8))
    first = talks.says("how many north korean soldiers are in russia?")
    assert len(first) < 1.4 * SCREEN
    second = talks.presses("More")
    assert second != first
    assert first.splitlines()[0] in second
    assert talks.presses("Back") == first
    assert all(len(row) <= 3 for reply in talks.shown for row in reply.buttons)


def test_button_data_fits_what_telegram_carries(talks: Talks) -> None:
    reads(talks, TROOPS, MORE_TROOPS, TOLL, OTHER_FLOOD)
    for question in ("how many north korean troops are in russia?", "how many died in floods?", "atlantis"):
        talks.says(question)
        assert all(len(one.data.encode()) <= 64 for reply in talks.shown for row in reply.buttons for one in row)


def test_who_asked_what_nobody_knows_hears_when_it_comes_in(talks: Talks) -> None:
    talks.says("how many north korean troops are in russia?")
    assert "You follow" in talks.presses("Tell me")
    reads(talks, TROOPS)
    queues = Queues(talks.service.engine)
    messages = queues.due_messages(talks.clock())
    assert [message.chat for message in messages] == [5]


def test_whether_it_answered_is_counted_and_forgotten(talks: Talks) -> None:
    reads(talks, TROOPS)
    talks.says("how many north korean troops are in russia?")
    talks.presses("That answers it")
    assert talks.toast == "Thank you, that helps."
    talks.says("did pyongyang deny it?")
    assert "I understood: whether" in talks.presses("Not what I asked")
    stats = talks.service.stats()
    assert (stats.questions, stats.answers_helpful, stats.answers_unhelpful) == (2, 1, 1)
    Personal(talks.service.engine).forget(5)
    assert talks.service.stats().questions == 0


def test_the_buttons_of_an_answer_work_in_its_chat_alone(talks: Talks) -> None:
    reads(talks, TROOPS)
    talks.says("how many north korean troops are in russia?")
    for data in ("sources:1", "page:1:0", "yes:1", "no:1", "later:1", "watch:1", "reading:1:1"):
        assert "too old" in talks.taps(data, chat=6)
        assert "too old" in talks.taps(data + ":x")


def test_a_question_that_is_handled_again_is_one_question(talks: Talks) -> None:
    reads(talks, TROOPS)
    for _ in "ab":
        talks.says("how many north korean troops are in russia?", message_id=9)
    assert talks.service.stats().questions == 1


def test_the_timeline_is_a_picture_and_the_terminal_saves_it(talks: Talks, tmp_path: Path) -> None:
    reads(talks, TROOPS, MORE_TROOPS)
    talks.says("how many north korean troops are in russia?")
    assert "claims over time" in talks.presses("Timeline")
    (reply,) = talks.shown
    assert reply.document is not None
    assert reply.document.content.startswith(b"\x89PNG")
    lines: list[str] = []
    terminal = Terminal(talks.conversation, lines.append, "en", folder=tmp_path)
    terminal.show([reply, reply])
    assert f"[{tmp_path / 'timeline-4.png'}]" in lines
    assert f"[{tmp_path / 'timeline-4-1.png'}]" in lines


def test_a_statement_in_another_language_has_its_gist_in_the_readers(talks: Talks) -> None:
    said = "Menteri pertahanan Jepang mengatakan perbatasan akan dijaga."
    reads(talks, f"Pernyataan\nJAKARTA, 24 Oktober 2024 – {said}\n")
    assert "About: minister, defence, Japan" in talks.says("what did Japan say about the border?")


def test_who_denied_what_nobody_denied_is_told_so_beside_what_is_claimed(talks: Talks) -> None:
    reads(talks, TROOPS, MORE_TROOPS)
    assert "I know of no such denial." in talks.says("did Zelenskyy deny that 12,000 soldiers are in Russia?")


def test_who_disagrees_is_told_both_sides_and_why(talks: Talks) -> None:
    reads(talks, TROOPS, MORE_TROOPS)
    answer = talks.says("who disagrees about north korean troops?")
    assert "South Korea: 3,000 soldiers" in answer
    assert "Volodymyr Zelenskyy: 12,000 soldiers" in answer
    assert "the two figures exclude each other (conflict 1)" in answer


#: a machine on which thinking takes a while
SLOW = """
import time
from bot.service import Service
ask = Service.ask_in_chat
Service.ask_in_chat = lambda *given, **more: time.sleep(0.7) or ask(*given, **more)
"""


def test_on_telegram_one_sees_typing_and_the_timeline_as_a_photo(server: TelegramServer, bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    with bots.running(spoilt=SLOW):
        for text in (TROOPS, MORE_TROOPS):
            admin.says(f"/add {text}")
        server.wait(lambda: len(admin.heard) == 2)
        ani.says("how many north korean troops are in russia?")
        answer = ani.hears("Figures range from 3,000 to 12,000")
        shown = [call.params for call in server.calls if call.method == "sendChatAction"]
        assert "typing" in [one["action"] for one in shown if one["chat_id"] == ani.number]
        ani.taps(answer, "Timeline")
        photo = ani.hears("claims over time")
        assert photo.file is not None
        assert photo.file.content.startswith(b"\x89PNG")


def test_when_is_answered_with_the_days(talks: Talks) -> None:
    for text in (TROOPS, MORE_TROOPS):
        talks.says(f"/add {text}", is_admin=True)
    talks.says("how many north korean troops are in russia?")
    answer = talks.says("when?")
    assert "23 Oct 2024, says South Korea: 3,000 soldiers (North Korea) in Russia" in answer
    assert "21 Oct 2024: North Korea denies it" in answer
    assert "In conflict 1: South Korea, Volodymyr Zelenskyy" in answer
    assert "“" not in answer.replace("“mengirim pasukan ke Rusia”", "")  # no evidence is repeated
    assert "25 Okt 2024, kata Volodymyr Zelenskyy" in talks.says("kapan?", language="id")


def test_pages_that_say_one_thing_by_themselves_are_one_voice(talks: Talks) -> None:
    talks.says("/add Vote\nMOSCOW, 6 November 2024 – Russia's upper house approved the treaty.", is_admin=True)
    talks.says("/add Suara\nMOSKWA, 6 November 2024 – Majelis tinggi Rusia menyetujui traktat itu.", is_admin=True)
    answer = talks.says("how did the upper house vote on the treaty?")
    assert answer.count("Federation Council: passed") == 1
    assert "stated by these articles themselves" in answer
    assert ("Vote · claim 1" in answer, "Suara · claim 2" in answer) == (True, True)


def test_who_denied_it_is_answered_with_denials_alone(talks: Talks) -> None:
    for text in (TROOPS, MORE_TROOPS):
        talks.says(f"/add {text}", is_admin=True)
    talks.says("berapa tentara korea utara di rusia?", language="id")
    answer = talks.says("siapa yang membantah?", language="id")
    assert "Dibantah oleh Korea Utara." in answer
    assert "\nkata " not in answer


def test_a_figure_whose_unit_names_nothing_is_told_in_its_own_words(talks: Talks) -> None:
    text = "Alert\nKUDUS, 3 March 2024 – BNPB said the flood alert would last 2 days. BNPB said 12 people died."
    talks.says(f"/add {text}", is_admin=True)
    assert "BNPB: 2 days – “BNPB said the flood alert would last 2 days”" in talks.says("flood alert")
