"""Every tap is answered: with what it brought, or within a second with "working…"."""

import asyncio
import logging
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.locale import nearest, say

log = logging.getLogger(__name__)
#: seconds until a person is told that something is going on
PATIENCE = 0.7
#: taps that are waited for at the same time
_MOST = 1000
_LONGEST = 200


class Taps:
    """Knows which taps wait for an answer."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        #: taps that were told "working…", and the tasks that tell it
        self._told: dict[str, asyncio.Task[None]] = {}

    def heard(self, update: Any) -> None:
        """An update has come in; where it is a tap, its person waits from now on."""
        query = update.get("callback_query")
        number = query.get("id") if isinstance(query, dict) else None
        if not isinstance(number, str) or number in self._waiting or len(self._waiting) >= _MOST:
            return
        sender = query.get("from")
        code = sender.get("language_code") if isinstance(sender, dict) else None
        words = say(nearest(code if isinstance(code, str) else None), "answer.working")
        loop = asyncio.get_running_loop()
        self._waiting[number] = loop.call_later(PATIENCE, self._reassure, number, str(words))

    async def answer(self, number: str, text: str) -> bool:
        """Answer a tap; False where it was told "working…" before, and the text is yet to be said. Raises
        TelegramError."""
        timer = self._waiting.pop(number, None)
        if timer:
            timer.cancel()
        if self._told.pop(number, None):
            return False
        await self._tell(number, text)
        return True

    def _reassure(self, number: str, words: str) -> None:
        del self._waiting[number]
        if len(self._told) >= _MOST:
            self._told.clear()
        self._told[number] = asyncio.create_task(self._tell_kindly(number, words))

    async def _tell_kindly(self, number: str, words: str) -> None:
        try:
            await self._tell(number, words)
        except TelegramError as error:
            log.info("a tap could not be answered at once: %s", error)

    async def _tell(self, number: str, text: str) -> None:
        try:
            await self._bot.answer_callback_query(number, text=text[:_LONGEST] or None)
        except BadRequest:
            log.info("a tap was too old to be answered")
