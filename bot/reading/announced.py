"""The feed that a page names for programs: whoever adds a site's address means it."""

from html.parser import HTMLParser
from urllib.parse import urljoin

from bot.reading.links import is_one_site

#: bytes of a page that are looked at: its head
_LONGEST = 200_000
_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind, relation = given.get("type", "").partition(";")[0].strip().lower(), given.get("rel", "").lower().split()
        if tag == "link" and "alternate" in relation and kind in _KINDS and given.get("href"):
            self.links.append(given["href"].strip())


def announced(body: bytes, url: str) -> str | None:
    """The first feed of the same site that a page at `url` names; None where it names none, or is no page."""
    if b"<html" not in body[:2000].lower():
        return None
    head = _Head()
    head.feed(body[:_LONGEST].decode("utf-8", "replace"))
    for link in head.links:
        try:
            found = urljoin(url, link)
            if is_one_site(url, found) and found != url:
                return found
        except ValueError:
            continue
    return None
