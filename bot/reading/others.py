"""A page with several articles in it: the story stays, what belongs to others goes.

Which article is another's is told by its heading alone: it leads to another page, or it stands, and is not the page's
headline, beside a story that has the headline and is long enough. So the posts of a live blog stay, under the
headline or in its article, and so does all of a page that has no headline."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from claims.text import fold

#: words, with its headline, with which an article stands for itself
FEWEST_WORDS = 25
#: what a page calls itself where its further articles are posts of the same story
_LIVE = "LiveBlogPosting"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def drop_others(tree: Any, headline: Any, *, titles: list[str], pages: list[str], types: frozenset[str]) -> None:
    """Take other articles out of a tree. `titles` are those of the page, `pages` its own addresses."""
    articles = list(tree.iter("article"))
    if len(articles) < 2 or headline is None:
        return
    headings = _headings(tree)
    kept, names = set(headline.iterancestors()), {fold(one) for one in (_words(headline), *titles)}
    others = [
        (article, headings[article])
        for article in articles
        if article in headings and article not in kept and fold(_words(headings[article])) not in names
    ]
    own = {_path(page) for page in pages}
    for article, heading in others:
        if _leads_elsewhere(heading, own, pages):
            _drop(article)
    story = next(headline.iterancestors("article"), None)
    if story is None or _LIVE in types or len(_words(story).split()) < FEWEST_WORDS:
        return
    for article, _ in others:
        if story not in article.iterancestors():
            _drop(article)


def _drop(article: Any) -> None:
    if article.getparent() is not None:
        article.drop_tree()


def _headings(tree: Any) -> dict[Any, Any]:
    """The first heading of each article, those of articles inside it left aside."""
    found: dict[Any, Any] = {}
    for heading in tree.iter(*_HEADINGS):
        home = next(heading.iterancestors("article"), None)
        if home is not None and home not in found and _words(heading):
            found[home] = heading
    return found


def _leads_elsewhere(heading: Any, own: set[str], pages: list[str]) -> bool:
    links = heading.xpath("ancestor::a/@href | .//a/@href")
    return any(_path(one, *pages[:1]) not in own for one in links if not one.startswith("#"))


def _path(url: str, base: str = "") -> str:
    """What tells the pages of a site apart."""
    try:
        return urlsplit(urljoin(base, url)).path.rstrip("/")
    except ValueError:
        return url


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())
