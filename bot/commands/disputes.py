"""`claimbot conflicts`, `conflict`, `audit`, `topics`: who contradicts whom, who judged it, who wants to hear of it."""

from typing import Annotated

import typer

from bot import jsonlines, replies
from bot.commands.common import (
    SPOKEN,
    AsJson,
    Database,
    Failure,
    judge,
    print_json,
    print_line,
    reason_of,
    service_over,
)
from bot.english import counted
from bot.judging import Judging
from bot.locale import nearest, say
from bot.terminal import plain
from bot.topics import Topics
from db.values import LOCAL_CHAT

app = typer.Typer()


@app.command()
def conflicts(
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="Every verdict but unrelated, not only open conflicts.")] = False,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help=f"Language of the explanations: {SPOKEN}.")] = "en",
) -> None:
    """List who contradicts whom, and why."""
    language = nearest(lang)
    pairs = service_over(database).conflicts(every=every)
    for pair in pairs:
        if as_json:
            print_json(jsonlines.pair_row(pair, reason_of(pair, language)))
        else:
            label = plain(say(language, f"relation.{pair.verdict.relation.value}"))
            if pair.conflict:
                label += f" ({plain(say(language, 'conflict.number', number=pair.conflict))})"
            print_line(f"{label}: {reason_of(pair, language)}")
    if not pairs and not as_json:
        print_line(plain(replies.conflicts((), language)[0].text))


@app.command()
def conflict(
    number: Annotated[int, typer.Argument(metavar="N", help="The conflict's number.")],
    confirm: Annotated[bool, typer.Option("--confirm", help="It is one.")] = False,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="It is none: nobody hears of it any more.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; kept in its history.")] = None,
    as_json: AsJson = False,
    database: Database = None,
    lang: Annotated[str, typer.Option("--lang", help=f"Language of the explanations: {SPOKEN}.")] = "en",
) -> None:
    """Show one conflict with all that happened to it; confirm or dismiss it."""
    if confirm and dismiss:
        raise typer.BadParameter("give --confirm or --dismiss, not both")
    service, language = service_over(database), nearest(lang)
    if confirm or dismiss:
        judge(service, "confirm" if confirm else "dismiss", number, reason, language)
    story = service.conflict_story(number)
    if story is None:
        raise Failure(f"there is no conflict {number}: `claimbot conflicts` shows the numbers")
    if as_json:
        pair = story.plainest
        print_json(jsonlines.conflict_row(story, reason_of(pair, language) if pair else ""))
        return
    for reply in replies.conflict_card(story, language):
        print_line(plain(reply.text))


@app.command()
def audit(as_json: AsJson = False, database: Database = None) -> None:
    """List what admins have done: when, who, what, why."""
    for entry in Judging(service_over(database).engine).audit():
        if as_json:
            print_json(jsonlines.audit_row(entry))
        else:
            who = "the command line" if entry.person == LOCAL_CHAT else str(entry.person or "somebody forgotten")
            why = f" ({entry.reason})" if entry.reason else ""
            print_line(f"{entry.at:%Y-%m-%d %H:%M} {who}: {entry.act} {entry.object}{why}")


@app.command()
def topics(as_json: AsJson = False, database: Database = None) -> None:
    """List what is followed, and how many claims and conflicts each topic has."""
    for topic in Topics(service_over(database).engine).every():
        if as_json:
            row = {
                "topic": topic.text,
                "terms": list(topic.terms),
                "claims": topic.claims,
                "conflicts": topic.conflicts,
            }
            print_json(row)
        else:
            print_line(f"{topic.text}: {counted(topic.claims, 'claim')}, {counted(topic.conflicts, 'conflict')}")
