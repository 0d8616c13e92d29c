"""Claims by number, by slot key, and by the terms of a question: bounded work for every query."""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from math import log2
from string import ascii_lowercase
from typing import Any

from sqlalchemy import Select, Text, TextClause, bindparam, cast, func, text
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from claims.spelling import closest
from db import claim_json
from db.columns import key_of
from db.tables import ArticleRow, ClaimKey, ClaimRow, ClaimTerm
from db.values import StoredClaim, Trust

#: claims that a question is weighed against
MOST_CANDIDATES = 80
#: a term held by more claims than this tells nothing and is only counted, never listed
COMMON = 1000
#: index entries that one question may list, so that many words cost no more than a few
MOST_LISTED = 3 * COMMON
#: misspelled words that are repaired, words of the index that each is compared with
MOST_REPAIRED, MOST_WORDS = 3, 2000
#: characters that a word and its repair share, "w:" among them; where no word does, the last of them may be wrong
_BEGINNING = 5
#: terms that are looked up
MOST_TERMS = 80
#: claims that common terms are looked for in, for each that is wanted, and how many such terms
_CONFIRMED, MOST_CONFIRMING = 2.5, 8
#: claims that a question without any telling term is weighed against: more of thousands alike say nothing else
MOST_ALIKE = 40
#: claims that a new one is compared with, the newest first
MOST_RELATED = 400
_CHUNK = 500


def claim(session: Session, number: int) -> StoredClaim | None:
    """A claim by its number, withdrawn or not."""
    return next(iter(stored(session, [number])), None) if number < 2**63 else None


def stored(session: Session, numbers: Sequence[int]) -> tuple[StoredClaim, ...]:
    """Claims by their numbers, in that order; unknown numbers are left out."""
    found: dict[int, StoredClaim] = {}
    for at in range(0, len(numbers), _CHUNK):
        for row in session.connection().execute(_BY_NUMBER, {"numbers": numbers[at : at + _CHUNK]}).all():
            found[row.number] = _value(row)
    return tuple(found[number] for number in numbers if number in found)


#: a claim with what is shown of its article: never its text, which may be long
_CLAIMS: Select[*tuple[Any, ...]] = sql_select(
    ClaimRow.__table__.c["number", "origin", "slot", "current"],  # type: ignore[attr-defined]
    cast(ClaimRow.data, Text),
    ArticleRow.__table__.c[  # type: ignore[attr-defined]
        "external_id", "long_id", "title", "context", "source", "url", "published", "trust"
    ],
    col(ArticleRow.number).label("article_number"),
    col(ArticleRow.origin).label("article_origin"),
).join(ArticleRow, col(ArticleRow.number) == col(ClaimRow.article))
_BY_NUMBER = _CLAIMS.where(col(ClaimRow.number).in_(bindparam("numbers", expanding=True)))


def _value(row: Any) -> StoredClaim:
    (
        number, origin, slot, current, data,
        external_id, long_id, title, context, source, url, published, trust, article_number, article_origin,
    ) = row  # fmt: skip
    claim, beside = claim_json.read(data)
    return StoredClaim(
        number=number,
        claim=claim,
        article=long_id or external_id,
        article_number=article_number,
        article_origin=article_origin or 0,
        title=title,
        context=context,
        beside=beside,
        source=source,
        url=url,
        published=published,
        origin=origin,
        slot=slot,
        current=current,
        trust=Trust(trust),
    )


def by_keys(session: Session, keys: Sequence[str], *, limit: int = MOST_RELATED) -> tuple[StoredClaim, ...]:
    """The newest current claims that share a slot key."""
    query = (
        select(ClaimKey.claim)
        .where(col(ClaimKey.key).in_(keys))
        .distinct()
        .order_by(col(ClaimKey.claim).desc())
        .limit(limit)
    )
    return stored(session, list(session.exec(query)))


def candidates(
    session: Session, terms: Sequence[str], spellings: Iterable[Iterable[str]] = (), *, limit: int = MOST_CANDIDATES
) -> tuple[StoredClaim, ...]:
    """The claims that share the most telling terms. The rarest terms bring claims in, common ones only confirm, so
    that the work does not grow with the store. `spellings` are the terms of each word that may be misspelled."""
    rarity = _frequencies(session, terms)
    rarity |= _frequencies(session, _repaired(session, spellings, rarity))
    by_rarity = sorted(rarity, key=lambda term: rarity[term])
    listed = _bringing(by_rarity, rarity)
    if listed and rarity[listed[0]] >= COMMON:
        limit = min(limit, MOST_ALIKE)
    likely = int(_CONFIRMED * limit)
    telling = {term: _telling(count) for term, count in rarity.items()}
    weights: Counter[int] = Counter()
    for at, number in _holders(session, listed, likely if len(listed) == 1 else COMMON):
        weights[number] += telling[listed[at]]
    confirming = by_rarity[len(listed) :][:MOST_CONFIRMING]
    if confirming:
        both = {"terms": confirming, "numbers": _heaviest(weights, likely)}
        for term, number in session.connection().execute(_CONFIRMING, both).all():
            weights[number] += telling[term]
    return stored(session, _heaviest(weights, limit))


_CONFIRMING = sql_select(col(ClaimTerm.term), col(ClaimTerm.claim)).where(
    col(ClaimTerm.term).in_(bindparam("terms", expanding=True)),
    col(ClaimTerm.claim).in_(bindparam("numbers", expanding=True)),
)


def _bringing(by_rarity: Sequence[str], rarity: Mapping[str, int]) -> list[str]:
    """The rarest terms, as many as may be listed; the rarest of all however common it is."""
    found: list[str] = []
    room = MOST_LISTED
    for term in by_rarity:
        if found and (rarity[term] >= COMMON or rarity[term] > room):
            break
        found.append(term)
        room -= rarity[term]
    return found


def _repaired(session: Session, spellings: Iterable[Iterable[str]], held: Mapping[str, int]) -> list[str]:
    """The words of the index that those of which no claim holds any form may be misspellings of."""
    forms = (list(map(key_of, terms)) for terms in spellings)
    lost = islice((some for some in forms if not held.keys() & some), MOST_REPAIRED)
    return [f"w:{word}" for some in lost for word in _closest(session, some)]


def _closest(session: Session, forms: Sequence[str]) -> set[str]:
    """The words that begin like a form of a word and are closest to it; else those that only its third letter tells
    from it: to look up each letter there takes less than to list all that share two."""
    known = [word for first in {form[:_BEGINNING] for form in forms} for word in _words_from(session, first)]
    if found := {word for form in forms for word in closest(form[2:], known)}:
        return found
    held = [term[2:] for form in forms for term in _frequencies(session, _with_another_third(form))]
    return {word for form in forms for word in closest(form[2:], held)}


def _with_another_third(form: str) -> list[str]:
    """A word with each letter in the place of its third or before that, without it, and with the next one first."""
    head, third, rest = form[: _BEGINNING - 1], form[_BEGINNING - 1 : _BEGINNING], form[_BEGINNING:]
    letters = [head + letter + tail for letter in ascii_lowercase for tail in (rest, third + rest)]
    return [head + rest, head + rest[:1] + third + rest[1:], *letters]


def _words_from(session: Session, beginning: str) -> list[str]:
    """The words of the index that begin so."""
    binds = {"first": beginning, "beyond": beginning + "\uffff", "most": MOST_WORDS}
    return [term[2:] for term in session.connection().execute(_WORDS_FROM, binds).scalars().all() if term]


#: the distinct terms of a range, one seek each: the index is never walked entry by entry
_WORDS_FROM = text("""
    WITH RECURSIVE word(term) AS (
        SELECT min(term) FROM claim_term WHERE term >= :first AND term < :beyond
        UNION ALL
        SELECT (SELECT min(term) FROM claim_term WHERE term > word.term AND term < :beyond)
        FROM word WHERE word.term IS NOT NULL
    )
    SELECT term FROM word LIMIT :most
""")


def _holders(session: Session, terms: Sequence[str], most: int) -> Sequence[Any]:
    """Which term, by its place, which claim: of each term so many of the newest claims that hold it."""
    if not terms:
        return ()
    binds = {f"t{at}": term for at, term in enumerate(terms)}
    return session.connection().execute(_listing(len(terms)), binds | {"most": most}).all()


@cache
def _listing(many: int) -> TextClause:
    """One statement for all terms: each statement of its own costs more than what it finds."""
    one = """SELECT {at} AS at, claim FROM
        (SELECT claim FROM claim_term WHERE term = :t{at} ORDER BY claim DESC LIMIT :most) AS held{at}"""
    return text(" UNION ALL ".join(one.format(at=at) for at in range(many)))


def _telling(held: int) -> int:
    """What it is worth to share a term that so many claims hold."""
    return round(100 * log2(2 * COMMON / held))


def _heaviest(weights: Mapping[int, int], most: int) -> list[int]:
    """Among equals the newest first."""
    return heapq.nlargest(most, weights, key=lambda number: (weights[number], number))


def _frequencies(session: Session, terms: Sequence[str]) -> dict[str, int]:
    """How many claims hold each term, counted no further than COMMON; terms that no claim holds are left out."""
    asked = list(dict.fromkeys(map(key_of, terms)))[:MOST_TERMS]
    if not asked:
        return {}
    binds = {f"t{at}": term for at, term in enumerate(asked)}
    rows = session.connection().execute(_counting(len(asked)), binds | {"most": COMMON}).all()
    return {asked[at]: count for at, count in rows if count}


@cache
def _counting(many: int) -> TextClause:
    one = "SELECT {at} AS at, count(*) FROM (SELECT 1 FROM claim_term WHERE term = :t{at} LIMIT :most) AS held{at}"
    return text(" UNION ALL ".join(one.format(at=at) for at in range(many)))


def holding(session: Session, terms: Sequence[str], *, limit: int = COMMON, since: datetime | None = None) -> list[int]:
    """The numbers of the claims that hold every one of the terms, newest first; with `since` those that came in then or
    later."""
    rarity = _frequencies(session, terms)
    wanted = sorted(rarity, key=lambda term: rarity[term])
    if not wanted or len(wanted) < len(set(map(key_of, terms))):
        return []
    query = select(ClaimTerm.claim).where(ClaimTerm.term == wanted[0])
    for term in wanted[1:]:  # looked up claim by claim: to list all that hold a common term would take the longest
        other = aliased(ClaimTerm)
        query = query.where(select(other.claim).where(other.term == term, other.claim == ClaimTerm.claim).exists())
    if since:
        query = query.join(ClaimRow, col(ClaimRow.number) == col(ClaimTerm.claim)).where(
            col(ClaimRow.added_at) >= since
        )
    return list(session.exec(query.order_by(col(ClaimTerm.claim).desc()).limit(limit)))


def came_in(session: Session, since: datetime, *, limit: int) -> list[int]:
    """The numbers of the claims that came in then or later and are current, newest first."""
    query = select(ClaimRow.number, ClaimRow.added_at).where(col(ClaimRow.current).is_(True))
    rows = session.exec(query.order_by(col(ClaimRow.number).desc()).limit(limit))
    return [number for number, at in rows if number is not None and at is not None and at >= since]


def terms_of(session: Session, numbers: Sequence[int]) -> dict[int, set[str]]:
    """The index terms of each of some claims."""
    found: dict[int, set[str]] = {number: set() for number in numbers}
    for at in range(0, len(numbers), _CHUNK):
        for number, term in session.connection().execute(_TERMS, {"numbers": numbers[at : at + _CHUNK]}).all():
            found[number].add(term)
    return found


_TERMS = sql_select(col(ClaimTerm.claim), col(ClaimTerm.term)).where(
    col(ClaimTerm.claim).in_(bindparam("numbers", expanding=True))
)


def newest(session: Session, kinds: Sequence[str], most: int) -> tuple[StoredClaim, ...]:
    """The current claims of some kinds that came in last, newest first."""
    query = select(ClaimRow.number).where(col(ClaimRow.current).is_(True), col(ClaimRow.kind).in_(kinds))
    return stored(
        session, [one for one in session.exec(query.order_by(col(ClaimRow.number).desc()).limit(most)) if one]
    )


def count(session: Session) -> int:
    """How many claims are current."""
    return session.exec(select(func.count()).select_from(ClaimRow).where(col(ClaimRow.current).is_(True))).one()
