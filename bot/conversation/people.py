"""/language, /privacy, /mydata, /stop, /forget: the person and the bot."""

import json

from bot.conversation.said import Incoming, Talk, Tapped
from bot.locale import languages, say
from bot.replies import Button, Document, Reply

#: languages side by side
_ROW = 3


def language_(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """Choose a language, by its code or by a button."""
    code = rest.lower()
    if code in languages():
        talk.service.set_language(said.chat, code, talk.clock())
        return (Reply(say(code, "language.done")),)
    key = "language.unknown" if rest else "language.choose"
    buttons = tuple(Button(say(code, "name"), f"language:{code}") for code in languages())
    rows = tuple(buttons[at : at + _ROW] for at in range(0, len(buttons), _ROW))
    return (Reply(say(language, key), rows),)


def privacy(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """What is kept."""
    del talk, said, rest
    return (Reply(say(language, "privacy.text")),)


def mydata(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """All that is kept, as a file."""
    del rest
    kept = json.dumps(talk.personal.export(said.chat), ensure_ascii=False, indent=1)
    return (Reply(say(language, "mydata.text"), document=Document("claimbot.json", kept.encode())),)


def stop(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """End all that the chat follows."""
    del rest
    ended = talk.personal.stop(said.chat)
    return (Reply(say(language, "stop.done", count=ended) if ended else say(language, "follow.none")),)


def forget(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """Ask before deleting."""
    del talk, rest
    yes = Button(say(language, "button.sure"), "forget:yes")
    no = Button(say(language, "button.keep"), "forget:no")
    return (Reply(say(language, "forget.group_sure" if said.is_group else "forget.sure"), ((yes, no),)),)


def tap_language(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    del language
    if rest not in languages():
        return None
    talk.service.set_language(said.chat, rest, talk.clock())
    return Tapped(edited=Reply(say(rest, "language.done")))


def tap_forget(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    if rest == "yes":
        talk.personal.forget(said.chat)
        talk.pace.forget(said.chat)
        return Tapped(edited=Reply(say(language, "forget.group_done" if said.is_group else "forget.done")))
    return Tapped(edited=Reply(say(language, "forget.kept")))
