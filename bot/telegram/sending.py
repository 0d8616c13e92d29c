"""Replies → Telegram: HTML, no link previews, buttons."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.replies import Button, Reply
from bot.telegram.errors import is_markup, is_thread

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_LONGEST_LABEL = 60
_TAG = re.compile(r"<[^>]+>")
#: halves of surrogate pairs, which no request can carry
_UNSENDABLE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """A reply's buttons."""
    return InlineKeyboardMarkup(_rows(reply.buttons)) if reply.buttons else None


def _rows(buttons: Sequence[Sequence[Button]]) -> list[list[InlineKeyboardButton]]:
    return [
        [InlineKeyboardButton(plain(one.label)[:_LONGEST_LABEL], callback_data=one.data) for one in row]
        for row in buttons
    ]


async def send(bot: Bot, chat: int, reply: Reply, thread: int | None = None, reply_to: int | None = None) -> Message:
    """Send a reply, as an answer to the message `reply_to` where that still exists. What fails for its markup alone
    goes once more as plain text, what fails for its forum topic once more without it. Raises TelegramError."""
    answers = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    more: dict[str, Any] = {"message_thread_id": thread, "reply_parameters": answers}
    try:
        return await _send(bot, chat, reply, **more)
    except BadRequest as error:
        if is_markup(error):
            return await _send(bot, chat, replace(reply, text=plain(reply.text)), None, **more)
        if thread is not None and is_thread(error):
            return await _send(bot, chat, reply)
        raise


async def _send(
    bot: Bot, chat: int, reply: Reply, parse_mode: ParseMode | None = ParseMode.HTML, **more: Any
) -> Message:
    text, buttons = reply.text.translate(_UNSENDABLE), keyboard(reply)
    if reply.document:
        file = InputFile(reply.document.content, filename=reply.document.name)
        if reply.document.is_picture:
            return await bot.send_photo(chat, file, caption=text, parse_mode=parse_mode, reply_markup=buttons, **more)
        return await bot.send_document(chat, file, caption=text, parse_mode=parse_mode, reply_markup=buttons, **more)
    return await bot.send_message(
        chat, text, parse_mode=parse_mode, link_preview_options=NO_PREVIEW, reply_markup=buttons, **more
    )


async def edit(bot: Bot, chat: int, message: int, reply: Reply) -> None:
    """Change a message in place; one that is as it should be already, or is no more, is fine. Raises TelegramError."""
    try:
        await bot.edit_message_text(
            chat_id=chat,
            message_id=message,
            text=reply.text.translate(_UNSENDABLE),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(reply),
        )
    except BadRequest as error:
        if not _is_fine(error):
            raise


async def edit_buttons(bot: Bot, chat: int, message: int, buttons: Sequence[Sequence[Button]]) -> None:
    """Change the buttons below a message, none take them away; a message that is no more is fine. Raises
    TelegramError."""
    rows = InlineKeyboardMarkup(_rows(buttons)) if buttons else None
    try:
        await bot.edit_message_reply_markup(chat_id=chat, message_id=message, reply_markup=rows)
    except BadRequest as error:
        if not _is_fine(error):
            raise


def _is_fine(error: BadRequest) -> bool:
    """Whether a message that was not changed needs no change, or is out of reach for good."""
    return any(words in str(error).lower() for words in ("not modified", "to edit not found", "can't be edited"))


async def delete(bot: Bot, chat: int, message: int) -> None:
    """Take a message back; one that is no more, or too old for that, is fine. Raises TelegramError."""
    try:
        await bot.delete_message(chat, message)
    except BadRequest as error:
        if not any(words in str(error).lower() for words in ("to delete not found", "can't be deleted")):
            raise


def plain(text: str) -> str:
    """Without markup."""
    return html.unescape(_TAG.sub("", text)).translate(_UNSENDABLE)
