"""A web page → title, text and date, by trafilatura with settings that invent no date."""

import logging
from dataclasses import dataclass
from datetime import date


class PageError(ValueError):
    """A page without an article in it."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `text` begins with the title."""

    title: str
    text: str
    published: date | None
    url: str | None
    source: str | None


def read_page(html: str, url: str | None = None) -> Page:
    """The article in a page. Raises PageError where there is none."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(
        html,
        url=url,
        include_comments=False,
        favor_precision=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    row = found if isinstance(found, dict) else found.as_dict() if found else {}
    body = str(row.get("text") or "").strip()
    if not body:
        raise PageError("no article found in this page")
    title = str(row.get("title") or "").strip()
    text = body if not title or body.startswith(title) else f"{title}\n{body}"
    return Page(title, text, _day(row.get("date")), url or row.get("url"), row.get("sitename"))


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
