"""The Bot API server that the other tests talk to: as strict as Telegram, and as troublesome on request."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import telegram
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.telegram_server import TOKEN, TelegramServer
from tests.telegram_spec import formatted

PIXEL = b"\x89PNG\r\n\x1a\n--\r\n\x00\xff"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


def post(server: TelegramServer, method: str, **params: Any) -> Any:
    """The answer to a JSON request, decoded."""
    return httpx.post(f"{server.base_url}{TOKEN}/{method}", json=params, timeout=10).json()


def with_bot(server: TelegramServer, work: Callable[[Bot], Awaitable[Any]], token: str = TOKEN) -> Any:
    """What the library gets out of the server."""

    async def run() -> Any:
        async with Bot(token, base_url=server.base_url, base_file_url=server.file_url) as bot:
            return await work(bot)

    return asyncio.run(run())


def test_get_form_multipart_and_json_requests_are_the_same(server: TelegramServer) -> None:
    server.person(5).says("/start")
    url, params = f"{server.base_url}{TOKEN}/sendMessage", {"chat_id": "5", "text": "tó & +"}
    answers = [
        httpx.get(url, params=params),
        httpx.post(url, data=params),
        httpx.post(url, files={name: (None, value) for name, value in params.items()}),
        httpx.post(url, json={"chat_id": 5, "text": "tó & +"}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["tó & +"] * 4
    assert server.violations == []


def test_an_offset_confirms_what_came_before_it(server: TelegramServer) -> None:
    ani = server.person(5)
    for text in ("a", "b", "c"):
        ani.says(text)
    assert [one["update_id"] for one in post(server, "getUpdates")["result"]] == [1, 2, 3]
    assert [one["message"]["text"] for one in post(server, "getUpdates", offset=2, limit=1)["result"]] == ["b"]
    assert [one["update_id"] for one in post(server, "getUpdates", offset=-1)["result"]] == [3]
    assert post(server, "getUpdates", offset=4)["result"] == []


def test_a_long_poll_ends_with_the_first_update(server: TelegramServer) -> None:
    with ThreadPoolExecutor() as pool:
        poll = pool.submit(post, server, "getUpdates", timeout=8)
        server.wait(lambda: server.calls)
        server.person(5).says("hello")
        assert poll.result(2)["result"][0]["message"]["text"] == "hello"


def test_a_second_poller_conflicts_until_the_first_hangs_up(server: TelegramServer) -> None:
    with ThreadPoolExecutor() as pool:
        first = pool.submit(httpx.get, f"{server.base_url}{TOKEN}/getUpdates", params={"timeout": 9}, timeout=1)
        server.wait(lambda: server.calls)
        assert post(server, "getUpdates")["error_code"] == 409
        assert isinstance(first.exception(), httpx.ReadTimeout)
    assert post(server, "getUpdates")["ok"]


def test_updates_of_other_kinds_than_allowed_are_not_made(server: TelegramServer) -> None:
    post(server, "getUpdates", allowed_updates=["callback_query"])
    server.person(5).says("hello")
    assert post(server, "getUpdates")["result"] == []


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMesage", {}, "not found"),
        ("sendMessage", {"chat_id": 5}, "lacks ['text']"),
        ("sendMessage", {"chat_id": 5, "text": "x", "colour": 1}, "unknown ['colour']"),
        ("sendMessage", {"chat_id": [5], "text": "x"}, "chat_id must be of type"),
        ("sendMessage", {"chat_id": 5, "text": " \n"}, "message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": "x" * 4097}, "too long"),
        ("sendMessage", {"chat_id": 5, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": "a < b", "parse_mode": "HTML"}, "not escaped"),
        ("sendMessage", {"chat_id": 5, "text": "AT&T", "parse_mode": "HTML"}, "not escaped"),
        ("sendMessage", {"chat_id": 5, "text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "unexpected end tag"),
        ("sendMessage", {"chat_id": 5, "text": "<b>x", "parse_mode": "HTML"}, "no end of the start tag"),
        ("sendMessage", {"chat_id": 5, "text": "<h1>x</h1>", "parse_mode": "HTML"}, "unsupported start tag"),
        ("sendMessage", {"chat_id": 5, "text": '<a href="x">x</a>', "parse_mode": "HTML"}, "dropped by Telegram"),
        ("sendPhoto", {"chat_id": 5, "photo": "a", "caption": "x" * 1025}, "too long"),
        ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "may not be 'Help'"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "lacks ['chat_id']"),
        ("setMyName", {"name": "x" * 65}, "too long"),
        ("sendChatAction", {"chat_id": 5, "action": "thinking"}, "may not be"),
        ("editMessageText", {"chat_id": 5, "text": "x"}, "identifier is missing"),
        ("getStarTransactions", {}, "unknown to this server"),
    ],
)
def test_what_breaks_the_specification_is_refused_and_noted(
    server: TelegramServer, method: str, params: dict[str, Any], words: str
) -> None:
    server.person(5).says("/start")
    assert not post(server, method, **params)["ok"]
    assert len(server.violations) == 1
    assert words in server.violations[0]
    assert server.person(5).heard == []


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "a", "callback_data": "é" * 33}, "66 instead of 1-64 bytes"),
        ({"text": "a"}, "exactly one action"),
        ({"text": "a", "callback_data": "b", "url": "https://example.org"}, "exactly one action"),
        ({"text": "", "callback_data": "b"}, "may not be ''"),
        ({"text": "a", "url": "javascript:alert(1)"}, "may not be"),
    ],
)
def test_buttons_that_telegram_refuses_are_refused(server: TelegramServer, button: dict[str, str], words: str) -> None:
    server.person(5).says("/start")
    markup = json.dumps({"inline_keyboard": [[button]]})
    assert post(server, "sendMessage", chat_id=5, text="x", reply_markup=markup)["error_code"] == 400
    assert words in server.violations[0]


def test_limits_count_characters_after_parsing_and_offsets_utf16_units(server: TelegramServer) -> None:
    server.person(5).says("/start")
    text = f"😀<b>{'&lt;' * 4095}</b>"
    assert post(server, "sendMessage", chat_id=5, text=text, parse_mode="HTML")["ok"]
    sent = server.messages(5)[0]
    assert (sent.html, sent.text) == (text, "😀" + "<" * 4095)
    assert sent.api["entities"] == [{"type": "bold", "offset": 2, "length": 4095}]
    assert formatted("<blockquote expandable>x</blockquote>", "HTML")[1][0]["type"] == "expandable_blockquote"


def test_a_conversation_through_the_library(server: TelegramServer) -> None:
    """Say, answer with buttons, tap, edit, answer the tap."""
    ani = server.person(5, "id", first_name="Sari")
    ani.says("/start claim_42")

    async def work(bot: Bot) -> None:
        said = (await bot.get_updates())[0].message
        assert said is not None
        assert said.from_user is not None
        assert (said.text, said.from_user.language_code) == ("/start claim_42", "id")
        assert said.entities[0].type == "bot_command"
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("Semua", callback_data="all")]])
        await said.reply_text("<b>Halo</b> &amp; apa kabar", parse_mode=ParseMode.HTML, reply_markup=keys)
        shown = ani.hears("halo & apa kabar")
        tap = ani.taps(shown, "semua")
        assert server.unanswered() == {tap}
        query = (await bot.get_updates(offset=2))[0].callback_query
        assert query is not None
        assert query.data == "all"
        await query.edit_message_text("Selesai")
        await query.answer("Baik")
        assert (shown.text, shown.labels, shown.edited) == ("Selesai", [], True)
        assert server.answers[tap]["text"] == "Baik"
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await query.answer()
        with pytest.raises(BadRequest, match=r"(?i)not modified"):
            await bot.edit_message_text("Selesai", 5, shown.number)
        await bot.delete_message(5, shown.number)
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("Lagi", 5, shown.number)

    with_bot(server, work)
    assert (ani.heard, server.unanswered(), server.violations) == ([], set(), [])


def test_files_go_both_ways_byte_by_byte(server: TelegramServer) -> None:
    ani = server.person(5)
    ani.sends_document("berita.txt", PIXEL, caption="baca")

    async def work(bot: Bot) -> None:
        message = (await bot.get_updates())[0].message
        assert message is not None
        assert message.document is not None
        assert bytes(await (await message.document.get_file()).download_as_bytearray()) == PIXEL
        await bot.send_document(5, PIXEL, filename="ekspor.json", caption="<i>x</i>", parse_mode="HTML")
        await bot.send_photo(5, PIXEL)
        with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
            await bot.send_photo(5, b"no picture")

    with_bot(server, work)
    file = ani.heard[0].file
    assert file is not None
    assert (file.name, file.content) == ("ekspor.json", PIXEL)
    assert ani.heard[0].text == "x"
    assert server.violations == []


def test_the_other_methods_speak_with_the_library(server: TelegramServer) -> None:
    ani, ben = server.person(5), server.person(6)
    server.group(-100, "Redaksi", ani, admins=(ben,))
    query = ani.asks_inline("tentara")

    async def work(bot: Bot) -> None:
        assert (await bot.get_me()).username == "claim_test_bot"
        content = telegram.InputTextMessageContent("<b>x</b>", parse_mode="HTML")
        await bot.answer_inline_query(query, [telegram.InlineQueryResultArticle("1", "Klaim", content)])
        await bot.set_my_commands([("help", "Bantuan")], telegram.BotCommandScopeAllPrivateChats(), "id")
        await bot.set_my_name("claimbot")
        await bot.set_my_description("Siapa bilang apa", "id")
        await bot.set_my_short_description("Klaim")
        await bot.delete_webhook()
        await bot.send_chat_action(-100, "typing")
        assert (await bot.get_chat(-100)).title == "Redaksi"
        assert (await bot.get_chat_member(-100, 5)).status == "member"
        assert (await bot.get_chat_member(-100, 7)).status == "left"
        assert [one.user.id for one in await bot.get_chat_administrators(-100)] == [6]
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]])
        sent = await bot.send_message(-100, "x", reply_markup=markup)
        await bot.edit_message_reply_markup(-100, sent.message_id)

    with_bot(server, work)
    assert server.messages(-100)[0].labels == []
    assert server.violations == []


def test_privacy_mode_hides_what_is_not_meant_for_the_bot(server: TelegramServer) -> None:
    ani = server.person(5)
    group = server.group(-1000000000100, "Redaksi", ani, forum=True)
    ani.says("/help@claim_test_bot", group, thread=7)
    post(server, "sendMessage", chat_id=group.number, text="x", message_thread_id=7)
    for text in ("good morning", "/help@other_bot", "mail@claim_test_bot.org", "https://x.org/help", "half/half"):
        ani.says(text, group)
    for text in ("/help", "hey @Claim_Test_Bot, who says so?"):
        ani.says(text, group)
    ani.says("and you?", group, reply_to=server.messages(group.number)[0], thread=7)
    ani.sends_sticker(group)
    got = [one["message"]["text"] for one in post(server, "getUpdates")["result"]]
    assert got == ["/help@claim_test_bot", "/help", "hey @Claim_Test_Bot, who says so?", "and you?"]
    assert group.heard[0].thread == 7
    assert post(server, "sendMessage", chat_id=group.number, text="x", message_thread_id=8)["error_code"] == 400


def test_edits_forwards_stickers_posts_and_blocks_become_updates(server: TelegramServer) -> None:
    ani = server.person(5)
    ani.edits(ani.says("helo"), "hello")
    ani.forwards("12 orang tewas", channel="Harian Contoh")
    ani.sends_sticker()
    server.channel_post("x")
    ani.blocks_bot()
    assert post(server, "sendMessage", chat_id=5, text="x")["description"] == "Forbidden: bot was blocked by the user"
    ani.says("/start")
    updates = with_bot(server, lambda bot: bot.get_updates())
    assert updates[1].edited_message.text == "hello"
    assert updates[2].message.forward_origin.chat.title == "Harian Contoh"
    assert updates[3].message.sticker
    assert updates[4].channel_post.text == "x"
    assert [one.my_chat_member.new_chat_member.status for one in (updates[5], updates[6])] == ["kicked", "member"]
    assert server.violations == []


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("401", InvalidToken),
        ("403", Forbidden),
        ("404", InvalidToken),
        ("429", RetryAfter),
        ("500", NetworkError),
        ("502", NetworkError),
        ("drop before", NetworkError),
        ("drop after", NetworkError),
        ("malformed", telegram.error.TelegramError),
        ("moved", ChatMigrated),
    ],
)
def test_a_fault_is_what_the_library_knows_it_as(
    server: TelegramServer, monkeypatch: pytest.MonkeyPatch, kind: str, error: type[Exception]
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or the library warns of a change to come
    ani = server.person(5)
    group = server.group(-100, "Redaksi", ani)
    server.fail("sendMessage", kind)
    with pytest.raises(error):
        with_bot(server, lambda bot: bot.send_message(-100, "x"))
    assert len(group.heard) == (kind in ("drop after", "malformed"))
    with_bot(server, lambda bot: bot.send_message(group.number, "y"))
    group.hears("y")


def test_a_slow_answer_outlasts_the_client_and_is_delivered(server: TelegramServer) -> None:
    ani = server.person(5)
    ani.says("/start")
    server.fail("sendMessage", "slow", value=0.4)
    with pytest.raises(telegram.error.TimedOut):
        with_bot(server, lambda bot: bot.send_message(5, "x", read_timeout=0.1))
    ani.hears("x")


def test_a_token_that_is_not_ours_is_refused(server: TelegramServer) -> None:
    with pytest.raises(InvalidToken):
        with_bot(server, lambda bot: bot.get_me(), token="123456:other")


def test_nobody_is_written_to_who_has_not_written_first(server: TelegramServer) -> None:
    server.person(5)
    assert "can't initiate" in post(server, "sendMessage", chat_id=5, text="x")["description"]
    assert "chat not found" in post(server, "sendMessage", chat_id=6, text="x")["description"]
    assert server.violations == []


def test_a_malformed_update_is_delivered_as_it_is(server: TelegramServer) -> None:
    server.push_malformed(message={"text": 5})
    assert post(server, "getUpdates")["result"] == [{"update_id": 1, "message": {"text": 5}}]


def test_waiting_in_vain_shows_all_that_was_said(server: TelegramServer) -> None:
    ani = server.person(5)
    ani.says("who says so?")
    post(server, "sendMessage", chat_id=5, text="South Korea")
    with pytest.raises(AssertionError, match=r"(?s)Ani in Ani: who says so\?.*claimbot to Ani: South Korea"):
        ani.hears("North Korea", seconds=0.1)
