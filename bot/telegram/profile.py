"""How the bot presents itself: command menus, name and descriptions, a language and scope each.

What stands there already is asked first and only changes are made: Telegram counts them, a name's above all. The bot
works without any of it.
"""

import logging
from collections.abc import Awaitable, Callable, Collection, Iterator
from typing import NamedTuple

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden
from telegram.error import TelegramError as BotApiError

from bot.conversation import COMMANDS, IN_GROUPS
from bot.locale import FALLBACK, languages, say

log = logging.getLogger(__name__)


class Line(NamedTuple):
    """A thing to present: what it should be, how to read it and how to set it."""

    name: str
    wanted: object
    read: Callable[[], Awaitable[object]]
    write: Callable[[], Awaitable[object]]


def menu(language: str, *, group: bool = False, admin: bool = False) -> list[BotCommand]:
    """The command menu in a language: of private chats, of groups, or of an admin's own chat."""
    shown = [
        name for name, for_admins in COMMANDS.items() if (admin or not for_admins) and (name in IN_GROUPS or not group)
    ]
    return [BotCommand(name, say(language, f"command.{name}")[:256]) for name in shown]


async def introduce(bot: Bot, admins: Collection[int]) -> None:
    """Set what is not as it should be. What fails is logged: what is refused is passed over, any other failure is the
    end of it until the next start."""
    for language in languages():
        for line in _lines(bot, language, sorted(admins)):
            try:
                if await line.read() != line.wanted:
                    await line.write()
            except (BadRequest, Forbidden) as error:
                log.info("%s (%s) is refused: %s", line.name, language, error)
            except BotApiError as error:
                log.warning("the bot cannot present itself: %s (%s): %s", line.name, language, error)
                return


def _lines(bot: Bot, language: str, admins: Collection[int]) -> Iterator[Line]:
    """Everything of one language; English is for all that have no language of their own here."""
    code = None if language == FALLBACK else language
    yield _commands(bot, code, menu(language), BotCommandScopeAllPrivateChats())
    yield _commands(bot, code, menu(language, group=True), BotCommandScopeAllGroupChats())
    for admin in admins:
        yield _commands(bot, code, menu(language, admin=True), BotCommandScopeChat(admin))
    name, about, short = (str(say(language, f"profile.{key}")) for key in ("name", "about", "short"))

    async def named() -> str:
        return (await bot.get_my_name(code)).name

    async def described() -> str:
        return (await bot.get_my_description(code)).description

    async def described_shortly() -> str:
        return (await bot.get_my_short_description(code)).short_description

    yield Line("name", name, named, lambda: bot.set_my_name(name, code))
    yield Line("description", about, described, lambda: bot.set_my_description(about, code))
    yield Line("short description", short, described_shortly, lambda: bot.set_my_short_description(short, code))


def _commands(bot: Bot, code: str | None, wanted: list[BotCommand], scope: BotCommandScope) -> Line:
    async def read() -> list[BotCommand]:
        return list(await bot.get_my_commands(scope, code))

    return Line(f"menu of {scope.type}", wanted, read, lambda: bot.set_my_commands(wanted, scope, code))
