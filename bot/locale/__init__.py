"""Words, numbers and dates in the reader's language: `<language>.toml` and CLDR."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

import tomli
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import format_compact_decimal, format_decimal

from claims.model import EventDate, Precision

#: the language of those whose own there is no file for
FALLBACK = "en"


class Html(str):
    """Text that is markup already; every other string is escaped when it is filled in."""

    __slots__ = ()


@cache
def languages() -> tuple[str, ...]:
    """The languages that the bot speaks, as ISO 639-1 codes."""
    names = (item.name for item in files("bot").joinpath("locale").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def nearest(code: str | None) -> str:
    """The language for a client's code: "id-ID" and "in" are Indonesian, an unknown one is English."""
    short = (code or "").replace("_", "-").split("-", 1)[0].lower()
    short = {"in": "id"}.get(short, short)
    return short if short in languages() else FALLBACK


def language_name(code: str, language: str) -> str:
    """What a language is called in another one: "Indonesian", "Prancis"."""
    return Locale(code).get_display_name(language) or code


@cache
def _texts(language: str) -> Mapping[str, Any]:
    return tomli.loads(files("bot").joinpath("locale", f"{language}.toml").read_text("utf-8"))


def _find(language: str, key: str) -> Any:
    found: Any = _texts(language)
    for part in key.split(".", 1):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def has(language: str, key: str) -> bool:
    """Whether a language has a text of that name."""
    return _find(language, key) is not None


def say(language: str, key: str, **arguments: object) -> Html:
    """The text named `section.name` with its arguments, HTML-escaped, filled in. `count` chooses the plural form.
    Raises KeyError for a text that no file has: a mistake of ours."""
    found = _find(language, key)
    if found is None:
        found = _find(FALLBACK, key)
    if found is None:
        raise KeyError(key)
    if isinstance(found, Mapping):
        count = arguments.get("count", 0)
        form = Locale(language).plural_form(count) if isinstance(count, int) else "other"
        found = found.get(form, found["other"])
    shown = {name: _shown(language, value) for name, value in arguments.items()}
    return Html(str(found).format_map(shown))


def _shown(language: str, value: object) -> str:
    if isinstance(value, Html):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(value, language)
    return escape(str(value), quote=False)


def number(value: int | Decimal, language: str) -> str:
    """A figure in the reader's form: 12,000 or 12.000; a round one of millions in words: 7.5 billion, 7,5 miliar."""
    if in_words(value):
        return str(format_compact_decimal(value, format_type="long", locale=language, fraction_digits=2))
    return str(format_decimal(value, locale=language))


def in_words(value: int | Decimal) -> bool:
    """Whether a figure is written in words: one of millions that loses nothing with two decimals."""
    size = max(-value, value)
    step = next((step for step in (10**12, 10**9, 10**6) if size >= step), None)
    return step is not None and size < 10**15 and (size * 100) % step == 0


def compact(value: int | Decimal, language: str) -> str:
    """A figure as short as it can be without another value: "7.5 bn", and 12,000 as it is."""
    if -1_000_000 < value < 1_000_000:
        return number(value, language)
    return str(format_compact_decimal(value, format_type="short", locale=language, fraction_digits=2))


def day(value: date, language: str) -> str:
    """A day in the reader's form: 23 Oct 2024, 23. Okt. 2024; in English that of most countries."""
    if language == FALLBACK:
        return str(format_date(value, "d MMM y", locale=language))
    return str(format_skeleton("yMMMd", value, locale=language))


def hour(value: int | datetime, language: str) -> Html:
    """A time of day in the reader's form: 10:00 PM or 22.00."""
    moment = time(value) if isinstance(value, int) else value.time()
    return Html(str(format_time(moment, "short", locale=language)).replace("\u202f", " "))


def city(zone: str, language: str) -> str:
    """A time zone by its city."""
    return str(get_timezone_location(zone, locale=language, return_city=True))


def when(value: EventDate, language: str) -> str:
    """A date as exactly as it is known."""
    if value.precision is Precision.YEAR:
        return str(value.first.year)
    if value.precision is Precision.MONTH:
        return str(format_skeleton("yMMM", value.first, locale=language))
    if value.first == value.last:
        return day(value.first, language)
    return f"{day(value.first, language)} – {day(value.last, language)}"
