"""Feeds → articles: what is due is polled, and the entries that wait are read, by a few threads, one request a host.

Every step ends in one transaction: the entries of a feed are kept together with what the feed is to be asked with next
time, and an entry is marked together with its article. So a kill at any moment loses nothing and doubles nothing.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot import cadence
from bot.reading.feed import FeedAtError, FeedContent, FeedEntry, FeedError
from bot.reading.fetch import FEED, Fetched
from bot.reading.refused import Reason, Refused, Unreachable
from bot.reading.web import Web
from bot.service import Service
from claims.extract import extract
from claims.model import Article
from db import feeds, outbox, sources
from db.engine import DatabaseError, Session, writing
from db.feeds import Course, Found
from db.values import Entry, Feed, SourceKind, Trust
from db.worked import work_out

log = logging.getLogger(__name__)
#: characters of a summary that stands for a page which is not read; less says nothing
_SUMMARY = 40
#: feeds and pages that are read at the same time
AT_ONCE = 8
_GONE, _UNCHANGED = 410, 304
#: statuses after which a page is tried again
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))


class _NoPageError(Exception):
    """A page holds no article; the message says why."""


class _LaterError(_NoPageError):
    """A page cannot be had now; another try may succeed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll of a feed brought."""

    feed: Feed
    #: entries that are new, and that were edited
    fresh: int
    edited: int
    course: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What became of an entry: "new", "version" or "known" as an article, "refused", or "later"."""

    entry: Entry
    status: str
    why: str


@dataclass
class Poller:
    """Polls the feeds of one store. `clock` gives the aware UTC now."""

    service: Service
    #: shared with whoever else reads from the web: no site is asked too often
    web: Web
    clock: Callable[[], datetime] = field(repr=False)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE, "feeds"), repr=False)
    #: the hosts that are being asked
    _busy: dict[str, Future[None]] = field(default_factory=dict)
    #: what a round has done so far, None outside of rounds
    _done: list[Polled | Read] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def take_over(self) -> None:
        """At the start of the one that runs alone: what a killed one held is free again."""
        with writing(self.service.engine) as session:
            feeds.release(session)

    def tick(self) -> int:
        """Begin what is due, as far as there is room; called again and again. A slow host keeps its own place only.
        Gives how much was begun."""
        with self._lock:
            busy = list(self._busy)
            room = AT_ONCE - len(busy)
            if room <= 0:
                return 0
            with writing(self.service.engine) as session:
                polls = feeds.lease(session, now=self.clock(), limit=room, busy=busy)
                taken = [*busy, *(one.host for one in polls)]
                entries = feeds.lease_entries(session, now=self.clock(), limit=room - len(polls), busy=taken)
            for feed in polls:
                self._begin(feed.host, self._poll, feed)
            for entry in entries:
                self._begin(host_of(entry.url), self._read, entry)
            return len(polls) + len(entries)

    def round(self) -> tuple[Polled | Read, ...]:
        """Do all that is due now, to its end; gives what became of each feed and entry."""
        done: list[Polled | Read] = []
        self._done = done
        while True:
            with self._lock:
                running = list(self._busy.values())
            if not self.tick() and not running:
                break
            wait(running, return_when=FIRST_COMPLETED)
        self._done = None
        return tuple(done)

    def close(self) -> None:
        """End what is under way, and begin nothing more."""
        self.web.close()
        self._pool.shutdown(cancel_futures=True)

    # one feed

    def _poll(self, feed: Feed) -> None:
        try:
            course, answer, content = self._asked(feed)
        except Unreachable:
            raise
        except Exception:  # a feed that we stumble over is no reason to ask it without end
            log.exception("feed %s", feed.number)
            course, answer, content = cadence.failed(feed, self.clock(), "something went wrong"), None, None
        fresh = edited = 0
        with writing(self.service.engine) as session:
            now = self.clock()
            if answer and content:
                fresh, edited = feeds.take_in(
                    session, feed.number, [_found(one, content) for one in content.entries], now
                )
                feeds.describe(
                    session, feed.number, title=content.title, etag=answer.etag, modified=answer.modified,
                    fresh_at=now if fresh or edited else None,
                )  # fmt: skip
                sources.describe(session, feed.source, country=content.country, language=content.language)
            if answer and answer.permanent_url != feed.url and course.state == "active" and not course.error:
                course = self._moved(session, feed, answer.permanent_url, course)
            feeds.follow_course(session, feed.number, course, now)
            if course.state != "active" and feed.state == "active":
                self._tell_admins(session, feed, f"{course.state}:{now.date()}", now)
            if fresh and feed.trust is Trust.QUARANTINED:
                self._tell_admins(session, feed, "quarantined", now)
        self._note(Polled(feed=feed, fresh=fresh, edited=edited, course=course))

    def _asked(self, feed: Feed, named: str | None = None) -> tuple[Course, Fetched | None, FeedContent | None]:
        """Fetch and read a feed, `named` by a page at its address: what is next for it, and what it gave."""
        try:
            if named:
                answer = self.web.fetcher.get(named, accept=FEED)
            else:
                answer = self.web.fetcher.get(feed.url, accept=FEED, etag=feed.etag, modified=feed.modified)
        except Refused as refused:
            if refused.reason is Reason.CLOSED:
                raise
            return cadence.failed(feed, self.clock(), refused.reason.value), None, None
        now = self.clock()
        if answer.status == _UNCHANGED:
            return cadence.went_well(feed, now), answer, None
        if answer.status == _GONE:
            return cadence.ended(feed, now, "gone for good"), answer, None
        if answer.status != 200:
            return cadence.failed(feed, now, f"answers {answer.status}", answer.retry_after), answer, None
        kind = f"{answer.content_type}; charset={answer.charset}" if answer.charset else answer.content_type
        try:
            content = self.web.workers.feed(answer.body, url=answer.url, kind=kind, now=now)
        except (FeedError, Refused) as error:
            if isinstance(error, FeedAtError) and named is None:
                return self._asked(feed, error.url)
            return cadence.failed(feed, now, str(error)), answer, None
        return cadence.went_well(feed, now), answer, content

    def _moved(self, session: Session, feed: Feed, url: str, course: Course) -> Course:
        """Remember where permanent redirects lead; two feeds that become one are one."""
        other = feeds.by_url(session, url)
        if other is not None and other != feed.number:
            return replace(course, state="gone", error=f"has become feed {other}")
        feeds.move(session, feed.number, url, host_of(url))
        return course

    def _tell_admins(self, session: Session, feed: Feed, what: str, now: datetime) -> None:
        event, payload = f"feed:{feed.number}:{what}", {"feed": feed.number}
        for admin in self.service.admins:
            outbox.put(session, chat=admin, kind="feed", event=event, payload=payload, now=now)

    # one entry

    def _read(self, entry: Entry) -> None:
        """An entry becomes an article: the feed's own text where that is all of it, or where its page is not read."""
        why = ""
        try:
            article = _inline(entry) if entry.whole else self._page(entry)
        except _LaterError as later:
            again = cadence.entry_again(entry.attempts, self.clock())
            if again:
                self._put_off(entry, again, str(later))
                return
            article, why = _inline(entry), str(later)
        except _NoPageError as error:
            article, why = _inline(entry), str(error)
        worked = work_out(extract(article)) if article else None
        added = None
        with writing(self.service.engine) as session:
            if worked:
                is_page = worked.article.id == worked.article.url
                try:
                    added = self.service.store(session, worked, now=self.clock(), kind=SourceKind.FEED, is_page=is_page)
                except Refused as refused:
                    why = refused.reason.value
            feeds.settle(session, entry, "done" if added else "refused", why or None)
        self._note(Read(entry=entry, status=added.status if added else "refused", why=why))

    def _page(self, entry: Entry) -> Article:
        """The article on an entry's page. Raises _NoPageError, _LaterError where another try may succeed."""
        try:
            answer = self.web.fetcher.get(entry.url or "")
            if answer.status != 200:
                raise (_LaterError if answer.status in _BUSY else _NoPageError)(f"answers {answer.status}")
            page = self.web.article(answer, self.clock().date())
        except Unreachable as unreachable:
            if unreachable.reason is Reason.CLOSED:
                raise
            raise _LaterError(unreachable.reason.value) from unreachable
        except Refused as refused:
            raise _NoPageError(str(refused)) from refused
        return replace(
            page,
            title=page.title or entry.title,
            source=entry.name,
            published=page.published or entry.published,
            language=page.language or entry.language,
        )

    def _put_off(self, entry: Entry, due: datetime, why: str) -> None:
        with writing(self.service.engine) as session:
            feeds.put_off(session, entry, due, why)
        self._note(Read(entry=entry, status="later", why=why))

    # threads

    def _begin(self, host: str, work: Callable[[Any], None], what: Feed | Entry) -> None:
        self._busy[host] = self._pool.submit(self._work, host, work, what)

    def _work(self, host: str, work: Callable[[Any], None], what: Feed | Entry) -> None:
        try:
            work(what)
        except (DatabaseError, Unreachable) as error:  # the disk is full, or claimbot is stopping
            log.warning("%s is left for later: %s", host, error)
        except Exception:  # the lease runs out, and it is tried again
            log.exception("%s is left for later", host)
        finally:
            with self._lock:
                del self._busy[host]

    def _note(self, what: Polled | Read) -> None:
        with self._lock:
            if self._done is not None:
                self._done.append(what)


def _inline(entry: Entry) -> Article | None:
    """What the feed itself says, under a name of its own: whoever writes a feed may link to any page, and must not
    change what another source has said there."""
    if len(entry.text) < (1 if entry.whole else _SUMMARY):
        return None
    return Article(
        id=f"feed:{entry.source}:{entry.url or entry.key}", text=entry.text, title=entry.title, source=entry.name,
        url=entry.url, published=entry.published, language=entry.language,
    )  # fmt: skip


def host_of(url: str | None) -> str:
    """The host of an address, which is asked one thing at a time; empty for none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _found(entry: FeedEntry, content: FeedContent) -> Found:
    return Found(
        key=entry.key, digest=entry.digest, host=host_of(entry.link), url=entry.link, title=entry.title,
        text=entry.text, whole=entry.whole, published=entry.published, language=content.language,
    )  # fmt: skip
