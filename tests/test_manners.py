"""Manners: nobody is flooded, nobody floods, every tap is answered, an edited question changes its answer."""

from datetime import timedelta

from bot.conversation.pace import MOST, REFILL, Pace, Turn
from tests.bots import ADMIN, Bots
from tests.talks import Talks
from tests.telegram_server import TelegramServer
from tests.texts import MORE_TROOPS, NOW, TROOPS

#: every tap takes a second and a half
SLOW_TAPS = """
import time
from bot.conversation import Conversation
tap = Conversation.tap

def slow(*arguments):
    time.sleep(1.5)
    return tap(*arguments)

Conversation.tap = slow
"""


def test_who_says_too_much_is_told_so_once_and_answered_again_after_a_while() -> None:
    pace = Pace()
    assert [pace.turn(1, NOW) for _ in range(MOST)] == [Turn.ANSWERED] * MOST
    assert [pace.turn(1, NOW) for _ in range(3)] == [Turn.TOLD, Turn.SILENT, Turn.SILENT]
    assert pace.turn(2, NOW) is Turn.ANSWERED
    assert pace.turn(1, NOW + REFILL) is Turn.ANSWERED
    assert pace.turn(1, NOW + REFILL) is Turn.TOLD
    assert pace.turn(1, NOW - timedelta(days=1)) is Turn.SILENT  # a clock that was put back
    assert [pace.turn(1, NOW + timedelta(days=1)) for _ in range(MOST + 1)][-1] is Turn.TOLD


def test_the_note_is_friendly_and_in_the_persons_language(talks: Talks) -> None:
    for _ in range(MOST):
        talks.says("/help", language="id")
    assert "Anda lebih cepat daripada saya" in talks.says("/help", language="id")
    assert talks.says("/help", language="id") == ""
    assert "lebih cepat" in talks.taps("claim:1", language="id")  # a tap is always answered
    assert talks.says("/help", person=6) != ""
    assert talks.says("/help", is_admin=True) != ""


def test_a_burst_of_the_same_words_is_answered_once(talks: Talks) -> None:
    told = [talks.says("who is the president of atlantis?", message_id=number) for number in (1, 2, 3)]
    assert [bool(one) for one in told] == [True, False, False]
    assert talks.says("who is the president of atlantis?", message_id=1)  # the same message, done again after a kill
    assert talks.says("who is the king of atlantis?", message_id=4)
    talks.clock.moves(seconds=10)
    assert talks.says("who is the king of atlantis?", message_id=5)
    assert talks.says("/following", message_id=6) == talks.says("/following", message_id=7) != ""


def test_an_album_is_answered_once(talks: Talks) -> None:
    told = [talks.says("", is_media=True, album="7", message_id=number) for number in (1, 2, 3)]
    assert [bool(one) for one in told] == [True, False, False]
    told = [
        talks.says(text, is_media=not text, album="8", message_id=number) for number, text in ((4, "how?"), (5, ""))
    ]
    assert [bool(one) for one in told] == [True, False]


def test_a_slow_tap_is_told_that_it_is_being_worked_on(server: TelegramServer, sqlite_bots: Bots) -> None:
    ani = server.person(21, "id")
    with sqlite_bots.running(spoilt=SLOW_TAPS):
        ani.says("/language")
        asked = ani.hears("Dalam bahasa apa")
        good, stale = ani.taps(asked, "English"), ani.sends_tap(asked, "claim:99")
        server.wait(lambda: {good, stale} <= set(server.answers))
        assert [server.answers[query]["text"] for query in (good, stale)] == ["Sedang dikerjakan…"] * 2
        server.wait(lambda: "I answer in English" in asked.text)
        ani.hears("There is no claim 99")
    assert server.unanswered() == set()


def test_double_and_forged_taps_do_no_harm(server: TelegramServer, sqlite_bots: Bots) -> None:
    ani, ben = server.person(21), server.person(22)
    with sqlite_bots.running():
        ani.says("/follow north korean troops")
        followed = ani.hears("You follow")
        data = followed.button("Unfollow")
        ben.says("/help")
        other = ben.hears("Write a question")
        ben.sends_tap(other, data)  # somebody else's topic
        server.wait(lambda: server.unanswered() == set())
        ani.says("/following")
        ani.hears("1. north korean troops")
        for _ in range(3):
            ani.sends_tap(followed, data)
        server.wait(lambda: server.unanswered() == set())
        ani.says("/following")
        server.wait(lambda: "You follow nothing" in ani.heard[-1].text)


def test_an_edited_question_changes_its_answer(server: TelegramServer, sqlite_bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    with sqlite_bots.running():
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        asked = ani.says("how many north korean troops are in kursk?")
        answer = ani.hears(lambda _: True)
        assert "about something else" in answer.text
        ani.edits(asked, "how many north korean troops are in russia?")
        server.wait(lambda: "What is claimed" in answer.text)
        assert "3,000 soldiers" in answer.text
        ani.edits(asked, "who is the president of atlantis?")
        server.wait(lambda: "I know nothing about that" in answer.text)
        command = ani.says("/following")
        ani.hears("You follow nothing")
        ani.edits(command, "/follow north korean troops")
        ani.says("/help")
        ani.hears("Write a question")
    assert [one.text.splitlines()[0][:18] for one in ani.heard][1:] == ["You follow nothing", "Write a question, "]
    assert answer.edited


def test_an_answer_that_grows_and_shrinks_is_mended_in_place(server: TelegramServer, sqlite_bots: Bots) -> None:
    """What there is more of is sent, what there is less of is taken back."""
    ani = server.person(21)
    spoilt = (
        "import bot.replies\nfrom bot.replies import Reply\n"
        "bot.replies.answer = lambda result, *_: tuple(Reply(f'{at} of {result.question.text}')"
        " for at in range(int(result.question.text[-1])))"
    )
    with sqlite_bots.running(spoilt=spoilt):
        asked = ani.says("parts of atlantis 1")
        ani.hears("0 of parts of atlantis 1")
        for text, count in (("parts of atlantis 3", 3), ("parts of atlantis 2", 2)):
            ani.edits(asked, text)
            server.wait(lambda text=text, count=count: [one.text for one in ani.heard]  # type: ignore[misc]
                        == [f"{at} of {text}" for at in range(count)])  # fmt: skip


def test_who_blocked_the_bot_comes_back_with_all_they_followed(server: TelegramServer, sqlite_bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    with sqlite_bots.running():
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        ani.says("/follow north korean troops in russia")
        ani.hears("You follow")
        ani.blocks_bot()
        admin.says(f"/add {MORE_TROOPS}")
        admin.hears("Kyiv counts")
        calls = len(server.calls)
        ani.says("/start")
        ani.hears("I read news reports")
        assert not [one for one in server.calls[:calls] if one.params.get("chat_id") == 21 and "12,000" in str(one)]
        ani.says("/following")
        ani.hears("north korean troops in russia")
