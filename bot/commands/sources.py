"""`claimbot feeds …`, `sources …`: what is read by itself, and how far it is trusted."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cadence import EVERY
from bot.commands.common import AsJson, Database, Failure, complain, print_json, print_line
from bot.english import counted
from bot.feeds import Feeds, seconds_of
from bot.polling import Polled, Poller, Read
from bot.reading.opml import OpmlError, Outline, read_opml, write_opml
from bot.reading.refused import Refused
from bot.reading.web import Web
from bot.service import Service
from bot.settings import load_settings
from bot.terminal import now, plain
from db.engine import open_database
from db.values import LOCAL_CHAT, Feed, Trust

feeds = typer.Typer(help="The feeds that are read by themselves.", no_args_is_help=True)
sources = typer.Typer(help="Where articles come from, and how far it is trusted.", invoke_without_command=True)
Number = Annotated[int, typer.Argument(metavar="N", help="The feed's number.")]


def _over(url: str | None) -> Feeds:
    settings = load_settings()
    return Feeds(open_database(url or settings.database_url), settings.trusted_sources)


@feeds.command()
def add(
    url: str,
    every: Annotated[str, typer.Option(help="The time between two polls: 15m, 2h, 1d.")] = f"{EVERY // 60}m",
    topic: Annotated[str | None, typer.Option(help="A heading to list it under.")] = None,
    trust: Annotated[Trust | None, typer.Option(help="How far its source is trusted; else quarantined.")] = None,
    name: Annotated[str | None, typer.Option(help="Its source; feeds of one outlet share one. Else its host.")] = None,
    database: Database = None,
) -> None:
    """Read a feed (RSS, Atom, JSON Feed) from now on."""
    try:
        seconds = seconds_of(every)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    try:
        added = _over(database).add(url, now=now(), every=seconds, topic=topic, trust=trust, name=name)
    except Refused as refused:
        raise Failure(f"{url}: {refused}") from refused
    print_line(f"{'added' if added.fresh else 'known already'}: {_line(added.feed)}")


@feeds.command("list")
def list_(as_json: AsJson = False, database: Database = None) -> None:
    """List the feeds and how they fare."""
    for one in _over(database).feeds():
        if as_json:
            print_json(_row(one))
        else:
            print_line(_line(one))


@feeds.command()
def remove(number: Number, database: Database = None) -> None:
    """Read a feed no more; what it brought stays."""
    gone = _over(database).remove(number)
    if gone is None:
        raise Failure(f"there is no feed {number}: see claimbot feeds list")
    print_line(f"removed: {gone.url}")


@feeds.command()
def pause(number: Number, database: Database = None) -> None:
    """Leave a feed alone until `feeds resume`."""
    _set_state(number, "paused", database)


@feeds.command()
def resume(number: Number, database: Database = None) -> None:
    """Begin anew with a feed that was paused, gone or given up."""
    _set_state(number, "active", database)


def _set_state(number: int, state: str, database: str | None) -> None:
    found = _over(database).set_state(number, state, now=now())
    if found is None:
        raise Failure(f"there is no feed {number}: see claimbot feeds list")
    print_line(_line(found))


@feeds.command()
def poll(as_json: AsJson = False, database: Database = None) -> None:
    """Ask every feed now, due or not, and read what is new. Exit 1 where a feed failed."""
    settings, over, bad = load_settings(), _over(database), False
    over.poll_all(now=now())
    poller = Poller(Service(over.engine, settings.admin_ids), Web(settings.contact), now)
    for one in poller.round():
        bad |= isinstance(one, Polled) and one.course.error is not None
        if as_json:
            print_json(_result_row(one))
        else:
            print_line(_result_line(one))
    poller.close()
    if bad:
        raise typer.Exit(1)


@feeds.command("import")
def import_(file: Path, database: Database = None) -> None:
    """Read the feeds of an OPML file from now on."""
    try:
        outlines = read_opml(file.read_bytes())
    except OSError as error:
        raise Failure(f"{file}: cannot be read: {error.strerror or error}") from error
    except OpmlError as error:
        raise Failure(f"{file}: {error}") from error
    added, refused = _over(database).add_all(outlines, now=now())
    for outline, why in refused:
        complain(f"{outline.url}: {why}")
    fresh = sum(one.fresh for one in added)
    print_line(f"{counted(fresh, 'feed')} added, {len(added) - fresh} known already, {len(refused)} refused")
    if refused:
        raise typer.Exit(1)


@feeds.command()
def export(database: Database = None) -> None:
    """Print the feeds as OPML."""
    listed = [Outline(one.url, one.title or one.name, one.topic) for one in _over(database).feeds()]
    print_line(write_opml(listed).decode().rstrip("\n"))


@sources.callback()
def list_sources(context: typer.Context, as_json: AsJson = False, database: Database = None) -> None:
    """List the sources with their records."""
    if context.invoked_subcommand:
        return
    for one in _over(database).sources():
        record = {name: getattr(one, name) for name in ("articles", "claims", "conflicts", "corrections")}
        about = {"kind": one.kind.value, "country": one.country, "language": one.language}
        if as_json:
            print_json({"number": one.number, "name": one.name, "trust": one.trust.value, **about, **record})
        else:
            told = ", ".join(counted(count, name.removesuffix("s")) for name, count in record.items())
            said = " ".join(part for part in about.values() if part)
            print_line(plain_text(f"{one.number}. {one.name} ({said}): {one.trust.value}; {told}"))


@sources.command()
def trust(
    name: Annotated[str, typer.Argument(help="The source's name, or its number.")],
    level: Trust,
    reason: Annotated[str | None, typer.Option(help="Why: stays in the audit log.")] = None,
    database: Database = None,
) -> None:
    """Trust a source more or less, from now on and for what is there of it."""
    over = _over(database)
    trusting = partial(over.set_trust, trust=level, person=LOCAL_CHAT, now=now(), reason=reason)
    found = trusting(name)
    if found is None and name.isascii() and name.isdigit():
        found = trusting(int(name))
    if found is None:
        raise Failure(f"there is no source {name}: see claimbot sources")
    print_line(plain_text(f"{found.name}: {found.trust.value}"))


@sources.command()
def describe(
    name: Annotated[str, typer.Argument(help="The source's name.")],
    country: Annotated[str | None, typer.Option(help="Where it is from: ID, GB.")] = None,
    language: Annotated[str | None, typer.Option(help="What it is written in: id, en.")] = None,
    database: Database = None,
) -> None:
    """Say where a source is from, and what it is written in."""
    for code in (country, language):
        if code is not None and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise typer.BadParameter(f"{code!r} is no code of two letters")
    found = _over(database).describe(
        name, country=country.upper() if country else None, language=language.lower() if language else None
    )
    if found is None:
        raise Failure(f"there is no source {name}: see claimbot sources")
    print_line(plain_text(f"{found.name}: {found.country or '-'} {found.language or '-'}"))


def plain_text(text: str) -> str:
    """Text from outside that cannot drive the terminal."""
    return plain(text.replace("&", "&amp;").replace("<", "&lt;"))


def _row(feed: Feed) -> dict[str, Any]:
    times = ("due", "failing_since", "checked_at", "fresh_at")
    names = ("number", "name", "url", "title", "topic", "every", "state", "failures", "error", "entries", "waiting")
    row = {name: getattr(feed, name) for name in names} | {"trust": feed.trust.value}
    return row | {name: at.isoformat() if (at := getattr(feed, name)) else None for name in times}


def _line(feed: Feed) -> str:
    parts = [feed.name, feed.trust.value, f"every {feed.every // 60} min", feed.state]
    parts += [feed.topic] if feed.topic else []
    parts += [counted(feed.entries, "entry")] if feed.entries else []
    parts += [f"{feed.waiting} waiting"] if feed.waiting else []
    failed = f"failed {counted(feed.failures, 'time')}: {feed.error}" if feed.failures else feed.error
    parts += [failed] if failed else []
    return plain_text(f"{feed.number}. {feed.url} ({', '.join(parts)})")


def _result_row(one: Polled | Read) -> dict[str, Any]:
    if isinstance(one, Polled):
        row: dict[str, Any] = {"feed": one.feed.number, "url": one.feed.url, "new": one.fresh, "edited": one.edited}
        return row | {"state": one.course.state, "error": one.course.error}
    return {
        "feed": one.entry.feed,
        "entry": one.entry.url or one.entry.key,
        "status": one.status,
        "why": one.why or None,
    }


def _result_line(one: Polled | Read) -> str:
    if isinstance(one, Polled):
        told = one.course.error or f"{one.fresh} new, {one.edited} edited"
        return plain_text(f"feed {one.feed.number}: {told}")
    told = f": {one.why}" if one.why else ""
    return plain_text(f"  {one.status}: {one.entry.title}{told}")
