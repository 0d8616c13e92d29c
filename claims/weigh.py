"""One claim weighed against a question: which of its parts the claim agrees with, and which it contradicts.

A part is weighed by what it names: a name, a measure and what is counted tell most. It is met in the claim itself,
beside it, or only in what its article is about. A claim about another actor, place, measure, unit, time or speaker is
blocked: never an answer, at best near.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache

from claims.ballots import is_committee
from claims.belongs import anothers, asked_of
from claims.candidate import ABOUT, INSTEAD, NEAR, OWN, Candidate, Ranked
from claims.concepts import about_money, dimension, listed
from claims.figure import MEASURED_NEAR, is_fate, measure_met, unit_met
from claims.measures import ancestors, measure
from claims.met import degree
from claims.model import SILENCE, Basis, Claim, EventDate, Kind, Modality, Precision
from claims.opposed import members, opposed
from claims.pair import told
from claims.question import Question
from claims.slot import denies
from claims.stage import of_other_stage
from claims.terms import meaning
from claims.text import key, words
from claims.whom import actor, place, speaker, typed

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
#: weight left of a word that is met in the article's matter only
_TOPICAL = 0.4
#: what is left of a score where a vote may be on another matter; of that, where some of the matter is met nowhere
_OTHER_MATTER = 0.8
_ANOTHER_MATTER = 0.7
#: what is left of one where a committee voted and any chamber is asked about
_COMMITTEE = 0.9
#: words that a question has at least to be met again in an article
_RHETORICAL = 4
#: what is left of a score where most of the question is met beside the claim only; where what is asked beyond the
#: article's matter is not met
_MOSTLY_BESIDE, _MISSES_THE_POINT = 0.85, 0.3
#: what a figure of "more" or "others" is worth where all are asked for
_MORE = 0.8
#: how long after the time that is asked about a claim without a date of its own may be made
_REPORTED_LATER = timedelta(days=60)
#: what it is worth that a claim of another day was told on the day that is asked about
_TOLD_THEN = 0.6
#: days that "on Tuesday night" may be off
_OFF = timedelta(days=1)
#: how the parts that say what is asked are named
_MATTER = ("measure", "word", "vote", "denial", "unit")
_NAMED = ("name", "actor", "place")


def weigh(
    question: Question,
    candidate: Candidate,
    unheard_of: frozenset[str] = frozenset(),
    only_beside: frozenset[str] = frozenset(),
) -> Ranked:
    """A candidate's score from 0 to 1, what blocks it, and how it came about."""
    parts = tuple(_parts(question, candidate, unheard_of))
    held = _held(parts, only_beside)
    blocked = next((name for name, _, degree in parts if degree < 0), None)
    unsaid = _in_fields_only(question, candidate)
    blocked = blocked or _beside_the_point([one for one in held if one[0] not in unsaid], unheard_of)
    total = sum(weight for _, weight, _ in parts)
    agreed = sum(weight * max(degree, 0.0) for _, weight, degree in parts) / total if total else 0.0
    score = agreed * _fit(question, candidate) * (0.85 + 0.15 * candidate.claim.confidence)
    score *= (
        _to_the_point(question, candidate, unheard_of) * _in_itself(held) * _on_that(question, candidate.claim, parts)
    )
    score *= 0.0 if _is_asked_beside(question, candidate) else 1.0
    return Ranked(candidate.number, candidate.claim, round(min(score, 1.0), 3), blocked, parts)


def _held(parts: Sequence[tuple[str, float, float]], only_beside: frozenset[str]) -> list[tuple[str, float]]:
    """How far the claim holds each part; what no claim holds itself is told of the one that it stands beside, where
    that holds anything."""
    if not any(degree >= OWN * 0.8 for _, _, degree in parts):
        only_beside = frozenset()
    beside = {f"word {word}" for word in only_beside}
    return [(name, OWN if name in beside and degree >= NEAR else degree) for name, _, degree in parts]


def _on_that(question: Question, claim: Claim, parts: Sequence[tuple[str, float, float]]) -> float:
    """Less where a vote names neither what was voted on nor who voted: it may be another sitting's; and less where a
    committee voted that nobody asked about: its chamber decides."""
    chamber = {f"word {word.written}" for word in question.words if word.terms & _voters()}
    on = [degree for name, _, degree in parts if name.startswith("word") and name not in chamber]
    by_name = any(name.startswith(("name", "actor")) and degree >= OWN for name, _, degree in parts)
    degree = _OTHER_MATTER if question.about_vote and on and not by_name and max(on) <= INSTEAD else 1.0
    degree *= _ANOTHER_MATTER if degree < 1.0 and min(on) <= 0 else 1.0
    body = claim.vote.body if claim.vote and question.about_vote and not chamber else None
    return degree * (_COMMITTEE if body and is_committee(body, claim.language) else 1.0)


def _beside_the_point(parts: Sequence[tuple[str, float]], unheard_of: frozenset[str]) -> str | None:
    """The first part that says what is asked, where a claim holds none of them itself: it only stands in the right
    article. What its speaker says may be told in other words, where nobody says those of the question."""
    matter = [(name, degree) for name, degree in parts if name.startswith(_MATTER)]
    told = [one for one in matter if not one[0].startswith("unit")]
    if matter and not told:  # "people", or "years", is no matter: whose they are is
        named = [degree for name, degree in parts if name.startswith(_NAMED)]
        return matter[0][0] if named and max(named) < OWN else None
    matter = told
    if not matter or any(degree >= OWN * 0.8 for _, degree in matter):
        return None
    said_so = any(name.startswith("speaker") and degree >= OWN * 0.8 for name, degree in parts)
    heard = [degree for name, degree in matter if name.removeprefix("word ") not in unheard_of]
    return None if said_so and heard and min(heard) >= MEASURED_NEAR else matter[0][0]


def _in_fields_only(question: Question, candidate: Candidate) -> frozenset[str]:
    """The words that any sum of money, or any plan, meets without saying so: "how much did the transformer *cost*"."""
    unsaid = _met_by_fields("money" in question.measured_in) & candidate.structure - candidate.said
    return frozenset(f"word {word.written}" for word in question.words if word.terms & unsaid)


@cache
def _met_by_fields(of_money: bool) -> frozenset[str]:
    return meaning({"plan", "promise"} | (listed("plain_amounts") if of_money else frozenset()))


@cache
def _voters() -> frozenset[str]:
    return meaning(listed("voters"))


def _is_asked_beside(question: Question, candidate: Candidate) -> bool:
    """Whether the article asks the very question right beside the claim: it is rhetorical, what stands there answers
    nothing."""
    asked = key(question.text).strip(" ?!\"'")
    return len(asked.split()) >= _RHETORICAL and asked in key(candidate.beside)


def _in_itself(parts: Sequence[tuple[str, float]]) -> float:
    """Less where most of what is asked stands beside the claim, not in it."""
    matter = [degree for name, degree in parts if name.startswith(_MATTER)]
    own = sum(degree >= OWN * 0.8 for degree in matter)
    return 1.0 if 2 * own >= len(matter) else _MOSTLY_BESIDE


def _to_the_point(question: Question, candidate: Candidate, unheard_of: frozenset[str]) -> float:
    """Less where what is asked beyond the matter of the article is not met: which *company* will *build* the bridge."""
    asked = (word for word in question.words if not word.is_name and word.written not in unheard_of)
    beyond = [word for word in asked if not word.terms & candidate.about]
    if not beyond:
        return 1.0
    return 1.0 - _MISSES_THE_POINT * sum(degree(question, word, candidate) <= 0 for word in beyond) / len(beyond)


def _parts(question: Question, candidate: Candidate, unheard_of: frozenset[str]) -> Iterable[tuple[str, float, float]]:
    """(part of the question, its weight, how far the claim agrees: 0 to 1, or -1 where it contradicts)."""
    claim = candidate.claim
    for name in question.actors:
        yield f"actor {name}", _ENTITY, typed(name, question, candidate) or actor(name, question, candidate)
    for name in question.places:
        yield f"place {name}", _ENTITY, typed(name, question, candidate) or place(name, candidate)
    if question.measure:
        met = measure_met(question, candidate)
        if met < 0 and question.measured_in:  # of hours in jail the unit tells, where jail is spoken of at all
            met = 0.0 if candidate.meets(frozenset({f"m:{question.measure}", *question.measure_terms})) else met
        yield f"measure {question.measure}", _MEASURE, met
    if question.measured_in:
        yield f"unit {' or '.join(sorted(question.measured_in))}", _UNIT, unit_met(question, claim)
    if question.speaker:
        yield f"speaker {question.speaker}", _SPEAKER, speaker(question, candidate)
    if question.about_denial:
        yield "denial", _SPEAKER, _denial(question, candidate)
    if question.about_vote and not question.about_denial:
        yield "vote", _MEASURE, _vote(question, candidate)
    for word in question.words:
        label = "name" if word.is_name else "word"
        weight = _NAME if word.is_name else _COUNTED if word.is_counted else _WORD
        met = degree(question, word, candidate)
        if word.written in unheard_of:
            weight = max(_UNHEARD, weight / max(1, len(question.words) - len(unheard_of) + bool(question.measure) - 1))
        elif 0 < met <= ABOUT and not (question.measured_in and word.terms & _figures()):
            weight *= _TOPICAL
        yield f"{label} {word.written}", weight, met
    if question.time or question.since or question.until:
        yield "time", _TIME, _time(question, candidate)
    for name in opposed(members(question.text, question.language), candidate):
        yield f"kind {name}", _COUNTED, -1.0
    if of_other_stage(question, claim):
        yield "stage", _COUNTED, -1.0
    for name in anothers(asked_of(question), candidate):
        yield f"whose {name}", _ENTITY, -1.0


def _vote(question: Question, candidate: Candidate) -> float:
    """Whether a claim is of a vote; how one went is not told by its being put off."""
    vote = candidate.claim.vote
    asked_for = question.planned or question.asks == "yes_no" or any(word.terms & _later() for word in question.words)
    if _later() & candidate.said and not asked_for and (vote is None or vote.in_favour is None):
        return -1.0
    counted, quantity = measure(candidate.claim.measure), candidate.claim.quantity
    is_thing = counted.known and counted.unit_class == "things"
    if question.asks == "count" and quantity and (is_thing or dimension(quantity.unit) not in (None, "share")):
        return -1.0  # so many boats, or litres, have no vote
    return 1.0 if candidate.claim.kind is Kind.VOTE else candidate.meets(frozenset({"i:vote"})) * 0.8


@cache
def _later() -> frozenset[str]:
    return meaning(("postpone",))


def _denial(question: Question, candidate: Candidate) -> float:
    """Whether the claim is a denial; what somebody admits answers too."""
    if denies(candidate.claim) and candidate.claim.rule != SILENCE:
        return 1.0
    return 0.6 if "i:admit" in candidate.own else 0.3 if question.measure else -1.0


def _time(question: Question, candidate: Candidate) -> float:
    """Whether it can be of the time that is asked about, and was said by then, or since then."""
    claim = candidate.claim
    said = told(claim)
    if said and ((question.until and said > question.until) or (question.since and said < question.since)):
        return -1.0
    when = question.time
    if when is None:
        return 1.0 if said else 0.5
    if any(_overlap(one, when) for one in candidate.dates):  # "called off Monday's strike", "the 2027 budget"
        return 1.0
    if claim.event_date and not _overlap(claim.event_date, when):
        days = Precision.DAY in (claim.event_date.precision, when.precision)
        so_far = claim.quantity is None or claim.quantity.basis is not Basis.STOCK
        if claim.event_date in candidate.dates and not (days or so_far):
            return -1.0  # "in March", in its own words; "since March" may hold in April, and more be told on a day
        return _TOLD_THEN if said and when.first <= said <= when.last else -1.0
    if claim.event_date:
        return 1.0
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
        degree = 1.0 if claim.quantity or tally else 0.75 if candidate.holds_figures else 0.5
        if claim.quantity and claim.quantity.basis is Basis.INCREMENT:
            degree *= _MORE
        if (
            not question.measure
            and claim.quantity
            and is_fate(measure(claim.measure))
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
        done = any(word.is_deed for word in question.words)  # who says so did not do it
        named_one = claim.agent or _names_somebody(claim, question, but_speaker=done)
        degree = 0.9 if named_one or (claim.speaker and not done) else 0.5 if done else 0.6
    elif claim.quantity is None and any(word.terms & _figures() for word in question.words):
        degree = 0.85
    elif claim.quantity is None and question.measure and question.asks == "topic":
        degree = 0.95
    if question.asks == "what_known" and question.about_vote and claim.modality is Modality.PLANNED:
        degree *= 1.0 if question.planned else 0.6  # "how did they vote" is past
    if claim.modality is Modality.CONDITIONAL and not question.conditional:
        degree *= 0.7
    return degree


@cache
def _figures() -> frozenset[str]:
    return frozenset(f"i:{name}" for name in about_money() | listed("figures"))


def _names_somebody(claim: Claim, question: Question, *, but_speaker: bool) -> bool:
    """Whether a word within the evidence is written as a name that the question does not name itself; where something
    is done, one that is not only of who says so."""
    asked = {key(span.of(question.text)) for span in words(question.text)}
    if but_speaker:
        asked |= {key(one) for name in (claim.speaker, *claim.via) if name for one in name.split()}
    found = (span.of(claim.evidence) for span in words(claim.evidence)[1:])
    return any(word[0].isupper() and key(word) not in asked for word in found)
