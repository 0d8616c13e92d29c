"""/feeds, /sources: what admins let be read by itself, and how far they trust it."""

from bot import replies
from bot.cadence import EVERY
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.feeds import Feeds, seconds_of
from bot.locale import say
from bot.reading.refused import Refused
from bot.replies import Reply
from db.values import Trust


def feeds(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """The feeds; with an address, and perhaps the time between two polls, another one."""
    if not said.is_admin:
        return (Reply(say(language, "error.admin")),)
    over = _over(talk)
    if not rest:
        return replies.feeds(over.feeds(), language)
    url, _, every = rest.partition(" ")
    try:
        added = over.add(url, now=talk.clock(), every=seconds_of(every) if every.strip() else EVERY)
    except Refused as refused:
        return (Reply(say(language, "feed.refused", reason=replies.feed_error(refused.reason.value, language))),)
    except ValueError:
        return (Reply(say(language, "feed.time", text=every[:40])),)
    told = say(language, "feed.added" if added.fresh else "feed.known", feed=replies.feed_line(added.feed, language))
    return (Reply(told, (replies.trust_buttons(added.feed.source, added.feed.trust, language),)),)


def sources(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """The sources; with a word, those whose names hold it."""
    if not said.is_admin:
        return (Reply(say(language, "error.admin")),)
    return replies.sources(_over(talk).sources(rest), language, rest)


def tap_feed(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Pause, resume or remove a feed."""
    act, _, written = rest.partition(":")
    number = number_in(written)
    if number is None or act not in ("pause", "resume", "remove"):
        return None
    if not said.is_admin:
        return Tapped(toast=say(language, "error.admin"))
    over = _over(talk)
    if act == "remove":
        found = over.remove(number)
    else:
        found = over.set_state(number, "paused" if act == "pause" else "active", now=talk.clock())
    if found is None:
        return None
    edited = replies.feeds(over.feeds(), language)[-1]
    return Tapped(toast=say(language, f"feed.done_{act}", name=found.name), edited=edited)


def tap_trust(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Trust a source more or less; a list that it stands in shows so."""
    written, _, more = rest.partition(":")
    level, listed, wanted = more.partition(":")
    number = number_in(written)
    if number is None or level not in [one.value for one in Trust]:
        return None
    if not said.is_admin:
        return Tapped(toast=say(language, "error.admin"))
    found = _over(talk).set_trust(number, Trust(level), person=said.person, now=talk.clock())
    if found is None:
        return None
    told = say(language, "source.trusted", name=found.name, trust=say(language, f"trust.{level}"))
    if listed:
        return Tapped(toast=told, edited=replies.sources(_over(talk).sources(wanted), language, wanted, told)[-1])
    return Tapped(toast=told, edited=Reply(told, (replies.trust_buttons(number, found.trust, language),)))


def _over(talk: Talk) -> Feeds:
    return Feeds(talk.service.engine, talk.trusted)
