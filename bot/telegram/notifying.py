"""One pass over the outbox: what is due is sent, and marked after Telegram took it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from telegram import Bot
from telegram.error import TelegramError

from bot.notify import render
from bot.queues import Queues
from bot.telegram.errors import Busy, Gone, Moved, Never, meaning
from bot.telegram.lane import Lane
from bot.telegram.sending import send
from db.values import Message

log = logging.getLogger(__name__)
#: messages on their way at the same time: one that hangs does not keep the others
AT_ONCE = 25
#: a message that would have to wait longer for its chat makes room for others
_SHORT_WAIT = 2.0
#: seconds until a message that failed is tried again; four times as many after each further failure
_FIRST_WAIT, _LONGEST_WAIT = 2, 3600


@dataclass
class Notifier:
    """Empties the outbox."""

    bot: Bot
    queues: Queues
    clock: Callable[[], datetime]
    lane: Lane
    _busy: set[asyncio.Task[None]] = field(default_factory=set)
    #: messages that Telegram took and that the database could not mark, by number: their number in the chat
    _unmarked: dict[int, int] = field(default_factory=dict)

    async def round(self) -> None:
        """Begin to send the due messages, one a chat."""
        for number, message_id in list(self._unmarked.items()):
            await asyncio.to_thread(self.queues.sent, number, message_id)
            del self._unmarked[number]
        room = AT_ONCE - len(self._busy)
        if room <= 0:
            return
        due = partial(self.queues.due_messages, self.clock(), limit=room)
        for message in await asyncio.to_thread(due):
            task = asyncio.create_task(self._send(message))
            self._busy.add(task)
            task.add_done_callback(self._finished)

    async def finish(self, seconds: float) -> None:
        """Give what is on its way a little time; what is left goes after the next start."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=seconds)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled() and task.exception():
            log.error("a message is left for later: %s", task.exception())

    async def _send(self, message: Message) -> None:
        alert = await asyncio.to_thread(self.queues.alert, message)
        if alert is None:
            await asyncio.to_thread(self.queues.send_never, message.number, "no longer followed")
            return
        wait = self.lane.delay(message.chat)
        if wait > _SHORT_WAIT:
            await self._later(message, wait, "the chat has to wait", failure=False)
            return
        try:
            async with self.lane.turn(message.chat, urgent=False):
                for reply in render(alert):
                    sent = await send(self.bot, message.chat, reply, message.thread)
                    self._unmarked[message.number] = sent.message_id
                await asyncio.to_thread(self.queues.sent, message.number, self._unmarked.get(message.number))
                self._unmarked.pop(message.number, None)
        except TelegramError as error:
            await self._refused(message, error)
        except UnicodeError as error:  # never retried unchanged
            await asyncio.to_thread(self.queues.send_never, message.number, repr(error))

    async def _refused(self, message: Message, error: TelegramError) -> None:
        refused = meaning(error)
        self._unmarked.pop(message.number, None)
        log.warning("message %s was not taken: %s", message.number, error)
        if isinstance(refused, Gone):
            await asyncio.to_thread(self.queues.chat_gone, message.chat)
        elif isinstance(refused, Moved):
            await asyncio.to_thread(self.queues.chat_moved, message.chat, refused.chat)
        elif isinstance(refused, Busy):
            self.lane.pause(message.chat, refused.seconds)
            await self._later(message, refused.seconds, str(error), failure=False)
        elif isinstance(refused, Never):
            await asyncio.to_thread(self.queues.send_never, message.number, str(error))
        else:
            wait = min(_FIRST_WAIT * 4 ** min(message.attempts - 1, 8), _LONGEST_WAIT)
            await self._later(message, wait, str(error), failure=True)

    async def _later(self, message: Message, seconds: float, why: str, *, failure: bool) -> None:
        due = self.clock() + timedelta(seconds=seconds)
        later = partial(self.queues.send_later, message.number, due, why, failure=failure)
        await asyncio.to_thread(later)
