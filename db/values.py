"""What leaves `db`: plain frozen values, never table rows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claims.model import Claim, Verdict

#: the chat of whoever sits at the terminal
LOCAL_CHAT = 0


class Events(StrEnum):
    """What a follower wants to hear of."""

    CONFLICTS = "conflicts"
    #: conflicts, and newer figures
    UPDATES = "updates"
    EVERYTHING = "everything"


class Trust(StrEnum):
    """How far a source is believed to be a source: a quarantined one alarms nobody."""

    TRUSTED = "trusted"
    NORMAL = "normal"
    QUARANTINED = "quarantined"


class SourceKind(StrEnum):
    """What a source is."""

    OUTLET = "outlet"
    CHANNEL = "channel"
    FEED = "feed"
    #: what people paste, and what the command line ingests, without naming an outlet
    PERSON = "person"
    CLI = "cli"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where articles come from, with its record."""

    number: int
    name: str
    kind: SourceKind
    trust: Trust
    country: str | None = None
    language: str | None = None
    articles: int = 0
    claims: int = 0
    #: open conflicts that one of its claims is a side of
    conflicts: int = 0
    #: claims that it took back or put right
    corrections: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and how it fares."""

    number: int
    source: int
    #: its source's name and trust
    name: str
    trust: Trust
    url: str
    host: str
    title: str | None
    topic: str | None
    #: seconds between two polls
    every: int
    #: "active", "paused", "gone" or "given up"
    state: str
    etag: str | None
    modified: str | None
    due: datetime
    failing_since: datetime | None
    failures: int
    error: str | None
    checked_at: datetime | None
    fresh_at: datetime | None
    #: entries seen in it, and those that wait to be read
    entries: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed, leased to be read."""

    feed: int
    source: int
    #: the source's name
    name: str
    key: str
    digest: str
    url: str | None
    title: str
    text: str
    whole: bool
    published: date | None
    language: str | None
    #: how often it was tried, this time included
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredClaim:
    """A claim with its number and the page that it stands on."""

    number: int
    claim: Claim
    #: the article's external id, and its number in the store
    article: str
    article_number: int
    title: str
    #: what the article is about: its title and first lines
    context: str = ""
    #: the words right around the evidence
    beside: str = ""
    source: str | None
    url: str | None
    published: date | None
    #: claims with one origin come from one place: syndicated texts, or one speaker at one time
    origin: str
    #: printed form of the slot
    slot: str
    #: near-duplicate articles share this number
    article_origin: int = 0
    #: False once a newer version of the article no longer holds it
    current: bool = True
    trust: Trust = Trust.TRUSTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two stored claims and what they are to each other."""

    a: StoredClaim
    b: StoredClaim
    verdict: Verdict
    #: the conflict that the pair belongs to, None for verdicts that are no conflict
    conflict: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictEvent:
    """One line of a conflict's history."""

    what: str
    at: datetime
    claim: int | None = None
    #: the admin who did it
    person: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a conflict: claims that agree, oldest first."""

    claims: tuple[StoredClaim, ...]
    #: from how many places they come, however often they were printed
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a conflict when a claim in it was taken back."""

    conflict: int
    #: the line of its history that tells of it
    past: int
    #: no contradiction is left
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a chat follows."""

    number: int
    chat: int
    #: the forum topic, None outside of forums
    thread: int | None = None
    language: str = "en"
    #: as the person wrote it
    text: str
    #: the canonical terms that a claim must have (`claims.question.terms`)
    terms: tuple[str, ...]
    events: Events
    #: figures closer than so many per cent are no news
    threshold: int = 0
    #: only what one of these says; empty means all
    speakers: tuple[str, ...] = ()
    #: only articles in these languages; empty means all
    languages: tuple[str, ...] = ()
    paused: bool = False
    muted_until: datetime | None = None
    claims: int = 0
    conflicts: int = 0

    def is_silent(self, now: datetime) -> bool:
        """Whether nothing is to be told of it at present."""
        return self.paused or (self.muted_until is not None and self.muted_until > now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How and when a chat wants to be told."""

    language: str | None = None
    #: an IANA time zone, None for the newsroom's own
    zone: str | None = None
    #: from which hour to which nothing is sent, local time
    quiet: tuple[int, int] | None = None
    #: "daily", "weekly" (on Mondays), or None: everything as it happens
    digest: str | None = None
    digest_hour: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that a chat has asked."""

    number: int
    chat: int
    #: those that it takes up, then itself
    texts: tuple[str, ...]
    #: the reader's
    language: str
    #: the claim that stood first in its answer
    claim: int | None
    at: datetime
    helpful: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A raw update of Telegram's, leased for handling."""

    number: int
    chat: int | None
    raw: str
    #: how often it was tried, this time included
    attempts: int
    #: messages of its answer that Telegram has taken already
    told: int
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell a chat."""

    number: int
    #: "conflict", "update", "claim", "correction", "quarantine", and what it is about
    kind: str
    event: str
    conflict: int | None
    #: numbers of the claims ("a", "b"), of the topic, of a line of the conflict's history ("past") …
    payload: dict[str, int]
    #: the message in which the chat heard of the conflict first, None where it has not
    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message that waits to be sent: what is to be told to one chat now, oldest first."""

    chat: int
    thread: int | None
    news: tuple[News, ...]
    #: how often it was tried, this time included
    attempts: int
    due: datetime
    #: when the oldest of it came up
    since: datetime
    #: told at the hour that the chat has chosen
    digest: bool = False

    @property
    def reply_to(self) -> int | None:
        """The message that this one goes on: all of it is about one conflict, of which the chat has heard."""
        firsts = {one.first for one in self.news}
        return firsts.pop() if len(firsts) == 1 else None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The rows that it is made of."""
        return tuple(one.number for one in self.news)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A text that somebody has sent to the editors; by whom is not theirs to know."""

    number: int
    digest: str
    text: str
    source: str | None
    url: str | None
    published: date | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """A line of the audit log."""

    at: datetime
    #: the admin; 0 at the command line, None once the person is forgotten
    person: int | None
    act: str
    object: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """An article that arrives in several messages, as far as it has come."""

    chat: int
    text: str
    source: str | None
