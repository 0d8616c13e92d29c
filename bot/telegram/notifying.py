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
from bot.telegram.lane import Lane, Urgency
from bot.telegram.sending import send
from db.engine import DatabaseError
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
    #: told of what went wrong: a reference and the cause
    report: Callable[[str, str], None] = lambda *_: None
    _busy: set[asyncio.Task[None]] = field(default_factory=set)
    #: messages that Telegram took and that the database could not mark, by their rows: their number in the chat
    _unmarked: dict[tuple[int, ...], int] = field(default_factory=dict)

    async def round(self) -> None:
        """Begin to send the due messages, one a chat."""
        for numbers, message_id in list(self._unmarked.items()):
            await asyncio.to_thread(self.queues.sent, numbers, self.clock(), message_id)
            del self._unmarked[numbers]
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
            log.error("a message is left for later", exc_info=task.exception())

    async def _send(self, message: Message) -> None:
        try:
            await self._tell(message)
        except TelegramError as error:
            await self._refused(message, error)
        except UnicodeError as error:  # never retried unchanged
            await asyncio.to_thread(self.queues.send_never, message.numbers, repr(error))
        except DatabaseError:  # the lease runs out, or the next round marks it
            raise
        except Exception as error:  # whatever it is, the message is kept for another try
            log.exception("message %s failed", message.numbers)
            self.report(f"M{message.numbers[0]}", repr(error))
            await self._later(message, _wait(message), repr(error), failure=True)

    async def _tell(self, message: Message) -> None:
        told = await asyncio.to_thread(self.queues.alerts, message)
        if not told:
            await asyncio.to_thread(self.queues.send_never, message.numbers, "no longer followed, or claimed")
            return
        wait = self.lane.delay(message.chat)
        if wait > _SHORT_WAIT:
            await self._later(message, wait, "the chat has to wait", failure=False)
            return
        replies = render(told, digest=message.digest)
        async with self.lane.turn(message.chat, Urgency.ALERT):
            for reply in replies:
                sent = await send(self.bot, message.chat, reply, message.thread, message.reply_to)
                self._unmarked[message.numbers] = sent.message_id
            await asyncio.to_thread(self.queues.sent, message.numbers, self.clock(), sent.message_id)
            self._unmarked.pop(message.numbers, None)

    async def _refused(self, message: Message, error: TelegramError) -> None:
        refused = meaning(error)
        self._unmarked.pop(message.numbers, None)
        log.warning("message %s was not taken: %s", message.numbers, error)
        if isinstance(refused, Gone):
            await asyncio.to_thread(self.queues.chat_gone, message.chat)
        elif isinstance(refused, Moved):
            await asyncio.to_thread(self.queues.chat_moved, message.chat, refused.chat)
        elif isinstance(refused, Busy):
            self.lane.pause(message.chat, refused.seconds)
            await self._later(message, refused.seconds, str(error), failure=False)
        elif isinstance(refused, Never):
            self.report(f"M{message.numbers[0]}", str(error))
            await asyncio.to_thread(self.queues.send_never, message.numbers, str(error))
        else:
            await self._later(message, _wait(message), str(error), failure=True)

    async def _later(self, message: Message, seconds: float, why: str, *, failure: bool) -> None:
        due = self.clock() + timedelta(seconds=seconds)
        later = partial(self.queues.send_later, message.numbers, due, why, failure=failure)
        await asyncio.to_thread(later)


def _wait(message: Message) -> float:
    """Seconds until a message that failed is tried again."""
    return float(min(_FIRST_WAIT * 4 ** min(message.attempts - 1, 8), _LONGEST_WAIT))
