"""A small web on loopback: sites with names, public addresses and TLS, to be reached through the fetcher's own guard.

The resolver gives made-up public addresses and the dialler leads them to a server of the test's; the check in between
is the one of every day."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Self

import httpcore

from bot.reading.fetch import Fetcher
from bot.reading.refused import Reason, Refused

#: key and certificate of news.example and the names below it
CERTIFICATE = Path(__file__).with_name("web.pem")
PUBLIC, HOME = "93.184.215.14", "https://news.example/a"


@dataclass(frozen=True)
class Given:
    """What an address gives: a response, or whatever `raw` writes into the connection."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[socket.socket], None] | None = None


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it; header names in lower case."""

    url: str
    headers: Mapping[str, str]


def moved(to: str, status: int = 302) -> Given:
    """A redirect."""
    return Given(status=status, headers={"Location": to})


def endless(
    piece: bytes, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", pause: float = 0
) -> Given:
    """A response that goes on until the client hangs up."""

    def write(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return Given(raw=write)


def refusal(fetcher: Fetcher, url: str = HOME) -> Reason:
    """Why an address is refused."""
    try:
        fetcher.get(url)
    except Refused as refused:
        return refused.reason
    raise AssertionError(f"{url} was not refused")


class Clock:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.now, self._lock = 1000.0, threading.Lock()

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        """Let the seconds pass."""
        with self._lock:
            self.now += seconds


class _Server(ThreadingTCPServer):
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 64

    def __init__(self, web: "Web", scheme: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web, self.scheme = web, scheme
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many of these tests are about."""


class _Handler(BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        connection: socket.socket = self.request
        if self.server.scheme == "https":
            connection = self.server.web.tls.wrap_socket(connection, server_side=True)
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                came = connection.recv(65536)
                if not came:
                    return
                head += came
            self._answer(connection, head.decode("latin-1"))

    def _answer(self, connection: socket.socket, head: str) -> None:
        first, *rest = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
        url = f"{self.server.scheme}://{headers['host']}{first.split(' ')[1]}"
        web = self.server.web
        web.asked.append(Asked(url, headers))
        known = web.pages.get(url) or web.pages.get(url.partition("?")[0])  # as most sites ignore what they do not know
        given = known or Given(b"nothing here", status=404)
        if given.raw:
            given.raw(connection)
            return
        told = {"Content-Type": given.kind, "Content-Length": str(len(given.body)), "Connection": "close"}
        lines = [f"{name}: {value}" for name, value in {**told, **given.headers}.items() if value]
        connection.sendall("\r\n".join([f"HTTP/1.1 {given.status} X", *lines, "", ""]).encode() + given.body)


class Web:
    """The sites of a test. `pages` maps addresses to what they give, `names` maps hosts to literal addresses."""

    def __init__(self) -> None:
        self.pages: dict[str, Given] = {}
        self.names: dict[str, list[str]] = {}
        self.asked: list[Asked] = []
        #: literal addresses where nobody answers
        self.dead: set[str] = set()
        #: the literal addresses that were dialled
        self.dialled: list[tuple[str, int]] = []
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(CERTIFICATE)
        self.servers = {80: _Server(self, "http"), 443: _Server(self, "https")}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self.servers.values():
            server.shutdown()
            server.server_close()

    def resolve(self, host: str, port: int) -> Iterable[str]:
        """Every name below .example is a public site where the test says nothing else."""
        if host in self.names:
            return self.names[host]
        if host.rstrip(".").endswith(".example"):
            return [PUBLIC]
        return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        """Lead a public address to the server of its port."""
        self.dialled.append((address, port))
        if address in self.dead:
            raise httpcore.ConnectError
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.servers[port].server_address[1], seconds)

    def fetcher(self, seconds: float = 20.0, *, trusted: bool = True, clock: Clock | None = None) -> Fetcher:
        """A fetcher that reads this web, and waits between two requests on a clock of its own."""
        tls, clock = ssl.create_default_context(cafile=CERTIFICATE) if trusted else None, clock or Clock()
        contact = "mailto:desk@news.example"
        return Fetcher(contact, seconds=seconds, network=self, tls=tls, clock=clock, wait=clock.wait)
