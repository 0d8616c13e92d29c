"""Whether two reports of votes are of one vote, and whether both can hold."""

from claims.entities import country_of
from claims.model import Claim
from claims.relations import name_words
from claims.sense import same_concepts
from claims.slot import content_words


def matters_differ(first: Claim, second: Claim) -> bool:
    """Both written in one language and without a word in common: two motions."""
    if first.vote is None or second.vote is None or not first.vote.matter or not second.vote.matter:
        return False
    if first.language != second.language:
        return False
    return not content_words(first.vote.matter) & content_words(second.vote.matter)


def same_motion(first: Claim, second: Claim) -> bool:
    """Whether something shows that two votes of one body are one: the matter, the day, or a part of the tally."""
    one, other = first.vote, second.vote
    if one is None or other is None:
        return False
    if one.matter and other.matter:
        same = content_words(one.matter) & content_words(other.matter)
        if same or same_concepts(one.matter, first.language, other.matter, second.language):
            return True
    days = first.event_date, second.event_date
    tallies = (one.in_favour, one.against), (other.in_favour, other.against)
    shared = any(mine is not None and mine == theirs for mine, theirs in zip(*tallies, strict=True))
    return shared or (None not in days and days[0] == days[1])


def bodies_differ(first: Claim, second: Claim) -> bool:
    """Whether two bodies are not one: both are known by name, or share no word; two languages need share none where
    both votes were taken on one day."""
    one, other = (claim.vote.body if claim.vote else None for claim in (first, second))
    if one is None or other is None or one == other:
        return False
    if country_of(one) and country_of(other):
        return True
    mine, theirs = name_words(one), name_words(other)
    if mine <= theirs or theirs <= mine or same_concepts(one, first.language, other, second.language):
        return False
    one_day = first.event_date is not None and first.event_date == second.event_date
    return first.language == second.language or not one_day


def one_parliament(one: str | None, other: str | None) -> bool:
    """Whether two bodies are of one country, or one is named as a part of the other: a senate and its committee."""
    if one is None or other is None:
        return False
    mine, theirs = country_of(one), country_of(other)
    if mine and theirs:
        return mine == theirs
    words = name_words(one) - name_words(mine or ""), name_words(other) - name_words(theirs or "")
    return bool(words[0] and words[1]) and (words[0] <= words[1] or words[1] <= words[0])


def results_clash(first: Claim, second: Claim) -> bool:
    """Whether two reports of one vote cannot both hold."""
    one, other = first.vote, second.vote
    if one is None or other is None:
        return False
    if one.result and other.result and one.result != other.result:
        return True
    tallies = ((one.in_favour, other.in_favour), (one.against, other.against), (one.abstain, other.abstain))
    if any(mine is not None and theirs is not None and mine != theirs for mine, theirs in tallies):
        return True
    return (one.unanimous and bool(other.against)) or (other.unanimous and bool(one.against))
