"""How much one person may ask: a bucket each, kept in memory, that fills up again; a burst is answered once."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from threading import Lock
from typing import TypeVar

V = TypeVar("V")

#: messages at once, and the time in which another one may come after them
MOST, REFILL = 20, timedelta(seconds=3)
#: the same words again within this time are the same question
BURST = timedelta(seconds=5)
#: persons and chats that are remembered
_REMEMBERED = 10_000


class Turn(Enum):
    """What becomes of a message."""

    ANSWERED = auto()
    #: the first one too many: its sender is told so, once
    TOLD = auto()
    SILENT = auto()


@dataclass
class _Bucket:
    left: float
    at: datetime
    told: bool = False


class Pace:
    """Counts what each person says. A restart fills all buckets: it loses nothing but a little strictness."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()
        self._said: OrderedDict[int, tuple[str, int, datetime]] = OrderedDict()
        self._lock = Lock()

    def turn(self, person: int, now: datetime) -> Turn:
        """Whether a person may say something more now."""
        with self._lock:
            bucket = _remembered(self._buckets, person, _Bucket(MOST, now))
            bucket.left = min(MOST, bucket.left + max(timedelta(0), now - bucket.at) / REFILL)
            bucket.at = max(bucket.at, now)
            if bucket.left >= 1:
                bucket.left, bucket.told = bucket.left - 1, False
                return Turn.ANSWERED
            first, bucket.told = not bucket.told, True
            return Turn.TOLD if first else Turn.SILENT

    def repeats(self, chat: int, words: str, message: int, now: datetime) -> bool:
        """Whether a chat's message says what another one has just said. A message without a number never does."""
        if not message:
            return False
        with self._lock:
            before, number, at = self._said.get(chat, ("", message, now))
            if before == words and number != message and timedelta(0) <= now - at < BURST:
                return True
            self._said.pop(chat, None)
            _remembered(self._said, chat, (words, message, now))
            return False

    def forget(self, chat: int) -> None:
        """What a chat said last is not remembered any more; how much it said is, for a minute."""
        with self._lock:
            self._said.pop(chat, None)


def _remembered(kept: OrderedDict[int, V], name: int, fresh: V) -> V:
    """What is kept under a name, else what is fresh; the longest unused goes where there are too many."""
    found = kept.setdefault(name, fresh)
    kept.move_to_end(name)
    if len(kept) > _REMEMBERED:
        kept.popitem(last=False)
    return found
