"""Files, folders, standard input, addresses → articles. A bad input never stops the others: it becomes a BadInput."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.locale import FALLBACK, say
from bot.reading.page import read_page
from bot.reading.refused import Refused
from bot.reading.web import Web, is_address
from claims.model import Article
from claims.text import clean

#: longer inputs are no articles
LONGEST = 2_000_000
SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".ndjson")
_LINES = (".jsonl", ".ndjson", ".json")
_PAGES = (".html", ".htm", ".xhtml")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True, slots=True)
class BadInput:
    """An input that could not be read: where, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


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
    for name in inputs:
        for found in [_fetched(web, name)] if web and is_address(name) else _read(name):
            yield found if isinstance(found, BadInput) else _with_options(found, chosen)


def _with_options(article: Article, options: Options) -> Article:
    return replace(
        article,
        id=options.id or article.id,
        source=options.source or article.source,
        published=options.published or article.published,
        language=options.language or article.language,
    )


def _read(name: str) -> Iterator[Article | BadInput]:
    if name == "-":
        yield from _content(name, sys.stdin.buffer.read(), "")
        return
    path = Path(name)
    if path.is_dir():
        yield from _folder(path)
        return
    try:
        if path.stat().st_size > 4 * LONGEST and path.suffix.lower() not in _LINES:
            yield BadInput(name, f"longer than {LONGEST:,} characters: give one article a file")
            return
        content = path.read_bytes()
    except OSError as error:
        yield BadInput(name, f"cannot be read: {error.strerror or error}")
        return
    yield from _content(name, content, path.suffix.lower())


def _fetched(web: Web, url: str) -> Article | BadInput:
    try:
        return web.read(url, datetime.now(UTC).date())
    except Refused as refused:
        return BadInput(url, say(FALLBACK, f"refused.{refused.reason}"))


def _folder(path: Path) -> Iterator[Article | BadInput]:
    files = sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUFFIXES)
    if not files:
        yield BadInput(str(path), f"no articles in this folder: put {', '.join(SUFFIXES)} files into it")
    for one in files:
        yield from _read(str(one))


def _content(name: str, content: bytes, suffix: str) -> Iterator[Article | BadInput]:
    text = _decoded(content)
    if isinstance(text, str) and (suffix in _LINES or (not suffix and text.lstrip().startswith("{"))):
        yield from _json_lines(name, text)
        return
    if isinstance(text, str):
        text = clean(text)
    if text is None:
        yield BadInput(name, "neither UTF-8 nor UTF-16 text: convert it, or give a text file")
    elif not text.strip():
        yield BadInput(name, "empty: nothing to read")
    elif len(text) > LONGEST:
        yield BadInput(name, f"longer than {LONGEST:,} characters: give one article a file")
    elif suffix in _PAGES or text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        yield _page(name, text)
    else:
        yield Article(id=name, text=text, title=text.strip().split("\n", 1)[0][:300])


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


def _page(name: str, html: str) -> Article | BadInput:
    try:
        page = read_page(html)
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


def _json_lines(name: str, text: str) -> Iterator[Article | BadInput]:
    found = False
    for at, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found = True
            yield _json_line(f"{name}:{at}", line)
    if not found:
        yield BadInput(name, "empty: nothing to read")


def _json_line(where: str, line: str) -> Article | BadInput:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadInput(where, f"not JSON: {error}")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        return BadInput(where, 'needs a "text"')
    try:
        published = date.fromisoformat(str(row["published"])[:10]) if row.get("published") else None
    except ValueError:
        return BadInput(where, f'"published" is no date such as 2024-10-23: {str(row["published"])[:40]!r}')
    text = clean(row["text"])
    if len(text) > LONGEST:
        return BadInput(where, f"longer than {LONGEST:,} characters")
    return Article(
        id=clean(_id(row) or where),
        text=text,
        title=_string(row, "title") or text.strip().split("\n", 1)[0][:300],
        source=_string(row, "source"),
        url=_string(row, "url"),
        published=published,
        language=_string(row, "lang"),
    )


def _id(row: dict[str, Any]) -> str | None:
    """The external id: a text, or a number, 0 too; else the address."""
    given = row.get("id")
    return str(given) if isinstance(given, str | int) and given != "" else _string(row, "url")


def _string(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    return clean(value) if isinstance(value, str) and value else None
