"""How often a site is asked: two connections at a time, a request a second, or as seldom as its robots.txt wants it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.reading.refused import Reason, Unreachable
from bot.reading.robots import Robots

#: connections at once, seconds between two requests, and the longest pause that a site may ask for
CONNECTIONS, PAUSE, LONGEST_PAUSE = 2, 1.0, 10.0
#: seconds that a request waits for its turn before it is given up for now
PATIENCE = 30.0
#: sites remembered; the one not asked for longest is forgotten
MOST = 4000


@dataclass(slots=True)
class Site:
    """What is remembered of a host."""

    #: held while a connection is open
    slots: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(CONNECTIONS))
    #: held while its robots.txt is asked for
    asking: threading.Lock = field(default_factory=threading.Lock)
    #: the earliest time of the next request
    free_at: float = 0.0
    pause: float = PAUSE
    #: by scheme: until when it holds, and the rules; None where the site could not say
    robots: dict[str, tuple[float, Robots | None]] = field(default_factory=dict)


class Sites:
    """All hosts that are asked. `clock` counts seconds; `wait` sleeps, and gives True where waiting was called off."""

    def __init__(self, clock: Callable[[], float], wait: Callable[[float], bool | None]) -> None:
        self.clock, self._wait = clock, wait
        self._sites: OrderedDict[str, Site] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, host: str) -> Site:
        """What is remembered of a host."""
        with self._lock:
            site = self._sites.setdefault(host.rstrip("."), Site())
            self._sites.move_to_end(host.rstrip("."))
            if len(self._sites) > MOST:
                self._sites.popitem(last=False)
            return site

    @contextmanager
    def turn(self, site: Site) -> Iterator[None]:
        """Wait for a free connection and for the pause after the last request. Raises Unreachable."""
        if not site.slots.acquire(timeout=PATIENCE):
            raise Unreachable(Reason.BUSY)
        try:
            with self._lock:
                now = self.clock()
                starts = max(now, site.free_at)
                if starts - now > PATIENCE:
                    raise Unreachable(Reason.BUSY)
                site.free_at = starts + site.pause
            if self._wait(starts - now):
                raise Unreachable(Reason.CLOSED)
            yield
        finally:
            site.slots.release()
