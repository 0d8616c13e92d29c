"""What is said where a question has no answer, or more than one meaning."""

from bot.locale import Html, say
from bot.phrasing import claim_block, slot_name, understood
from bot.replies.shape import Button, Reply, split
from bot.results import Answered
from bot.voices import same_matter
from claims.question import Question, topic_terms
from claims.slot import slot
from db.values import StoredClaim

#: near claims shown
_MOST_NEAR = 2
#: other readings offered
_MOST_OTHERS = 3


def nothing(result: Answered, language: str) -> tuple[Reply, ...]:
    """That nothing is known; what is near, why it is only near, and an offer to tell later."""
    question = result.question
    if question.asks == "nothing" or question.is_empty:
        return (Reply(say(language, "answer.empty", example=say(language, "start.example"))),)
    blocks: list[str]
    if result.undenied:
        blocks = [say(language, "answer.no_denial" if question.actors else "answer.nobody_denied")]
        blocks += [claim_block(one, language) for one in result.undenied[:_MOST_NEAR]]
    elif result.nearest:
        near = [one for one, _ in result.nearest[:_MOST_NEAR]]
        blocks = [say(language, "answer.nearest"), *(_near(result, one, language) for one in near)]
    else:
        blocks = [Html(f"{say(language, 'answer.nothing')}\n{_understood(question, language)}")]
    return split(blocks, _later(result, language))


def _near(result: Answered, stored: StoredClaim, language: str) -> str:
    why = result.why_near.get(stored.number) or ("time" if _is_of_another_time(result.question, stored) else "part")
    return f"<i>{say(language, f'near.{why}')}</i>\n{claim_block(stored, language)}"


def _is_of_another_time(question: Question, stored: StoredClaim) -> bool:
    on = stored.claim.as_of
    return bool(question.time and on and not question.time.first <= on <= question.time.last)


def _understood(question: Question, language: str) -> str:
    return str(say(language, "answer.understood", question=understood(question, language)))


def _later(result: Answered, language: str) -> tuple[tuple[Button, ...], ...]:
    """The offer to be told later; none where nobody can tap, or nothing can be looked out for."""
    if not result.number or not topic_terms(result.question):
        return ()
    return ((Button(say(language, "button.later"), f"later:{result.number}"),),)


def readings(result: Answered, language: str) -> tuple[Reply, ...]:
    """Which of the matters that it may equally well mean."""
    rows = tuple((_reading(result, one, language),) for one in result.readings)
    return (Reply(say(language, "answer.which"), rows),)


def _reading(result: Answered, stored: StoredClaim, language: str) -> Button:
    return Button(slot_name(slot(stored.claim), language), f"reading:{result.number}:{stored.number}")


def _alike(one: StoredClaim, other: StoredClaim, language: str) -> bool:
    """Whether two claims are of one matter, or would look so on a button."""
    names = [slot_name(slot(stored.claim), language) for stored in (one, other)]
    return same_matter(one.claim, other.claim) or names[0] == names[1]


def misunderstood(result: Answered, language: str) -> tuple[Reply, ...]:
    """What is said to "not what I asked": how it was understood, what else it could mean, and what would help."""
    first = result.answers[0][0] if result.answers else None
    others: list[StoredClaim] = []
    for one, _ in (*result.answers, *result.nearest):
        if first and not any(_alike(one, other, language) for other in (first, *others)):
            others.append(one)
    known = {one.number for one, _ in result.answers}
    rows = tuple((_reading(result, one, language),) for one in others[:_MOST_OTHERS] if one.number in known)
    text = f"{_understood(result.question, language)}\n{say(language, 'answer.ask_again')}"
    return (Reply(text, (*rows, *_later(result, language))),)
