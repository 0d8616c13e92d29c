"""Pages in the common shapes of news sites, made of articles of our own, shapes and furniture (`tests/pages/`)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import tomli
from babel.dates import format_date

HOME = Path(__file__).parent / "pages"
#: what the pages' mastheads and footers call today
TODAY = date(2026, 1, 15)
_LONG = {"id": "EEEE, d MMMM y", "en": "EEEE, MMMM d, y"}
_SHORT = {"id": "d MMM y", "en": "MMM d, y"}


@dataclass(frozen=True)
class NewsPage:
    """A page, and what a reader sees in it. `day` is None where the page does not say when it was published."""

    name: str
    address: str
    html: str
    language: str
    title: str
    outlet: str
    day: date | None
    paragraphs: tuple[str, ...]
    #: headings between the paragraphs: neither missed nor noise
    headings: tuple[str, ...]
    canonical: str


def news_pages() -> Iterator[NewsPage]:
    """Every shape in every language."""
    shapes, articles, words = (_data(name) for name in ("shapes", "articles", "words"))
    for language in ("id", "en"):
        for number, (name, shape) in enumerate(shapes.items()):
            article = articles[language][number % len(articles[language])]
            yield _page(name, shape, article, words[language], language, number)


def _data(name: str) -> Any:
    return tomli.loads((HOME / f"{name}.toml").read_text("utf-8"))


def _page(
    name: str, shape: dict[str, Any], article: dict[str, Any], words: dict[str, Any], language: str, number: int
) -> NewsPage:
    values = _values(article, words, language)
    address = shape["address"].format(slug=article["slug"], number=f"{number}{language}", **_dates(article, language))
    canonical = address if "?id=" in address else address.partition("?")[0]
    canonical = canonical.replace("://amp.", "://").replace("://m.", "://")
    paragraphs, body = _body(shape, article, values)
    html = Template((HOME / "shapes" / f"{name}.html").read_text("utf-8")).substitute(
        values, url=canonical, body="\n".join(body), lang=language
    )
    return NewsPage(
        name=f"{name}-{language}",
        address=address,
        html=html,
        language=language,
        title=article["title"],
        outlet=article["outlet"],
        day=article["day"] if shape.get("dated", True) else None,
        paragraphs=paragraphs,
        headings=(words["subhead"],),
        canonical=canonical,
    )


def _body(shape: dict[str, Any], article: dict[str, Any], values: dict[str, str]) -> tuple[tuple[str, ...], list[str]]:
    """The paragraphs as a reader sees them, and as they stand in the page."""
    seen, pieces = [], []
    for at, text in enumerate(article["text"]):
        pattern = shape["quoted"] if "quoted" in shape and text.startswith("“") else shape["paragraph"]
        pattern = shape.get("first", pattern) if at == 0 else pattern
        dateline = values["dateline"].format(**values) if "{dateline}" in pattern else ""
        seen.append(dateline + text)
        pieces.append(pattern.format(text=escape(text, quote=False), **{**values, "dateline": dateline}))
        between = shape.get("after", {}).get(str(at + 1))
        if between:
            pieces.append(between.format(**values))
    return tuple(seen), pieces


def _values(article: dict[str, Any], words: dict[str, Any], language: str) -> dict[str, str]:
    """All that a shape may name."""
    flat = {name: value for name, value in words.items() if isinstance(value, str)}
    links = "".join(f'<li><a href="/{at}">{title}</a></li>' for at, title in enumerate(words["other"]))
    return {
        **flat,
        **_dates(article, language),
        **{f"other{at}": title for at, title in enumerate(words["other"], 1)},
        **{f"comment{at}": text for at, text in enumerate(words["comment"], 1)},
        "section1": words["sections"][0],
        "nav": "".join(f'<li><a href="/{one.lower()}">{one}</a></li>' for one in (words["home"], *words["sections"])),
        "related": links,
        "title": article["title"],
        "title_json": json.dumps(article["title"]),
        "outlet": article["outlet"],
        "author": article["author"],
        "slug": article["slug"],
    }


def _dates(article: dict[str, Any], language: str) -> dict[str, str]:
    day, modified = article["day"], article["day"] + timedelta(days=2)
    long, short = _LONG[language], _SHORT[language]
    return {
        "iso": f"{day}T19:32:10+07:00",
        # the same evening, written in a zone where it is the day before
        "iso_utc": f"{day - timedelta(days=1)}T17:32:00Z",
        "day_iso": day.isoformat(),
        "slashed": day.strftime("%Y/%m/%d"),
        "numeric_date": day.strftime("%d/%m/%Y"),
        "long_date": format_date(day, long, language),
        "short_date": format_date(day, short, language),
        "short_en": format_date(day, _SHORT["id"], "en"),
        "day_month_year": format_date(day, "d MMMM y", language),
        "modified_iso": f"{modified}T08:01:00+07:00",
        "modified_long": format_date(modified, long, language),
        "today_iso": f"{TODAY}T06:00:00+07:00",
        "today_long": format_date(TODAY, long, language),
    }
