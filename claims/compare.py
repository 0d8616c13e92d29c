"""Two claims become a verdict: echo, confirmation, update, contradiction … Text likeness plays no part in it.

The rules stand in `RULES`, in order: the first that has an opinion decides. Each looks at the pair with the earlier
claim first, which makes the whole symmetric. The order and the bounds are those of `docs/design.md`, section "When two
claims meet".
"""

from collections.abc import Callable

from claims import denial
from claims.anew import counts_on, puts_off, reckons_anew, revises
from claims.ballots import (
    bodies_differ,
    matters_differ,
    one_parliament,
    results_clash,
    same_matter,
    same_motion,
    same_tally,
)
from claims.entities import country_of
from claims.intervals import holds, interval, is_less, meet, times_apart
from claims.model import SILENCE, Basis, Bound, Claim, EventDate, Kind, Modality, Relation, Verdict
from claims.one_question import APART, is_told_anew, is_told_by_nobody, of_one_thing
from claims.pair import Pair, ordered, told
from claims.relations import (
    actors_differ,
    basis,
    changes_daily,
    is_generic,
    is_loose,
    is_of_a_day,
    is_of_whom_unsaid,
    is_period,
    is_plan,
    is_what_is_left,
    names_a_thing,
    only_counts,
    overlap,
    places_differ,
    same_family,
    same_object,
    subgroups_differ,
    tied,
    whole_of,
)
from claims.sense import admits, group_of, one_matter, tells_of_promise, wants_differ
from claims.slot import unit_class
from claims.verdict import verdict

__all__ = ["RULES", "compare", "told"]

#: days within which two figures of a stock speak of the same moment
STOCK_WINDOW = 21
#: days after which two tolls, or two votes of one body, belong to different events
EVENT_WINDOW = 30
#: days within which two tolls are of the same time
SAME_TIME = 2
#: days within which another voice's lower toll is no news of an older day: tolls do not fall
FALL_WINDOW = 4
#: two figures that one page sets against each other may be as far apart as police and organisers
FAR_SET_AGAINST = 20
#: figures from here on are hardly met twice in one story by chance
TELLING = 20
#: figures of any measure further apart than this are more likely misread than disputed
FAR_APART = 100

#: measures of one sitting, told by a verb or by a noun
_BALLOT = frozenset({"vote", "votes"})

#: relation, rule's name, score; None: the rule has no opinion
_Finding = tuple[Relation, str, float] | None
_WHICH_MOTION: _Finding = (Relation.NEEDS_REVIEW, "which motion, is not said", 0.4)


def compare(a: Claim, b: Claim, *, same_origin: bool = False) -> Verdict:
    """What two claims are to each other. Symmetric (a mirrored `newer` apart) and total: it raises for no claims."""
    pair, swapped = ordered(a, b, same_origin=same_origin)
    for rule in RULES:
        found = rule(pair)
        if found:
            return verdict(pair, swapped, *found)
    return verdict(pair, swapped, Relation.UNRELATED, "no rule relates them", 0.0)


# The rules, top to bottom. Each takes the pair and gives (relation, rule's name, score) or None.


def _echo(pair: Pair) -> _Finding:
    if pair.same_origin:
        return Relation.ECHO, "same origin", 1.0
    return None


def _not_asserted(pair: Pair) -> _Finding:
    for claim in (pair.first, pair.second):
        if claim.modality is Modality.CONDITIONAL:
            return Relation.UNRELATED, "conditional", 0.0
        if claim.rule == SILENCE:
            return Relation.UNRELATED, "silence", 0.0
    return None


def _other_question(pair: Pair) -> _Finding:
    """Slots that have nothing to do with each other."""
    first, second = pair.first, pair.second
    if denial.signs(pair) >= denial.ENOUGH:
        return None
    if {first.kind, second.kind} & {Kind.VOTE, Kind.AGREEMENT} and first.kind is not second.kind:
        return Relation.UNRELATED, "another kind", 0.0
    if not same_family(first, second):
        return Relation.UNRELATED, "another measure", 0.0
    if pair.votes:
        return None
    if pair.figures and unit_class(first) != unit_class(second):
        return Relation.UNRELATED, "another unit", 0.0
    if actors_differ(first, second):
        return Relation.UNRELATED, "another actor", 0.0
    if places_differ(first, second):
        return Relation.UNRELATED, "another place", 0.0
    if not tied(first, second):
        return Relation.UNRELATED, "nothing ties them", 0.0
    if pair.figures and wants_differ(first, second) and not pair.answers:
        return Relation.UNRELATED, "another measure", 0.0
    return None


def _rejected(pair: Pair) -> _Finding:
    """A figure that one of them says is not so: told later, mostly by the same people, whatever they are called then. A
    small one may be of anything, unless their words tell."""
    if pair.figures is None or not pair.rejects:  # hardly any pair goes on
        return None
    if not pair.one_story or unit_class(pair.first) != unit_class(pair.second):
        return None
    one_question = same_family(*pair.both) or one_matter(*pair.both)
    chance = not one_question and min(figure.high or figure.low or 0 for figure in pair.figures) < TELLING
    if chance or is_plan(pair.first) != is_plan(pair.second) or any(map(tells_of_promise, pair.both)):
        return None
    told_anew = pair.same_speaker or not pair.two_voices or pair.second.speaker_unresolved
    if pair.is_ordered and (told_anew or revises(pair.second) or admits(pair.second)):
        return Relation.UPDATE, "the figure was changed", 0.9
    if pair.same_speaker:
        return Relation.NEEDS_REVIEW, "same speaker, two figures", 0.4
    return Relation.CONTRADICTION, "one says that it is not so", 0.9


def _put_off(pair: Pair) -> _Finding:
    """The day of what was to be, and a later claim that moves it to another one."""
    first, second = pair.both
    if not puts_off(second) or not (pair.is_ordered and pair.one_story and is_plan(first) and first.event_date):
        return None
    measures = {first.measure, second.measure}
    same = "" not in measures and (len(measures) == 1 or measures <= _BALLOT)
    moved = second.event_date is not None and not overlap(first.event_date, second.event_date)
    return (Relation.UPDATE, "the date was moved", 0.7) if moved and (same or one_matter(first, second)) else None


def _denied(pair: Pair) -> _Finding:
    """One says that it is so, the other that it is not."""
    signs = denial.signs(pair)
    polarities = pair.polarities
    if signs < denial.ENOUGH and (None in polarities or polarities[0] == polarities[1]):
        both_deny = polarities[0] == polarities[1] == -1
        return (Relation.CONFIRMS, "both deny", 0.8) if both_deny else None
    denying, affirming = denial.sides(pair) or (pair.both if polarities[0] == -1 else pair.both[::-1])
    if affirming.modality is Modality.PLANNED and not (pair.same_speaker or denial.denies_plan(denying)):
        return Relation.COMPATIBLE, "denial of a plan", 0.5
    of_some = denying.agent and denying.agent != denying.speaker and not affirming.agent
    another_group = denying.subgroup and denying.subgroup != affirming.subgroup
    if another_group or ((denying.quantity or denying.negated) and of_some):
        return Relation.COMPATIBLE, "denial of a part", 0.5
    apart = pair.gap if signs < denial.ENOUGH else pair.told_apart
    if apart is not None and apart > EVENT_WINDOW and not (pair.one_page and signs >= denial.ENOUGH):
        return Relation.UNRELATED, "long apart", 0.0
    if affirming is pair.second and pair.is_ordered and not is_plan(affirming) and denial.denies_plan(denying):
        return Relation.UPDATE, "it came about all the same", 0.7
    if pair.same_speaker:
        if not pair.is_ordered:
            return Relation.COMPATIBLE, "in one breath", 0.5
        if signs < denial.ENOUGH and not denial.denies_number(denying, affirming):
            return Relation.NEEDS_REVIEW, "whose it is, is not said", 0.4
        return Relation.REVERSAL, "same speaker, other word", 0.9
    if pair.one_story and signs < denial.ENOUGH:
        return Relation.NEEDS_REVIEW, "whose it is, is not said", 0.4
    return Relation.DISPUTE, "denied and affirmed", 0.9


def _replaced(pair: Pair) -> _Finding:
    """A figure that the later claim itself names as the former one."""
    told_anew = pair.figures and pair.is_ordered and not meet(*map(interval, pair.figures))
    return (Relation.UPDATE, "the figure was changed", 0.9) if told_anew and pair.one_story and pair.replaces else None


def _plan(pair: Pair) -> _Finding:
    planned = [is_plan(claim) for claim in (pair.first, pair.second)]
    reckoned = pair.one_story and pair.is_ordered and pair.same_speaker and reckons_anew(pair.second)
    if planned[0] != planned[1] and not (reckoned or pair.answers or pair.is_contrast or _reckons_too(pair)):
        return Relation.PLAN_AND_FACT, "plan and fact", 0.8
    return None


def _reckons_too(pair: Pair) -> bool:
    """Whether another voice gives its own figure for what one plans: "the dam will cost 40 million; the union reckons
    with 70"."""
    if pair.figures is None or not (pair.one_story and pair.two_voices):
        return False
    return pair.is_beside or ((pair.one_page or not pair.is_ordered) and one_matter(*pair.both))


def _vote(pair: Pair) -> _Finding:
    one, other = pair.first.vote, pair.second.vote
    if not pair.votes or one is None or other is None:
        return None
    if bodies_differ(*pair.both) or not (pair.one_story or _one_body(pair)):
        if one_parliament(one.body, other.body) and (pair.gap is None or pair.gap <= EVENT_WINDOW):
            return Relation.SEQUENCE, "another chamber", 0.7
        return Relation.UNRELATED, "another body", 0.0
    if matters_differ(pair.first, pair.second):
        return Relation.UNRELATED, "another matter", 0.0
    if not ((one.body and other.body) or (one.matter and other.matter)):
        return Relation.NEEDS_REVIEW, "body unknown", 0.3
    score = 0.9 if one.body and other.body else 0.6
    if same_tally(pair.first, pair.second) and not results_clash(pair.first, pair.second):
        return Relation.CONFIRMS, "same vote", score
    if pair.first.event_date and pair.second.event_date and pair.gap is not None and pair.gap > SAME_TIME:
        return (Relation.UPDATE, "a later vote", score) if same_matter(*pair.both) else _WHICH_MOTION
    if results_clash(pair.first, pair.second):
        if pair.one_page and pair.unsaid:
            return Relation.UNRELATED, "one page's own words", 0.0
        if not (same_motion(pair.first, pair.second) or pair.is_beside):
            return _WHICH_MOTION
        return Relation.CONTRADICTION, "votes differ", score
    return Relation.CONFIRMS, "same vote", score


def _one_body(pair: Pair) -> bool:
    """Whether both votes are of one body, in two stories one that is known by its name: any may have a "commission"."""
    first, second = pair.both
    told_apart = first.story and second.story and not country_of(first.agent or "")
    return first.agent is not None and first.agent == second.agent and not told_apart


def _other_event(pair: Pair) -> _Finding:
    """Tolls of different days belong to different events; so do figures bound to different periods."""
    if pair.figures is None:
        return None
    bound = [claim for claim in pair.both if not counts_on(claim.evidence, claim.language)]
    periods = [claim.event_date for claim in bound if claim.event_date and is_period(claim.event_date)]
    if len(periods) == 2 and not overlap(*periods):
        return Relation.UNRELATED, "another period", 0.0
    if periods and pair.gap is not None and pair.gap > EVENT_WINDOW and not _within(pair):
        return Relation.UNRELATED, "another period", 0.0
    day_window = FALL_WINDOW if pair.same_speaker else SAME_TIME
    if pair.gap is not None and pair.gap > day_window and any(map(is_of_a_day, pair.both)):
        return Relation.UNRELATED, "another event", 0.0
    if pair.gap is not None and pair.gap > EVENT_WINDOW and basis(pair.first) is not Basis.STOCK:
        return Relation.UNRELATED, "another event", 0.0
    return None


def _within(pair: Pair) -> bool:
    """Whether the day of one lies in the period of the other."""
    spans = [claim.event_date or (EventDate.day(day) if (day := claim.as_of) else None) for claim in pair.both]
    return bool(spans[0] and spans[1] and overlap(spans[0], spans[1]))


def _part(pair: Pair) -> _Finding:
    """A part of a place, of a group or of a measure against its whole."""
    if pair.figures is None:
        return None
    whole = whole_of(pair.first, pair.second)
    if whole is None:
        if subgroups_differ(pair.first, pair.second):
            return Relation.UNRELATED, "another group", 0.0
        return None
    part = pair.second if whole is pair.first else pair.first
    figures = dict(zip((id(pair.first), id(pair.second)), pair.figures, strict=True))
    low, high = interval(figures[id(part)])[0], interval(figures[id(whole)])[1]
    at_once = pair.gap is not None and pair.gap <= SAME_TIME
    greater = low is not None and high is not None and low > high
    told_later = part is pair.second or (pair.is_ordered and changes_daily(whole))
    if greater and told_later and bool(part.place) != bool(whole.place):
        return None  # what was taken for a part has outgrown its whole, or that shrank: it is the same, told later
    if greater and at_once and not pair.same_speaker:
        sure = not group_of(part) and part.measure == whole.measure and not is_generic(part)
        return Relation.CONTRADICTION, "part greater than whole", 0.7 if sure else 0.4
    return Relation.PART_OF, "part and whole", 0.7


def _added(pair: Pair) -> _Finding:
    """ "50 more" is no total, nor are those "still in hospital"."""
    if pair.figures and Basis.INCREMENT in (basis(pair.first), basis(pair.second)):
        both = basis(pair.first) is basis(pair.second)
        raised = pair.is_ordered and reckons_anew(pair.second)
        return None if (both or raised) and pair.same_speaker else (Relation.COMPATIBLE, "increment and total", 0.5)
    if pair.figures and sum(is_what_is_left(claim) for claim in pair.both) == 1:
        return Relation.PART_OF, "part and whole", 0.7
    return None


def _loose(pair: Pair) -> _Finding:
    """A paper's "thousands" is no count, and a paper does not contradict itself."""
    if pair.figures is None:
        return None
    if pair.one_page and pair.unsaid and pair.figures[0] != pair.figures[1]:
        return Relation.UNRELATED, "one page's own words", 0.0
    if is_loose(pair.first) or is_loose(pair.second):
        return Relation.COMPATIBLE, "a loose word", 0.5
    return None


def _agreeing(pair: Pair) -> _Finding:
    """Figures whose intervals meet."""
    if pair.figures is None:
        return None
    one, other = pair.figures
    if not meet(interval(one), interval(other)) or _grew_beyond(pair):
        return None
    exact = one.bound is Bound.EXACT and other.bound is Bound.EXACT
    if exact or (one.low, one.high) == (other.low, other.high):
        echo = pair.same_speaker and (pair.gap is None or pair.gap <= SAME_TIME)
        return (Relation.ECHO, "same speaker, same figure", 0.9) if echo else (Relation.CONFIRMS, "same figure", 0.9)
    closed = None not in (one.low, one.high, other.low, other.high)
    if closed and (Bound.VAGUE in (one.bound, other.bound) or holds(interval(one), interval(other))):
        return Relation.REFINES, "one is more exact", 0.8
    return Relation.COMPATIBLE, "figures allow each other", 0.7


def _other_question_of_a_unit(pair: Pair) -> _Finding:
    """Two sums of money of one story are rarely answers to one question unless they are of one size."""
    if pair.figures is None:
        return None
    times = times_apart(*pair.figures)
    if pair.is_contrast and times <= FAR_SET_AGAINST:
        return None
    if (is_generic(pair.first) or is_generic(pair.second)) and times > APART:
        return Relation.UNRELATED, "another sum", 0.0
    if is_told_anew(pair, times):
        return None
    if (is_generic(pair.first) or is_generic(pair.second)) and not of_one_thing(pair, times):
        return Relation.NEEDS_REVIEW, "of whom, is not said", 0.4
    if pair.one_story and (only_counts(*pair.both) or is_told_by_nobody(pair)):
        return Relation.NEEDS_REVIEW, "of whom, is not said", 0.4
    if times > FAR_APART:
        return Relation.NEEDS_REVIEW, "too far apart", 0.3
    return None


def _toll(pair: Pair) -> _Finding:
    """Cumulative figures: they can only grow."""
    if pair.figures is None or Basis.CUMULATIVE not in (basis(pair.first), basis(pair.second)):
        return None
    score = _sureness(pair)
    told_later = pair.is_recalled or (pair.is_ordered and not (pair.one_page and pair.two_voices))
    if told_later and is_less(*pair.figures):
        if pair.two_sides:
            return Relation.NEEDS_REVIEW, "of whom, is not said", 0.4
        return Relation.UPDATE, "the toll grew", score
    if pair.is_ordered and pair.same_speaker:
        return Relation.CORRECTION, "same speaker, lower toll", score
    if pair.revised and reckons_anew(pair.second):
        return Relation.UPDATE, "the figure was changed", score
    if pair.same_speaker:
        return Relation.NEEDS_REVIEW, "same speaker, two figures", 0.4
    if pair.unsaid or (pair.is_aside and not pair.answers):
        return Relation.NEEDS_REVIEW, "two papers, two tolls", 0.4
    if is_of_whom_unsaid(*pair.both) and not pair.answers:
        return Relation.NEEDS_REVIEW, "of whom, is not said", 0.4
    if pair.told_apart is not None and pair.told_apart <= FALL_WINDOW:
        return Relation.CONTRADICTION, "tolls differ", score
    return Relation.NEEDS_REVIEW, "lower toll, later", 0.4


def _state(pair: Pair) -> _Finding:
    """Figures of a state: they may rise and fall."""
    if pair.figures is None:
        return None
    score = _sureness(pair)
    if pair.same_speaker:
        if pair.is_ordered:
            return Relation.UPDATE, "same speaker, later", score
        return Relation.NEEDS_REVIEW, "same speaker, two figures", 0.4
    if pair.is_recalled:
        return Relation.UPDATE, "the figure was changed", score
    if pair.gap is None:
        return Relation.NEEDS_REVIEW, "time unknown", 0.4
    if pair.gap > STOCK_WINDOW or (pair.is_ordered and (changes_daily(pair.first) or pair.unsaid)):
        return Relation.UPDATE, "apart in time", score
    if pair.revised:
        return Relation.UPDATE, "it is said to be so now", score
    if pair.unsaid or (pair.is_ordered and pair.second.speaker is None):
        return Relation.NEEDS_REVIEW, "two papers, two figures", 0.4
    if is_of_whom_unsaid(*pair.both) and not (pair.answers or pair.is_contrast):
        return Relation.NEEDS_REVIEW, "of whom, is not said", 0.4
    if _outgrown(pair):
        if reckons_anew(pair.second) or (names_a_thing(pair.first) and revises(pair.second)):
            return Relation.UPDATE, "it is said to be so now", 0.6
        return Relation.NEEDS_REVIEW, "another voice, later", 0.4
    return Relation.CONTRADICTION, "figures exclude each other", score


def _outgrown(pair: Pair) -> bool:
    """Whether another voice gives more on a later day of what may be of anything: it has grown, unless both are of one
    day that they name."""
    grown = pair.figures is not None and is_less(*pair.figures)
    of_one_day = pair.gap == 0 and all(claim.event_date for claim in pair.both)
    generic = is_generic(pair.first) or is_generic(pair.second)
    return grown and generic and bool(pair.told_apart) and not (of_one_day or pair.one_page)


def _event_dates(pair: Pair) -> _Finding:
    """One event, two dates."""
    first, second = pair.first, pair.second
    if first.kind is not second.kind or first.kind not in (Kind.AGREEMENT, Kind.EVENT):
        return None
    if first.agent is None or first.agent != second.agent or not (first.event_date and second.event_date):
        return None
    if first.kind is Kind.EVENT and first.measure != second.measure:
        return None
    if first.modality is not second.modality:
        return Relation.PLAN_AND_FACT, "plan and fact", 0.6
    if overlap(first.event_date, second.event_date):
        return Relation.CONFIRMS, "same event, same time", 0.7
    if first.modality is Modality.PLANNED and pair.is_ordered:
        return Relation.UPDATE, "the date was moved", 0.6
    if pair.gap is not None and pair.gap <= EVENT_WINDOW and same_object(first, second):
        return Relation.CONTRADICTION, "dates of one event differ", 0.6
    return None


RULES: tuple[Callable[[Pair], _Finding], ...] = (
    _echo,
    _not_asserted,
    _rejected,
    _put_off,
    _other_question,
    _denied,
    _replaced,
    _plan,
    _vote,
    _other_event,
    _part,
    _added,
    _loose,
    _agreeing,
    _other_question_of_a_unit,
    _toll,
    _state,
    _event_dates,
)


def _grew_beyond(pair: Pair) -> bool:
    """ "At least 331" and later "at least 602": the intervals meet, yet the toll has grown."""
    if pair.figures is None or Basis.CUMULATIVE not in (basis(pair.first), basis(pair.second)):
        return False
    one, other = pair.figures
    lows = one.low is not None and other.low is not None and other.low > one.low
    return one.high is None and lows and pair.is_ordered


def _sureness(pair: Pair) -> float:
    """Lower where actor or place of one side is unknown: a needed field that is missing never widens the slot."""
    score = 0.9
    if pair.one_story:
        return score
    score -= 0.15 if any(claim.agent is None for claim in pair.both) else 0
    score -= 0.15 if any(claim.place is None for claim in pair.both) else 0
    return round(score, 2)
