"""The bytes of a response, decompressed within a bound: a few kilobytes of "gzip" can stand for gigabytes."""

import zlib
from collections.abc import Iterable

from bot.reading.refused import Reason, Refused

#: what is asked for; anything else, and anything compressed twice, is refused
ACCEPTED = "gzip, deflate"
_GZIP, _ZLIB, _RAW = 31, 15, -15


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The decoded body, at most `limit` bytes. Raises Refused where there are more, or where they cannot be decoded."""
    match encoding.strip().lower():
        case "" | "identity":
            pieces: Iterable[bytes] = chunks
        case "gzip" | "x-gzip":
            pieces = _inflated(chunks, _GZIP, limit)
        case "deflate":
            pieces = _inflated(chunks, None, limit)
        case _:
            raise Refused(Reason.COMPRESSED)
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            raise Refused(Reason.LARGE)
    return bytes(body)


def _inflated(chunks: Iterable[bytes], window: int | None, limit: int) -> Iterable[bytes]:
    """Decompress piece by piece, never more than `limit` bytes and one at a time."""
    inflate, begun = None, False
    for chunk in chunks:
        if not chunk:
            continue
        if inflate is None:
            # "deflate" is zlib's format by the standard, and the bare stream by the habit of some servers
            inflate = zlib.decompressobj(window or (_ZLIB if chunk[0] & 15 == 8 else _RAW))
        begun = True
        try:
            yield inflate.decompress(chunk, limit + 1)
        except zlib.error as error:
            raise Refused(Reason.DAMAGED) from error
        if inflate.unconsumed_tail:
            raise Refused(Reason.LARGE)
        if inflate.unused_data.strip(b"\x00"):
            raise Refused(Reason.DAMAGED)  # a second stream behind the first: half an article would be kept
    if begun and inflate is not None and not inflate.eof:
        raise Refused(Reason.DAMAGED)
