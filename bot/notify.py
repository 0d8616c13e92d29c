"""What a waiting message says, in the words of the one who gets it."""

from collections.abc import Sequence

from bot import replies
from bot.locale import nearest
from bot.replies import Reply
from bot.results import Alert, FeedNotice


def render(told: Sequence[Alert | FeedNotice], *, digest: bool = False) -> tuple[Reply, ...]:
    """What a chat is told at once, as replies."""
    language = nearest(told[0].language)
    alerts = [one for one in told if isinstance(one, Alert)]
    notices = [replies.feed_notice(one, language) for one in told if isinstance(one, FeedNotice)]
    return (*(_alerts(alerts, language, digest=digest) if alerts else ()), *notices)


def _alerts(told: Sequence[Alert], language: str, *, digest: bool) -> tuple[Reply, ...]:
    if digest:
        return (replies.digest(told, language),)
    return replies.alert(told[0], language) if len(told) == 1 else replies.gathered(told, language)
