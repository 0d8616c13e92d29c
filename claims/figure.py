"""Whether a claim's figure is of what a question counts: of the measure, in the unit, of those who are asked for."""

from claims.candidate import ABOUT, OWN, Candidate
from claims.concepts import answered_by, apiece, dimension, listed, wholes
from claims.measures import Measure, ancestors, is_money, measure
from claims.model import Claim, Kind
from claims.question import Question, Word
from claims.text import key

#: what a figure is worth whose measure is only told beside it
MEASURED_NEAR = 0.4
#: words of a claim that only goes on with the one before: "five of them are minors"
_SHORT = 7
#: what the figure of a measure is worth that answers a question for another one
_ANSWERED = 0.9
#: ways of asking that leave open whether a figure is asked for
_OPEN = frozenset({"topic", "what"})
#: what may be asked of those whom anything befell
_OF_ANY_FATE = frozenset({"casualties", "people", "victims"})
#: what holds of people for a time: no figure of soldiers tells how many are prisoners by itself
_HELD = frozenset({"prisoners", "withdrawn"})
#: classes of what is counted one by one
_COUNTABLE = frozenset({"things", "people", "votes"})
#: a pay rise is told in money or in percent
_PAY = frozenset({"i:wage", "i:rise"})
_PAY_RISE = 0.8


def measure_met(question: Question, candidate: Candidate) -> float:
    """Whether the claim counts or tells what is asked; another figure of people is another measure where the claim
    itself says what it counts."""
    asked, claim = question.measure or "", candidate.claim
    if asked in ancestors(claim.measure) or (asked == "votes" and claim.kind is Kind.VOTE):
        return 1.0
    met = candidate.meets(frozenset({f"m:{asked}", *question.measure_terms}))
    if claim.measure and answered_by(asked) & set(ancestors(claim.measure)):
        return max(_ANSWERED, met)
    mine = measure(claim.measure)
    unit = claim.quantity.unit if claim.quantity else ""
    another = mine.known and (is_fate(mine) or mine.unit_class not in (measure(asked).unit_class, "share"))
    counts = claim.quantity is not None and (question.asks == "count" or (another and question.asks in _OPEN))
    of_those = dimension(unit) == "share" and _is_of_those(question, candidate)
    things = counts and _is_thing(unit) and not of_those
    if things and not question.measured_in and measure(asked).unit_class in _COUNTABLE:
        return -1.0
    if counts and is_fate(mine) and asked not in _OF_ANY_FATE:
        return -1.0
    if counts and _counts_no_people(measure(asked), mine):
        return -1.0
    if met == OWN:
        return -1.0 if counts and _counts_others(measure(asked), mine) else met
    if counts and mine.known and mine.unit_class == "things" and measure(asked).tells_fate:
        return -1.0
    told = (
        mine.known
        and asked != "crowd"
        and is_fate(measure(asked))
        and mine.unit_class == "people"
        and mine.family != "people"
    )
    fates = {f"i:{name}" for name in (*listed("fates"), *([mine.family] if told or mine.tells_fate else ()))}
    other = fates - question.measure_terms - {f"i:{asked}"}
    befalls = is_fate(measure(asked)) and asked != "crowd"  # seventy percent of a staff may be who gathered
    if counts and _is_of_those(question, candidate) and not other & candidate.said:
        if (befalls or asked in _HELD) and (met <= ABOUT or len(claim.evidence.split()) > _SHORT):
            return -1.0
        return 0.0 if met <= ABOUT and not befalls else MEASURED_NEAR
    if counts:
        return -1.0 if met <= ABOUT or other & candidate.said else MEASURED_NEAR
    return met or (-1.0 if befalls else 0.0)


def _counts_no_people(asked: Measure, mine: Measure) -> bool:
    """Whether those who came or walked out are counted and the figure is of schools or of votes: no teachers walk out
    by "400 schools closed for the strike"."""
    return asked.family == "crowd" and mine.known and mine.unit_class in ("things", "votes")


def _counts_others(asked: Measure, mine: Measure) -> bool:
    """Whether a figure of people is of others than are counted, who are only named beside it: no jobs, ships or troops
    are told by "700 residents saw the ships"."""
    counted = asked.unit_class in _COUNTABLE and not is_fate(asked) and asked.family not in _OF_ANY_FATE
    return counted and mine.known and mine.unit_class == "people" and mine.family != asked.family


def _is_of_those(question: Question, candidate: Candidate) -> bool:
    """Whether a figure is of those who are counted: "70 percent of employees"."""
    return any(word.is_counted and word.terms & candidate.counted for word in question.words)


def _is_thing(unit: str) -> bool:
    """Whether a figure is of money, weight, length or time: no people go missing by the tonne."""
    return is_money(unit) or bool(dimension(unit))


def is_fate(one: Measure) -> bool:
    """Whether a measure tells what befell people."""
    return one.tells_fate or one.family in listed("fates")


def may_be_counted(question: Question, word: Word, candidate: Candidate) -> bool:
    """Whether the figure can be of what is counted: no sum of money is, nor what befell others, nor what the claim
    itself has another noun for."""
    quantity = candidate.claim.quantity
    if quantity is None or word.terms & candidate.counted:
        return True
    if question.measure and is_fate(measure(question.measure)):
        return False
    bare = len(candidate.claim.evidence.split()) <= _SHORT
    return bare and not _is_thing(quantity.unit)


def _asks_for_all(question: Question) -> bool:
    """Whether all is asked for, and nothing for one or by the day: "in total", no "in total per year"."""
    asked = frozenset(key(question.text).strip("?!.").split())
    return bool(asked & wholes(question.language)) and not asked & apiece(question.language)


def unit_met(question: Question, claim: Claim) -> float:
    """Whether the figure is measured in what is asked for."""
    if claim.quantity is None:
        return 0.0
    unit = claim.quantity.unit
    name = "money" if is_money(unit) else dimension(unit)
    if " per " in unit and _asks_for_all(question):
        return -1.0
    if name in question.measured_in:
        return 1.0
    if "people" in question.measured_in:
        counts = measure(claim.measure).unit_class
        return -1.0 if name or unit == "votes" else 1.0 if counts == "people" else 0.7
    if name == "share" and "money" in question.measured_in:
        return _PAY_RISE if any(word.terms & _PAY for word in question.words) else 0.4
    return -1.0
