"""Articles and their claims: every version is kept, only the newest one's claims are current."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, insert, update
from sqlmodel import Session, col, select

from claims.beside import beside
from claims.extract import EXTRACTOR, Extraction
from claims.fingerprint import bands, fingerprint, is_near
from claims.model import Article, Claim
from claims.slot import slot
from claims.terms import terms, text_terms
from claims.text import key
from db import claim_json, clusters
from db.columns import key_of
from db.engine import lock_slots
from db.fresh import insert_all
from db.search import stored
from db.tables import ArticleBand, ArticleRow, ClaimRow, ClaimTerm
from db.values import StoredClaim, Trust

#: characters of a text that say what it is about
CONTEXT = 400
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


def lock(session: Session, texts: Sequence[Article]) -> None:
    """Hold what other writers of these pages, or of copies of them, must wait for. After the slots, which the caller
    holds; who stores several articles at once holds all of them first, so that no two wait for each other."""
    prints = [fingerprint(article.text) for article in texts]
    lock_slots(session, [f"article:{article.id}" for article in texts])
    lock_slots(session, [f"copy:{band}" for print_ in prints if print_ is not None for band in bands(print_)])


def digest_of(text: str) -> str:
    """What tells two texts apart."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


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
    extraction: Extraction,
    *,
    now: datetime,
    trust: Trust = Trust.TRUSTED,
    source: int | None = None,
) -> Stored:
    """Store an article with its claims, counted with the source of that number. The same id with the same text is known
    already; with another text it is a new version, whose unchanged claims keep their numbers."""
    article = extraction.article
    print_ = fingerprint(article.text)
    lock(session, [article])
    before = current(session, article.id)
    digest = digest_of(article.text)
    if before and before.text_hash == digest:
        return Stored("known", before.number or 0, (), ())
    row = _row(session, extraction, digest, print_, before, now, trust)
    row.source_number = source
    session.add(row)
    session.flush()
    number = row.number or 0
    if row.fingerprint is not None:
        _note_bands(session, number, row.fingerprint)
    if row.origin is None:
        row.origin = number
    kept = _carry_over(session, before, row, extraction.claims) if before else set()
    fresh = [claim for claim in extraction.claims if _mark(claim) not in kept]
    added, leading = _insert(session, row, _unique(fresh))
    gone = _withdraw(session, before) if before else ()
    session.flush()
    # what is withdrawn may have led a voice that a new claim now leads
    leading = frozenset(claim.number for claim in added) if gone else leading
    return Stored("version" if before else "new", number, added, gone, leading)


def with_text(session: Session, article: Article) -> list[tuple[int, str]]:
    """Number and address of the current articles that have the text of this one. Other writers of it wait."""
    print_ = fingerprint(article.text)
    if print_ is None:
        return []
    lock_slots(session, [f"copy:{band}" for band in bands(print_)])
    query = select(ArticleRow.number, ArticleRow.url).where(
        col(ArticleRow.number).in_(select(ArticleBand.article).where(ArticleBand.band == bands(print_)[0])),
        ArticleRow.text_hash == digest_of(article.text),
        col(ArticleRow.current).is_(True),
    )
    return [(number, url) for number, url in session.exec(query) if number is not None and url is not None]


def current(session: Session, external_id: str) -> ArticleRow | None:
    """The newest version of a page."""
    query = select(ArticleRow).where(ArticleRow.external_id == external_id, col(ArticleRow.current).is_(True))
    return session.exec(query).first()


def _row(
    session: Session,
    extraction: Extraction,
    digest: str,
    print_: int | None,
    before: ArticleRow | None,
    now: datetime,
    trust: Trust,
) -> ArticleRow:
    article = extraction.article
    if before:
        before.current = False
    twin = before.origin if before else _twin(session, print_)
    return ArticleRow(
        external_id=article.id,
        long_id=article.id if key_of(article.id) != article.id else None,
        version=before.version + 1 if before else 1,
        text=article.text,
        text_hash=digest,
        title=article.title or title_of(article),
        context=" ".join(article.text[:CONTEXT].split()),
        source=article.source,
        url=article.url,
        published=article.published,
        language=extraction.language,
        trust=trust.value,
        extractor=EXTRACTOR,
        fingerprint=print_,
        origin=twin,
        added_at=now,
    )


def title_of(article: Article) -> str:
    """The first line of a text, cut where it is no title."""
    first = article.text.strip().split("\n", 1)[0]
    return first if len(first) <= 200 else first[:197] + "…"


def _twin(session: Session, print_: int | None) -> int | None:
    """The origin of a stored near-duplicate."""
    if print_ is None:
        return None
    query = select(ArticleRow.fingerprint, ArticleRow.origin).where(
        col(ArticleRow.number).in_(
            select(ArticleBand.article)
            .where(col(ArticleBand.band).in_(bands(print_)))
            .order_by(col(ArticleBand.article).desc())
            .limit(_MOST_TWINS)
        )
    )
    near = [origin for other, origin in session.exec(query) if other is not None and is_near(other, print_)]
    return min((origin for origin in near if origin), default=None)


def _note_bands(session: Session, number: int, print_: int) -> None:
    insert_all(session, ArticleBand, [{"band": band, "article": number} for band in bands(print_)])


def _mark(claim: Claim) -> tuple[object, ...]:
    """What makes two versions' claims the same one."""
    return claim.kind, key(claim.evidence), claim.quantity, claim.vote, claim.modality, claim.speaker


def _unique(claims: Sequence[Claim]) -> list[Claim]:
    """Without exact repeats: a headline and the line below it."""
    found: dict[object, Claim] = {}
    for claim in claims:
        found.setdefault(_mark(claim), claim)
    return list(found.values())


def _insert(
    session: Session, article: ArticleRow, claims: Sequence[Claim]
) -> tuple[tuple[StoredClaim, ...], frozenset[int]]:
    """The claims as they are stored, and those that lead their voice."""
    if not claims:
        return (), frozenset()
    near = [beside(article.text, claim) for claim in claims]
    rows = [
        {
            "article": article.number,
            "kind": claim.kind.value,
            "slot": str(slot(claim)),
            "origin": _origin(article, claim),
            "current": True,
            "added_at": article.added_at,
            "data": claim_json.dump(claim) | {claim_json.BESIDE: words},
        }
        for claim, words in zip(claims, near, strict=True)
    ]
    numbers = [number or 0 for number in session.connection().execute(_INSERTED, rows).scalars()]
    index = [
        {"term": one, "claim": number}
        for number, claim, words in zip(numbers, claims, near, strict=True)
        for one in terms(claim, article.context) | text_terms(words, claim.language)
    ]
    leading = clusters.register(session, list(zip(numbers, claims, strict=True)))
    insert_all(session, ClaimTerm, index)
    added = (
        _stored(article, number, claim, words, row)
        for number, claim, words, row in zip(numbers, claims, near, rows, strict=True)
    )
    return tuple(added), leading


def _stored(article: ArticleRow, number: int, claim: Claim, words: str, row: Mapping[str, Any]) -> StoredClaim:
    """A claim as it was just stored: reading it again would cost more than comparing it."""
    return StoredClaim(
        number=number,
        claim=claim,
        article=article.long_id or article.external_id,
        article_number=article.number or 0,
        article_origin=article.origin or 0,
        title=article.title,
        context=article.context,
        beside=words,
        source=article.source,
        url=article.url,
        published=article.published,
        origin=row["origin"],
        slot=row["slot"],
        trust=Trust(article.trust),
    )


_INSERTED = insert(ClaimRow.__table__).returning(  # type: ignore[attr-defined]
    col(ClaimRow.number), sort_by_parameter_order=True
)


def _origin(article: ArticleRow, claim: Claim) -> str:
    """Where a claim comes from: its named speaker on that day, else the text, however often it is copied."""
    if claim.speaker and not claim.speaker_unresolved:
        return f"said:{key(claim.speaker)}:{claim.said_on or claim.published or article.number}"
    return f"text:{article.origin}"


def _data(article: ArticleRow, claim: Claim) -> dict[str, Any]:
    return claim_json.dump(claim) | {claim_json.BESIDE: beside(article.text, claim)}


def _carry_over(
    session: Session, before: ArticleRow, article: ArticleRow, claims: Sequence[Claim]
) -> set[tuple[object, ...]]:
    """Move the claims that the new version still holds to it."""
    fresh = {_mark(claim): claim for claim in claims}
    kept = set()
    for row in session.exec(select(ClaimRow).where(ClaimRow.article == before.number, col(ClaimRow.current).is_(True))):
        mark = _mark(claim_json.load(row.data))
        if mark in fresh and mark not in kept:
            kept.add(mark)
            row.article, row.data = article.number or 0, _data(article, fresh[mark])
    session.flush()
    return kept


def _withdraw(session: Session, before: ArticleRow) -> tuple[StoredClaim, ...]:
    """What is left with the old version is no longer claimed."""
    left = select(ClaimRow.number).where(ClaimRow.article == before.number, col(ClaimRow.current).is_(True))
    return retract(session, [number for number in session.exec(left) if number is not None])


def retract(session: Session, numbers: Sequence[int]) -> tuple[StoredClaim, ...]:
    """Take back claims that are current: they stay under their numbers, and are found by no question any more."""
    gone = tuple(one for one in stored(session, numbers) if one.current)
    taken = [one.number for one in gone]
    session.execute(update(ClaimRow).where(col(ClaimRow.number).in_(taken)).values(current=False))
    clusters.release(session, taken)
    session.execute(delete(ClaimTerm).where(col(ClaimTerm.claim).in_(taken)))
    return gone


def count(session: Session) -> int:
    """How many articles there are, each in its newest version."""
    return session.exec(select(func.count()).select_from(ArticleRow).where(col(ArticleRow.current).is_(True))).one()


def newest(session: Session) -> date | None:
    """The latest day of publication."""
    return session.exec(select(func.max(ArticleRow.published))).one()
