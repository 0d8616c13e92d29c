"""Where articles come from: a name, a kind, a trust that holds for all its articles, and a record."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, or_, update
from sqlmodel import Session, col, select

from claims.model import Article
from db.fresh import insert_fresh
from db.tables import ArticleRow, ClaimRow, ConflictEventRow, ConflictRow, SourceRow, VerdictRow
from db.values import Source, SourceKind, Trust

#: kinds that articles without an outlet are summed up by
NAMELESS = (SourceKind.CLI, SourceKind.PERSON)
_RANK = (Trust.QUARANTINED, Trust.NORMAL, Trust.TRUSTED)


def named(
    session: Session,
    name: str,
    *,
    kind: SourceKind,
    now: datetime,
    trust: Trust = Trust.TRUSTED,
    country: str | None = None,
    language: str | None = None,
) -> Source:
    """The source of a name; one that is not there yet is made as it is described."""
    row = {"name": name, "kind": kind.value, "trust": trust.value, "added_at": now}
    insert_fresh(session, SourceRow, [row | {"country": country, "language": language}])
    found = by_name(session, name)
    assert found is not None
    return found


def of(session: Session, article: Article, kind: SourceKind, now: datetime) -> Source | None:
    """The source that an article counts with: of the outlet that it names, a new one of that kind where it is not
    there yet. What people and the command line bring without an outlet is summed up. What a feed brings of a page that
    is there from another source stays with that."""
    if kind is SourceKind.FEED:
        owner = select(ArticleRow.source_number).where(
            ArticleRow.external_id == article.id, col(ArticleRow.current).is_(True)
        )
        number = session.exec(owner).first()
        if number is not None:
            return by_number(session, number)
    if not article.source and kind not in NAMELESS:
        return None
    name, made = article.source or kind.value, SourceKind.OUTLET if article.source and kind in NAMELESS else kind
    known: dict[str, Source] = session.info.setdefault("sources", {})
    if name not in known:  # asked once a transaction
        known[name] = by_name(session, name) or named(session, name, kind=made, now=now)
    return known[name]


def by_name(session: Session, name: str) -> Source | None:
    """A source by its name."""
    row = session.exec(select(SourceRow).where(SourceRow.name == name)).first()
    return _value(row) if row else None


def by_number(session: Session, number: int) -> Source | None:
    """A source by its number."""
    row = session.get(SourceRow, number) if number < 2**63 else None
    return _value(row) if row else None


def lesser(one: Trust, other: Trust) -> Trust:
    """The smaller of two trusts."""
    return min(one, other, key=_RANK.index)


def set_trust(session: Session, number: int, trust: Trust) -> None:
    """Trust a source more or less: what is there of it already counts so from now on."""
    session.execute(update(SourceRow).where(col(SourceRow.number) == number).values(trust=trust.value))
    session.execute(update(ArticleRow).where(col(ArticleRow.source_number) == number).values(trust=trust.value))


def describe(
    session: Session, number: int, *, country: str | None = None, language: str | None = None, known: bool = False
) -> None:
    """Fill in what was not known of a source; where it is `known`, put it right."""
    row = session.get(SourceRow, number)
    if row:
        row.country = (country or row.country) if known else (row.country or country)
        row.language = (language or row.language) if known else (row.language or language)


def listed(session: Session) -> tuple[Source, ...]:
    """All sources with their records, by name."""
    records = [_articles(session), _claims(session), _conflicts(session), _corrections(session)]
    rows = session.exec(select(SourceRow).order_by(col(SourceRow.name)))
    return tuple(_value(row, *(one.get(row.number or 0, 0) for one in records)) for row in rows)


def _articles(session: Session) -> Mapping[int, int]:
    query = (
        select(ArticleRow.source_number, func.count())
        .where(col(ArticleRow.current).is_(True), col(ArticleRow.source_number).is_not(None))
        .group_by(col(ArticleRow.source_number))
    )
    return {number: count for number, count in session.exec(query) if number is not None}


def _claims(session: Session) -> Mapping[int, int]:
    query = (
        select(ArticleRow.source_number, func.count())
        .join(ClaimRow, col(ClaimRow.article) == col(ArticleRow.number))
        .where(col(ClaimRow.current).is_(True), col(ArticleRow.source_number).is_not(None))
        .group_by(col(ArticleRow.source_number))
    )
    return {number: count for number, count in session.exec(query) if number is not None}


def _conflicts(session: Session) -> Mapping[int, int]:
    query = (
        select(ArticleRow.source_number, func.count(col(ConflictRow.number).distinct()))
        .join(ClaimRow, col(ClaimRow.article) == col(ArticleRow.number))
        .join(VerdictRow, or_(col(VerdictRow.a) == col(ClaimRow.number), col(VerdictRow.b) == col(ClaimRow.number)))
        .join(ConflictRow, col(ConflictRow.number) == col(VerdictRow.conflict))
        .where(col(ConflictRow.state).in_(("open", "confirmed")), col(ArticleRow.source_number).is_not(None))
        .group_by(col(ArticleRow.source_number))
    )
    return {number: count for number, count in session.exec(query) if number is not None}


def _corrections(session: Session) -> Mapping[int, int]:
    """Claims of a newer version's predecessors, and those that a conflict's history says were put right."""
    corrected = select(ConflictEventRow.claim).where(ConflictEventRow.what == "corrected")
    query = (
        select(ArticleRow.source_number, func.count())
        .join(ClaimRow, col(ClaimRow.article) == col(ArticleRow.number))
        .where(or_(col(ClaimRow.current).is_(False), col(ClaimRow.number).in_(corrected)))
        .where(col(ArticleRow.source_number).is_not(None))
        .group_by(col(ArticleRow.source_number))
    )
    return {number: count for number, count in session.exec(query) if number is not None}


def _value(row: SourceRow, articles: int = 0, claims: int = 0, conflicts: int = 0, corrections: int = 0) -> Source:
    return Source(
        number=row.number or 0,
        name=row.name,
        kind=SourceKind(row.kind),
        trust=Trust(row.trust),
        country=row.country,
        language=row.language,
        articles=articles,
        claims=claims,
        conflicts=conflicts,
        corrections=corrections,
    )
