"""An address → an article: fetched through the one gate, taken apart in a worker, judged here."""

import codecs
import re
import threading
from datetime import date
from functools import cached_property
from types import TracebackType
from typing import Self

from bot.reading.fetch import Fetched, Fetcher
from bot.reading.judge import refuse_status
from bot.reading.page import page_of
from bot.reading.refused import Reason, Unreachable
from bot.reading.workers import Workers
from claims.model import Article
from claims.text import clean

#: pages that people wait for at the same time, and seconds that one waits for its place
AT_ONCE, PATIENCE = 2, 5.0
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
#: what ends the sentence that an address stands in
_ENDS = ".,;:!?)]}»”’'*_…"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
#: what pages are written in; others Python knows as well (UTF-7, escapes), and nobody writes pages in them
_CHARSET = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp(125\d|874|932|949|950|866)|koi8-[ru]|gb(k|18030|2312)"
    r"|big5|shift_jis|euc[-_](jp|kr)|tis-620|mac-roman"
)


def is_address(text: str) -> bool:
    """Whether a text is an address of the web and nothing else."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def addresses(text: str) -> list[str]:
    """The addresses of the web in a text."""
    return [one.rstrip(_ENDS) for one in _ADDRESS.findall(text)]


class Web:
    """Reads articles from their addresses, for many threads. Nothing is opened before the first of them; closed in the
    end. `contact` is told to the sites."""

    def __init__(self, contact: str = "", *, fetcher: Fetcher | None = None, workers: Workers | None = None) -> None:
        self._contact, self._fetcher, self._workers = contact, fetcher, workers
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def fetcher(self) -> Fetcher:
        """The gate: one for all that is fetched, so that no site is asked too often."""
        return self._fetcher or Fetcher(self._contact)

    @cached_property
    def workers(self) -> Workers:
        """The processes that take pages apart."""
        return self._workers or Workers()

    def close(self) -> None:
        """End what goes on; of the processes those that are its own."""
        if "fetcher" in self.__dict__:
            self.fetcher.close()
        if "workers" in self.__dict__ and self._workers is None:
            self.workers.close()

    def read(self, url: str, today: date) -> Article:
        """The article at an address. Raises Refused with the reason why there is none."""
        return self.article(self.fetcher.get(url.strip()), today)

    def read_for_somebody(self, url: str, today: date) -> Article:
        """The same for a person who waits for it, a few at a time: slow sites may not hold all threads that answer."""
        if not self._places.acquire(timeout=PATIENCE):
            raise Unreachable(Reason.BUSY)
        try:
            return self.read(url, today)
        finally:
            self._places.release()

    def article(self, fetched: Fetched, today: date) -> Article:
        """The article in a page that was fetched. Raises Refused."""
        refuse_status(fetched.status)
        sheet = self.workers.take_apart(clean(decoded(fetched.body, fetched.charset)), fetched.url)
        page = page_of(sheet, fetched.url, today)
        address = page.url or fetched.url
        return Article(
            id=address,
            text=page.text,
            title=page.title,
            source=page.source,
            url=address,
            published=page.published,
            language=page.language,
        )


def decoded(body: bytes, charset: str | None = None) -> str:
    """The text of a page: by its byte order mark, its header, its own word, else as what it most likely is."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace")
    meta = _META.search(body[:4096])
    named = [_known(charset), _known(meta[1].decode("latin-1")) if meta else None]
    for encoding in [one for one in (*named, "utf-8") if one]:
        try:
            return body.decode(encoding)
        except UnicodeError:
            continue
    return body.decode(next((one for one in named if one), "cp1252"), "replace")


def _known(charset: str | None) -> str | None:
    """Python's name of an encoding that pages are written in."""
    try:
        name = codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"  # as browsers take it
    return name if _CHARSET.fullmatch(name) else None
