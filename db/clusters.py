"""Event clusters: under each slot key the voices of its claims, by the day on which they spoke.

One claim stands for all of one voice (`claims.voice`), and a new claim looks at the nearest voices of its time alone:
what it costs does not grow with the store, nor with the story.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, select, tuple_, update
from sqlmodel import Session, col

from claims.model import Claim
from claims.pair import told
from claims.slot import asks, keys
from claims.voice import mark
from db.columns import key_of
from db.fresh import insert_plain
from db.tables import ClaimKey

#: voices of one key that a new claim looks at, on either side of its day
MOST_OF_KEY = 12
#: voices that a new claim is compared with, the nearest in time
MOST_VOICES = 60
#: days on either side; what speaks of no day is always near
REACH = 45
#: claims of one voice that are printed
MOST_PRINTED = 50
_UNKNOWN, _LAST = 0, date.max.toordinal()
#: how many keys one statement looks up, the rest of them empty, so that the database knows its few statements; SQLite
#: joins no more than 500 parts
_SIZES = (8, 16, 32, 64, 128)
_PART = (
    "SELECT * FROM (SELECT {at} AS asking, claim, day FROM claim_key WHERE key = {key} AND leads = true AND {side} "
    "LIMIT {most}) AS p{at}"
)
_SIDES = (
    "day BETWEEN {first} AND {until} ORDER BY day DESC, claim DESC",
    "day > {until} AND day <= {last} ORDER BY day, claim",
    "day = 0 AND {first} > 0 ORDER BY claim DESC",
)
_VALUES = ("key", "first", "until", "last")
#: the same for all keys in PostgreSQL's words
_LATERAL = (
    "SELECT asked.at - 1, near.claim, near.day FROM unnest(CAST(%(key)s AS text[]), CAST(%(first)s AS integer[]), "
    "CAST(%(until)s AS integer[]), CAST(%(last)s AS integer[])) WITH ORDINALITY AS asked(key, first, until, last, at), "
    "LATERAL ({near}) AS near"
)


def register(session: Session, claims: Sequence[tuple[int, Claim]]) -> frozenset[int]:
    """Keep claims under their keys. The first of a voice under a key stands for those that follow: gives the claims
    that stand for their voice under some key; the others repeat what was said before."""
    rows: list[dict[str, Any]] = [row for number, claim in claims for row in _rows(number, claim)]
    taken = _led(session, {row["mark"] for row in rows})
    for row in rows:
        voice = (row["key"], row["mark"])
        row["leads"] = voice not in taken
        taken.add(voice)
    insert_plain(session, ClaimKey, _COLUMNS, [tuple(row[name] for name in _COLUMNS) for row in rows])
    return frozenset(row["claim"] for row in rows if row["leads"])


def _rows(number: int, claim: Claim) -> Iterator[dict[str, Any]]:
    """A claim's rows, none of which leads yet."""
    voice, on = mark(claim), _day(claim)
    for name in dict.fromkeys(map(key_of, keys(claim))):
        yield {"key": name, "claim": number, "mark": voice, "day": on, "leads": False}


_COLUMNS = ("key", "claim", "mark", "day", "leads")


def _led(session: Session, marks: Iterable[object]) -> set[tuple[object, object]]:
    return {(name, one) for name, one in session.connection().execute(_LED, {"marks": list(marks)})}


_LED = select(col(ClaimKey.key), col(ClaimKey.mark)).where(
    col(ClaimKey.mark).in_(bindparam("marks", expanding=True)), col(ClaimKey.leads).is_(True)
)


def release(session: Session, numbers: Sequence[int]) -> None:
    """Forget withdrawn claims; another of the same voice takes their place."""
    gone = select(col(ClaimKey.key), col(ClaimKey.mark)).where(
        col(ClaimKey.claim).in_(numbers), col(ClaimKey.leads).is_(True)
    )
    orphaned = list(session.execute(gone))
    session.execute(delete(ClaimKey).where(col(ClaimKey.claim).in_(numbers)))
    for name, one in orphaned:
        left = select(col(ClaimKey.claim)).where(col(ClaimKey.key) == name, col(ClaimKey.mark) == one)
        heir = session.execute(left.order_by(col(ClaimKey.claim)).limit(1)).scalar()
        if heir is not None:
            chosen = tuple_(col(ClaimKey.key), col(ClaimKey.claim)) == (name, heir)
            session.execute(update(ClaimKey).where(chosen).values(leads=True))


def all_keys(claim: Claim) -> tuple[str, ...]:
    """The keys that a claim is kept under and those that it looks others up by."""
    return (*keys(claim), *asks(claim))


def repeats(session: Session, claims: Sequence[tuple[int, Claim]]) -> frozenset[int]:
    """Those of the claims that an earlier one of the same voice has already said."""
    marks = {number: mark(claim) for number, claim in claims}
    query = select(col(ClaimKey.mark), func.min(col(ClaimKey.claim))).where(col(ClaimKey.mark).in_(marks.values()))
    rows = session.execute(query.group_by(col(ClaimKey.mark))).all()
    first = {row[0]: row[1] for row in rows}
    return frozenset(number for number, one in marks.items() if first.get(one, number) < number)


def nearest(session: Session, claims: Sequence[Claim]) -> list[tuple[int, ...]]:
    """For each claim of an article the voices that it may have to do with, the nearest in time first."""
    asked = [[(key_of(name), _day(claim)) for name in dict.fromkeys(asks(claim))] for claim in claims]
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    wanted = sorted({one for each in asked for one in each})
    for at in range(0, len(wanted), _SIZES[-1]):
        some = wanted[at : at + _SIZES[-1]]
        for asking, number, on in _near(session, some):
            name, around = some[asking]
            found.setdefault((name, around), []).append((abs(on - around) if on and around else 0, number))
    return [_first(sorted(voice for one in each for voice in found.get(one, ()))) for each in asked]


def _first(voices: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for _, number in voices))[:MOST_VOICES]


def _near(session: Session, wanted: Sequence[tuple[str, int]]) -> Sequence[Sequence[int]]:
    """For each key the nearest voices up to its day and after it, as (which key, claim, day); a claim without a day
    looks at the newest."""
    asked = [
        (name, day - REACH, day, day + REACH) if day else (name, _UNKNOWN, _LAST, _UNKNOWN) for name, day in wanted
    ]
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        columns = dict(zip(_VALUES, map(list, zip(*asked, strict=True)), strict=True))
        return connection.exec_driver_sql(_lateral(), columns).all()
    count = next(size for size in _SIZES if size >= len(asked))
    asked += [("", _UNKNOWN, _UNKNOWN, _UNKNOWN)] * (count - len(asked))
    return connection.exec_driver_sql(_union(count), tuple(value for one in asked for value in one)).all()


@cache
def _union(count: int) -> str:
    """The look-up of so many keys at once in SQLite's own words: to build it anew would cost more than to run it, and
    so would handing over a value for each time that it stands there."""
    places = ({name: f"?{len(_VALUES) * at + to}" for to, name in enumerate(_VALUES, 1)} for at in range(count))
    return " UNION ALL ".join(_nearest(at, given) for at, given in enumerate(places))


@cache
def _lateral() -> str:
    return _LATERAL.format(near=_nearest(0, {name: f"asked.{name}" for name in _VALUES}))


def _nearest(at: int, given: Mapping[str, str]) -> str:
    sides = (side.format(**given) for side in _SIDES)
    return " UNION ALL ".join(_PART.format(at=at, key=given["key"], side=side, most=MOST_OF_KEY) for side in sides)


def of_voice(session: Session, number: int) -> tuple[int, ...]:
    """The claims that say the same by the same mouth, the one asked for included."""
    same = session.connection().execute(_SAME, {"claim": number}).scalars().all()
    return tuple(sorted({number, *same}))


_SAME = (
    select(col(ClaimKey.claim))
    .where(
        col(ClaimKey.mark)
        == select(col(ClaimKey.mark)).where(col(ClaimKey.claim) == bindparam("claim")).limit(1).scalar_subquery()
    )
    .distinct()
    .limit(MOST_PRINTED)
)


def _day(claim: Claim) -> int:
    on: date | None = told(claim)
    return on.toordinal() if on else _UNKNOWN
