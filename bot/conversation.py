"""What a person says → what claimbot answers. The same for Telegram, the terminal and the demo; no Telegram in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import blake2b
from types import MappingProxyType

from rapidfuzz import fuzz, process

from bot import replies
from bot.locale import Html, languages, nearest, say
from bot.replies import Button, Reply
from bot.service import Service
from claims.model import Article
from claims.text import clean
from db.values import Events, Paste

#: Telegram cuts a paste into messages of this many characters: one this long may go on in the next
FULL_MESSAGE, LONGEST_MESSAGE = 4000, 4096
#: a paste is whole when no part came for so long
PASTE_PAUSE = timedelta(seconds=3)
#: a text this long is an article to be checked, not a question
LONG_TEXT = 600
_COMMAND = re.compile(r"^/(?P<name>[A-Za-z_]+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?$", re.DOTALL)
_LINK = re.compile(r"^(?P<kind>claim|topic|conflict)_(?P<number>\d{1,12})$")
_ALIKE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message or a tap, without anything of Telegram's but its numbers."""

    chat: int
    person: int
    text: str = ""
    #: the client's language code
    language: str | None = None
    thread: int | None = None
    is_admin: bool = False
    #: the channel or person that a forwarded text comes from
    forwarded_from: str | None = None
    #: the day that it was posted there
    forwarded_on: date | None = None
    #: a picture, a sticker, a voice message: nothing to read
    is_media: bool = False
    #: numbers this message among all: the article's id where it is added
    message_id: int = 0


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a tap brings: a toast, replies, or another text and buttons for the message with the button."""

    toast: str = ""
    replies: tuple[Reply, ...] = ()
    edited: Reply | None = None


Handler = Callable[["Conversation", Incoming, str, str], tuple[Reply, ...]]
#: commands in the order of /help: name → whether only admins may use it
COMMANDS: Mapping[str, bool] = MappingProxyType(
    {
        "start": False,
        "help": False,
        "follow": False,
        "following": False,
        "unfollow": False,
        "conflicts": False,
        "claim": False,
        "language": False,
        "privacy": False,
        "forget": False,
        "add": True,
    }
)


@dataclass(frozen=True)
class Conversation:
    """Answers messages and taps. `clock` gives the aware UTC now."""

    service: Service
    clock: Callable[[], datetime] = field(repr=False)

    def message(self, said: Incoming) -> tuple[Reply, ...]:
        """The replies to a message, none where silence is meant."""
        language = self._language(said)
        text = clean(said.text).strip()
        command = _COMMAND.match(text)
        if command:
            self.service.see(said.chat, self.clock())
            return self._command(said, command["name"].lower(), (command["rest"] or "").strip(), language)
        if said.is_admin and text and self.service.is_pasting(said.chat, said.message_id):
            return self._paste(said, clean(said.text), language)
        self.service.see(said.chat, self.clock())
        if not text:
            return (Reply(say(language, "error.media")),) if said.is_media else ()
        if said.forwarded_from is not None:
            return self._forwarded(said, text, language)
        if len(text) > LONG_TEXT:
            return replies.checked(self.service.check(text), language)
        return self._ask(said, text, language)

    def tap(self, said: Incoming, data: str) -> Tapped:
        """What a button brings; one that nobody knows any more is said to be stale."""
        language = self._language(said)
        name, _, rest = data.partition(":")
        handler = _TAPS.get(name)
        found = handler(self, said, rest, language) if handler else None
        return found or Tapped(toast=say(language, "error.stale"))

    def pastes_due(self) -> list[tuple[int, tuple[Reply, ...]]]:
        """Add the pasted articles that are whole now; the replies to them, by chat. Until `close_paste` is called for
        the chat, the same is given again."""
        return [
            (paste.chat, self._add_paste(paste, nearest(self.service.language(paste.chat))))
            for paste in self.service.whole_pastes(self.clock())
        ]

    def _language(self, said: Incoming) -> str:
        return nearest(self.service.language(said.chat) or said.language)

    def _ask(self, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
        """Answer in the reader's language, in the question's own where nobody has said which that is."""
        result = self.service.ask_in_chat(said.chat, text, language=language, now=self.clock())
        known = said.language or self.service.language(said.chat)
        return replies.answer(result, language if known else nearest(result.question.language))

    def _command(self, said: Incoming, name: str, rest: str, language: str) -> tuple[Reply, ...]:
        handler = _HANDLERS.get(name)
        if handler:
            return handler(self, said, rest, language)
        close = process.extractOne(name, list(COMMANDS), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if close:
            return (Reply(say(language, "error.command", command=f"/{name}", nearest=f"/{close[0]}")),)
        return (Reply(say(language, "error.command_help", command=f"/{name}")),)

    # commands

    def start(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """The first words, or what a deep link points at."""
        link = _LINK.match(rest)
        if link and link["kind"] == "claim":
            return self.claim(said, link["number"], language)
        if link and link["kind"] == "conflict":
            return self.conflicts(said, link["number"], language)
        return (Reply(say(language, "start.text", example=say(language, "start.example"))),)

    def help(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """The commands."""
        del rest
        rows = [f"/{name} – {say(language, f'command.{name}')}" for name, admin in COMMANDS.items() if not admin]
        if said.is_admin:
            rows.append(f"\n{say(language, 'help.admin')}")
            rows += [f"/{name} – {say(language, f'command.{name}')}" for name, admin in COMMANDS.items() if admin]
        return (Reply(say(language, "help.text", commands=Html("\n".join(rows)))),)

    def follow(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """Follow what the text names."""
        if not rest:
            return (Reply(say(language, "follow.what")),)
        result = self.service.follow(
            said.chat, rest[:200], language=language, now=self.clock(), thread=said.thread, person=said.person
        )
        return (
            replies.followed(result, language) if result else (Reply(say(language, "follow.nothing", text=rest[:80])),)
        )

    def following(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """What the chat follows."""
        del rest
        return replies.following(self.service.following(said.chat), language)

    def unfollow(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """Stop following by number; without one the list with its buttons."""
        if not rest:
            topics = self.service.following(said.chat)
            return replies.following(topics, language)
        number = _number(rest)
        if number is None:
            return (Reply(say(language, "error.number", text=rest[:40])),)
        gone = self.service.unfollow(said.chat, number)
        if gone is None:
            return (Reply(say(language, "follow.not_yours", number=Html(number))),)
        return (Reply(say(language, "follow.stopped", topic=gone.text)),)

    def conflicts(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """The open conflicts, or one of them."""
        del said
        number = _number(rest)
        if number is None:
            return replies.conflicts(self.service.conflicts(), language)
        pairs = self.service.conflict(number)
        if not pairs:
            return (Reply(say(language, "conflict.unknown", number=Html(number))),)
        return replies.split([replies.conflict_block(pairs, language)])

    def claim(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """One claim in full."""
        del said
        if not rest:
            return (Reply(say(language, "claim.which")),)
        number = _number(rest)
        if number is None:
            return (Reply(say(language, "error.number", text=rest[:40])),)
        card = self.service.claim(number)
        return replies.card(card, language) if card else (Reply(say(language, "claim.unknown", number=Html(number))),)

    def language(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """Choose a language, by its code or by a button."""
        code = rest.lower()
        if code in languages():
            self.service.set_language(said.chat, code, self.clock())
            return (Reply(say(code, "language.done")),)
        key = "language.unknown" if rest else "language.choose"
        buttons = tuple(Button(say(code, "name"), f"language:{code}") for code in languages())
        return (Reply(say(language, key), (buttons,)),)

    def privacy(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """What is kept."""
        del said, rest
        return (Reply(say(language, "privacy.text")),)

    def forget(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """Ask before deleting."""
        del said, rest
        yes = Button(say(language, "button.sure"), "forget:yes")
        no = Button(say(language, "button.keep"), "forget:no")
        return (Reply(say(language, "forget.sure"), ((yes, no),)),)

    def add(self, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
        """Store an article: the command's text, which may go on in further messages."""
        if not said.is_admin:
            return (Reply(say(language, "add.admin")),)
        if not rest:
            return (Reply(say(language, "add.what")),)
        return self._paste(said, clean(said.text).split(maxsplit=1)[1], language)

    # articles

    def _paste(self, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
        """A part of an article. A full message may go on in the next one; anything shorter is the end. All of it can
        be done again after a kill, with the same outcome."""
        more = len(said.text) >= FULL_MESSAGE
        if more and len(said.text) < LONGEST_MESSAGE:
            text = f"{text.rstrip()}\n"  # cut between words, and the blank went with the cut
        so_far = self.service.keep_paste(said.chat, text, None, self.clock() + PASTE_PAUSE, said.message_id)
        if more:
            return ()
        told = self._add_paste(so_far, language)
        self.service.close_paste(said.chat)
        return told

    def _add_paste(self, paste: Paste, language: str) -> tuple[Reply, ...]:
        text = paste.text.strip()
        return self._add(f"paste:{paste.chat}:{_digest(text)}", text, paste.source, language)

    def _forwarded(self, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
        """An admin's forward is an article of that channel; anybody else's is checked."""
        if said.is_admin:
            return self._add(f"forward:{_digest(text)}", text, said.forwarded_from, language, said.forwarded_on)
        return replies.checked(self.service.check(text), language)

    def _add(
        self, name: str, text: str, source: str | None, language: str, published: date | None = None
    ) -> tuple[Reply, ...]:
        """Store an article. A paste has no date of its own: today is when it was pasted, not when it was published."""
        article = Article(id=name, text=text, source=source or None, published=published)
        return replies.added(self.service.add_article(article, now=self.clock()), language)

    # taps

    def _tap_claim(self, said: Incoming, rest: str, language: str) -> Tapped | None:
        return Tapped(replies=self.claim(said, rest, language)) if _number(rest) is not None else None

    def _tap_follow(self, said: Incoming, rest: str, language: str) -> Tapped | None:
        number = _number(rest)
        result = None
        if number is not None:
            result = self.service.follow_claim(
                said.chat, number, language=language, now=self.clock(), thread=said.thread, person=said.person
            )
        return Tapped(replies=replies.followed(result, language)) if result else None

    def _tap_events(self, said: Incoming, rest: str, language: str) -> Tapped | None:
        written, _, name = rest.partition(":")
        number = _number(written)
        if number is None or name not in [one.value for one in Events]:
            return None
        topic = self.service.set_events(said.chat, number, Events(name))
        if topic is None:
            return Tapped(toast=say(language, "follow.not_yours", number=Html(number)))
        edited = replies.following(self.service.following(said.chat), language)[-1]
        return Tapped(toast=say(language, f"follow.{name}"), edited=edited)

    def _tap_unfollow(self, said: Incoming, rest: str, language: str) -> Tapped | None:
        number = _number(rest)
        gone = self.service.unfollow(said.chat, number) if number is not None else None
        if gone is None:
            return None
        told = say(language, "follow.stopped", topic=gone.text)
        return Tapped(toast=told, edited=replies.following(self.service.following(said.chat), language)[-1])

    def _tap_language(self, said: Incoming, rest: str, language: str) -> Tapped | None:
        del language
        if rest not in languages():
            return None
        self.service.set_language(said.chat, rest, self.clock())
        return Tapped(edited=Reply(say(rest, "language.done")))

    def _tap_forget(self, said: Incoming, rest: str, language: str) -> Tapped | None:
        if rest == "yes":
            self.service.forget(said.chat)
            return Tapped(edited=Reply(say(language, "forget.done")))
        return Tapped(edited=Reply(say(language, "forget.kept")))


_HANDLERS: Mapping[str, Handler] = MappingProxyType({name: getattr(Conversation, name) for name in COMMANDS})
_TAPS: Mapping[str, Callable[[Conversation, Incoming, str, str], Tapped | None]] = MappingProxyType(
    {
        "claim": Conversation._tap_claim,
        "follow": Conversation._tap_follow,
        "events": Conversation._tap_events,
        "unfollow": Conversation._tap_unfollow,
        "language": Conversation._tap_language,
        "forget": Conversation._tap_forget,
    }
)


def _number(text: str) -> int | None:
    written = text.strip().lstrip("#")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 12 else None


def _digest(text: str) -> str:
    """A short name for a text: the same paste twice is one article."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
