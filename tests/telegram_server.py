"""A Bot API server on loopback, for tests: real HTTP, every request checked against the machine-readable specification.

What breaks the specification is answered with an error, as Telegram does, and noted in `violations`. People, groups
and channels are played by the test: what they do becomes updates, what the bot sends to them can be read back.
"""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from tests.telegram_http import HttpServer, Reply
from tests.telegram_methods import Methods, Refusal
from tests.telegram_people import Group, Person, Sent
from tests.telegram_spec import METHODS, TYPES, Json, Upload, Violation, check, parameters

T = TypeVar("T")
TOKEN = "123456:test-token-of-the-server"
BOT = {"id": 123456, "is_bot": True, "first_name": "claimbot", "username": "claim_test_bot"}
CHANNEL = {"id": -1000000000777, "type": "channel", "title": "Harian Contoh"}
#: updates of these kinds come only to those who name them
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
KINDS = [one["name"] for one in TYPES["Update"]["fields"]][1:]
#: a client that hangs up is noticed after so many seconds
TICK = 0.05
DESCRIPTIONS = {
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "400": "Bad Request: bad webhook: Failed to resolve host: Name or service not known",
    "404": "Not Found",
    "409": "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    "500": "Internal Server Error",
}


class Call(NamedTuple):
    """A request that came in; `time` is a Unix time in seconds."""

    method: str
    params: Json
    time: float


@dataclass
class Fault:
    """What happens instead of an answer, so many times."""

    kind: str
    times: float
    value: Any


class TelegramServer:
    """Use as a context manager; `base_url` and `file_url` are what the library calls base_url and base_file_url."""

    def __init__(self, *, privacy: bool = True) -> None:
        self.privacy, self.me = privacy, BOT
        self.updates: list[Json] = []
        self.sent: list[Sent] = []
        self.calls: list[Call] = []
        self.violations: list[str] = []
        #: who said and did what, one line each
        self.transcript: list[str] = []
        self.faults: dict[str, list[Fault]] = {}
        #: callback and inline queries, and the parameters of their answers, by the query's id
        self.queries: dict[str, Json] = {}
        self.answers: dict[str, Json] = {}
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.chats: dict[int, Person | Group] = {}
        self.files: dict[str, Upload] = {}
        self.down = False
        #: what setWebhook set last, and the status of each delivery there; 0 where nobody answered
        self.webhook: Json = {}
        self.webhook_error: Json = {}
        self.delivered: list[int] = []
        self.lock = threading.Condition()
        self._numbers: dict[str, int] = {}
        self._allowed = set(KINDS) - ON_REQUEST
        self._polled = False
        self._stopping = threading.Event()
        self._methods = Methods(self)
        self._http = HttpServer(self._answer, self.violations.append)
        self.base_url = f"http://127.0.0.1:{self._http.server_address[1]}/bot"
        self.file_url = self.base_url.replace("/bot", "/file/bot")

    def __enter__(self) -> "TelegramServer":
        self._http.start()
        self._delivering = threading.Thread(target=self._deliver)
        self._delivering.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        with self.lock:
            self.lock.notify_all()
        self._delivering.join()
        self._http.stop()

    # what people do

    def person(self, id: int, language_code: str = "en", first_name: str = "Ani") -> Person:
        """Somebody with a client in a language."""
        person = Person(self, id, language_code, first_name)
        self.chats[id] = person
        return person

    def group(self, id: int, title: str = "Newsroom", *members: Person, admins: tuple[Person, ...] = (),
              forum: bool = False) -> Group:  # fmt: skip
        """A group with the bot in it; ids below -10^12 are supergroups."""
        group = Group(self, id, title, {one.number: one for one in (*members, *admins)}, admins, forum)
        self.chats[id] = group
        return group

    def channel_post(self, text: str) -> None:
        """A post in a channel that the bot is in."""
        post = {"message_id": self.number("channel"), "date": int(time.time()), "chat": CHANNEL, "text": text}
        self.push(channel_post=post)

    def number(self, kind: str) -> int:
        """The next number of a kind: update, query, file, or the messages of a chat."""
        with self.lock:
            self._numbers[kind] = self._numbers.get(kind, 0) + 1
            return self._numbers[kind]

    def push(self, **update: Any) -> int:
        """Queue an update, gives its id; raises Violation if Telegram would not send such a thing."""
        check({"update_id": 0, **update}, ["Update"], "update")
        return self.push_malformed(**update)

    def push_malformed(self, **update: Any) -> int:
        """Queue an update unchecked; gives its id."""
        with self.lock:
            number = self.number("update")
            if not set(update) & set(KINDS) - self._allowed:
                self.updates.append({"update_id": number, **update})
            self.lock.notify_all()
        return number

    def fail(self, method: str, kind: str, times: float = 1, value: Any = None) -> None:
        """Let the next requests of a method ("*": of any) fail: an HTTP status ("401", "403", "404", "409", "429" with
        the seconds as value, "500", "502"), "drop before", "drop after", "malformed", "moved" (the group has a new
        id), "slow" (answered after so many seconds). `float("inf")` times: until `faults` is cleared."""
        self.faults.setdefault(method, []).append(Fault(kind, times, value))

    def move(self, chat: int) -> int:
        """Make a supergroup of a group; gives its new id."""
        group = self.chats[chat]
        assert isinstance(group, Group)
        self.moved[chat] = group.number = chat - 10**12
        self.chats[group.number] = group
        return group.number

    def keep(self, file: Upload) -> str:
        """Store a file for getFile; gives its id."""
        number = f"file-{self.number('file')}"
        self.files[number] = file
        return number

    # what the bot did

    def messages(self, chat: int) -> list[Sent]:
        """What the bot has sent to a chat and not deleted."""
        with self.lock:
            return [one for one in self.sent if one.chat == chat and not one.deleted]

    def unanswered(self) -> set[str]:
        """Taps that nobody has answered."""
        with self.lock:
            return {number for number, query in self.queries.items() if "data" in query} - set(self.answers)

    def wait(self, probe: Callable[[], T], seconds: float = 30) -> T:
        """Until the probe gives something; raises AssertionError with all that was said."""
        end = time.monotonic() + seconds
        with self.lock:
            while not (found := probe()):
                if time.monotonic() > end:
                    said = "\n".join([*self.transcript, *(f"violation: {one}" for one in self.violations)])
                    raise AssertionError(f"nothing of the kind within {seconds} s of:\n{said}")
                self.lock.wait(TICK)
            return found

    def note(self, line: str) -> None:
        """Add to the transcript."""
        with self.lock:
            self.transcript.append(line)
            self.lock.notify_all()

    # requests

    def _answer(self, path: str, given: Json, connected: Callable[[], bool]) -> Reply | None:
        is_file = path.startswith("/file/bot")
        token, _, method = path.removeprefix("/file").removeprefix("/bot").partition("/")
        if token != TOKEN:
            return _error(401, "Unauthorized")
        if is_file:
            found = [file for number, file in self.files.items() if method == f"files/{number}"]
            return Reply(200, found[0].content, found[0].mime) if found else _error(404, "Not Found")
        fault = self._fault(method)
        if fault and fault.kind not in ("drop after", "malformed", "slow"):
            return self._faulty(fault, given)
        if fault and fault.kind == "slow":
            self._stopping.wait(fault.value or 1)
        reply = self._perform(method, given, connected)
        if fault and fault.kind == "malformed":
            return Reply(reply.status, reply.body[:-2])
        return None if fault and fault.kind == "drop after" else reply

    def _fault(self, method: str) -> Fault | None:
        with self.lock:
            if self.down:
                return Fault("502", 1, None)
            waiting = self.faults.get(method) or self.faults.get("*") or []
            if not waiting:
                return None
            waiting[0].times -= 1
            return waiting.pop(0) if waiting[0].times <= 0 else waiting[0]

    def _faulty(self, fault: Fault, given: Json) -> Reply | None:
        if fault.kind == "drop before":
            return None
        if fault.kind == "429":
            seconds = fault.value or 1
            return _error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if fault.kind == "502":
            return Reply(502, b"<html><h1>502 Bad Gateway</h1></html>", "text/html")
        if fault.kind == "moved":
            return _moved(self.move(int(given["chat_id"])))
        return _error(int(fault.kind), DESCRIPTIONS[fault.kind])

    def _perform(self, method: str, given: Json, connected: Callable[[], bool]) -> Reply:
        with self.lock:
            try:
                params = parameters(method, given)
                self.calls.append(Call(method, params, time.time()))
                if method == "getUpdates":
                    result: Any = self._get_updates(params, connected)
                else:
                    result = self._methods.perform(method, params)
                    check(result, METHODS[method]["returns"], f"the result of {method}")
                return Reply(200, json.dumps({"ok": True, "result": result}).encode())
            except Violation as problem:
                self.violations.append(f"{method}: {problem}")
                return _error(404 if method not in METHODS else 400, f"Bad Request: {problem}")
            except Refusal as problem:
                self.note(f"{method} is refused: {problem}")
                return _error(problem.code, str(problem), **problem.more)
            finally:
                self.lock.notify_all()

    def _get_updates(self, params: Json, connected: Callable[[], bool]) -> list[Json]:
        """Long polling. A poll whose client is gone ends at the next tick, so that a restarted bot is let in."""
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        if not self.lock.wait_for(lambda: not self._polled, 4 * TICK):
            raise Refusal(409, DESCRIPTIONS["409"])
        self._polled, end = True, time.monotonic() + params.get("timeout", 0)
        self.allow(params)
        offset, limit = params.get("offset", 0), params.get("limit", 100)
        try:
            first = offset if offset >= 0 else max([0, *(one["update_id"] + 1 for one in self.updates)]) + offset
            self.updates = [one for one in self.updates if one.get("update_id", 0) >= first]
            while not self.updates and time.monotonic() < end and connected() and not self._stopping.is_set():
                if self.down:
                    raise Refusal(500, DESCRIPTIONS["500"])
                self.lock.wait(min(TICK, max(0, end - time.monotonic())))
            return self.updates[:limit]
        finally:
            self._polled = False

    def allow(self, params: Json) -> None:
        """Give only the kinds of updates that a request names, if it names any."""
        if "allowed_updates" in params:
            self._allowed = set(params["allowed_updates"]) or set(KINDS) - ON_REQUEST

    def _deliver(self) -> None:
        """Send the oldest update to the webhook, if there is one, until it is taken."""
        while not self._stopping.is_set():
            with self.lock:
                self.lock.wait_for(lambda: self._stopping.is_set() or bool(self.webhook and self.updates), TICK)
                update, hook = next(iter(self.updates), None), self.webhook
            if not hook or update is None:
                continue
            status = self.post(hook["url"], json.dumps(update).encode(), hook["secret_token"])
            with self.lock:
                self.delivered.append(status)
                if status == 200 and update in self.updates:
                    self.updates.remove(update)
                self.lock.notify_all()
            if status != 200:
                self._stopping.wait(TICK)

    @staticmethod
    def post(url: str, body: bytes, secret: str, method: str = "POST") -> int:
        """Deliver as Telegram does; gives the status, 0 where nobody answers, and below it where words come along."""
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code if error.headers.get("Content-Length", "0") == "0" else -error.code
        except OSError:
            return 0


def _error(code: int, description: str, **more: int) -> Reply:
    row = {"ok": False, "error_code": code, "description": description} | ({"parameters": more} if more else {})
    return Reply(code, json.dumps(row).encode())


def _moved(number: int) -> Reply:
    return _error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=number)


@contextmanager
def telegram(*, privacy: bool = True) -> Iterator[TelegramServer]:
    """A running server, which must have seen nothing against the specification in the end."""
    with TelegramServer(privacy=privacy) as server:
        yield server
        assert server.violations == []
