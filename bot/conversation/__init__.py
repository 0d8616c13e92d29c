"""The conversation: what a person says, and what claimbot answers. A file a topic, `router` puts them together."""

from bot.conversation.articles import FULL_MESSAGE, PASTE_PAUSE
from bot.conversation.menu import COMMANDS, IN_GROUPS
from bot.conversation.router import Conversation
from bot.conversation.said import Attached, Incoming, Quoted, Tapped

__all__ = [
    "COMMANDS",
    "FULL_MESSAGE",
    "IN_GROUPS",
    "PASTE_PAUSE",
    "Attached",
    "Conversation",
    "Incoming",
    "Quoted",
    "Tapped",
]
