"""Claims and conflicts as cards to share in other chats."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locale import Html, say
from bot.phrasing import claim_block, dated, gist, has_gist, shortened, side, slot_name, speaker_name
from bot.replies.disputes import conflict_block
from bot.replies.shape import Reply
from bot.results import Answered
from claims.slot import slot
from db.values import Pair, StoredClaim

#: cards of claims, and of conflicts, in one list
_CLAIMS, _CONFLICTS = 8, 4


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown in a list, and what is sent when it is chosen. `link` names it: "claim_12"."""

    link: str
    title: str
    description: str
    reply: Reply


def found_cards(result: Answered, language: str) -> tuple[Card, ...]:
    """The conflicts in what is asked about, then the claims that answer it."""
    claims = [stored for stored, _ in result.answers[:_CLAIMS]]
    return (*conflict_cards(result.conflicts, language), *(claim_card(one, language) for one in claims))


def conflict_cards(pairs: Sequence[Pair], language: str) -> tuple[Card, ...]:
    """A card of each conflict, in the order of the pairs."""
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        if pair.conflict:
            groups.setdefault(pair.conflict, []).append(pair)
    return tuple(_conflict_card(number, found, language) for number, found in list(groups.items())[:_CONFLICTS])


def _conflict_card(number: int, pairs: Sequence[Pair], language: str) -> Card:
    name = slot_name(slot(pairs[0].a.claim), language)
    sides = Html(" – ".join(side(one, language) for one in (pairs[0].a, pairs[0].b)))
    title = say(language, "conflict.title", number=Html(number), slot=name)
    return Card(f"conflict_{number}", title, sides, Reply(conflict_block(pairs, language)))


def claim_card(stored: StoredClaim, language: str) -> Card:
    """A card of a claim."""
    claim = stored.claim
    title = gist(claim, language) if has_gist(claim) else Html(shortened(claim.evidence))
    about = f"{speaker_name(stored, language)}{dated(claim, language)}: {shortened(claim.evidence)}"
    return Card(f"claim_{stored.number}", title, about, Reply(claim_block(stored, language)))
