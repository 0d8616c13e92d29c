"""Pages: what is read of them, what is no article, and what a page may not do to the process that reads it."""

import resource
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import tomli

from bot.reading.links import canonical, tidied
from bot.reading.markup import LONGEST, refuse_absurd
from bot.reading.page import Page, page_of
from bot.reading.refused import Reason, Refused
from bot.reading.sheet import take_apart
from bot.reading.workers import Workers
from tests.news_pages import news_pages
from tests.page_quality import FLOORS, figures, measured

REFUSED = tomli.loads((Path(__file__).parent / "pages" / "refused.toml").read_text("utf-8"))
TEXT = (
    "<p>The ferry company cancelled 64 crossings on Wednesday, the port authority said in a statement.</p>"
    "<p>About 6,000 passengers were stranded. The union denied that it had given no warning of the strike.</p>"
    "<p>The minister said that she would meet both sides on Friday, and that no soldiers would be sent.</p>"
)


def page(head: str = "", top: str = "", text: str = TEXT, url: str = "https://news.example/a", end: str = "") -> Page:
    title = "Ferries stay in port"
    html = f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{top}{text}</article>{end}"
    return page_of(take_apart(html, url), url, date(2025, 1, 1))


def test_pages_of_all_shapes_are_read_as_people_read_them() -> None:
    found = figures([measured(one) for one in news_pages()])
    for name, floor in FLOORS.items():
        assert found[name] <= floor if name in ("noise", "wrong_days") else found[name] >= floor, name


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_without_an_article_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(Refused) as refused:
        page_of(take_apart(REFUSED[name]["html"]), "https://news.example/a")
    assert refused.value.reason == REFUSED[name]["reason"]


@pytest.mark.parametrize(
    ("head", "top", "end", "day"),
    [
        ('<meta property="article:published_time" content="2024-10-24T01:00:00+07:00">', "", "", date(2024, 10, 24)),
        ('<meta name="pubdate" content="20241024">', "", "", date(2024, 10, 24)),
        ('<meta name="pubdate" content="Thu, 24 Oct 2024 10:00:00 GMT">', "", "", date(2024, 10, 24)),
        ('<meta property="article:modified_time" content="2024-10-24">', "", "", None),
        ('<meta name="date" content="2024-10-24">', "", "", None),
        ('<meta name="pubdate" content="1970-01-01">', "<p>24 October 2024</p>", "", date(2024, 10, 24)),
        ('<meta name="pubdate" content="9999-12-31">', "", "", None),
        ('<meta name="pubdate" content="2025-06-01">', "", "", None),
        ('<meta name="pubdate" content="1900-01-01">', "", "", None),
        ('<meta name="pubdate" content="2024-13-45">', "", "", None),
        ("", "<div>By A. Writer | Oct. 24, 2024 | 10:15 am</div>", "", date(2024, 10, 24)),
        ("", "<div>Published 24 October 2024. Updated 26 October 2024</div>", "", date(2024, 10, 24)),
        ("", "<div>Updated 26 October 2024</div>", "", None),
        ("", "<div>3 hours ago</div>", "", None),
        ("", "<div>Thursday</div>", "", None),
        ("", "<time datetime='2024-10-24T08:00'>today, 8:00</time>", "", date(2024, 10, 24)),
        ("", "", "<footer>© 2024. Printed on 24 October 2024</footer>", None),
        ("", "", "<div class='next'><time datetime='2024-10-24'>24 October 2024</time></div>", None),
    ],
)
def test_the_day_is_that_of_publication_or_unknown(head: str, top: str, end: str, day: date | None) -> None:
    assert page(head, top, end=end).published == day


def test_a_day_inside_the_text_is_not_the_day_of_publication() -> None:
    assert page(text=f"{TEXT}<p>The last strike, on 3 June 2023, had ended after a day of talks.</p>").published is None


def test_a_dateline_and_a_day_in_the_address_are_believed() -> None:
    dated = TEXT.replace("The ferry", "HARBOUR, Oct 24, 2024 (Wire) – The ferry", 1)
    assert page(text=dated).published == date(2024, 10, 24)
    assert page(url="https://news.example/2024/10/24/ferries").published == date(2024, 10, 24)


@pytest.mark.parametrize(
    ("url", "declared", "stands_for"),
    [
        ("https://news.example/a?utm_source=x&id=7&fbclid=y#top", None, "https://news.example/a?id=7"),
        ("https://NEWS.example:443/a", None, "https://news.example/a"),
        ("https://m.news.example/a", "https://www.news.example/a", "https://www.news.example/a"),
        ("https://m.news.example/a", None, "https://news.example/a"),
        ("https://amp.news.example/a", "https://sport.news.example/a", "https://sport.news.example/a"),
        ("https://news.example/a/amp/", None, "https://news.example/a"),
        ("https://news.example/a.amp.html", None, "https://news.example/a.html"),
        (
            "https://news-example.cdn.ampproject.org/c/s/news.example/a",
            "https://news.example/a",
            "https://news.example/a",
        ),
        ("https://news.example/a?page=all", "/a", "https://news.example/a"),
        ("https://news.example/a?page=2", None, "https://news.example/a?page=2"),
        ("https://news.example/a", "https://news.example/", "https://news.example/a"),
        ("https://news.example/a", "http://news.example/b", "https://news.example/b"),
        ("https://evil.example/a", "https://news.example/a", "https://evil.example/a"),
        ("https://evil.blogs.example/a", "https://paper.blogs.example/a", "https://evil.blogs.example/a"),
        ("https://news.example/a", "javascript:alert(1)", "https://news.example/a"),
        ("https://news.example/a", "http://[", "https://news.example/a"),
    ],
)
def test_one_article_has_one_address(url: str, declared: str | None, stands_for: str) -> None:
    assert canonical(url, declared) == stands_for


def test_tidying_an_address_twice_changes_nothing() -> None:
    assert tidied(tidied("http://A.example?b=%20c&utm_id=1#d")) == tidied("http://A.example?b=%20c&utm_id=1#d")


OTHER = (
    "<p>A storm has torn the roof off a school in the hills, and classes are held in the town hall for now.</p>"
    "<p>Nobody was hurt, the head teacher said on Tuesday, and 40,000 dollars were promised for the works.</p>"
)
TEASER = f"<article><h2><a href='/b'>A school loses its roof</a></h2>{OTHER}</article>"
NEXT = f"<article><h1>A school loses its roof</h1>{OTHER * 3}</article>"
POSTS = "".join(f"<article><h2>Hour {at}</h2>{one}</p></article>" for at, one in enumerate(TEXT.split("</p>")[:-1]))
TOP = "<h1>Ferries stay in port</h1>"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a teaser before it", f"{TEASER}<article>{TOP}{TEXT}</article>"),
        ("a teaser in it", f"<article>{TOP}{TEXT}<a href='/b'>{TEASER}</a></article>"),
        ("teasers, the headline outside", f"{TOP}{TEASER}<article>{TEXT}</article>{TEASER}"),
        ("a longer one before it", f"{NEXT}<article>{TOP}{TEXT}</article>"),
        ("the next one below it", f"<article>{TOP}<div>{TEXT}</div></article>{NEXT}{NEXT}"),
        ("posts of a live blog", f"<main>{TOP}{POSTS}</main><aside>{TEASER}</aside>"),
        ("posts in its article", f"<article>{TOP}{POSTS}</article>{NEXT}"),
        ("a head and a body", f"<article>{TOP}</article><article>{TEXT}</article>{TEASER}"),
        (
            "a headline that links to itself",
            f"{TEASER}<article><h1><a href='/a?x=1'>{TOP}</a></h1>{TEXT}</article>",
        ),
    ],
)
def test_of_several_articles_in_a_page_the_story_is_read(name: str, body: str) -> None:
    html = f"<html><head><title>Ferries stay in port | The Harbour Post</title></head><body>{body}</body></html>"
    read = page_of(take_apart(html, "https://news.example/a"), "https://news.example/a").text
    assert all(words in read for words in ("64 crossings", "6,000 passengers", "no soldiers"))
    assert "roof" not in read


def test_a_sentence_that_begins_like_furniture_stays() -> None:
    sentence = "Advertisement spending fell by 12 per cent last year, according to the agency."
    read = page(text=f"{TEXT}<p>{sentence}</p><p>Advertisement</p>").text
    assert "Advertisement spending fell" in read
    assert not read.endswith("Advertisement")


# what a page may cost


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("attributes", "<p " + " ".join(f"a{at}=b" for at in range(100_000)) + f">{TEXT}"),
        ("bare attributes", "<p " + "a " * 500_000 + f">{TEXT}"),
        ("length", "x" * (LONGEST + 1)),
        ("tags", "<b>" * 100_000),
    ],
)
def test_absurd_markup_is_refused_before_it_is_parsed(name: str, html: str) -> None:
    began = time.process_time()
    with pytest.raises(Refused):
        refuse_absurd(html)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("piece", ["word ", "a.", "A b c d e f. ", "\n", "12 Oktober 2024 ", "“", "baca juga "])
def test_a_text_of_any_kind_is_judged_in_time(piece: str) -> None:
    sheet = take_apart(f"<html><body><article><h1>Ferries</h1>{TEXT}</article></body></html>")
    began = time.process_time()
    with suppress(Refused):
        page_of(replace(sheet, text=(piece * 200_000)[:200_000]), "https://news.example/a")
    assert time.process_time() - began < 3


def test_a_long_tag_with_few_attributes_is_not_absurd() -> None:
    refuse_absurd(f'<img src="data:image/png;base64,{"A" * 500_000}"><div data-state="{"x = 1 " * 50_000}">')


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 1000 + TEXT + "</div>" * 1000,
        "<b>" * 50_000 + TEXT,
        "<table><tr><td>" * 3000 + TEXT,
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><html><body>" + "&b;" * 1000,
        "<p>" + "word " * 390_000,
        "<p>" * 50_000,
        "\x00\x01\x02" * 10_000,
        "<" * 50_000,
        "<!--" * 50_000,
        '<script type="application/ld+json">' + "[" * 300_000 + "</script>" + TEXT,
        "<a href='x'>" * 50_000 + TEXT,
        "\ud800 lone",
        "",
    ],
    ids=lambda html: html[:12],
)
def test_a_page_is_read_or_refused_in_time_whatever_it_holds(workers: Workers, html: str) -> None:
    began = time.monotonic()
    with suppress(Refused):
        workers.take_apart(f"<html><body>{html}")
    assert time.monotonic() - began < 30  # the bound of the process and the start of its successor


def test_after_a_page_that_broke_its_process_the_next_one_is_read(workers: Workers) -> None:
    hurried = Workers(1, seconds=0.001)
    with hurried, pytest.raises(Refused) as refused:
        hurried.take_apart(f"<html><body><p>{TEXT * 2000}")
    assert refused.value.reason is Reason.HEAVY
    assert "6,000 passengers" in workers.take_apart(f"<html><body><article>{TEXT}").text


def test_a_page_that_would_take_more_memory_than_is_set_is_refused() -> None:
    with Workers(1, seconds=2) as started, suppress(Refused):
        started.take_apart("<html><body>" + "<div><p>word</p></div>" * 14_000)
    # the peak of those that have ended is told in kilobytes
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000


def test_closing_ends_a_process_that_is_busy() -> None:
    started, reasons = Workers(1), []

    def ask() -> None:
        with pytest.raises(Refused) as refused:
            started.take_apart("<html><body>" + "<a href='x'>" * 50_000)
        reasons.append(refused.value.reason)

    asking = threading.Thread(target=ask)
    asking.start()
    while not started._busy:
        asking.join(0.01)
    started.close()
    asking.join(20)
    assert reasons == [Reason.CLOSED]


def test_a_process_that_reads_pages_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12:secret")
    with Workers(1) as started:
        started.take_apart(f"<html><body><article>{TEXT}")
        (worker,) = started._idle
        environment = Path(f"/proc/{worker._process.pid}/environ").read_bytes()
    assert b"secret" not in environment
