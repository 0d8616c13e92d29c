"""The commands, as one table."""

from collections.abc import Mapping
from types import MappingProxyType

#: commands in the order of /help: name → whether only admins may use it
COMMANDS: Mapping[str, bool] = MappingProxyType(
    {
        "start": False,
        "help": False,
        "follow": False,
        "following": False,
        "unfollow": False,
        "conflicts": False,
        "conflict": False,
        "claim": False,
        "language": False,
        "stop": False,
        "settings": False,
        "privacy": False,
        "mydata": False,
        "forget": False,
        "status": True,
        "review": True,
        "add": True,
        "feeds": True,
        "sources": True,
        "confirm": True,
        "dismiss": True,
        "retract": True,
    }
)
#: what a group is offered; the rest is between a person and the bot
IN_GROUPS = frozenset(
    {"help", "follow", "following", "unfollow", "stop", "conflicts", "conflict", "claim", "language", "settings"}
)
#: what changes something that belongs to the chat: in a group only its admins may
CHANGING = frozenset({"follow", "unfollow", "stop", "settings", "language", "mydata", "forget"})
#: buttons that change nothing of the chat's; all others do. Who may judge a conflict is asked where it is judged
READING = frozenset(
    {
        *("example", "claim", "conflict", "following", "topic"),
        *("page", "reading", "sources", "timeline", "yes", "no", "taken"),
        *("confirm", "dismiss", "retract", "feed", "trust", "submit", "review"),
    }
)
