"""What is kept of an article, worked out without the store: where many are stored, workers do this for one writer."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from claims.beside import around, beside
from claims.extract import Extraction
from claims.fingerprint import fingerprint
from claims.lexicon import lexicon
from claims.model import Article, Claim, Span
from claims.slot import slot
from claims.terms import indexed, placed_terms, terms
from claims.text import key, sentences
from db import claim_json
from db.columns import key_of

#: characters of a text that say what it is about
CONTEXT = 400
#: where terms begin and end in an article
_Placed = tuple[int, int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class WorkedClaim:
    """A claim with what it is stored with."""

    claim: Claim
    slot: str
    data: dict[str, Any]
    #: as keys of the index
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Worked:
    """An article with what it is stored with."""

    article: Article
    #: None where it is not supported
    language: str | None
    digest: str
    fingerprint: int | None
    context: str
    #: each once: a headline and the line below it may say the same
    claims: tuple[WorkedClaim, ...]


def work_out(extraction: Extraction) -> Worked:
    """All that is kept of an article."""
    article = extraction.article
    context = " ".join(article.text[:CONTEXT].split())
    placed = _placed(extraction)
    found: dict[object, WorkedClaim] = {}
    for claim in extraction.claims:
        if mark(claim) not in found:
            found[mark(claim)] = _claim(claim, article, placed)
    return Worked(
        article=article,
        language=extraction.language,
        digest=digest_of(article.text),
        fingerprint=fingerprint(article.text),
        context=context,
        claims=tuple(found.values()),
    )


def _placed(extraction: Extraction) -> Sequence[_Placed]:
    """The terms of the sentences that stand near some claim, or say what the article is about: each is read once,
    however many claims it stands beside."""
    text, language = extraction.article.text, extraction.language
    if language is None:
        return ()
    wanted = (Span(0, CONTEXT), *(around(text, claim) for claim in extraction.claims))
    parts = (part.span for part in sentences(text, lexicon(language).abbreviations))
    return [
        (part.start + place.start, part.start + place.end, found)
        for part in parts
        if any(part.overlaps(near) for near in wanted)
        for place, found in placed_terms(part.of(text), language)
    ]


def _claim(claim: Claim, article: Article, placed: Sequence[_Placed]) -> WorkedClaim:
    near = around(article.text, claim)
    said = (found for start, end, found in placed if end <= CONTEXT or (near.start <= start and end <= near.end))
    return WorkedClaim(
        claim=claim,
        slot=str(slot(claim)),
        data=claim_json.dump(claim) | {claim_json.BESIDE: beside(article.text, claim)},
        terms=frozenset(map(key_of, indexed(terms(claim).union(*said)))),
    )


def mark(claim: Claim) -> tuple[object, ...]:
    """What makes two versions' claims the same one."""
    return claim.kind, key(claim.evidence), claim.quantity, claim.vote, claim.modality, claim.speaker


def digest_of(text: str) -> str:
    """What tells two texts apart."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def claims_of(some: Sequence[Worked]) -> list[Claim]:
    """The claims of several articles."""
    return [one.claim for worked in some for one in worked.claims]
