"""What a page says about itself: JSON-LD, meta elements and microdata, taken as they stand; nothing is decided here."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: characters of a script, objects and characters of a value that are looked at
_SCRIPT, _OBJECTS, _VALUE = 400_000, 2000, 500
_PUBLISHED = frozenset(
    {
        *(
            "article:published_time",
            "og:published_time",
            "og:article:published_time",
            "datepublished",
            "date_published",
        ),
        *("publishdate", "publish_date", "publish-date", "publication_date", "pubdate", "content_publisheddate"),
        *("published_at", "published_time", "article.published", "article_date_original", "originalpublicationdate"),
        *("dc.date.issued", "dcterms.issued", "dc.issued", "parsely-pub-date", "sailthru.date", "rnews:datepublished"),
        *("cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date"),
    }
)
_OUTLET = (
    "og:site_name",
    "publisher",
    "application-name",
    "dcterms.publisher",
    "dc.publisher",
    "twitter:app:name:iphone",
)
_TITLE = ("og:title", "twitter:title", "parsely-title", "dcterms.title", "headline")
#: types of JSON-LD that stand for many articles or none
LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage", "Blog"})


@dataclass(frozen=True, slots=True)
class Metadata:
    """Titles, outlets, publication dates and addresses, each in the order in which they are to be believed."""

    titles: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    canonical: str | None = None
    language: str | None = None
    types: frozenset[str] = frozenset()


def metadata(tree: Any) -> Metadata:
    """All that a page says about itself in its head, and in elements that are marked for programs."""
    objects = list(_objects(tree))
    articles = [one for one in objects if any("Article" in kind or kind.endswith("Posting") for kind in _types(one))]
    named = _named(tree)
    article = _main(articles, " ".join(_texts([*(named.get(name) for name in _TITLE), tree.findtext(".//title")])))
    publisher = _resolved(article.get("publisher"), objects)
    outlets = [named.get(name) for name in _OUTLET[:1]]
    outlets += [publisher.get("name") if isinstance(publisher, dict) else publisher, _itemprop(tree, "publisher")]
    outlets += [named.get(name) for name in _OUTLET[1:]]
    dates = [
        article.get("datePublished"),
        *(value for name, value in named.items() if name in _PUBLISHED),
        *_marked(tree),
    ]
    titles = [article.get("headline"), *(named.get(name) for name in _TITLE), tree.findtext(".//title")]
    language = tree.get("lang") or named.get("content-language") or named.get("og:locale")
    return Metadata(
        titles=_texts(titles),
        outlets=_texts(outlets),
        dates=_texts(dates),
        canonical=_canonical(tree, named),
        language=language[:2].lower() if language else None,
        types=frozenset(kind for one in objects for kind in _types(one)),
    )


def _texts(values: list[Any]) -> list[str]:
    """The values that are texts, tidied and bounded."""
    plain = [" ".join(value.split())[:_VALUE] for value in values if isinstance(value, str)]
    return [one for one in dict.fromkeys(plain) if one]


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of all JSON-LD scripts, outer ones first."""
    waiting: list[Any] = []
    for script in tree.xpath(".//script[contains(@type, 'ld+json')]"):
        text = script.text or ""
        text = text[min(text.find("{") % (len(text) + 1), text.find("[") % (len(text) + 1)) :]
        text = text[: max(text.rfind("}"), text.rfind("]")) + 1]  # some hide it in a comment
        if len(text) <= _SCRIPT:
            try:
                waiting.append(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue
    for seen, value in enumerate(waiting):
        if seen > _OBJECTS:
            return
        if isinstance(value, dict):
            yield value
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]
        elif isinstance(value, list):
            waiting += value


def _types(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _resolved(value: Any, objects: list[dict[str, Any]]) -> Any:
    """An object itself, where it is only referred to."""
    found = value[0] if isinstance(value, list) and value else value
    if isinstance(found, dict) and set(found) == {"@id"}:
        return next((one for one in objects if one.get("@id") == found["@id"] and "name" in one), None)
    return found


def _main(articles: list[dict[str, Any]], titles: str) -> dict[str, Any]:
    """The article that the page is: the one with the page's title; none where several have headlines of their own."""
    whole = [one for one in articles if one.get("headline") and one.get("datePublished")]
    titled = [one for one in whole if " ".join(str(one["headline"]).split()) in titles]
    whole = titled or whole
    headlines = {str(one["headline"]) for one in whole}
    if len(headlines) > 1:
        return {}  # teasers of other articles: none of their dates is the page's
    return next(iter(whole or articles), {})


def _named(tree: Any) -> dict[str, str]:
    """The meta elements by their name in lower case; the first of a name holds."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower()[:80], content)
    return found


def _itemprop(tree: Any, name: str) -> str | None:
    inner = tree.xpath(f".//*[@itemprop='{name}']//*[@itemprop='name']")
    return (inner[0].get("content") or inner[0].text_content()) if inner else None


def _marked(tree: Any) -> Iterator[str]:
    """Days of publication in elements of the page itself that are marked as such."""
    for one in tree.xpath(".//*[@itemprop='datePublished'] | .//time[@pubdate]")[:3]:
        yield one.get("content") or one.get("datetime") or one.text_content()
    stamps = tree.xpath(
        ".//abbr[contains(@class, 'published')]/@title | .//*[contains(@class, 'dt-published')]/@datetime"
    )
    yield from stamps[:1]


def _canonical(tree: Any, named: dict[str, str]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    return next((href.strip() for href in links if href and href.strip()), named.get("og:url"))
