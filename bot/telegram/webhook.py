"""Updates by webhook: Telegram delivers each to a small server behind a proxy, which answers once it is kept."""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest
from telegram.error import TelegramError as BotApiError
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from bot.telegram.receiving import MOST_REFUSALS, UPDATES, Receiver, UnkeptError

log = logging.getLogger(__name__)
#: bytes of a request, and seconds until it has to be there; seconds that a proxy's connection may be idle
LARGEST, SLOWEST, IDLE = 1_000_000, 10.0, 120.0
#: deliveries at the same time; Telegram delivers the updates of one chat one after another
CONNECTIONS = 8
#: seconds until Telegram is asked again after a failure
_PAUSE = 2.0
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def secrets_of(token: str) -> tuple[str, str]:
    """The last part of the webhook's path, and what Telegram says in each request: nobody guesses either, nobody has to
    set them, and both are the same after each start."""
    path, secret = (hmac.new(token.encode(), what, sha256).hexdigest() for what in (b"path", b"secret"))
    return path[:32], secret


class Webhook:
    """Serves the webhook at `listen` ("127.0.0.1:8080"), tells Telegram of it under `url`, and asks again and again
    whether it is still set: that is the sign of life where nobody writes. When this ends Telegram keeps what comes in
    for the next start. `fail` is told why where it cannot go on, `report` (a reference, a cause) what keeps Telegram
    from delivering."""

    def __init__(
        self,
        bot: Bot,
        receiver: Receiver,
        *,
        url: str,
        listen: str,
        pause: float,
        clock: Callable[[], datetime],
        fail: Callable[[str], None],
        report: Callable[[str, str], None],
    ) -> None:
        self._bot = bot
        self._receiver = receiver
        self._path, self._secret = secrets_of(bot.token)
        self._url = f"{url.rstrip('/')}/{self._path}"
        self._listen = listen
        self._pause = pause
        self._clock = clock
        self._fail = fail
        self._report = report
        self._told = clock()
        self._refusals = 0
        self._tending: asyncio.Task[None] | None = None
        door = Application([(".*", _Door, {"webhook": self})], log_function=lambda _: None)
        self._server = HTTPServer(
            door, max_body_size=LARGEST, body_timeout=SLOWEST, idle_connection_timeout=IDLE, chunk_size=65_536
        )

    async def start(self) -> None:
        """Listen, then have Telegram deliver."""
        place = urlsplit(f"//{self._listen}")
        try:
            self._server.listen(place.port or 0, place.hostname)
        except OSError as error:
            self._fail(f"WEBHOOK_LISTEN: cannot listen on {self._listen} ({error.strerror}): use another port")
            return
        self._tending = asyncio.create_task(self._tend())

    async def stop(self) -> None:
        """Take no more; what is cut off comes again."""
        if self._tending:
            self._tending.cancel()
            with suppress(asyncio.CancelledError):
                await self._tending
        self._server.stop()
        await self._server.close_all_connections()

    def is_telegram(self, request: HTTPServerRequest) -> bool:
        """Whether a request knows the path and the secret, however much of the path a proxy has cut off."""
        path, secret = request.path.rpartition("/")[2], request.headers.get(_HEADER, "")
        is_path = hmac.compare_digest(path.encode(), self._path.encode())
        is_secret = hmac.compare_digest(secret.encode("utf-8", "replace"), self._secret.encode())
        if is_path and not is_secret:
            log.warning("a request knew the webhook's path, and not its secret: does a proxy drop headers?")
        return is_path and is_secret

    async def keep(self, update: Any) -> None:
        """Keep a delivered update. Raises UnkeptError."""
        await self._receiver.keep([update])

    async def _tend(self) -> None:
        await self._set_when_reached()
        while True:
            await asyncio.sleep(self._pause)
            try:
                await self._look()
            except BotApiError as error:
                log.warning("the webhook cannot be looked after: %s", error)

    async def _set_when_reached(self) -> None:
        while True:
            try:
                await self._set()
                return
            except BotApiError as error:
                log.warning("the webhook cannot be set (%s); trying again", error)
                await asyncio.sleep(_PAUSE)

    async def _set(self) -> None:
        """Raises BotApiError where it has to be tried again."""
        try:
            await self._bot.set_webhook(
                self._url,
                allowed_updates=UPDATES,
                max_connections=CONNECTIONS,
                secret_token=self._secret,
                drop_pending_updates=False,
            )
        except BadRequest as error:
            self._fail(f"Telegram refuses WEBHOOK_URL ({error.message}): it must be reachable by https from outside")
        self._receiver.hear()

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        self._receiver.hear()
        self._tell(info)
        self._refusals = 0 if info.url == self._url else self._refusals + 1
        if self._refusals > MOST_REFUSALS:
            self._fail("another program receives updates with this token: stop it, or use another token")
        elif self._refusals:
            log.warning("somebody has taken the webhook away; setting it again")
            await self._set()

    def _tell(self, info: WebhookInfo) -> None:
        """Say what Telegram met when it last delivered, once."""
        failed = info.last_error_date
        if failed and failed > self._told:
            self._told = failed
            why = f"Telegram cannot deliver: {info.last_error_message}"
            log.warning(
                "%s (%d updates wait): does the proxy lead to %s?", why, info.pending_update_count, self._listen
            )
            self._report("W-webhook", why)


@stream_request_body
class _Door(RequestHandler):
    """Lets Telegram in, and tells nobody else anything."""

    def initialize(self, webhook: Webhook) -> None:
        """Called by tornado for each request."""
        self._webhook = webhook
        self._body = bytearray()

    def set_default_headers(self) -> None:
        """Says nothing of the server."""
        self.clear_header("Server")

    def prepare(self) -> None:
        """Called before the body is read."""
        if self.request.method != "POST" or not self._webhook.is_telegram(self.request):
            raise HTTPError(404)

    def data_received(self, chunk: bytes) -> None:
        """A piece of the body; the server bounds them all."""
        self._body += chunk

    async def post(self) -> None:
        """An update."""
        try:
            await self._webhook.keep(json.loads(self._body))
        except (ValueError, RecursionError) as error:
            raise HTTPError(400) from error
        except UnkeptError as error:
            raise HTTPError(503) from error

    def write_error(self, status_code: int, **more: Any) -> None:
        """No words."""
        del status_code, more
        self.finish()

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """What strangers ask for is no news; our own mistakes are."""
        del typ, tb
        if not isinstance(value, HTTPError):
            log.error("a delivery failed", exc_info=value)
