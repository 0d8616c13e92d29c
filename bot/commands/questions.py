"""`claimbot ask`, `claim`, `timeline`: what is known."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot import jsonlines, replies
from bot.commands.common import (
    SPOKEN,
    AsJson,
    Database,
    Failure,
    complain,
    judge,
    print_json,
    print_line,
    reason_of,
    service_over,
)
from bot.english import counted
from bot.locale import nearest
from bot.terminal import now, plain
from bot.why import reasons

app = typer.Typer()


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION")] = None,
    as_json: AsJson = False,
    file: Annotated[
        Path | None, typer.Option("--file", help='JSON lines {"id", "question", "lang"?}; - for stdin.')
    ] = None,
    database: Database = None,
    lang: Annotated[str | None, typer.Option("--lang", help=f"The reader's language: {SPOKEN}.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also what was understood, and why that won.")] = False,
) -> None:
    """Answer a question out of the stored claims, or say that nothing is known."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question, or --file with questions")
    service, bad = service_over(database), False
    for name, text, language in _questions(" ".join(question or []), file, lang):
        if text is None:
            complain(f'{name}: needs a "question"')
            bad = True
            continue
        result = service.ask(text, language=language, today=now().date())
        if as_json:
            told = nearest(language or result.question.language)
            print_json(
                {
                    "question": name,
                    "answers": [jsonlines.answer_row(stored, score) for stored, score in result.answers],
                    "abstain": result.abstain,
                    "value": jsonlines.number(result.value),
                    "nearest": [jsonlines.answer_row(stored, score) for stored, score in result.nearest],
                    "conflicts": [jsonlines.pair_row(one, reason_of(one, told)) for one in result.conflicts],
                }
            )
        else:
            for reply in replies.answer(result, nearest(language or result.question.language)):
                print_line(plain(reply.text))
            if explain:
                for line in reasons(result):
                    print_line(line)
    if bad:
        raise typer.Exit(1)


def _questions(question: str, file: Path | None, language: str | None) -> Iterator[tuple[str, str | None, str | None]]:
    """(id or text, text, language) of each question; a text of None is a line that holds none."""
    if file is None:
        yield question, question, language
        return
    try:
        content = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file} cannot be read: {error}") from error
    for at, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        text = row.get("question") if isinstance(row, dict) else None
        if isinstance(row, dict) and isinstance(text, str):
            yield str(row.get("id") or text), text, row.get("lang") or language
        else:
            yield f"{file}:{at}", None, None


@app.command()
def claim(
    number: Annotated[int, typer.Argument(metavar="N", help="The claim's number.")],
    as_json: AsJson = False,
    retract: Annotated[bool, typer.Option("--retract", help="Take it back: it answers nothing any more.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; kept in the history of its conflicts.")] = None,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help=f"Language of the answer: {SPOKEN}.")] = "en",
) -> None:
    """Show one claim: evidence, speaker, date, link, who agrees, who contradicts; or take it back."""
    service = service_over(database)
    if retract:
        judge(service, "retract", number, reason, nearest(lang))
    card = service.claim(number)
    if card is None:
        raise Failure(f"there is no claim {number}: `claimbot ask` shows the numbers")
    if as_json:
        rows = {
            name: [jsonlines.pair_row(pair, reason_of(pair, nearest(lang))) for pair in pairs]
            for name, pairs in (("agree", card.agree), ("contradict", card.contradict), ("related", card.related))
        }
        print_json({**jsonlines.answer_row(card.claim, 1.0), **rows})
        return
    for reply in replies.card(card, nearest(lang)):
        print_line(plain(reply.text))


@app.command()
def timeline(
    topic: Annotated[list[str], typer.Argument(metavar="TOPIC…", help="What it is about: north korean troops.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The picture's file.")] = Path("timeline.png"),
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark.")] = False,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help=f"Language of the picture: {SPOKEN}.")] = "en",
) -> None:
    """Draw who said what when: one mark a speaker, ranges as bars, denials below."""
    from bot import charts

    text, language = " ".join(topic), nearest(lang)
    found = service_over(database).timeline(text)
    if not found:
        raise Failure(f"no figures are known about “{text}”: `claimbot ask` shows what is")
    out.write_bytes(charts.timeline(found, text, language, dark=dark))
    print_line(f"{out}: {counted(len(found), 'claim')}")
