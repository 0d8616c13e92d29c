"""Results → what a person reads: text in Telegram's HTML, and buttons; the same for Telegram and the terminal.

Everything from outside is escaped when it is filled in (`bot.locale.say`). A reply is built of blocks, and cut only
between them.
"""

from bot.replies.answers import answer, card
from bot.replies.articles import added, checked
from bot.replies.disputes import alert, conflict_block, conflicts, explanation, news
from bot.replies.settings import settings
from bot.replies.shape import LONGEST, Button, Document, Reply, split
from bot.replies.sources import feed_error, feed_line, feeds, sources, trust_buttons
from bot.replies.topics import followed, following

__all__ = [
    "LONGEST",
    "Button",
    "Document",
    "Reply",
    "added",
    "alert",
    "answer",
    "card",
    "checked",
    "conflict_block",
    "conflicts",
    "explanation",
    "feed_error",
    "feed_line",
    "feeds",
    "followed",
    "following",
    "news",
    "settings",
    "sources",
    "split",
    "trust_buttons",
]
