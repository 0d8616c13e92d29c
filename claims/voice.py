"""One voice: claims that say one thing of one matter by one mouth on one day, however many articles print them.

A hot story is compared by its voices: the thousandth article that quotes the same figure adds nothing to compare.
"""

import hashlib

from claims.measures import ancestors
from claims.model import Claim, Kind
from claims.pair import told
from claims.text import key

#: claims below it alarm nobody: they are another voice than the sure ones
_SURE = 0.5
_BITS = 63


def mark(claim: Claim) -> int:
    """What two claims of one voice share: all that `claims.compare` looks at but their articles' stories. A positive
    number that a database can store."""
    figure = claim.quantity
    said = "" if figure or claim.vote else key(claim.denied or claim.evidence)
    language = claim.language if claim.kind is not Kind.QUANTITY else ""
    parts = (
        (claim.kind.value, ancestors(claim.measure)[:1] if claim.measure else "", claim.subgroup, language),
        (claim.speaker, claim.speaker_unresolved, claim.agent, claim.target, claim.place, told(claim)),
        (figure.low, figure.high, figure.unit, figure.bound.value, figure.basis.value) if figure else None,
        (claim.vote, said, claim.negated, claim.modality.value, claim.event_date, claim.confidence >= _SURE),
    )
    digest = hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - _BITS)
