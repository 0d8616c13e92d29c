"""Updates that Telegram delivers: kept before it is told so, answered once, and nothing told to anybody else."""

import json
import socket
import time

import pytest

from tests.bots import ADMIN, Bots
from tests.telegram_server import TelegramServer


@pytest.fixture
def hooked() -> dict[str, str]:
    """Settings of a bot with a webhook at a free port of loopback, without a proxy in between."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{found.getsockname()[1]}"
    return {"WEBHOOK_URL": f"http://{place}/telegram/", "WEBHOOK_LISTEN": place}


def test_a_delivered_update_is_answered_once_and_strangers_hear_nothing(
    server: TelegramServer, sqlite_bots: Bots, hooked: dict[str, str]
) -> None:
    ani = server.person(21)
    with sqlite_bots.running(**hooked):
        server.wait(lambda: server.webhook)
        url, secret, cut = server.webhook["url"], server.webhook["secret_token"], hooked["WEBHOOK_LISTEN"]
        ani.says("/privacy")
        ani.hears("I keep")
        again = {"update_id": 1, "message": ani.message(text="/privacy")}
        good = json.dumps(again).encode()
        assert server.post(url, good, secret) == 200
        assert server.post(f"http://{cut}/{url.rpartition('/')[2]}", good, secret) == 200
        strangers: list[tuple[str, bytes, str, str]] = [
            (url, good, "", "POST"), (url, good, "guessed", "POST"), (f"{url}x", good, secret, "POST"),
            (f"http://{cut}/", good, secret, "POST"), (url, good, secret, "GET"), (url, good, secret, "PUT"),
        ]  # fmt: skip
        assert {server.post(*told) for told in strangers} == {404}
        assert {server.post(url, body, secret) for body in (b"{", b"[" * 500_000, b"\xff")} == {400}
        assert server.post(url, b" " * 1_000_001, secret) in (0, 400)
        ani.says("/help")
        ani.hears("Write a question")
        assert len(ani.heard) == 2
    assert set(server.delivered) == {200}
    assert server.webhook
    assert not any(part in sqlite_bots.log for part in (secret, url.rpartition("/")[2]))


def test_what_was_kept_before_a_kill_is_answered_by_polling_as_well(
    server: TelegramServer, bots: Bots, hooked: dict[str, str]
) -> None:
    ani, budi = server.person(21), server.person(22)
    server.fail("sendMessage", "drop before", times=float("inf"))
    killed = bots.start(**hooked)
    ani.says("/privacy")
    server.wait(lambda: server.delivered)
    killed.kill()
    budi.says("/privacy")
    server.faults.clear()
    with bots.running():
        ani.hears("I keep")
        budi.hears("I keep")
    assert not server.webhook
    assert (len(ani.heard), len(budi.heard)) == (1, 1)


def test_a_webhook_that_fails_or_is_taken_away_is_looked_after_and_in_the_end_left(
    server: TelegramServer, sqlite_bots: Bots, hooked: dict[str, str]
) -> None:
    admin = server.person(ADMIN)
    admin.started = True
    bot = sqlite_bots.start(**hooked, spoilt="import bot.telegram.app as app\napp.PAUSE = 0.1")
    server.webhook_error = {"last_error_date": int(time.time()) + 9, "last_error_message": "Connection refused"}
    admin.hears("Telegram cannot deliver: Connection refused")
    for _ in range(4):
        server.wait(lambda: server.webhook)
        server.webhook = {}
    assert bot.wait(30) == 1
    assert "another program receives updates with this token" in sqlite_bots.log


@pytest.mark.parametrize(("method", "said"), [("setWebhook", "Telegram refuses WEBHOOK_URL"), ("", "cannot listen on")])
def test_a_webhook_that_cannot_be_is_explained(
    server: TelegramServer, sqlite_bots: Bots, hooked: dict[str, str], method: str, said: str
) -> None:
    if method:
        server.fail(method, "400")
    else:
        hooked["WEBHOOK_LISTEN"] = server.base_url.removeprefix("http://").partition("/")[0]
    code, told = sqlite_bots.once(**hooked)
    assert code == 1
    assert said in told
    assert told.count("\n") == 1
