"""/claim: what is known."""

from bot import replies
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.locale import Html, say
from bot.replies import Reply


def claim(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """One claim in full."""
    del said
    if not rest:
        return (Reply(say(language, "claim.which")),)
    number = number_in(rest)
    if number is None:
        return (Reply(say(language, "error.number", text=rest[:40])),)
    card = talk.service.claim(number)
    return replies.card(card, language) if card else (Reply(say(language, "claim.unknown", number=Html(number))),)


def tap_claim(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    return Tapped(replies=claim(talk, said, rest, language)) if number_in(rest) is not None else None
