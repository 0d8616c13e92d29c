"""/follow, /following, /unfollow: what a chat wants to hear of, and the buttons of each topic."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot import replies
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.locale import Html, say
from bot.replies import Reply
from claims.lexicon import supported
from db.values import Events, Topic

#: how long a topic is silent that is muted
MUTED = timedelta(days=1)


def follow(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """Follow what the text names."""
    if not rest:
        return (Reply(say(language, "follow.what")),)
    result = talk.topics.follow(
        said.chat, rest[:200], language=language, now=talk.clock(), thread=said.thread, person=said.person
    )
    return replies.followed(result, language) if result else (Reply(say(language, "follow.nothing", text=rest[:80])),)


def following(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """What the chat follows, or one topic of it by its place in the list."""
    topics = talk.topics.following(said.chat)
    if not rest:
        return replies.following(topics, language)
    topic = _listed(topics, rest)
    return (replies.topic_page(topic, language) if topic else _not_listed(rest, language),)


def unfollow(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """Stop following by the place in the list; without one, or where that is done already, the list itself."""
    topics = talk.topics.following(said.chat)
    if not rest or talk.topics.was_told(said.chat, said.message_id):
        return replies.following(topics, language)
    topic = _listed(topics, rest)
    if topic is None:
        return (_not_listed(rest, language),)
    talk.topics.unfollow_as_told(said.chat, topic.number, message=said.message_id, now=talk.clock())
    return (Reply(say(language, "follow.stopped", topic=topic.text)),)


def tap_follow(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    number = number_in(rest)
    result = None
    if number is not None:
        result = talk.topics.follow_claim(
            said.chat, number, language=language, now=talk.clock(), thread=said.thread, person=said.person
        )
    return Tapped(replies=replies.followed(result, language)) if result else None


def tap_following(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """The list takes the place of the page."""
    del rest
    return Tapped(edited=replies.following(talk.topics.following(said.chat), language)[-1])


def tap_topic(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """One topic's page."""
    topic, _ = _named(talk, said, rest)
    return Tapped(edited=replies.topic_page(topic, language)) if topic else _not_yours(rest, language)


def tap_events(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Which events are told."""
    topic, name = _named(talk, said, rest)
    if name not in [one.value for one in Events]:
        return None
    return _changed(talk, said, topic, language, say(language, f"follow.{name}"), events=name) or _not_yours(
        rest, language
    )


def tap_pause(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Silence until it is ended, or its end."""
    topic, value = _named(talk, said, rest)
    toast = say(language, "follow.is_paused" if value == "1" else "follow.goes_on")
    return _changed(talk, said, topic, language, toast, paused=value == "1") or _not_yours(rest, language)


def tap_mute_here(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """A day's silence, on the topic's page."""
    topic, value = _named(talk, said, rest)
    toast = say(language, "follow.muted" if value == "1" else "follow.goes_on")
    until = talk.clock() + MUTED if value == "1" else None
    return _changed(talk, said, topic, language, toast, muted_until=until) or _not_yours(rest, language)


def tap_threshold(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """From which difference on figures are news: the choice, or what was chosen."""
    topic, value = _named(talk, said, rest)
    if topic is None:
        return _not_yours(rest, language)
    if not value:
        return Tapped(edited=replies.threshold_page(topic, language))
    percent = number_in(value)
    if percent is None or percent > 100:
        return None
    return _changed(talk, said, topic, language, "", threshold=percent)


def tap_speakers(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Whose word is wanted: the choice, one speaker more or less, or (0) all again. A speaker is named by a claim."""
    topic, value = _named(talk, said, rest)
    if topic is None:
        return _not_yours(rest, language)
    known = talk.topics.speakers(topic)
    if value == "0":
        return _changed(talk, said, topic, language, "", speakers=())
    if value:
        named = {str(one.number): one.claim.speaker for one in known}
        if value not in named:
            return None
        topic = talk.topics.change_topic(said.chat, topic.number, speakers=_toggled(topic.speakers, named[value] or ""))
    return Tapped(edited=replies.speakers_page(topic, known, language)) if topic else None


def tap_languages(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Which languages' articles are wanted: the choice, one language more or less, or all again."""
    topic, value = _named(talk, said, rest)
    if topic is None:
        return _not_yours(rest, language)
    if value == "all":
        return _changed(talk, said, topic, language, "", languages=())
    if value:
        if value not in supported():
            return None
        topic = talk.topics.change_topic(said.chat, topic.number, languages=_toggled(topic.languages, value))
    return Tapped(edited=replies.languages_page(topic, sorted(supported()), language)) if topic else None


def tap_unfollow(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Stop following; the list takes the place of the page."""
    number = number_in(rest)
    gone = talk.topics.unfollow(said.chat, number) if number is not None else None
    if gone is None:
        return None
    told = say(language, "follow.stopped", topic=gone.text)
    return Tapped(toast=told, edited=replies.following(talk.topics.following(said.chat), language)[-1])


def tap_leave(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Stop following, below an alert: the alert stays, and what is left to choose."""
    number = number_in(rest)
    if number is None:
        return None
    gone = talk.topics.unfollow(said.chat, number)
    toast = say(language, "follow.stopped", topic=gone.text) if gone else say(language, "follow.gone")
    return Tapped(toast=toast, buttons=replies.left_below(said.buttons, number))


def tap_mute(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """A day's silence, below an alert, or its end: the alert stays, and its button offers the other."""
    topic, value = _named(talk, said, rest)
    number = number_in(rest.partition(":")[0])
    if number is None or value not in ("", "0", "1"):
        return None
    if topic is None:
        return Tapped(toast=say(language, "follow.gone"), buttons=replies.left_below(said.buttons, number))
    muted = value != "0"
    talk.topics.change_topic(said.chat, number, muted_until=talk.clock() + MUTED if muted else None)
    toast = say(language, "follow.muted" if muted else "follow.goes_on")
    return Tapped(toast=toast, buttons=replies.muted_below(said.buttons, topic, language, muted=muted))


def _listed(topics: Sequence[Topic], written: str) -> Topic | None:
    """The topic that stands under a number in the list of what the chat follows."""
    number = number_in(written)
    return topics[number - 1] if number and number <= len(topics) else None


def _not_listed(written: str, language: str) -> Reply:
    number = number_in(written)
    if number is None:
        return Reply(say(language, "error.number", text=written[:40]))
    return Reply(say(language, "follow.not_yours", number=Html(number)))


def _named(talk: Talk, said: Incoming, rest: str) -> tuple[Topic | None, str]:
    """The chat's topic that a button names, and what follows its number."""
    written, _, value = rest.partition(":")
    number = number_in(written)
    return (talk.topics.one(said.chat, number) if number is not None else None), value


def _changed(
    talk: Talk, said: Incoming, topic: Topic | None, language: str, toast: str, **settings: Any
) -> Tapped | None:
    """The topic's page after a change."""
    changed = talk.topics.change_topic(said.chat, topic.number, **settings) if topic else None
    return Tapped(toast=toast, edited=replies.topic_page(changed, language)) if changed else None


def _not_yours(rest: str, language: str) -> Tapped | None:
    is_ours = number_in(rest.partition(":")[0]) is not None
    return Tapped(toast=say(language, "follow.gone")) if is_ours else None


def _toggled(chosen: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(name for name in chosen if name != one) if one in chosen else (*chosen, one)
