"""The gate to the web: no site takes more memory or time than is set, or keeps a closing one waiting."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib

import pytest

from bot.reading.fetch import LIMIT
from bot.reading.refused import Reason, Unreachable
from tests.web import HOME, Given, Web, endless, refusal

#: what unpacked takes more memory than is allowed
BOMB = bytes(5 * LIMIT)


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip, gzip", gzip.compress(gzip.compress(b"here")), Reason.COMPRESSED),
        ("br", b"x", Reason.COMPRESSED),
        ("gzip", gzip.compress(BOMB), Reason.LARGE),
        ("deflate", zlib.compress(BOMB), Reason.LARGE),
        ("", bytes(LIMIT + 1), Reason.LARGE),
        ("gzip", gzip.compress(b"here")[:-6], Reason.DAMAGED),
        ("gzip", b"no gzip at all", Reason.DAMAGED),
        ("gzip", gzip.compress(b"one") + gzip.compress(b"two"), Reason.DAMAGED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_body_grows_beyond_its_bound(web: Web, encoding: str, body: bytes, reason: Reason) -> None:
    web.pages[HOME] = Given(body, headers={"Content-Encoding": encoding})
    tracemalloc.start()
    try:
        with web.fetcher() as fetcher:
            assert refusal(fetcher) is reason
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()


def test_a_body_without_an_end_is_cut_off(web: Web) -> None:
    web.pages[HOME] = endless(b"x" * 65536)
    with web.fetcher() as fetcher:
        assert refusal(fetcher) is Reason.LARGE


@pytest.mark.parametrize(
    "given",
    [
        endless(b"x", pause=0.02),
        endless(b"X-A: b\r\n", b"HTTP/1.1 200 OK\r\n", pause=0.02),
        endless(b"", b"", pause=0.02),
        endless(b"HTTP/1.1 103 Early Hints\r\n\r\n", b"", pause=0.02),
        endless(
            b"1\r\nx\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", 0.02
        ),
    ],
    ids=["body", "headers", "nothing", "hints", "chunks"],
)
def test_a_site_that_gives_crumbs_is_given_up_in_time(web: Web, given: Given) -> None:
    web.pages["https://news.example/robots.txt"] = Given(b"")
    web.pages[HOME] = given
    with web.fetcher(seconds=0.4) as fetcher, pytest.raises(Unreachable) as refused:
        fetcher.get(HOME)
    assert refused.value.reason is Reason.SLOW


def test_redirects_and_robots_share_the_time_of_one_fetch(web: Web) -> None:
    def late(connection: socket.socket) -> None:
        time.sleep(0.25)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")

    for path in ("robots.txt", "a", "b"):
        web.pages[f"https://news.example/{path}"] = Given(raw=late)
    with web.fetcher(seconds=0.4) as fetcher:
        assert refusal(fetcher) is Reason.SLOW


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nhalf"],
)
def test_an_answer_that_breaks_off_may_be_asked_for_again(web: Web, said: bytes) -> None:
    web.pages["http://news.example/robots.txt"] = Given(b"")
    web.pages["http://news.example/a"] = Given(raw=lambda connection: connection.sendall(said))
    with web.fetcher() as fetcher, pytest.raises(Unreachable) as refused:
        fetcher.get("http://news.example/a")
    assert refused.value.reason is Reason.BROKEN


@pytest.mark.parametrize(("url", "trusted"), [(HOME, False), ("https://other.example/", True)])
def test_a_certificate_that_is_not_the_hosts_own_is_refused(web: Web, url: str, trusted: bool) -> None:
    with web.fetcher(trusted=trusted) as fetcher:
        assert refusal(fetcher, url) is Reason.CERTIFICATE


def test_closing_ends_what_is_under_way(web: Web) -> None:
    web.pages["https://news.example/robots.txt"] = endless(b"", b"", pause=0.02)
    fetcher, reasons = web.fetcher(), []
    asking = threading.Thread(target=lambda: reasons.append(refusal(fetcher)))
    asking.start()
    while not web.asked:
        asking.join(0.01)
    fetcher.close()
    asking.join(5)
    assert reasons == [Reason.CLOSED]
    assert refusal(fetcher) is Reason.CLOSED
