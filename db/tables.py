"""The tables, and the unique keys that carry the promises. Rows never leave `db/`: `db.values` does."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, MetaData, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.columns import Key, Utc, Words

metadata: MetaData = SQLModel.metadata

#: SQLite counts up only plain integers by itself
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


class SourceRow(SQLModel, table=True):
    """Where articles come from, and how far it is trusted."""

    __tablename__ = "source"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    name: str = Field(sa_type=Key, unique=True)
    #: `db.values.SourceKind`
    kind: str
    #: ISO 3166 and 639-1 codes
    country: str | None = None
    language: str | None = None
    #: `db.values.Trust`
    trust: str
    added_at: datetime = Field(sa_type=Utc)


class ArticleRow(SQLModel, table=True):
    """One version of a page."""

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("external_id", "version"),)

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    external_id: str = Field(sa_type=Key)
    #: the external id as it came, where it is too long to be a key
    long_id: str | None = Field(default=None, sa_type=Words)
    version: int
    #: the newest version of its page
    current: bool = Field(default=True)
    text: str = Field(sa_type=Words)
    text_hash: str
    title: str = Field(sa_type=Words)
    #: what the page is about: title and first lines, for the words that its claims leave out
    context: str = Field(sa_type=Words)
    #: the outlet as the page names it, and the source that it is counted with
    source: str | None = Field(default=None, sa_type=Words)
    source_number: int | None = Field(default=None, sa_type=BigInteger, foreign_key="source.number", index=True)
    url: str | None = Field(default=None, sa_type=Words)
    published: date | None = None
    language: str | None = None
    #: its source's, or less where somebody sent it in
    trust: str
    extractor: str
    fingerprint: int | None = Field(default=None, sa_type=BigInteger)
    #: near-duplicates share the number of the first of them
    origin: int | None = Field(default=None, sa_type=BigInteger, index=True)
    added_at: datetime = Field(sa_type=Utc)


class ArticleBand(SQLModel, table=True):
    """Look-up of near-duplicates."""

    __tablename__ = "article_band"

    band: str = Field(primary_key=True)
    article: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="article.number")


class ClaimRow(SQLModel, table=True):
    """A claim. `data` is the whole value; the other columns are what is searched or shown in lists."""

    __tablename__ = "claim"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    article: int = Field(sa_type=BigInteger, foreign_key="article.number", index=True)
    kind: str
    slot: str = Field(sa_type=Words)
    origin: str = Field(sa_type=Words)
    #: False once a newer version of the page no longer holds it
    current: bool = Field(default=True)
    #: when it came in: a later version of its page does not make it new
    added_at: datetime | None = Field(default=None, sa_type=Utc)
    data: dict[str, Any] = Field(sa_type=JSON)


class ClaimKey(SQLModel, table=True):
    """Claims that may be about one question share a key (`claims.slot.keys`)."""

    __tablename__ = "claim_key"
    __table_args__ = (Index("ix_claim_key_led", "key", "leads", "day", "claim"),)

    key: str = Field(primary_key=True, sa_type=Key)
    claim: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="claim.number", index=True)
    #: claims of one voice share it (`claims.voice`)
    mark: int = Field(default=0, sa_type=BigInteger, index=True)
    #: the day on which the claim was put forward, 0 where it is unknown
    day: int = Field(default=0)
    #: stands for its voice under this key
    leads: bool = Field(default=True)


class ClaimTerm(SQLModel, table=True):
    """The index of questions: canonical terms and words (`claims.terms`)."""

    __tablename__ = "claim_term"
    #: SQLite: the rows stand in the index itself
    __table_args__ = {"sqlite_with_rowid": False}

    term: str = Field(primary_key=True, sa_type=Key)
    claim: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="claim.number", index=True)


class ConflictRow(SQLModel, table=True):
    """A disagreement about one event in a slot."""

    __tablename__ = "conflict"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    #: printed form of the slot, and the claim that opened it: one slot may hold several events
    slot: str = Field(sa_type=Key, unique=True)
    #: "open", "confirmed", "resolved", "dismissed", or "merged" into another
    state: str = Field(default="open")
    opened_at: datetime = Field(sa_type=Utc)


class ConflictEventRow(SQLModel, table=True):
    """What happened to a conflict: its history, and the log of what people did to it."""

    __tablename__ = "conflict_event"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    conflict: int = Field(sa_type=BigInteger, foreign_key="conflict.number", index=True)
    #: "opened", "joined", "narrowed", "corrected", "resolved", "reopened", "confirmed", "dismissed" or "merged"
    what: str
    claim: int | None = Field(default=None, sa_type=BigInteger)
    #: the chat of the admin who did it, None where it came from an article
    person: int | None = Field(default=None, sa_type=BigInteger)
    reason: str | None = Field(default=None, sa_type=Words)
    at: datetime = Field(sa_type=Utc)


class VerdictRow(SQLModel, table=True):
    """Two voices that contradict each other, each by the claim that stands for it; `a` is the smaller number. All other
    verdicts are worth no row: they are found again by comparing."""

    __tablename__ = "verdict"

    a: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="claim.number")
    b: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="claim.number", index=True)
    relation: str
    rule: str
    about: str
    newer: str | None = None
    severity: str
    score: float
    arguments: dict[str, str] = Field(sa_type=JSON)
    conflict: int | None = Field(default=None, sa_type=BigInteger, foreign_key="conflict.number", index=True)


class TopicRow(SQLModel, table=True):
    """What a chat follows. `anchor` is the term that a claim is looked up by."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("chat", "thread", "label"),)

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    chat: int = Field(sa_type=BigInteger, index=True)
    #: 0 where the chat has no threads
    thread: int = Field(default=0, sa_type=BigInteger)
    person: int | None = Field(default=None, sa_type=BigInteger)
    text: str = Field(sa_type=Words)
    #: sorted
    terms: list[str] = Field(sa_type=JSON)
    #: the terms a line each: two wordings of one topic are one
    label: str = Field(sa_type=Key)
    anchor: str = Field(sa_type=Key, index=True)
    language: str
    events: str
    #: figures closer than so many per cent are no news
    threshold: int = Field(default=0)
    #: only what one of these says; empty means all
    speakers: list[str] = Field(default_factory=list, sa_type=JSON)
    #: only articles in these languages; empty means all
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    paused: bool = Field(default=False)
    muted_until: datetime | None = Field(default=None, sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)


class ChatRow(SQLModel, table=True):
    """A person or group that has spoken to the bot."""

    __tablename__ = "chat"

    chat: int = Field(primary_key=True, sa_type=BigInteger)
    language: str | None = None
    #: an IANA time zone, None for the newsroom's own
    zone: str | None = None
    #: hours of the day, local time; both or none
    quiet_from: int | None = None
    quiet_until: int | None = None
    #: "daily" or "weekly": what happens is told together at an hour, None: as it happens
    digest: str | None = None
    digest_hour: int | None = None
    #: False once it blocked the bot or threw it out
    active: bool = Field(default=True)
    seen_at: datetime = Field(sa_type=Utc)


class QuestionRow(SQLModel, table=True):
    """A question that a chat has asked, and what became of it."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("chat", "message"),)

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    chat: int = Field(sa_type=BigInteger, index=True)
    person: int = Field(sa_type=BigInteger)
    #: the message that asked it, None where messages have no numbers
    message: int | None = Field(default=None, sa_type=BigInteger)
    #: the question and before it those that it takes up, a line each
    texts: str = Field(sa_type=Words)
    language: str
    #: what it was taken to mean, for those who read what went wrong
    understood: str = Field(sa_type=Words)
    #: "answered", "unclear" (several readings), "near" or "nothing"
    outcome: str
    #: the claim that stood first
    claim: int | None = Field(default=None, sa_type=BigInteger)
    #: whether that was what was asked for, None where nobody said
    helpful: bool | None = None
    asked_at: datetime = Field(sa_type=Utc, index=True)


class AnswerRow(SQLModel, table=True):
    """The messages that answer a person's question; none for an order that was carried out."""

    __tablename__ = "answer"

    chat: int = Field(primary_key=True, sa_type=BigInteger)
    #: the message that asks, or orders
    question: int = Field(primary_key=True, sa_type=BigInteger)
    messages: list[int] = Field(sa_type=JSON)
    at: datetime = Field(sa_type=Utc, index=True)


class SubmissionRow(SQLModel, table=True):
    """A text that somebody has sent to the editors."""

    __tablename__ = "submission"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    chat: int = Field(sa_type=BigInteger)
    person: int = Field(sa_type=BigInteger, index=True)
    #: the same text is one, whoever sends it
    digest: str = Field(unique=True)
    text: str = Field(sa_type=Words)
    source: str | None = Field(default=None, sa_type=Words)
    published: date | None = None
    at: datetime = Field(sa_type=Utc)
    #: the page that it stands on
    url: str | None = Field(default=None, sa_type=Words)


class PasteRow(SQLModel, table=True):
    """An article that arrives in several messages, until the last has come."""

    __tablename__ = "paste"

    chat: int = Field(primary_key=True, sa_type=BigInteger)
    text: str = Field(sa_type=Words)
    source: str | None = Field(default=None, sa_type=Words)
    #: whole when no part came until then
    due: datetime = Field(sa_type=Utc)
    #: the message that brought the last part: none before it is a new part
    last: int = Field(default=0, sa_type=BigInteger)
    #: True once the article is stored; kept for the case that its last message is answered again
    closed: bool = Field(default=False)


class InboxRow(SQLModel, table=True):
    """A raw update, kept before Telegram is told that it came."""

    __tablename__ = "inbox"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    update_id: int = Field(sa_type=BigInteger, unique=True)
    chat: int | None = Field(default=None, sa_type=BigInteger, index=True)
    raw: str = Field(sa_type=Words)
    #: "waiting", "done" or "dead"
    state: str = Field(default="waiting", index=True)
    attempts: int = Field(default=0)
    #: how many messages of the answer Telegram has taken
    told: int = Field(default=0)
    #: held by a worker, or not to be tried again, until then
    leased_until: datetime | None = Field(default=None, sa_type=Utc)
    error: str | None = Field(default=None, sa_type=Words)
    received_at: datetime = Field(sa_type=Utc)


class OutboxRow(SQLModel, table=True):
    """A message to be sent, once for each event, chat and kind."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("event", "chat", "kind"),
        Index("ix_outbox_conflict", "conflict", "chat"),
        Index("ix_outbox_sent", "chat", "sent_at"),
    )

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    chat: int = Field(sa_type=BigInteger, index=True)
    thread: int | None = Field(default=None, sa_type=BigInteger)
    kind: str
    event: str
    #: the conflict that it is about: later messages of one conflict answer the first
    conflict: int | None = Field(default=None, sa_type=BigInteger)
    payload: dict[str, Any] = Field(sa_type=JSON)
    #: "waiting", "sent" or "dead"
    state: str = Field(default="waiting", index=True)
    attempts: int = Field(default=0)
    due: datetime = Field(sa_type=Utc)
    #: when it came up; a digest is of what came up before its hour
    since: datetime | None = Field(default=None, sa_type=Utc)
    leased_until: datetime | None = Field(default=None, sa_type=Utc)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    error: str | None = Field(default=None, sa_type=Words)


class FeedRow(SQLModel, table=True):
    """An address that is asked for new articles again and again."""

    __tablename__ = "feed"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    source: int = Field(sa_type=BigInteger, foreign_key="source.number", index=True)
    url: str = Field(sa_type=Key, unique=True)
    #: no two requests go to one host at the same time
    host: str = Field(sa_type=Key)
    #: what it calls itself
    title: str | None = Field(default=None, sa_type=Words)
    #: the heading that it stands under
    topic: str | None = Field(default=None, sa_type=Words)
    #: seconds between two polls
    every: int
    #: "active", "paused", "gone" (it said so, or became another) or "given up"
    state: str = Field(default="active", index=True)
    #: what it gave to be asked with, so that nothing new is a short answer
    etag: str | None = Field(default=None, sa_type=Words)
    modified: str | None = Field(default=None, sa_type=Words)
    due: datetime = Field(sa_type=Utc, index=True)
    leased_until: datetime | None = Field(default=None, sa_type=Utc)
    failing_since: datetime | None = Field(default=None, sa_type=Utc)
    failures: int = Field(default=0)
    #: what went wrong the last time
    error: str | None = Field(default=None, sa_type=Words)
    checked_at: datetime | None = Field(default=None, sa_type=Utc)
    #: when it last brought something new
    fresh_at: datetime | None = Field(default=None, sa_type=Utc)
    added_at: datetime = Field(sa_type=Utc)


class EntryRow(SQLModel, table=True):
    """An entry of a feed: what was read of it, and whether it became an article."""

    __tablename__ = "feed_entry"
    __table_args__ = (Index("ix_feed_entry_due", "state", "due"),)

    feed: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="feed.number")
    key: str = Field(primary_key=True, sa_type=Key)
    #: of title and text: another one is an edited entry
    digest: str
    #: "waiting", "done" or "refused"
    state: str
    host: str = Field(sa_type=Key)
    url: str | None = Field(default=None, sa_type=Words)
    title: str = Field(sa_type=Words)
    #: what the feed says of it, None once it is handled
    text: str | None = Field(default=None, sa_type=Words)
    #: the text is the whole article: its page need not be fetched
    whole: bool
    published: date | None = None
    language: str | None = None
    attempts: int = Field(default=0)
    due: datetime = Field(sa_type=Utc)
    leased_until: datetime | None = Field(default=None, sa_type=Utc)
    error: str | None = Field(default=None, sa_type=Words)
    #: when it last stood in the feed, to the day
    seen_at: datetime = Field(sa_type=Utc)


class AuditRow(SQLModel, table=True):
    """What somebody with special rights has done."""

    __tablename__ = "audit"

    number: int | None = Field(default=None, primary_key=True, sa_type=_NUMBER)
    at: datetime = Field(sa_type=Utc)
    #: the admin; 0 at the command line, None once the person is forgotten
    person: int | None = Field(default=None, sa_type=BigInteger, index=True)
    #: "confirm", "dismiss", "retract" …
    act: str
    #: what it was done to: "conflict 7", "claim 12" …
    object: str = Field(sa_type=Words)
    reason: str | None = Field(default=None, sa_type=Words)
