"""The settings of a chat: one message that changes in place."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.locale import Html, city, hour, languages, say
from bot.replies.shape import Button, Reply
from db.values import Preferences

_ROW = 3
#: hours to choose a digest from
DIGEST_HOURS = (6, 7, 8, 9, 12, 16, 18, 20, 21)
#: from which hour to which it may be quiet
QUIET = ((20, 7), (21, 6), (22, 7), (23, 7), (23, 8), (0, 8))
#: the zones of most readers; any other is written behind /settings
ZONES = (
    "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Singapore", "Asia/Tokyo", "Asia/Kolkata",
    "Australia/Sydney", "Europe/London", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Africa/Lagos",
    "America/Sao_Paulo", "America/New_York", "America/Los_Angeles",
)  # fmt: skip


def settings(chosen: Preferences, language: str, zone: ZoneInfo, now: datetime) -> Reply:
    """All settings, and a button for each."""
    rows = (
        say(language, "settings.language", name=say(language, "name")),
        say(language, "settings.zone", zone=city(zone.key, language), time=hour(now.astimezone(zone), language)),
        say(language, "settings.quiet", hours=_hours(chosen.quiet, language)),
        say(language, "settings.digest", digest=_digest(chosen, language)),
    )
    pages = [Button(say(language, f"button.{name}"), f"settings:{name}") for name in ("language", "zone")]
    more = [Button(say(language, f"button.{name}"), f"settings:{name}") for name in ("quiet", "digest")]
    return Reply("\n".join([f"<b>{say(language, 'settings.title')}</b>", *rows]), (tuple(pages), tuple(more)))


def language_page(language: str) -> Reply:
    """The languages to choose from."""
    return _page("language", [(say(code, "name"), f"set:language:{code}") for code in languages()], language)


def zone_page(language: str, now: datetime) -> Reply:
    """The zones to choose from, with what the clock shows there."""
    choices = []
    for name in ZONES:
        shown = f"{city(name, language)} {hour(now.astimezone(ZoneInfo(name)), language)}"
        choices.append((Html(shown), f"set:zone:{name}"))
    return _page("zone", choices, language)


def quiet_page(language: str) -> Reply:
    """The quiet hours to choose from."""
    choices = [(say(language, "settings.off"), "set:quiet:off")]
    choices += [(_hours(one, language), f"set:quiet:{one[0]}-{one[1]}") for one in QUIET]
    return _page("quiet", choices, language)


def digest_page(language: str) -> Reply:
    """How often to be told."""
    choices = [(say(language, "settings.at_once"), "set:digest:off")]
    choices += [(say(language, f"settings.{one}"), f"settings:digest:{one}") for one in ("daily", "weekly")]
    return _page("digest", choices, language)


def digest_hour_page(digest: str, language: str) -> Reply:
    """At which hour to be told."""
    return _page("hour", [(hour(one, language), f"set:digest:{digest}:{one}") for one in DIGEST_HOURS], language)


def _page(name: str, choices: Sequence[tuple[Html, str]], language: str) -> Reply:
    buttons = [Button(label, data) for label, data in choices]
    rows = [tuple(buttons[at : at + _ROW]) for at in range(0, len(buttons), _ROW)]
    back = (Button(say(language, "button.back"), "settings:"),)
    return Reply(say(language, f"settings.choose_{name}"), (*rows, back))


def _hours(quiet: tuple[int, int] | None, language: str) -> Html:
    if quiet is None:
        return say(language, "settings.off")
    return Html(f"{hour(quiet[0], language)}–{hour(quiet[1], language)}")


def _digest(chosen: Preferences, language: str) -> Html:
    if chosen.digest is None:
        return say(language, "settings.at_once")
    return say(language, f"settings.{chosen.digest}_at", hour=hour(chosen.digest_hour, language))
