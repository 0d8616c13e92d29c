"""A question against candidate claims: slot agreement first, then recency; or an honest abstention.

Claims that answer about equally well stand together by the question that they answer, the newest word of each speaker
first. What contradicts one of the first answers stands right behind it, so that both sides are told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from claims.candidate import Candidate, Ranked
from claims.compare import compare
from claims.heard import named, only_beside, parted, respelled, together, unheard
from claims.model import CONFLICTS, UPDATES, Kind, Relation
from claims.pair import told
from claims.question import Question
from claims.slot import asks, denies, keys, slot
from claims.text import key
from claims.weigh import weigh

#: a score from here on is an answer; set on the open gold questions, see `tests/quality.py`
ANSWER = 0.52
#: what the best claim needs less or more than that: where two parts or more are met, less for some ways of asking, as
#: few claims meet them by chance, and for each word that nobody says; more where it is an event, which tells only that
#: something happened. Fitted by logistic regression to the questions over the stories that are read
_EASIER, _UNHEARD, _EVENT = {"yes_no": 0.29, "when": 0.23, "topic": 0.22}, 0.1, 0.23
#: a score from here on is worth mentioning as near
NEAR = 0.4
#: no claim below that answers, however it is asked
_LEAST = 0.45
#: answers and near misses given back
MOST_ANSWERS, MOST_NEAR = 10, 3
#: scores no further apart than this are about equal
_ABOUT_EQUAL = 0.03
#: answers whose other side is looked for
_DISPUTED = 3
#: how closely which share of the question must be met for a claim to take up the first answer
_BESIDE, _MOSTLY = 0.7, 0.75
#: from what degree on a part is met closely; parts of which one is enough for a near miss
_CLOSELY = 0.6
_TELLING = frozenset({"actor", "place", "measure", "speaker", "denial", "vote", "name"})
_OTHER_SIDE = CONFLICTS | {Relation.REVERSAL}


@dataclass(frozen=True, slots=True)
class Ranking:
    """Answers and near misses, best first. No answers: abstain."""

    answers: tuple[Ranked, ...]
    nearest: tuple[Ranked, ...]
    #: the best weighed claims, whatever became of them, and the score from which on one answers: why the winner won
    weighed: tuple[Ranked, ...] = ()
    least: float = ANSWER

    @property
    def abstain(self) -> bool:
        """Whether nothing is known."""
        return not self.answers


def rank(question: Question, candidates: Sequence[Candidate]) -> Ranking:
    """Weigh the candidates. Linear in their number; nothing raises."""
    if question.is_empty or question.asks == "nothing":
        return Ranking((), ())
    candidates = together(candidates)
    question = respelled(parted(named(question, candidates), candidates), candidates)
    unheard_of, beside = unheard(question, candidates), only_beside(question, candidates)
    ranked = sorted((weigh(question, candidate, unheard_of, beside) for candidate in candidates), key=_order)
    least = _least(question, ranked, unheard_of)
    answers = _newest_first([one for one in ranked if one.score >= least and not one.blocked])
    answers = list(_without_repeats(answers))
    answers = _both_sides(answers if question.speaker else _updated(answers, ranked), ranked)
    near = [one for one in ranked if one.score >= NEAR and one not in answers and _is_near(one)]
    return Ranking(
        answers=tuple(answers)[:MOST_ANSWERS],
        nearest=tuple(_without_repeats(near))[:MOST_NEAR],
        weighed=tuple(ranked[:MOST_ANSWERS]),
        least=least,
    )


def _least(question: Question, ranked: Sequence[Ranked], unheard_of: frozenset[str]) -> float:
    """The score from which on a claim answers: that of the others is no question where the best one does not."""
    best = next((one for one in ranked if not one.blocked), None)
    if best is None:
        return ANSWER
    needed = _needed(question, best, unheard_of)
    return min(ANSWER, needed) if best.score >= needed else needed


def _needed(question: Question, best: Ranked, unheard_of: frozenset[str]) -> float:
    """The score from which on the best claim answers."""
    met = sum(degree >= _CLOSELY for _, _, degree in best.parts)
    unsaid = sum(name.removeprefix("word ") in unheard_of for name, _, degree in best.parts if degree <= 0)
    less = _EASIER.get(question.asks, 0.0) + _UNHEARD * unsaid if met > 1 else 0.0
    more = _EVENT if best.claim.kind is Kind.EVENT else 0.0
    return max(_LEAST, ANSWER - less + more)


def _is_near(one: Ranked) -> bool:
    """Whether more than a single word is met: another country's president is not near the one asked for."""
    met = [name.split(" ", 1)[0] for name, _, degree in one.parts if degree >= _CLOSELY]
    return len([name for name in met if name == "word"]) > 1 or bool(_TELLING.intersection(met))


def _order(one: Ranked) -> tuple[int, int, float, int]:
    """Best score first; among equals the newest."""
    return -round(one.score * 20), -(told(one.claim) or date.min).toordinal(), -one.claim.confidence, one.number


def _newest_first(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Claims of one slot that answer about equally well stand together where the best of them stands: the newest word
    of each speaker, newest first, then what they said before."""
    groups: dict[str, list[Ranked]] = {}
    for one in ranked:
        groups.setdefault(str(slot(one.claim)), []).append(one)
    return [one for group in groups.values() for one in _by_speaker(group)]


def _by_speaker(group: Sequence[Ranked]) -> list[Ranked]:
    best = group[0]
    newest = sorted(group, key=lambda one: _age(one, best))
    seen: set[tuple[str, bool]] = set()
    first: list[Ranked] = []
    later: list[Ranked] = []
    for one in newest:
        voice = key(one.claim.speaker or ""), _age(one, best)[0]
        (later if one.claim.speaker and voice in seen else first).append(one)
        seen.add(voice)
    return first + later


def _age(one: Ranked, best: Ranked) -> tuple[bool, int]:
    """Whether it answers worse than the best of its slot, then how old it is."""
    equal = _ABOUT_EQUAL if one.claim.quantity else _ABOUT_EQUAL / 3
    worse = best.score - one.score > equal or one.own_parts < best.own_parts
    return worse, -(told(one.claim) or date.min).toordinal()


def _updated(answers: list[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
    """The newest figure first where it is an update of the one that answers best, whoever gives it."""
    if not answers or answers[0].claim.quantity is None:
        return answers
    first = answers[0]
    newer = [one for one in ranked if one.score >= NEAR and not one.blocked and _updates(one, first)]
    newest = max(newer, key=lambda one: told(one.claim) or date.min, default=first)
    return [newest, *(one for one in answers if one is not newest)]


def _updates(one: Ranked, other: Ranked) -> bool:
    verdict = compare(one.claim, other.claim)
    return verdict.relation in UPDATES and verdict.newer == "a"


def _both_sides(answers: list[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
    """What contradicts one of the first answers, right behind it, whether or not it answers by itself; then a claim
    that takes up the best of them."""
    found: list[Ranked] = []
    held = {one.number: frozenset(keys(one.claim)) for one in ranked} if answers else {}
    for at, one in enumerate(answers):
        if one not in found:
            found.append(one)
            if at < _DISPUTED:
                wanted = frozenset(asks(one.claim))
                others = (other for other in ranked if wanted & held[other.number] and other not in found)
                found += [other for other in others if _contradicts(one, other)][:1]
    taking_up = (one for one in ranked if found and one not in found and _takes_up(found[0], one))
    return found[:_DISPUTED] + list(islice(taking_up, 1)) + found[_DISPUTED:]


def _takes_up(one: Ranked, other: Ranked) -> bool:
    """Whether a claim that leaves out what was just said answers as the first answer does: "the company says 1,700",
    "the police deny that"."""
    total = sum(weight for _, weight, _ in other.parts)
    met = sum(weight for _, weight, degree in other.parts if degree >= _BESIDE)
    if other.score < NEAR or met < _MOSTLY * total or any(degree < 0 for _, _, degree in other.parts):
        return False
    mine, its = one.claim.quantity, other.claim.quantity
    if mine and its:
        return mine.unit == its.unit and (one.claim.speaker or "") != (other.claim.speaker or "")
    return denies(other.claim) and not mine and not denies(one.claim)


def _contradicts(one: Ranked, other: Ranked) -> bool:
    return compare(one.claim, other.claim).relation in _OTHER_SIDE


def _without_repeats(ranked: Iterable[Ranked]) -> Iterable[Ranked]:
    """The same figure by the same speaker from the same sentence once."""
    seen = set()
    for one in ranked:
        mark = (one.claim.speaker, one.claim.quantity, key(one.claim.evidence))
        if mark not in seen:
            seen.add(mark)
            yield one
