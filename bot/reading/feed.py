"""A feed's bytes (RSS, Atom, JSON Feed) → its entries, newest first. Pure: what is there, not what to do about it."""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, Self
from urllib.parse import urljoin
from xml.sax import SAXException

from bot.reading.announced import announced
from bot.reading.feed_dates import published_on
from bot.reading.fragment import text_of
from claims.text import clean

#: entries read of one feed, the newest
MOST = 200
#: entries looked at
_MOST_LISTED = 10_000
#: characters from which a description is an article, and from which an entry's own content is one
_LONG, _WHOLE = 1500, 600
_LONGEST_TITLE = 500
_CUT = re.compile(r"(…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\))\W*$")
_NONE = "neither RSS nor Atom nor JSON Feed"
_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)


class FeedError(ValueError):
    """What an address gave is no feed: why, as a key of the locale files' table `feed_error`."""


class FeedAtError(FeedError):
    """What an address gave is a page, which names its feed."""

    def __init__(self, url: str) -> None:
        super().__init__(_NONE)
        self.url = url


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry as it stands in the feed."""

    #: tells it apart from the feed's others: its id, else its link, else its content
    key: str
    link: str | None
    title: str
    #: without markup; empty where the feed says nothing but a title
    text: str
    #: the text is the article, not the beginning of it
    whole: bool
    published: date | None

    @property
    def digest(self) -> str:
        """Changes when title or text do."""
        return blake2b(f"{self.title}\n{self.text}".encode("utf-8", "replace"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """What a feed gave."""

    title: str
    #: ISO 639-1, and ISO 3166 where it says which country's ("id-ID")
    language: str | None
    country: str | None
    entries: tuple[FeedEntry, ...]

    def dump(self) -> dict[str, Any]:
        """The feed as plain values."""
        days = [one.published.isoformat() if one.published else None for one in self.entries]
        entries = [asdict(one) | {"published": day} for one, day in zip(self.entries, days, strict=True)]
        return {"title": self.title, "language": self.language, "country": self.country, "entries": entries}

    @classmethod
    def load(cls, row: dict[str, Any]) -> Self:
        """The feed of such values."""
        entries = tuple(_loaded(one) for one in row["entries"])
        return cls(title=row["title"], language=row["language"], country=row["country"], entries=entries)


def _loaded(row: dict[str, Any]) -> FeedEntry:
    day = date.fromisoformat(row["published"]) if row["published"] else None
    return FeedEntry(**(row | {"published": day}))


def read_feed(body: bytes, *, url: str, content_type: str, now: datetime) -> FeedContent:
    """The entries of a feed, at most `MOST`, newest first, each once. `content_type` as the header says it, with its
    charset; `url` is what relative links begin with. Raises FeedError, FeedAtError for a page that names one."""
    if link := announced(body, url):
        raise FeedAtError(link)
    start = body[:1000].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    found = _json(body) if start.startswith(b"{") else _xml(body, content_type)
    listed = found.entries[:_MOST_LISTED]
    entries = [_entry(one, url, found.language, now) for one in _told_apart(listed)]
    once: dict[str, FeedEntry] = {}
    for entry in entries:
        if entry:
            once.setdefault(entry.key, entry)
    # undated entries count as new: a feed begins with its newest
    newest = sorted(once.values(), key=lambda one: one.published or date.max, reverse=True)
    return FeedContent(
        title=_line(found.title), language=found.language, country=found.country, entries=tuple(newest[:MOST])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """An entry before anything is made of it."""

    id: str
    link: str
    title: str
    content: str
    summary: str
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    title: str
    language: str | None
    country: str | None
    entries: list[_Raw]


def _xml(body: bytes, content_type: str) -> _Found:
    import feedparser

    try:  # never the bytes themselves: feedparser takes them for the name of a file first
        found = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever its parsers stumble over
        raise FeedError("a damaged feed") from error
    if isinstance(found.get("bozo_exception"), SAXException) and not found.entries:
        raise FeedError("a damaged feed" if found.get("version") else _NONE)
    if not found.get("version") and not found.entries:
        raise FeedError(_NONE)
    language, country = _language(found.feed.get("language"))
    entries = [
        _Raw(
            id=_text(one.get("id")),
            link=_text(one.get("link")) or next((_text(part.get("src")) for part in one.get("content", ())), ""),
            title=_text(one.get("title")),
            content=max((_text(part.get("value")) for part in one.get("content", ())), key=len, default=""),
            summary=_text(one.get("summary")),
            dates=tuple(_text(one.get(name)) for name in ("published", "created", "updated") if name in one),
        )
        for one in found.entries[:_MOST_LISTED]
    ]
    return _Found(title=_text(found.feed.get("title")), language=language, country=country, entries=entries)


def _json(body: bytes) -> _Found:
    """https://www.jsonfeed.org/version/1.1/"""
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FeedError("a damaged feed") from error
    items = feed.get("items")
    if "jsonfeed.org/version/" not in _text(feed.get("version")) or not isinstance(items, list):
        raise FeedError(_NONE)
    language, country = _language(feed.get("language"))
    entries = [_json_item(one) for one in items if isinstance(one, Mapping)]
    return _Found(title=_text(feed.get("title")), language=language, country=country, entries=entries)


def _json_item(item: Mapping[str, Any]) -> _Raw:
    id_ = item.get("id")
    return _Raw(
        id=str(id_) if isinstance(id_, str | int) else "",
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        content=_text(item.get("content_html")) or _text(item.get("content_text")),
        summary=_text(item.get("summary")),
        dates=tuple(_text(item.get(name)) for name in ("date_published", "date_modified")),
    )


def _told_apart(entries: list[_Raw]) -> list[_Raw]:
    """Entries without the ids that several with links of their own share: some feeds give each the same."""
    links: dict[str, set[str]] = {}
    for one in entries:
        links.setdefault(one.id, set()).add(one.link)
    return [replace(one, id="") if one.link and len(links[one.id]) > 1 else one for one in entries]


def _entry(raw: _Raw, url: str, language: str | None, now: datetime) -> FeedEntry | None:
    """An entry; None where there is nothing to read and nothing to fetch."""
    title = _line(raw.title)
    content, summary = text_of(raw.content), text_of(raw.summary)
    body = clean(max(content, summary, key=len))
    link = _absolute(url, raw.link)
    is_whole = not _CUT.search(body) and (len(body) >= _LONG or (len(content) >= _WHOLE and body == clean(content)))
    if not body and link is None:
        return None
    text = body if not body or not title or body.startswith(title) else f"{title}\n{body}"
    return FeedEntry(
        key=clean(raw.id) or link or blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        link=link,
        title=title or body.split("\n", 1)[0][:200],
        text=text,
        whole=is_whole or link is None,
        published=_first_date(raw.dates, language, now),
    )


def _first_date(written: Iterable[str], language: str | None, now: datetime) -> date | None:
    found: Iterator[date | None] = (published_on(one, language, now) for one in written)
    return next((one for one in found if one), None)


def _absolute(url: str, link: str) -> str | None:
    """A link as an address of the web; None for anything else."""
    try:
        whole = urljoin(url, link.strip()) if link.strip() else ""
    except ValueError:
        return None
    return whole if _WEB.match(whole) else None


def _language(written: object) -> tuple[str | None, str | None]:
    """ "id-ID" → ("id", "ID")."""
    parts = _text(written).replace("_", "-").split("-")
    language = {"in": "id"}.get(parts[0].lower(), parts[0].lower())
    country = parts[1].upper() if len(parts) > 1 else ""
    return (
        language if re.fullmatch("[a-z]{2}", language) else None,
        country if re.fullmatch("[A-Z]{2}", country) else None,
    )


def _line(html: str) -> str:
    """A title: one line without markup."""
    return clean(" ".join(text_of(text_of(html[: 4 * _LONGEST_TITLE])).split()))[:_LONGEST_TITLE]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
