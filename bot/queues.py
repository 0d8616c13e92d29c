"""What waits: updates to be answered, messages to be sent. Each step is one transaction: a kill loses none."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.hours import waits_until
from bot.results import Alert, FeedNotice
from db import answers, conflicts, feeds, inbox, outbox, people, preferences, questions, search, subscriptions
from db.engine import Engine, Session, reading, writing
from db.values import Message, News, Update

#: how long buttons under an answer work, and maintainers see what people thought of it
QUESTIONS_KEPT = timedelta(days=90)
#: how long an edited question changes its answer
EDITABLE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Queues:
    """The inbox and the outbox of one database. `now` is always handed in: aware, UTC."""

    engine: Engine
    #: what comes in a burst is told to a chat together, after so long
    pause: timedelta = timedelta(0)
    #: the newsroom's time zone, for chats that have not chosen theirs
    zone: ZoneInfo = field(default=ZoneInfo("UTC"))

    # updates

    def take_over(self, pastes_due: datetime) -> None:
        """At the start of the one that runs alone: what a killed one held is free again; parts of pastes may come
        until `pastes_due`."""
        with writing(self.engine) as session:
            inbox.release(session)
            outbox.release(session)
            people.put_off_pastes(session, pastes_due)

    def take_updates(self, now: datetime, limit: int) -> list[Update]:
        """Updates that wait to be answered, held for this worker: at most one a chat."""
        with writing(self.engine) as session:
            return inbox.lease(session, now=now, limit=limit)

    def update_done(self, number: int) -> None:
        """An update was answered."""
        with writing(self.engine) as session:
            inbox.done(session, number)

    def question_done(self, number: int, chat: int, question: int, messages: Sequence[int], now: datetime) -> None:
        """An update was a question, which these messages answer."""
        with writing(self.engine) as session:
            answers.keep(session, chat, question, messages, now)
            inbox.done(session, number)

    def answered_by(self, chat: int, question: int) -> tuple[int, ...]:
        """The messages that answer a question."""
        with reading(self.engine) as session:
            return answers.messages(session, chat, question)

    def update_told(self, number: int, messages: int) -> None:
        """Telegram has taken so many messages of the answer to an update."""
        with writing(self.engine) as session:
            inbox.told(session, number, messages)

    def update_failed(self, number: int, error: str, due: datetime, *, final: bool = False) -> bool:
        """An update could not be answered, and never can where `final`; gives whether it is given up."""
        with writing(self.engine) as session:
            return inbox.failed(session, number, error, due, final=final)

    def updates_freed(self, numbers: Sequence[int]) -> None:
        """Updates are still held, and nobody works on them any more."""
        with writing(self.engine) as session:
            inbox.free(session, numbers)

    def update_later(self, number: int, due: datetime, error: str) -> bool:
        """An answer was not taken now; gives whether it is given up."""
        with writing(self.engine) as session:
            return inbox.later(session, number, due, error)

    def tidy(self, now: datetime) -> None:
        """Drop what is left of updates, pastes and questions handled long ago."""
        with writing(self.engine) as session:
            inbox.forget_done(session, now)
            people.forget_pastes(session, now - timedelta(hours=1))
            answers.forget_old(session, now - EDITABLE)
            questions.forget_old(session, now - QUESTIONS_KEPT)

    # messages to send

    def due_messages(self, now: datetime, chat: int | None = None, limit: int = 25) -> list[Message]:
        """Messages that wait to be sent, held for this sender; those to one chat only where one is given."""
        with writing(self.engine) as session:
            leased = outbox.lease(session, now=now, chat=chat, limit=limit, pause=self.pause)
            return [one for one in leased if not self._waits(session, one, now)]

    def _waits(self, session: Session, message: Message, now: datetime) -> bool:
        """Whether a chat wants to be told later: after its quiet hours, or in its next digest."""
        wanted = preferences.preferences(session, message.chat)
        zone = ZoneInfo(wanted.zone) if wanted.zone else self.zone
        until = waits_until(wanted, zone, message.since, now)
        if until:
            outbox.put_off(session, message.chat, message.numbers, until)
        return until is not None

    def alerts(self, message: Message) -> tuple[Alert | FeedNotice, ...]:
        """What a message tells, without what its chat has stopped following and what nobody claims any more."""
        with reading(self.engine) as session:
            chosen = people.language(session, message.chat)
            found = [_told(session, message.chat, one, chosen) for one in message.news]
        return tuple(alert for alert in found if alert)

    def sent(self, numbers: Sequence[int], now: datetime, message_id: int | None = None) -> None:
        """A message was taken."""
        with writing(self.engine) as session:
            outbox.sent(session, numbers, message_id, now)

    def send_later(self, numbers: Sequence[int], due: datetime, error: str, *, failure: bool = True) -> None:
        """A message could not be sent now; not to be allowed to is no failure."""
        with writing(self.engine) as session:
            outbox.later(session, numbers, due, error, failure=failure)

    def send_never(self, numbers: Sequence[int], error: str) -> None:
        """A message can never be sent."""
        with writing(self.engine) as session:
            outbox.failed(session, numbers, error)

    def chat_gone(self, chat: int) -> None:
        """A chat blocked the bot."""
        with writing(self.engine) as session:
            people.gone(session, chat)

    def chat_moved(self, old: int, new: int) -> None:
        """A group became a supergroup."""
        with writing(self.engine) as session:
            outbox.moved(session, old, new)


def _told(session: Session, chat: int, news: News, chosen: str | None) -> Alert | FeedNotice | None:
    if news.kind != "feed":
        return _alert(session, chat, news, chosen)
    feed = feeds.feed(session, news.payload["feed"])
    return FeedNotice(feed=feed, what=news.event.split(":")[2], language=chosen) if feed else None


def _alert(session: Session, chat: int, news: News, chosen: str | None) -> Alert | None:
    """One thing to tell; None where nobody wants to hear it any more, or nobody claims it."""
    topic = subscriptions.plain(session, chat, news.payload.get("topic", 0))
    if topic is None and news.kind != "quarantine":
        return None
    claims = search.stored(session, [news.payload[name] for name in ("a", "b") if name in news.payload])
    numbers: Sequence[int] = [one.number for one in claims]
    past = None
    if news.kind == "correction":
        past = conflicts.event(session, news.payload["past"])
    elif not all(one.current for one in claims):
        numbers = (news.conflict and conflicts.instead(session, news.conflict)) or ()
        claims = search.stored(session, numbers)
    if not claims:
        return None
    pair = conflicts.between(session, numbers)
    return Alert(
        kind=news.kind,
        topic=topic,
        conflict=news.conflict,
        claim=claims[0],
        pair=replace(pair, conflict=news.conflict) if pair else None,
        goes_on=news.first is not None,
        past=past,
        instead=search.claim(session, news.payload["instead"]) if "instead" in news.payload else None,
        language=chosen or (topic.language if topic else None),
    )
