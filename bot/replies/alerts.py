"""What followers are told without having asked."""

from collections.abc import Sequence

from bot.locale import Html, say
from bot.phrasing import claim_block
from bot.replies.disputes import brief, explanation, open_button, reason, reconciling, timeline_button, why
from bot.replies.shape import LONGEST, Button, Reply, Rows, split
from bot.results import Alert
from claims.model import Relation
from db.values import Pair, Topic

#: events that a digest has buttons for
MOST_BUTTONS = 12
#: topics that a gathered message has buttons for, and characters of their names
_MOST_TOPICS, _LONGEST_NAME = 3, 20


def alert(told: Alert, language: str) -> tuple[Reply, ...]:
    """One thing to tell: both sides, who, when, why, what would reconcile them, and what to do about it."""
    blocks = [str(_head(told, language))]
    if told.kind == "correction" and told.pair:
        blocks += _correction(told, told.pair, language)
    elif told.pair:
        blocks += [claim_block(told.pair.a, language), claim_block(told.pair.b, language)]
        blocks.append(say(language, "conflict.why", rule=Html(why(told.pair, language))))
        if told.pair.verdict.severity == "alarm" and told.pair.verdict.relation is not Relation.CORRECTION:
            blocks.append(reconciling(told.pair, language))
    else:
        blocks.append(claim_block(told.claim, language))
    return split(blocks, (_sources(told, language), *_of_topic(told, language)))


def gathered(told: Sequence[Alert], language: str) -> tuple[Reply, ...]:
    """What came in a burst, as one message: a line or two for each, and a button to each conflict."""
    blocks = [str(say(language, "alert.gathered", count=len(told)))]
    blocks += [_brief(one, language) for one in told]
    return split(blocks, _buttons(told, language))


def digest(told: Sequence[Alert], language: str) -> Reply:
    """What happened since the last digest, in one message, as much as it holds."""
    text = str(say(language, "alert.digest", count=len(told)))
    for at, one in enumerate(told):
        block = _brief(one, language)
        if len(text) + len(block) > LONGEST:
            text += f"\n\n{say(language, 'alert.more', count=len(told) - at)}"
            break
        text += f"\n\n{block}"
    return Reply(text, _buttons(told[:MOST_BUTTONS], language))


def _brief(told: Alert, language: str) -> str:
    return f"{_head(told, language)}\n{_short(told, language)}"


def _buttons(told: Sequence[Alert], language: str) -> tuple[tuple[Button, ...], ...]:
    """A button to each conflict, and how to hear less of each topic."""
    numbers = list(dict.fromkeys(one.conflict for one in told if one.conflict))
    buttons = [open_button(number, language) for number in numbers]
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    topics = {one.topic.number: one for one in told if one.topic}
    if len(topics) <= _MOST_TOPICS:
        for one in topics.values():
            rows += _of_topic(one, language, named=len(topics) > 1)
    else:
        rows.append((Button(say(language, "button.following"), "following:"),))
    return tuple(rows)


def _head(told: Alert, language: str) -> Html:
    topic = told.topic.text if told.topic else ""
    return say(language, f"alert.{_name(told)}", number=Html(told.conflict or 0), topic=topic)


def _name(told: Alert) -> str:
    """Which heading fits."""
    if told.kind == "correction" and told.past:
        return {"narrowed": "narrowed", "dismissed": "none"}.get(told.past.what, "over")
    if told.kind == "conflict" and told.goes_on:
        return "goes_on"
    if told.kind != "change" or told.pair is None:
        return told.kind
    return "reversal" if told.pair.verdict.relation is Relation.REVERSAL else "lowered"


def _correction(told: Alert, pair: Pair, language: str) -> list[str]:
    """What was said before, what of it was wrong, and what is claimed now."""
    blocks: list[str] = [say(language, "alert.before", text=Html(explanation(pair, language)))]
    past = told.past
    if past is None:
        return blocks
    gone = next((one for one in (pair.a, pair.b) if one.number == past.claim), None)
    if past.what == "dismissed" or gone is None:
        blocks.append(say(language, "alert.was_none", reason=Html(_because(past.reason, language))))
    elif past.person is not None:
        claim = Html(brief(gone, language))
        blocks.append(say(language, "alert.was_wrong", claim=claim, reason=Html(_because(past.reason, language))))
    else:
        source = gone.source or gone.title
        blocks.append(say(language, "alert.was_edited", source=source, claim=Html(brief(gone, language))))
    if told.instead:
        blocks += [say(language, "alert.instead"), claim_block(told.instead, language)]
    return blocks


def _because(given: str | None, language: str) -> str:
    return f" ({reason(given, language).rstrip('.')})" if given else ""


def _short(told: Alert, language: str) -> str:
    if told.pair is None:
        return brief(told.claim, language)
    if told.kind == "correction":
        return "\n".join(_correction(told, told.pair, language)[1:2])
    return explanation(told.pair, language)


def _sources(told: Alert, language: str) -> tuple[Button, ...]:
    """Where it comes from, and how it went."""
    source = f"conflict:{told.conflict}" if told.conflict else f"claim:{told.claim.number}"
    claims = (told.pair.a, told.pair.b) if told.pair else (told.claim,)
    return (Button(say(language, "button.sources"), source), *timeline_button(claims, language))


def _of_topic(told: Alert, language: str, *, named: bool = False) -> tuple[tuple[Button, ...], ...]:
    """How to hear less: stands under every alert."""
    if told.topic is None:
        return ()
    leave = Button(f"{say(language, 'button.unfollow')}{_of(told.topic, named=named)}", f"leave:{told.topic.number}")
    return ((_mute(told.topic, language, named=named, muted=False), leave),)


def _mute(topic: Topic, language: str, *, named: bool, muted: bool) -> Button:
    """Mute a topic for a day, or end that."""
    label = say(language, "button.unmute" if muted else "button.mute")
    return Button(f"{label}{_of(topic, named=named)}", f"mute:{topic.number}:{int(not muted)}")


def _of(topic: Topic, *, named: bool) -> str:
    return f": {topic.text[:_LONGEST_NAME]}" if named else ""


def muted_below(rows: Rows, topic: Topic, language: str, *, muted: bool) -> Rows:
    """The buttons of an alert, once one of its topics was muted or is told again."""
    several = len({_topic_of(one) for row in rows for one in row} - {""}) > 1
    fresh = _mute(topic, language, named=several, muted=muted)
    mine = str(topic.number)
    return tuple(
        tuple(fresh if one.data.startswith("mute:") and _topic_of(one) == mine else one for one in row) for row in rows
    )


def left_below(rows: Rows, number: int) -> Rows:
    """The buttons of an alert, once one of its topics is followed no more."""
    kept = (tuple(one for one in row if _topic_of(one) != str(number)) for row in rows)
    return tuple(row for row in kept if row)


def _topic_of(button: Button) -> str:
    """The number of the topic that a button silences; empty for other buttons."""
    name, _, rest = button.data.partition(":")
    return rest.partition(":")[0] if name in ("mute", "leave") else ""
