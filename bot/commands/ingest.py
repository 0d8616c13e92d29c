"""`claimbot ingest`: articles into the store, one or ten thousand."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain, groupby, islice
from typing import Annotated

import typer

from bot.commands.common import (
    ArticleId,
    AsJson,
    Database,
    Failure,
    Inputs,
    Language,
    Published,
    Source,
    article_options,
    complain,
    print_json,
    print_line,
    service_over,
    web_for,
)
from bot.english import counted
from bot.ingesting import BATCH, Here, Ingested, ingest, ingest_page, processes
from bot.reading.bad import BadInput
from bot.reading.files import Options, count, read_all
from bot.reading.web import Web, is_address
from bot.service import Service
from bot.terminal import now
from claims.model import Article

app = typer.Typer()
#: articles from which worker processes are worth their start
_MANY = 4 * BATCH
_WORDS = {"new": "new", "version": "in a new version", "known": "known already", "refused": "refused"}


@app.command("ingest")
def ingest_(
    inputs: Inputs,
    as_json: AsJson = False,
    database: Database = None,
    id_: ArticleId = None,
    source: Source = None,
    published: Published = None,
    lang: Language = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would become of them, and store nothing.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Processes that read, where there is much to read; else one a core."),
    ] = None,
) -> None:
    """Store articles with their claims, find conflicts, and queue alerts for those who follow. What is there already is
    skipped: an ingest that was interrupted is simply begun again."""
    service, options = service_over(database), article_options(id_, source, published, lang)
    found: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    try:
        with web_for(inputs) as web, _progress(inputs) as advance:
            for one in _done(service, inputs, options, web, workers or _cores(), dry_run):
                found[one.status] += 1
                if one.status == "refused":
                    reasons[one.why] += 1
                if advance:
                    advance()
                if one.status == "refused" or as_json or not (advance and sys.stdout.isatty()):
                    _tell(one, as_json)
    except BrokenExecutor as error:
        raise Failure("a process that reads was ended: begin again, what is stored is skipped") from error
    if not as_json and found.total() > 1:
        print_line(_summary(found, reasons, dry_run))
    if reasons:
        raise typer.Exit(1)


def _done(
    service: Service, inputs: Sequence[str], options: Options, web: Web | None, workers: int, dry_run: bool
) -> Iterator[Ingested]:
    """What becomes of the inputs, in order; files by worker processes where there are many articles in them."""
    for is_page, names in groupby(inputs, is_address):
        found = read_all(names, options, web)
        if is_page:
            yield from (ingest_page(service, one, now(), dry_run=dry_run) for one in found)
            continue
        first = list(islice(found, _MANY))
        is_much = len(first) == _MANY and workers > 1
        every: Iterable[Article | BadInput] = chain(first, found)
        with processes(workers) if is_much else Here() as executor:
            yield from ingest(service, every, executor, workers=workers if is_much else 1, clock=now, dry_run=dry_run)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _progress(inputs: Sequence[str]) -> Iterator[Callable[[], object] | None]:
    """A bar on stderr, to be moved on after each article: where there is much, and a terminal to show it on."""
    total = count(inputs) if sys.stderr.isatty() else 0
    if total is not None and total < _MANY:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # stdout is for results alone: nothing of it may go through the bar's console
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("ingest", total=total)
        yield partial(bar.advance, task)


def _tell(one: Ingested, as_json: bool) -> None:
    if one.status == "refused":
        complain(f"{one.name}: {one.why}")
    elif as_json:
        print_json({"article": one.name, "status": one.status, "claims": one.claims, "conflicts": one.conflicts})
    else:
        told = f"{counted(one.claims, 'claim')}, {counted(one.conflicts, 'pair')} in conflict"
        is_read = one.language or one.status == "known"
        print_line(f"{one.status}: {one.name}: {told if is_read else 'language not supported, no claims'}")


def _summary(found: Counter[str], reasons: Counter[str], dry_run: bool) -> str:
    """ "In all: 9,800 new, 150 known already, 50 refused (48 empty: nothing to read; 2 …)"."""
    parts = [f"{found[name]:,} {words}" for name, words in _WORDS.items() if found[name]]
    why = "; ".join(f"{count:,} {reason}" for reason, count in reasons.most_common(5))
    return f"{'nothing stored; ' if dry_run else ''}in all: {', '.join(parts)}{f' ({why})' if why else ''}"
