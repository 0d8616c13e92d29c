"""Column types that take whatever comes from outside, the same way on both databases."""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

#: bytes; an index entry of PostgreSQL must fit a third of a page with its other columns
LONGEST_KEY = 500
_SHOWN = 60
_UNSTORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class Utc(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database."""
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        del dialect
        return value.replace(tzinfo=UTC) if value else None


class Words(TypeDecorator[str]):
    """Text of any kind. NUL and halves of surrogate pairs, which no database holds, become U+FFFD one for one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Into the database, and into comparisons with it."""
        del dialect
        return _storable(value) if value else value


class Key(TypeDecorator[str]):
    """Text that is looked up: what is too long for an index is cut, with a digest of the whole in place of the rest."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Into the database, and into comparisons with it."""
        del dialect
        return key_of(value) if value else value


def key_of(text: str) -> str:
    """The text as a key: itself where it is short enough."""
    plain = _storable(text)
    if plain.isascii() and len(plain) <= LONGEST_KEY:
        return plain
    whole = plain.encode()
    if len(whole) <= LONGEST_KEY:
        return plain
    return f"{plain[:_SHOWN]}…{blake2b(whole, digest_size=16).hexdigest()}"


def _storable(text: str) -> str:
    return text if text.isascii() and "\0" not in text else text.translate(_UNSTORABLE)
