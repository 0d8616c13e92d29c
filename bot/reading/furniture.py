"""What stands in pages around their articles: its lines are taken out of texts, its phrases tell pages that are nothing
else. The words are data (`furniture.toml`)."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import tomli

#: characters of a line that may be furniture: a sentence that happens to begin like it is longer
LONGEST_LINE = 160
#: what is left of a line beside a date and the hour, where it says nothing else
_HOUR = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\b|\b(?:wib|wita|wit|gmt|utc|am|pm|est|bst|cet)\b|[\W_]+", re.IGNORECASE
)


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of a kind ("line", "updated", "login" …) in all languages."""
    data: Mapping[str, Mapping[str, list[str]]] = tomli.loads(
        files("bot.reading").joinpath("furniture.toml").read_text("utf-8")
    )
    return tuple(phrase for language in data.values() for phrase in language[kind])


def holds(kind: str, text: str) -> bool:
    """Whether a text holds a phrase of a kind."""
    folded = " ".join(text.lower().split())
    return any(phrase in folded for phrase in phrases(kind))


def is_furniture(line: str) -> bool:
    """Whether a line of an article is none of its text: an advertisement, a link to another article, a signature."""
    bare = line.strip(" \t-–—•|*[]()»›").lower()
    if not bare:
        return True
    if len(bare) > LONGEST_LINE:
        return False
    return bare.startswith(phrases("line")) or (
        bare.startswith(phrases("label")) and not bare.endswith((".", "”", '"'))
    )


def ends_text(heading: str) -> bool:
    """Whether a heading begins what follows an article: its readers' comments, a newsletter."""
    return " ".join(heading.lower().split()).strip(" :()0123456789") in phrases("ending")


def is_byline(line: str) -> bool:
    """Whether a short line above a text tells who wrote it."""
    return (
        len(line) <= LONGEST_LINE
        and line.lower().startswith(phrases("byline"))
        and not line.endswith((".", "!", "?", "”", '"'))
    )


def is_stamp(line: str, dates: list[tuple[int, int]]) -> bool:
    """Whether a line holds nothing but a date and the hour; `dates` are the ends of the dates in it."""
    rest, at = [], 0
    for start, end in dates:
        rest.append(line[at:start])
        at = end
    return bool(dates) and not _HOUR.sub("", "".join([*rest, line[at:]]))
