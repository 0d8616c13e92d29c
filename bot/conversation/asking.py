"""A question, its answer, and the buttons under it. Their data holds the number of the question, for its chat alone."""

from bot import replies
from bot.conversation import articles
from bot.conversation.said import Incoming, Talk, Tapped, number_in
from bot.locale import nearest, say
from bot.phrasing import slot_name
from bot.replies import Document, Reply
from bot.results import Answered
from claims.model import Article
from claims.slot import slot
from claims.statement import Taken, taken
from claims.text import clean
from db.values import Events


def ask(talk: Talk, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
    """Answer in the reader's language, in the question's own where nobody has said which that is."""
    with talk.thinking:
        result = talk.service.ask_in_chat(
            said.chat, text, language=language, now=talk.clock(), person=said.person, message=said.message_id
        )
    return replies.answer(result, _language(talk, said, result, language))


def asked_or_checked(talk: Talk, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
    """Answer a question, or check a text that claims something; ask which of the two where both fit. In a group it is a
    question: a tap there does not bring the text back."""
    is_taken = taken(text, language) if len(text) <= articles.LONG_TEXT else Taken.STATEMENT
    if is_taken is Taken.EITHER and not said.is_group:
        return (replies.which(language),)
    if is_taken is Taken.STATEMENT:
        return articles.checked(talk, said, Article(id="", text=text), language)
    return ask(talk, said, text, language)


def tap_taken(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """How a text is meant that may be both: as a question, or to be checked."""
    text = clean(said.below.text).strip() if said.below else ""
    if not text or rest not in (Taken.QUESTION, Taken.STATEMENT):
        return None
    if rest == Taken.STATEMENT:
        return Tapped(replies=articles.checked(talk, said, Article(id="", text=text), language), buttons=())
    return Tapped(replies=ask(talk, said, text, language), buttons=())


def _language(talk: Talk, said: Incoming, result: Answered, language: str) -> str:
    known = said.language or talk.service.language(said.chat)
    return language if known else nearest(result.question.language)


def tap_page(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Another page of an answer, in its place."""
    numbers = _numbers(rest)
    if len(numbers) not in (2, 3):
        return None
    claim = numbers[2] if len(numbers) == 3 else None
    result = talk.service.asked(said.chat, numbers[0], claim)
    if result is None or not result.answers:
        return None
    return Tapped(edited=replies.answer(result, _language(talk, said, result, language), numbers[1], claim)[-1])


def tap_reading(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """One of the things that a question may mean."""
    numbers = _numbers(rest)
    result = talk.service.asked(said.chat, *numbers) if len(numbers) == 2 else None
    if result is None:
        return None
    return Tapped(replies=replies.answer(result, _language(talk, said, result, language), claim=numbers[1]))


def tap_sources(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """All that an answer rests on."""
    result = _again(talk, said, rest)
    if result is None or not result.sources:
        return None
    return Tapped(replies=replies.grounds(result.sources, _language(talk, said, result, language)))


def tap_timeline(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """A picture of who said what when about the question that a claim answers."""
    from bot import charts  # what draws is loaded for the first picture

    del said
    number = number_in(rest)
    card = talk.service.claim(number) if number is not None else None
    if card is None:
        return None
    found = talk.service.series(card.claim)
    if not found:
        return Tapped(toast=say(language, "answer.no_figures"))
    title = slot_name(slot(card.claim.claim), language)
    picture = Document(f"timeline-{card.claim.number}.png", charts.timeline(found, title, language))
    return Tapped(replies=(Reply(say(language, "answer.timeline", topic=title, count=len(found)), document=picture),))


def tap_helpful(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """ "That answers it"."""
    number = number_in(rest)
    if number is None or not talk.service.judge_answer(said.chat, number, helpful=True):
        return None
    return Tapped(toast=say(language, "answer.thanks"))


def tap_unhelpful(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """ "Not what I asked": what was understood, and what else could be meant."""
    number = number_in(rest)
    if number is None or not talk.service.judge_answer(said.chat, number, helpful=False):
        return None
    result = talk.service.asked(said.chat, number)
    shown = replies.misunderstood(result, _language(talk, said, result, language)) if result else ()
    return Tapped(toast=say(language, "answer.noted"), replies=shown)


def tap_later(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Be told of everything that comes in about a question without an answer."""
    return _follow(talk, said, rest, language, Events.EVERYTHING)


def tap_watch(talk: Talk, said: Incoming, rest: str, language: str) -> Tapped | None:
    """Follow what a question is about."""
    return _follow(talk, said, rest, language, Events.CONFLICTS)


def _follow(talk: Talk, said: Incoming, rest: str, language: str, events: Events) -> Tapped | None:
    number = number_in(rest)
    result = None
    if number is not None:
        result = talk.topics.follow_question(
            said.chat, number, now=talk.clock(), events=events, thread=said.thread, person=said.person
        )
    return Tapped(replies=replies.followed(result, language)) if result else None


def _again(talk: Talk, said: Incoming, rest: str) -> Answered | None:
    numbers = _numbers(rest)
    return talk.service.asked(said.chat, *numbers) if len(numbers) in (1, 2) else None


def _numbers(rest: str) -> list[int]:
    """Numbers between colons; none where anything else is among them."""
    found = [number_in(part) for part in rest.split(":")]
    return [] if None in found else [one for one in found if one is not None]
