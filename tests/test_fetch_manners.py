"""The gate to the web: robots.txt, and how often a site is asked."""

import socket
import threading
import time
from itertools import pairwise

import pytest

from bot.reading.refused import Reason
from bot.reading.robots import read_robots
from tests.web import HOME, Clock, Given, Web, moved, refusal


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", "/abc", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True),
        ("User-agent: *\nAllow: /\nDisallow: /news", "/news/1", False),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /*.xml$", "/feed.xml", False),
        ("User-agent: *\nDisallow: /*.xml$", "/feed.xml?a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Claimbot\nDisallow: /private", "/news", True),
        ("User-agent: other\nUser-agent: claimbot\nDisallow: /", "/news", False),
        ("User-agent: other\nDisallow: /", "/news", True),
        ("\ufeffuser-agent : * # all\r\ndisallow : /é # no", "/%C3%A9", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("<html>no rules", "/a", True),
        (f"User-agent: *\nDisallow: /{'*a' * 900}b", "/" + "a" * 1900, True),
    ],
)
def test_robots_txt_is_read_as_its_standard_says(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules.encode(), "claimbot").allows(path) is allowed


def test_a_page_that_robots_txt_forbids_is_not_asked_for(web: Web) -> None:
    web.pages["https://news.example/robots.txt"] = Given(b"User-agent: *\nDisallow: /a", "text/plain")
    web.pages["http://news.example/b"] = moved(HOME)
    with web.fetcher() as fetcher:
        assert refusal(fetcher) is Reason.ROBOTS
        assert refusal(fetcher, "http://news.example/b") is Reason.ROBOTS
        assert fetcher.get("https://news.example/b").status == 404
    assert [one.url for one in web.asked].count("https://news.example/robots.txt") == 1
    assert HOME not in [one.url for one in web.asked]


@pytest.mark.parametrize(
    ("status", "reason"), [(503, Reason.ROBOTS_UNKNOWN), (429, Reason.ROBOTS_UNKNOWN), (403, None)]
)
def test_a_site_that_cannot_give_its_robots_txt_is_left_alone_for_a_while(
    web: Web, status: int, reason: Reason | None
) -> None:
    web.pages["https://news.example/robots.txt"] = Given(status=status)
    with web.fetcher() as fetcher:
        for _ in range(2):
            if reason:
                assert refusal(fetcher) is reason
            else:
                assert fetcher.get(HOME).status == 404
    assert [one.url for one in web.asked].count("https://news.example/robots.txt") == 1


def test_a_site_is_asked_once_a_second_or_as_seldom_as_it_wants(web: Web) -> None:
    web.pages["https://slow.news.example/robots.txt"] = Given(b"User-agent: *\nCrawl-delay: 4")
    clock, times = Clock(), []
    with web.fetcher(clock=clock) as fetcher:
        for host in ("news.example", "slow.news.example"):
            for at in range(3):
                fetcher.get(f"https://{host}/{at}")
                times.append(clock.now)
    assert [later - before for before, later in pairwise(times)] == [1, 1, 1, 4, 4]


def test_a_site_is_asked_over_two_connections_at_once(web: Web) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def count(connection: socket.socket) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05)
        with lock:
            running -= 1
        connection.sendall(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")

    for at in range(6):
        web.pages[f"https://news.example/{at}"] = Given(raw=count)
    with web.fetcher() as fetcher:
        threads = [threading.Thread(target=fetcher.get, args=(f"https://news.example/{at}",)) for at in range(6)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert most == 2
