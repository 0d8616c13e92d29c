"""/conflict, and what only admins do to one: /confirm, /dismiss, /retract, by words or by buttons."""

from bot import replies
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.judging import NEED_REASON, Judging
from bot.locale import Html, say
from bot.replies import Reply

#: characters of a reason that are kept
_LONGEST_REASON = 300


def conflict(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """One conflict in full; without a number all that are open."""
    if not rest:
        return replies.conflicts(talk.service.conflicts(), language)
    number = number_in(rest)
    if number is None:
        return (Reply(say(language, "error.number", text=rest[:40])),)
    story = talk.service.conflict_story(number)
    if story is None:
        return (Reply(say(language, "conflict.unknown", number=Html(number))),)
    return replies.conflict_card(story, language, admin=said.is_admin)


def confirm(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """It is a conflict."""
    return _typed(talk, said, "confirm", rest, language)


def dismiss(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """It is none: who was alarmed hears so, and nobody hears of it any more."""
    return _typed(talk, said, "dismiss", rest, language)


def retract(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """A claim was read or made wrongly: it answers and contradicts nothing any more."""
    return _typed(talk, said, "retract", rest, language)


def tap_conflict(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    return Tapped(replies=conflict(talk, said, rest, language)) if number_in(rest) is not None else None


def tap_confirm(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    return _tapped(talk, said, "confirm", rest, language)


def tap_dismiss(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    return _tapped(talk, said, "dismiss", rest, language)


def tap_retract(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    return _tapped(talk, said, "retract", rest, language)


def _typed(talk: Talk, said: Incoming, act: str, rest: str, language: str) -> tuple[Reply, ...]:
    """ "/dismiss 7 two different counts". Who was alarmed shall hear why: what takes something back needs a reason."""
    if not said.is_admin:
        return (Reply(say(language, "judge.admin")),)
    written, _, reason = rest.partition(" ")
    number = number_in(written)
    if number is None:
        return (Reply(say(language, f"judge.which_{act}")),)
    reason = reason.strip()[:_LONGEST_REASON]
    return (_asked_or_done(talk, said, act, number, reason or None, language),)


def _tapped(talk: Talk, said: Incoming, act: str, rest: str, language: str) -> Tapped | None:
    """A button under a conflict asks for a reason, a button with a reason acts. Whoever sends it: the right to do so
    is the person's, not the button's."""
    if not said.is_admin:
        return Tapped(toast=say(language, "judge.admin"))
    written, _, reason = rest.partition(":")
    number = number_in(written)
    if number is None or (reason and reason not in replies.REASONS):
        return None
    told = _asked_or_done(talk, said, act, number, reason or None, language)
    return Tapped(toast=told.text, edited=told) if reason else Tapped(replies=(told,))


def _asked_or_done(talk: Talk, said: Incoming, act: str, number: int, reason: str | None, language: str) -> Reply:
    """What came of an act; before that the question for a reason, where one is needed and the act could be done."""
    judging = Judging(talk.service.engine)
    found = judging.foreseen(act, number)
    if act in NEED_REASON and reason is None and not found.is_refused:
        return replies.ask_reason(act, number, language)
    found = judging.judge(act, number, person=said.person, reason=reason, now=talk.clock())
    return replies.judged(act, number, found, language)
