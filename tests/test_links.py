"""Links: from an address to a stored article, on the command line and in the conversation."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import Incoming
from bot.locale import languages, say
from bot.reading.bad import BadInput
from bot.reading.files import read_all
from bot.reading.links import is_one_article
from bot.reading.refused import Reason, Refused
from bot.reading.web import Web as Reader
from bot.reading.web import decoded, is_address
from bot.reading.workers import Workers
from bot.service import Service
from claims.model import Article
from tests.processes import Forks
from tests.talks import Talks
from tests.texts import NOW
from tests.web import HOME, Given, Web, moved

ADMIN = Incoming(chat=7, person=7, language="en", is_admin=True)
TITLE = "Ferry crews walk out over pay"
TEXT = [
    "The ferry company cancelled 64 crossings on Wednesday, the port authority said in a statement.",
    "About 6,000 passengers were stranded at the harbour, according to the mayor of the town.",
    "The union denied that it had given no warning of the strike, which began at noon.",
]


def html(*text: str, title: str = TITLE, head: str = "") -> Given:
    paragraphs = "".join(f"<p>{one}</p>" for one in text or TEXT)
    return Given(
        f"<html><head><title>{title} | The Harbour Post</title>{head}</head>"
        f"<body><article><h1>{title}</h1><div>24 October 2024</div>{paragraphs}</article></body></html>".encode()
    )


@pytest.fixture
def reader(web: Web, workers: Workers) -> Reader:
    """Reads articles from the sites on loopback."""
    web.pages[HOME] = html()
    return Reader(fetcher=web.fetcher(), workers=workers)


@pytest.fixture
def talks(service: Service, reader: Reader) -> Talks:
    """A conversation that reads the sites on loopback."""
    speaking = Talks(service)
    speaking.conversation = replace(speaking.conversation, web=reader)
    return speaking


def test_a_page_becomes_an_article_with_all_that_it_says(reader: Reader) -> None:
    article = reader.read(f"{HOME}?utm_source=x", NOW.date())
    assert article == Article(
        id=HOME, url=HOME, title=TITLE, text="\n".join([TITLE, *TEXT]), source="The Harbour Post",
        published=NOW.date(), language="en",
    )  # fmt: skip


@pytest.mark.parametrize(("status", "reason"), [(404, Reason.NOT_FOUND), (410, Reason.GONE), (403, Reason.LOGIN),
                                                (429, Reason.FAILED), (502, Reason.FAILED)])  # fmt: skip
def test_a_response_that_is_no_page_is_refused(web: Web, reader: Reader, status: int, reason: Reason) -> None:
    web.pages[HOME] = Given(b"sorry", status=status)
    with pytest.raises(Refused) as refused:
        reader.read(HOME, NOW.date())
    assert refused.value.reason is reason


def test_an_admin_adds_a_page_by_its_link(talks: Talks) -> None:
    assert talks.says(f"/add {HOME}", is_admin=True).startswith(f"Stored: {TITLE}\n")
    assert talks.says(f"/add {HOME}#comments", is_admin=True).startswith("Known already")
    assert "not a public address" in talks.says(f"/add {HOME} http://127.0.0.1/ {HOME}", is_admin=True)
    assert talks.read.count("Known already") == 1
    assert "6,000" in talks.says("how many passengers were stranded?")


def test_an_edited_page_is_a_new_version_whose_old_claims_are_withdrawn(web: Web, talks: Talks) -> None:
    talks.says(f"/add {HOME}", is_admin=True)
    web.pages[HOME] = html(TEXT[0], TEXT[1].replace("6,000", "4,500"), TEXT[2])
    assert "1 claim withdrawn" in talks.says(f"/add {HOME}", is_admin=True)
    assert "4,500" in talks.says("how many passengers were stranded?")
    assert "6,000" not in talks.read


def test_a_link_is_checked_for_anybody_and_nothing_of_it_stored(talks: Talks, service: Service) -> None:
    for more in ({}, {"forwarded_from": "Somebody"}, {"is_admin": True}):
        assert "Nothing of it was stored" in talks.says(HOME, **more)
    assert service.ask("how many passengers were stranded?").abstain
    assert "Only admins" in talks.says(f"/add {HOME}")


def test_a_link_that_an_admin_forwards_is_added(talks: Talks) -> None:
    assert talks.says(HOME, is_admin=True, forwarded_from="A channel").startswith("Stored")


def test_a_few_words_with_a_link_are_about_its_page(talks: Talks) -> None:
    """However the link stands there; a post that is long enough, or whose page cannot be read, stands for itself."""
    told = "I find 3 claims in it"
    assert told in talks.says(f"is this true? {HOME}.")
    assert told in talks.says("is this true?", links=(HOME,))
    assert talks.says("/add this one", is_admin=True, links=(HOME,)).startswith(f"Stored: {TITLE}")
    post = {"forwarded_from": "Harbour News", "is_admin": True}
    assert talks.says("Ferries stay in port – read on", links=(HOME,), **post).startswith("Known already")
    long = f"{TEXT[1]} {TEXT[2]} {TEXT[0]} Read on: {HOME}"
    assert talks.says(long, **post).startswith("Stored: About 6,000")
    assert "The police said" in talks.says("The police said that 12 people were killed. http://127.0.0.1/x", **post)
    assert "not a public address" in talks.says("is this true? http://127.0.0.1/x")


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://metadata.news.example/"])
def test_a_person_is_told_why_a_page_is_not_read_and_nothing_of_the_network(web: Web, talks: Talks, url: str) -> None:
    web.names["metadata.news.example"] = ["169.254.169.254"]
    told = talks.says(url)
    assert told == "I do not read that page: not a public address. Check how it is spelled."
    assert talks.says(url, language="id").startswith("Halaman itu tidak saya baca: bukan alamat publik.")


def test_every_reason_is_told_in_every_language() -> None:
    for language in languages():
        assert len({say(language, f"refused.{reason}") for reason in Reason}) == len(Reason)
        assert language == "en" or all(
            say(language, f"refused.{reason}") != say("en", f"refused.{reason}") for reason in Reason
        )


def test_mirrors_of_a_page_are_one_article(web: Web, reader: Reader, service: Service) -> None:
    first = "https://news.example/town/ferry-crews-walk-out"
    web.pages[first] = html()
    web.pages["https://amp.news.example/ferry"] = html(head=f"<link rel=canonical href='{first}'>")
    web.pages["https://m.news.example/harbour/ferry-crews-walk-out"] = html()
    web.pages["https://short.news.example/x"] = moved(f"{first}?utm_medium=mail")
    numbers = set()
    for url in (first, *web.pages):
        if url != HOME:
            numbers.add(service.add_page(reader.read(url, NOW.date()), now=NOW).number)
    assert len(numbers) == 1


def test_one_text_at_addresses_of_different_articles_is_the_frame_of_a_site(
    web: Web, reader: Reader, service: Service
) -> None:
    for name in ("a-storm-over-the-bay", "a-new-school-opens"):
        web.pages[f"https://news.example/{name}"] = html()
    service.add_page(reader.read("https://news.example/a-storm-over-the-bay", NOW.date()), now=NOW)
    with pytest.raises(Refused) as refused:
        service.add_page(reader.read("https://news.example/a-new-school-opens", NOW.date()), now=NOW)
    assert refused.value.reason is Reason.SAME


def test_the_same_text_at_another_site_is_an_article_of_its_own(web: Web, reader: Reader, service: Service) -> None:
    web.pages["https://other.news.example/a"] = html()
    statuses = [
        service.add_page(reader.read(url, NOW.date()), now=NOW).status for url in (HOME, "https://other.news.example/a")
    ]
    assert statuses == ["new", "new"]


@pytest.mark.parametrize(
    ("url", "other", "is_one"),
    [
        ("https://a.example/x/ferry-crews-walk", "https://a.example/ferry-crews-walk?page=all", True),
        ("https://a.example/d-7001234/ferry", "https://a.example/read/7001234", True),
        ("https://a.example/1", "https://a.example/2", False),
        ("https://a.example/login", "https://a.example/login/", False),
    ],
)
def test_addresses_name_one_article_by_its_title_or_number(url: str, other: str, is_one: bool) -> None:
    assert is_one_article(url, other) is is_one


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("Größe".encode(), None, "Größe"),
        ("Größe".encode("latin-1"), "ISO-8859-1", "Größe"),
        ("Größe “x”".encode("cp1252"), "ascii", "Größe “x”"),
        ("Größe".encode(), "latin-9000", "Größe"),
        ("Größe".encode("utf-16"), None, "Größe"),
        (b"\xef\xbb\xbfText", "utf-16", "Text"),
        (b"<meta charset=koi8-r>" + "Текст".encode("koi8-r"), None, "<meta charset=koi8-r>Текст"),
        ("Größe".encode(), "utf-7", "Größe"),
        (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-"),
        (b"caf\xe9 \xff", "utf-8", "caf\ufffd \ufffd"),
        (b"caf\xe9", None, "café"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
    ],
)
def test_a_page_is_decoded_as_browsers_would(body: bytes, charset: str | None, text: str) -> None:
    assert decoded(body, charset) == text


def test_addresses_stand_among_other_inputs(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "a.txt").write_text("A title\nA text.", "utf-8")
    found = list(read_all([HOME, str(tmp_path / "a.txt"), "http://127.0.0.1/"], web=reader))
    assert [one.where if isinstance(one, BadInput) else one.id for one in found] == [
        HOME, str(tmp_path / "a.txt"), "http://127.0.0.1/",
    ]  # fmt: skip
    assert isinstance(found[2], BadInput)


def test_the_command_line_refuses_an_inner_address_in_one_line(forks: Forks, tmp_path: Path, web: Web) -> None:
    port = web.servers[80].server_address[1]
    for url in (f"http://127.0.0.1:{port}/", "http://localhost/", "http://[::1]/a", "http://0x7f.1/"):
        done = forks.run(["ingest", url], folder=tmp_path)
        assert (done.code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert url in done.stderr
    assert web.asked == []


def test_what_counts_as_a_link_alone() -> None:
    assert is_address(" https://news.example/a?b=c ")
    assert not any(
        map(is_address, ("see https://news.example/a", "https://a.example b", "news.example", "ftp://a", ""))
    )


def test_a_link_that_was_checked_can_be_sent_in_and_keeps_its_address(talks: Talks) -> None:
    talks.says(HOME)
    assert "Thank you" in talks.presses("Send to the editors", below=Incoming(chat=5, person=5, text=HOME))
    assert HOME in talks.says("/review", is_admin=True)
    assert "Stored" in talks.presses("Accept", is_admin=True)
    talks.says("how many passengers were stranded?")
    assert f'<a href="{HOME}">The Harbour Post</a>' in talks.shown[0].text
