"""What went wrong, told to the admins: a reference, which the person concerned sees too, the cause, and no token."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection

from telegram import Bot
from telegram.error import TelegramError

from bot.locale import nearest, say
from bot.replies import Reply
from bot.telegram.lane import Lane, Urgency
from bot.telegram.sending import send

log = logging.getLogger(__name__)
#: the same cause is told again after so many seconds; causes that are remembered
_QUIET, _MOST = 600.0, 200
_LONGEST = 600


class Reports:
    """Tells admins of errors, of each cause once in a while. `clock` counts seconds and never goes back."""

    def __init__(
        self,
        bot: Bot,
        lane: Lane,
        admins: Collection[int],
        language: Callable[[int], str | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._lane = lane
        self._admins = sorted(admins)
        self._language = language
        self._clock = clock
        self._told: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def tell(self, reference: str, cause: str) -> None:
        """Tell the admins, in the background."""
        shown = self._redacted(cause)[:_LONGEST]
        if self._told.get(shown, 0.0) > self._clock():
            return
        if len(self._told) >= _MOST:
            self._told.clear()
        self._told[shown] = self._clock() + _QUIET
        for admin in self._admins:
            task = asyncio.create_task(self._send(admin, reference, shown))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _redacted(self, cause: str) -> str:
        token = self._bot.token
        return cause.replace(token, "…").replace(token.partition(":")[2], "…")

    async def _send(self, admin: int, reference: str, cause: str) -> None:
        try:
            language = nearest(await asyncio.to_thread(self._language, admin))
            async with self._lane.turn(admin, Urgency.ALERT):
                await send(self._bot, admin, Reply(say(language, "error.report", reference=reference, cause=cause)))
        except TelegramError as error:
            log.warning("admin %s could not be told of %s: %s", admin, reference, error)
        except Exception as error:  # a report of an error may not become the next one
            log.error("admin %s was not told of %s: %s", admin, reference, error)
