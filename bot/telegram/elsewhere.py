"""Inline and guest mode: answers in chats where the bot is no member."""

import asyncio
import logging

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.conversation import Conversation, Incoming
from bot.locale import nearest, say
from bot.replies import Reply
from bot.replies.cards import Card
from bot.telegram.incoming import quoted, said_to_bot
from bot.telegram.sending import NO_PREVIEW, plain

log = logging.getLogger(__name__)
#: seconds that Telegram may give the same person the same answer
CACHE = 30
_LONGEST_LINE = 200


async def answer_inline(bot: Bot, conversation: Conversation, query: InlineQuery) -> None:
    """Claims and conflicts as cards; where there are none, a way to the bot itself. Raises TelegramError."""
    person = query.from_user
    said = Incoming(chat=person.id, person=person.id, text=query.query, language=person.language_code)
    cards = await asyncio.to_thread(conversation.cards, said)
    language = nearest(person.language_code)
    hint = None
    if not cards:
        hint = InlineQueryResultsButton(text=say(language, "inline.nothing"), start_parameter="inline")
    results = [_article(bot, card, language) for card in cards]
    try:
        await bot.answer_inline_query(query.id, results, cache_time=CACHE, is_personal=True, button=hint)
    except BadRequest as error:
        log.info("an inline query was too old to be answered: %s", error)


async def answer_guest(bot: Bot, conversation: Conversation, message: Message) -> None:
    """One message, in a chat where somebody has mentioned the bot. Raises TelegramError."""
    text = message.text or message.caption or ""
    about = quoted(message)
    asked = said_to_bot(text, bot.id, bot.id, bot.username) or (about.text if about else "")
    person = message.from_user
    language = person.language_code if person else None
    said = Incoming(chat=0, person=0, text=asked, language=language)
    reply = await asyncio.to_thread(conversation.guest, said) or Reply(say(nearest(language), "inline.ask"))
    card = Card("guest", plain(reply.text).splitlines()[0], "", Reply(reply.text))
    try:
        await bot.answer_guest_query(message.guest_query_id or "", _article(bot, card, nearest(language)))
    except BadRequest as error:
        log.info("a guest query was too old to be answered: %s", error)


def _article(bot: Bot, card: Card, language: str) -> InlineQueryResultArticle:
    """A card with a button that leads to the bot: a button that calls back would find nobody there."""
    address = f"https://t.me/{bot.username}" + (f"?start={card.link}" if card.link != "guest" else "")
    return InlineQueryResultArticle(
        id=card.link,
        title=plain(card.title)[:_LONGEST_LINE],
        description=plain(card.description)[:_LONGEST_LINE],
        input_message_content=InputTextMessageContent(
            card.reply.text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        ),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(say(language, "inline.more"), url=address)]]),
    )
