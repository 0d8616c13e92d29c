"""The connection itself: every address that a name stands for is checked, and the checked literal is the one dialled.

`Guard` stands where httpcore asks for a connection, so that nothing can be reached around it: no proxy of the
environment, no second look-up of the name. Seconds and bytes are counted here, over headers and body alike.
"""

import ssl
import threading
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from socket import IPPROTO_TCP, SHUT_RDWR, SOCK_STREAM, gaierror, getaddrinfo
from typing import Any, Protocol

import httpcore

from bot.reading.addresses import is_public
from bot.reading.refused import Reason, Refused, Unreachable

#: addresses of one name that are tried, and seconds that each may take to answer
TRIES, PATIENCE = 3, 7.0


class Network(Protocol):
    """Looks names up and dials literal addresses. What it finds is checked all the same."""

    def resolve(self, host: str, port: int) -> Iterable[str]:
        """The literal addresses of a name. Raises OSError where there are none."""

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        """A connection to a literal address. Raises httpcore's errors."""


class Internet:
    """The network that the machine is connected to."""

    def resolve(self, host: str, port: int) -> Iterable[str]:
        """What the system's resolver says."""
        # bytes: the resolver's own ideas of international names are not asked for
        return [str(found[4][0]) for found in getaddrinfo(host.encode(), port, type=SOCK_STREAM, proto=IPPROTO_TCP)]

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        """A TCP connection."""
        return httpcore.SyncBackend().connect_tcp(address, port, seconds)


class Budget:
    """The seconds and bytes that one fetch may take, redirects included."""

    def __init__(self, seconds: float, size: int) -> None:
        self._ends, self._bytes = time.monotonic() + seconds, size

    def left(self) -> float:
        """The seconds left. Raises Unreachable where there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Unreachable(Reason.SLOW)
        return left

    def give(self, seconds: float) -> None:
        """Do not count seconds that were waited out of politeness."""
        self._ends += seconds

    def take(self, size: int) -> None:
        """Count bytes that came in. Raises Refused where there were too many."""
        self._bytes -= size
        if self._bytes < 0:
            raise Refused(Reason.LARGE)


class Guard(httpcore.NetworkBackend):
    """Gives httpcore connections to public addresses only. `opened` is told of each stream, to be able to end it."""

    def __init__(self, network: Network, budget: Budget, opened: Callable[["Stream"], None]) -> None:
        self._network, self._budget, self._opened = network, budget, opened

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the name's addresses. Raises Refused unless all of them are public."""
        del timeout, local_address, socket_options
        addresses = self._addresses(host, port)
        if not addresses or not all(map(is_public, addresses)):
            raise Refused(Reason.NOT_PUBLIC)
        for address in addresses[:TRIES]:
            try:
                dialled = self._network.dial(address, port, min(PATIENCE, self._budget.left()))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            stream = Stream(dialled, self._budget)
            self._opened(stream)
            return stream
        raise Unreachable(Reason.SILENT)

    def _addresses(self, host: str, port: int) -> list[str]:
        """Look a name up in a thread that may be left behind: the system's resolver knows no deadline."""
        answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(list(dict.fromkeys(self._network.resolve(host, port))))
            except (OSError, ValueError) as error:
                answer.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=self._budget.left())
        except Empty:
            raise Unreachable(Reason.SLOW) from None
        if isinstance(found, gaierror | ValueError | OSError):
            # the same words as for a name of the inner network: which names exist there is nobody's business
            raise Unreachable(Reason.NOT_PUBLIC) from found
        assert isinstance(found, list)
        return found


class Stream(httpcore.NetworkStream):
    """A connection whose every act has the seconds that are left, and whose every byte is counted."""

    def __init__(self, inner: httpcore.NetworkStream, budget: Budget) -> None:
        self._inner, self._budget = inner, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came in."""
        del timeout
        came = self._inner.read(max_bytes, self._budget.left())
        self._budget.take(len(came))
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        del timeout
        self._inner.write(buffer, self._budget.left())

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def end(self) -> None:
        """Wake whoever reads from it in another thread: closing alone would not."""
        socket = self._inner.get_extra_info("socket")
        if socket is not None:
            socket.shutdown(SHUT_RDWR)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Speak TLS from here on. Raises Refused where the certificate is not that of the host."""
        del timeout
        try:
            self._inner = self._inner.start_tls(ssl_context, server_hostname, self._budget.left())
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise Refused(Reason.CERTIFICATE) from error
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream."""
        return self._inner.get_extra_info(info)
