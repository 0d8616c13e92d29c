""" "typing…": what a person sees while an answer takes more than a blink."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

log = logging.getLogger(__name__)
#: seconds that nobody notices; Telegram shows one "typing…" for five
BLINK, SHOWN = 0.4, 4.5
T = TypeVar("T")


async def thinking(bot: Bot, chat: int, thread: int | None, work: Callable[[], T]) -> T:
    """The result of `work`, done in a thread, with "typing…" shown while it lasts. Raises what the work does."""
    task = asyncio.create_task(asyncio.to_thread(work))
    wait = BLINK
    while not (await asyncio.wait({task}, timeout=wait))[0]:
        wait = SHOWN
        try:
            await bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=thread)
        except TelegramError as error:  # the answer itself finds out why
            log.info("no typing shown: %s", error)
    return task.result()
