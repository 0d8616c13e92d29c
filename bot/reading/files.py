"""Files, folders, standard input, addresses → articles. A bad input never stops the others: it becomes a BadInput."""

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.locale import FALLBACK, say
from bot.reading.bad import LONGEST, BadInput
from bot.reading.markdown import read_markdown
from bot.reading.page import page_of
from bot.reading.refused import Refused
from bot.reading.rows import article_of, csv_rows, json_lines
from bot.reading.web import Web, decoded, is_address
from bot.reading.workers import Workers
from claims.model import Article
from claims.text import clean

#: kinds of files that hold one article each
SINGLE = (".txt", ".md", ".html", ".htm", ".pdf")
SUFFIXES = (*SINGLE, ".jsonl", ".ndjson", ".csv")
_LINES = (".jsonl", ".ndjson", ".json")
_ROWS = {**dict.fromkeys(_LINES, json_lines), ".csv": csv_rows}
_MARKDOWN = (".md", ".markdown")
#: bytes of a PDF
_LONGEST_PDF = 25_000_000
_PAGES = (".html", ".htm", ".xhtml")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about its inputs."""

    id: str | None = None
    source: str | None = None
    published: date | None = None
    language: str | None = None


def read_all(
    inputs: Iterable[str], options: Options | None = None, web: Web | None = None
) -> Iterator[Article | BadInput]:
    """The articles of all inputs in order: files, folders, "-" for standard input, addresses where there is a `web`."""
    chosen = options or Options()
    with Workers(1) as own:  # none is started before it is needed
        workers = web.workers if web else own
        for name in inputs:
            for found in [_fetched(web, name)] if web and is_address(name) else _read(name, workers):
                yield found if isinstance(found, BadInput) else _with_options(found, chosen)


def count(inputs: Iterable[str]) -> int | None:
    """How many articles there may be in files and folders; None where that cannot be said before reading them."""
    total = 0
    for name in inputs:
        path = Path(name)
        if name == "-":
            return None
        for one in _files(path) if path.is_dir() else [path]:
            total += _rows(one) if one.suffix.lower() in _LINES else 1
    return total


def _rows(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b"")) or 1
    except OSError:
        return 1


def _with_options(article: Article, options: Options) -> Article:
    return replace(
        article,
        id=options.id or article.id,
        source=options.source or article.source,
        published=options.published or article.published,
        language=options.language or article.language,
    )


def _read(name: str, workers: Workers) -> Iterator[Article | BadInput]:
    path, suffix = Path(name), Path(name).suffix.lower()
    if name == "-":
        yield from _stream(io.BufferedReader(sys.stdin.buffer), workers)  # type: ignore[arg-type]
        return
    if path.is_dir():
        yield from _folder(path, workers)
        return
    try:
        if suffix in _ROWS:
            with path.open("rb") as rows:
                yield from _ROWS[suffix](name, rows)
            return
        size = path.stat().st_size
        if size > (_LONGEST_PDF if suffix == ".pdf" else 4 * LONGEST):
            yield BadInput(name, f"longer than {LONGEST:,} characters: give one article a file")
            return
        content = path.read_bytes()
    except OSError as error:
        yield BadInput(name, f"cannot be read: {error.strerror or error}")
        return
    if not suffix and content.lstrip().startswith(b"{"):
        yield from json_lines(name, io.BytesIO(content))
    else:
        yield read_one(name, content, workers)


def read_one(name: str, content: bytes, workers: Workers) -> Article | BadInput:
    """The one article in the content of a file, whose name says what it is."""
    suffix = Path(name).suffix.lower()
    if suffix == ".pdf" or content.startswith(b"%PDF-"):
        return _pdf(name, content, workers)
    text = decoded(content) if suffix in _PAGES else _decoded(content)
    if text is None:
        return BadInput(name, "neither UTF-8 nor UTF-16 text: convert it, or give a text file")
    text = clean(text)
    if not text.strip():
        return BadInput(name, "empty: nothing to read")
    if len(text) > LONGEST:
        return BadInput(name, f"longer than {LONGEST:,} characters: give one article a file")
    if suffix in _PAGES or text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        return _page(name, text, workers)
    if suffix in _MARKDOWN:
        return _markdown(name, text)
    return Article(id=name, text=text, title=text.strip().split("\n", 1)[0][:300])


def _stream(stream: io.BufferedReader, workers: Workers) -> Iterator[Article | BadInput]:
    """Standard input: JSON lines as they come, else one article."""
    if stream.peek(8).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from json_lines("-", stream)
    else:
        yield read_one("-", stream.read(), workers)


def _fetched(web: Web, url: str) -> Article | BadInput:
    try:
        return web.read(url, datetime.now(UTC).date())
    except Refused as refused:
        return BadInput(url, say(FALLBACK, f"refused.{refused.reason}"))


def _folder(path: Path, workers: Workers) -> Iterator[Article | BadInput]:
    files = _files(path)
    if not files:
        yield BadInput(str(path), f"no articles in this folder: put {', '.join(SUFFIXES)} files into it")
    for one in files:
        yield from _read(str(one), workers)


def _files(path: Path) -> list[Path]:
    return sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUFFIXES)


def _pdf(name: str, content: bytes, workers: Workers) -> Article | BadInput:
    try:
        text = clean(workers.pdf(content))
    except Refused as refused:
        return BadInput(name, say(FALLBACK, f"refused.{refused.reason}"))
    return Article(id=name, text=text, title=text.split("\n", 1)[0][:300])


def _markdown(name: str, text: str) -> Article | BadInput:
    said, fields = read_markdown(text)
    title = fields.get("title", "")
    whole = said if not title or said.startswith(title) else f"{title}\n{said}"
    return article_of(name, {"id": name, **fields, "text": whole})


def _decoded(content: bytes) -> str | None:
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _is_binary(text) else text


def _is_binary(text: str) -> bool:
    """Whether a text is full of control characters; a stray NUL makes none."""
    sample = text[:4000]
    odd = sum(char < " " and char not in "\t\n\r\f" for char in sample)
    return odd > 0.1 * len(sample)


def _page(name: str, html: str, workers: Workers) -> Article | BadInput:
    try:
        page = page_of(workers.take_apart(html))
    except Refused as refused:
        return BadInput(name, say(FALLBACK, f"refused.{refused.reason}"))
    return Article(
        id=page.url or name,
        text=clean(page.text),
        title=page.title,
        source=page.source,
        url=page.url,
        published=page.published,
    )
