"""What is said to claimbot, and what its handlers need to answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import BoundedSemaphore
from zoneinfo import ZoneInfo

from bot.conversation.pace import Pace
from bot.locale import nearest
from bot.personal import Personal
from bot.reading.web import Web
from bot.replies import Button, Reply
from bot.service import Service
from bot.topics import Topics

#: questions and texts that are worked on at the same time: more would only make each other wait
MOST_THINKING = 2


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text that a message answers or quotes. `source` is the channel or person that it comes from, and `on` the day,
    where it was forwarded or stands in another chat."""

    text: str
    source: str | None = None
    on: date | None = None
    #: the message that it is, where that stands in this chat
    message_id: int = 0


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a message brings; no content where it is too large, or of a kind that holds no article."""

    name: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message or a tap, without anything of Telegram's but its numbers."""

    chat: int
    person: int
    text: str = ""
    #: the client's language code
    language: str | None = None
    thread: int | None = None
    #: an admin of the bot, not of the chat
    is_admin: bool = False
    is_group: bool = False
    #: False for who may not change what belongs to the chat: a group's members that are no admins of it
    may_change: bool = True
    #: the channel or person that a forwarded text comes from
    forwarded_from: str | None = None
    #: the day that it was posted there
    forwarded_on: date | None = None
    #: what stands below the tapped message
    buttons: tuple[tuple[Button, ...], ...] = ()
    #: pages that lie behind its words
    links: tuple[str, ...] = ()
    #: what somebody else says in the message that it answers or quotes
    quoted: Quoted | None = None
    file: Attached | None = None
    #: a picture, a sticker, a voice message: nothing to read
    is_media: bool = False
    #: for a tap, the message that the tapped one answers
    below: "Incoming | None" = None
    #: several pictures or files sent at once share it
    album: str | None = None
    #: numbers this message among all: the article's id where it is added
    message_id: int = 0

    @property
    def about(self) -> int:
        """The message that holds the text which this one is about."""
        if self.below:
            return self.below.about
        return (self.quoted.message_id if self.quoted and self.quoted.source else 0) or self.message_id


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a tap brings: a toast, replies, another text and buttons for the message with the button, or other buttons
    below the same text."""

    toast: str = ""
    replies: tuple[Reply, ...] = ()
    edited: Reply | None = None
    buttons: tuple[tuple[Button, ...], ...] | None = None


@dataclass(frozen=True)
class Talk:
    """What answers need: the use cases and the time. `clock` gives the aware UTC now."""

    service: Service
    clock: Callable[[], datetime] = field(repr=False)
    #: the newsroom's time zone, for chats that have not chosen theirs
    zone: ZoneInfo = field(default=ZoneInfo("UTC"))
    #: hosts whose feeds the configuration trusts
    trusted: frozenset[str] = frozenset()
    #: what reads the links that people send
    web: Web = field(default_factory=Web, repr=False)
    #: seconds since Telegram was last heard, None where nobody listens to it
    heard: Callable[[], float | None] = field(default=lambda: None, repr=False)
    pace: Pace = field(default_factory=Pace, repr=False)
    #: held while a question is answered or a text is read: who only gives an order never waits behind twenty of them
    thinking: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_THINKING), repr=False)

    @property
    def personal(self) -> Personal:
        """What belongs to a chat."""
        return Personal(self.service.engine)

    @property
    def topics(self) -> Topics:
        """What chats follow."""
        return Topics(self.service.engine)

    def language_of(self, said: Incoming) -> str:
        """The language to answer in: the chosen one, else the client's."""
        return nearest(self.service.language(said.chat) or said.language)


#: (talk, what was said, what follows the command, language) → the answer
Handler = Callable[[Talk, Incoming, str, str], tuple[Reply, ...]]
#: (talk, who tapped, the button's data after its name, language) → what the tap brings; None where it is stale
Tap = Callable[[Talk, Incoming, str, str], Tapped | None]


def number_in(text: str) -> int | None:
    """A number as people write it ("7", "#7"), None where it is none."""
    written = text.strip().lstrip("#")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 12 else None
