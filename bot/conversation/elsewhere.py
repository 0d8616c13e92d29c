"""What is said about claims in chats where claimbot is no member. Nothing of it is kept."""

from bot import replies
from bot.conversation.articles import LONG_TEXT
from bot.conversation.said import Incoming, Talk
from bot.locale import nearest
from bot.replies import Reply
from bot.replies.cards import Card, conflict_cards, found_cards
from claims.statement import Taken, taken
from claims.text import clean

#: conflicts shown before anything is asked
NEWEST = 4


def cards(talk: Talk, said: Incoming) -> tuple[Card, ...]:
    """Claims and conflicts to share; the newest conflicts where nothing is asked."""
    language, text = talk.language_of(said), clean(said.text).strip()
    if not text:
        return conflict_cards(talk.service.newest_conflicts(NEWEST), language)
    return found_cards(talk.service.ask(text, language=language, today=talk.clock().date()), language)


def guest(talk: Talk, said: Incoming) -> Reply | None:
    """An answer in one message, to a question or about a text that plainly claims something; None where nothing is
    asked."""
    text = clean(said.text).strip()
    if not text:
        return None
    language = nearest(said.language)
    if len(text) > LONG_TEXT or taken(text, language) is Taken.STATEMENT:
        return replies.checked(talk.service.check(text), language)[0]
    return replies.answer(talk.service.ask(text, language=language, today=talk.clock().date()), language)[0]
