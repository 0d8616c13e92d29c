"""Who may change what belongs to a group: its admins, asked of Telegram and remembered for a moment."""

import time
from collections.abc import Callable

from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

#: seconds that an answer holds; groups and persons that are remembered
_HOLDS, _MOST = 60.0, 10_000
_ADMINS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


class Members:
    """Answers from memory what was asked a moment ago. `clock` counts seconds and never goes back."""

    def __init__(self, bot: Bot, clock: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[float, bool]] = {}

    async def is_admin(self, chat: int, person: int) -> bool:
        """Whether a person is an admin of a group; not, where Telegram does not tell. Raises TelegramError where the
        network fails."""
        until, known = self._known.get((chat, person), (0.0, False))
        if until > self._clock():
            return known
        try:
            member = await self._bot.get_chat_member(chat, person)
            known = member.status in _ADMINS
        except (BadRequest, Forbidden):
            known = False
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[chat, person] = (self._clock() + _HOLDS, known)
        return known
