"""Processes that take pages, feeds and PDFs apart: kept warm, ended where one takes too long or too much memory."""

import os
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from bot.reading.feed import FeedAtError, FeedContent, FeedError
from bot.reading.refused import Reason, Refused, Unreachable
from bot.reading.sheet import Sheet
from bot.reading.worker import receive, send

#: seconds that a page may take, and that a process may take to begin
SECONDS, BEGIN = 10.0, 60.0
#: pages after which a process is replaced: parsers keep what they have seen
MOST_PAGES = 2000
#: what a process sees of the environment: no token, no address of a database
_KEPT = ("PATH", "LANG", "LC_", "PYTHON", "LD_LIBRARY_PATH", "DYLD_", "VIRTUAL_ENV", "TMPDIR", "COVERAGE", "COV_")


class Workers:
    """Takes them apart in at most `most` processes at once, for many threads; closed in the end."""

    def __init__(self, most: int | None = None, *, seconds: float = SECONDS) -> None:
        self._places = threading.BoundedSemaphore(most or os.cpu_count() or 1)
        self._seconds = seconds
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes; whoever waits for a page hears that claimbot is stopping."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
        for worker in idle:
            worker.end()

    def take_apart(self, html: str, url: str | None = None) -> Sheet:
        """What stands in a page. Raises Refused where it holds no article, or where it takes too much."""
        return Sheet.load(self._ask({"html": html, "url": url})["sheet"])

    def feed(self, body: bytes, *, url: str, kind: str, now: datetime) -> FeedContent:
        """What stands in a feed. Raises FeedError where it is none, FeedAtError for a page that names one,
        Refused where it takes too much."""
        row = self._ask({"feed": b64encode(body).decode(), "url": url, "kind": kind, "now": now.isoformat()})
        if "feed at" in row:
            raise FeedAtError(str(row["feed at"]))
        if "no feed" in row:
            raise FeedError(str(row["no feed"]))
        return FeedContent.load(row["content"])

    def pdf(self, content: bytes) -> str:
        """The text of a PDF. Raises Refused."""
        return str(self._ask({"pdf": b64encode(content).decode()})["text"])

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._places:
            worker = self._begin()
            try:
                row = worker.ask(request, self._seconds)
            finally:
                with self._lock:
                    self._busy.discard(worker)
            spent = row is None or row.get("refused") == Reason.HEAVY or worker.pages >= MOST_PAGES
            with self._lock:
                if not spent and not self._closed:
                    self._idle.append(worker)
            if spent or self._closed:
                worker.end()
        if row is None:
            raise Unreachable(Reason.CLOSED) if self._closed else Refused(Reason.HEAVY)
        if "refused" in row:
            raise Refused(Reason(row["refused"]))
        return row

    def _begin(self) -> "_Worker":
        """A process that waits, else a new one."""
        with self._lock:
            if self._closed:
                raise Unreachable(Reason.CLOSED)
            worker = self._idle.pop() if self._idle else None
        worker = worker or _Worker()
        with self._lock:
            self._busy.add(worker)
        return worker


class _Worker:
    """One process."""

    def __init__(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name.startswith(_KEPT)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "bot.reading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            close_fds=True,
        )
        self.pages = 0
        with self._ending_in(BEGIN):
            begun = self._received()
        if begun is None:
            self.end()
            raise RuntimeError("no process can be started to read pages: see what it printed")

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """The answer; None where it did not come in time, or the process broke under it."""
        self.pages += 1
        assert self._process.stdin
        with self._ending_in(seconds):
            try:
                send(self._process.stdin, request)
            except OSError:
                return None
            return self._received()

    def _received(self) -> dict[str, Any] | None:
        assert self._process.stdout
        try:
            return receive(self._process.stdout)
        except (OSError, ValueError):
            return None

    @contextmanager
    def _ending_in(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def kill(self) -> None:
        """End it; whoever waits for its answer hears so."""
        self._process.kill()

    def end(self) -> None:
        """End it, and wait until it is gone."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
