"""`claimbot demo`, `chat`, `run`: the conversation, in a terminal or on Telegram."""

import sys
from typing import Annotated

import typer

from bot.commands.common import Database, Failure, print_line, service_over
from bot.conversation import Conversation
from bot.reading.web import Web
from bot.settings import load_settings
from bot.terminal import Terminal, now, painting, talk, typed

app = typer.Typer()


@app.command()
def demo(
    database: Annotated[str | None, typer.Option("--database", hidden=True)] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the answers, else the question's.")] = None,
) -> None:
    """Read the sample articles, play a conversation, and go on as a chat where there is a terminal."""
    from bot.demo import play

    play(print_line, database, lang)


@app.command()
def chat(
    database: Database = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the answers, else the question's.")] = None,
) -> None:
    """Talk with claimbot in the terminal, as on Telegram; buttons are numbers, /quit ends."""
    settings, interactive = load_settings(), sys.stdin.isatty()
    with Web(settings.contact) as web:
        conversation = Conversation(service_over(database, settings), now, web=web)
        terminal = Terminal(conversation, print_line, lang, paint=painting())
        if interactive:
            terminal.say("/start")
        talk(terminal, typed() if interactive else iter(sys.stdin))


@app.command()
def run(database: Database = None) -> None:
    """Run the Telegram bot: long polling until it is stopped."""
    from bot.telegram.app import TelegramError, run_bot

    settings = load_settings()
    try:
        run_bot(settings, database or settings.database_url)
    except TelegramError as error:
        raise Failure(str(error)) from error
