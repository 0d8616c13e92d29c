"""What hostile addresses, sites, pages, feeds and files cost: `python tests/bench/hostile.py` prints a table.

Each case runs in a process of its own, forked from this one with everything loaded, against a web server on loopback
behind the gate of every day. "gate" is the memory that the case added to that process at its peak, "worker" the peak of
the process that takes pages apart, with all that it holds at rest; seconds are by the clock.
"""

import gzip
import io
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.reading.bad import BadInput  # noqa: E402
from bot.reading.feed import FeedError  # noqa: E402
from bot.reading.fetch import LIMIT  # noqa: E402
from bot.reading.files import read_all  # noqa: E402
from bot.reading.opml import OpmlError, read_opml  # noqa: E402
from bot.reading.page import page_of  # noqa: E402
from bot.reading.refused import Refused  # noqa: E402
from bot.reading.web import decoded  # noqa: E402
from bot.reading.workers import Workers  # noqa: E402
from claims.text import clean  # noqa: E402
from tests.bench.figures import high  # noqa: E402
from tests.web import HOME, Given, Web, endless, moved  # noqa: E402

#: a case gives what does it and tells what became of it; those that need a worker get one that is warm
Case = Callable[[Web, Workers], Callable[[], str]]
STORY = "<p>The ferry company cancelled 64 crossings on Wednesday, the port authority said in a statement.</p>" * 6
NOW = datetime(2024, 10, 24, tzinfo=UTC)
ADDRESSES = {
    "private, loopback, link-local": ("127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "fe80::1", "fc00::1"),
    "CGNAT, relays, multicast": ("100.64.0.1", "192.88.99.1", "224.0.0.1", "ff02::1", "198.18.0.1"),
    "addresses in addresses": ("::ffff:100.64.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "::127.0.0.1"),
}
URLS = {
    "odd spellings of loopback": [
        f"http://{one}/"
        for one in (
            "2130706433",
            "0x7f.1",
            "127.1",
            "0177.0.0.1",
            "0",
            "[::1]",
            "localhost.",
            "１２７.0.0.1",
            "①②⑦.0.0.1",
        )
    ],
    "other schemes": ["file:///etc/passwd", "data:text/html,hi", "gopher://a.example/", "ftp://a.example/"],
    "other ports, credentials": ["http://a.example:22/", "http://me:secret@a.example/"],
}


def got(web: Web, url: str = HOME, given: Given | None = None, *, trusted: bool = True) -> str:
    """What becomes of a request."""
    if given:
        web.pages[url] = given
    try:
        with web.fetcher(trusted=trusted) as fetcher:
            answer = fetcher.get(url)
    except Refused as refused:
        return str(refused)
    return f"{answer.status}, {len(answer.body):,} bytes"


def all_got(web: Web, urls: Iterable[str]) -> str:
    """What becomes of several, each outcome once; and how often anything was dialled."""
    told = sorted({got(web, url) for url in urls})
    return f"{'; '.join(told)}; {len(web.dialled)} dialled"


def resolved(web: Web, addresses: Iterable[str]) -> str:
    """What becomes of names that lead to a public address and one of these."""
    web.names |= {f"n{at}.example": ["93.184.215.14", one] for at, one in enumerate(addresses)}
    return all_got(web, [f"http://{name}/" for name in web.names])


def proxied(web: Web) -> str:
    """A page, while the environment names a proxy where nobody is."""
    os.environ["HTTPS_PROXY"] = os.environ["HTTP_PROXY"] = "http://127.0.0.1:9/"
    return got(web, HOME, Given(STORY.encode()))


def packed(encoding: str, body: bytes) -> Given:
    return Given(body, headers={"Content-Encoding": encoding})


def twice(size: int) -> bytes:
    """So many zeros, compressed twice: a few kilobytes."""
    inner = io.BytesIO()
    with gzip.GzipFile(fileobj=inner, mode="wb") as out:
        for _ in range(size // 10_000_000):
            out.write(bytes(10_000_000))
    return gzip.compress(inner.getvalue())


def page(workers: Workers, html: str | bytes) -> str:
    """What becomes of a page, as `Web.article` does it."""
    body = html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass")
    try:
        read = page_of(workers.take_apart(clean(decoded(body)), HOME), HOME, NOW.date())
    except Refused as refused:
        return str(refused)
    return f"read: {len(read.text):,} characters"


def feed(workers: Workers, body: str) -> str:
    """What becomes of a feed."""
    try:
        found = workers.feed(body.encode(), url=HOME, kind="application/xml", now=NOW)
    except (FeedError, Refused) as error:
        return str(error)
    days = {one.published for one in found.entries} - {None}
    length = sum(len(one.text) for one in found.entries)
    return f"read: {len(found.entries)} entries of {length:,} characters, {len(days)} days"


def rss(inside: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>x</title>{inside}</channel></rss>'


def file(name: str, content: bytes) -> str:
    """What becomes of a file that is ingested."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / name
        path.write_bytes(content)
        found = [one.why if isinstance(one, BadInput) else "read" for one in read_all([str(path)])]
    return "; ".join(dict.fromkeys(found))[:90]


def opml(content: str) -> str:
    """What becomes of a list of feeds."""
    try:
        return f"read: {[one.title[:20] for one in read_opml(content.encode())]}"
    except OpmlError as error:
        return str(error)[:60]


def bomb(levels: int = 9) -> str:
    """Entities that stand for ten of the one before, each."""
    declared = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, levels + 1))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{declared}]>'


def items(count: int, day: Callable[[int], str]) -> str:
    """So many entries, each with its day."""
    rows = (f"<title>t{at}</title><link>/{at}</link><pubDate>{day(at)}</pubDate>" for at in range(count))
    return "".join(f"<item>{row}</item>" for row in rows)


OF_A_FILE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OUTLINE = '<opml><outline xmlUrl="https://a.example/" text="&{};"/></opml>'
SITES: dict[str, Callable[[], Given]] = {
    "a redirect to an inner address": lambda: moved("http://169.254.169.254/"),
    "redirects without an end": lambda: moved(HOME),
    "'gzip, gzip', 4 GB": lambda: packed("gzip, gzip", twice(4_000_000_000)),
    "gzip, 500 MB": lambda: packed("gzip", gzip.compress(bytes(500_000_000))),
    "deflate that is none": lambda: packed("deflate", b"no deflate"),
    "brotli": lambda: packed("br", b"x"),
    "a body above the bound": lambda: Given(bytes(LIMIT + 1)),
    "a body without an end": lambda: endless(b"x" * 65_536),
    "a byte every 0.1 s": lambda: endless(b"x", pause=0.1),
    "headers without an end": lambda: endless(b"X-A: b\r\n", b"HTTP/1.1 200 OK\r\n"),
    "a picture": lambda: Given(b"\x89PNG", "image/png"),
    "a PDF": lambda: Given(b"%PDF-1.4", "application/pdf"),
}
PAGES: dict[str, Callable[[], str | bytes]] = {
    "100,000 attributes in a tag": lambda: f"<p {' '.join(f'a{at}=b' for at in range(100_000))}>{STORY}",
    "2 MB of plain text": lambda: "<p>" + "word " * 390_000,
    "1,000 nested divs": lambda: "<div>" * 1000 + STORY,
    "50,000 nested b": lambda: "<b>" * 50_000 + STORY,
    "50,000 open links": lambda: "<a href=x>" * 50_000 + STORY,
    "3,000 nested tables": lambda: "<table><tr><td>" * 3000 + STORY,
    "12,000 articles": lambda: f"<h1>A headline</h1>{'<article><h2>x y z</h2></article>' * 12_000}",
    "entities that multiply": lambda: f"{bomb()}<p>&e9;{STORY}",
    "comments that stay open": lambda: "<!--" * 50_000 + STORY,
    "JSON-LD, 300,000 deep": lambda: f'<script type="application/ld+json">{"[" * 300_000}</script>{STORY}',
    "bytes that are no UTF-8": lambda: STORY.encode() + b"<p>caf\xe9 \xff\xfe</p>",
    "UTF-16": lambda: STORY.encode("utf-16"),
    "UTF-7": lambda: b"<meta charset=utf-7>+ADw-script+AD4-" + STORY.encode(),
    "NUL and half surrogates": lambda: f"\x00\ud800{STORY}",
    "an empty one": lambda: "",
}
FEEDS: dict[str, Callable[[], str]] = {
    "the name of a file": lambda: "/etc/passwd",
    "entities that multiply": lambda: rss("<item><title>&e9;</title><link>/a</link></item>", bomb()),
    "an entity that is a file": lambda: rss("<item><title>&x;</title><link>/a</link></item>", OF_A_FILE),
    "5,000 entries": lambda: rss(items(5000, lambda at: f"{1 + at % 28} Oct 2024 10:00 GMT")),
    "days of 1900 and 9999": lambda: rss(items(50, lambda at: f"1 Jan {(1900, 9999)[at % 2]} 10:00 GMT")),
    "100,000 attributes in a tag": lambda: rss(f"<item {' '.join(f'a{at}=0' for at in range(100_000))}/>"),
    "300,000 deep": lambda: rss("<a>" * 300_000),
    "JSON, 300,000 deep": lambda: "{" * 300_000,
    "no id, no date, no text": lambda: rss("<item/>" * 1000),
}
LISTS: dict[str, Callable[[], str]] = {
    "OPML with a file in it": lambda: OF_A_FILE + OUTLINE.format("x"),
    "OPML that multiplies": lambda: bomb() + OUTLINE.format("e9"),
}
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PDF without a text": ("a.pdf", lambda: b"%PDF-1.7" + bytes(5000)),
    "a JSON line of 13 MB": ("a.jsonl", lambda: json.dumps({"text": "x" * 13_000_000}).encode()),
    "CSV, a quotation of 20 MB": ("a.csv", lambda: b'text\n"' + b"x" * 20_000_000),
}


def cases() -> Iterator[tuple[str, str, Case]]:
    """Where, what, and how it is tried: all that is made for a case is made before its clock starts."""
    for name, addresses in ADDRESSES.items():
        yield "address", name, lambda web, _, some=addresses: partial(resolved, web, some)  # type: ignore[misc]
    for name, urls in URLS.items():
        yield "address", name, lambda web, _, some=urls: partial(all_got, web, some)  # type: ignore[misc]
    yield "site", "HTTP_PROXY set", lambda web, _: partial(proxied, web)
    yield "site", "a bad certificate", lambda web, _: partial(got, web, trusted=False)
    for name, site in SITES.items():
        yield "site", name, lambda web, _, make=site: partial(got, web, HOME, make())  # type: ignore[misc]
    for name, html in PAGES.items():
        yield "page", name, lambda _, workers, make=html: partial(page, workers, make())  # type: ignore[misc]
    for name, body in FEEDS.items():
        yield "feed", name, lambda _, workers, make=body: partial(feed, workers, make())  # type: ignore[misc]
    for name, listed in LISTS.items():
        yield "feed", name, lambda *_, make=listed: partial(opml, make())
    for name, (called, content) in FILES.items():
        yield "file", name, lambda *_, made=(called, content): partial(file, made[0], made[1]())


def measure(group: str, case: Case) -> dict[str, object]:
    """Run a case here; what became of it, and what it took."""
    with ExitStack() as stack:
        web, workers = stack.enter_context(Web()), stack.enter_context(Workers(1))
        if group in ("page", "feed"):
            page(workers, f"<html><body><article>{STORY}")
        run = case(web, workers)
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        before, began = high(), time.perf_counter()
        became = run()
        took, gate = time.perf_counter() - began, high() - before
        running = [high(one._process.pid) for one in workers._idle]
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"became": became, "seconds": took, "gate": gate, "worker": max([ended, *running])}


def alone(group: str, case: Case) -> dict[str, object]:
    """The same in a forked process."""
    come, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(told, json.dumps(measure(group, case)).encode())
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(come, "rb") as pipe:
        row = json.loads(pipe.read() or b'{"became": "ended the process", "seconds": 0, "gate": 0, "worker": 0}')
    os.waitpid(child, 0)
    return dict(row)


def main() -> None:
    """Print the table."""
    print("| where | case | what becomes of it | seconds | gate MB | worker MB |")
    print("|---|---|---|---:|---:|---:|")
    for group, name, case in cases():
        row = alone(group, case)
        worker = f"{row['worker']:.0f}" if row["worker"] else ""
        print(
            f"| {group} | {name} | {row['became']} | {row['seconds']:.2f} | {row['gate']:.0f} | {worker} |", flush=True
        )


if __name__ == "__main__":
    main()
