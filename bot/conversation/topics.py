"""/follow, /following, /unfollow: what a chat wants to hear of."""

from bot import replies
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.locale import Html, say
from bot.replies import Reply
from db.values import Events


def follow(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """Follow what the text names."""
    if not rest:
        return (Reply(say(language, "follow.what")),)
    result = talk.service.follow(
        said.chat, rest[:200], language=language, now=talk.clock(), thread=said.thread, person=said.person
    )
    return replies.followed(result, language) if result else (Reply(say(language, "follow.nothing", text=rest[:80])),)


def following(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """What the chat follows."""
    del rest
    return replies.following(talk.service.following(said.chat), language)


def unfollow(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """Stop following by number; without one the list with its buttons."""
    if not rest:
        topics = talk.service.following(said.chat)
        return replies.following(topics, language)
    number = number_in(rest)
    if number is None:
        return (Reply(say(language, "error.number", text=rest[:40])),)
    gone = talk.service.unfollow(said.chat, number)
    if gone is None:
        return (Reply(say(language, "follow.not_yours", number=Html(number))),)
    return (Reply(say(language, "follow.stopped", topic=gone.text)),)


def tap_follow(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    number = number_in(rest)
    result = None
    if number is not None:
        result = talk.service.follow_claim(
            said.chat, number, language=language, now=talk.clock(), thread=said.thread, person=said.person
        )
    return Tapped(replies=replies.followed(result, language)) if result else None


def tap_events(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    written, _, name = rest.partition(":")
    number = number_in(written)
    if number is None or name not in [one.value for one in Events]:
        return None
    topic = talk.service.set_events(said.chat, number, Events(name))
    if topic is None:
        return Tapped(toast=say(language, "follow.not_yours", number=Html(number)))
    edited = replies.following(talk.service.following(said.chat), language)[-1]
    return Tapped(toast=say(language, f"follow.{name}"), edited=edited)


def tap_unfollow(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    number = number_in(rest)
    gone = talk.service.unfollow(said.chat, number) if number is not None else None
    if gone is None:
        return None
    told = say(language, "follow.stopped", topic=gone.text)
    return Tapped(toast=told, edited=replies.following(talk.service.following(said.chat), language)[-1])
