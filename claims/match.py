"""A question against candidate claims: slot agreement first, words only to confirm; or an honest abstention.

Every part of the question is weighed: a claim answers when it agrees with nearly all of them and contradicts none. A
claim about another actor, place, measure or speaker is never an answer, at best it is near.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from rapidfuzz import fuzz

from claims.compare import told
from claims.entities import country_of, entities, resolve
from claims.gazetteer import place_path
from claims.measures import ancestors, is_currency, measure
from claims.model import Basis, Claim, Kind, Modality
from claims.question import Question, Word
from claims.slot import slot
from claims.terms import own_terms, text_terms, word_terms
from claims.text import key

#: a score from here on is an answer; set on the open gold questions, see `tests/quality.py`
ANSWER = 0.6
#: a score from here on is worth mentioning as near
NEAR = 0.45
#: answers and near misses given back
MOST_ANSWERS, MOST_NEAR = 10, 3
#: how alike two words must be to be one word misspelled
_ALIKE = 84
_SHORTEST_TYPO = 5
#: share of the words of a speaker that a claim's own must hold
_MOST_OF_A_NAME = 0.5
#: what is left of a score where most of the question is met beside the claim only
_MOSTLY_BESIDE = 0.75
#: scores no further apart than this are about equal
_ABOUT_EQUAL = 0.1
#: weights of the parts of a question
_ENTITY, _MEASURE, _SPEAKER, _WORD, _NAME, _COUNTED = 2.0, 1.5, 2.0, 1.0, 2.0, 2.0
#: what is left of a degree where what is counted is met beside the claim only
_COUNTED_ELSEWHERE = 0.7
#: how long after the time that is asked about a claim without a date of its own may be made
_REPORTED_LATER = timedelta(days=60)
#: what it is worth to be met in the claim itself, beside it, or only in what its article is about
_OWN, _NEAR, _ABOUT = 1.0, 0.75, 0.55


@dataclass(frozen=True)
class Candidate:
    """A stored claim to be weighed."""

    number: int
    claim: Claim
    #: what its article is about: the title and the like
    context: str = ""
    #: the words right before its evidence, and the rest of its sentence
    beside: str = field(default="")

    @cached_property
    def own(self) -> frozenset[str]:
        """The terms of what it says, and of who says it."""
        who = " ".join(filter(None, (self.claim.speaker, self.claim.speaker_role)))
        return own_terms(self.claim) | word_terms(who, self.claim.language)

    @cached_property
    def near(self) -> frozenset[str]:
        """The terms beside it."""
        return text_terms(self.beside, self.claim.language)

    @cached_property
    def about(self) -> frozenset[str]:
        """The terms of its article."""
        return text_terms(self.context, self.claim.language)

    def meets(self, terms: frozenset[str]) -> float:
        """How closely it holds one of the terms: 1 in itself, less beside it or in its article, 0 nowhere."""
        if terms & self.own:
            return _OWN
        if terms & self.near:
            return _NEAR
        return _ABOUT if terms & self.about else 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A weighed claim; `blocked` names the part of the question that it contradicts."""

    number: int
    claim: Claim
    score: float
    blocked: str | None = None
    #: (part of the question, its weight, how far the claim agrees)
    parts: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Answers and near misses, best first. No answers: abstain."""

    answers: tuple[Ranked, ...]
    nearest: tuple[Ranked, ...]
    #: the best weighed claims, whatever became of them: why the winner won
    weighed: tuple[Ranked, ...] = ()

    @property
    def abstain(self) -> bool:
        """Whether nothing is known."""
        return not self.answers


def rank(question: Question, candidates: Sequence[Candidate]) -> Ranking:
    """Weigh the candidates. Linear in their number; nothing raises."""
    if question.is_empty or question.asks == "nothing":
        return Ranking((), ())
    ranked = sorted((_weigh(question, candidate) for candidate in candidates), key=_order)
    answers = _newest_first([one for one in ranked if one.score >= ANSWER and not one.blocked])
    near = [one for one in ranked if one.score >= NEAR and one not in answers]
    return Ranking(
        answers=tuple(_without_repeats(answers))[:MOST_ANSWERS],
        nearest=tuple(_without_repeats(near))[:MOST_NEAR],
        weighed=tuple(ranked[:MOST_ANSWERS]),
    )


def _order(one: Ranked) -> tuple[int, int, float, int]:
    """Best score first; among equals the newest."""
    return -round(one.score * 20), -(told(one.claim) or date.min).toordinal(), -one.claim.confidence, one.number


def _newest_first(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Claims of one slot that answer about equally well stand together where the best of them stands, newest first."""
    groups: dict[str, list[Ranked]] = {}
    for one in ranked:
        groups.setdefault(str(slot(one.claim)), []).append(one)
    return [one for group in groups.values() for one in sorted(group, key=lambda one: _age(one, group[0].score))]


def _age(one: Ranked, best: float) -> tuple[bool, int]:
    equal = _ABOUT_EQUAL if one.claim.quantity else _ABOUT_EQUAL / 3
    return best - one.score > equal, -(told(one.claim) or date.min).toordinal()


def _without_repeats(ranked: Iterable[Ranked]) -> Iterable[Ranked]:
    """The same figure by the same speaker from the same sentence once."""
    seen = set()
    for one in ranked:
        mark = (one.claim.speaker, one.claim.quantity, key(one.claim.evidence))
        if mark not in seen:
            seen.add(mark)
            yield one


def _weigh(question: Question, candidate: Candidate) -> Ranked:
    parts = tuple(_parts(question, candidate))
    blocked = next((name for name, _, degree in parts if degree < 0), None) or _beside_the_point(parts)
    total = sum(weight for _, weight, _ in parts)
    agreed = sum(weight * max(degree, 0.0) for _, weight, degree in parts) / total if total else 0.0
    score = agreed * _fit(question, candidate.claim) * (0.85 + 0.15 * candidate.claim.confidence)
    score *= _to_the_point(question, candidate) * _in_itself(parts)
    return Ranked(candidate.number, candidate.claim, round(min(score, 1.0), 3), blocked, parts)


def _beside_the_point(parts: Sequence[tuple[str, float, float]]) -> str | None:
    """The first part that says what is asked, where a claim holds none of them itself: it only stands in the right
    article."""
    told = [(name, degree) for name, _, degree in parts if name.startswith(("measure", "word", "vote", "denial"))]
    return None if not told or any(degree >= _OWN * 0.8 for _, degree in told) else told[0][0]


def _in_itself(parts: Sequence[tuple[str, float, float]]) -> float:
    """Less where most of what is asked stands beside the claim, not in it."""
    told = [degree for name, _, degree in parts if name.startswith(("measure", "word", "vote", "denial"))]
    own = sum(degree >= _OWN * 0.8 for degree in told)
    return 1.0 if 2 * own >= len(told) else _MOSTLY_BESIDE


def _to_the_point(question: Question, candidate: Candidate) -> float:
    """Less where what is asked beyond the matter of the article is not met: which *company* will *build* the bridge."""
    beyond = [word for word in question.words if not word.is_name and not word.terms & candidate.about]
    if not beyond:
        return 1.0
    return 1.0 if any(_word(word, candidate) > 0 for word in beyond) else 0.8


def _parts(question: Question, candidate: Candidate) -> Iterable[tuple[str, float, float]]:
    """(part of the question, its weight, how far the claim agrees: 0 to 1, or -1 where it contradicts)."""
    claim = candidate.claim
    for name in question.actors:
        yield f"actor {name}", _ENTITY, _actor(name, candidate)
    for name in question.places:
        yield f"place {name}", _ENTITY, _place(name, candidate)
    if question.measure:
        yield f"measure {question.measure}", _MEASURE, _measure(question, candidate)
    if question.speaker:
        yield f"speaker {question.speaker}", _SPEAKER, _speaker(question, candidate)
    if question.about_denial:
        yield "denial", _SPEAKER, 1.0 if claim.kind is Kind.DENIAL else 0.3 if question.measure else 0.0
    if question.about_vote and not question.about_denial:
        yield "vote", _MEASURE, 1.0 if claim.kind is Kind.VOTE else candidate.meets(frozenset({"c:vote"})) * 0.8
    for word in question.words:
        label = "name" if word.is_name else "word"
        weight = _NAME if word.is_name else _COUNTED if word.is_counted else _WORD
        yield f"{label} {word.written}", weight, _word(word, candidate)


def _word(word: Word, candidate: Candidate) -> float:
    """Whether a word is met; a name, or what is counted, must be."""
    degree = candidate.meets(word.terms) or (0.0 if word.is_concept else _misspelled(word.written, candidate))
    if word.is_name and not degree:
        return -1.0
    if word.is_counted and degree < _OWN:
        return -1.0 if degree < _ABOUT else degree * _COUNTED_ELSEWHERE
    return degree


def _misspelled(word: str, candidate: Candidate) -> float:
    if len(word) < _SHORTEST_TYPO:
        return 0.0
    for held, worth in ((candidate.own, _OWN), (candidate.near, _NEAR), (candidate.about, _ABOUT)):
        if any(term[0] == "w" and fuzz.ratio(word, term[2:], score_cutoff=_ALIKE) for term in held):
            return 0.9 * worth
    return 0.0


def _actor(name: str, candidate: Candidate) -> float:
    """Whether the claim is about somebody: a country is also met in its bodies, a person or a body only in itself."""
    claim = candidate.claim
    body = claim.vote.body if claim.vote else None
    mine = {one for one in (claim.agent, body) if one}
    if claim.kind is Kind.DENIAL and claim.speaker:
        mine.add(claim.speaker)
    if _same(name, mine):
        return 1.0
    if mine and (claim.kind in (Kind.QUANTITY, Kind.VOTE) or (claim.kind is Kind.DENIAL and _is_person(name))):
        return 0.6 if name in _named(claim) and name not in claim.place_path else -1.0
    return candidate.meets(frozenset({f"e:{key(name)}"}))


def _named(claim: Claim) -> set[str]:
    return {mention.entity.name for mention in entities(claim.evidence, claim.language)}


def _same(name: str, others: set[str]) -> bool:
    if name in others:
        return True
    is_country = country_of(name) == name
    return is_country and any(country_of(other) == name for other in others)


def _is_person(name: str) -> bool:
    entity = resolve(name)
    return entity is not None and entity.kind == "person"


def _place(name: str, candidate: Candidate) -> float:
    claim = candidate.claim
    path = claim.place_path or ((claim.place,) if claim.place else ())
    if name in path:
        return 1.0
    inside = any(name in place_path(other) for other in _named(claim))
    if path:
        return 0.5 if inside and claim.kind is not Kind.QUANTITY else -1.0
    if inside:
        return 0.9
    return candidate.meets(frozenset({f"e:{key(name)}"}))


def _measure(question: Question, candidate: Candidate) -> float:
    asked, claim = question.measure or "", candidate.claim
    if asked in ancestors(claim.measure) or (asked == "votes" and claim.kind is Kind.VOTE):
        return 1.0
    if measure(claim.measure).family in ancestors(asked):
        return 0.6
    met = candidate.meets(frozenset({f"m:{asked}", *question.measure_terms}))
    other = measure(claim.measure)
    if claim.quantity and question.asks == "count" and met < _OWN:
        whole = other.known and (other.basis is Basis.CUMULATIVE or other.unit_class != "people")
        return -1.0 if whole or not met else 0.6
    return met


def _speaker(question: Question, candidate: Candidate) -> float:
    """Whether it is said by whom the question names; a speaker who is no known name is met in words."""
    name, claim = question.speaker or "", candidate.claim
    if question.speaker_terms:
        who = " ".join(filter(None, (claim.speaker, claim.speaker_role, *claim.via)))
        said_by = word_terms(who, claim.language) | word_terms(who, "en")
        share = sum(bool(terms & said_by) for terms in question.speaker_terms) / len(question.speaker_terms)
        beside = any(terms & candidate.own for terms in question.speaker_terms)
        if share >= _MOST_OF_A_NAME:
            return share
        return 0.5 if beside and not share else 0.0 if claim.speaker is None else -1.0
    if claim.speaker is None:
        return -1.0
    one, other = (country_of(who) or key(who) for who in (name, claim.speaker))
    if one == other or key(name) in key(claim.speaker):
        return 1.0
    return 0.7 if claim.speaker_role and key(name) in key(claim.speaker_role) else -1.0


def _fit(question: Question, claim: Claim) -> float:
    """Whether a claim of this kind can answer a question of this kind."""
    degree = 1.0
    if question.asks == "count":
        tally = claim.vote is not None and question.about_vote and claim.vote.in_favour is not None
        degree = 1.0 if claim.quantity or tally else 0.5
    elif question.asks == "result":
        degree = 1.0 if claim.kind is Kind.VOTE else 0.6
    elif question.asks == "who_denied":
        degree = 1.0 if claim.kind is Kind.DENIAL else 0.4
    elif question.asks == "who_said":
        degree = 1.0 if claim.speaker else 0.6
    elif question.asks == "when":
        degree = 1.0 if claim.event_date else 0.6
    elif question.asks == "where":
        degree = 1.0 if claim.place else 0.7
    elif question.asks == "yes_no":
        degree = 0.92 if claim.quantity else 1.0
    elif question.asks == "who":
        degree = 0.9 if claim.speaker or claim.agent else 0.6
    if claim.modality is Modality.CONDITIONAL and not question.conditional:
        degree *= 0.85
    if question.about_money and claim.quantity and not is_currency(claim.quantity.unit):
        degree *= 0.8 if claim.quantity.unit == "percent" else 0.6
    return degree * _time_fit(question, claim)


def _time_fit(question: Question, claim: Claim) -> float:
    """Whether it can be of the time that is asked about: little where it is known to be of another."""
    when = question.time
    if when is None or claim.as_of is None:
        return 1.0
    if claim.event_date:
        return 1.0 if claim.event_date.first <= when.last and when.first <= claim.event_date.last else 0.5
    return 1.0 if when.first <= claim.as_of <= when.last + _REPORTED_LATER else 0.5
