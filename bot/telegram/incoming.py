"""Telegram's updates → what a person said; most of what happens in a group is not said to the bot."""

from telegram import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatType

from bot.conversation import Incoming


def read_message(message: Message, bot_id: int, username: str, admins: frozenset[int]) -> Incoming | None:
    """What a message says to the bot, None where it says nothing to it."""
    person = message.from_user
    if person is None or person.is_bot:
        return None
    text = message.text or message.caption or ""
    if message.chat.type != ChatType.PRIVATE:
        addressed = _addressed(message, text, bot_id, username)
        if addressed is None:
            return None
        text = addressed
    return Incoming(
        chat=message.chat.id,
        person=person.id,
        text=text,
        language=person.language_code,
        thread=message.message_thread_id if message.is_topic_message else None,
        is_admin=person.id in admins,
        is_group=message.chat.type != ChatType.PRIVATE,
        forwarded_from=_origin(message),
        forwarded_on=message.forward_origin.date.date() if message.forward_origin else None,
        is_media=not text,
        message_id=message.message_id,
    )


def _addressed(message: Message, text: str, bot_id: int, username: str) -> str | None:
    """In a group: a command without another bot's name, a mention, a reply to the bot; without the bot's name."""
    name = f"@{username}".lower()
    if text.startswith("/"):
        head, _, rest = text.partition(" ")
        command, _, target = head.partition("@")
        if target and target.lower() != username.lower():
            return None
        return f"{command} {rest}".strip()
    at = text.lower().find(name)
    if at >= 0:
        return " ".join((text[:at] + text[at + len(name) :]).split())
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == bot_id and text:
        return text
    return None


def _origin(message: Message) -> str | None:
    """Whom a forwarded message comes from."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        return origin.chat.title or origin.chat.username or "channel"
    if isinstance(origin, MessageOriginChat):
        return origin.sender_chat.title or "chat"
    if isinstance(origin, MessageOriginUser):
        return origin.sender_user.full_name
    if isinstance(origin, MessageOriginHiddenUser):
        return origin.sender_user_name
    return None


def left_chat(update: Update) -> bool | None:
    """Whether the bot was thrown out or blocked (True), let in again (False), or neither (None)."""
    change = update.my_chat_member
    if change is None:
        return None
    return change.new_chat_member.status in ("left", "kicked")
