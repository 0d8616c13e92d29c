"""A feed's bytes → entries: RSS, Atom, JSON Feed, the dates that feeds write, and what is sent to do harm."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.reading.feed import MOST, FeedContent, FeedError, read_feed
from bot.reading.feed_dates import published_on
from bot.reading.fragment import text_of
from bot.reading.refused import Refused
from bot.reading.workers import Workers
from tests.texts import NOW

URL = "https://news.example/rss/feed.xml"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, seconds=1.5) as started:
        yield started


def read(body: str | bytes, kind: str = "application/xml") -> FeedContent:
    return read_feed(body.encode() if isinstance(body, str) else body, url=URL, content_type=kind, now=NOW)


def rss(*items: str) -> str:
    listed = "".join(f"<item>{one}</item>" for one in items)
    return f'<rss version="2.0"><channel><title>Kabar</title>{listed}</channel></rss>'


def test_rss_is_read() -> None:
    found = read(
        """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Kabar &amp;amp; Berita</title>
        <language>id-ID</language><item><title>Banjir &amp;amp; longsor</title><link>/a?x=1</link><guid>7</guid>
        <pubDate>Thu, 24 Oct 2024 01:30:00 +0700</pubDate>
        <description>
        &lt;p&gt;Satu.&lt;/p&gt;&lt;script&gt;dua&lt;/script&gt;&lt;p&gt;Tiga &amp;amp; empat.&lt;/p&gt;</description>
        </item></channel></rss>"""
    )
    assert (found.title, found.language, found.country) == ("Kabar & Berita", "id", "ID")
    (entry,) = found.entries
    assert (entry.key, entry.link, entry.title) == ("7", "https://news.example/a?x=1", "Banjir & longsor")
    assert entry.text == "Banjir & longsor\nSatu.\nTiga & empat."
    assert entry.published == date(2024, 10, 24)
    assert not entry.whole


def test_atom_is_read() -> None:
    found = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>News</title><entry><id>tag:1</id>
        <title type="html">A &lt;b&gt;flood&lt;/b&gt;</title><link rel="alternate" href="https://news.example/a"/>
        <published>2024-10-23T23:59:00-05:00</published><updated>2024-10-24T09:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
        </entry></feed>"""
    )
    (entry,) = found.entries
    assert (entry.title, entry.text, entry.published) == ("A flood", "A flood\nOne.\nTwo.", date(2024, 10, 23))
    assert (found.language, found.country) == ("en", "GB")


def test_json_feed_is_read() -> None:
    dated = {"date_published": "2024-10-23T10:00:00Z"}
    items = [
        {"id": 1, "url": "https://news.example/a", "title": "A", "content_html": "<p>One.</p>", **dated},
        {"id": "2", "content_text": "Only a text"},
        {"id": "3"},
        "nonsense",
    ]  # fmt: skip
    found = read(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en", "items": items})
    )
    first, second = sorted(found.entries, key=lambda one: one.key)
    assert (first.text, first.published, first.link) == ("A\nOne.", date(2024, 10, 23), "https://news.example/a")
    assert (second.text, second.whole, second.link) == ("Only a text", True, None)


def test_an_entry_is_whole_where_the_feed_gives_all_of_it() -> None:
    long, short = "Satu kalimat yang panjang. " * 60, "Satu kalimat yang panjang."
    found = read(rss(*(f"<guid>{at}</guid><link>/{at}</link><description>{text}</description>"
                       for at, text in enumerate((long, short, long + " […]")))))  # fmt: skip
    assert [entry.whole for entry in found.entries] == [True, False, False]


def test_entries_without_an_id_or_a_date_are_told_apart() -> None:
    linked, others = (
        "<title>A</title><link>/a</link>",
        [f"<title>{a}</title><description>x</description>" for a in "BC"],
    )
    found = read(rss(linked, *others, linked, ""))
    assert [entry.title for entry in found.entries] == ["A", "B", "C"]
    assert {entry.published for entry in found.entries} == {None}
    assert len({entry.key for entry in found.entries}) == 3


def test_one_id_for_several_links_tells_nothing() -> None:
    found = read(rss(*(f"<guid>0</guid><title>{a}</title><link>/{a}</link>" for a in "ab")))
    assert [entry.key for entry in found.entries] == ["https://news.example/a", "https://news.example/b"]


def test_an_edited_entry_has_another_digest_and_the_same_key() -> None:
    versions = [rss(f"<guid>1</guid><description>{text}</description>") for text in ("a b", "a c", "a c")]
    first, second, again = (read(one).entries[0] for one in versions)
    assert first.key == second.key
    assert first.digest != second.digest == again.digest


def test_of_five_thousand_entries_the_newest_are_read() -> None:
    days = (f"{1 + at % 28} Mar {1995 + at % 29} 10:00:00 GMT" for at in range(5000))
    found = read(rss(*(f"<guid>{at}</guid><title>t</title><pubDate>{day}</pubDate><link>/{at}</link>"
                       for at, day in enumerate(days))))  # fmt: skip
    assert len(found.entries) == MOST
    assert {entry.published.year for entry in found.entries if entry.published} == {2023, 2022}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Thu, 24 Oct 2024 23:30:00 +0700", date(2024, 10, 24)),
        ("Thu, 24 Oct 2024 23:30:00 GMT", date(2024, 10, 24)),
        ("2024-10-24T00:10:00+07:00", date(2024, 10, 24)),
        ("2024-10-24 10:00", date(2024, 10, 24)),
        ("Kamis, 24 Oktober 2024 10:00 WIB", date(2024, 10, 24)),
        ("Sen, 05 Agu 2024 10:00:00 +0700", date(2024, 8, 5)),
        ("5-Mei-2024", date(2024, 5, 5)),
        ("Kamis (24/10/2024) 10.00", date(2024, 10, 24)),
        ("24 octobre 2024", date(2024, 10, 24)),
        ("Mon, 01 Jan 1900 00:00:00 GMT", None),
        ("9999-12-31T00:00:00Z", None),
        ("Sat, 26 Oct 2024 11:00:00 GMT", date(2024, 10, 26)),
        ("Sun, 27 Oct 2024 00:00:00 GMT", None),
        ("31 Feb 2024", None),
        ("kemarin", None),
        ("1729740000", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates_as_feeds_write_them(written: str, day: date | None) -> None:
    assert published_on(written, "id", NOW) == day


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Hello</body></html>",
        b"{}",
        b'{"items": []}',
        b"{" * 100_000,
        b"\x00\x01\x02",
        b"\xff\xfe<\x00r\x00",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(FeedError):
        read(body)


def test_a_body_that_names_a_file_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(rss("<title>secret</title><description>secret</description>"))
    with pytest.raises(FeedError):
        read(str(secret))
    outside = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>' + rss(
        "<title>&x;</title><description>d</description>"
    )
    assert "secret" not in str(read(outside).entries)


def test_entities_that_multiply_come_to_nothing() -> None:
    declared = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{declared}]>' + rss(
        "<title>&e9;</title><description>d</description>"
    )
    try:
        told = str(read(bomb).entries)
    except FeedError:
        told = ""
    assert len(told) < 5000


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_feeds_come_in_many_encodings(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    body = f'<?xml version="1.0" encoding="{name}"?>' + rss("<guid>1</guid><description>Zelenskyy à Kyiv</description>")
    (entry,) = read(body.encode(encoding), "text/xml").entries
    assert entry.text == "Zelenskyy à Kyiv"


def test_bytes_that_are_no_text_become_marks() -> None:
    body = rss("<guid>1</guid><title>a</title><description>x y</description>").encode().replace(b"x y", b"x\xff\x00y z")
    try:
        (entry,) = read(body).entries
    except FeedError:
        return
    assert "\x00" not in entry.text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a\nb", "a\nb"),
        ("<p>a\nb</p><p>c</p>", "a b\nc"),
        ("a<br>b", "a\nb"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<style>x</style>a<script>1 < 2</script>b", "ab"),
        ("<p>a<", "a<"),
    ],
)
def test_pieces_of_html_become_text(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "inside",
    [
        "<item " + " ".join(f"a{at}='1'" for at in range(100_000)) + "><title>x</title></item>",
        "<a>" * 300_000,
        "<title>" + "<" * 1_000_000,
    ],
    ids=["attributes", "depth", "brackets"],
)
def test_a_hostile_feed_ends_in_time(workers: Workers, inside: str) -> None:
    """It is read, or not, in a process that is ended."""
    body = f'<rss version="2.0"><channel>{inside}'.encode()
    with pytest.raises((FeedError, Refused)):
        workers.feed(body, url=URL, kind="application/rss+xml", now=NOW)


def test_a_feed_comes_whole_out_of_its_process(workers: Workers) -> None:
    body = rss(
        "<guid>1</guid><title>A</title><description>b</description><pubDate>2024-10-24</pubDate>", "<link>/a</link>"
    )
    assert workers.feed(body.encode(), url=URL, kind="application/xml", now=NOW) == read(body)
