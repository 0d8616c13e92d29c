"""Articles that are rows: JSON lines, one a line, and CSV with a heading; read line by line, however long the file."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, BinaryIO

from bot.reading.bad import LONGEST, BadInput
from claims.model import Article
from claims.text import clean

#: bytes of one line: an article with every character escaped
_LONGEST_LINE = 6 * LONGEST
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_FIELDS = ("id", "lang", "title", "source", "url", "published", "text")


def json_lines(name: str, stream: BinaryIO) -> Iterator[Article | BadInput]:
    """The articles of JSON lines: `{"id"?, "lang"?, "title"?, "source"?, "url"?, "published"?, "text"}`."""
    found = False
    for at, line in enumerate(_lines(stream), 1):
        if isinstance(line, str) and not line.strip():
            continue
        found = True
        where = f"{name}:{at}"
        yield BadInput(where, "not UTF-8, or too long") if line is None else _json_line(where, line)
    if not found:
        yield BadInput(name, "empty: nothing to read")


def _lines(stream: BinaryIO) -> Iterator[str | None]:
    """The lines of a stream; None for one that is no text, or longer than any article."""
    first = stream.readline(_LONGEST_LINE)
    if first.startswith(_WIDE):
        yield from (first + stream.read()).decode("utf-16", "replace").split("\n")
        return
    line = first.removeprefix(b"\xef\xbb\xbf")
    while line:
        is_whole = line.endswith(b"\n") or len(line) < _LONGEST_LINE
        try:
            yield line.decode() if is_whole else None
        except UnicodeDecodeError:
            yield None
        while not is_whole:
            rest = stream.readline(_LONGEST_LINE)
            is_whole = not rest or rest.endswith(b"\n")
        line = stream.readline(_LONGEST_LINE)


def _json_line(where: str, line: str) -> Article | BadInput:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadInput(where, f"not JSON: {error}")
    return article_of(where, row) if isinstance(row, dict) else BadInput(where, 'needs a "text"')


def csv_rows(name: str, stream: BinaryIO) -> Iterator[Article | BadInput]:
    """The articles of CSV, whose heading names the fields of JSON lines; "," or ";" or a tab stands between them."""
    start = stream.read(3)
    stream.seek(0)
    encoding = "utf-16" if start.startswith(_WIDE) else "utf-8-sig"
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        yield from _rows(name, iter(lambda: text.readline(_LONGEST_LINE), ""))
    except UnicodeError:
        yield BadInput(name, "neither UTF-8 nor UTF-16 text: convert it")
    finally:
        text.detach()


def _rows(name: str, lines: Iterator[str]) -> Iterator[Article | BadInput]:
    heading = next(lines, "")
    mark = max(",;\t", key=heading.count)
    csv.field_size_limit(_LONGEST_LINE)
    reader = csv.DictReader(chain([heading], lines), delimiter=mark)
    names = {one: one.strip().lower() for one in reader.fieldnames or () if one.strip().lower() in _FIELDS}
    if "text" not in names.values():
        yield BadInput(name, f'needs a heading with "text", and perhaps {", ".join(_FIELDS[:-1])}')
        return
    at, empty = 1, True
    try:
        for row in reader:
            at, empty = reader.line_num, False
            yield article_of(f"{name}:{at}", {known: row[one] for one, known in names.items() if row[one]})
    except csv.Error as error:
        yield BadInput(f"{name}:{at + 1}", f"not CSV: {error}")
        return
    if empty:
        yield BadInput(name, "empty: nothing to read")


def article_of(where: str, row: Mapping[str, Any]) -> Article | BadInput:
    """The article of such fields."""
    if not isinstance(row.get("text"), str) or not row["text"].strip():
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


def _id(row: Mapping[str, Any]) -> str | None:
    """The external id: a text, or a number, 0 too; else the address."""
    given = row.get("id")
    return str(given) if isinstance(given, str | int) and given != "" else _string(row, "url")


def _string(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    return clean(value) if isinstance(value, str) and value else None
