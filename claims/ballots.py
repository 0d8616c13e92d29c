"""Whether two reports of votes are of one vote, and whether both can hold."""

from claims.entities import country_of
from claims.model import Claim, Vote
from claims.relations import name_words
from claims.sense import concepts_of, same_concepts
from claims.slot import content_words

#: times as many votes as in another one: not of the same body
_LARGER = 2


def matters_differ(first: Claim, second: Claim) -> bool:
    """Both known and without a word in common, or in two languages without a concept: two motions."""
    one, other = (claim.vote.matter if claim.vote else None for claim in (first, second))
    if not one or not other or content_words(one) & content_words(other):
        return False
    if first.language == second.language:
        return True
    mine, theirs = _meant(one, first.language), _meant(other, second.language)
    return bool(mine and theirs) and not mine & theirs


def _meant(name: str, language: str) -> frozenset[str]:
    """The concepts of a name, in an article's words or in English."""
    return concepts_of(name, language) | concepts_of(name, "en")


def same_matter(first: Claim, second: Claim) -> bool:
    """Whether two votes are on one matter, as far as its words tell."""
    one, other = (claim.vote.matter if claim.vote else None for claim in (first, second))
    if not one or not other:
        return False
    shared = content_words(one) & content_words(other)
    return bool(shared) or same_concepts(one, first.language, other, second.language)


def same_motion(first: Claim, second: Claim) -> bool:
    """Whether something shows that two votes of one body are one: the matter, the day, or a part of the tally."""
    one, other = first.vote, second.vote
    if one is None or other is None:
        return False
    if same_matter(first, second):
        return True
    days = first.event_date, second.event_date
    return any(_tallies_shared(one, other)) or (None not in days and days[0] == days[1])


def same_tally(first: Claim, second: Claim) -> bool:
    """Whether two votes have both figures of their tally in common."""
    return first.vote is not None and second.vote is not None and all(_tallies_shared(first.vote, second.vote))


def _tallies_shared(one: Vote, other: Vote) -> tuple[bool, bool]:
    """Whether those in favour, and whether those against are as many in both."""
    tallies = (one.in_favour, other.in_favour), (one.against, other.against)
    favour, against = (mine is not None and mine == theirs for mine, theirs in tallies)
    return favour, against


def bodies_differ(first: Claim, second: Claim) -> bool:
    """Whether two bodies are not one: of another size, one of them a committee, both known by name, or with no word in
    common; two languages need share none where both votes were taken on one day."""
    one, other = (claim.vote.body if claim.vote else None for claim in (first, second))
    if one is None or other is None or one == other:
        return False
    if _sizes_differ(first, second):
        return True
    if (is_committee(one, first.language) is True) != (is_committee(other, second.language) is True):
        return True
    if country_of(one) and country_of(other):
        return True
    mine, theirs = name_words(one), name_words(other)
    if mine <= theirs or theirs <= mine or same_concepts(one, first.language, other, second.language):
        return False
    one_day = first.event_date is not None and first.event_date == second.event_date
    return first.language == second.language or not one_day


def is_committee(body: str, language: str) -> bool | None:
    """Whether a body is named as a part of a chamber, in an article's words or by its English name; None where no word
    of its name is known."""
    named = _meant(body, language)
    return "committee" in named if named else None


def _sizes_differ(first: Claim, second: Claim) -> bool:
    """Whether so many more took part in the one vote that a committee stands against its chamber."""
    cast = [_cast(claim) for claim in (first, second)]
    return None not in cast and max(map(int, filter(None, cast))) > _LARGER * min(map(int, filter(None, cast)))


def _cast(claim: Claim) -> int | None:
    """How many votes a claim tells of, where it tells of both sides."""
    vote = claim.vote
    if vote is None or vote.in_favour is None or vote.against is None:
        return None
    return vote.in_favour + vote.against + (vote.abstain or 0)


def one_parliament(one: str | None, other: str | None) -> bool:
    """Whether two bodies are of one country, or one is named as a part of the other: a senate and its committee."""
    if one is None or other is None or one == other:
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
