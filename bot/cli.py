"""`claimbot …`: the command line. stdout is for results alone, stderr for what went wrong; its JSON is a contract."""

import logging
import sys

import typer

from bot.commands import articles, database, disputes, ingest, questions, sources, talking
from bot.commands.common import Failure, complain
from bot.settings import SettingsError
from db.engine import DatabaseError

app = typer.Typer(
    name="claimbot",
    help="Reads news reports, keeps who claims what, answers questions with attributed claims, and notices conflicts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for topic in (talking, articles, ingest, questions, disputes):
    app.add_typer(topic.app)
app.add_typer(database.app, name="db")
app.add_typer(sources.feeds, name="feeds")
app.add_typer(sources.sources, name="sources")


def main() -> None:
    """The program's entry: exit 0 on success, 1 on a failure with one line of cause and cure, 2 on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except (Failure, DatabaseError, SettingsError) as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
