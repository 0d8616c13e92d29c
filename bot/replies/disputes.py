"""Conflicts in words, and what followers are told of them."""

from collections.abc import Sequence

from bot.locale import Html, say
from bot.phrasing import claim_block, side, slot_name
from bot.replies.shape import Reply, split
from bot.replies.topics import topic_buttons
from claims.slot import slot
from db.values import Pair, StoredClaim, Topic

#: conflicts in a list
MOST_PAIRS = 10


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
    return split(blocks, topic_buttons(topic, language))


def news(stored: StoredClaim, topic: Topic, language: str) -> tuple[Reply, ...]:
    """What a follower of everything is told of a new claim."""
    return split(
        [say(language, "alert.claim", topic=topic.text), claim_block(stored, language)],
        topic_buttons(topic, language),
    )
