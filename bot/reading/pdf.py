"""A PDF → its text, with the lines of its columns joined to paragraphs. Runs in a worker (`workers`)."""

import io
import logging
import re
from collections.abc import Iterator

from bot.reading.refused import Reason, Refused

#: pages that are read; a newspaper has fewer
MOST_PAGES = 200
#: characters that are read
LONGEST = 2_000_000
#: a line that ends so much before the others ends a paragraph
_SHORT = 0.75
_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"[•▪‣*–-]\s")


def pdf_text(content: bytes) -> str:
    """The text of a PDF. Raises Refused where it holds none, as those that are pictures do."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages, left = [], LONGEST
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(Reason.LOGIN)
        for page in reader.pages[:MOST_PAGES]:
            pages.append(page.extract_text()[:left])
            left -= len(pages[-1])
            if left <= 0:
                break
    except Refused:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise Refused(Reason.DAMAGED) from error
    text = "\n".join(joined("\n".join(pages).splitlines()))
    if not text.strip():
        raise Refused(Reason.NO_ARTICLE)
    return text


def joined(lines: list[str]) -> Iterator[str]:
    """Paragraphs of lines that were broken to fit a column: a line goes on in the next, unless it is short or a blank
    line follows; "kor-" and "ban" are one word."""
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    usual = widths[len(widths) * 3 // 4] if widths else 0
    paragraph = ""
    for raw in lines:
        line = " ".join(raw.split())
        if not line or _BULLET.match(line):
            if paragraph:
                yield paragraph
            paragraph = line
            continue
        if paragraph.endswith("-") and line[:1].islower():
            paragraph = paragraph[:-1] + line
        else:
            paragraph = f"{paragraph} {line}".strip()
        if len(line) < _SHORT * usual and (_END.search(line) or not _goes_on(line)):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _goes_on(line: str) -> bool:
    """Whether a short line is plainly cut within a sentence."""
    return line[-1:] in ",;-" or (line[-1:].isdigit() is False and line.rsplit(" ", 1)[-1].islower() and len(line) > 40)
