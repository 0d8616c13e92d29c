"""/settings: language, time zone, quiet hours and digest of a chat, in one message that changes in place."""

import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot import replies
from bot.conversation.said import Incoming, Talk, Tapped
from bot.locale import languages, say
from bot.replies import Reply
from bot.replies.settings import DIGEST_HOURS, digest_hour_page, digest_page, language_page, quiet_page, zone_page

_QUIET = re.compile(r"(\d{1,2})-(\d{1,2})")


def settings(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """All settings; a time zone written behind the command is chosen."""
    if rest:
        name = _zone_named(rest)
        if name is None:
            return (Reply(say(language, "settings.no_zone", zone=rest[:40])),)
        talk.personal.set_preferences(said.chat, talk.clock(), zone=name)
    return (_all(talk, said, language),)


def tap_settings(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """One of the pages takes the place of the others."""
    name, _, more = rest.partition(":")
    if name == "digest" and more in ("daily", "weekly"):
        return Tapped(edited=digest_hour_page(more, language))
    if more or name not in ("", "language", "zone", "quiet", "digest"):
        return None
    pages = {
        "": lambda: _all(talk, said, language),
        "language": lambda: language_page(language),
        "zone": lambda: zone_page(language, talk.clock()),
        "quiet": lambda: quiet_page(language),
        "digest": lambda: digest_page(language),
    }
    return Tapped(edited=pages[name]())


def tap_set(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Choose; all settings take the place of the page."""
    name, _, value = rest.partition(":")
    if name == "language" and value in languages():
        talk.service.set_language(said.chat, value, talk.clock())
        return Tapped(edited=_all(talk, said, value))
    chosen = _chosen(name, value)
    if chosen is None:
        return None
    talk.personal.set_preferences(said.chat, talk.clock(), **chosen)
    if name != "zone" and talk.personal.preferences(said.chat).zone is None:
        return Tapped(edited=zone_page(language, talk.clock()))  # hours mean nothing without one
    return Tapped(edited=_all(talk, said, language))


def _chosen(name: str, value: str) -> dict[str, str | int | None] | None:
    """What a button sets; None where no button of ours says so."""
    if name == "zone" and value in _zones():
        return {"zone": value}
    if name in ("quiet", "digest") and value == "off":
        return {"quiet_from": None, "quiet_until": None} if name == "quiet" else {"digest": None}
    hours = _QUIET.fullmatch(value) if name == "quiet" else None
    if hours and int(hours[1]) != int(hours[2]) and max(int(hours[1]), int(hours[2])) < 24:
        return {"quiet_from": int(hours[1]), "quiet_until": int(hours[2])}
    often, _, at = value.partition(":")
    if name == "digest" and often in ("daily", "weekly") and at in map(str, DIGEST_HOURS):
        return {"digest": often, "digest_hour": int(at)}
    return None


def _all(talk: Talk, said: Incoming, language: str) -> Reply:
    chosen = talk.personal.preferences(said.chat)
    zone = ZoneInfo(chosen.zone) if chosen.zone else talk.zone
    return replies.settings(chosen, language, zone, talk.clock())


def _zone_named(written: str) -> str | None:
    """The zone that somebody writes: "Asia/Pontianak", "pontianak"."""
    wanted = written.strip().replace(" ", "_").lower()
    for name in _zones():
        if wanted in (name.lower(), name.lower().rpartition("/")[2]):
            return name
    return None


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
