"""Feeds: added, polled, failing, recovering, ending; against a web on loopback, over days by a clock of the tests."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.feeds import Feeds, seconds_of
from bot.judging import Judging
from bot.notify import render
from bot.polling import Polled, Poller
from bot.queues import Queues
from bot.reading.opml import OpmlError, Outline, read_opml, write_opml
from bot.reading.refused import Refused
from bot.reading.web import Web as Reader
from bot.reading.workers import Workers
from bot.service import Service
from bot.terminal import plain
from bot.topics import Topics
from claims.model import Article
from db.engine import Engine
from db.values import Feed, StoredClaim, Trust
from tests.processes import Forks
from tests.texts import MORE_TROOPS, NOW, TROOPS
from tests.web import CERTIFICATE, Given, Web, moved

FEED = "https://news.example/rss"
ADMIN = 7
JAPAN = "Laporan\nTokyo, 24 Oktober 2024 – Jepang mengatakan 9.000 tentara Korea Utara berada di Rusia."


def item(number: int, text: str = "", *, more: str = "") -> str:
    """An entry of a feed: whole where it has a text."""
    body = (
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
        if text
        else "<description>Ringkas…</description>"
    )
    link = f"https://news.example/a{number}"
    return f"<item><title>Berita {number}</title><link>{link}</link><guid>g{number}</guid>{body}{more}</item>"


def rss(*items: str) -> Given:
    """A feed."""
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabar</title>'
    body = f"{head}<language>id-ID</language>{''.join(items)}</channel></rss>"
    return Given(body.encode(), "application/rss+xml")


def story(text: str = TROOPS) -> str:
    """A text that is long enough to be a whole article."""
    return text.replace("\n", "</p><p>") + "Tidak ada angka dalam kalimat ini. " * 20


def page(text: str = TROOPS) -> Given:
    """The page of an article."""
    title, *lines = text.strip().split("\n")
    body = "".join(f"<p>{line}</p>" for line in lines)
    quiet = (
        "Pemerintah belum memberikan keterangan lebih lanjut mengenai laporan itu kepada para wartawan.",
        "Pembicaraan di antara kedua pihak masih berlangsung tertutup, dan hasilnya belum diumumkan.",
    )
    filler = "".join(f"<p>{one}</p>" for one in quiet)
    shown = f"<article><h1>{title}</h1>{body}{filler}</article>"
    return Given(f"<html><head><title>{title}</title></head><body>{shown}</body></html>".encode())


class Desk:
    """A store with feeds, a web, and a clock that the test moves."""

    def __init__(self, engine: Engine, web: Web, workers: Workers) -> None:
        self.now = NOW
        self.web = web
        self.engine = engine
        self.service, self.feeds = Service(engine, frozenset({ADMIN})), Feeds(engine)
        reader = Reader(fetcher=web.fetcher(), workers=workers)
        self.poller = Poller(self.service, reader, lambda: self.now)

    def add(self, url: str = FEED, **more: object) -> int:
        """Add a feed; gives its number."""
        return self.feeds.add(url, now=self.now, **more).feed.number  # type: ignore[arg-type]

    def poll(self, after: timedelta = timedelta(minutes=15)) -> list[str]:
        """Let time pass, poll what is due: what became of feeds and entries, in words."""
        self.now += after
        told = []
        for one in self.poller.round():
            if isinstance(one, Polled):
                told.append(one.course.error or f"{one.fresh} new, {one.edited} edited")
            else:
                told.append(one.status)
        return told

    @property
    def feed(self) -> Feed:
        """The first feed."""
        return self.feeds.feeds()[0]

    def article(self, number: int) -> StoredClaim:
        """A claim of the article that was stored as that number."""
        card = self.service.claim(number)
        assert card
        return card.claim

    def waiting(self, chat: int = ADMIN) -> list[str]:
        """The events that a chat is to be told."""
        due = Queues(self.engine).due_messages(self.now + timedelta(days=99), chat)
        return [one.event for message in due for one in message.news]

    def told(self) -> str:
        """What the admin is told now."""
        queues = Queues(self.engine)
        (message,) = queues.due_messages(self.now, ADMIN)
        return "\n".join(plain(reply.text) for reply in render(queues.alerts(message)))


@pytest.fixture
def desk(engine: Engine, workers: Workers) -> Iterator[Desk]:
    with Web() as web:
        found = Desk(engine, web, workers)
        yield found
        found.poller.close()


def test_a_feed_is_read_and_its_entries_become_articles(desk: Desk) -> None:
    desk.web.pages |= {FEED: rss(item(1, story()), item(2)), "https://news.example/a2": page(MORE_TROOPS)}
    desk.add()
    assert sorted(desk.poll()) == ["2 new, 0 edited", "new", "new"]
    assert desk.service.stats().articles == 2
    answer = desk.service.ask("Berapa tentara Korea Utara di Rusia?")
    assert {stored.source for stored, _ in answer.answers} == {"news.example"}
    assert desk.poll() == ["0 new, 0 edited"]


def test_a_page_that_names_its_feed_stands_for_it(desk: Desk) -> None:
    """Once, and within its site."""
    links = "".join(f"<link rel=alternate type='application/rss+xml' href='{url}'>" for url in
                    ("https://elsewhere.example/rss", "/rss", "/comments"))  # fmt: skip
    home = Given(f"<!doctype html><html><head>{links}</head><body>News</body></html>".encode())
    desk.web.pages |= {"https://news.example/": home, FEED: rss(item(1, story()))}
    desk.add("https://news.example/")
    assert desk.poll() == ["1 new, 0 edited", "new"]
    assert (desk.feed.url, desk.feed.state) == (FEED, "active")
    desk.web.pages |= {FEED: home, "https://news.example/comments": home}
    assert desk.poll() == ["neither RSS nor Atom nor JSON Feed"]


def test_a_feed_is_asked_with_what_it_gave(desk: Desk) -> None:
    given = rss(item(1, story()))
    stamps = {"ETag": '"v1"', "Last-Modified": "Thu, 24 Oct 2024 10:00:00 GMT"}
    desk.web.pages[FEED] = Given(given.body, given.kind, headers=stamps)
    desk.add()
    desk.poll()
    desk.web.pages[FEED] = Given(status=304)
    assert desk.poll() == ["0 new, 0 edited"]
    asked = [one.headers for one in desk.web.asked if one.url == FEED][-1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == (stamps["ETag"], stamps["Last-Modified"])
    desk.poll()
    assert [one.headers for one in desk.web.asked if one.url == FEED][-1]["if-none-match"] == stamps["ETag"]


def test_an_edited_entry_is_a_new_version(desk: Desk) -> None:
    desk.web.pages[FEED] = rss(item(1, story()))
    desk.add()
    desk.poll()
    desk.web.pages[FEED] = rss(item(1, story(TROOPS.replace("3.000", "3.500"))))
    assert desk.poll() == ["0 new, 1 edited", "version"]
    answer = desk.service.ask("Berapa tentara Korea Utara di Rusia?")
    assert answer.value == 3500
    assert desk.service.stats().articles == 1


def test_a_feed_that_moved_is_asked_at_its_new_address(desk: Desk) -> None:
    there = "https://news.example/feed.xml"
    desk.web.pages |= {FEED: moved(there, 301), there: rss(item(1, story()))}
    desk.add()
    desk.poll()
    assert desk.feed.url == there
    desk.web.pages[FEED] = moved("https://other.news.example/x", 302)
    assert desk.poll() == ["0 new, 0 edited"]


def test_two_feeds_that_become_one_are_polled_once(desk: Desk) -> None:
    there = "https://news.example/feed.xml"
    desk.web.pages |= {FEED: moved(there, 301), there: rss(item(1, story()))}
    desk.add()
    other = desk.add(there)
    assert f"has become feed {other}" in desk.poll()
    assert [one.state for one in desk.feeds.feeds()] == ["gone", "active"]


def test_a_failing_feed_is_asked_ever_more_seldom_and_recovers(desk: Desk) -> None:
    desk.add()
    desk.web.pages[FEED] = Given(status=503)
    waits = []
    for _ in range(9):
        due = desk.feed.due
        desk.poll(due - desk.now)
        waits.append((desk.feed.due - desk.now).total_seconds() / 60)
    assert waits[:3] == pytest.approx([waits[0], 2 * waits[0], 4 * waits[0]], rel=0.001)
    assert max(waits) == 24 * 60
    desk.web.pages[FEED] = rss(item(1, story()))
    assert desk.poll(timedelta(days=1)) == ["1 new, 0 edited", "new"]
    assert (desk.feed.failures, desk.feed.error, desk.feed.failing_since) == (0, None, None)


def test_a_feed_that_says_when_is_asked_then(desk: Desk) -> None:
    desk.add()
    desk.web.pages[FEED] = Given(status=429, headers={"Retry-After": "7200"})
    desk.poll()
    assert desk.feed.due - desk.now == timedelta(hours=2)


def test_a_feed_that_fails_for_thirty_days_is_given_up_and_the_admins_hear_of_it(desk: Desk) -> None:
    desk.add()
    desk.web.pages[FEED] = Given(b"<html>moved away</html>")
    for _ in range(45):
        desk.poll(timedelta(days=1))
    assert (desk.feed.state, desk.feed.failures) == ("given up", 31)
    told = desk.told()
    assert "A feed is read no more" in told
    assert "given up, neither RSS nor Atom nor JSON Feed" in told
    assert desk.poll(timedelta(days=1)) == []
    desk.web.pages[FEED] = rss(item(1, story()))
    desk.feeds.set_state(1, "active", now=desk.now)
    assert desk.poll() == ["1 new, 0 edited", "new"]


def test_a_feed_that_is_gone_is_given_up_at_once(desk: Desk) -> None:
    desk.add()
    desk.web.pages[FEED] = Given(status=410)
    assert desk.poll() == ["gone for good"]
    assert desk.feed.state == "gone"
    assert "gone, the site says that it is gone for good" in desk.told()


def test_one_slow_feed_delays_no_other(desk: Desk) -> None:
    """A site that answers nothing keeps its own place only: the others are asked again and again meanwhile."""
    hold = threading.Event()
    desk.web.pages["https://slow.news.example/rss"] = Given(raw=lambda connection: print(hold.wait(20)))
    desk.web.pages[FEED] = rss(item(1, story()))
    desk.add("https://slow.news.example/rss")
    desk.add()
    for _ in range(3):
        desk.now += timedelta(minutes=15)
        wait_for(lambda: desk.feeds.feeds()[1].due > desk.now, desk.poller.tick)
    assert desk.feeds.feeds()[0].checked_at is None
    hold.set()


def wait_for(done: Callable[[], bool], step: Callable[[], object]) -> None:
    """Repeat a step until something holds."""
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        step()
        time.sleep(0.02)


def test_a_page_that_cannot_be_had_now_is_tried_again(desk: Desk) -> None:
    desk.web.pages |= {FEED: rss(item(2)), "https://news.example/a2": Given(status=503)}
    desk.add()
    assert desk.poll() == ["1 new, 0 edited", "later"]
    desk.web.pages["https://news.example/a2"] = page()
    assert sorted(desk.poll()) == ["0 new, 0 edited", "new"]


def test_what_a_feed_says_itself_is_kept_where_its_page_is_never_read(desk: Desk) -> None:
    summary = "<description>Kata BNPB, 12 orang tewas dalam banjir di Demak.</description>"
    entry = f"<item><title>Banjir</title><link>https://news.example/b</link><guid>b</guid>{summary}</item>"
    desk.web.pages |= {
        FEED: rss(entry),
        "https://news.example/robots.txt": Given(b"User-agent: *\nDisallow: /b", "text/plain"),
    }
    desk.add()
    assert desk.poll() == ["1 new, 0 edited", "new"]
    assert desk.article(1).claim.evidence == "Kata BNPB, 12 orang tewas dalam banjir di Demak"


def test_a_new_feed_is_quarantined_until_it_is_trusted(desk: Desk) -> None:
    """Its claims are stored and alarm nobody; once it is trusted, they do."""
    Topics(desk.service.engine).follow(21, "north korean troops", language="en", now=NOW)
    desk.web.pages[FEED] = rss(item(1, story()))
    desk.add()
    desk.poll()
    desk.service.add_article(Article(id="x", text=MORE_TROOPS, source="Kyiv Post"), now=NOW)
    assert desk.article(1).trust is Trust.QUARANTINED
    assert desk.waiting(21) == []
    assert "A new feed brings articles" in desk.told()
    desk.feeds.set_trust("news.example", Trust.NORMAL, person=ADMIN, now=NOW, reason="known")
    desk.service.add_article(Article(id="y", text=JAPAN, source="Kyodo"), now=NOW)
    assert desk.article(1).trust is Trust.NORMAL
    (act,) = Judging(desk.engine).audit()
    assert (act.person, act.act, act.object, act.reason) == (ADMIN, "trust normal", "source news.example", "known")
    assert len(desk.waiting(21)) == 1


def test_the_configuration_trusts_hosts(desk: Desk) -> None:
    feeds = Feeds(desk.engine, frozenset({"news.example"}))
    assert feeds.add("https://www.news.example/a", now=NOW).feed.trust is Trust.TRUSTED
    assert feeds.add("https://fakenews.example/a", now=NOW).feed.trust is Trust.QUARANTINED


def test_a_feed_gives_itself_neither_name_nor_trust(desk: Desk) -> None:
    desk.service.add_article(Article(id="x", text=MORE_TROOPS, source="Kabar"), now=NOW)
    desk.web.pages[FEED] = rss(item(1, story()))
    desk.add()
    desk.poll()
    assert {one.name: one.trust for one in desk.feeds.sources()} == {
        "Kabar": Trust.TRUSTED, "news.example": Trust.QUARANTINED,
    }  # fmt: skip


def test_a_feed_changes_nothing_that_another_source_has_said(desk: Desk) -> None:
    """Neither by claiming another's page for its own text, nor by linking to it."""
    theirs = "https://kyiv.news.example/a1"
    desk.service.add_article(Article(id=theirs, text=MORE_TROOPS, source="Kyiv Post"), now=NOW)
    lie = item(1, story(TROOPS.replace("3.000", "9"))).replace("https://news.example/a1", theirs)
    link = item(2).replace("https://news.example/a2", theirs)
    desk.web.pages |= {FEED: rss(lie, link), theirs: page(MORE_TROOPS.replace("12.000", "13.000"))}
    desk.add()
    assert sorted(desk.poll()) == ["2 new, 0 edited", "new", "version"]
    (known,) = [one for one in desk.feeds.sources() if one.name == "Kyiv Post"]
    assert known.articles == 1
    answers = desk.service.ask("Berapa tentara Korea Utara di Rusia menurut Ukraina?").answers
    assert {(stored.source, stored.trust) for stored, _ in answers if stored.article == theirs} == {
        ("Kyiv Post", Trust.TRUSTED)
    }


def test_sources_have_a_record(desk: Desk) -> None:
    desk.service.add_article(Article(id="a", text=TROOPS, source="Yonhap"), now=NOW)
    desk.service.add_article(Article(id="b", text=MORE_TROOPS, source="Kyiv Post"), now=NOW)
    desk.service.add_article(Article(id="a", text=TROOPS.replace("3.000", "3.500"), source="Yonhap"), now=NOW)
    (kyiv, yonhap) = desk.feeds.sources()
    assert (kyiv.name, kyiv.articles, kyiv.corrections, yonhap.articles, yonhap.corrections) == (
        "Kyiv Post",
        1,
        0,
        1,
        1,
    )
    assert kyiv.conflicts > 0
    assert yonhap.claims == 3


@pytest.mark.parametrize(
    ("written", "seconds"), [("15m", 900), ("2h", 7200), ("1d", 86_400), ("90", 5400), ("60s", 60)]
)
def test_times_are_read(written: str, seconds: int) -> None:
    assert seconds_of(written) == seconds


@pytest.mark.parametrize("written", ["", "5s", "soon", "9d", "-1m", "99999999999d"])
def test_times_that_no_feed_is_polled_at_are_refused(written: str) -> None:
    with pytest.raises(ValueError):
        seconds_of(written)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "data:text/xml,x", "gopher://a.example/", "https://", "/etc/passwd"]
)
def test_only_addresses_of_the_web_are_feeds(desk: Desk, url: str) -> None:
    with pytest.raises(Refused):
        desk.add(url)


def test_feeds_go_out_and_come_in_as_opml(desk: Desk) -> None:
    listed = [Outline("https://a.example/f?x=1&y=2", "A & <B>", "Dunia"), Outline("https://b.example/f", "B", None)]
    again = read_opml(write_opml(listed))
    assert again == listed
    added, refused = desk.feeds.add_all([*again, Outline("file:///etc/passwd", "", None)], now=NOW)
    assert [(one.fresh, one.feed.topic) for one in added] == [(True, "Dunia"), (True, None)]
    assert [why for _, why in refused] == ["not a web address"]
    assert [one.fresh for one in desk.feeds.add_all(again, now=NOW)[0]] == [False, False]


@pytest.mark.parametrize(
    "content", [b"", b"<opml", b"<rss/>", b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;']
)
def test_what_is_no_opml_is_refused(content: bytes) -> None:
    with pytest.raises(OpmlError):
        read_opml(content)


POLLING = """
import ssl, sys, httpcore
from datetime import UTC, datetime
from bot.polling import Poller
from bot.reading.fetch import Fetcher
from bot.reading.web import Web
from bot.service import Service
from db.engine import open_database
url, port, certificate = sys.argv[1:]

class Loop:
    def resolve(self, host, port):
        return ["93.184.215.14"]

    def dial(self, address, port_, seconds):
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", int(port), seconds)

fetcher = Fetcher(network=Loop(), tls=ssl.create_default_context(cafile=certificate), wait=lambda seconds: None)
now = datetime(2024, 10, 24, 12, 15, tzinfo=UTC)
poller = Poller(Service(open_database(url), frozenset({7})), Web(fetcher=fetcher), lambda: now)
poller.take_over()
poller.round()
poller.close()
"""


def test_a_poll_that_is_killed_loses_and_doubles_nothing(
    desk: Desk, forks: Forks, database_url: str, tmp_path: Path
) -> None:
    """Killed again and again, at moments that fall between any two of its steps."""
    towns = [f"Kota{chr(97 + number)}" for number in range(20)]
    texts = [f"Kata BNPB, {number + 2} orang tewas dalam banjir di {name}." for number, name in enumerate(towns)]
    for number, text in enumerate(texts):
        desk.web.pages[f"https://news.example/a{number}"] = page(f"Banjir di {towns[number]}\n{text}")
    desk.web.pages[FEED] = rss(
        *(item(number, "" if number % 2 else story(f"Banjir\n{text} ")) for number, text in enumerate(texts))
    )
    desk.add()
    port = str(desk.web.servers[443].server_address[1])
    arguments, before = [database_url, port, str(CERTIFICATE)], 0
    for _ in range(3):
        killed = forks.start(arguments, folder=tmp_path, code=POLLING)
        until = time.monotonic() + 40
        while desk.service.stats().articles == before and killed.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        killed.kill()
        before = desk.service.stats().articles
    last = forks.run(arguments, folder=tmp_path, code=POLLING)
    assert last.code == 0, last.stderr
    assert desk.service.stats().articles == 20
    places = [card.claim.claim.place for card in map(desk.service.claim, range(1, 99)) if card and card.claim.current]
    assert sorted(map(str, places)) == towns
    assert (desk.feed.entries, desk.feed.waiting) == (20, 0)
    assert desk.waiting() == ["feed:1:quarantined"]
