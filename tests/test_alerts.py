"""Who hears of a conflict, what exactly, and what comes after: developments, corrections, bursts, settings."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation import Conversation, Incoming
from bot.judging import Judging
from bot.notify import render
from bot.personal import Personal
from bot.queues import Queues
from bot.replies import Button, Reply
from bot.service import Service
from bot.terminal import plain
from bot.topics import Topics
from claims.model import Article
from db.values import Message, Trust
from tests.talks import Talks
from tests.texts import HIGHER_TOLL, MORE_TROOPS, NOW, TOLL, TROOPS

ANI, BEN, ADMIN = 21, 22, 7
TOPIC = "north korean troops in russia"
CLOSE = MORE_TROOPS.replace("12,000", "3,300")
LOW_TOLL = """Lower toll
DEMAK, 13 March 2024 – BNPB said on Wednesday that 9 people were killed in the flood in Demak.
"""


def add(service: Service, text: str, name: str = "", trust: Trust = Trust.TRUSTED, source: str | None = None) -> None:
    article = Article(id=name or text, text=text, source=source)
    service.add_article(article, now=NOW, trust=trust)


def follow(service: Service, chat: int = ANI, text: str = TOPIC, **settings: Any) -> int:
    followed = Topics(service.engine).follow(chat, text, language="en", now=NOW)
    assert followed
    Topics(service.engine).change_topic(chat, followed.topic.number, **settings)
    return followed.topic.number


def due(service: Service, chat: int = ANI, later: timedelta = timedelta(0)) -> list[Message]:
    return Queues(service.engine).due_messages(NOW + later, chat)


def hears(service: Service, chat: int = ANI, later: timedelta = timedelta(0), message_id: int = 100) -> str:
    """All that a chat is told now, as it reads it; Telegram takes each message under the next number."""
    queues, texts = Queues(service.engine), []
    for at, message in enumerate(due(service, chat, later)):
        told = queues.alerts(message)
        texts += [plain(reply.text) for reply in render(told)] if told else []
        queues.sent(message.numbers, NOW + later, message_id + at)
    return "\n".join(texts)


def labels(service: Service, message: Message) -> list[str]:
    (reply,) = render(Queues(service.engine).alerts(message))
    return [button.label for row in reply.buttons for button in row]


def test_an_alarm_says_both_sides_why_and_what_would_reconcile_them(service: Service) -> None:
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS)
    (message,) = due(service)
    text = "\n".join(plain(reply.text) for reply in render(Queues(service.engine).alerts(message)))
    for words in (
        "Conflict 1", TOPIC, "South Korea, 23 Oct 2024", "3,000", "Volodymyr Zelenskyy, 25 Oct 2024", "12,000",
        "same place, 2 days apart, neither is an estimate", "if the number grew between 23 Oct 2024 and 25 Oct 2024",
    ):  # fmt: skip
        assert words in text
    assert labels(service, message) == ["Sources", "Timeline", "Mute for a day", "Unfollow"]


@pytest.mark.parametrize("language", ["en", "id", "fr"])
@pytest.mark.parametrize("text", [TOPIC, "pasukan korut di rusia"])
def test_a_topic_may_be_in_any_language(service: Service, language: str, text: str) -> None:
    followed = Topics(service.engine).follow(ANI, text, language=language, now=NOW)
    assert followed
    assert followed.topic.terms == ("e:north korea", "m:troops", "p:russia")


def test_what_counts_nothing_has_no_timeline(service: Service) -> None:
    follow(service, text="upper house treaty")
    for result in ("approved", "rejected"):
        add(service, f"Vote\nMOSCOW, 6 November 2024 – Russia's upper house {result} the treaty with North Korea.")
    (message,) = due(service)
    assert labels(service, message) == ["Sources", "Mute for a day", "Unfollow"]


def test_later_news_of_a_conflict_answers_the_first_message(service: Service) -> None:
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS)
    assert "Conflict 1" in hears(service, message_id=555)
    add(service, MORE_TROOPS.replace("12,000", "20,000").replace("Volodymyr Zelenskyy", "Joe Biden"))
    (message,) = due(service)
    assert message.reply_to == 555
    text = plain(render(Queues(service.engine).alerts(message))[0].text)
    assert "More on conflict 1" in text
    assert "20,000" in text


def test_a_burst_is_gathered_into_one_message(service: Service) -> None:
    queues = Queues(service.engine, pause=timedelta(seconds=20))
    follow(service, text="flood")
    towns = ("Demak", "Kudus", "Pati")
    for town in towns:
        for who, deaths in (("BNPB", 12), ("WHO", 40)):
            text = f"Flood\n{town}, 10 March 2024 – {who} said {deaths} people were killed in the flood in {town}."
            add(service, text, f"{who} {town}")
        if town == "Demak":
            (first,) = queues.due_messages(NOW)
            queues.sent(first.numbers, NOW, 1)
    assert queues.due_messages(NOW + timedelta(seconds=19)) == []
    (rest,) = queues.due_messages(NOW + timedelta(seconds=21))
    (reply,) = render(queues.alerts(rest))
    assert "2 pieces of news" in reply.text
    assert all(words in plain(reply.text) for words in ("Conflict 2", "Kudus", "Conflict 3", "Pati"))
    assert [button.label for row in reply.buttons for button in row][:2] == ["Conflict 2", "Conflict 3"]


@pytest.mark.parametrize(("percent", "text", "told"), [(0, CLOSE, True), (25, CLOSE, False), (25, MORE_TROOPS, True)])
def test_figures_closer_than_the_threshold_alarm_nobody(service: Service, percent: int, text: str, told: bool) -> None:
    add(service, TROOPS)
    follow(service, threshold=percent)
    add(service, text)
    assert bool(due(service)) is told


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"speakers": ("Volodymyr Zelenskyy",)}, True),
        ({"speakers": ("China",)}, False),
        ({"languages": ("en", "fr")}, True),
        ({"languages": ("id",)}, False),
        ({"paused": True}, False),
        ({"muted_until": NOW + timedelta(hours=1)}, False),
        ({"muted_until": NOW - timedelta(hours=1)}, True),
    ],
)
def test_a_topic_tells_what_its_settings_let_through(service: Service, settings: dict[str, Any], told: bool) -> None:
    add(service, TROOPS)
    follow(service, **settings)
    add(service, MORE_TROOPS)
    assert bool(due(service)) is told


def test_updates_reach_who_wants_updates_and_new_claims_do_not(service: Service) -> None:
    follow(service, text="flood deaths in Demak", events="updates")
    add(service, TOLL)
    assert hears(service) == ""
    add(service, HIGHER_TOLL)
    assert "Update in what you follow" in hears(service)


def test_a_speaker_who_corrects_a_figure_is_told_as_that(service: Service) -> None:
    add(service, TOLL)
    follow(service, text="flood deaths in Demak")
    add(service, LOW_TOLL)
    text = hears(service)
    assert "A figure was corrected" in text
    assert "the same speaker now gives a lower toll" in text
    assert "reconcile" not in text


def test_who_says_the_opposite_now_is_asked_which_word_holds(service: Service) -> None:
    add(service, TROOPS)
    follow(service)
    add(service, "Pyongyang speaks\nPYONGYANG, 30 October 2024 – North Korea said it had sent troops to Russia.")
    text = hears(service)
    assert "Somebody now says the opposite" in text
    assert "a word from North Korea on which of the two holds" in text


def test_an_edited_article_says_to_the_alarmed_what_was_wrong(service: Service) -> None:
    add(service, TROOPS)
    add(service, MORE_TROOPS, "kyiv", source="Kyiv Wire")
    follow(service)
    follow(service, BEN)
    add(
        service,
        MORE_TROOPS.replace("12,000", "20,000").replace("Volodymyr Zelenskyy", "Joe Biden"),
        "biden",
        source="White Wire",
    )
    assert "20,000" in hears(service)
    add(service, "Correction\nKYIV – The earlier figure was wrong.", "biden", source="White Wire")
    text = hears(service)
    assert "Correction to conflict 1" in text
    assert "20,000" in text.partition("I had told you")[2]
    assert "White Wire has changed its article" in text
    assert hears(service) == ""


def test_a_new_figure_in_an_edited_article_is_one_message(service: Service) -> None:
    """Not an alarm beside a correction."""
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS, "kyiv", source="Kyiv Wire")
    hears(service, message_id=9)
    add(service, MORE_TROOPS.replace("12,000", "11,000"), "kyiv", source="Kyiv Wire")
    (message,) = due(service)
    assert (len(message.news), message.reply_to) == (1, 9)
    text = plain(render(Queues(service.engine).alerts(message))[0].text)
    assert "Kyiv Wire has changed its article" in text
    assert "11,000" in text.partition("It says now:")[2]


def test_who_was_not_told_yet_is_not_told_what_was_taken_back(service: Service) -> None:
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS)
    Judging(service.engine).judge("dismiss", 1, person=ADMIN, reason=None, now=NOW)
    assert hears(service) == ""


def test_who_was_told_hears_that_it_was_none_and_why(service: Service) -> None:
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS)
    hears(service, message_id=9)
    Judging(service.engine).judge("dismiss", 1, person=ADMIN, reason="Another day was meant.", now=NOW)
    (message,) = due(service)
    assert message.reply_to == 9
    text = plain(render(Queues(service.engine).alerts(message))[0].text)
    assert "Conflict 1 was no conflict" in text
    assert "it is no conflict (Another day was meant)." in text


def test_nobody_hears_of_a_dismissed_conflict_any_more(service: Service) -> None:
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS)
    Judging(service.engine).judge("dismiss", 1, person=ADMIN, reason=None, now=NOW)
    add(service, MORE_TROOPS.replace("12,000", "20,000").replace("Volodymyr Zelenskyy", "Joe Biden"))
    assert hears(service) == ""


def test_a_claim_that_was_taken_back_is_told_as_wrong(service: Service) -> None:
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS)
    hears(service)
    Judging(service.engine).judge("retract", 4, person=ADMIN, reason="misread", now=NOW)
    assert "taken this claim back (the article was read wrongly): Volodymyr Zelenskyy: 12,000" in hears(service)


def test_a_correction_waits_for_the_end_of_a_muted_day(service: Service) -> None:
    add(service, TROOPS)
    number = follow(service)
    add(service, MORE_TROOPS)
    hears(service)
    Topics(service.engine).change_topic(ANI, number, muted_until=NOW + timedelta(days=1))
    Judging(service.engine).judge("retract", 4, person=ADMIN, reason=None, now=NOW)
    assert hears(service, later=timedelta(hours=23)) == ""
    assert "That was wrong" in hears(service, later=timedelta(hours=25))


def test_a_figure_that_another_paper_prints_too_needs_no_correction(service: Service) -> None:
    add(service, TROOPS)
    add(service, MORE_TROOPS, "one")
    follow(service)
    add(service, MORE_TROOPS.replace("Kyiv counts", "Twice printed:"), "two")
    add(service, "Nothing\nKYIV – Nothing of it is left.", "one")
    assert hears(service) == ""
    assert {pair.conflict for pair in service.conflicts()} == {1}


def test_a_quarantined_source_reaches_the_admins_alone(service: Service) -> None:
    watched = Service(service.engine, frozenset({ADMIN}))
    add(watched, TROOPS)
    follow(watched)
    add(watched, MORE_TROOPS, trust=Trust.QUARANTINED)
    assert hears(watched) == ""
    text = hears(watched, ADMIN)
    assert "do not trust yet" in text
    assert "12,000" in text


def tapping(conversation: Conversation, chat: int, data: str, *, admin: bool = False) -> str:
    tapped = conversation.tap(Incoming(chat=chat, person=chat, language="en", is_admin=admin), data)
    shown: Sequence[Any] = [*tapped.replies, *([tapped.edited] if tapped.edited else [])]
    return "\n".join([tapped.toast, *(plain(reply.text) for reply in shown)])


def below_an_alert(service: Service) -> Talks:
    """Ani, with an alert in front of her."""
    add(service, TROOPS)
    follow(service)
    add(service, MORE_TROOPS)
    talks = Talks(service, who=Incoming(chat=ANI, person=ANI, language="en"))
    talks.shown = render(Queues(service.engine).alerts(due(service)[0]))
    return talks


def test_below_an_alert_one_can_mute_unmute_and_leave_and_the_alert_stays(service: Service) -> None:
    talks = below_an_alert(service)
    assert talks.presses("Mute for a day") == "Nothing of it for a day."
    assert talks.labels == ["Sources", "Timeline", "Unmute", "Unfollow"]
    assert Topics(service.engine).following(ANI)[0].is_silent(NOW + timedelta(hours=23))
    assert talks.presses("Unmute") == "You are told of it again."
    assert talks.labels == ["Sources", "Timeline", "Mute for a day", "Unfollow"]
    assert not Topics(service.engine).following(ANI)[0].is_silent(NOW)
    assert talks.presses("Unfollow") == "You no longer follow: north korean troops in russia"
    assert (talks.labels, Topics(service.engine).following(ANI)) == (["Sources", "Timeline"], ())


def test_a_stale_or_double_tap_below_an_alert_changes_nothing_more(service: Service) -> None:
    talks = below_an_alert(service)
    mute = talks.below
    for _ in range(2):
        talks.taps(next(one.data for row in mute for one in row if one.label == "Mute for a day"), buttons=mute)
        assert talks.labels == ["Sources", "Timeline", "Unmute", "Unfollow"]
    talks.says("/unfollow 1")
    talks.shown = (Reply("", mute),)
    assert talks.presses("Mute for a day") == "You no longer follow that."
    assert talks.labels == ["Sources", "Timeline"]


def test_in_a_gathered_message_one_topic_is_muted_and_the_others_stay(service: Service) -> None:
    talks = Talks(service, who=Incoming(chat=ANI, person=ANI, language="en"))
    numbers = [follow(service, text=text) for text in ("flood deaths", "north korean troops")]
    topics = [Topics(service.engine).one(ANI, number) for number in numbers]
    rows = [[f"mute:{one.number}:1", f"leave:{one.number}"] for one in topics if one]
    talks.shown = (Reply("", tuple(tuple(Button(data, data) for data in row) for row in rows)),)
    talks.taps(rows[1][0])
    assert talks.labels == [*rows[0], "Unmute: north korean troops", rows[1][1]]
    talks.taps(rows[0][1])
    assert talks.labels == ["Unmute: north korean troops", rows[1][1]]


def test_a_topics_page_changes_its_settings_in_place(service: Service) -> None:
    talk = Conversation(service, lambda: NOW)
    add(service, TROOPS)
    number = follow(service)
    assert "Any difference" in tapping(talk, ANI, f"topic:{number}")
    assert "How far" in tapping(talk, ANI, f"threshold:{number}")
    assert "less than 10% apart" in tapping(talk, ANI, f"threshold:{number}:10")
    assert "Whose word" in tapping(talk, ANI, f"speakers:{number}")
    tapping(talk, ANI, f"speakers:{number}:1")
    assert "Only what these say: South Korea." in tapping(talk, ANI, f"topic:{number}")
    assert "Whoever says it" in tapping(talk, ANI, f"speakers:{number}:0")
    tapping(talk, ANI, f"languages:{number}:id")
    assert "Only articles in: Indonesian." in tapping(talk, ANI, f"topic:{number}")
    assert "Articles in any language" in tapping(talk, ANI, f"languages:{number}:all")
    assert "Paused" in tapping(talk, ANI, f"pause:{number}:1")
    assert "told of it again" in tapping(talk, ANI, f"pause:{number}:0")
    assert "Muted until 25 Oct 2024, 12:00 UTC" in tapping(talk, ANI, f"mute_here:{number}:1")
    assert "conflicts, and of figures that have changed" in tapping(talk, ANI, f"events:{number}:updates")
    assert "1. north korean troops in russia" in tapping(talk, ANI, "following:")


@pytest.mark.parametrize(
    "data",
    ["topic:{}", "events:{}:everything", "threshold:{}:50", "speakers:{}:1", "languages:{}:id", "pause:{}:1",
     "mute:{}:1", "mute_here:{}:1", "leave:{}", "unfollow:{}"],
)  # fmt: skip
def test_nobody_else_changes_a_topic_with_a_forged_button(service: Service, data: str) -> None:
    talk = Conversation(service, lambda: NOW)
    number = follow(service)
    before = Topics(service.engine).following(ANI)
    tapping(talk, BEN, data.format(number))
    assert Topics(service.engine).following(ANI) == before


@pytest.mark.parametrize("data", ["topic:x", "threshold:1:101", "languages:1:xx", "speakers:1:77", "events:1:all"])
def test_a_setting_that_there_is_not_is_stale(service: Service, data: str) -> None:
    follow(service)
    assert "too old" in tapping(Conversation(service, lambda: NOW), ANI, data)


def test_a_conflict_in_full_shows_sides_sources_and_history(service: Service) -> None:
    add(service, TROOPS)
    add(service, MORE_TROOPS, "one")
    add(service, MORE_TROOPS.replace("Volodymyr Zelenskyy", "Joe Biden"), "two")
    card = tapping(Conversation(service, lambda: NOW), ANI, "conflict:1")
    assert "Open: nobody has judged it" in card
    assert "also Volodymyr Zelenskyy" in card
    assert "2 independent sources" in card
    assert "opened: " in card
    assert "There is no conflict 77" in tapping(Conversation(service, lambda: NOW), ANI, "conflict:77")


def test_only_admins_judge_and_the_log_keeps_what_they_did(service: Service) -> None:
    talk = Conversation(service, lambda: NOW)
    add(service, TROOPS)
    add(service, MORE_TROOPS)
    for forged in ("dismiss:1:misread", "confirm:1", "retract:4:misread", "dismiss:1"):
        assert "Only admins" in tapping(talk, ANI, forged)
    assert (Judging(service.engine).audit(), len(service.conflicts())) == ((), 2)
    assert "Why is conflict 1 not a conflict?" in tapping(talk, ADMIN, "dismiss:1", admin=True)
    assert "is dismissed" in tapping(talk, ADMIN, "dismiss:1:two_questions", admin=True)
    assert "is confirmed" in tapping(talk, ADMIN, "confirm:1", admin=True)
    assert "taken back" in tapping(talk, ADMIN, "retract:4:misread", admin=True)
    assert "too old" in tapping(talk, ADMIN, "dismiss:1:whatever", admin=True)
    assert [(one.person, one.act, one.object, one.reason) for one in Judging(service.engine).audit()] == [
        (ADMIN, "dismiss", "conflict 1", "two_questions"),
        (ADMIN, "confirm", "conflict 1", None),
        (ADMIN, "retract", "claim 4", "misread"),
    ]


def test_admins_judge_by_words_too(service: Service) -> None:
    talk = Conversation(service, lambda: NOW)
    add(service, TROOPS)

    def says(text: str, admin: bool) -> str:
        said = Incoming(chat=ADMIN, person=ADMIN, text=text, language="en", is_admin=admin)
        return "\n".join(plain(reply.text) for reply in talk.message(said))

    assert "Only admins" in says("/dismiss 1 because", admin=False)
    assert "Which conflict?" in says("/dismiss", admin=True)
    assert "There is no conflict 9" in says("/confirm 9", admin=True)
    assert "There is no claim 99" in says("/retract 99 nothing", admin=True)
    assert says("/dismiss 1", admin=True) == "Why is conflict 1 not a conflict?"
    assert "What is wrong with claim 1?" in says("/retract 1", admin=True)
    assert "There is no conflict 9" in says("/dismiss 9", admin=True)
    assert "There is no claim 99" in says("/retract 99", admin=True)
    assert "is dismissed" in says("/dismiss 1 one counts all of them", admin=True)
    for again in ("/dismiss 1", "/dismiss 1 one counts all of them"):
        assert says(again, admin=True) == "Conflict 1 was dismissed before. Nobody is told again."
    assert "dismissed by an editor (one counts all of them)" in says("/conflict 1", admin=True)


def test_what_a_forgotten_admin_did_stays_without_the_person(service: Service) -> None:
    add(service, TROOPS)
    Judging(service.engine).judge("confirm", 1, person=ADMIN, reason="seen", now=NOW)
    Personal(service.engine).forget(ADMIN)
    assert [(one.person, one.act) for one in Judging(service.engine).audit()] == [(None, "confirm")]
    story = service.conflict_story(1)
    assert story
    assert [event.person for event in story.history] == [None, None]
