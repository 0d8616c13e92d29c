"""Updates by long polling: a request class for `getUpdates` alone keeps them before polling moves on."""

import json
import logging
import ssl
from collections.abc import Callable
from functools import cache
from typing import Any

import httpx
from telegram.error import Conflict, NetworkError
from telegram.error import TelegramError as BotApiError
from telegram.ext import Updater
from telegram.request import HTTPXRequest

from bot.telegram.receiving import MOST_REFUSALS, UPDATES, Receiver, UnkeptError

log = logging.getLogger(__name__)
#: answers that mean a proxy or a restart of the server in between, not an end: the next poll tells
_PASSING = (401, 404)
_CONFLICT = 409


@cache
def certificates() -> ssl.SSLContext:
    """What Telegram's certificate is checked against, for all requests: to read it takes 20 ms."""
    return httpx.create_ssl_context()


class PollingRequest(HTTPXRequest):
    """Has raw updates kept, and hands on nothing but their numbers, by which polling moves on."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__(connection_pool_size=1, httpx_kwargs={"verify": certificates()})
        self._receiver = receiver
        #: polls in a row that were refused because another program polls with the same token
        self.refusals = 0

    async def do_request(self, url: str, method: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        """One request. Raises NetworkError where the updates could not be kept: polling then asks for them again."""
        code, payload = await super().do_request(url, method, *args, **options)
        if not url.endswith("/getUpdates"):
            return code, payload
        if code in _PASSING:
            return 503, b'{"ok": false, "description": "the Bot API does not know the bot at the moment"}'
        self.refusals = self.refusals + 1 if code == _CONFLICT else 0
        if code != 200:
            return code, payload
        try:
            answer = json.loads(payload)
            updates = list(answer["result"])
        except (ValueError, KeyError, TypeError) as error:
            raise NetworkError("getUpdates gave no list of updates") from error
        try:
            numbers = await self._receiver.keep(updates)
        except UnkeptError as error:
            raise NetworkError(str(error)) from error
        if updates and not numbers:
            raise NetworkError("getUpdates gave nothing but updates without numbers")
        answer["result"] = [{"update_id": number} for number in numbers]
        return code, json.dumps(answer).encode()


class Polling:
    """Asks Telegram for updates; a webhook that was set is taken away at the start, and nothing that waits is dropped.
    `fail` is told why where it cannot go on."""

    def __init__(self, updater: Updater, request: PollingRequest, pause: float, fail: Callable[[str], None]) -> None:
        self._updater = updater
        self._request = request
        self._pause = pause
        self._fail = fail

    async def start(self) -> None:
        """Poll from now on."""
        await self._updater.start_polling(
            timeout=max(1, int(self._pause)),
            bootstrap_retries=-1,
            allowed_updates=UPDATES,
            error_callback=self._failed,
        )

    async def stop(self) -> None:
        """The end of it."""
        await self._updater.stop()

    def _failed(self, error: BotApiError) -> None:
        """A poll of our own that was cut off may still be open for a moment; another program's stays."""
        log.warning("polling: %s", error)
        if isinstance(error, Conflict) and self._request.refusals >= MOST_REFUSALS:
            self._fail("another program receives updates with this token: stop it, or use another token")
