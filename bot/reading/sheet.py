"""A page taken apart: its text by trafilatura, and what tells who published it, when, and whether it is an article.

All that chews on foreign markup is here and runs in a worker (`workers`); a sheet is plain, bounded text."""

import logging
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from bot.reading.markup import tree_of
from bot.reading.metadata import LISTS, metadata
from bot.reading.others import drop_others
from bot.reading.refused import Reason, Refused
from claims.text import fold

#: elements that may be the headline, and lines near it
_HEADINGS = ("h1", "h2", "h3")
_LINES = frozenset(
    {"div", "p", "span", "time", "li", "dd", "small", "font", "td", "ul", "header", "section", "abbr", "b"}
)
#: characters of a line that may tell the day, and of one that is a paragraph; how many lines are looked at
_LINE, _PARAGRAPH, _MOST_LINES = 120, 160, 24
#: blanks of a line that is a sentence of the text, where it ends like one; a second one ends the lines by the headline
_SENTENCE, _ENDS = 7, (".", "!", "?", "”", '"')
#: words of a link that makes a heading a teaser
_TEASER = 4
_LIST_CLASS = re.compile(r"(?:^|[\s-])(?:archive|category|search-results|tag|author|home)(?:$|[\s-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands in a page; what it means is decided by `page`."""

    text: str
    #: the heading that is the headline, where one can be told
    heading: str
    titles: list[str]
    outlets: list[str]
    #: days of publication that are marked as such, the most credible first
    dates: list[str]
    #: short lines around the headline, in their order
    lines: list[str]
    canonical: str | None
    language: str | None
    #: headings that are links to other pages
    teasers: int
    #: whether it calls itself a list of articles
    is_list: bool
    #: whether it asks for a password
    asks_password: bool

    @classmethod
    def load(cls, row: dict[str, Any]) -> Self:
        """A sheet as it comes from a worker. Raises ValueError where it is none."""
        if set(row) != {one.name for one in fields(cls)}:
            raise ValueError("no sheet")
        return cls(**row)

    def dump(self) -> dict[str, Any]:
        """The sheet as plain values."""
        return asdict(self)


def take_apart(html: str, url: str | None = None) -> Sheet:
    """Everything in a page. Raises Refused where there is no text in it."""
    tree = tree_of(html)
    known = metadata(tree)
    heading = _heading(tree, known.titles)
    lines = _around(heading) if heading is not None else []
    teasers = sum(
        len(_words(link).split()) >= _TEASER for link in tree.xpath(".//h2//a | .//h3//a | .//a//h2 | .//a//h3")
    )
    pages = [one for one in (url, known.canonical) if one]
    drop_others(tree, heading, titles=known.titles, pages=pages, types=known.types)
    body_class = " ".join(one.get("class") or "" for one in tree.iter("body")).lower()
    return Sheet(
        heading=_words(heading) if heading is not None else "",
        titles=known.titles,
        outlets=known.outlets,
        dates=known.dates,
        lines=lines,
        canonical=known.canonical,
        language=known.language,
        teasers=teasers,
        is_list=bool(known.types & LISTS) or bool(_LIST_CLASS.search(body_class)),
        asks_password=bool(tree.xpath(".//input[@type='password']")),
        text=_text(tree, url),  # last: it takes the tree apart
    )


def _text(tree: Any, url: str | None) -> str:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(tree, url=url, include_comments=False, favor_precision=True)
    except (ValueError, RecursionError) as error:
        raise Refused(Reason.NO_ARTICLE) from error
    text = found.get("text") if isinstance(found, dict) else getattr(found, "text", None)
    return str(text or "").strip()


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())[:500]


def _heading(tree: Any, titles: list[str]) -> Any:
    """The longest heading that stands in one of the titles that the page gives itself; else the only h1."""
    found = [(one, _words(one)) for tag in _HEADINGS for one in tree.iter(tag)]
    whole = fold(" ".join(titles))
    inside = [(one, words) for one, words in found if len(words) > 10 and fold(words) in whole]
    if inside:
        return max(inside, key=lambda pair: len(pair[1]))[0]
    tops = [one for one, words in found if one.tag == "h1" and words]
    if len(tops) == 1:
        return tops[0]
    return next((one for one in tree.iter("div", "p", "span", "strong") if _words(one) in titles), None)


def _around(heading: Any) -> list[str]:
    """The short lines that follow the headline up to the first paragraph; before them, those that stand above it in the
    part of the page that holds both. What stands further away is the clock of the site, or another article's."""
    body = _body(heading)
    if body is None:
        return []
    above: list[str] = []
    below: list[str] = []
    lines, used, sentences = above, set[Any](), 0
    for element in body.iter():
        if element is heading:
            lines = below
        if not isinstance(element.tag, str) or element.tag not in _LINES or element.getparent() in used:
            if element.getparent() in used:
                used.add(element)
            continue
        words = element.text_content().strip()
        is_leaf = next(element.iterchildren("div", "p", "td", "header"), None) is None
        is_sentence = is_leaf and words.endswith(_ENDS) and words.count(" ") >= _SENTENCE
        sentences += is_sentence and lines is below
        if lines is below and (sentences > 1 or (is_leaf and len(words) > _PARAGRAPH)):
            break
        if (
            not is_sentence
            and len(words) <= _LINE
            and any(char.isdigit() for char in words + (element.get("datetime") or ""))
        ):
            lines.append(_line(element))
            used.add(element)
        if len(below) >= _MOST_LINES:
            break
    return [*below, *above[-4:]]


def _line(element: Any) -> str:
    """A line; where a machine's spelling of the day is given it stands alone."""
    stamps = [one.get("datetime") for one in element.iter("time") if one.get("datetime")]
    words = _words(element)
    return f"{words} [{stamps[0][:40]}]" if len(stamps) == 1 else words


def _body(heading: Any) -> Any:
    """The smallest part of the page that holds the headline and a paragraph."""
    for part in heading.iterancestors():
        if part.tag in ("body", "html"):
            return part if part.tag == "body" else None
        if len(part.text_content()) - len(heading.text_content()) > 2 * _PARAGRAPH and any(_paragraphs(part)):
            return part
    return None


def _paragraphs(part: Any) -> Iterator[bool]:
    for element in part.iter("p", "div", "span", "td", "font"):
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        if len(own.strip()) > _PARAGRAPH // 2:
            yield True
