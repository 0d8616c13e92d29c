"""One claim weighed against a question: which of its parts the claim agrees with, and which it contradicts.

A part is weighed by what it names: a name, a measure and what is counted tell most. It is met in the claim itself,
beside it, or only in what its article is about. A claim about another actor, place, measure, unit, time or speaker is
blocked: never an answer, at best near.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import timedelta
from functools import cache

from claims.candidate import ABOUT, NEAR, OWN, Candidate, Ranked
from claims.concepts import about_money, dimension, listed
from claims.measures import Measure, ancestors, is_money, measure
from claims.model import SILENCE, Basis, Claim, EventDate, Kind, Modality, Precision
from claims.pair import told
from claims.question import Question, Word
from claims.slot import denies
from claims.spelling import closest
from claims.text import key, words
from claims.whom import actor, place, speaker, typed

#: letters that a story's names are cut to, that one has at least, and that a word may begin with
_STORY, _SHORTEST_NAME, _SHORTEST_OF_STORY = 6, 4, 5
#: weights of the parts of a question; a word that no claim at all holds may be another wording of what they say
_ENTITY, _MEASURE, _SPEAKER, _WORD, _NAME, _COUNTED, _UNIT, _TIME, _UNHEARD = (
    2.0,
    1.5,
    2.0,
    1.0,
    2.0,
    2.0,
    2.0,
    1.0,
    0.4,
)
#: the same for a name: an article need not repeat where it is
_NAMED_NEAR, _NAMED_ABOUT = 0.9, 0.8
#: what a figure is worth whose measure is only told beside it
_MEASURED_NEAR = 0.4
#: weight left of a word that is met in the article's matter only
_TOPICAL = 0.4
#: what is left of a degree where what is counted is met beside the claim only
_COUNTED_ELSEWHERE = 0.7
#: what is left of a score where most of the question is met beside the claim only; where what is asked beyond the
#: article's matter is not met
_MOSTLY_BESIDE, _MISSES_THE_POINT = 0.85, 0.3
#: what a figure of "more" or "others" is worth where all are asked for
_MORE = 0.8
#: how long after the time that is asked about a claim without a date of its own may be made
_REPORTED_LATER = timedelta(days=60)
#: days that "on Tuesday night" may be off
_OFF = timedelta(days=1)
#: how the parts that say what is asked are named
_MATTER = ("measure", "word", "vote", "denial", "unit")


def unheard(question: Question, candidates: Sequence[Candidate]) -> frozenset[str]:
    """The words of a question that no claim holds: what they mean may be said in other words, but nobody says them."""
    words = (word for word in question.words if not word.is_concept and not word.is_name and not word.is_counted)
    return frozenset(word.written for word in words if not any(_word(word, one) > 0 for one in candidates))


def named(question: Question, candidates: Sequence[Candidate]) -> Question:
    """A question whose words are names where an article is named by them or writes them so: people who chat write no
    capitals."""
    stories = {name for one in candidates for name in one.claim.story if len(name) >= _SHORTEST_NAME}
    written = {name for one in candidates for name in one.names}
    return replace(question, words=tuple(_as_name(word, stories, written) for word in question.words))


def _as_name(word: Word, stories: Set[str], names: Set[str]) -> Word:
    if word.is_concept or word.is_name or word.is_counted:
        return word
    written = (term[2:] for term in word.terms if term[0] == "w")
    known = word.written in names or any(one[:_STORY] in stories or one in stories for one in written)
    return replace(word, is_name=known)


def respelled(question: Question, candidates: Sequence[Candidate]) -> Question:
    """A question whose words that no claim holds are also met in those that they may be misspellings of."""
    lost = [one for one in question.words if not (one.is_concept or any(each.meets(one.terms) for each in candidates))]
    if not lost:
        return question
    held = {term[2:] for one in candidates for term in one.own | one.near | one.about if term[0] == "w"}
    found = {one: frozenset(f"w:{word}" for word in closest(one.written, held)) for one in lost}
    words = (replace(one, terms=one.terms | found[one]) if one in found else one for one in question.words)
    return replace(question, words=tuple(words))


def weigh(question: Question, candidate: Candidate, unheard_of: frozenset[str] = frozenset()) -> Ranked:
    """A candidate's score from 0 to 1, what blocks it, and how it came about."""
    parts = tuple(_parts(question, candidate, unheard_of))
    blocked = next((name for name, _, degree in parts if degree < 0), None) or _beside_the_point(parts)
    total = sum(weight for _, weight, _ in parts)
    agreed = sum(weight * max(degree, 0.0) for _, weight, degree in parts) / total if total else 0.0
    score = agreed * _fit(question, candidate) * (0.85 + 0.15 * candidate.claim.confidence)
    score *= _to_the_point(question, candidate, unheard_of) * _in_itself(parts)
    return Ranked(candidate.number, candidate.claim, round(min(score, 1.0), 3), blocked, parts)


def _beside_the_point(parts: Sequence[tuple[str, float, float]]) -> str | None:
    """The first part that says what is asked, where a claim holds none of them itself: it only stands in the right
    article."""
    matter = [(name, degree) for name, _, degree in parts if name.startswith(_MATTER)]
    matter = [one for one in matter if not one[0].startswith("unit")] or matter  # "people" alone is no matter
    if not matter or any(degree >= OWN * 0.8 for _, degree in matter):
        return None
    said_so = any(name.startswith("speaker") and degree >= OWN * 0.8 for name, _, degree in parts)
    return None if said_so and all(degree >= _MEASURED_NEAR for _, degree in matter) else matter[0][0]


def _in_itself(parts: Sequence[tuple[str, float, float]]) -> float:
    """Less where most of what is asked stands beside the claim, not in it."""
    matter = [degree for name, _, degree in parts if name.startswith(_MATTER)]
    own = sum(degree >= OWN * 0.8 for degree in matter)
    return 1.0 if 2 * own >= len(matter) else _MOSTLY_BESIDE


def _to_the_point(question: Question, candidate: Candidate, unheard_of: frozenset[str]) -> float:
    """Less where what is asked beyond the matter of the article is not met: which *company* will *build* the bridge."""
    asked = (word for word in question.words if not word.is_name and word.written not in unheard_of)
    beyond = [word for word in asked if not word.terms & candidate.about]
    if not beyond:
        return 1.0
    return 1.0 - _MISSES_THE_POINT * sum(_told(question, word, candidate) <= 0 for word in beyond) / len(beyond)


def _parts(question: Question, candidate: Candidate, unheard_of: frozenset[str]) -> Iterable[tuple[str, float, float]]:
    """(part of the question, its weight, how far the claim agrees: 0 to 1, or -1 where it contradicts)."""
    claim = candidate.claim
    for name in question.actors:
        yield f"actor {name}", _ENTITY, typed(name, question, candidate) or actor(name, candidate)
    for name in question.places:
        yield f"place {name}", _ENTITY, typed(name, question, candidate) or place(name, candidate)
    if question.measure:
        degree = _measure(question, candidate)
        yield f"measure {question.measure}", _MEASURE, max(degree, 0.0) if question.measured_in else degree
    if question.measured_in:
        yield f"unit {' or '.join(sorted(question.measured_in))}", _UNIT, _unit(question, claim)
    if question.speaker:
        yield f"speaker {question.speaker}", _SPEAKER, speaker(question, candidate)
    if question.about_denial:
        yield "denial", _SPEAKER, _denial(question, candidate)
    if question.about_vote and not question.about_denial:
        yield "vote", _MEASURE, 1.0 if claim.kind is Kind.VOTE else candidate.meets(frozenset({"i:vote"})) * 0.8
    for word in question.words:
        label = "name" if word.is_name else "word"
        weight = _NAME if word.is_name else _COUNTED if word.is_counted else _WORD
        degree = _told(question, word, candidate)
        if not degree and "money" in question.measured_in and _is_amount(word):
            degree = -1.0
        if word.is_counted and degree >= 0 and not _may_be_counted(question, word, candidate):
            degree = -1.0
        if word.written in unheard_of:
            weight = max(_UNHEARD, weight / max(1, len(question.words) - len(unheard_of) + bool(question.measure) - 1))
        elif 0 < degree <= ABOUT:
            weight *= _TOPICAL
        yield f"{label} {word.written}", weight, degree
    if question.time or question.since or question.until:
        yield "time", _TIME, _time(question, claim)


def _told(question: Question, word: Word, candidate: Candidate) -> float:
    """Whether a word is met; the result of a sitting is told by its vote."""
    by_vote = (_OUTCOME if question.asks in _OPEN else frozenset()) | (_DECIDED if question.about_vote else frozenset())
    voted = candidate.claim.kind is Kind.VOTE and word.terms & by_vote
    return OWN if voted else _word(word, candidate)


def _word(word: Word, candidate: Candidate) -> float:
    """Whether a word is met; a name, or what is counted, must be."""
    degree = candidate.meets(word.terms) or (0.0 if word.is_concept else _begun(word.written, candidate))
    if word.is_where and degree < OWN:
        degree = candidate.meets_where(word.terms)
    if word.is_name:
        return {NEAR: _NAMED_NEAR, ABOUT: _NAMED_ABOUT}.get(degree, degree) or -1.0
    if word.is_deed and degree < OWN:
        return -1.0
    if not degree and _is_another_disaster(word, candidate):
        return -1.0
    if candidate.claim.kind is Kind.VOTE and degree < OWN and word.terms & _CHAMBERS:
        return -1.0
    if word.is_counted and (degree < OWN or not word.terms & candidate.counted):
        return -1.0 if degree < ABOUT else min(degree, NEAR) * _COUNTED_ELSEWHERE
    return degree


def _may_be_counted(question: Question, word: Word, candidate: Candidate) -> bool:
    """Whether the figure can be of what is counted: no sum of money is, nor what befell others, nor what the claim
    itself has another noun for."""
    quantity = candidate.claim.quantity
    if quantity is None or word.terms & candidate.counted:
        return True
    if question.measure and _is_fate(measure(question.measure)):
        return False
    bare = len(candidate.claim.evidence.split()) <= _SHORT
    return bare and not _is_thing(quantity.unit)


#: concepts that a vote answers, whichever way it went, where a vote is asked about
_DECIDED = frozenset({"i:approve", "i:ratify", "i:reject"})
#: concepts that a vote answers: "Senate result", "how did the board split"; ways of asking that leave open what
_OUTCOME = frozenset({"i:result", "i:split_vote"})
_OPEN = frozenset({"topic", "what_known", "result", "count"})
_CHAMBERS = frozenset(f"i:{name}" for name in listed("chambers"))


def _is_another_disaster(word: Word, candidate: Candidate) -> bool:
    """Whether an earthquake is asked about, and the claim is about a flood."""
    disasters = frozenset(f"i:{name}" for name in listed("disasters"))
    return bool(word.terms & disasters and disasters & (candidate.own | candidate.near | candidate.about))


def _is_amount(word: Word) -> bool:
    """Whether a word names a sum of a sort of its own: a fine, a wage, a compensation."""
    return bool(word.terms & _amounts())


@cache
def _amounts() -> frozenset[str]:
    return frozenset(f"i:{name}" for name in about_money() - listed("plain_amounts"))


def _begun(word: str, candidate: Candidate) -> float:
    """Whether a word begins as the name of a story does: "Demakan"."""
    names = (one for one in candidate.claim.story if len(one) >= _SHORTEST_OF_STORY)
    return ABOUT if any(word.startswith(one) for one in names) else 0.0


def _measure(question: Question, candidate: Candidate) -> float:
    """Whether the claim counts or tells what is asked; another figure of people is another measure where the claim
    itself says what it counts."""
    asked, claim = question.measure or "", candidate.claim
    if asked in ancestors(claim.measure) or (asked == "votes" and claim.kind is Kind.VOTE):
        return 1.0
    mine = measure(claim.measure)
    unit = claim.quantity.unit if claim.quantity else ""
    counts = claim.quantity is not None and question.asks == "count"
    of_those = dimension(unit) == "share" and _is_of_those(question, candidate)
    things = counts and _is_thing(unit) and not of_those
    if things and not question.measured_in and measure(asked).unit_class == "people":
        return -1.0
    if counts and _is_fate(mine) and asked not in _OF_ANY_FATE:
        return -1.0
    met = candidate.meets(frozenset({f"m:{asked}", *question.measure_terms}))
    if met == OWN:
        return met
    if counts and mine.known and mine.unit_class == "things" and measure(asked).tells_fate:
        return -1.0
    told = (
        mine.known
        and asked != "crowd"
        and _is_fate(measure(asked))
        and mine.unit_class == "people"
        and mine.family != "people"
    )
    fates = {f"i:{name}" for name in (*listed("fates"), *([mine.family] if told or mine.tells_fate else ()))}
    other = fates - question.measure_terms - {f"i:{asked}"}
    if counts and _is_of_those(question, candidate) and not other & candidate.said:
        if _is_fate(measure(asked)) and (met <= ABOUT or len(claim.evidence.split()) > _SHORT):
            return -1.0
        return 0.0 if met <= ABOUT and not _is_fate(measure(asked)) else _MEASURED_NEAR
    if counts:
        return -1.0 if met <= ABOUT or other & candidate.said else _MEASURED_NEAR
    return met or (-1.0 if _is_fate(measure(asked)) and asked != "crowd" else 0.0)


def _is_of_those(question: Question, candidate: Candidate) -> bool:
    """Whether a figure is of those who are counted: "70 percent of employees"."""
    return any(word.is_counted and word.terms & candidate.counted for word in question.words)


def _is_thing(unit: str) -> bool:
    """Whether a figure is of money, weight, length or time: no people go missing by the tonne."""
    return is_money(unit) or bool(dimension(unit))


def _is_fate(one: Measure) -> bool:
    """Whether a measure tells what befell people."""
    return one.tells_fate or one.family in listed("fates")


#: words of a claim that only goes on with the one before: "five of them are minors"
_SHORT = 7
#: what may be asked of those whom anything befell
_OF_ANY_FATE = frozenset({"casualties", "people", "victims"})


def _unit(question: Question, claim: Claim) -> float:
    """Whether the figure is measured in what is asked for."""
    if claim.quantity is None:
        return 0.0
    unit = claim.quantity.unit
    name = "money" if is_money(unit) else dimension(unit)
    if name in question.measured_in:
        return 1.0
    if "people" in question.measured_in:
        counts = measure(claim.measure).unit_class
        return -1.0 if name or unit == "votes" else 1.0 if counts == "people" else 0.7
    if name == "share" and "money" in question.measured_in:
        return _PAY_RISE if any(word.terms & _PAY for word in question.words) else 0.4
    return -1.0


#: a pay rise is told in money or in percent
_PAY = frozenset({"i:wage", "i:rise"})
_PAY_RISE = 0.8


def _denial(question: Question, candidate: Candidate) -> float:
    """Whether the claim is a denial; what somebody admits answers too."""
    if denies(candidate.claim) and candidate.claim.rule != SILENCE:
        return 1.0
    return 0.6 if "i:admit" in candidate.own else 0.3 if question.measure else -1.0


def _time(question: Question, claim: Claim) -> float:
    """Whether it can be of the time that is asked about, and was said by then, or since then."""
    said = told(claim)
    if said and ((question.until and said > question.until) or (question.since and said < question.since)):
        return -1.0
    when = question.time
    if when is None:
        return 1.0 if said else 0.5
    if claim.event_date:
        return 1.0 if _overlap(claim.event_date, when) else -1.0
    if said is None:
        return 0.5
    return 0.9 if when.first <= said <= when.last + _REPORTED_LATER else -1.0


def _overlap(one: EventDate, other: EventDate) -> bool:
    off = _OFF if Precision.DAY in (one.precision, other.precision) else timedelta(0)
    return one.first - off <= other.last and other.first <= one.last + off


def _fit(question: Question, candidate: Candidate) -> float:
    """Whether a claim of this kind can answer a question of this kind."""
    claim, degree = candidate.claim, 1.0
    if question.asks == "count":
        votes = question.about_vote or question.measure in (None, "votes")
        tally = votes and claim.vote is not None and claim.vote.in_favour is not None
        counts = any(sign.isdigit() for sign in claim.evidence)
        degree = 1.0 if claim.quantity or tally else 0.75 if counts else 0.5
        if claim.quantity and claim.quantity.basis is Basis.INCREMENT:
            degree *= _MORE
        if (
            not question.measure
            and claim.quantity
            and _is_fate(measure(claim.measure))
            and not question.measured_in - {"people"}
        ):
            fate = frozenset(f"i:{family}" for family in ancestors(claim.measure))
            degree *= 1.0 if any(word.terms & fate for word in question.words) else 0.8
    elif question.asks == "result":
        degree = 1.0 if claim.kind is Kind.VOTE else 0.6
    elif question.asks == "who_denied":
        degree = 1.0 if denies(claim) and claim.rule != SILENCE else 0.4
    elif question.asks == "who_said":
        degree = 1.0 if claim.speaker else 0.6
    elif question.asks == "when":
        dated = claim.event_date is not None or any(sign.isdigit() for sign in claim.evidence)
        degree = (1.0 if claim.event_date else 0.85) if dated else 0.6
        if question.planned and claim.modality is not Modality.PLANNED:
            degree *= 0.75
    elif question.asks == "where":
        degree = 1.0 if claim.place else 0.7
    elif question.asks == "yes_no":
        degree = 0.92 if claim.quantity else 1.0
    elif question.asks == "who":
        named_one = claim.agent or _names_somebody(claim, question)
        done = any(word.is_deed for word in question.words)  # who says so did not do it
        degree = 0.9 if named_one or (claim.speaker and not done) else 0.5 if done else 0.6
    elif claim.quantity is None and any(word.terms & _figures() for word in question.words):
        degree = 0.85
    if claim.modality is Modality.CONDITIONAL and not question.conditional:
        degree *= 0.7
    return degree


@cache
def _figures() -> frozenset[str]:
    return frozenset(f"i:{name}" for name in about_money() | listed("figures"))


def _names_somebody(claim: Claim, question: Question) -> bool:
    """Whether a word within the evidence is written as a name that the question does not name itself."""
    asked = {key(span.of(question.text)) for span in words(question.text)}
    found = (span.of(claim.evidence) for span in words(claim.evidence)[1:])
    return any(word[0].isupper() and key(word) not in asked for word in found)
