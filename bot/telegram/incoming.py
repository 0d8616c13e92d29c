"""Telegram's updates → what a person said; most of what happens in a group is not said to the bot."""

import re
from typing import Any

from telegram import (
    CallbackQuery,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatType

from bot.conversation import Incoming

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def read_message(message: Message, bot_id: int, username: str, admins: frozenset[int]) -> Incoming | None:
    """What a message says to the bot, None where it says nothing to it."""
    person, anonymous = message.from_user, _is_anonymous_admin(message)
    if person is None or (person.is_bot and not anonymous):
        return None
    text = message.text or message.caption or ""
    is_group = message.chat.type != ChatType.PRIVATE
    if is_group:
        answered = message.reply_to_message
        replied_to = answered.from_user.id if answered and answered.from_user else None
        addressed = said_to_bot(text, replied_to, bot_id, username)
        if addressed is None:
            return None
        text = addressed or quoted(message)
    return Incoming(
        chat=message.chat.id,
        person=message.chat.id if anonymous else person.id,
        text=text,
        language=None if anonymous else person.language_code,
        thread=message.message_thread_id if message.is_topic_message else None,
        is_admin=person.id in admins,
        is_group=is_group,
        may_change=anonymous or not is_group,
        forwarded_from=_origin(message),
        forwarded_on=message.forward_origin.date.date() if message.forward_origin else None,
        # a name alone calls the bot, unless it stands below a picture
        is_media=not text and (not (message.text or message.caption) or message.reply_to_message is not None),
        album=message.media_group_id,
        message_id=message.message_id,
    )


def read_tap(query: CallbackQuery, admins: frozenset[int]) -> Incoming:
    """Who tapped a button, and where."""
    message = query.message
    below = message.reply_to_message if isinstance(message, Message) else None
    is_group = message is not None and message.chat.type != ChatType.PRIVATE
    return Incoming(
        chat=message.chat.id if message else query.from_user.id,
        person=query.from_user.id,
        language=query.from_user.language_code,
        thread=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
        is_admin=query.from_user.id in admins,
        is_group=is_group,
        may_change=not is_group,
        below=(below.text or below.caption or "") if below else "",
        forwarded_from=_origin(below) if below else None,
        forwarded_on=below.forward_origin.date.date() if below and below.forward_origin else None,
    )


def said_to_bot(text: str, replied_to: int | None, bot_id: int, username: str) -> str | None:
    """What a group's message says to the bot, without the bot's name: a command with that name, a mention, a reply to
    the bot; None for all else."""
    named = re.compile(rf"(?<!\w)@{re.escape(username)}(?!\w)", re.IGNORECASE)
    if text.startswith("/"):
        head, _, rest = text.partition(" ")
        command, _, target = head.partition("@")
        if target.lower() == username.lower() or (not target and replied_to == bot_id):
            return f"{command} {rest}".strip()
        return None
    if named.search(text):
        return " ".join(named.sub(" ", text).split())
    return text if replied_to == bot_id and text else None


def is_wanted(update: Any, bot_id: int, username: str) -> bool:
    """Whether a raw update may be kept at all: what people say to each other in a group may not."""
    message = update.get("message") or update.get("edited_message")
    if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
        return True
    if message["chat"].get("type") not in _GROUPS or "migrate_to_chat_id" in message:
        return True
    answered = message.get("reply_to_message")
    sender = answered.get("from") if isinstance(answered, dict) else None
    replied_to = sender.get("id") if isinstance(sender, dict) else None
    text = message.get("text") or message.get("caption") or ""
    return isinstance(text, str) and said_to_bot(text, replied_to, bot_id, username) is not None


def quoted(message: Message) -> str:
    """The text that a message replies to, or the part of it that it quotes."""
    if message.quote:
        return message.quote.text
    answered = message.reply_to_message
    return (answered.text or answered.caption or "") if answered else ""


def _is_anonymous_admin(message: Message) -> bool:
    """An admin who speaks as the group itself."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


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
