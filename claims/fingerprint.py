"""Near-duplicate texts: a 64-bit SimHash over word triples (Charikar, 2002), and the bands to look it up by."""

import hashlib
from functools import lru_cache
from operator import getitem

from claims.text import key, words

BITS = 64
#: two texts whose fingerprints differ in at most this many bits are one text, edited or with furniture appended
NEAR = 8
#: shorter texts have too few triples to be told apart
FEWEST_WORDS = 40
_BANDS = 16
_SHINGLE = 3
#: bits that count one bit of the digests: more shingles than they can count are not looked at
_WIDTH = 20
#: for each byte of a digest what every value of it adds to the counts
_SPREAD = [
    [sum(1 << (bit + 8 * at) * _WIDTH for bit in range(8) if value >> bit & 1) for value in range(256)]
    for at in reversed(range(8))
]


@lru_cache(maxsize=16)
def fingerprint(text: str) -> int | None:
    """The SimHash of a text, None for one too short to have a meaningful one. Signed, as databases store it."""
    folded = key(text)
    found = [folded[span.start : span.end] for span in words(folded)]
    if len(found) < FEWEST_WORDS:
        return None
    # each bit is counted in some bits of its own of one large number, a byte of the digest at a time
    counted, shingles = 0, min(len(found) - _SHINGLE + 1, (1 << _WIDTH) - 1)
    for at in range(shingles):
        shingle = " ".join(found[at : at + _SHINGLE]).encode()
        digest = hashlib.blake2b(shingle, digest_size=8).digest()
        counted += sum(map(getitem, _SPREAD, digest))
    counts = [2 * (counted >> bit * _WIDTH & (1 << _WIDTH) - 1) - shingles for bit in range(BITS)]
    value = sum(1 << bit for bit in range(BITS) if counts[bit] > 0)
    return value - (1 << BITS) if value >> (BITS - 1) else value


def is_near(one: int, other: int) -> bool:
    """Whether two fingerprints are of near-duplicate texts."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count() <= NEAR


def bands(value: int) -> tuple[str, ...]:
    """Look-up keys: of sixteen bands of four bits, each two neighbours; near-duplicates share at least one pair nearly
    always, since eight flipped bits leave eight bands untouched."""
    nibbles = [value >> (at * 4) & 15 for at in range(_BANDS)]
    return tuple(f"{at}:{nibbles[at]:x}{nibbles[at + 1]:x}{nibbles[(at + 2) % _BANDS]:x}" for at in range(_BANDS - 1))
