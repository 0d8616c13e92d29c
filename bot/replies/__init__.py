"""Results → what a person reads: text in Telegram's HTML, and buttons; the same for Telegram and the terminal.

Everything from outside is escaped when it is filled in (`bot.locale.say`). A reply is built of blocks, and cut only
between them.
"""

from bot.replies.admins import status, submission
from bot.replies.alerts import alert, digest, gathered, left_below, muted_below
from bot.replies.answers import answer, grounds
from bot.replies.articles import added, checked, for_editors, not_read, which
from bot.replies.claim import card
from bot.replies.disputes import REASONS, ask_reason, conflict_block, conflict_card, conflicts, explanation, judged
from bot.replies.nothing import misunderstood
from bot.replies.settings import settings
from bot.replies.shape import LONGEST, Button, Document, Reply, Rows, split
from bot.replies.sources import feed_error, feed_line, feed_notice, feeds, sources, trust_buttons
from bot.replies.topics import followed, following, languages_page, speakers_page, threshold_page, topic_page

__all__ = [
    "LONGEST",
    "REASONS",
    "Button",
    "Document",
    "Reply",
    "Rows",
    "added",
    "alert",
    "answer",
    "ask_reason",
    "card",
    "checked",
    "conflict_block",
    "conflict_card",
    "conflicts",
    "digest",
    "explanation",
    "feed_error",
    "feed_line",
    "feed_notice",
    "feeds",
    "followed",
    "following",
    "for_editors",
    "gathered",
    "grounds",
    "judged",
    "languages_page",
    "left_below",
    "misunderstood",
    "muted_below",
    "not_read",
    "settings",
    "sources",
    "speakers_page",
    "split",
    "status",
    "submission",
    "threshold_page",
    "topic_page",
    "trust_buttons",
    "which",
]
