"""A piece of HTML, such as a feed's description, → its text, a line a block. Plain text comes out as it is."""

import re
from html.parser import HTMLParser

#: longer pieces are cut: no article is that long
LONGEST = 400_000
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "form", "h1"),
        *(
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "td",
        ),
        *("th", "tr", "ul"),
    )
)
#: what nobody reads as text
_SILENT = frozenset(
    (
        *("script", "style", "noscript", "template", "iframe", "object", "figcaption", "button", "select", "textarea"),
        *("svg", "math"),
    )
)
_BLANKS = re.compile(r"[^\S\n]+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent.append(tag)
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data if "<" in data else _BLANKS.sub(" ", data.replace("\n", " ")))


def text_of(html: str) -> str:
    """The text of a piece of HTML."""
    piece = html[:LONGEST]
    if "<" not in piece and "&" not in piece:
        lines = piece.splitlines()
    else:
        reader = _Reader()
        reader.feed(piece)
        reader.close()
        lines = "".join(reader.parts).splitlines()
    blocks = (" ".join(line.split()) for line in lines)
    return "\n".join(block for block in blocks if block)
