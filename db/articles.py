"""Articles and their claims: every version is kept, only the newest one's claims are current."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, func, insert, update
from sqlmodel import Session, col, select

from claims.extract import EXTRACTOR
from claims.fingerprint import bands, fingerprint, is_near
from claims.model import Article, Claim
from claims.text import key
from db import claim_json, clusters
from db.columns import key_of
from db.engine import lock_slots
from db.fresh import insert_plain
from db.search import stored
from db.tables import ArticleBand, ArticleRow, ClaimRow, ClaimTerm
from db.values import StoredClaim, Trust
from db.worked import Worked, WorkedClaim, digest_of, mark

#: near-duplicates looked at; beyond, the newest are taken
_MOST_TWINS = 200


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an article: "new", "known" or "version"; its new claims, and those it no longer holds."""

    status: str
    number: int
    claims: tuple[StoredClaim, ...]
    withdrawn: tuple[StoredClaim, ...]
    #: the new claims that nobody has said before with the same voice
    leading: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Page:
    """An article that was just stored."""

    number: int
    origin: int
    worked: Worked
    now: datetime
    trust: Trust


def lock(session: Session, some: Sequence[Worked]) -> None:
    """Hold what other writers of these pages, or of copies of them, must wait for. After the slots, which the caller
    holds; who stores several articles at once holds all of them first, so that no two wait for each other."""
    prints = (one.fingerprint for one in some if one.fingerprint is not None)
    lock_slots(session, (f"article:{one.article.id}" for one in some))
    lock_slots(session, (f"copy:{band}" for print_ in prints for band in bands(print_)))


def known(session: Session, texts: Sequence[Article]) -> frozenset[str]:
    """The ids of those articles that are there already, with that very text."""
    digests = {key_of(article.id): (article.id, digest_of(article.text)) for article in texts}
    query = select(ArticleRow.external_id, ArticleRow.text_hash).where(
        col(ArticleRow.external_id).in_(list(digests)), col(ArticleRow.current).is_(True)
    )
    found = dict(session.exec(query).all())
    return frozenset(name for external, (name, digest) in digests.items() if found.get(external) == digest)


def add(
    session: Session,
    worked: Worked,
    *,
    now: datetime,
    trust: Trust = Trust.TRUSTED,
    source: int | None = None,
) -> Stored:
    """Store an article with its claims, counted with the source of that number. The same id with the same text is known
    already; with another text it is a new version, whose unchanged claims keep their numbers."""
    lock(session, [worked])
    before = current(session, worked.article.id)
    if before and before.text_hash == worked.digest:
        return Stored("known", before.number, (), ())
    page = _put(session, worked, before, now, trust, source)
    kept = _carry_over(session, before.number, page) if before else set()
    fresh = [one for one in worked.claims if mark(one.claim) not in kept]
    added, leading = _insert(session, page, fresh)
    gone = _withdraw(session, before.number) if before else ()
    # what is withdrawn may have led a voice that a new claim now leads
    leading = frozenset(claim.number for claim in added) if gone else leading
    return Stored("version" if before else "new", page.number, added, gone, leading)


def with_text(session: Session, article: Article) -> list[tuple[int, str]]:
    """Number and address of the current articles that have the text of this one. Other writers of it wait."""
    print_ = fingerprint(article.text)
    if print_ is None:
        return []
    lock_slots(session, (f"copy:{band}" for band in bands(print_)))
    query = select(ArticleRow.number, ArticleRow.url).where(
        col(ArticleRow.number).in_(select(ArticleBand.article).where(ArticleBand.band == bands(print_)[0])),
        ArticleRow.text_hash == digest_of(article.text),
        col(ArticleRow.current).is_(True),
    )
    return [(number, url) for number, url in session.exec(query) if number is not None and url is not None]


def current(session: Session, external_id: str) -> Row[Any] | None:
    """Number, version, digest and origin of the newest version of a page."""
    return session.connection().execute(_CURRENT, {"page": external_id}).first()


_CURRENT = select(ArticleRow.number, ArticleRow.version, ArticleRow.text_hash, ArticleRow.origin).where(
    ArticleRow.external_id == bindparam("page"), col(ArticleRow.current).is_(True)
)


def _put(
    session: Session, worked: Worked, before: Row[Any] | None, now: datetime, trust: Trust, source: int | None
) -> _Page:
    """Store an article in the place of its last version, without its claims."""
    article = worked.article
    if before:
        session.execute(update(ArticleRow).where(col(ArticleRow.number) == before.number).values(current=False))
    origin = before.origin if before else _twin(session, worked.fingerprint)
    row = {
        "external_id": article.id,
        "long_id": article.id if key_of(article.id) != article.id else None,
        "version": before.version + 1 if before else 1,
        "current": True,
        "text": article.text,
        "text_hash": worked.digest,
        "title": article.title or title_of(article),
        "context": worked.context,
        "source": article.source,
        "source_number": source,
        "url": article.url,
        "published": article.published,
        "language": worked.language,
        "trust": trust.value,
        "extractor": EXTRACTOR,
        "fingerprint": worked.fingerprint,
        "origin": origin,
        "added_at": now,
    }
    number = session.connection().execute(_PUT, row).scalar_one()
    if origin is None:
        session.connection().execute(_ITS_OWN, {"page": number})
    if worked.fingerprint is not None:
        insert_plain(session, ArticleBand, ("band", "article"), [(one, number) for one in bands(worked.fingerprint)])
    return _Page(number, number if origin is None else origin, worked, now, trust)


_ARTICLES: Table = ArticleRow.__table__  # type: ignore[attr-defined]
_PUT = insert(_ARTICLES).returning(_ARTICLES.c.number)
#: an article that is no copy is an origin
_ITS_OWN = update(_ARTICLES).where(_ARTICLES.c.number == bindparam("page")).values(origin=_ARTICLES.c.number)


def title_of(article: Article) -> str:
    """The first line of a text, cut where it is no title."""
    first = article.text.strip().split("\n", 1)[0]
    return first if len(first) <= 200 else first[:197] + "…"


def _twin(session: Session, print_: int | None) -> int | None:
    """The origin of a stored near-duplicate."""
    if print_ is None:
        return None
    likely = session.connection().execute(_LIKELY, {"bands": bands(print_)})
    near = [origin for other, origin in likely if other is not None and is_near(other, print_)]
    return min((origin for origin in near if origin), default=None)


_LIKELY = select(ArticleRow.fingerprint, ArticleRow.origin).where(
    col(ArticleRow.number).in_(
        select(ArticleBand.article)
        .where(col(ArticleBand.band).in_(bindparam("bands", expanding=True)))
        .order_by(col(ArticleBand.article).desc())
        .limit(_MOST_TWINS)
    )
)


def _insert(
    session: Session, page: _Page, claims: Sequence[WorkedClaim]
) -> tuple[tuple[StoredClaim, ...], frozenset[int]]:
    """The claims as they are stored, and those that lead their voice."""
    if not claims:
        return (), frozenset()
    rows = [
        {
            "article": page.number,
            "kind": one.claim.kind.value,
            "slot": one.slot,
            "origin": _origin(page, one.claim),
            "current": True,
            "added_at": page.now,
            "data": one.data,
        }
        for one in claims
    ]
    numbers = session.connection().execute(_INSERTED, rows).scalars()
    pairs = list(zip(numbers, claims, strict=True))
    leading = clusters.register(session, [(number, one.claim) for number, one in pairs])
    insert_plain(session, ClaimTerm, ("term", "claim"), [(term, number) for number, one in pairs for term in one.terms])
    origins = (str(row["origin"]) for row in rows)
    added = (_stored(page, number, one, origin) for (number, one), origin in zip(pairs, origins, strict=True))
    return tuple(added), leading


_CLAIMS: Table = ClaimRow.__table__  # type: ignore[attr-defined]
_INSERTED = insert(_CLAIMS).returning(_CLAIMS.c.number, sort_by_parameter_order=True)


def _stored(page: _Page, number: int, one: WorkedClaim, origin: str) -> StoredClaim:
    """A claim as it was just stored: reading it again would cost more than comparing it."""
    article = page.worked.article
    return StoredClaim(
        number=number,
        claim=one.claim,
        article=article.id,
        article_number=page.number,
        article_origin=page.origin,
        title=article.title or title_of(article),
        context=page.worked.context,
        beside=one.data[claim_json.BESIDE],
        source=article.source,
        url=article.url,
        published=article.published,
        origin=origin,
        slot=one.slot,
        trust=page.trust,
    )


def _origin(page: _Page, claim: Claim) -> str:
    """Where a claim comes from: its named speaker on that day, else the text, however often it is copied."""
    if claim.speaker and not claim.speaker_unresolved:
        return f"said:{key(claim.speaker)}:{claim.said_on or claim.published or page.number}"
    return f"text:{page.origin}"


def _carry_over(session: Session, before: int, page: _Page) -> set[tuple[object, ...]]:
    """Move the claims that the new version still holds to it."""
    fresh = {mark(one.claim): one for one in page.worked.claims}
    kept = set()
    for row in session.exec(select(ClaimRow).where(ClaimRow.article == before, col(ClaimRow.current).is_(True))):
        found = mark(claim_json.load(row.data))
        if found in fresh and found not in kept:
            kept.add(found)
            row.article, row.data = page.number, fresh[found].data
    session.flush()
    return kept


def _withdraw(session: Session, before: int) -> tuple[StoredClaim, ...]:
    """What is left with the old version is no longer claimed."""
    left = select(ClaimRow.number).where(ClaimRow.article == before, col(ClaimRow.current).is_(True))
    return retract(session, [number for number in session.exec(left) if number is not None])


def retract(session: Session, numbers: Sequence[int]) -> tuple[StoredClaim, ...]:
    """Take back claims that are current: they stay under their numbers, and are found by no question any more."""
    gone = tuple(one for one in stored(session, numbers) if one.current)
    taken = [one.number for one in gone]
    session.execute(update(ClaimRow).where(col(ClaimRow.number).in_(taken)).values(current=False))
    clusters.release(session, taken)
    session.execute(delete(ClaimTerm).where(col(ClaimTerm.claim).in_(taken)))
    return gone


def forget_texts(session: Session, before: datetime) -> int:
    """Delete the texts of articles that were added before then; gives of how many."""
    query = update(ArticleRow).where(col(ArticleRow.added_at) < before, col(ArticleRow.text) != "").values(text="")
    return session.connection().execute(query).rowcount


def count(session: Session) -> int:
    """How many articles there are, each in its newest version."""
    return session.exec(select(func.count()).select_from(ArticleRow).where(col(ArticleRow.current).is_(True))).one()


def newest(session: Session) -> date | None:
    """The latest day of publication."""
    return session.exec(select(func.max(ArticleRow.published))).one()
