"""What the service gives back: values that `bot.replies` turns into words, for Telegram and the terminal alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from claims.candidate import Ranked
from claims.match import ANSWER
from claims.question import Question
from db.values import ConflictEvent, Feed, Pair, Side, StoredClaim, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of an article."""

    #: "new", "known" (same id and text) or "version" (same id, other text)
    status: str
    #: the article's number
    number: int
    title: str
    #: None where the language is not supported: the text is kept, nothing was extracted
    language: str | None
    claims: tuple[StoredClaim, ...]
    #: claims of the version before that the new text no longer holds
    withdrawn: tuple[StoredClaim, ...]
    #: every pair that a new voice makes with a stored one, unrelated ones left out; what only repeats makes none
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Answers are what came in since then, newest first."""

    since: datetime
    #: that is a day which the question names, not the hour at which its chat asked last
    is_day: bool
    #: about what the chat follows, since the question names nothing
    followed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer to a question: best claim first."""

    question: Question
    answers: tuple[tuple[StoredClaim, float], ...]
    #: what is known about another place, time or speaker: never an answer
    nearest: tuple[tuple[StoredClaim, float], ...]
    #: open conflicts among the answers and what contradicts them
    conflicts: tuple[Pair, ...]
    #: the best weighed claims with every part's weight and degree, and the score from which on one answers: why the
    #: winner won
    weighed: tuple[Ranked, ...] = ()
    least: float = ANSWER
    #: the best claim of each matter that the question may equally well mean; empty where it means one
    readings: tuple[StoredClaim, ...] = ()
    #: what nobody is known to have denied, where a denial is asked for
    undenied: tuple[StoredClaim, ...] = ()
    #: the newest claims about all that an open question names
    known: tuple[StoredClaim, ...] = ()
    #: in a chat every claim that the answer rests on: older ones too, and those that repeat the same words
    sources: tuple[StoredClaim, ...] = ()
    #: what came in, where that is asked
    changes: Changes | None = None
    #: the question's number in its chat, 0 outside of chats
    number: int = 0

    @property
    def abstain(self) -> bool:
        """Whether nothing is known."""
        return not self.answers

    @property
    def outcome(self) -> str:
        """What became of the question: "answered", "unclear", "near" or "nothing"."""
        if self.readings:
            return "unclear"
        if self.answers:
            return "answered"
        return "near" if self.nearest or self.undenied else "nothing"

    @property
    def why_near(self) -> Mapping[int, str]:
        """What the nearest claims are about another of, by number: "place", "actor", "measure", "speaker" …"""
        return {one.number: one.blocked.split(" ", 1)[0] for one in self.weighed if one.blocked}

    @property
    def value(self) -> Decimal | None:
        """The first answer's figure, where there is one."""
        quantity = self.answers[0][0].claim.quantity if self.answers else None
        return quantity.value if quantity else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """One claim and what others say to it."""

    claim: StoredClaim
    agree: tuple[Pair, ...]
    contradict: tuple[Pair, ...]
    #: updates, plans, parts
    related: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictStory:
    """A conflict with what has happened to it."""

    number: int
    #: "open", "confirmed", "resolved", "dismissed" or "merged"
    state: str
    pairs: tuple[Pair, ...]
    sides: tuple[Side, ...]
    history: tuple[ConflictEvent, ...]
    #: the claims that the history speaks of, by number
    claims: Mapping[int, StoredClaim]

    @property
    def plainest(self) -> Pair | None:
        """The pair that shows best what it is about: figures before denials, the surest first."""
        return min(self.pairs, key=lambda pair: (pair.verdict.about == "denial", -pair.verdict.score), default=None)


class Judged(StrEnum):
    """What comes of what an admin does to a conflict or a claim."""

    DONE = "done"
    #: done, and nobody has to hear of it: the conflict was over
    QUIET = "quiet"
    #: it was done before
    ALREADY = "already"
    UNKNOWN = "unknown"

    @property
    def is_refused(self) -> bool:
        """Whether nothing was done."""
        return self in (Judged.ALREADY, Judged.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A topic that a chat now follows, and a snapshot of what is known about it."""

    topic: Topic
    #: False where the chat followed it already
    fresh: bool
    known: tuple[StoredClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One claim of a text that somebody wants checked, set against the store. Nothing of it is stored."""

    claim: StoredClaim
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a follower is told: a pair of claims, or one new claim."""

    #: "conflict", "update", "claim", "correction", or "quarantine" for admins
    kind: str
    #: None for what nobody follows: a word to the admins
    topic: Topic | None
    conflict: int | None
    claim: StoredClaim
    pair: Pair | None
    #: the chat has heard of this conflict before
    goes_on: bool = False
    #: for a correction: what happened to the conflict
    past: ConflictEvent | None = None
    #: for a correction: what is claimed now instead
    instead: StoredClaim | None = None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedNotice:
    """What admins are told of a feed."""

    feed: Feed
    #: "quarantined": it brings articles, and nobody trusts it yet; "gone", "given up": it is read no more
    what: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Sizes and ages of the store."""

    articles: int
    claims: int
    conflicts_open: int
    topics: int
    inbox_waiting: int
    inbox_dead: int
    outbox_waiting: int
    outbox_dead: int
    #: questions of the last months, how many of them found an answer, and what people thought of it
    questions: int
    questions_answered: int
    answers_helpful: int
    answers_unhelpful: int
    newest: date | None
    schema: str
