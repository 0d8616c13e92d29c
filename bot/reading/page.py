"""A web page → an article: its text, title, outlet, day, language and address, or the reason why it holds none."""

import re
from dataclasses import dataclass
from datetime import date

from bot.reading.days import published_on
from bot.reading.furniture import is_byline, is_furniture, is_stamp
from bot.reading.judge import refuse_frames
from bot.reading.links import canonical
from bot.reading.sheet import Sheet
from claims.dates import dates
from claims.language import language_of
from claims.lexicon import lexicon
from claims.text import clean, fold

#: what stands between a title and the outlet's name
_DIVIDER = re.compile(r"\s+[-–—|·•:]\s+|:\s+|\s*\|\s*")
_LONGEST_NAME = 60
#: lines among which the title may stand once more, and words of a line above the text that is no more than a name
_ABOVE, _NAME = 5, 4
#: characters of a line that tells no more than a day
_LONGEST_STAMP = 120


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `text` begins with the title."""

    title: str
    text: str
    published: date | None
    url: str | None
    source: str | None
    language: str | None


def page_of(sheet: Sheet, url: str | None = None, latest: date | None = None) -> Page:
    """The article in a page that was taken apart. `latest` is the day on which it was fetched. Raises Refused."""
    address = canonical(url, sheet.canonical) if url else sheet.canonical
    language = language_of(sheet.text, sheet.language)
    outlet = _outlet(sheet)
    title = _title(sheet, outlet)
    body = _without_furniture(sheet.text, title, language)
    refuse_frames(sheet, title, body)
    return Page(
        title=title,
        text=clean(f"{title}\n{body}" if title else body),
        published=published_on(sheet, address, language, latest),
        url=address,
        source=outlet or _host(address),
        language=language,
    )


def _without_furniture(text: str, title: str, language: str | None) -> str:
    """The lines of the article itself: no links to others, advertisements, signatures, dates alone, no title twice, and
    nothing that stands above the title."""
    lines = [line.strip() for line in text.split("\n")]
    bare = [" ".join(line.split()) for line in lines]
    begins = bare.index(title) + 1 if title in bare[:_ABOVE] else 0
    kept: list[str] = []
    for line, words in zip(lines[begins:], bare[begins:], strict=True):
        if not is_furniture(words) and not _is_stamp(words, language, is_top=not kept):
            kept.append(line)
    return "\n".join(kept)


def _is_stamp(line: str, language: str | None, *, is_top: bool) -> bool:
    """Whether a line tells who wrote the text, or when; above the text, one with a day in it that is no sentence."""
    is_sentence = line.endswith((".", "!", "?", "”", '"', ":"))
    if is_top and not is_sentence and (is_byline(line) or len(line.split()) <= _NAME):
        return True
    if not language or len(line) > _LONGEST_STAMP or not any(char.isdigit() for char in line):
        return False
    found = [(one.span.start, one.span.end) for one in dates(line, lexicon(language), None) if one.date]
    return bool(found) and ((is_top and line[-1:] not in '.!?”"') or is_stamp(line, found))


def _outlet(sheet: Sheet) -> str | None:
    """The outlet as the page names it, else what its title holds beside the headline."""
    if sheet.outlets:
        return sheet.outlets[0]
    for title in sheet.titles if sheet.heading else ():
        before, found, after = _parted(title, sheet.heading)
        rest = [part.strip() for part in _DIVIDER.split(after if after.strip() else before) if part.strip()]
        if found and rest:
            name = rest[-1] if after.strip() else rest[0]
            return name if len(name) <= _LONGEST_NAME else None
    return None


def _title(sheet: Sheet, outlet: str | None) -> str:
    """The headline: the heading that the page's titles hold, else a title without the outlet's name."""
    heading = sheet.heading
    if heading and any(fold(heading) in fold(title) or _alike(heading, title) for title in sheet.titles):
        return heading
    for title in sheet.titles:
        parts = _DIVIDER.split(title)
        if outlet and len(parts) > 1 and outlet.lower() in (parts[0].strip().lower(), parts[-1].strip().lower()):
            return _stripped(title, outlet)
        return title
    return heading


def _parted(title: str, heading: str) -> tuple[str, str, str]:
    """What stands before and behind the headline in a title, whatever quotation marks either is set with."""
    at = fold(title).find(fold(heading))
    if at < 0:
        return title, "", ""
    return title[:at], title[at : at + len(heading)], title[at + len(heading) :]


def _alike(heading: str, title: str) -> bool:
    """Whether a title is the headline in other words, as those for search engines are."""
    words, others = set(fold(heading).split()), set(fold(title).split())
    return 2 * len(words & others) >= len(words)


def _stripped(title: str, outlet: str) -> str:
    """A title without the outlet's name at either end."""
    name = re.escape(outlet)
    bare = re.sub(rf"^{name}\s*[-–—|·•:]\s*|\s*[-–—|·•:]\s*{name}$", "", title, flags=re.IGNORECASE)
    return bare.strip() or title


def _host(url: str | None) -> str | None:
    """The site's name, where the page does not say whose it is."""
    match = re.match(r"https?://(?:www\.|m\.|amp\.)?([^/:?#]+)", url or "")
    return match[1] if match else None
