"""Feeds and sources in words, with what admins may do about them."""

import re
from collections.abc import Sequence

from bot.locale import Html, say
from bot.replies.shape import Button, Reply, split
from bot.results import FeedNotice
from db.values import Feed, Source, Trust

#: feeds and sources in a list, those that need somebody first
MOST = 20
#: those of them that get buttons
_WITH_BUTTONS = 8
_LONGEST = 80
#: bytes of a looked-for name that a button carries beside a source's number and trust
_LONGEST_WANTED = 30
_NUMBERED = re.compile(r"(.*?)(?: (\d+))?", re.DOTALL)


def feeds(found: Sequence[Feed], language: str) -> tuple[Reply, ...]:
    """The feeds and how they fare, failing ones first, with buttons to pause and remove them."""
    if not found:
        return (Reply(say(language, "feed.none")),)
    ordered = sorted(found, key=lambda one: (one.state == "active" and not one.failures, one.number))[:MOST]
    head = say(language, "feed.list", count=len(found))
    rows = [feed_line(one, language) for one in ordered]
    more = [say(language, "feed.more", count=len(found) - MOST)] if len(found) > MOST else []
    return split(
        ["\n".join([head, *rows, *more])], tuple(_feed_buttons(one, language) for one in ordered[:_WITH_BUTTONS])
    )


def feed_line(feed: Feed, language: str) -> str:
    """A feed in one line."""
    told = say(language, f"feed.{feed.state.replace(' ', '_')}")
    if feed.error:
        told = Html(f"{told}, {feed_error(feed.error, language)}")
    return say(
        language,
        "feed.row",
        number=Html(feed.number),
        name=feed.title or feed.name,
        address=_cut(feed.url),
        minutes=feed.every // 60,
        state=told,
        trust=say(language, f"trust.{feed.trust.value}"),
        entries=say(language, "feed.entries", count=feed.entries),
    )


def feed_error(error: str, language: str) -> Html:
    """Why a feed is not read, in the reader's language: "answers 503"."""
    words, number = _NUMBERED.fullmatch(error).groups()  # type: ignore[union-attr]
    return say(language, f"feed_error.{words}", number=Html(number or ""))


def feed_notice(told: FeedNotice, language: str) -> Reply:
    """What admins are told of a feed without having asked."""
    feed = told.feed
    line = feed_line(feed, language)
    if told.what != "quarantined":
        return Reply(say(language, "feed.notice_ended", feed=line), (_feed_buttons(feed, language),))
    return Reply(
        say(language, "feed.notice_quarantined", feed=line), (trust_buttons(feed.source, feed.trust, language),)
    )


def _feed_buttons(feed: Feed, language: str) -> tuple[Button, ...]:
    act = "pause" if feed.state == "active" else "resume"
    number = Html(feed.number)
    return (
        Button(say(language, f"button.feed_{act}", number=number), f"feed:{act}:{feed.number}"),
        Button(say(language, "button.feed_remove", number=number), f"feed:remove:{feed.number}"),
    )


def sources(found: Sequence[Source], language: str, wanted: str = "", told: str = "") -> tuple[Reply, ...]:
    """The sources with their records, quarantined ones first, with buttons for their trust; above them, what has just
    been changed. `wanted` is what they were looked for by."""
    if not found:
        return (Reply(say(language, "source.none")),)
    ordered = sorted(found, key=lambda one: (one.trust is not Trust.QUARANTINED, -one.articles, one.name))[:MOST]
    head = say(language, "source.list", count=len(found))
    rows = [source_row(one, language) for one in ordered]
    more = [say(language, "source.more", count=len(found) - MOST)] if len(found) > MOST else []
    behind = f":{wanted.encode()[:_LONGEST_WANTED].decode(errors='ignore')}"
    buttons = tuple(trust_buttons(one.number, one.trust, language, behind) for one in ordered[:_WITH_BUTTONS])
    listed = "\n".join([head, *rows, *more])
    return split([f"{told}\n\n{listed}" if told else listed], buttons)


def source_row(source: Source, language: str) -> str:
    """A source in one line."""
    return say(
        language,
        "source.row",
        number=Html(source.number),
        name=_cut(source.name),
        trust=say(language, f"trust.{source.trust.value}"),
        articles=say(language, "source.articles", count=source.articles),
        claims=say(language, "source.claims", count=source.claims),
        conflicts=say(language, "source.conflicts", count=source.conflicts),
        corrections=say(language, "source.corrections", count=source.corrections),
    )


def trust_buttons(number: int, trust: Trust, language: str, behind: str = "") -> tuple[Button, ...]:
    """The other trusts that a source may have. `behind` says in which list it stands, where it does."""
    return tuple(
        Button(
            say(language, "button.trust", number=Html(number), trust=say(language, f"trust.{one.value}")),
            f"trust:{number}:{one.value}{behind}",
        )
        for one in Trust
        if one is not trust
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
