"""The ways in which Telegram says no, and what each means for a message."""

from dataclasses import dataclass
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

_GONE = (
    "chat not found", "peer_id_invalid", "chat_write_forbidden", "rights to send", "group is deactivated",
    "bot was kicked", "bot is not a member", "user is deactivated",
)  # fmt: skip
_MARKUP = ("can't parse entities", "can't find end", "unsupported start tag")
_THREAD = ("message thread not found", "topic_closed", "topic_deleted")


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat is closed to the bot until it speaks again."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another number now."""

    chat: int


@dataclass(frozen=True, slots=True)
class Busy:
    """The chat, and it alone, is to be left in peace for so many seconds; nothing was delivered."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Later:
    """The network or the server failed. It may have been delivered: to be tried again, more and more rarely."""


@dataclass(frozen=True, slots=True)
class Never:
    """The message is refused as it is, and would be again."""


def meaning(error: TelegramError) -> Gone | Moved | Busy | Later | Never:
    """What an error says about the message that met it."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Busy(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    if isinstance(error, Forbidden):
        return Gone()
    if isinstance(error, BadRequest):
        return Gone() if _says(error, _GONE) else Never()
    return Later()


def is_markup(error: BadRequest) -> bool:
    """Whether the text's HTML was not understood: it can be sent as plain text."""
    return _says(error, _MARKUP)


def is_thread(error: BadRequest) -> bool:
    """Whether the forum topic is no more: the message can be sent to the group itself."""
    return _says(error, _THREAD)


def _says(error: BadRequest, words: tuple[str, ...]) -> bool:
    return any(one in str(error).lower() for one in words)
