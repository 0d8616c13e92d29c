"""Who follows what. A new claim finds its followers by an index, not by a walk over the topics."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, inspect
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from db import conflicts, search
from db.fresh import insert_fresh
from db.tables import ChatRow, TopicRow
from db.values import Events, Topic

#: terms that one statement looks up
_CHUNK = 500


def follow(
    session: Session,
    *,
    chat: int,
    text: str,
    terms: Sequence[str],
    language: str,
    now: datetime,
    thread: int | None = None,
    person: int | None = None,
    events: Events = Events.CONFLICTS,
) -> tuple[Topic, bool]:
    """Follow a topic; another wording of a followed one is that one. Gives (topic, whether it is new)."""
    label = "\n".join(sorted(terms))
    row = {
        "chat": chat,
        "thread": thread or 0,
        "person": person,
        "text": text,
        "terms": sorted(terms),
        "label": label,
        "anchor": _anchor(terms),
        "language": language,
        "events": events.value,
        "created_at": now,
    }
    fresh = insert_fresh(session, TopicRow, [row]) == 1
    query = select(TopicRow).where(TopicRow.chat == chat, TopicRow.thread == (thread or 0), TopicRow.label == label)
    return _topic(session, session.exec(query).one()), fresh


def _anchor(terms: Sequence[str]) -> str:
    """The term to look a topic up by: words and speakers are rarer than entities, those than measures."""
    rank = {letter: at for at, letter in enumerate("wsbpemky")}
    return min(terms, key=lambda term: (rank.get(term[0], len(rank)), -len(term)))


def topic(session: Session, chat: int, number: int) -> Topic | None:
    """A chat's topic by its number."""
    row = session.get(TopicRow, number)
    return _topic(session, row) if row and row.chat == chat else None


def plain(session: Session, chat: int, number: int) -> Topic | None:
    """A chat's topic by its number, without counting what is known of it."""
    row = session.get(TopicRow, number)
    return _plain(row) if row and row.chat == chat else None


def following(session: Session, chat: int) -> tuple[Topic, ...]:
    """What a chat follows, oldest first."""
    query = select(TopicRow).where(TopicRow.chat == chat).order_by(col(TopicRow.number))
    return tuple(_topic(session, row) for row in session.exec(query))


def topics(session: Session) -> tuple[Topic, ...]:
    """All that is followed, each wording of a topic once."""
    rows = session.exec(select(TopicRow).order_by(col(TopicRow.number))).all()
    first = {row.label: row for row in reversed(rows)}
    return tuple(_topic(session, row) for row in sorted(first.values(), key=lambda row: row.number or 0))


def change(session: Session, chat: int, number: int, **settings: Any) -> bool:
    """Change a topic's settings, by the names of `Topic`'s fields; False where the chat follows no such topic."""
    row = session.get(TopicRow, number)
    if row is None or row.chat != chat:
        return False
    for name, value in settings.items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    return True


def unfollow(session: Session, chat: int, number: int) -> bool:
    """Stop following; False where the chat followed no such topic."""
    row = session.get(TopicRow, number)
    if row is None or row.chat != chat:
        return False
    session.delete(row)
    return True


def unfollow_all(session: Session, chat: int) -> int:
    """Stop following everything; gives how many topics that were."""
    ended = delete(TopicRow).where(col(TopicRow.chat) == chat).returning(col(TopicRow.number))
    return len(session.execute(ended).all())


def followers(session: Session, terms: Iterable[str]) -> tuple[Topic, ...]:
    """The topics that a claim with these terms belongs to, of chats that still want to hear."""
    held = set(terms)
    return tuple(topic for topic in anchored(session, held) if held.issuperset(topic.terms))


def any_topic(session: Session) -> bool:
    """Whether anybody follows anything."""
    return session.connection().execute(_ANY).first() is not None


_ANY = select(TopicRow.number).limit(1)


def anchored(session: Session, terms: Iterable[str]) -> tuple[Topic, ...]:
    """The topics whose telling term is one of these, of chats that still want to hear: all that claims with these
    terms can belong to."""
    found: list[Topic] = []
    held = sorted(set(terms))
    for at in range(0, len(held), _CHUNK):
        rows = session.connection().execute(_ANCHORED, {"terms": held[at : at + _CHUNK]})
        found += [_plain(row) for row in rows]
    return tuple(found)


_ANCHORED = (
    sql_select(*inspect(TopicRow).local_table.c)
    .outerjoin(ChatRow, col(ChatRow.chat) == col(TopicRow.chat))
    .where(col(TopicRow.anchor).in_(bindparam("terms", expanding=True)), col(ChatRow.active).is_not(False))
    .order_by(col(TopicRow.number))
)


def _plain(row: Any, claims: int = 0, conflicting: int = 0) -> Topic:
    return Topic(
        number=row.number or 0,
        chat=row.chat,
        thread=row.thread or None,
        language=row.language,
        text=row.text,
        terms=tuple(row.terms),
        events=Events(row.events),
        threshold=row.threshold,
        speakers=tuple(row.speakers),
        languages=tuple(row.languages),
        paused=row.paused,
        muted_until=row.muted_until,
        claims=claims,
        conflicts=conflicting,
    )


def _topic(session: Session, row: TopicRow) -> Topic:
    held = search.holding(session, row.terms)
    return _plain(row, len(held), conflicts.touching(session, held))
