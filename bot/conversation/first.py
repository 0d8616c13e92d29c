"""/start, /help and the example questions: the first minute with the bot."""

import re

from bot import replies
from bot.conversation.asking import ask
from bot.conversation.disputes import conflict
from bot.conversation.known import claim
from bot.conversation.menu import COMMANDS, IN_GROUPS
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.examples import example, examples
from bot.locale import Html, say
from bot.replies import Button, Reply

_LINK = re.compile(r"^(?P<kind>claim|conflict)_(?P<number>\d{1,12})$")
#: a topic in words, as far as links can carry them: topic_north-korean-troops
_TOPIC = re.compile(r"^topic_(?P<words>[A-Za-z0-9_-]{2,58})$")


def start(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """The first words, or what a deep link points at."""
    link = _LINK.match(rest)
    if link and link["kind"] == "claim":
        return claim(talk, said, link["number"], language)
    if link:
        return conflict(talk, said, link["number"], language)
    topic = _TOPIC.match(rest)
    if topic:
        words = re.sub(r"[_-]+", " ", topic["words"]).strip()  # in whatever language the link's author writes
        asked = talk.service.ask_in_chat(said.chat, words, language=None, now=talk.clock(), person=said.person)
        return replies.answer(asked, language)
    found = examples(talk.service, language)
    text = say(language, "start.text")
    if not found:
        return (Reply(f"{text}\n\n{say(language, 'start.empty')}"),)
    rows = tuple((Button(one.question, f"example:{one.claim}"),) for one in found)
    return (Reply(f"{text}\n\n{say(language, 'start.examples')}", rows),)


def tap_example(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Ask the example question that was made of a claim."""
    number = number_in(rest)
    card = talk.service.claim(number) if number is not None else None
    found = example(talk.service, card.claim, language) if card else None
    return Tapped(replies=ask(talk, said, found.question, language)) if found else None


def help_(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """What can be said here: in private, in a group, and by an admin."""
    del talk, rest
    shown = [name for name, admin in COMMANDS.items() if not admin and (name in IN_GROUPS or not said.is_group)]
    rows = [_row(name, language) for name in shown]
    if said.is_admin and not said.is_group:
        rows.append(f"\n{say(language, 'help.admin')}")
        rows += [_row(name, language) for name, admin in COMMANDS.items() if admin]
    key = "help.group" if said.is_group else "help.text"
    return (Reply(say(language, key, commands=Html("\n".join(rows)))),)


def _row(name: str, language: str) -> str:
    return f"/{name} – {say(language, f'command.{name}')}"
