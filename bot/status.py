"""How the bot fares, for its admins."""

import platform
from dataclasses import dataclass
from importlib.metadata import version

from bot.results import Stats
from bot.service import Service
from db import feeds, submissions
from db.engine import measure, reading
from db.values import Feed

#: what is named besides claimbot itself
_PARTS = ("python-telegram-bot", "sqlalchemy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Queues, feeds, sizes, versions."""

    stats: Stats
    #: texts that wait for /review
    submitted: int
    feeds: int
    failing: tuple[Feed, ...]
    #: of the database
    bytes: int
    #: "SQLite 3.40.1", "PostgreSQL 16.2"
    database: str
    #: claimbot, Python, and what it stands on
    versions: str
    #: seconds since Telegram was last heard, None where nobody listens to it
    heard: float | None


def status_of(service: Service, heard: float | None) -> Status:
    """How a store and whoever works on it fare."""
    stats = service.stats()
    with reading(service.engine) as session:
        known = feeds.listed(session)
        size, database = measure(session)
        waiting = submissions.count(session)
    parts = [f"claimbot {version('claimbot')}", f"Python {platform.python_version()}"]
    return Status(
        stats=stats,
        submitted=waiting,
        feeds=len(known),
        failing=tuple(one for one in known if one.failures or one.state in ("gone", "given up")),
        bytes=size,
        database=database,
        versions=", ".join([*parts, *(f"{name} {version(name)}" for name in _PARTS)]),
        heard=heard,
    )
