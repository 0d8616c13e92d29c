"""Updates are kept before Telegram is told that they came: a request class for `getUpdates` alone."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from db import inbox
from db.engine import Engine, writing

log = logging.getLogger(__name__)
#: answers that mean a proxy or a restart of the server in between, not an end: the next poll tells
_PASSING = (401, 404)
_CONFLICT = 409


class ReceivingRequest(HTTPXRequest):
    """Commits raw updates to the inbox, and hands on nothing but their numbers, by which polling moves on. What is not
    wanted is passed over unkept."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        received: Callable[[list[Any]], None],
        is_wanted: Callable[[Any], bool] = lambda _: True,
    ) -> None:
        super().__init__(connection_pool_size=1)
        self._engine = engine
        self._clock = clock
        self._received = received
        self._is_wanted = is_wanted
        #: when the Bot API last answered, on the monotonic clock: what the watchdog looks at
        self.alive = time.monotonic()
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
            rows = [(row, update) for update in list(answer["result"]) if (row := _row(update))]
        except (ValueError, KeyError, TypeError) as error:
            raise NetworkError("getUpdates gave no list of updates") from error
        if answer["result"] and not rows:
            raise NetworkError("getUpdates gave nothing but updates without numbers")
        wanted = [(row, update) for row, update in rows if self._is_wanted(update)]
        if wanted:
            try:
                await asyncio.to_thread(self._keep, [row for row, _ in wanted])
            except Exception as error:
                log.exception("updates could not be kept; asking for them again")
                raise NetworkError("the inbox cannot be written") from error
            self._received([update for _, update in wanted])
        self.alive = time.monotonic()
        answer["result"] = [{"update_id": row[0]} for row, _ in rows]
        return code, json.dumps(answer).encode()

    def _keep(self, rows: list[tuple[int, int | None, str]]) -> None:
        with writing(self._engine) as session:
            inbox.put(session, rows, self._clock())


def _row(update: Any) -> tuple[int, int | None, str] | None:
    """(update id, chat, raw). The chat orders the updates; where none is seen the person does. None for what is no
    update: it cannot even be remembered as one."""
    number = _number(update.get("update_id")) if isinstance(update, dict) else None
    if number is None:
        log.error("Telegram sent an update without a number: %.200r", update)
        return None
    inner = next((value for value in update.values() if isinstance(value, dict)), {})
    if "guest_message" in update:  # its chat is none of ours
        inner = {"from": inner.get("from")}
    message = inner.get("message")
    places = (message.get("chat") if isinstance(message, dict) else None, inner.get("chat"), inner.get("from"))
    chat = next((place for place in places if isinstance(place, dict)), {})
    return number, _number(chat.get("id")), json.dumps(update)


def _number(value: Any) -> int | None:
    """A number that a database can hold."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None
