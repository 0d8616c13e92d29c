"""What admins alone read: how the bot fares, and what waits for their decision."""

from babel.numbers import format_decimal

from bot.locale import Html, day, say
from bot.phrasing import say_plain
from bot.replies.shape import Button, Reply
from bot.status import Status
from db.values import Submission

_LONGEST_TEXT = 1500
#: feeds that are named
_MOST_FEEDS = 5


def status(found: Status, language: str) -> Reply:
    """Queues, feeds, sizes and versions, a line each."""
    stats = found.stats
    heard = say(language, "status.not_listening")
    if found.heard is not None:
        heard = say(language, "status.heard", seconds=round(found.heard))
    lines = [
        say(language, "status.title"),
        heard,
        say(language, "status.inbox", waiting=stats.inbox_waiting, dead=stats.inbox_dead),
        say(language, "status.outbox", waiting=stats.outbox_waiting, dead=stats.outbox_dead),
        say(language, "status.review", count=found.submitted),
        say(language, "status.feeds", count=found.feeds, failing=len(found.failing)),
        *(f"   {say_plain(one.name)}: {say_plain(one.error or one.state)}" for one in found.failing[:_MOST_FEEDS]),
        say(
            language, "status.store",
            articles=stats.articles, claims=stats.claims, conflicts=stats.conflicts_open, topics=stats.topics,
        ),
        say(language, "status.size", megabytes=_megabytes(found.bytes, language), database=found.database),
        say(language, "status.versions", versions=found.versions, schema=Html(stats.schema)),
    ]  # fmt: skip
    return Reply("\n".join(lines))


def _megabytes(size: int, language: str) -> Html:
    return Html(format_decimal(size / 1e6, format="#,##0.0", locale=language))


def submission(found: Submission | None, left: int, language: str) -> Reply:
    """A text that waits, with what can be done about it."""
    if found is None:
        return Reply(say(language, "review.none"))
    text = found.text if len(found.text) <= _LONGEST_TEXT else f"{found.text[:_LONGEST_TEXT]}…"
    source = say(language, "review.from", source=found.source) if found.source else say(language, "review.pasted")
    head = say(language, "review.head", count=left, source=source, day=day(found.at.date(), language))
    acts = [
        Button(say(language, f"button.{act}"), f"review:{act}:{found.number}") for act in ("accept", "reject", "next")
    ]
    shown = Html(f"<blockquote expandable>{say_plain(text)}</blockquote>")
    length = say(language, "review.length", count=len(found.text))
    lines = [head, *([say_plain(found.url)] if found.url else []), shown, length]
    return Reply("\n".join(lines), (tuple(acts),))
