"""When a message may go: Telegram's limits, what was ordered ahead of answers, those ahead of alerts, and one message
at a time."""

import asyncio
import heapq
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import IntEnum
from itertools import count

#: seconds between two messages: 25 a second in all, one a second to a chat
GAP, CHAT_GAP = 1 / 25, 1.0
#: a group takes so many messages in so many seconds
GROUP_MOST, GROUP_SPAN = 20, 60.0
#: a message that Telegram does not answer for so many seconds no longer keeps the others waiting
HOLD = 1.0


class Urgency(IntEnum):
    """What goes first. Commands and taps are answered in a moment: they wait behind nobody's questions."""

    ORDER = 0
    ANSWER = 1
    ALERT = 2


class Lane:
    """Messages go one at a time, each marked before the next one goes: a kill repeats one message at most. `clock`
    counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._booked: dict[int, deque[float]] = {}
        self._waiting: list[tuple[Urgency, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._taken = False
        self._next = 0.0

    def delay(self, chat: int) -> float:
        """Seconds until a message may go to a chat, as far as that chat is concerned."""
        times = self._booked.get(chat)
        if not times:
            return 0.0
        free = times[-1] + CHAT_GAP
        if chat < 0 and len(times) >= GROUP_MOST:
            free = max(free, times[-GROUP_MOST] + GROUP_SPAN)
        return max(0.0, free - self._clock())

    def pause(self, chat: int, seconds: float) -> None:
        """Telegram wants a chat, and it alone, left in peace for so long."""
        self._book(chat, self._clock() + seconds - CHAT_GAP)

    @asynccontextmanager
    async def turn(self, chat: int, urgency: Urgency) -> AsyncIterator[None]:
        """Send to a chat, and mark it as sent, within this block; what is urgent goes first."""
        delay = self.delay(chat)
        self._book(chat, self._clock() + delay)
        await asyncio.sleep(delay)
        await self._enter(urgency)
        leave = _Once(self._leave)
        timer = asyncio.get_running_loop().call_later(HOLD, leave)
        try:
            yield
        finally:
            timer.cancel()
            leave()

    def _book(self, chat: int, at: float) -> None:
        self._booked.setdefault(chat, deque(maxlen=GROUP_MOST)).append(at)
        if len(self._booked) > 10_000:
            old = self._clock() - GROUP_SPAN
            self._booked = {one: times for one, times in self._booked.items() if times[-1] > old}

    async def _enter(self, urgency: Urgency) -> None:
        if self._taken:
            ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (urgency, next(self._numbers), ticket))
            try:
                await ticket
            except asyncio.CancelledError:
                if not ticket.cancelled():
                    self._leave()
                raise
        self._taken = True
        try:
            await asyncio.sleep(self._next - self._clock())
        except asyncio.CancelledError:
            self._leave()
            raise
        self._next = self._clock() + GAP

    def _leave(self) -> None:
        """Hand the lane to the next one; it stays taken meanwhile."""
        while self._waiting:
            _, _, ticket = heapq.heappop(self._waiting)
            if not ticket.done():
                ticket.set_result(None)
                return
        self._taken = False


class _Once:
    """Does something the first time it is called."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work: Callable[[], None] | None = work

    def __call__(self) -> None:
        work, self._work = self._work, None
        if work:
            work()
