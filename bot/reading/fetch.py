"""The one gate to the web: an address of a page, a feed or a robots.txt is fetched by `Fetcher.get` and nowhere else.

http(s) on ports 80 and 443, public addresses only (`wire`), redirects followed by hand and checked again, no proxy,
cookie or credential, seconds and bytes bounded, listed content types only, TLS verified, robots.txt respected, and no
site asked more often than `sites` says.
"""

import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from types import TracebackType
from typing import Self
from weakref import WeakSet

import httpcore

from bot.reading.addresses import Target, target
from bot.reading.bodies import ACCEPTED, read_body
from bot.reading.refused import Reason, Refused, Unreachable
from bot.reading.robots import Robots, read_robots
from bot.reading.sites import LONGEST_PAUSE, PAUSE, Site, Sites
from bot.reading.wire import Budget, Guard, Internet, Network, Stream

#: the content types of an article's page, and of a feed
PAGE = ("text/html", "application/xhtml+xml")
FEED = (
    *("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"),
    *("application/xml", "text/xml", "application/json", "text/plain", "text/html"),
)
#: seconds of one fetch in all, bytes on the wire and after decoding, redirects
SECONDS, LIMIT, REDIRECTS = 20.0, 5_000_000, 3
#: seconds that a robots.txt holds, and until a site that could not give it is asked again
_ROBOTS_HOLD, _ROBOTS_RETRY = 86_400.0, 600.0
_AGENT = "claimbot"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
Headers = dict[bytes | str, bytes | str]
#: what may stand in a header that a site gave and gets back
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,500}")


@cache
def _trusted() -> ssl.SSLContext:
    """What certificates are checked against: read with the first page, it takes 40 ms."""
    return httpcore.default_ssl_context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave. Only a status of 200 has a body."""

    #: where the redirects ended
    url: str
    #: where permanent redirects alone lead: the address to remember; the given one where there are none
    permanent_url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    #: as the header names it
    charset: str | None = None
    #: what to give back, so that an unchanged answer is a 304
    etag: str | None = None
    modified: str | None = None
    #: seconds after which the site wants to be asked again
    retry_after: int | None = None


class Fetcher:
    """Fetches addresses; used by many threads at once, and closed in the end, which ends what still goes on.

    `contact` is an address that site owners find in the User-Agent. `network`, `tls`, `clock` and `wait` are there for
    the tests: whatever they are, only public addresses on ports 80 and 443 are dialled.
    """

    def __init__(
        self,
        contact: str = "",
        *,
        seconds: float = SECONDS,
        network: Network | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], bool | None] | None = None,
    ) -> None:
        self._closed = threading.Event()
        self._seconds, self._network = seconds, network or Internet()
        self._tls = tls
        self._sites = Sites(clock, wait or self._closed.wait)
        self._open: WeakSet[Stream] = WeakSet()
        self._lock = threading.Lock()
        about = f"; +{contact}" if contact else ""
        self.agent = f"{_AGENT}/{version('claimbot')} (keeps who claims what in the news{about})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what waits and what is under way: it raises Unreachable."""
        self._closed.set()
        with self._lock:
            for stream in self._open:
                with suppress(OSError):
                    stream.end()

    def get(
        self, url: str, *, accept: tuple[str, ...] = PAGE, etag: str | None = None, modified: str | None = None
    ) -> Fetched:
        """What an address gives, of the content types in `accept`; a 304 where `etag` or `modified` still hold.

        Raises Refused with a plain reason, Unreachable where a later try may succeed."""
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers: Headers = {name: value for name, value in known.items() if value and _VALIDATOR.fullmatch(value)}
        answer = self._follow(target(url), accept, headers, Budget(self._seconds, LIMIT), asks_robots=True)
        return answer if answer.permanent_url else replace(answer, permanent_url=url)

    def _follow(
        self,
        at: Target,
        accept: tuple[str, ...],
        headers: Headers,
        budget: Budget,
        *,
        asks_robots: bool,
    ) -> Fetched:
        """Follow redirects by hand: each address is parsed, checked, allowed and dialled like the first one."""
        permanent, is_permanent = "", True
        for _ in range(1 + REDIRECTS):
            site = self._sites.of(at.host)
            if asks_robots:
                self._ask_robots(site, at, budget)
            answer, location = self._one(site, at, accept, headers, budget)
            if location is None:
                return replace(answer, permanent_url=permanent)
            at = at.join(location)
            is_permanent = is_permanent and answer.status in (301, 308)
            permanent = at.url if is_permanent else permanent
        raise Refused(Reason.REDIRECTS)

    def _ask_robots(self, site: Site, at: Target, budget: Budget) -> None:
        """Raises Refused where the site does not want its page read by programs."""
        asked = time.monotonic()
        with site.asking:
            budget.give(time.monotonic() - asked)
            until, robots = site.robots.get(at.scheme, (0.0, None))
            if until <= self._sites.clock():
                robots = self._robots(at, budget)
                hold = _ROBOTS_RETRY if robots is None else _ROBOTS_HOLD
                site.robots[at.scheme] = (self._sites.clock() + hold, robots)
        if robots is None:
            raise Unreachable(Reason.ROBOTS_UNKNOWN)
        site.pause = min(max(PAUSE, robots.delay), LONGEST_PAUSE)
        if not robots.allows(at.path):
            raise Refused(Reason.ROBOTS)

    def _robots(self, at: Target, budget: Budget) -> Robots | None:
        """A site's rules, as RFC 9309 wants it: none where it has no such file, None where it cannot say now."""
        try:
            answer = self._follow(at.join("/robots.txt"), (), {}, budget, asks_robots=False)
        except Unreachable:
            raise
        except Refused:
            return Robots()
        if answer.status == 429 or answer.status >= 500:
            return None
        return read_robots(answer.body, _AGENT)

    def _one(
        self, site: Site, at: Target, accept: tuple[str, ...], headers: Headers, budget: Budget
    ) -> tuple[Fetched, str | None]:
        """One request: the answer, and where it redirects to."""
        asked = time.monotonic()
        with self._sites.turn(site):
            budget.give(time.monotonic() - asked)
            if self._closed.is_set():
                raise Unreachable(Reason.CLOSED)
            guard = Guard(self._network, budget, self._opened)
            wanted: Headers = {
                "Host": f"[{at.host}]" if ":" in at.host else at.host,
                "User-Agent": self.agent,
                "Accept": ", ".join((*accept, "*/*;q=0.1")),
                "Accept-Encoding": ACCEPTED,
                **headers,
            }
            url = httpcore.URL(scheme=at.scheme, host=at.host, port=at.port, target=at.path)
            try:
                with (
                    httpcore.ConnectionPool(ssl_context=self._tls or _trusted(), network_backend=guard) as pool,
                    pool.stream("GET", url, headers=wanted) as response,
                ):
                    return _read(response, at, accept, budget)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise Unreachable(self._why(error)) from error

    def _why(self, error: Exception) -> Reason:
        if self._closed.is_set():
            return Reason.CLOSED
        if isinstance(error, httpcore.TimeoutException):
            return Reason.SLOW
        return Reason.SILENT if isinstance(error, httpcore.ConnectError) else Reason.BROKEN

    def _opened(self, stream: Stream) -> None:
        with self._lock:
            self._open.add(stream)


def _read(
    response: httpcore.Response, at: Target, accept: tuple[str, ...], budget: Budget
) -> tuple[Fetched, str | None]:
    """A response within its bounds, and where it redirects to."""
    headers: dict[str, str] = {}
    for raw_name, raw in response.headers:
        name = raw_name.decode("latin-1").lower()
        value = raw.decode("utf-8", "replace").strip()
        headers[name] = f"{headers[name]}, {value}" if name == "content-encoding" and name in headers else value
    kind = headers.get("content-type", "")
    charset = _CHARSET.search(kind)
    answer = Fetched(
        url=at.url,
        permanent_url="",
        status=response.status,
        content_type=kind.partition(";")[0].strip().lower(),
        charset=charset[1] if charset else None,
        etag=headers.get("etag"),
        modified=headers.get("last-modified"),
        retry_after=_seconds(headers.get("retry-after", ""), headers.get("date", "")),
    )
    if response.status in (301, 302, 303, 307, 308) and headers.get("location"):
        return answer, headers["location"]
    if response.status != 200:
        return answer, None
    if accept and answer.content_type not in accept:
        raise Refused(Reason.KIND)
    length = headers.get("content-length", "")
    if length.isdecimal() and (len(length) > 12 or int(length) > LIMIT):
        raise Refused(Reason.LARGE)
    body = read_body(_in_time(response, budget), headers.get("content-encoding", ""), LIMIT)
    return replace(answer, body=body), None


def _in_time(response: httpcore.Response, budget: Budget) -> Iterator[bytes]:
    """The body piece by piece: what comes in crumbs is late even where none of them is."""
    for chunk in response.iter_stream():
        budget.left()
        yield chunk


def _seconds(written: str, today: str) -> int | None:
    """ "Retry-After" in seconds: a number, or a date seen from the site's own clock."""
    if written.isdecimal():
        return int(written[:6])
    try:
        return max(0, int((parsedate_to_datetime(written) - parsedate_to_datetime(today)).total_seconds()))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
