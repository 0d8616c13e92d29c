"""`python -m bot.reading.worker`: takes pages, feeds and PDFs apart in a process of its own, which may be killed at any
time.

A request is a length of four bytes and JSON: `{"html", "url"}`, `{"feed", "url", "kind", "now"}` or `{"pdf"}`, bytes in
base 64; the answer is `{"sheet"}`, `{"content"}`, `{"text"}`, `{"refused"}`, `{"no feed"}` or
`{"feed at"}`, likewise.
JSON and not pickle: whatever a page makes of this process, its answers are plain values.
"""

import json
import os
import resource
import signal
import struct
import sys
from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from typing import IO, Any

from bot.reading.feed import FeedAtError, FeedContent, FeedError, read_feed
from bot.reading.pdf import pdf_text
from bot.reading.refused import Reason, Refused
from bot.reading.sheet import take_apart

#: bytes of memory, in all
MEMORY = 1_000_000_000
#: seconds of one page, should nobody be left to end this process sooner
_ORPHANED = 30
_LENGTH = struct.Struct(">I")
_WARM = (
    "<html><body><article><h1>Warm</h1><p>"
    + "A sentence that is long enough to be a paragraph. " * 9
    + "</p></article>"
)


def send(stream: IO[bytes], row: dict[str, Any]) -> None:
    """Write one message."""
    content = json.dumps(row).encode()
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes], longest: int = 40_000_000) -> dict[str, Any] | None:
    """Read one message, None at the end. Raises ValueError where it is none."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > longest:
        raise ValueError("too long a message")
    row = json.loads(stream.read(length))
    if not isinstance(row, dict):
        raise ValueError("no message")
    return row


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """What becomes of one page, feed or PDF."""
    try:
        if "feed" in request:
            return {"content": _feed(request).dump()}
        if "pdf" in request:
            return {"text": pdf_text(b64decode(request["pdf"]))}
        return {"sheet": take_apart(request["html"], request["url"]).dump()}
    except Refused as refused:
        return {"refused": refused.reason.value}
    except FeedAtError as error:
        return {"feed at": error.url}
    except FeedError as error:
        return {"no feed": str(error)}
    except MemoryError:
        return {"refused": Reason.HEAVY.value}


def _feed(request: dict[str, Any]) -> FeedContent:
    now = datetime.fromisoformat(request["now"])
    return read_feed(b64decode(request["feed"]), url=request["url"], content_type=request["kind"], now=now)


def main() -> None:
    """Answer until there are no more requests."""
    with suppress(ValueError, OSError):  # some systems bound no memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    send(sink, answer({"html": _WARM, "url": None}))
    while (request := receive(source)) is not None:
        signal.alarm(_ORPHANED)
        row = answer(request)
        signal.alarm(0)
        send(sink, row)


if __name__ == "__main__":
    main()
