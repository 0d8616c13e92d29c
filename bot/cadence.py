"""When a feed is polled again, and when no more: pure decisions, which `bot.polling` carries out."""

from datetime import datetime, timedelta
from hashlib import blake2b

from db.feeds import Course
from db.values import Feed

#: errors are answered with patience, up to this
LONGEST_WAIT = timedelta(days=1)
#: a feed that fails for so long is given up
GIVEN_UP = timedelta(days=30)
#: seconds between two polls: usual, least and most
EVERY, SHORTEST, LONGEST = 900, 60, 604_800
#: the share of the time between two polls that feeds are spread over
_SPREAD = 0.1
#: an entry's page that cannot be fetched is tried so often
MOST_TRIES = 6
_FIRST_TRY = timedelta(minutes=2)


def went_well(feed: Feed, now: datetime) -> Course:
    """The feed was read, or had nothing new."""
    return Course(state="active", due=now + _pause(feed), failing_since=None, failures=0, error=None)


def failed(feed: Feed, now: datetime, error: str, retry_after: int | None = None) -> Course:
    """The feed could not be read: twice the wait after each failure in a row, at least what the site asks for."""
    since, failures = feed.failing_since or now, feed.failures + 1
    wait = min(_pause(feed) * 2 ** min(failures, 12), LONGEST_WAIT)
    wait = max(wait, min(timedelta(seconds=retry_after or 0), LONGEST_WAIT))
    state = "given up" if now - since >= GIVEN_UP else "active"
    return Course(state=state, due=now + wait, failing_since=since, failures=failures, error=error)


def ended(feed: Feed, now: datetime, error: str) -> Course:
    """The feed said that it is gone, or has become another."""
    return Course(state="gone", due=now, failing_since=feed.failing_since, failures=feed.failures, error=error)


def entry_again(attempts: int, now: datetime) -> datetime | None:
    """When an entry's page is tried again after so many tries; None where it is given up."""
    return now + _FIRST_TRY * 4 ** (attempts - 1) if attempts < MOST_TRIES else None


def _pause(feed: Feed) -> timedelta:
    """The feed's own time between two polls: a little less than what was wished for, by its number, so that feeds that
    were added together are not polled together."""
    share = blake2b(str(feed.number).encode(), digest_size=2).digest()
    return timedelta(seconds=feed.every * (1 - _SPREAD * int.from_bytes(share) / 65_536))
