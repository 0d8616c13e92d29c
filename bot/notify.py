"""What a waiting message says, in the words of the one who gets it."""

from bot import replies
from bot.locale import nearest
from bot.replies import Reply
from bot.results import Alert


def render(alert: Alert) -> tuple[Reply, ...]:
    """An alert as replies."""
    language = nearest(alert.language)
    if alert.pair:
        return replies.alert(alert.pair, alert.topic, language)
    return replies.news(alert.claim, alert.topic, language)
