"""What the commands share: options, output, and how a failure ends."""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Annotated, Any

import typer

from bot import replies
from bot.judging import NEED_REASON, Judging
from bot.locale import languages
from bot.reading.files import Options
from bot.reading.web import Web, is_address
from bot.service import Service
from bot.settings import Settings, load_settings
from bot.terminal import now, plain
from claims.lexicon import supported
from db.engine import open_database
from db.values import LOCAL_CHAT, Pair

Database = Annotated[
    str | None, typer.Option("--database", metavar="URL", help="sqlite:///FILE or postgresql://…; else DATABASE_URL.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines and nothing else.")]
Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT…", help="Text, HTML or JSON lines files, folders, addresses, or - for stdin."),
]
ArticleId = Annotated[str | None, typer.Option("--id", help="The article's id instead of its path or address.")]
Source = Annotated[str | None, typer.Option("--source", help="The outlet.")]
Published = Annotated[str | None, typer.Option("--published", metavar="YYYY-MM-DD", help="When it was published.")]
Language = Annotated[
    str | None,
    typer.Option("--lang", help=f"The article's language: {', '.join(supported())}; else told by its words."),
]
#: the languages that claimbot answers in, for the help of options
SPOKEN = ", ".join(languages())


class Failure(Exception):
    """Ends the command with exit code 1 and one line on stderr."""


def complain(message: str) -> None:
    """One line of cause and cure on stderr."""
    typer.echo(f"claimbot: {message}", err=True)


def print_line(text: str) -> None:
    """A result for people."""
    typer.echo(text)


def print_json(row: dict[str, Any]) -> None:
    """A result for programs: one JSON line."""
    typer.echo(json.dumps(row, ensure_ascii=False))


def service_over(url: str | None, settings: Settings | None = None) -> Service:
    """The use cases over the database that the command names, else the settings'."""
    settings = settings or load_settings()
    return Service(open_database(url or settings.database_url), settings.admin_ids)


def judge(service: Service, act: str, number: int, reason: str | None, language: str) -> None:
    """Confirm or dismiss a conflict, or retract a claim, as whoever owns the store. Ends the command where nothing
    comes of it, or where those who were alarmed would not hear why."""
    judging, reason = Judging(service.engine), (reason or "").strip() or None
    found = judging.foreseen(act, number)
    if reason is None and act in NEED_REASON and not found.is_refused:
        raise typer.BadParameter(f"--{act} needs --reason TEXT: who was alarmed shall hear why")
    found = judging.judge(act, number, person=LOCAL_CHAT, reason=reason, now=now())
    if found.is_refused:
        raise Failure(plain(replies.judged(act, number, found, language).text))


def web_for(inputs: Iterable[str]) -> AbstractContextManager[Web | None]:
    """What reads the addresses among the inputs, None where there are none."""
    return Web(load_settings().contact) if any(map(is_address, inputs)) else nullcontext()


def article_options(id_: str | None, source: str | None, published: str | None, language: str | None) -> Options:
    """What the command line says of the articles it reads."""
    return Options(id_, source, _day(published) if published else None, language)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(f"{written!r} is no date such as 2024-10-23") from error


def reason_of(pair: Pair, language: str) -> str:
    """Why two claims conflict, in plain words."""
    return plain(replies.explanation(pair, language))
