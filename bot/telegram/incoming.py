"""Telegram's updates → what a person said; most of what happens in a group is not said to the bot."""

import re
from typing import Any

from telegram import (
    CallbackQuery,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatType

from bot.conversation import Incoming, Quoted
from bot.replies import Button
from bot.telegram.attaching import attached

#: Telegram's own addresses: what lies behind them are chats, not pages
_CHATS = re.compile(r"https?://(?:www\.)?(?:t|telegram)\.(?:me|dog)/", re.IGNORECASE)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def read_message(message: Message, bot_id: int, username: str, admins: frozenset[int]) -> Incoming | None:
    """What a message says to the bot, None where it says nothing to it."""
    person, anonymous = message.from_user, _is_anonymous_admin(message)
    if person is None or (person.is_bot and not anonymous):
        return None
    text, about = message.text or message.caption or "", quoted(message)
    answered = message.reply_to_message
    replied_to = answered.from_user.id if answered and answered.from_user else None
    is_group = message.chat.type != ChatType.PRIVATE
    if is_group:
        addressed = said_to_bot(text, replied_to, bot_id, username)
        if addressed is None:
            return None
        text = addressed or (about.text if about else "")
    return Incoming(
        chat=message.chat.id,
        person=message.chat.id if anonymous else person.id,
        text=text,
        language=None if anonymous else person.language_code,
        thread=message.message_thread_id if message.is_topic_message else None,
        is_admin=person.id in admins,
        is_group=is_group,
        may_change=anonymous or not is_group,
        forwarded_from=_origin(message.forward_origin),
        forwarded_on=message.forward_origin.date.date() if message.forward_origin else None,
        links=_hidden_links(message),
        quoted=None if replied_to == bot_id else about,
        file=attached(message),
        # a name alone calls the bot, unless it stands below a picture
        is_media=not text and (not (message.text or message.caption) or message.reply_to_message is not None),
        album=message.media_group_id,
        message_id=message.message_id,
    )


def read_tap(query: CallbackQuery, bot_id: int, username: str, admins: frozenset[int]) -> Incoming:
    """Who tapped a button, where, and below which message."""
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
        below=read_message(below, bot_id, username, admins) if below else None,
        buttons=_buttons(message) if isinstance(message, Message) else (),
    )


def _buttons(message: Message) -> tuple[tuple[Button, ...], ...]:
    """What stands below a message of ours: all of our buttons carry data."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return tuple(tuple(Button(one.text, str(one.callback_data or "")) for one in row) for row in rows)


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


def quoted(message: Message) -> Quoted | None:
    """The text that a message replies to, here or in another chat, or the part of it that it quotes."""
    answered, elsewhere = message.reply_to_message, message.external_reply
    text = (answered.text or answered.caption) if answered else None
    text = message.quote.text if message.quote else text
    if not text:
        return None
    origin = elsewhere.origin if elsewhere else answered.forward_origin if answered else None
    number = answered.message_id if answered else 0
    return Quoted(text, _origin(origin), origin.date.date() if origin else None, number)


def _hidden_links(message: Message) -> tuple[str, ...]:
    """The pages that lie behind words of a message or of a picture's caption."""
    found = (*message.entities, *message.caption_entities)
    links = [one.url for one in found if one.type == MessageEntity.TEXT_LINK and one.url]
    return tuple(url for url in links if not _CHATS.match(url))


def _is_anonymous_admin(message: Message) -> bool:
    """An admin who speaks as the group itself."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def _origin(origin: MessageOrigin | None) -> str | None:
    """Whom a forwarded message comes from."""
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
