"""`claimbot conflicts`, `conflict`, `topics`: who contradicts whom, and who wants to hear of it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot import jsonlines, replies
from bot.commands.common import AsJson, Database, Failure, print_json, print_line, reason_of, service_over
from bot.locale import nearest
from bot.terminal import plain
from db.values import LOCAL_CHAT

app = typer.Typer()


@app.command()
def conflicts(
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="Every verdict but unrelated, not only open conflicts.")] = False,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the explanations: en, id.")] = "en",
) -> None:
    """List who contradicts whom, and why."""
    language = nearest(lang)
    pairs = service_over(database).conflicts(every=every)
    for pair in pairs:
        if as_json:
            print_json(jsonlines.pair_row(pair, reason_of(pair, language)))
        else:
            label = f"{pair.verdict.relation.value}" + (f" (conflict {pair.conflict})" if pair.conflict else "")
            print_line(f"{label}: {reason_of(pair, language)}")
    if not pairs and not as_json:
        print_line(plain(replies.conflicts((), language)[0].text))


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
    service = service_over(database)
    if confirm or dismiss:
        judgement = "confirmed" if confirm else "dismissed"
        service.judge_conflict(number, judgement, person=LOCAL_CHAT, reason=reason, now=datetime.now(UTC))
    story = service.conflict_story(number)
    if story is None:
        raise Failure(f"there is no conflict {number}: `claimbot conflicts` shows the numbers")
    print_line(f"conflict {number}: {story.state}")
    for pair in story.pairs:
        print_line(f"  {pair.verdict.relation.value}: {reason_of(pair, nearest(lang))}")
    for event in story.history:
        about = f" claim {event.claim}" if event.claim else ""
        print_line(f"  {event.at:%Y-%m-%d %H:%M} {event.what}{about}{f' ({event.reason})' if event.reason else ''}")


@app.command()
def topics(as_json: AsJson = False, database: Database = None) -> None:
    """List what is followed, and how many claims and conflicts each topic has."""
    for topic in service_over(database).topics():
        if as_json:
            row = {
                "topic": topic.text,
                "terms": list(topic.terms),
                "claims": topic.claims,
                "conflicts": topic.conflicts,
            }
            print_json(row)
        else:
            print_line(f"{topic.text}: {topic.claims} claims, {topic.conflicts} conflicts")
