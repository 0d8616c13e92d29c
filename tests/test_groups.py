"""In groups, and in chats where the bot is no member: it answers who means it, and reads nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.telegram.incoming import is_wanted, said_to_bot
from tests.bots import ADMIN, Bots
from tests.processes import Forks
from tests.talks import Talks
from tests.telegram_server import TelegramServer, telegram
from tests.texts import MORE_TROOPS, TROOPS

NAME = "claim_test_bot"


@pytest.mark.parametrize(
    ("text", "replied_to", "said"),
    [
        (f"/help@{NAME}", None, "/help"),
        (f"/follow@{NAME.upper()} troops", None, "/follow troops"),
        ("/help", None, None),
        ("/help", 1, "/help"),
        ("/help@another_bot", 1, None),
        (f"@{NAME} how many?", None, "how many?"),
        (f"how many, @{NAME}, do you think?", None, "how many, , do you think?"),
        (f"@{NAME}_2 how many?", None, None),
        (f"mail a@{NAME}", None, None),
        ("how many?", 1, "how many?"),
        ("how many?", 2, None),
        ("", 1, None),
    ],
)
def test_what_is_said_to_the_bot_in_a_group(text: str, replied_to: int | None, said: str | None) -> None:
    assert said_to_bot(text, replied_to, 1, NAME) == said
    message = {"chat": {"id": -5, "type": "supergroup"}, "text": text}
    message |= {"reply_to_message": {"from": {"id": replied_to}}} if replied_to else {}
    for kind in ("message", "edited_message"):
        assert is_wanted({kind: message}, 1, NAME) == (said is not None)


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"chat": {"id": 5, "type": "private"}, "text": "hello"}},
        {"message": {"chat": {"id": -5, "type": "group"}, "migrate_to_chat_id": -6}},
        {"callback_query": {"id": "1"}},
        {"message": "nonsense"},
        {"message": {"chat": "nonsense"}},
    ],
)
def test_what_may_be_kept(update: dict[str, object]) -> None:
    assert is_wanted(update, 1, NAME)


def test_chatter_in_a_group_is_kept_nowhere_even_where_the_bot_can_read_it(
    forks: Forks, sqlite_template: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "claims.db").write_bytes(sqlite_template.read_bytes())
    with telegram(privacy=False) as server:
        bots = Bots(forks, server, f"sqlite:///{store / 'claims.db'}", tmp_path)
        ani = server.person(21)
        group = server.group(-500, "Newsroom", ani)
        with bots.running():
            for _ in range(3):
                ani.says("xyzzyplugh, did anybody read that?", group)
            edited = ani.says("plughxyzzy", group)
            ani.edits(edited, "plughxyzzy too")
            ani.sends_sticker(group)
            ani.says(f"@{NAME} who is the president of Atlantis?", group)
            group.hears("nothing about that")
            kept = b"".join(path.read_bytes() for path in store.iterdir())
        assert b"xyzzyplugh" not in kept
        assert b"plughxyzzy" not in kept
        assert len(group.heard) == 1
        assert "xyzzyplugh" not in bots.log


def test_only_a_groups_admins_change_what_it_follows(server: TelegramServer, sqlite_bots: Bots) -> None:
    ani, ben = server.person(21), server.person(22)
    group = server.group(-500, "Newsroom", ani, admins=(ben,))
    with sqlite_bots.running():
        ani.says(f"/follow@{NAME} north korean troops", group)
        group.hears("Only admins of this group may change that")
        ben.says(f"/follow@{NAME} north korean troops", group)
        followed = group.hears("You follow: north korean troops")
        query = ani.taps(followed, "Unfollow")
        server.wait(lambda: query in server.answers)
        assert "Only admins" in server.answers[query]["text"]
        ani.says(f"/following@{NAME}", group)
        group.hears("1. north korean troops")
        ani.says(f"/stop@{NAME}", group)
        server.wait(lambda: len([one for one in group.heard if "Only admins" in one.text]) == 2)
        ben.speaks_as(group, f"/stop@{NAME}")
        group.hears("1 topic ended")
    asked = [one.params["user_id"] for one in server.calls if one.method == "getChatMember"]
    assert sorted(set(asked)) == [21, 22]
    assert len(asked) == 2  # what was asked is remembered for a moment


def test_what_is_forgotten_in_a_group_is_the_groups(talks: Talks) -> None:
    assert "about this group" in talks.says("/forget", is_group=True)
    assert "about this group" in talks.presses("Yes, delete", is_group=True)


@pytest.mark.parametrize(
    "text", ["/stop", "/settings", "/language en", "/unfollow 1", "/forget", "/mydata", "/follow x"]
)
def test_a_member_who_is_no_admin_changes_nothing(talks: Talks, text: str) -> None:
    talks.says("/follow north korean troops")
    assert "Only admins of this group" in talks.says(text, is_group=True, may_change=False)
    assert "north korean troops" in talks.says("/following", is_group=True, may_change=False)
    for data in ("unfollow:1", "set:digest:daily:8", "forget:yes", "language:id", "events:1:everything"):
        assert "Only admins of this group" in talks.taps(data, is_group=True, may_change=False)


def test_a_name_alone_is_told_how_to_ask(talks: Talks) -> None:
    assert "Write a question with my name" in talks.says("", is_group=True)
    assert "Tulis pertanyaan" in talks.says("", is_group=True, language="id", chat=-6)
    assert "only read text" in talks.says("", is_group=True, is_media=True, chat=-7)


def test_a_group_s_follow_is_told_in_its_forum_topic(server: TelegramServer, sqlite_bots: Bots) -> None:
    admin, ben = server.person(ADMIN), server.person(22)
    group = server.group(-1000000000500, "Newsroom", admins=(ben,), forum=True)
    with sqlite_bots.running():
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        ben.says(f"/follow@{NAME} north korean troops in russia", group, thread=77)
        assert group.hears("You follow").thread == 77
        admin.says(f"/add {MORE_TROOPS}")
        assert group.hears(lambda one: "12,000" in one.text).thread == 77


def test_a_mention_below_a_message_is_about_that_message(server: TelegramServer, sqlite_bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    group = server.group(-500, "Newsroom", ani)
    with sqlite_bots.running():
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        asked = ani.says("how many north korean troops are in russia?", group)
        ani.says(f"@{NAME}", group, reply_to_message=asked)
        assert "3,000" in group.hears("What is claimed").text


def test_inline_lists_claims_and_conflicts_to_share(server: TelegramServer, sqlite_bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21, "id")
    with sqlite_bots.running():
        for text in (TROOPS, MORE_TROOPS):
            admin.says(f"/add {text}")
        server.wait(lambda: len(admin.heard) == 2)
        asked, empty, unknown = (ani.asks_inline(text) for text in ("pasukan korea utara", "", "presiden atlantis"))
        server.wait(lambda: {asked, empty, unknown} <= set(server.answers))
    cards = {one["id"]: one for one in server.answers[asked]["results"]}
    assert "conflict_1" in cards
    claims = [one for name, one in cards.items() if name.startswith("claim_")]
    assert any("12.000 tentara (Korea Utara) di Rusia" in one["title"] for one in claims)
    assert "<blockquote" in claims[0]["input_message_content"]["message_text"]
    (row,) = claims[0]["reply_markup"]["inline_keyboard"]
    assert row[0]["url"].startswith(f"https://t.me/{NAME}?start=claim_")
    assert [one["id"] for one in server.answers[empty]["results"]] == ["conflict_1"]
    assert server.answers[unknown]["results"] == []
    assert server.answers[unknown]["button"]["start_parameter"]
    for query in (asked, empty, unknown):
        assert server.answers[query]["is_personal"] is True
        assert server.answers[query]["cache_time"] <= 60


def test_a_guest_answers_in_one_message_and_keeps_nothing(server: TelegramServer, sqlite_bots: Bots) -> None:
    admin, ani = server.person(ADMIN), server.person(21)
    with sqlite_bots.running():
        admin.says(f"/add {TROOPS}")
        admin.hears("Stored")
        asked = ani.summons_bot(f"@{NAME} how many north korean troops are in russia?")
        below = ani.summons_bot(f"@{NAME}", reply_to="how many north korean troops are in russia?")
        long = ani.summons_bot(f"@{NAME}", reply_to=MORE_TROOPS + "Nothing else is said in this sentence. " * 20)
        nothing = ani.summons_bot(f"@{NAME}")
        server.wait(lambda: {asked, below, long, nothing} <= set(server.answers))
        found = sqlite_bots.forks.run(
            ["db", "stats", "--json", "--database", sqlite_bots.url], folder=sqlite_bots.folder
        )
    told = {query: server.answers[query]["result"]["input_message_content"]["message_text"] for query in server.answers}
    assert "3,000 soldiers" in told[asked]
    assert "3,000 soldiers" in told[below]
    assert "contradicts South Korea" in told[long]
    assert "Write a question with my name" in told[nothing]
    assert '"articles": 1' in found.stdout
    assert server.messages(-1000000000999) == []


def test_inline_search_and_guests_leave_no_trace_of_the_question(talks: Talks) -> None:
    talks.says(f"/add {TROOPS}", is_admin=True)
    assert talks.conversation.cards(replace(talks.who, text="north korean troops in russia"))
    assert "I know nothing" in talks.says("and according to Ukraine?")
