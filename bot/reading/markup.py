"""HTML → a tree, without what would cost a parser minutes, and without what looks like text and is none."""

import re
from typing import Any

from bot.reading.furniture import ends_text
from bot.reading.refused import Reason, Refused

#: characters of a page that are looked at; text of this length alone takes seconds
LONGEST = 2_000_000
#: attributes of one tag: a hundred thousand cost lxml a minute, as each is compared with all before it
MOST_ATTRIBUTES = 2000
#: tags of a page: nobody writes so many, and trees of them fill a gigabyte
MOST_TAGS = 60_000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "article", "section", "ul", "ol", "table", "br", "blockquote"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
#: characters of a cell that holds running text
_LONG_CELL = 200
#: characters that a list of labels and values (author, date) stays below
_SHORT_LIST = 300


def tree_of(html: str) -> Any:
    """The page as lxml's tree. Raises Refused where it is absurd or no page at all."""
    from trafilatura.utils import load_html

    refuse_absurd(html)
    try:
        tree = load_html(html)
    except (ValueError, AssertionError, RecursionError) as error:
        raise Refused(Reason.NO_ARTICLE) from error
    if tree is None or not len(tree):
        raise Refused(Reason.NO_ARTICLE)
    _flatten_layout(tree)
    _cut_endings(tree)
    return tree


def refuse_absurd(html: str) -> None:
    """Raises Refused where a page is too long, has too many tags, or one that holds thousands of attributes."""
    if len(html) > LONGEST:
        raise Refused(Reason.LARGE)
    if html.count("<") > MOST_TAGS:
        raise Refused(Reason.ABSURD)
    for tag in _LONG_TAG.finditer(html):
        if len(_QUOTED.sub('""', tag.group()).split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES:
            raise Refused(Reason.ABSURD)


def _flatten_layout(tree: Any) -> None:
    """Make tables that arrange a page ordinary blocks, so that they are not read as data; drop lists of labels."""
    tables = {
        table
        for cell in tree.iter("td", "th")
        if any(child.tag in _BLOCKS for child in cell) or len(cell.text_content()) > _LONG_CELL
        for table in cell.iterancestors("table")
    }
    for table in tables:
        for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
            part.tag = "div"
    for labels in list(tree.iter("dl")):
        if labels.getparent() is not None and len(labels.text_content()) < _SHORT_LIST:
            labels.drop_tree()


def _cut_endings(tree: Any) -> None:
    """Drop what follows the article under a heading of its own, up to the next heading beside it."""
    for heading in list(tree.iter(*_HEADINGS)):
        if heading.getparent() is None or len(heading) > 3 or not ends_text(heading.text_content()[:80]):
            continue
        for part in list(heading.itersiblings()):
            if part.tag in _HEADINGS:
                break
            part.drop_tree()
        heading.drop_tree()
