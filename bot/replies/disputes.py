"""Conflicts in words: both sides, why they exclude each other, what would reconcile them, and what became of them."""

from collections.abc import Sequence

from bot.locale import Html, day, has, say
from bot.phrasing import (
    at_head,
    capital,
    claim_block,
    dated,
    in_line,
    say_plain,
    side,
    slot_name,
    speaker_name,
)
from bot.replies.shape import Button, Reply, split
from bot.results import ConflictStory, Judged
from claims.entities import display
from claims.pair import told
from claims.reconcile import Way, surroundings, ways
from claims.slot import slot
from db.values import ConflictEvent, Pair, Side, StoredClaim

#: conflicts in a list, and of those how many have a button
MOST_PAIRS, MOST_BUTTONS = 10, 9
#: lines of a history that are shown; sides of a conflict
MOST_EVENTS, MOST_SIDES = 8, 5
#: why an admin may find a conflict to be none, or a claim to be wrong
REASONS = ("misread", "two_questions", "unreliable", "outdated")


def explanation(pair: Pair, language: str) -> str:
    """Why two claims conflict, in one line: both sides, then the reason."""
    sides = f"{side(pair.a, language, beside=pair.b)}; {side(pair.b, language, beside=pair.a)}"
    return f"{sides}. {capital(why(pair, language))}."


def rule(pair: Pair, language: str) -> str:
    """The rule's reason in words."""
    return say(language, f"rule.{pair.verdict.rule}")


def why(pair: Pair, language: str) -> str:
    """The rule's reason, and for figures what surrounds them: place, days, estimates."""
    beside = surroundings(pair.a.claim, pair.b.claim, pair.verdict)
    told_ = [say(language, f"beside.{name}", count=count) for name, count in beside]
    return f"{rule(pair, language)}: {', '.join(told_)}" if told_ else rule(pair, language)


def reconciling(pair: Pair, language: str) -> str:
    """What would reconcile two claims, as one sentence."""
    found = ways(pair.a.claim, pair.b.claim, pair.verdict)
    told_ = dict.fromkeys(_way(one, pair, language) for one in found)
    return say(language, "conflict.reconcile", ways=Html(say(language, "conflict.or").join(told_)))


def _way(way: Way, pair: Pair, language: str) -> str:
    about, other = (pair.a, pair.b) if way.about is pair.a.claim else (pair.b, pair.a)
    days = sorted(on for one in (about, other) if (on := one.claim.as_of))
    return say(
        language,
        f"reconcile.{way.name}",
        speaker=speaker_name(about, language),
        other=speaker_name(other, language),
        place=display(about.claim.place or "", language),
        other_place=display(other.claim.place or "", language),
        first=day(days[0], language) if days else "",
        last=day(days[-1], language) if days else "",
        told=day(on, language) if (on := told(about.claim)) else "",
    )


def conflicts(pairs: Sequence[Pair], language: str) -> tuple[Reply, ...]:
    """The open conflicts, each with its plainest pairs, and a button to each."""
    if not pairs:
        return (Reply(say(language, "conflict.none")),)
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.conflict or 0, []).append(pair)
    blocks = [str(say(language, "conflict.list", count=len(groups)))]
    shown = list(groups.items())[-MOST_PAIRS:]
    blocks += [conflict_block(found, language) for _, found in shown]
    buttons = [open_button(number, language) for number, _ in shown[-MOST_BUTTONS:] if number]
    return split(blocks, tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)))


def open_button(number: int, language: str) -> Button:
    """Shows a conflict with its sources and its history."""
    return Button(say(language, "button.conflict", number=Html(number)), f"conflict:{number}")


def conflict_block(pairs: Sequence[Pair], language: str) -> str:
    """A conflict: its slot, and each pair's explanation, figures before denials."""
    ordered = sorted(pairs, key=lambda pair: (pair.verdict.about == "denial", -pair.verdict.score))
    name = slot_name(slot(ordered[0].a.claim), language)
    head = say(language, "conflict.title", number=Html(ordered[0].conflict or 0), slot=name)
    rows = [f"• {explanation(pair, language)}" for pair in ordered[:3]]
    return "\n".join([f"<b>{head}</b>", *rows])


def conflict_card(story: ConflictStory, language: str, *, admin: bool = False) -> tuple[Reply, ...]:
    """A conflict in full: state, sides, reason, what would reconcile it, history."""
    state = say(language, f"state.{story.state}")
    about = story.plainest.a if story.plainest else next(iter(story.claims.values()), None)
    name = slot_name(slot(about.claim), language) if about else ""
    head = say(language, "conflict.title", number=Html(story.number), slot=name)
    blocks = [f"<b>{head}</b>\n{state}"]
    blocks += [_side(one, language) for one in story.sides[:MOST_SIDES]]
    if story.plainest:
        blocks.append(_why(story.plainest, language, several=len(story.sides) > 2))
        blocks.append(reconciling(story.plainest, language))
    lines = [_line(event, story, language) for event in story.history[-MOST_EVENTS:]]
    blocks.append("\n".join([say(language, "conflict.history"), *lines]))
    return split(blocks, _buttons(story, language, admin=admin))


def _why(pair: Pair, language: str, *, several: bool) -> str:
    """The reason, and of which two sides where there are more."""
    told_ = Html(why(pair, language))
    if not several:
        return say(language, "conflict.why", rule=told_)
    one, other = (speaker_name(side_, language) for side_ in (pair.a, pair.b))
    return say(language, "conflict.why_of_two", one=one, other=other, rule=told_)


def _side(found: Side, language: str) -> str:
    """A side by its newest claim, who else says so, and from how many places that comes."""
    newest = found.claims[-1]
    others = dict.fromkeys(speaker_name(one, language) for one in reversed(found.claims[:-1]))
    others.pop(speaker_name(newest, language), None)
    lines = [claim_block(newest, language)]
    if others:
        lines.append(say(language, "conflict.also", names=", ".join(others)))
    lines.append(say(language, "conflict.origins", count=found.origins))
    return "\n".join(lines)


def _line(event: ConflictEvent, story: ConflictStory, language: str) -> str:
    """A line of the history: when, what, by which claim, why."""
    claim = story.claims.get(event.claim or 0)
    what = say(
        language,
        f"history.{event.what}",
        claim=Html(brief(claim, language)) if claim else say(language, "history.a_claim"),
        other=event.reason or "",
    )
    why_ = f" ({reason(event.reason, language)})" if event.reason and event.what != "merged" else ""
    return f"• {day(event.at.date(), language)}: {what}{why_}"


def brief(stored: StoredClaim, language: str) -> str:
    """A claim in half a line: whose, and what."""
    claim = stored.claim
    told_ = in_line(claim, language)
    if claim.kind == "denial":
        return f"{told_}{dated(claim, language)}"
    name = at_head(speaker_name(stored, language), claim, language)
    return say(language, "conflict.side_text", speaker=name, gist=told_, when="")


def reason(given: str | None, language: str) -> str:
    """Why somebody did something: one of the reasons that there are buttons for, or their own words."""
    if given and has(language, f"reason.{given}"):
        return say(language, f"reason.{given}")
    return say_plain(given or "")


def _buttons(story: ConflictStory, language: str, *, admin: bool) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    pair = story.plainest
    if pair:
        rows.append(
            (
                *timeline_button((pair.a, pair.b), language),
                Button(say(language, "button.follow"), f"follow:{pair.a.number}"),
            )
        )
    if admin and story.state != "merged":
        rows.append(
            tuple(
                Button(say(language, f"button.{name}"), f"{name}:{story.number}")
                for name, state in (("confirm", "confirmed"), ("dismiss", "dismissed"))
                if story.state != state
            )
        )
    if admin and pair:
        rows.append(
            tuple(
                Button(say(language, "button.retract", number=Html(one.number)), f"retract:{one.number}")
                for one in (pair.a, pair.b)
            )
        )
    return tuple(rows)


def timeline_button(claims: Sequence[StoredClaim], language: str) -> tuple[Button, ...]:
    """Draws who said what when, where a figure is among the claims."""
    drawn = next((one for one in claims if one.claim.quantity), None)
    return (Button(say(language, "button.timeline"), f"timeline:{drawn.number}"),) if drawn else ()


def judged(act: str, number: int, outcome: Judged, language: str) -> Reply:
    """What came of what an admin did to a conflict ("confirm", "dismiss") or a claim ("retract")."""
    if outcome is Judged.UNKNOWN:
        key = "claim.unknown" if act == "retract" else "conflict.unknown"
    else:
        key = f"judge.{act}" if outcome is Judged.DONE else f"judge.{act}_{outcome}"
    return Reply(say(language, key, number=Html(number)))


def ask_reason(what: str, number: int, language: str) -> Reply:
    """Why a conflict is dismissed ("dismiss"), or a claim retracted ("retract"): a button for each reason."""
    rows = tuple((Button(say(language, f"reason.{one}"), f"{what}:{number}:{one}"),) for one in REASONS)
    return Reply(say(language, f"judge.why_{what}", number=Html(number)), rows)
