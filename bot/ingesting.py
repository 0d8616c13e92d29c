"""Many articles at once: claims are extracted by an executor's workers, and stored by one writer in batches.

What is there already is skipped before it is read, so that an ingest that was interrupted goes on where it was: a batch
is stored whole or not at all.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.locale import FALLBACK, say
from bot.reading.bad import BadInput
from bot.reading.refused import Refused
from bot.results import Added
from bot.service import Service
from claims.extract import extract
from claims.model import CONFLICTS, Article
from db import articles
from db.engine import reading, trying, writing
from db.values import SourceKind
from db.worked import Worked, work_out

#: articles that are stored in one transaction
BATCH = 40
#: batches that are read ahead for each worker
_AHEAD = 2
#: longer texts are many articles' worth: nobody waits for a batch of them
_MOST_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one input."""

    #: the article's id, or where the bad input stands
    name: str
    #: "new", "version", "known" or "refused"
    status: str
    #: why it was refused
    why: str = ""
    #: None where it is not supported
    language: str | None = None
    claims: int = 0
    #: pairs in conflict that alarm
    conflicts: int = 0


def ingest(
    service: Service,
    found: Iterable[Article | BadInput],
    executor: Executor,
    *,
    workers: int = 1,
    clock: Callable[[], datetime],
    dry_run: bool = False,
) -> Iterator[Ingested]:
    """Store articles as they come; what became of each, in their order. With `dry_run` nothing is stored, and what
    would become of them is told."""
    under_way: deque[_Batch] = deque()
    for some in _batches(found):
        under_way.append(_begun(service, some, executor))
        if len(under_way) > workers * _AHEAD:
            yield from _stored(service, under_way.popleft(), clock(), dry_run)
    while under_way:
        yield from _stored(service, under_way.popleft(), clock(), dry_run)


def ingest_page(service: Service, found: Article | BadInput, now: datetime, *, dry_run: bool = False) -> Ingested:
    """Store an article that was fetched from its address; what became of it."""
    if isinstance(found, BadInput):
        return Ingested(name=found.where, status="refused", why=found.why)
    worked = work_out(extract(found))
    try:
        with trying(service.engine) if dry_run else writing(service.engine) as session:
            added = service.store(session, worked, now=now, kind=SourceKind.CLI, is_page=True)
    except Refused as refused:
        return Ingested(name=found.id, status="refused", why=say(FALLBACK, f"refused.{refused.reason}"))
    return _told(found, added)


class Here(Executor):
    """Does everything at once, where it is asked: for a few articles no process is worth its start."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it; the future is done."""
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def processes(workers: int) -> ProcessPoolExecutor:
    """Processes that extract, as many as `workers`. They end with this one, however it ends."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """A worker: Ctrl-C is its parent's affair, and without its parent it has none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(0)


def _extract_all(texts: Sequence[Article]) -> list[Worked | str]:
    """The claims of articles; for one that cannot be read, why."""
    return [_extracted(article) for article in texts]


def _extracted(article: Article) -> Worked | str:
    try:
        return work_out(extract(article))
    except Exception as error:  # one article that we stumble over stops no others
        return f"cannot be read: {error!r}"


@dataclass(frozen=True, slots=True)
class _Batch:
    """Inputs in their order; the claims of those that are articles and not there yet, in theirs."""

    inputs: Sequence[Article | BadInput]
    known: frozenset[str]
    extracted: Future[list[Worked | str]]


def _batches(found: Iterable[Article | BadInput]) -> Iterator[list[Article | BadInput]]:
    some: list[Article | BadInput] = []
    characters = 0
    for one in found:
        some.append(one)
        characters += len(one.text) if isinstance(one, Article) else 0
        if len(some) == BATCH or characters > _MOST_CHARACTERS:
            yield some
            some, characters = [], 0
    if some:
        yield some


def _begun(service: Service, inputs: Sequence[Article | BadInput], executor: Executor) -> _Batch:
    texts = [one for one in inputs if isinstance(one, Article)]
    with reading(service.engine) as session:
        known = articles.known(session, texts)
    fresh = [one for one in texts if one.id not in known]
    return _Batch(inputs, known, executor.submit(_extract_all, fresh))


def _stored(service: Service, batch: _Batch, now: datetime, dry_run: bool) -> list[Ingested]:
    """Store a batch; what became of its inputs."""
    read = batch.extracted.result()
    outcome, told = iter(read), []
    with trying(service.engine) if dry_run else writing(service.engine) as session:
        service.hold(session, [one for one in read if isinstance(one, Worked)], now=now, kind=SourceKind.CLI)
        for one in batch.inputs:
            if isinstance(one, BadInput):
                told.append(Ingested(name=one.where, status="refused", why=one.why))
            elif one.id in batch.known:
                told.append(Ingested(name=one.id, status="known", language=one.language))
            else:
                said = next(outcome)
                told.append(
                    Ingested(name=one.id, status="refused", why=said)
                    if isinstance(said, str)
                    else _told(one, service.store(session, said, now=now, kind=SourceKind.CLI))
                )
    return told


def _told(article: Article, added: Added) -> Ingested:
    clashes = [one for one in added.pairs if one.verdict.relation in CONFLICTS and one.verdict.severity == "alarm"]
    return Ingested(
        name=article.id,
        status=added.status,
        language=added.language,
        claims=len(added.claims),
        conflicts=len(clashes),
    )
