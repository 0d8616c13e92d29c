"""What became of an article, and what a text that somebody sent is to the store."""

from collections.abc import Sequence
from dataclasses import replace

from bot.locale import Html, say
from bot.phrasing import at_head, dated, gist, headline, in_line, say_plain, speaker_name, spoken_by
from bot.reading.refused import Reason
from bot.replies.disputes import explanation
from bot.replies.shape import Button, Reply, split
from bot.results import Added, Checked
from claims.model import CONFLICTS, Kind
from claims.statement import Taken
from db.values import Pair

#: claims of a checked text
MOST_CHECKED = 8


def added(result: Added, language: str) -> tuple[Reply, ...]:
    """What became of an article."""
    title = say(language, f"add.{result.status}", title=headline(result.title))
    lines: list[str] = []
    if result.language is None:
        lines.append(say(language, "add.language"))
    elif result.claims:
        lines.append(say(language, "add.claims", count=len(result.claims)))
    elif result.status != "known":
        lines.append(say(language, "add.none"))
    if result.withdrawn:
        lines.append(say(language, "add.withdrawn", count=len(result.withdrawn)))
    clashes = [pair for pair in result.pairs if pair.verdict.relation in CONFLICTS and pair.verdict.severity == "alarm"]
    if clashes:
        lines.append(say(language, "add.conflicts", count=len(clashes)))
    blocks = [
        "\n".join([title, *([" ".join(lines)] if lines else [])]),
        *(f"• {explanation(pair, language)}" for pair in clashes[:3]),
    ]
    return split(blocks)


def not_read(reason: Reason, language: str) -> Reply:
    """Why a page is not read, and what to do instead."""
    return Reply(say(language, "add.refused", why=say(language, f"refused.{reason}")))


def checked(results: Sequence[Checked], language: str) -> tuple[Reply, ...]:
    """The claims of a text that somebody sent, each with what the store says to it."""
    if not results:
        return (Reply(say(language, "check.none")),)
    blocks = [str(say(language, "check.head", count=len(results)))]
    for one in results[:MOST_CHECKED]:
        claim = one.claim.claim
        is_named = claim.speaker and claim.kind is not Kind.DENIAL  # which names who denies by itself
        name = f"{at_head(spoken_by(claim, language), claim, language)}: " if is_named else ""
        lines = [f"• {say_plain(name)}{in_line(claim, language)}"]
        lines += [f"   {_found(pair, language)}" for pair in one.pairs[:3]] or [f"   {say(language, 'check.new')}"]
        blocks.append("\n".join(lines))
    blocks.append(say(language, "check.not_stored"))
    return split(blocks)


def for_editors(found: tuple[Reply, ...], language: str) -> tuple[Reply, ...]:
    """What was checked, with a button that sends it on. The message shows which text is meant."""
    if len(found) == 1 and found[0].text == say(language, "check.none"):
        return found
    button = Button(say(language, "button.submit"), "submit:")
    return (*found[:-1], replace(found[-1], buttons=((button,),), pinned=True))


def which(language: str) -> Reply:
    """A text may be a question, or be sent to be checked: a button for each. The message shows which text is meant."""
    rows = tuple((Button(say(language, f"button.take_{one}"), f"taken:{one}"),) for one in Taken if one != Taken.EITHER)
    return Reply(say(language, "check.which"), rows, pinned=True)


def _found(pair: Pair, language: str) -> str:
    other = pair.b if pair.a.number == 0 else pair.a
    relation = "contradicts" if pair.verdict.relation in CONFLICTS else "related"
    if pair.verdict.relation in ("confirms", "echo", "refines"):
        relation = "agrees"
    name = speaker_name(other, language) if other.claim.speaker else (other.source or other.title)
    told = say(language, f"check.{relation}", speaker=name, when=dated(other.claim, language))
    label = say(language, "claim.number", number=Html(other.number))
    return f"{told} – {gist(other.claim, language)} ({label})"
