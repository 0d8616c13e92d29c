"""Whether two figures that say no more than what they count answer one question: of whom, or of what, they leave to the
words around them."""

from decimal import Decimal

from claims.anew import revises
from claims.pair import Pair
from claims.relations import basis, is_generic, names_a_thing
from claims.sense import one_matter, speak_apart

#: figures of a measure that is only a unit, further apart than this, answer different questions
APART = 3
#: a speaker who corrects himself is rarely further from what he said
REVISED = Decimal("1.5")


def of_one_thing(pair: Pair, times: Decimal) -> bool:
    """Whether two figures that say no more than what they count are of one thing: by their words, by whose they are, or
    by a speaker who changes his figure a little."""
    one_voice = pair.same_speaker or (pair.revised and pair.one_story)
    revised = one_voice and times <= REVISED and basis(pair.first) is basis(pair.second) and not speak_apart(*pair.both)
    if one_matter(*pair.both) or _one_actor(pair) or revised or pair.is_contrast:
        return True
    return times <= APART and ((pair.is_beside and pair.two_voices) or _one_noun(pair))


def is_told_anew(pair: Pair, times: Decimal) -> bool:
    """Whether a figure is given again on a later day, changed: in words that say that it is so now, or, of what a story
    rarely holds two counts of, by its speaker. What else is said must not speak of two matters."""
    if not (pair.one_story and pair.is_ordered and times <= APART and pair.first.measure == pair.second.measure):
        return False
    again = pair.same_speaker and (names_a_thing(pair.first) or revises(pair.second))
    now = pair.revised and (not pair.unsaid or one_matter(*pair.both))
    return (again or now) and not speak_apart(*pair.both)


def _one_noun(pair: Pair) -> bool:
    """Whether two speakers, or one on two days, count one kind of thing in one story: hectares, bank accounts; what
    they say of it must not differ, unless two languages name one place."""
    first, second = pair.both
    named = not pair.one_page and first.speaker is not None and second.speaker is not None
    if not (named and pair.one_story and names_a_thing(first) and first.measure == second.measure):
        return False
    one_place = first.place is not None and first.place == second.place
    return (one_place and first.language != second.language) or not speak_apart(first, second)


def _one_actor(pair: Pair) -> bool:
    return pair.first.agent is not None and pair.first.agent == pair.second.agent


def is_told_by_nobody(pair: Pair) -> bool:
    """Whether a sum that may be of anything is a paper's own word."""
    return not _one_actor(pair) and any(is_generic(claim) and claim.speaker is None for claim in pair.both)
