"""What is answered to a question, and a claim in full."""

from collections.abc import Sequence

from bot.locale import Html, say
from bot.phrasing import claim_block, dated, quoted, side, slot_name, source_line, speaker_name
from bot.replies.disputes import explanation, rule
from bot.replies.shape import Button, Reply, split
from bot.results import Answered, ClaimCard
from claims.model import Kind, Modality
from claims.slot import slot
from db.values import Pair, StoredClaim

#: claims in an answer; pairs a group in a claim's card
MOST_SHOWN = 5


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
