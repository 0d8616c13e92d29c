"""What admins do with feeds and sources, one method a use case, one transaction each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import cadence
from bot.reading.addresses import target
from bot.reading.opml import Outline
from bot.reading.refused import Reason, Refused
from db import audit, feeds, sources
from db.columns import LONGEST_KEY
from db.engine import Engine, reading, writing
from db.values import Feed, Source, SourceKind, Trust

_TIME = re.compile(r"(\d{1,6})\s*([smhd]?)", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "": 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAdded:
    """A feed that is polled now."""

    feed: Feed
    #: False where it was there already
    fresh: bool


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds and sources of one store. `trusted` are hosts that the configuration trusts."""

    engine: Engine
    trusted: frozenset[str] = frozenset()

    # feeds

    def add(
        self,
        url: str,
        *,
        now: datetime,
        every: int = cadence.EVERY,
        topic: str | None = None,
        trust: Trust | None = None,
        name: str | None = None,
    ) -> FeedAdded:
        """Poll an address from now on. Its source has the given name, else one made of the address, never the one that
        it gives itself; a source that is new is quarantined, unless `trust` or the configuration says otherwise. Raises
        Refused for what is no address of the web."""
        found = target(url)
        if len(found.url.encode()) > LONGEST_KEY:
            raise Refused(Reason.NOT_WEB)
        host = found.host.removeprefix("www.")
        given = trust or (Trust.TRUSTED if _is_below(host, self.trusted) else Trust.QUARANTINED)
        with writing(self.engine) as session:
            number = feeds.by_url(session, found.url)
            fresh = number is None
            if number is None:
                called = name or (f"{host}{found.path}" if sources.by_name(session, host) else host)
                source = sources.named(session, called, kind=SourceKind.FEED, now=now, trust=given)
                number, fresh = feeds.add(
                    session, source=source.number, url=found.url, host=found.host, topic=topic, every=every, now=now
                )
            feed = feeds.feed(session, number)
        assert feed is not None
        return FeedAdded(feed=feed, fresh=fresh)

    def add_all(
        self, outlines: Sequence[Outline], *, now: datetime
    ) -> tuple[list[FeedAdded], list[tuple[Outline, str]]]:
        """Poll the feeds of an outline; gives what was added, and what was refused and why."""
        added, refused = [], []
        for one in outlines:
            try:
                added.append(self.add(one.url, now=now, topic=one.topic))
            except Refused as reason:
                refused.append((one, str(reason)))
        return added, refused

    def feeds(self) -> tuple[Feed, ...]:
        """All feeds."""
        with reading(self.engine) as session:
            return feeds.listed(session)

    def feed(self, number: int) -> Feed | None:
        """One feed."""
        with reading(self.engine) as session:
            return feeds.feed(session, number)

    def remove(self, number: int) -> Feed | None:
        """Poll a feed no more and forget it; what it brought stays. Gives what it was."""
        with writing(self.engine) as session:
            found = feeds.feed(session, number)
            feeds.remove(session, number)
            return found

    def set_state(self, number: int, state: str, *, now: datetime) -> Feed | None:
        """Pause a feed ("paused"), or begin with it anew ("active")."""
        with writing(self.engine) as session:
            if feeds.feed(session, number) is None:
                return None
            feeds.set_state(session, number, state, now)
            session.flush()
            return feeds.feed(session, number)

    def poll_all(self, *, now: datetime) -> None:
        """Every feed is due."""
        with writing(self.engine) as session:
            feeds.all_due(session, now)

    # sources

    def sources(self, wanted: str = "") -> tuple[Source, ...]:
        """The sources whose names hold a word, with their records; all without one."""
        with reading(self.engine) as session:
            found = sources.listed(session)
        return tuple(one for one in found if wanted.casefold() in one.name.casefold())

    def set_trust(
        self, source: str | int, trust: Trust, *, person: int, now: datetime, reason: str | None = None
    ) -> Source | None:
        """An admin trusts a source, given by name or number, more or less; the audit log says so. It holds for what is
        there of it already: from now on its claims alarm, or alarm nobody. None where there is no such source."""
        with writing(self.engine) as session:
            found = sources.by_name(session, source) if isinstance(source, str) else sources.by_number(session, source)
            if found is None:
                return None
            sources.set_trust(session, found.number, trust)
            audit.note(session, person, f"trust {trust.value}", f"source {found.name}", now, reason)
            session.flush()
            return sources.by_number(session, found.number)

    def describe(self, name: str, *, country: str | None, language: str | None) -> Source | None:
        """Say where a source is from. None where there is none of that name."""
        with writing(self.engine) as session:
            found = sources.by_name(session, name)
            if found is None:
                return None
            sources.describe(session, found.number, country=country, language=language, known=True)
            session.flush()
            return sources.by_name(session, name)


def seconds_of(written: str) -> int:
    """ "15m" in seconds; a bare number counts minutes. Raises ValueError."""
    match = _TIME.fullmatch(written.strip())
    if not match:
        raise ValueError(f"{written!r} is no time such as 15m, 2h or 1d")
    seconds = int(match[1]) * _SECONDS[match[2].lower()]
    if not cadence.SHORTEST <= seconds <= cadence.LONGEST:
        raise ValueError(f"{written!r} is not between one minute and a week")
    return seconds


def _is_below(host: str, names: frozenset[str]) -> bool:
    """Whether a host is one of these, or below one."""
    return any(host == name or host.endswith(f".{name}") for name in names)
