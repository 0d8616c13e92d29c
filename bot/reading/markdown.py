"""Markdown → its text, a line a block, and what stands in its front matter."""

import re
from collections.abc import Mapping

#: `key: value` lines between two lines of dashes
_FRONT = re.compile(r"---\n((?:[^\n]*\n){0,60}?)---[^\S\n]*\n")
_FIELD = re.compile(r"([A-Za-z_]{1,30}):[^\S\n]*(.*)")
_NAMES = {"title": "title", "date": "published", "published": "published", "source": "source", "url": "url",
          "lang": "lang", "language": "lang", "id": "id"}  # fmt: skip


def read_markdown(text: str) -> tuple[str, Mapping[str, str]]:
    """The text without marks, code and pictures; and the fields of the front matter, named as in JSON lines."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    fields = {}
    for line in front[1].splitlines() if front else ():
        field = _FIELD.match(line)
        if field and field[1].lower() in _NAMES and field[2].strip("\"' "):
            fields[_NAMES[field[1].lower()]] = field[2].strip().strip("\"'")
    parser = MarkdownIt("commonmark", {"maxNesting": 30}).enable("table")
    blocks = []
    for token in parser.parse(text[front.end() :] if front else text):
        if token.type == "inline":
            parts = (_said(part.type, part.content) for part in token.children or ())
            blocks.append(" ".join("".join(parts).split()))
    return "\n".join(block for block in blocks if block), fields


def _said(kind: str, content: str) -> str:
    if kind in ("softbreak", "hardbreak"):
        return " "
    return content if kind in ("text", "code_inline", "text_special") else ""
