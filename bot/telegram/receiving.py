"""Raw updates are kept before Telegram is told that they came, whichever way they come."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from db import inbox
from db.engine import Engine, writing

log = logging.getLogger(__name__)
#: the kinds of updates that are asked for, by either way
UPDATES = ["message", "edited_message", "callback_query", "inline_query", "guest_message", "my_chat_member"]
#: times in a row that Telegram gives updates to another program before this one ends
MOST_REFUSALS = 3


class UnkeptError(Exception):
    """Updates could not be kept: Telegram has to send them again."""


class Receiver:
    """Commits raw updates to the inbox. What is not wanted is passed over unkept."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        received: Callable[[list[Any]], None],
        is_wanted: Callable[[Any], bool] = lambda _: True,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._received = received
        self._is_wanted = is_wanted
        self._is_failing = False
        #: when Telegram was last heard, on the monotonic clock: what the watchdog looks at
        self.alive = time.monotonic()

    def hear(self) -> None:
        """Telegram has answered: a sign of life, unless what it sent last could not be kept."""
        if not self._is_failing:
            self.alive = time.monotonic()

    async def keep(self, updates: Sequence[Any]) -> list[int]:
        """Keep updates; gives their numbers, those of unwanted ones too. Raises UnkeptError."""
        rows = [(row, update) for update in updates if (row := _row(update))]
        wanted = [(row, update) for row, update in rows if self._is_wanted(update)]
        if wanted:
            try:
                await asyncio.to_thread(self._put, [row for row, _ in wanted])
            except Exception as error:
                self._is_failing = True
                log.exception("updates could not be kept; Telegram is to send them again")
                raise UnkeptError("the inbox cannot be written") from error
            self._is_failing = False
            self._received([update for _, update in wanted])
        self.hear()
        return [row[0] for row, _ in rows]

    def _put(self, rows: list[tuple[int, int | None, str]]) -> None:
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
