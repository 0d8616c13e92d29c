"""What people say and what they read, without Telegram in between."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files
from string import Formatter
from threading import BoundedSemaphore

import pytest
import tomli
from babel import Locale
from sqlmodel import select

from bot.conversation import FULL_MESSAGE, Attached, Conversation, Incoming, Quoted
from bot.conversation.said import MOST_THINKING
from bot.locale import languages, nearest, say
from bot.replies import LONGEST, Reply, split
from bot.service import Service
from bot.terminal import Terminal, plain
from db.engine import reading
from db.tables import ArticleRow
from tests.texts import MORE_TROOPS, NOW, TROOPS


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def conversation(service: Service, clock: Clock) -> Conversation:
    return Conversation(service, clock)


Says = Callable[..., str]


@pytest.fixture
def says(conversation: Conversation) -> Says:
    """Says something and gives the text of the replies."""

    def speak(text: str, *, admin: bool = False, language: str = "en", **more: object) -> str:
        said = Incoming(chat=5, person=5, text=text, language=language, is_admin=admin, **more)  # type: ignore[arg-type]
        return "\n".join(plain(reply.text) for reply in conversation.message(said))

    return speak


def tap(conversation: Conversation, data: str) -> str:
    """Taps a button and gives all that is shown."""
    tapped = conversation.tap(Incoming(chat=5, person=5, language="en"), data)
    shown = [*tapped.replies, *([tapped.edited] if tapped.edited else [])]
    return "\n".join([tapped.toast, *(plain(reply.text) for reply in shown)])


def test_the_first_words_are_in_the_clients_language(says: Says) -> None:
    assert "who claims what" in says("/start")
    assert "siapa mengklaim apa" in says("/start", language="id-ID")
    assert "who claims what" in says("/start", language="xx")


def test_help_lists_the_commands_and_admins_see_theirs(says: Says) -> None:
    assert "/follow" in says("/help")
    assert "/add" not in says("/help")
    assert "/add" in says("/help", admin=True)


def test_an_order_waits_for_no_question(says: Says, conversation: Conversation) -> None:
    for _ in range(MOST_THINKING):
        conversation.thinking.acquire()

    assert "/follow" in says("/help")


def test_whatever_is_checked_or_answered_waits_for_its_turn(service: Service) -> None:
    turns: list[bool] = []

    class Counted(BoundedSemaphore):
        def __exit__(self, *more: object) -> None:
            turns.append(True)
            super().__exit__(*more)  # type: ignore[arg-type]

    conversation = Conversation(service, Clock(), thinking=Counted(1))
    told = Incoming(chat=5, person=5, text=MORE_TROOPS, language="en")
    kinds = (
        told,
        Incoming(chat=5, person=5, text="how many soldiers are in russia?"),
        Incoming(chat=5, person=5, file=Attached("kyiv.txt", MORE_TROOPS.encode())),
        Incoming(chat=5, person=5, text="true?", quoted=Quoted(MORE_TROOPS, "Example Wire")),
        Incoming(chat=5, person=5, text=MORE_TROOPS, forwarded_from="Example Wire", is_admin=True),
    )
    for number, said in enumerate(kinds, 1):
        conversation.message(said)
        assert len(turns) == number
    for number, meant in enumerate(("question", "statement"), len(kinds) + 1):
        conversation.tap(Incoming(chat=5, person=5, below=told), f"taken:{meant}")
        assert len(turns) == number


def test_a_question_gets_the_claim_with_its_evidence(says: Says) -> None:
    says(f"/add {TROOPS}", admin=True)
    answer = says("how many north korean troops are in russia?")
    assert "3,000 soldiers (North Korea) in Russia" in answer
    assert "says South Korea, 23 Oct 2024" in answer
    assert "“Korea Selatan mengatakan pada hari Rabu bahwa 3.000 tentara Korea Utara berada di Rusia”" in answer
    assert "North Korea denies it" in answer


def test_numbers_and_dates_are_in_the_readers_form(says: Says) -> None:
    says(f"/add {TROOPS}", admin=True)
    answer = says("brp pasukan korut di rusia", language="id")
    assert "3.000 tentara (Korea Utara) di Rusia" in answer
    assert "23 Okt 2024" in answer


def test_what_is_about_something_else_is_said_to_be_only_near(says: Says) -> None:
    says(f"/add {TROOPS}", admin=True)
    assert "nearest that I know, which is about something else" in says("how many north korean troops are in kursk?")


def test_nothing_known_is_said_kindly_with_what_was_understood(says: Says) -> None:
    answer = says("Who is the president of Atlantis?")
    assert "I know nothing about that" in answer
    assert "I understood: who · president · atlantis" in answer


def test_an_unknown_command_gets_the_nearest_one(says: Says) -> None:
    assert "Did you mean /following?" in says("/folowing")
    assert "/help lists them" in says("/zzzzzzzzzz")


def test_one_claim_in_full(says: Says, conversation: Conversation) -> None:
    says(f"/add {TROOPS}", admin=True)
    says(f"/add {MORE_TROOPS}", admin=True)
    card = says("/claim 1")
    assert "Contradicting:" in card
    assert "12,000" in card
    assert "Contradicting:" in tap(conversation, "claim:1")
    assert "There is no claim 77" in says("/claim 77")
    assert "is no number" in says("/claim seven")
    assert "Which claim?" in says("/claim")


def test_a_deep_link_opens_its_claim(says: Says) -> None:
    says(f"/add {TROOPS}", admin=True)
    assert "3,000 soldiers" in says("/start claim_1")


def test_following_and_its_buttons(says: Says, conversation: Conversation) -> None:
    says(f"/add {TROOPS}", admin=True)
    assert "You hear of conflicts only" in says("/follow north korean troops")
    assert "conflicts only; 2 claims" in says("/following")
    assert "You hear of everything" in tap(conversation, "events:1:everything")
    assert "everything; 2 claims" in tap(conversation, "following:")
    assert "You no longer follow" in tap(conversation, "unfollow:1")
    assert "You follow nothing" in says("/following")
    assert "Follow what?" in says("/follow")
    assert "You follow no topic 1" in says("/unfollow 1")


def test_topics_are_numbered_as_the_chat_sees_them(says: Says, conversation: Conversation) -> None:
    conversation.message(Incoming(chat=6, person=6, language="en", text="/follow cholera in Sudan"))
    for topic in ("north korean troops", "flood in Demak"):
        says(f"/follow {topic}")
    assert re.search(r"1\. north korean troops .*\n2\. flood in Demak ", says("/following"))
    assert "flood in Demak" in says("/following 2")
    assert "You follow no topic 3" in says("/following 3")
    assert "You no longer follow: north korean troops" in says("/unfollow 1", message_id=9)
    assert "1. flood in Demak" in says("/unfollow 1", message_id=9)  # the same message, after a kill
    assert "1. flood in Demak" in says("/following")


def test_the_question_of_an_answer_can_be_followed(says: Says, conversation: Conversation) -> None:
    says(f"/add {TROOPS}", admin=True)
    assert "You follow: troops · North Korea · Russia" in tap(conversation, "follow:1")


@pytest.mark.parametrize(
    "data", ["", "follow:999", "events:1", "events:x:everything", "claim:x", "nonsense:1", "😀" * 16]
)
def test_a_stale_or_forged_button_is_said_to_be_too_old(conversation: Conversation, data: str) -> None:
    assert "too old" in tap(conversation, data)


def test_the_language_is_chosen_by_command_or_button(says: Says, conversation: Conversation) -> None:
    assert "Which language" in says("/language")
    assert "Saya menjawab" in tap(conversation, "language:id")
    assert "siapa mengklaim apa" in says("/start")
    assert "I answer in English" in says("/language en")


def test_forgetting_asks_first(says: Says, conversation: Conversation) -> None:
    says("/follow north korean troops")
    assert "Delete everything" in says("/forget")
    assert "Nothing was deleted" in tap(conversation, "forget:no")
    assert "1." in says("/following")
    assert "I keep nothing about you" in tap(conversation, "forget:yes")
    assert "You follow nothing" in says("/following")


def test_only_admins_add(says: Says) -> None:
    assert "Only admins" in says(f"/add {TROOPS}")
    assert "Add what?" in says("/add", admin=True)


def test_a_long_paste_is_one_article_once_its_last_part_came(
    says: Says, conversation: Conversation, clock: Clock
) -> None:
    text = f"/add {TROOPS}" + "Tidak ada angka dalam kalimat ini. " * 200
    assert says(text[:4096], admin=True) == ""
    assert "Stored: Seoul menghitung" in says(text[4096:], admin=True)
    assert len(text[4096:]) < FULL_MESSAGE


def test_a_paste_that_ends_with_a_full_message_is_added_after_a_pause(
    says: Says, conversation: Conversation, clock: Clock
) -> None:
    assert says(f"/add {TROOPS}".ljust(4096, "x"), admin=True) == ""
    assert conversation.pastes_due() == []
    clock.now += timedelta(seconds=10)
    ((chat, replies),) = conversation.pastes_due()
    assert (chat, len(replies)) == (5, 1)
    conversation.service.close_paste(chat)
    assert conversation.pastes_due() == []


def test_an_add_that_is_done_again_after_a_kill_is_one_article(says: Says, service: Service) -> None:
    parts = [f"/add {TROOPS}".ljust(4096), "Tidak ada angka dalam kalimat ini."]
    for text, number in ((parts[0], 3), (parts[0], 3), (parts[1], 4)):
        first = says(text, admin=True, message_id=number)
    assert "Stored" in first
    assert "Known already" in says(parts[1], admin=True, message_id=4)
    assert service.stats().articles == 1
    assert "I know nothing" in says("who is the president of atlantis?", admin=True, message_id=5)


@pytest.mark.parametrize(("length", "joint"), [(4096, "x y"), (4090, "x\ny")])
def test_parts_are_joined_as_they_were_cut(says: Says, service: Service, length: int, joint: str) -> None:
    """At the limit a text is cut anywhere; below it between words, and the blank is lost."""
    says("/add Judul berita ini\n" + "x" * (length - 23) + (" " if length == 4096 else "x"), admin=True)
    says("y", admin=True)
    with reading(service.engine) as session:
        assert session.exec(select(ArticleRow.text)).one().endswith(joint)


def test_a_long_text_of_anybody_is_checked_and_not_stored(says: Says, service: Service) -> None:
    says(f"/add {TROOPS}", admin=True)
    told = says(MORE_TROOPS + "There is nothing else in this sentence. " * 20)
    assert "contradicts South Korea" in told
    assert "Nothing of it was stored" in told
    assert service.stats().articles == 1


def test_what_is_checked_names_each_speaker_once(says: Says) -> None:
    says(f"/add {TROOPS}", admin=True)
    told = says(TROOPS + "There is nothing else in this sentence. " * 20)
    assert "agrees with South Korea (23 Oct 2024) – 3,000 soldiers (North Korea) in Russia (claim 1)" in told
    assert "• North Korea denies it: “mengirim pasukan ke Rusia”" in told


def test_a_paste_without_a_headline_has_its_first_words_as_one(says: Says) -> None:
    says(f"/add {' '.join(TROOPS.splitlines()[1:])}", admin=True)
    source = next(line for line in says("how many north korean troops in russia").splitlines() if "claim 1" in line)
    assert "… · " in source
    assert len(source) < 120


def test_nothing_from_outside_is_markup(conversation: Conversation) -> None:
    text = TROOPS.replace("Korea Selatan mengatakan", "<b>Korea</b> Selatan & [x](y) _*` mengatakan")
    conversation.message(Incoming(chat=5, person=5, text=f"/add <i>{text}", is_admin=True))
    said = Incoming(chat=5, person=5, text="/follow <b>troops</b> north korea & <script>", language="en")
    for reply in (*conversation.message(said), *conversation.message(Incoming(chat=5, person=5, text="/following"))):
        assert "<script>" not in reply.text
        assert set(re.findall(r"</?(\w+)", reply.text)) <= {"b", "blockquote", "a", "code"}


def test_long_results_are_cut_between_blocks() -> None:
    replies = split(["x" * 1000] * 10)
    assert len(replies) > 1
    assert all(len(reply.text) <= LONGEST for reply in replies)
    assert "".join(reply.text for reply in replies).count("x") == 10000


def test_every_language_says_everything_and_nothing_else() -> None:
    english = _texts("en")
    for code in languages():
        assert _texts(code).keys() == english.keys(), code


def test_every_text_has_the_plural_forms_of_its_language_and_fills_in_what_english_does() -> None:
    english = _texts("en")
    for code in languages():
        for name, text in _texts(code).items():
            wanted = english[name]
            assert isinstance(text, dict) == isinstance(wanted, dict), (code, name)
            if isinstance(text, dict):
                assert text.keys() == Locale(code).plural_form.tags | {"other"}, (code, name)
            spoken = wanted["other"] if isinstance(wanted, dict) else wanted
            for form, words in text.items() if isinstance(text, dict) else [("", text)]:
                left_out = {"count"} if form == "one" else set()
                assert _filled(words) | left_out == _filled(spoken) | left_out, (code, name, form)
                assert re.findall(r"</?\w+>", words) == re.findall(r"</?\w+>", spoken), (code, name, form)


def _texts(code: str) -> dict[str, str | dict[str, str]]:
    found = tomli.loads(files("bot").joinpath("locale", f"{code}.toml").read_text("utf-8"))
    sections = {section: rows for section, rows in found.items() if isinstance(rows, dict)}
    return {f"{section}.{key}": text for section, rows in sections.items() for key, text in rows.items()}


def _filled(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("client", "spoken"),
    [("pt-br", "pt"), ("es-419", "es"), ("fr_CA", "fr"), ("de-AT", "de"), ("in", "id"), ("tlh", "en"), (None, "en")],
)
def test_a_client_is_spoken_to_in_the_language_nearest_to_its_own(client: str | None, spoken: str) -> None:
    assert nearest(client) == spoken


@pytest.mark.parametrize(
    ("language", "question", "told"),
    [
        (
            "es",
            "¿cuántos soldados norcoreanos hay en Rusia?",
            ["3.000 soldados (Corea del Norte) en Rusia", "23 oct 2024"],
        ),
        ("fr", "combien de soldats nord-coréens en Russie ?", ["3\u202f000 soldats (Corée du Nord)", "23 oct. 2024"]),
        ("de", "wie viele nordkoreanische Soldaten sind in Russland?", ["3.000 Soldaten (Nordkorea)", "23. Okt. 2024"]),
        (
            "pt",
            "quantos soldados norte-coreanos há na Rússia?",
            ["3.000 soldados (Coreia do Norte)", "23 de out. de 2024"],
        ),
    ],
)
def test_numbers_names_and_dates_are_in_the_form_of_each_language(
    says: Says, language: str, question: str, told: list[str]
) -> None:
    says(f"/add {TROOPS}", admin=True)
    answer = says(question, language=language)
    assert all(words in answer for words in told), answer


def test_the_languages_to_choose_from_stand_three_in_a_row(conversation: Conversation) -> None:
    (reply,) = conversation.message(Incoming(chat=5, person=5, text="/language", language="en"))
    assert [len(row) for row in reply.buttons] == [3, 3]


def test_every_rule_has_its_sentence() -> None:
    from inspect import getsource

    import claims.compare

    for name in re.findall(r'Relation\.(?!UNRELATED)\w+, "([^"]+)"', getsource(claims.compare)):
        for code in languages():
            assert say(code, f"rule.{name}")


def test_the_terminal_shows_alerts_and_numbers_its_buttons(conversation: Conversation) -> None:
    lines: list[str] = []
    terminal = Terminal(conversation, lines.append, "en")
    terminal.say(f"/add {TROOPS}")
    terminal.say("/follow north korean troops in russia")
    terminal.say(f"/add {MORE_TROOPS}")
    assert any("in what you follow: north korean troops in russia" in line for line in lines)
    terminal.say("4")
    assert any("You no longer follow" in line for line in lines)


def test_a_terminal_is_not_driven_by_what_it_shows() -> None:
    assert plain("\x1b[2Jred\u202e <b>x</b> &lt;i&gt;") == "[2Jred x <i>"


def test_a_reply_is_a_message_with_rows_of_buttons() -> None:
    assert Reply("x").buttons == ()
