"""Ingesting: every kind of file, many articles at once, again after a kill, and tried without storing."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from bot.ingesting import BATCH, Here, Ingested, ingest
from bot.reading.bad import BadInput
from bot.reading.files import count, read_all
from bot.reading.pdf import joined
from bot.reading.web import Web
from bot.reading.workers import Workers
from bot.service import Service
from claims.model import Article
from db.engine import open_database
from tests.processes import Finished, Forks
from tests.texts import MORE_TROOPS, NOW, TROOPS


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 50 780 Td {shown}ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%bendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


def read(folder: Path, name: str, content: str | bytes, workers: Workers | None = None) -> list[Article | BadInput]:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_all([str(file)], web=Web(workers=workers) if workers else None))


def test_a_pdf_is_read_in_paragraphs(tmp_path: Path, workers: Workers) -> None:
    (found,) = read(tmp_path, "a.pdf", pdf("Flood in Demak", "Officials said on Monday that twelve people were kil-",
                                           "led in the flood, and that three hundred others had to", "leave.",
                                           "The mayor denied it."), workers)  # fmt: skip
    assert isinstance(found, Article)
    assert found.text.split("\n") == [
        "Flood in Demak",
        "Officials said on Monday that twelve people were killed in the flood, and that three hundred others had to "
        "leave.",
        "The mayor denied it.",
    ]


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", pdf(), b"%PDF-1.7" + b"\x00" * 5000, pdf("x")[:200]])
def test_a_pdf_without_text_is_refused(tmp_path: Path, workers: Workers, content: bytes) -> None:
    (found,) = read(tmp_path, "a.pdf", content, workers)
    assert isinstance(found, BadInput)


def test_lines_of_columns_become_paragraphs() -> None:
    first, second = "The first line of a paragraph that goes", "Another one begins here and is long,"
    lines = ["Title of it", "", first, "on, and ends.", second, "too.", "• a point", "• another"]
    assert list(joined(lines)) == [
        "Title of it",
        "The first line of a paragraph that goes on, and ends.",
        "Another one begins here and is long, too.",
        "• a point",
        "• another",
    ]


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    front = "---\ntitle: Flood\ndate: 2024-10-24\nsource: 'Kabar'\n---\n"
    text = f"{front}# Flood\n\nKata **BNPB**, [12 orang](https://x.example)\ntewas.\n\n```\ncode\n```\n\n- satu\n"
    (found,) = read(tmp_path, "a.md", text)
    assert isinstance(found, Article)
    assert found.text == "Flood\nKata BNPB, 12 orang tewas.\nsatu"
    assert (found.title, found.source, found.published) == ("Flood", "Kabar", date(2024, 10, 24))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_rows_are_articles(tmp_path: Path, mark: str) -> None:
    rows = [["Text", "id", "published", "other"], ['"Satu, dua\nbaris"', "1", "2024-10-24", "x"], ["", "2", "", ""]]
    first, second = read(tmp_path, "a.csv", "\ufeff" + "\n".join(mark.join(row) for row in rows))
    assert first == Article(id="1", text="Satu, dua\nbaris", title="Satu, dua", published=date(2024, 10, 24))
    assert isinstance(second, BadInput)
    assert second.why == 'needs a "text"'


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", "title,url\nx,y\n", 'needs a heading with "text"'),
        ("a.csv", "text\n", "empty"),
        ("a.csv", 'text\n"' + "x" * 20_000_000, "not CSV"),
        ("a.csv", b"text\ncaf\xe9\n", "neither UTF-8"),
        ("a.jsonl", b'{"text": "\xff"}\n', "not UTF-8"),
        ("a.jsonl", b"x" * 13_000_000, "not UTF-8, or too long"),
        ("a.md", "```\nonly code\n```\n", 'needs a "text"'),
    ],
)
def test_files_without_articles_are_explained(tmp_path: Path, name: str, content: str | bytes, why: str) -> None:
    (found,) = read(tmp_path, name, content)
    assert isinstance(found, BadInput)
    assert found.why.startswith(why)


def test_rows_and_pages_come_in_the_encodings_of_windows_too(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": "Kata é"}, ensure_ascii=False) + "\r\n"
    for encoding in ("utf-8-sig", "utf-16"):
        (found,) = read(tmp_path, "a.jsonl", line.encode(encoding))
        assert found == Article(id="a", text="Kata é", title="Kata é")
    (found,) = read(tmp_path, "a.csv", "id;text\r\na;Kata é\r\n".encode("utf-16"))
    assert found == Article(id="a", text="Kata é", title="Kata é")
    sentences = "Im Café “Größe” am alten Hafen sitzen zwölf Leute. " * 9
    page = f"<html><head><meta charset=windows-1252></head><body><article><p>{sentences}"
    (found,) = read(tmp_path, "a.html", page.encode("cp1252"))
    assert isinstance(found, Article)
    assert "Café “Größe”" in found.text


def test_articles_are_counted_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n{}\n")
    (tmp_path / "b.txt").write_text("x")
    assert count([str(tmp_path), str(tmp_path / "a.jsonl")]) == 5
    assert count(["-"]) is None


def town(number: int) -> str:
    return f"Kota{chr(97 + number // 26)}{chr(97 + number % 26)}"


def story(number: int) -> Article:
    text = f"Banjir di {town(number)}\nKata BNPB, {number + 2} orang tewas dalam banjir di {town(number)}."
    return Article(id=f"a{number}", text=text, language="id", published=date(2024, 10, 24))


def done(service: Service, some: list[Article | BadInput], **more: object) -> list[Ingested]:
    with Here() as here:
        return list(ingest(service, some, here, clock=lambda: NOW, **more))  # type: ignore[arg-type]


def test_every_input_is_told_of_in_its_order(service: Service) -> None:
    some: list[Article | BadInput] = [*map(story, range(BATCH)), BadInput("x", "empty"), story(0), story(99)]
    told = done(service, some)
    assert [one.status for one in told] == ["new"] * BATCH + ["refused", "known", "new"]
    assert [one.name for one in told][-3:] == ["x", "a0", "a99"]
    assert {one.claims for one in told[:BATCH]} == {1}
    assert service.stats().articles == BATCH + 1
    assert [one.status for one in done(service, some)] == ["known"] * BATCH + ["refused", "known", "known"]


def test_several_threads_store_as_one_does(service: Service) -> None:
    """Any executor will do; the order, and so the numbers, are those of the input."""
    some = [*map(story, range(BATCH + 4))]
    with ThreadPoolExecutor(2) as pool:
        told = list(ingest(service, some, pool, workers=2, clock=lambda: NOW))
    assert [one.name for one in told] == [one.id for one in some]
    card = service.claim(1)
    assert card
    assert card.claim.article == "a0"


def test_a_dry_run_tells_what_would_be_and_stores_nothing(service: Service) -> None:
    service.add_article(Article(id="a", text=TROOPS), now=NOW)
    before = service.stats(), service.conflicts()
    told = done(service, [Article(id="b", text=MORE_TROOPS), Article(id="a", text=MORE_TROOPS)], dry_run=True)
    assert [one.status for one in told] == ["new", "version"]
    assert told[0].conflicts > 0
    assert (service.stats(), service.conflicts()) == before


def test_an_article_that_breaks_the_reader_stops_no_other(service: Service) -> None:
    broken = Article(id="b", text=TROOPS, published="soon")  # type: ignore[arg-type]
    told = done(service, [story(1), broken, story(2)])
    assert [one.status for one in told] == ["new", "refused", "new"]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with more articles than are read without worker processes."""
    rows = ({"id": one.id, "text": one.text, "lang": "id", "published": "2024-10-24"} for one in map(story, range(200)))
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    return tmp_path


def test_an_ingest_that_is_killed_goes_on_where_it_was(forks: Forks, many: Path) -> None:
    arguments = ["ingest", "many.jsonl", "--workers"]
    service = Service(open_database(f"sqlite:///{many}/claimbot.db"))
    killed = forks.start([*arguments, "2"], folder=many)
    until = time.monotonic() + 40
    while not service.stats().articles:
        assert time.monotonic() < until
        time.sleep(0.02)
    killed.kill()
    begun = service.stats().articles
    assert begun < 200
    assert begun % BATCH == 0
    again: Finished = forks.run([*arguments, "1"], folder=many)
    assert again.code == 0, again.stderr
    assert f"in all: {200 - begun} new, {begun} known already" in again.stdout
    stats = service.stats()
    assert (stats.articles, stats.claims) == (200, 200)
    service.engine.dispose()
