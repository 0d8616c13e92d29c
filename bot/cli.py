"""`claimbot …`: the command line. stdout is for results alone, stderr for what went wrong; its JSON is a contract."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import jsonlines, replies
from bot.conversation import Conversation
from bot.explain import explanation
from bot.locale import nearest
from bot.reading.files import BadInput, Options, read_all
from bot.service import Service
from bot.settings import Settings, SettingsError, load_settings
from bot.terminal import Terminal, now, plain, talk, typed
from bot.why import reasons
from claims.extract import extract as extract_claims
from claims.model import CONFLICTS
from db.engine import DatabaseError, open_database
from db.values import LOCAL_CHAT

app = typer.Typer(
    name="claimbot",
    help="Reads news reports, keeps who claims what, answers questions with attributed claims, and notices conflicts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
database_app = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(database_app, name="db")

Database = Annotated[
    str | None, typer.Option("--database", metavar="URL", help="sqlite:///FILE or postgresql://…; else DATABASE_URL.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines and nothing else.")]
Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT…", help="Text, HTML or JSON lines files, folders, or - for stdin.")
]
ArticleId = Annotated[str | None, typer.Option("--id", help="The article's id instead of its path or address.")]
Source = Annotated[str | None, typer.Option("--source", help="The outlet.")]
Published = Annotated[str | None, typer.Option("--published", metavar="YYYY-MM-DD", help="When it was published.")]
Language = Annotated[str | None, typer.Option("--lang", help="The article's language: en, id.")]


class Failure(Exception):
    """Ends the command with exit code 1 and one line on stderr."""


def main() -> None:
    """The program's entry: exit 0 on success, 1 on a failure with one line of cause and cure, 2 on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except (Failure, DatabaseError, SettingsError) as error:
        _complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _complain(message: str) -> None:
    typer.echo(f"claimbot: {message}", err=True)


def _print(text: str) -> None:
    typer.echo(text)


def _print_json(row: dict[str, Any]) -> None:
    typer.echo(json.dumps(row, ensure_ascii=False))


def _service(url: str | None, settings: Settings | None = None) -> Service:
    chosen = url or (settings or load_settings()).database_url
    return Service(open_database(chosen))


def _options(id_: str | None, source: str | None, published: str | None, language: str | None) -> Options:
    return Options(id_, source, _day(published) if published else None, language)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(f"{written!r} is no date such as 2024-10-23") from error


@app.command()
def demo(
    database: Annotated[str | None, typer.Option("--database", hidden=True)] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the answers, else the question's.")] = None,
) -> None:
    """Read the sample articles, play a conversation, and go on as a chat where there is a terminal."""
    from bot.demo import play

    play(_print, database, lang)


@app.command()
def chat(
    database: Database = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the answers, else the question's.")] = None,
) -> None:
    """Talk with claimbot in the terminal, as on Telegram; buttons are numbers, /quit ends."""
    terminal = Terminal(Conversation(_service(database), now), _print, lang)
    interactive = sys.stdin.isatty()
    if interactive:
        terminal.say("/start")
    talk(terminal, typed() if interactive else iter(sys.stdin))


@app.command()
def extract(
    inputs: Inputs,
    as_json: AsJson = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Sentence by sentence: what was seen, what became of it, why.")
    ] = False,
    text: Annotated[
        bool, typer.Option("--text", help="Print the text that offsets count into, and nothing else.")
    ] = False,
    id_: ArticleId = None,
    source: Source = None,
    published: Published = None,
    lang: Language = None,
) -> None:
    """Print the claims of articles, without storing anything."""
    bad = False
    for found in read_all(inputs, _options(id_, source, published, lang)):
        if isinstance(found, BadInput):
            _complain(str(found))
            bad = True
            continue
        if text:
            _print(found.text)
            continue
        extraction = extract_claims(found)
        if extraction.language is None:
            _complain(f"{found.id}: its language is not supported")
            bad = True
        if explain and not as_json:
            for line in explanation(extraction):
                _print(line)
            continue
        for claim in extraction.claims:
            row = jsonlines.claim_row(found.id, claim)
            if as_json:
                _print_json(row)
            else:
                _print(_line(row))
    if bad:
        raise typer.Exit(1)


def _line(row: dict[str, Any]) -> str:
    """A claim on one line, for people."""
    quantity = row["quantity"]
    figure = f"{quantity['low']}–{quantity['high']} {quantity['unit']}" if quantity else ""
    if quantity and quantity["low"] == quantity["high"]:
        figure = f"{quantity['low']} {quantity['unit']}"
    parts = [row["type"], row["modality"], row["speaker"] or "-", figure, row["place"] or "", row["event_date"] or ""]
    return " | ".join(parts) + f" | {' '.join(row['evidence'].split())}"


@app.command()
def ingest(
    inputs: Inputs,
    as_json: AsJson = False,
    database: Database = None,
    id_: ArticleId = None,
    source: Source = None,
    published: Published = None,
    lang: Language = None,
) -> None:
    """Store articles with their claims, find conflicts, and queue alerts for those who follow."""
    service, bad = _service(database), False
    for found in read_all(inputs, _options(id_, source, published, lang)):
        if isinstance(found, BadInput):
            _complain(str(found))
            bad = True
            continue
        result = service.add_article(found, now=now())
        clashes = [one for one in result.pairs if one.verdict.relation in CONFLICTS and one.verdict.severity == "alarm"]
        if as_json:
            row = {
                "article": found.id,
                "status": result.status,
                "claims": len(result.claims),
                "conflicts": len(clashes),
            }
            _print_json(row)
        else:
            told = f"{result.status}: {found.id}: {len(result.claims)} claims, {len(clashes)} pairs in conflict"
            _print(told if result.language else f"{result.status}: {found.id}: language not supported, no claims")
    if bad:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION")] = None,
    as_json: AsJson = False,
    file: Annotated[
        Path | None, typer.Option("--file", help='JSON lines {"id", "question", "lang"?}; - for stdin.')
    ] = None,
    database: Database = None,
    lang: Annotated[str | None, typer.Option("--lang", help="The reader's language: en, id.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also what was understood, and why that won.")] = False,
) -> None:
    """Answer a question out of the stored claims, or say that nothing is known."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question, or --file with questions")
    service, bad = _service(database), False
    for name, text, language in _questions(" ".join(question or []), file, lang):
        if text is None:
            _complain(f'{name}: needs a "question"')
            bad = True
            continue
        result = service.ask(text, language=language, today=now().date())
        if as_json:
            told = nearest(language or result.question.language)
            _print_json(
                {
                    "question": name,
                    "answers": [jsonlines.answer_row(stored, score) for stored, score in result.answers],
                    "abstain": result.abstain,
                    "value": jsonlines.number(result.value),
                    "nearest": [jsonlines.answer_row(stored, score) for stored, score in result.nearest],
                    "conflicts": [jsonlines.pair_row(one, _reason(one, told)) for one in result.conflicts],
                }
            )
        else:
            for reply in replies.answer(result, nearest(language or result.question.language)):
                _print(plain(reply.text))
            if explain:
                for line in reasons(result):
                    _print(line)
    if bad:
        raise typer.Exit(1)


@app.command()
def check(
    inputs: Inputs,
    as_json: AsJson = False,
    database: Database = None,
    published: Published = None,
    lang: Language = None,
) -> None:
    """Set each claim of a text against the stored ones: agrees, contradicts, updates, unknown. Nothing is stored."""
    service, bad = _service(database), False
    for found in read_all(inputs, _options(None, None, published, lang)):
        if isinstance(found, BadInput):
            _complain(str(found))
            bad = True
            continue
        results = service.check(found.text, language=found.language, published=found.published)
        for one in results if as_json else ():
            against = [jsonlines.pair_row(pair, _reason(pair, nearest(lang))) for pair in one.pairs]
            _print_json({**jsonlines.claim_row(found.id, one.claim.claim), "pairs": against})
        for reply in () if as_json else replies.checked(results, nearest(lang or found.language)):
            _print(plain(reply.text))
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


def _reason(pair: Any, language: str) -> str:
    return plain(replies.explanation(pair, language))


@app.command()
def claim(
    number: Annotated[int, typer.Argument(metavar="N", help="The claim's number.")],
    as_json: AsJson = False,
    retract: Annotated[bool, typer.Option("--retract", help="Take it back: it answers nothing any more.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; kept in the history of its conflicts.")] = None,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the answer: en, id.")] = "en",
) -> None:
    """Show one claim: evidence, speaker, date, link, who agrees, who contradicts; or take it back."""
    service = _service(database)
    if retract:
        service.retract_claim(number, person=LOCAL_CHAT, reason=reason, now=datetime.now(UTC))
    card = service.claim(number)
    if card is None:
        raise Failure(f"there is no claim {number}: `claimbot ask` shows the numbers")
    if as_json:
        rows = {
            name: [jsonlines.pair_row(pair, _reason(pair, lang)) for pair in pairs]
            for name, pairs in (("agree", card.agree), ("contradict", card.contradict), ("related", card.related))
        }
        _print_json({**jsonlines.answer_row(card.claim, 1.0), **rows})
        return
    for reply in replies.card(card, nearest(lang)):
        _print(plain(reply.text))


@app.command()
def conflicts(
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="Every verdict but unrelated, not only open conflicts.")] = False,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the explanations: en, id.")] = "en",
) -> None:
    """List who contradicts whom, and why."""
    language = nearest(lang)
    pairs = _service(database).conflicts(every=every)
    for pair in pairs:
        if as_json:
            _print_json(jsonlines.pair_row(pair, _reason(pair, language)))
        else:
            label = f"{pair.verdict.relation.value}" + (f" (conflict {pair.conflict})" if pair.conflict else "")
            _print(f"{label}: {_reason(pair, language)}")
    if not pairs and not as_json:
        _print(plain(replies.conflicts((), language)[0].text))


@app.command()
def conflict(
    number: Annotated[int, typer.Argument(metavar="N", help="The conflict's number.")],
    confirm: Annotated[bool, typer.Option("--confirm", help="It is one.")] = False,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="It is none: nobody hears of it any more.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; kept in its history.")] = None,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the explanations: en, id.")] = "en",
) -> None:
    """Show one conflict with all that happened to it; confirm or dismiss it."""
    service = _service(database)
    if confirm or dismiss:
        judgement = "confirmed" if confirm else "dismissed"
        service.judge_conflict(number, judgement, person=LOCAL_CHAT, reason=reason, now=datetime.now(UTC))
    story = service.conflict_story(number)
    if story is None:
        raise Failure(f"there is no conflict {number}: `claimbot conflicts` shows the numbers")
    _print(f"conflict {number}: {story.state}")
    for pair in story.pairs:
        _print(f"  {pair.verdict.relation.value}: {_reason(pair, nearest(lang))}")
    for event in story.history:
        about = f" claim {event.claim}" if event.claim else ""
        _print(f"  {event.at:%Y-%m-%d %H:%M} {event.what}{about}{f' ({event.reason})' if event.reason else ''}")


@app.command()
def timeline(
    topic: Annotated[list[str], typer.Argument(metavar="TOPIC…", help="What it is about: north korean troops.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The picture's file.")] = Path("timeline.png"),
    dark: Annotated[bool, typer.Option("--dark", help="Light on dark.")] = False,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the picture: en, id.")] = "en",
) -> None:
    """Draw who said what when: one mark a speaker, ranges as bars, denials below."""
    from bot import charts

    text, language = " ".join(topic), nearest(lang)
    found = _service(database).timeline(text)
    if not found:
        raise Failure(f"no figures are known about “{text}”: `claimbot ask` shows what is")
    out.write_bytes(charts.timeline(found, text, language, dark=dark))
    _print(f"{out}: {len(found)} claims")


@app.command()
def topics(as_json: AsJson = False, database: Database = None) -> None:
    """List what is followed, and how many claims and conflicts each topic has."""
    for topic in _service(database).topics():
        if as_json:
            row = {
                "topic": topic.text,
                "terms": list(topic.terms),
                "claims": topic.claims,
                "conflicts": topic.conflicts,
            }
            _print_json(row)
        else:
            _print(f"{topic.text}: {topic.claims} claims, {topic.conflicts} conflicts")


@app.command()
def run(database: Database = None) -> None:
    """Run the Telegram bot: long polling until it is stopped."""
    from bot.telegram.app import TelegramError, run_bot

    settings = load_settings()
    try:
        run_bot(settings, database or settings.database_url)
    except TelegramError as error:
        raise Failure(str(error)) from error


@database_app.command()
def upgrade(database: Database = None) -> None:
    """Create the database, or bring its schema up to date."""
    stats_now = _service(database).stats()
    _print(f"schema {stats_now.schema}, {stats_now.articles} articles, {stats_now.claims} claims")


@database_app.command()
def stats(as_json: AsJson = False, database: Database = None) -> None:
    """Print sizes and ages."""
    found = _service(database).stats()
    rows = {name: getattr(found, name) for name in found.__dataclass_fields__}
    rows["newest"] = found.newest.isoformat() if found.newest else None
    if as_json:
        _print_json(rows)
    else:
        for name, value in rows.items():
            _print(f"{name.replace('_', ' '):16} {value if value is not None else '-'}")


logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
