"""The gate to the web: what it gives, over real connections to a server on loopback."""

import gzip
import zlib
from collections.abc import Callable

import pytest

from bot.reading.fetch import FEED
from bot.reading.refused import Reason
from tests.web import HOME, Given, Web, moved, refusal


def test_a_page_comes_with_what_its_headers_say(web: Web) -> None:
    web.pages[HOME] = Given(
        "<p>Größe</p>".encode("latin-1"),
        'text/html; charset="ISO-8859-1"',
        headers={"ETag": '"7"', "Last-Modified": "Thu, 24 Oct 2024 10:00:00 GMT"},
    )
    with web.fetcher() as fetcher:
        page = fetcher.get(f"{HOME}#part")
    assert (page.status, page.url, page.permanent_url) == (200, HOME, f"{HOME}#part")
    assert page.body.decode(page.charset or "") == "<p>Größe</p>"
    assert (page.content_type, page.etag, page.modified) == ("text/html", '"7"', "Thu, 24 Oct 2024 10:00:00 GMT")


def test_it_says_who_asks_and_brings_nothing_else_along(web: Web) -> None:
    with web.fetcher() as fetcher:
        fetcher.get("http://news.example/a")
    headers = web.asked[-1].headers
    assert headers["user-agent"].startswith("claimbot/")
    assert headers["user-agent"].endswith("; +mailto:desk@news.example)")
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_an_unchanged_answer_costs_no_body(web: Web) -> None:
    web.pages[HOME] = Given(status=304, kind="")
    with web.fetcher() as fetcher:
        same = fetcher.get(HOME, etag='"7"', modified="Thu, 24 Oct 2024 10:00:00 GMT")
    assert (same.status, same.body) == (304, b"")
    assert web.asked[-1].headers["if-none-match"] == '"7"'


def test_a_validator_with_a_line_break_in_it_is_not_sent(web: Web) -> None:
    with web.fetcher() as fetcher:
        fetcher.get(HOME, etag='"7"\r\nHost: other.example')
    assert "if-none-match" not in web.asked[-1].headers


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("120", 120), ("Thu, 24 Oct 2024 10:01:00 GMT", 60), ("soon", None), ("9" * 5000, 999999), ("Thu, 99 Foo", None)],
)
def test_what_a_site_wants_one_to_wait_is_told(web: Web, written: str, seconds: int | None) -> None:
    headers = {"Retry-After": written, "Date": "Thu, 24 Oct 2024 10:00:00 GMT"}
    web.pages[HOME] = Given(status=429, headers=headers)
    with web.fetcher() as fetcher:
        assert fetcher.get(HOME).retry_after == seconds


def test_redirects_are_followed_and_permanent_ones_remembered(web: Web) -> None:
    web.pages["http://news.example/a"] = moved(HOME, 301)
    web.pages[HOME] = moved("/b", 308)
    web.pages["https://news.example/b"] = moved("c?x=1", 302)
    web.pages["https://news.example/c?x=1"] = Given(b"here")
    with web.fetcher() as fetcher:
        page = fetcher.get("http://news.example/a")
    assert (page.url, page.body) == ("https://news.example/c?x=1", b"here")
    assert page.permanent_url == "https://news.example/b"


def test_a_permanent_redirect_behind_a_passing_one_is_not_remembered(web: Web) -> None:
    web.pages[HOME] = moved("/b", 307)
    web.pages["https://news.example/b"] = moved("/c", 301)
    web.pages["https://news.example/c"] = Given(b"here")
    with web.fetcher() as fetcher:
        assert fetcher.get(HOME).permanent_url == HOME


def test_the_fourth_redirect_is_one_too_many(web: Web) -> None:
    for at in range(9):
        web.pages[f"https://news.example/{at}"] = moved(f"/{at + 1}")
    with web.fetcher() as fetcher:
        assert refusal(fetcher, "https://news.example/0") is Reason.REDIRECTS
    assert web.asked[-1].url == "https://news.example/3"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream", "", "text/html2"])
def test_other_content_than_pages_is_refused(web: Web, kind: str) -> None:
    web.pages[HOME] = Given(b"x", kind)
    with web.fetcher() as fetcher:
        assert refusal(fetcher) is Reason.KIND


def test_a_feed_is_taken_where_a_feed_is_asked_for(web: Web) -> None:
    web.pages[HOME] = Given(b"<rss/>", "application/rss+xml")
    with web.fetcher() as fetcher:
        assert refusal(fetcher) is Reason.KIND
        assert fetcher.get(HOME, accept=FEED).body == b"<rss/>"


def _raw_deflate(body: bytes) -> bytes:
    bare = zlib.compressobj(wbits=-15)
    return bare.compress(body) + bare.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", _raw_deflate)],
)
def test_compressed_pages_are_read(web: Web, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    web.pages[HOME] = Given(pack(b"here" * 1000), headers={"Content-Encoding": encoding})
    with web.fetcher() as fetcher:
        assert fetcher.get(HOME).body == b"here" * 1000
