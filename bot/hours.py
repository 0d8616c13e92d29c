"""When a chat may be told: quiet hours and digests, by the clock of its own time zone. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.values import Preferences

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def waits_until(wanted: Preferences, zone: ZoneInfo, since: datetime, now: datetime) -> datetime | None:
    """Until when news that is there since a moment has to wait, None where it may go now. `zone` is the chat's."""
    digest = wanted.digest
    if digest and since > _digest_before(digest, wanted.digest_hour, zone, now):
        return next_digest(digest, wanted.digest_hour, zone, now)
    return quiet_until(wanted.quiet, zone, now) if wanted.quiet and not digest else None


def quiet_until(hours: tuple[int, int], zone: ZoneInfo, now: datetime) -> datetime | None:
    """The end of the quiet hours that it is in, None outside of them."""
    local = now.astimezone(zone)
    begin, end = hours
    is_quiet = begin <= local.hour < end if begin <= end else local.hour >= begin or local.hour < end
    if not is_quiet:
        return None
    day = local.date() if local.hour < end else local.date() + _DAY
    return _at(day, end, zone)


def next_digest(digest: str, hour: int, zone: ZoneInfo, now: datetime) -> datetime:
    """When the next digest is due after a moment."""
    local = now.astimezone(zone).date()
    day = local - timedelta(days=local.weekday()) if digest == "weekly" else local
    step = _WEEK if digest == "weekly" else _DAY
    due = _at(day, hour, zone)
    return due if due > now else _at(day + step, hour, zone)


def _digest_before(digest: str, hour: int, zone: ZoneInfo, now: datetime) -> datetime:
    """When the last digest was due."""
    coming = next_digest(digest, hour, zone, now).astimezone(zone).date()
    return _at(coming - (_WEEK if digest == "weekly" else _DAY), hour, zone)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """An hour of a day in a zone, as UTC; one that the clock leaps over is the hour after the leap."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
