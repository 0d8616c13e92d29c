"""What a waiting message says, in the words of the one who gets it."""

from collections.abc import Sequence

from bot import replies
from bot.locale import nearest
from bot.replies import Reply
from bot.results import Alert


def render(told: Sequence[Alert], *, digest: bool = False) -> tuple[Reply, ...]:
    """What a chat is told at once, as replies."""
    language = nearest(told[0].language)
    if digest:
        return (replies.digest(told, language),)
    return replies.alert(told[0], language) if len(told) == 1 else replies.gathered(told, language)
