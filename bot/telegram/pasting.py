"""Pastes that ended with a full message: answered when no further part came, closed after Telegram took the answer."""

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.conversation import Conversation
from bot.replies import Reply
from bot.telegram.errors import Busy, Gone, Never, meaning
from bot.telegram.lane import Lane, Urgency
from bot.telegram.sending import send

log = logging.getLogger(__name__)
#: seconds until an answer that met a failing network is tried again
_WAIT = 30.0


async def answer_pastes(bot: Bot, conversation: Conversation, lane: Lane) -> None:
    """Store the articles that are whole now and say so."""
    for chat, replies in await asyncio.to_thread(conversation.pastes_due):
        if lane.delay(chat) < _WAIT:
            await _answer(bot, conversation, lane, chat, replies)


async def _answer(bot: Bot, conversation: Conversation, lane: Lane, chat: int, replies: tuple[Reply, ...]) -> None:
    try:
        async with lane.turn(chat, Urgency.ANSWER):
            for reply in replies:
                await send(bot, chat, reply)
            await asyncio.to_thread(conversation.service.close_paste, chat)
    except TelegramError as error:
        log.warning("the answer to a paste was not taken: %s", error)
        refused = meaning(error)
        if isinstance(refused, Gone | Never):
            await asyncio.to_thread(conversation.service.close_paste, chat)
        else:
            lane.pause(chat, refused.seconds if isinstance(refused, Busy) else _WAIT)
