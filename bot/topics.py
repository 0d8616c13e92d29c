"""What chats follow. One transaction each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot import answering
from bot.results import Followed
from claims.entities import display
from claims.question import topic_terms
from claims.slot import slot
from claims.terms import slot_terms
from claims.understand import topic
from db import answers, people, questions, search, subscriptions
from db.engine import Engine, Session, reading, writing
from db.values import Events, StoredClaim, Topic

#: claims shown when a topic is followed
SNAPSHOT = 3


@dataclass(frozen=True, slots=True)
class Topics:
    """The use cases over one database. `now` is always handed in: aware, UTC."""

    engine: Engine

    def follow(
        self,
        chat: int,
        text: str,
        *,
        language: str,
        now: datetime,
        thread: int | None = None,
        person: int | None = None,
        events: Events = Events.CONFLICTS,
    ) -> Followed | None:
        """Follow what a text names; None where it names nothing."""
        wanted = topic(text, language)
        return self._follow(chat, text, wanted, language, now, thread, person, events) if wanted else None

    def follow_question(
        self,
        chat: int,
        number: int,
        *,
        now: datetime,
        events: Events,
        thread: int | None = None,
        person: int | None = None,
    ) -> Followed | None:
        """Follow what a chat has asked; None where there is no such question or it names nothing."""
        with reading(self.engine) as session:
            asked = questions.by_number(session, chat, number)
        if asked is None:
            return None
        wanted = topic_terms(answering.chained(asked.texts, asked.language, asked.at.date()))
        text = " ".join(asked.texts)[:200]
        return self._follow(chat, text, wanted, asked.language, now, thread, person, events) if wanted else None

    def _follow(
        self,
        chat: int,
        text: str,
        wanted: Sequence[str],
        language: str,
        now: datetime,
        thread: int | None,
        person: int | None,
        events: Events,
    ) -> Followed:
        with writing(self.engine) as session:
            people.see(session, chat, now)
            topic, fresh = subscriptions.follow(
                session,
                chat=chat, text=text, terms=wanted, language=language, now=now,
                thread=thread, person=person, events=events,
            )  # fmt: skip
            known = search.stored(session, search.holding(session, wanted, limit=SNAPSHOT))
        return Followed(topic=topic, fresh=fresh, known=known)

    def follow_claim(
        self,
        chat: int,
        number: int,
        *,
        language: str,
        now: datetime,
        thread: int | None = None,
        person: int | None = None,
    ) -> Followed | None:
        """Follow the question that a claim answers; None where there is no such claim or nothing to follow in it."""
        with reading(self.engine) as session:
            found = search.claim(session, number)
        if found is None:
            return None
        question = slot(found.claim)
        names = slot_terms(found.claim)
        parts = (question.family.replace("_", " "), question.actor, question.place)
        label = " · ".join(display(part, language) for part in parts if part)
        return self._follow(chat, label, names, language, now, thread, person, Events.CONFLICTS) if names else None

    def following(self, chat: int) -> tuple[Topic, ...]:
        """What a chat follows."""
        with reading(self.engine) as session:
            return subscriptions.following(session, chat)

    def every(self) -> tuple[Topic, ...]:
        """All that anybody follows."""
        with reading(self.engine) as session:
            return subscriptions.topics(session)

    def one(self, chat: int, number: int) -> Topic | None:
        """A topic that a chat follows; None where it does not."""
        with reading(self.engine) as session:
            return subscriptions.topic(session, chat, number)

    def speakers(self, topic: Topic) -> tuple[StoredClaim, ...]:
        """Whose word there is on a topic, each by one of their claims, who says most first."""
        with reading(self.engine) as session:
            held = search.stored(session, search.holding(session, topic.terms))
        named = [one for one in held if one.claim.speaker and not one.claim.speaker_unresolved]
        first = {one.claim.speaker: one for one in reversed(named)}
        return tuple(first[name] for name, _ in Counter(one.claim.speaker for one in named).most_common())

    def set_events(self, chat: int, number: int, events: Events) -> Topic | None:
        """Choose what to hear of a topic; None where the chat does not follow it."""
        return self.change_topic(chat, number, events=events.value)

    def change_topic(self, chat: int, number: int, **settings: Any) -> Topic | None:
        """Change settings of a topic, by the names of `Topic`'s fields; None where the chat does not follow it."""
        with writing(self.engine) as session:
            if not subscriptions.change(session, chat, number, **settings):
                return None
            session.flush()
            return subscriptions.topic(session, chat, number)

    def unfollow(self, chat: int, number: int) -> Topic | None:
        """Stop following; gives what was followed."""
        with writing(self.engine) as session:
            return self._unfollow(session, chat, number)

    def unfollow_as_told(self, chat: int, number: int, *, message: int, now: datetime) -> Topic | None:
        """The same, and remember the message that told to: places in a list move up, it may not be done twice."""
        with writing(self.engine) as session:
            if message:
                answers.keep(session, chat, message, (), now)
            return self._unfollow(session, chat, number)

    def was_told(self, chat: int, message: int) -> bool:
        """Whether what a message told to do is done; never where messages have no numbers."""
        with reading(self.engine) as session:
            return bool(message) and answers.has(session, chat, message)

    @staticmethod
    def _unfollow(session: Session, chat: int, number: int) -> Topic | None:
        topic = subscriptions.topic(session, chat, number)
        subscriptions.unfollow(session, chat, number)
        return topic
