"""One claim in full."""

from bot.locale import Html, say
from bot.phrasing import claim_block, side
from bot.replies.disputes import rule
from bot.replies.shape import Button, Reply, split
from bot.results import ClaimCard
from db.values import Pair

#: pairs a group in a claim's card
MOST_PAIRS = 5


def card(result: ClaimCard, language: str) -> tuple[Reply, ...]:
    """One claim in full, with who agrees and who contradicts."""
    blocks = [claim_block(result.claim, language)]
    if not result.claim.current:
        blocks.append(say(language, "claim.withdrawn"))
    groups = (("claim.agree", result.agree), ("claim.contradict", result.contradict), ("claim.related", result.related))
    for key, pairs in groups:
        if pairs:
            rows = [_other(pair, result.claim.number, language) for pair in pairs[:MOST_PAIRS]]
            blocks.append("\n".join([f"<b>{say(language, key)}</b>", *rows]))
    button = Button(say(language, "button.follow"), f"follow:{result.claim.number}")
    return split(blocks, ((button,),))


def _other(pair: Pair, number_: int, language: str) -> str:
    """The other claim of a pair on one line, and why."""
    other = pair.b if pair.a.number == number_ else pair.a
    why = rule(pair, language)
    label = say(language, "claim.number", number=Html(other.number))
    return f"• {side(other, language)} ({label}) – {why}"
