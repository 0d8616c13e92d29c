"""A question → what is known of it, in the way that its kind of question wants: the reading half of `Service.ask`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.results import Answered, Changes
from bot.voices import close_readings, same_matter
from claims.candidate import Candidate
from claims.match import rank
from claims.model import Kind
from claims.pair import told
from claims.question import Question, continued, follows, topic_terms
from claims.slot import slot
from claims.terms import slot_terms
from claims.understand import LONGEST_QUESTION, understand
from db import clusters, conflicts, questions, search, subscriptions
from db.engine import Session
from db.values import Asked, Pair, StoredClaim

#: how long a question may be taken up, and by how many that do in a row
TAKEN_UP, MOST_TAKEN_UP = timedelta(minutes=10), 4
#: "what changed?" of a chat that has not asked before
_LATELY = timedelta(days=1)
#: claims that a summary, a list of sources or a list of news is made of
MOST_KNOWN = 60
_EVER = datetime.min.replace(tzinfo=UTC)
#: what "what changed?" itself says
_CHANGING = frozenset({"i:change", "i:question_word"})
#: ways of asking that want all that is known of something
_OPEN = frozenset({"topic", "what_known"})


def answered(
    session: Session, question: Question, *, since: datetime | None = None, chat: int | None = None
) -> Answered:
    """What is known of a question; `since` is from when on something is new to whoever asks "what changed?"."""
    if question.asks == "changed":
        return _changed(session, question, since or _EVER, chat)
    result = _ranked(session, question)
    if question.about_denial and result.abstain:
        return replace(result, undenied=_undenied(session, question))
    if question.asks in _OPEN and not question.speaker and not question.about_vote and not result.abstain:
        return replace(result, known=_of_topic(session, question))
    return result


def _undenied(session: Session, question: Question) -> tuple[StoredClaim, ...]:
    """What could have been denied: claims about whom the question names, else what they say themselves."""
    plain = replace(question, about_denial=False, asks="what")
    said = [replace(plain, actors=(), speaker=question.actors[0])] if len(question.actors) == 1 else []
    for one in (plain, *said):
        found = _claims(_ranked(session, one).answers) if not one.is_empty else ()
        if found:
            return found
    return ()


def in_chat(
    session: Session, chat: int, text: str, language: str | None, now: datetime, last: Asked | None
) -> tuple[Answered, tuple[str, ...]]:
    """The answer to what a chat asks after its `last` question, and the texts that it was made of: itself, behind those
    that it takes up. Where taking up leads nowhere, it is taken by itself if it has a matter of its own."""
    today, mine = now.date(), (text[:LONGEST_QUESTION],)
    question = understand(text, language, today)
    since = last.at if last else now - _LATELY
    before = last.texts[-MOST_TAKEN_UP:] if last and last.at >= now - TAKEN_UP and follows(question) else ()
    if before:
        taken_up = continued(question, chained(before, language, today))
        result = _with_sources(session, answered(session, taken_up, since=since, chat=chat))
        if not result.abstain or question.is_empty or question.is_bare:
            return result, (*before, *mine)
    alone = _with_sources(session, answered(session, question, since=since, chat=chat))
    return (result, (*before, *mine)) if before and alone.abstain else (alone, mine)


def again(session: Session, chat: int, number: int, claim: int | None) -> Answered | None:
    """The answer of today to a question that a chat has asked, as it was taken then; in one reading where a claim of
    that is given. None where there is no such question or reading."""
    asked = questions.by_number(session, chat, number)
    if asked is None:
        return None
    question = chained(asked.texts, asked.language, asked.at.date())
    last = questions.last(session, chat, before=number)
    result = answered(session, question, since=last.at if last else asked.at - _LATELY, chat=chat)
    chosen = result if claim is None else _only(session, result, claim)
    return _with_sources(session, replace(chosen, number=number)) if chosen else None


def chained(texts: Sequence[str], language: str | None, today: date) -> Question:
    """The question that a row of questions amounts to, each taking up the one before."""
    found = understand(texts[0], language, today)
    for text in texts[1:]:
        found = continued(understand(text, language, today), found)
    return found


def _only(session: Session, result: Answered, number: int) -> Answered | None:
    """The answer in one of its readings, the one that a claim of that number belongs to."""
    chosen = next((one for one, _ in result.answers if one.number == number), None)
    if chosen is None:
        return None
    kept = tuple((one, score) for one, score in result.answers if same_matter(one.claim, chosen.claim))
    return replace(result, answers=kept, readings=(), conflicts=_conflicts(session, _claims(kept)))


def _with_sources(session: Session, result: Answered) -> Answered:
    """With every claim that the answer rests on, those too that say the same by the same mouth in other articles."""
    known = list(result.known or (one for one, _ in result.answers))
    voices = [one for claim in known[:MOST_KNOWN] for one in clusters.of_voice(session, claim.number)]
    numbers = dict.fromkeys([*(one.number for one in known), *voices])
    found = search.stored(session, list(numbers)[:MOST_KNOWN])
    return replace(result, sources=tuple(one for one in found if one.current))


def series(session: Session, stored: StoredClaim) -> tuple[StoredClaim, ...]:
    """The figures and denials of the question that a claim answers, oldest first; empty where nothing is counted."""
    found = _holding(session, slot_terms(stored.claim))
    return in_time([one for one in found if same_matter(one.claim, stored.claim) or _denies(one)])


def in_time(found: Sequence[StoredClaim]) -> tuple[StoredClaim, ...]:
    """The figures and denials of the question that most of some claims answer, oldest first."""
    counted = [one for one in found if one.claim.quantity]
    if not counted:
        return ()
    asked = Counter((slot(one.claim).family, slot(one.claim).unit_class) for one in counted).most_common(1)[0][0]
    kept = [one for one in counted if (slot(one.claim).family, slot(one.claim).unit_class) == asked]
    denials = [one for one in found if _denies(one) and slot(one.claim).family == asked[0]]
    return tuple(sorted((*kept, *denials), key=lambda one: (told(one.claim) or date.max, one.number)))


def _denies(stored: StoredClaim) -> bool:
    return stored.claim.kind is Kind.DENIAL


def _claims(answers: Sequence[tuple[StoredClaim, float]]) -> tuple[StoredClaim, ...]:
    return tuple(one for one, _ in answers)


def _ranked(session: Session, question: Question) -> Answered:
    found = search.candidates(session, question.terms, question.spellings) if question.terms else ()
    if question.until:
        found = tuple(one for one in found if (told(one.claim) or date.max) <= question.until)
    known = {one.number: one for one in found}
    ranking = rank(question, [Candidate(one.number, one.claim, one.context, one.beside) for one in found])
    answers = tuple((known[one.number], one.score) for one in ranking.answers)
    return Answered(
        question=question,
        answers=answers,
        nearest=tuple((known[one.number], one.score) for one in ranking.nearest),
        conflicts=_conflicts(session, _claims(answers)),
        weighed=ranking.weighed,
        least=ranking.least,
        readings=close_readings(question, answers),
    )


def _conflicts(session: Session, claims: Sequence[StoredClaim]) -> tuple[Pair, ...]:
    pairs = conflicts.of_claims(session, [one.number for one in claims])
    return tuple(pair for pair in pairs if pair.a.current and pair.b.current)


def _of_topic(session: Session, question: Question) -> tuple[StoredClaim, ...]:
    """The newest claims about all that a question names."""
    found = _holding(session, topic_terms(question))
    return tuple(one for one in found if question.until is None or (told(one.claim) or date.max) <= question.until)


def _holding(session: Session, terms: Sequence[str], since: datetime | None = None) -> tuple[StoredClaim, ...]:
    return search.stored(session, search.holding(session, terms, limit=MOST_KNOWN, since=since)) if terms else ()


def _changed(session: Session, question: Question, since: datetime, chat: int | None) -> Answered:
    """What came in about something since a day, else since the chat asked last; about what the chat follows where the
    question names nothing."""
    day = question.since or (question.time.first if question.time else None)
    start = datetime.combine(day, time(), UTC) if day else since
    question = replace(question, words=tuple(one for one in question.words if not one.terms & _CHANGING))
    named = topic_terms(question)
    followed = subscriptions.following(session, chat) if chat is not None and not named else ()
    topics = [named] if named else [one.terms for one in followed]
    numbers = {number for one in topics for number in search.holding(session, one, limit=MOST_KNOWN, since=start)}
    if not topics:
        numbers = set(search.came_in(session, start, limit=MOST_KNOWN))
    found = search.stored(session, sorted(numbers, reverse=True)[:MOST_KNOWN])
    return Answered(
        question=question,
        answers=tuple((one, 1.0) for one in found),
        nearest=(),
        conflicts=_conflicts(session, found),
        changes=Changes(since=start, is_day=day is not None, followed=bool(followed)),
    )
