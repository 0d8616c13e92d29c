"""Results → what a person reads: text in Telegram's HTML, and buttons; the same for Telegram and the terminal.

Everything from outside is escaped when it is filled in (`bot.locale.say`). A reply is built of blocks, and cut only
between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locale import Html, say
from bot.phrasing import (
    claim_block,
    dated,
    gist,
    has_gist,
    quoted,
    say_plain,
    shortened,
    side,
    slot_name,
    source_line,
    speaker_name,
)
from bot.results import Added, Answered, Checked, ClaimCard, Followed
from claims.entities import display
from claims.model import CONFLICTS, Kind, Modality
from claims.slot import slot
from db.values import Events, Pair, StoredClaim, Topic

#: Telegram's limit is 4,096 after the markup is taken out; the rest is a margin for it
LONGEST = 3500
#: claims in an answer, pairs in a list
MOST_SHOWN, MOST_PAIRS, MOST_CHECKED = 5, 10, 8


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, and the data that comes back (at most 64 bytes)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: HTML as Telegram knows it, and rows of buttons."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()


def split(blocks: Sequence[str], buttons: tuple[tuple[Button, ...], ...] = ()) -> tuple[Reply, ...]:
    """Blocks as few messages as the limit allows, cut only between blocks; the buttons stand under the last."""
    texts: list[str] = []
    for block in blocks:
        if texts and len(texts[-1]) + len(block) + 2 <= LONGEST:
            texts[-1] += f"\n\n{block}"
        else:
            texts.append(block)
    return tuple(Reply(text, buttons if at == len(texts) - 1 else ()) for at, text in enumerate(texts))


# Answers.


def answer(result: Answered, language: str) -> tuple[Reply, ...]:
    """The claims that answer a question, who denies or contradicts them; or that nothing is known."""
    if not result.answers:
        return _nothing(result, language)
    shown = [stored for stored, _ in result.answers[:MOST_SHOWN]]
    blocks: list[str] = [say(language, "answer.topic", topic=slot_name(slot(shown[0].claim), language))]
    spread = _spread(shown, language)
    if spread:
        blocks.append(spread)
    blocks += [claim_block(stored, language) for stored in shown]
    more = len(result.answers) - len(shown)
    if more > 0:
        blocks.append(say(language, "answer.more", count=more))
    blocks += _beside(result, shown, language)
    first = shown[0]
    rows = (
        (Button(say(language, "button.follow"), f"follow:{first.number}"),),
        tuple(Button(say(language, "button.claim", number=one.number), f"claim:{one.number}") for one in shown[:3]),
    )
    return split(blocks, rows)


def _nothing(result: Answered, language: str) -> tuple[Reply, ...]:
    question = result.question
    if question.asks == "nothing" or question.is_empty:
        example = say(language, "start.example")
        return (Reply(say(language, "answer.empty", example=example)),)
    if result.nearest:
        blocks = [say(language, "answer.nearest"), *(claim_block(one, language) for one, _ in result.nearest[:2])]
    else:
        blocks = [say(language, "answer.nothing")]
    topic = " ".join(question.text.split()).strip(" ?!.")
    if 3 <= len(topic) <= 80:
        blocks.append(say(language, "answer.later", topic=topic))
    return split(blocks)


def _spread(shown: Sequence[StoredClaim], language: str) -> str | None:
    """How far the figures of one unit lie apart."""
    figures = [one.claim.quantity for one in shown if one.claim.quantity and one.claim.modality is Modality.ASSERTED]
    values = [figure.value for figure in figures if figure.value is not None]
    if len({figure.unit for figure in figures}) != 1 or len(set(values)) < 2:
        return None
    return say(language, "answer.range", low=min(values), high=max(values))


def _beside(result: Answered, shown: Sequence[StoredClaim], language: str) -> list[str]:
    """The denials and conflicts that stand beside the claims shown, each once."""
    blocks: list[str] = []
    listed = {one.number for one in shown}
    for pair in result.conflicts:
        for told in (pair.a, pair.b):
            if told.claim.kind is Kind.DENIAL and told.number not in listed:
                listed.add(told.number)
                quote = Html(f"{quoted(told.claim.evidence)}\n{source_line(told, language)}")
                arguments = {"speaker": speaker_name(told, language), "when": dated(told.claim, language)}
                blocks.append(say(language, "answer.denied", quote=quote, **arguments))
    clashes = [
        pair for pair in result.conflicts if not any(side.claim.kind is Kind.DENIAL for side in (pair.a, pair.b))
    ]
    for pair in clashes[:2]:
        blocks.append(say(language, "answer.conflict", text=Html(explanation(pair, language))))
    return blocks


# A claim.


def card(result: ClaimCard, language: str) -> tuple[Reply, ...]:
    """One claim in full, with who agrees and who contradicts."""
    blocks = [claim_block(result.claim, language)]
    if not result.claim.current:
        blocks.append(say(language, "claim.withdrawn"))
    groups = (("claim.agree", result.agree), ("claim.contradict", result.contradict), ("claim.related", result.related))
    for key, pairs in groups:
        if pairs:
            rows = [_other(pair, result.claim.number, language) for pair in pairs[:MOST_SHOWN]]
            blocks.append("\n".join([f"<b>{say(language, key)}</b>", *rows]))
    button = Button(say(language, "button.follow"), f"follow:{result.claim.number}")
    return split(blocks, ((button,),))


def _other(pair: Pair, number_: int, language: str) -> str:
    """The other claim of a pair on one line, and why."""
    other = pair.b if pair.a.number == number_ else pair.a
    why = rule(pair, language)
    label = say(language, "claim.number", number=Html(other.number))
    return f"• {side(other, language)} ({label}) – {why}"


# Pairs.


def explanation(pair: Pair, language: str) -> str:
    """Why two claims conflict, in one sentence: both sides, then the rule."""
    return f"{side(pair.a, language)}; {side(pair.b, language)}. {_capital(rule(pair, language))}."


def rule(pair: Pair, language: str) -> str:
    """The rule's reason in words."""
    return say(language, f"rule.{pair.verdict.rule}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def conflicts(pairs: Sequence[Pair], language: str) -> tuple[Reply, ...]:
    """The open conflicts, each with its plainest pair."""
    if not pairs:
        return (Reply(say(language, "conflict.none")),)
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.conflict or 0, []).append(pair)
    blocks = [str(say(language, "conflict.list", count=len(groups)))]
    for found in list(groups.values())[-MOST_PAIRS:]:
        blocks.append(conflict_block(found, language))
    return split(blocks)


def conflict_block(pairs: Sequence[Pair], language: str) -> str:
    """A conflict: its slot, and each pair's explanation, figures before denials."""
    ordered = sorted(pairs, key=lambda pair: (pair.verdict.about == "denial", -pair.verdict.score))
    name = slot_name(slot(ordered[0].a.claim), language)
    head = say(language, "conflict.title", number=Html(ordered[0].conflict or 0), slot=name)
    rows = [f"• {explanation(pair, language)}" for pair in ordered[:3]]
    return "\n".join([f"<b>{head}</b>", *rows])


def alert(pair: Pair, topic: Topic, language: str) -> tuple[Reply, ...]:
    """What a follower is told: both sides, why, and what to do."""
    key = "alert.update"
    if pair.verdict.severity == "alarm":
        key = "alert.conflict" if pair.conflict else "alert.conflict_new"
    head = say(language, key, number=Html(pair.conflict or 0), topic=topic.text)
    blocks = [
        str(head),
        claim_block(pair.a, language),
        claim_block(pair.b, language),
        str(say(language, "conflict.why", rule=rule(pair, language))),
    ]
    return split(blocks, _alert_buttons(topic, language))


def news(stored: StoredClaim, topic: Topic, language: str) -> tuple[Reply, ...]:
    """What a follower of everything is told of a new claim."""
    return split(
        [say(language, "alert.claim", topic=topic.text), claim_block(stored, language)],
        _alert_buttons(topic, language),
    )


def _alert_buttons(topic: Topic, language: str) -> tuple[tuple[Button, ...], ...]:
    other = Events.EVERYTHING if topic.events is Events.CONFLICTS else Events.CONFLICTS
    return (
        (
            Button(say(language, f"button.{other.value}"), f"events:{topic.number}:{other.value}"),
            Button(say(language, "button.unfollow"), f"unfollow:{topic.number}"),
        ),
    )


# Topics.


def followed(result: Followed, language: str) -> tuple[Reply, ...]:
    """What is followed now, and what is known of it."""
    topic = result.topic
    blocks = [
        f"{say(language, 'follow.done' if result.fresh else 'follow.already', topic=topic_name(topic, language))}\n"
        f"{say(language, f'follow.{topic.events.value}')}",
        str(say(language, "follow.known" if result.known else "follow.unknown")),
        *(claim_block(one, language) for one in result.known),
    ]
    return split(blocks, _alert_buttons(topic, language))


def following(topics: Sequence[Topic], language: str) -> tuple[Reply, ...]:
    """The list of what is followed, with a row of buttons for each topic."""
    if not topics:
        return (Reply(say(language, "follow.none")),)
    rows = [
        say(
            language,
            "follow.row",
            number=Html(topic.number),
            topic=topic_name(topic, language),
            events=say(language, f"follow.events_{topic.events.value}"),
            claims=say(language, "follow.claims", count=topic.claims),
            conflicts=say(language, "follow.disputes", count=topic.conflicts),
        )
        for topic in topics
    ]
    buttons = tuple(_topic_buttons(topic, language) for topic in topics[:10])
    return split(["\n".join([say(language, "follow.list"), *rows])], buttons)


def _topic_buttons(topic: Topic, language: str) -> tuple[Button, ...]:
    other = Events.EVERYTHING if topic.events is Events.CONFLICTS else Events.CONFLICTS
    return (
        Button(f"{topic.number}: {say(language, f'button.{other.value}')}", f"events:{topic.number}:{other.value}"),
        Button(say(language, "button.unfollow_number", number=Html(topic.number)), f"unfollow:{topic.number}"),
    )


def topic_name(topic: Topic, language: str) -> Html:
    """A topic by the person's words, and how they were understood."""
    del language
    return say_plain(topic.text)


# Articles.


def added(result: Added, language: str) -> tuple[Reply, ...]:
    """What became of an article."""
    lines = [say(language, f"add.{result.status}", title=result.title)]
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
    blocks = [" ".join(lines), *(f"• {explanation(pair, language)}" for pair in clashes[:3])]
    return split(blocks)


def checked(results: Sequence[Checked], language: str) -> tuple[Reply, ...]:
    """The claims of a text that somebody sent, each with what the store says to it."""
    if not results:
        return (Reply(say(language, "check.none")),)
    blocks = [str(say(language, "check.head", count=len(results)))]
    for one in results[:MOST_CHECKED]:
        told = gist(one.claim.claim, language) if has_gist(one.claim.claim) else shortened(one.claim.claim.evidence)
        name = f"{display(one.claim.claim.speaker, language)}: " if one.claim.claim.speaker else ""
        lines = [f"• {say_plain(name)}{told if has_gist(one.claim.claim) else say_plain(told)}"]
        lines += [f"   {_found(pair, language)}" for pair in one.pairs[:3]] or [f"   {say(language, 'check.new')}"]
        blocks.append("\n".join(lines))
    blocks.append(say(language, "check.not_stored"))
    return split(blocks)


def _found(pair: Pair, language: str) -> str:
    other = pair.b if pair.a.number == 0 else pair.a
    relation = "contradicts" if pair.verdict.relation in CONFLICTS else "related"
    if pair.verdict.relation in ("confirms", "echo", "refines"):
        relation = "agrees"
    name = speaker_name(other, language) if other.claim.speaker else (other.source or other.title)
    told = say(language, f"check.{relation}", speaker=name, when=dated(other.claim, language))
    label = say(language, "claim.number", number=Html(other.number))
    return f"{told} – {side(other, language)} ({label})"


# Words for values.
