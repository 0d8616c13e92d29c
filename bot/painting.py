"""A reply in a terminal that knows bold, links and indented quotations."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.terminal import CONTROL

_PART = re.compile(r"<(/?)(\w+)([^>]*)>|([^<]+)")
_QUOTE = re.compile(r"\n?<blockquote[^>]*>(.*?)</blockquote>\n?", re.DOTALL)
_ADDRESS = re.compile(r'href="([^"]*)"')
_STYLES = {"b": "bold", "i": "italic", "code": "cyan"}


def painter(console: Console | None = None) -> Callable[[str], None]:
    """Something that prints a reply's HTML."""
    screen = console or Console(highlight=False)

    def paint(html: str) -> None:
        for part in painted(html):
            screen.print(part)

    return paint


def painted(html: str) -> Iterator[RenderableType]:
    """A reply's HTML as pieces to print one below the other."""
    last = 0
    for quote in _QUOTE.finditer(html):
        if quote.start() > last:
            yield _line(html[last : quote.start()])
        yield Padding(_line(quote[1], "italic"), (0, 0, 0, 2))
        last = quote.end()
    if last < len(html):
        yield _line(html[last:])


def _line(html: str, style: str = "") -> Text:
    text, open_ = Text(style=style), list[str]()
    for closes, tag, attributes, words in _PART.findall(html):
        if words:
            text.append(CONTROL.sub("", unescape(words)), " ".join(open_))
        elif closes:
            open_ = open_[:-1]
        else:
            address = _ADDRESS.search(attributes)
            open_.append(f"underline link {unescape(address[1])}" if address else _STYLES.get(tag, ""))
    return text
