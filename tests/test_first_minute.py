"""The first minute: what the bot is, what to ask, and where a link leads."""

import gc
from pathlib import Path

import pytest

from bot.warm import warm
from tests.bots import ADMIN, Bots
from tests.processes import Forks
from tests.talks import Talks
from tests.telegram_server import TelegramServer
from tests.texts import MORE_TROOPS, TOLL, TROOPS, VOTE


def read_articles(talks: Talks, *texts: str) -> None:
    for text in texts:
        assert "Stored" in talks.says(f"/add {text}", is_admin=True)


@pytest.mark.parametrize(
    ("language", "disputed", "voted"),
    [
        ("en", "How many soldiers does North Korea have in Russia?", "How did State Duma vote?"),
        ("id", "Berapa tentara Korea Utara di Rusia?", "Bagaimana hasil pemungutan suara Duma Negara?"),
    ],
)
def test_two_examples_come_out_of_the_store_and_are_answered(
    talks: Talks, language: str, disputed: str, voted: str
) -> None:
    read_articles(talks, TROOPS, MORE_TROOPS, VOTE)
    talks.says("/start", language=language)
    assert talks.labels == [disputed, voted]
    for label, quoted in ((disputed, "12,000 North Korean soldiers were in Russia"), (voted, "unanimously approved")):
        talks.says("/start", language=language)
        assert quoted in talks.presses(label, language=language)


def test_a_store_with_one_figure_gives_one_example(talks: Talks) -> None:
    read_articles(talks, TOLL)
    talks.says("/start")
    assert talks.labels == ["How many people died in Demak?"]


@pytest.mark.parametrize(
    ("language", "asked"), [("en", "How many people died in Demak?"), ("id", "Berapa orang tewas di Demak?")]
)
def test_an_example_asks_what_people_ask(talks: Talks, language: str, asked: str) -> None:
    read_articles(talks, f"{TOLL}BNPB mengatakan 340 rumah rusak di Demak.\n")
    talks.says("/start", language=language)
    assert talks.labels == [asked]


def test_an_empty_store_is_said_to_be_empty(talks: Talks) -> None:
    assert "I have read no articles yet" in talks.says("/start")
    assert "Saya belum membaca satu artikel pun" in talks.says("/start", language="id")
    assert talks.labels == []


def test_what_start_says_is_three_lines(talks: Talks) -> None:
    assert len(talks.says("/start").split("\n\n")[0].splitlines()) == 3


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("claim_1", "3,000 soldiers"),
        ("conflict_1", "Conflict 1"),
        ("topic_north-korean-troops", "12,000 soldiers"),
        ("topic_tentara_korea_utara", "12,000 soldiers"),
        ("topic_%00", "I read news reports"),
        ("claim_x", "I read news reports"),
        ("conflict_77", "There is no conflict 77"),
    ],
)
def test_a_link_leads_to_what_it_names(talks: Talks, link: str, words: str) -> None:
    read_articles(talks, TROOPS, MORE_TROOPS)
    assert words in talks.says(f"/start {link}")


def test_an_example_of_a_claim_that_is_gone_is_stale(talks: Talks) -> None:
    assert "too old" in talks.taps("example:99")
    assert "too old" in talks.taps("example:x")


def test_a_group_is_offered_what_belongs_there(talks: Talks) -> None:
    told = talks.says("/help", is_group=True, is_admin=True)
    assert "with my name in it" in told
    assert "/follow" in told
    for name in ("/start", "/forget", "/add"):
        assert name not in told


def test_the_bot_presents_itself_by_language_and_scope_and_only_once(
    forks: Forks, server: TelegramServer, sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "store.db").write_bytes(sqlite_template.read_bytes())
    bots = Bots(forks, server, f"sqlite:///{tmp_path / 'store.db'}", tmp_path)
    admin = server.person(ADMIN)
    admin.says("/start")

    with bots.running():
        server.wait(lambda: any(one.params.get("language_code") == "id" and one.method == "setMyShortDescription"
                                for one in server.calls))  # fmt: skip
    menus = {
        (one.params["scope"]["type"], one.params.get("language_code")): one.params["commands"]
        for one in server.calls
        if one.method == "setMyCommands"
    }
    assert {scope for scope, _ in menus} == {"all_private_chats", "all_group_chats", "chat"}
    assert {code for _, code in menus} >= {None, "id"}
    names = {scope: {one["command"] for one in menus[scope, None]} for scope, _ in menus}
    assert "add" in names["chat"]
    assert "add" not in names["all_private_chats"]
    assert "forget" not in names["all_group_chats"]
    set_before = len([one for one in server.calls if one.method.startswith("setMy")])
    with bots.running():
        server.wait(lambda: len([one for one in server.calls if one.method == "getMyShortDescription"])
                    >= 2 * len({code for _, code in menus}))  # fmt: skip
    assert len([one for one in server.calls if one.method.startswith("setMy")]) == set_before
    assert "setMyName" not in {one.method for one in server.calls}  # it is called so already


def test_the_garbage_collector_looks_through_nothing_that_was_loaded_at_the_start() -> None:
    warm()
    try:
        assert len(gc.get_objects()) < 1000
    finally:
        gc.unfreeze()
