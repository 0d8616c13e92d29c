"""What people send to the editors; /review, where admins decide on it; /status."""

from bot import replies
from bot.conversation import articles
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.desk import Desk
from bot.locale import say
from bot.replies import Reply
from bot.status import status_of


def tap_submit(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Send the text that was checked to the editors; its button goes."""
    found = articles.brought(talk, said.below, language) if said.below and not rest else None
    if found is None:
        return None
    if isinstance(found, Reply):
        return Tapped(toast=found.text)
    sent = Desk(talk.service).submit(
        found, digest=articles.digest(found.text), chat=said.chat, person=said.person, now=talk.clock()
    )
    return Tapped(toast=say(language, "review.sent" if sent else "review.full"), buttons=() if sent else None)


def review(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """The oldest text that waits."""
    del rest
    return (_page(talk, language),) if said.is_admin else (Reply(say(language, "error.admin")),)


def tap_review(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Accept or reject a text, or look at the next; the next one takes its place."""
    act, _, written = rest.partition(":")
    number = number_in(written)
    if not said.is_admin or number is None:
        return None
    desk = Desk(talk.service)
    if act == "next":
        return Tapped(edited=_page(talk, language, number))
    if act == "accept":
        added = desk.accept(number, person=said.person, now=talk.clock())
        return Tapped(edited=_page(talk, language, number), replies=replies.added(added, language)) if added else None
    if act == "reject" and desk.reject(number, person=said.person, now=talk.clock()):
        return Tapped(toast=say(language, "review.rejected"), edited=_page(talk, language, number))
    return None


def status(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """How the bot fares."""
    del rest
    if not said.is_admin:
        return (Reply(say(language, "error.admin")),)
    return (replies.status(status_of(talk.service, talk.heard()), language),)


def _page(talk: Talk, language: str, after: int = 0) -> Reply:
    return replies.submission(*Desk(talk.service).waiting(after), language)
