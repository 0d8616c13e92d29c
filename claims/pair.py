"""Two claims side by side, the earlier one first: what the rules of `claims.compare` look at."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from claims.anew import counts_on, former_figures, rejected_figures, revises, told_before
from claims.entities import country_of
from claims.model import GOES_ON, Claim, Kind, Modality, Quantity
from claims.relations import polarity, same_voice
from claims.sense import sets_against
from claims.story import one_story

#: characters between a report and another of the same
_BESIDE = 50


@dataclass(frozen=True)
class Pair:
    """Two claims, the earlier one first. What several rules ask is worked out once."""

    first: Claim
    second: Claim
    same_origin: bool

    @property
    def both(self) -> tuple[Claim, Claim]:
        """The two of them."""
        return self.first, self.second

    @cached_property
    def gap(self) -> int | None:
        """Days between the moments that the two claims speak for, None where one is unknown."""
        return self.told_apart if self.counts_on else _days(self.first.as_of, self.second.as_of)

    @property
    def counts_on(self) -> bool:
        """Whether what is counted since a day is told again later, by no other voice: each up to its telling."""
        dated = [claim for claim in self.both if claim.event_date]
        return (
            bool(self.told_apart and dated)
            and (self.same_speaker or self.unsaid)
            and all(counts_on(claim.evidence, claim.language) for claim in dated)
        )

    @cached_property
    def told_apart(self) -> int | None:
        """Days between the tellings, None where one is unknown."""
        return _days(told(self.first), told(self.second))

    @cached_property
    def is_ordered(self) -> bool:
        """Whether the second claim was told later than the first: on another day, or by the words of their page."""
        return bool(self.told_apart) or self.is_recalled

    @cached_property
    def is_recalled(self) -> bool:
        """Whether one page gives the first figure as one that was told before, and not the second."""
        return self.one_page and is_former(self.first) and not is_former(self.second)

    @cached_property
    def same_speaker(self) -> bool:
        """Whether one voice says both: the same speaker, named and resolved."""
        resolved = not (self.first.speaker_unresolved or self.second.speaker_unresolved)
        return resolved and same_voice(self.first, self.second)

    @property
    def two_voices(self) -> bool:
        """Whether two speakers with a name of their own say them."""
        named = self.first.speaker is not None and self.second.speaker is not None
        return named and not same_voice(self.first, self.second)

    @property
    def two_sides(self) -> bool:
        """Whether the voices of two countries say them: each may count its own dead."""
        one, other = (country_of(claim.speaker or "") for claim in self.both)
        return one is not None and other is not None and one != other

    @property
    def unsaid(self) -> bool:
        """Whether nobody is named as the speaker of either: two papers' own words."""
        return self.first.speaker is None and self.second.speaker is None

    @property
    def is_aside(self) -> bool:
        """Whether one page's own word stands beside somebody's, and not both are of one place: of others, maybe."""
        half_said = (self.first.speaker is None) != (self.second.speaker is None)
        same_place = self.first.place is not None and self.first.place == self.second.place
        return self.one_page and half_said and not same_place

    @cached_property
    def one_story(self) -> bool:
        """Whether their articles tell of one story."""
        return one_story(self.first, self.second)

    @cached_property
    def one_page(self) -> bool:
        """Whether both stand in one article, or in copies of it."""
        story = self.first.story and self.first.story == self.second.story
        return bool(story) and self.first.published == self.second.published

    @property
    def is_contrast(self) -> bool:
        """Whether one page sets the one figure right against the other."""
        return self.one_page and sets_against(self.first, self.second)

    @property
    def answers(self) -> bool:
        """Whether a bare figure is set against the one that it takes its measure from: they answer one question,
        whatever stands around them."""
        bare = GOES_ON in (self.first.rule, self.second.rule) and self.first.measure == self.second.measure
        return bare and self.is_contrast and self.first.modality is not Modality.CONDITIONAL

    @property
    def is_beside(self) -> bool:
        """Whether one page puts a report of the same right behind the one: "the union counts 900"."""
        first, second = self.both
        apart = max(first.start, second.start) - min(first.end, second.end)
        return self.one_page and first.measure == second.measure and 0 <= apart <= _BESIDE

    @property
    def replaces(self) -> bool:
        """Whether the second claim says that the first one's figure was so before: "to 15,000 from 12,000"."""
        figure = self.first.quantity.value if self.first.quantity else None
        return figure is not None and figure in former_figures(self.second.evidence, self.second.language)

    @property
    def rejects(self) -> bool:
        """Whether one of the two says that the other's figure is not so: "three, not five"."""
        return _rejects(self.first, self.second) or _rejects(self.second, self.first)

    @property
    def revised(self) -> bool:
        """Whether the second claim is told later and says that something is so now, or was corrected, and one of the
        two is a paper's own word: nobody's figure is set against another's."""
        papers = self.first.speaker is None or self.second.speaker is None
        return self.is_ordered and papers and revises(self.second)

    @cached_property
    def polarities(self) -> tuple[int | None, int | None]:
        """Whether each affirms, 1, denies, -1, or neither."""
        return polarity(self.first), polarity(self.second)

    @property
    def votes(self) -> bool:
        """Whether both are votes."""
        return self.first.kind is Kind.VOTE and self.second.kind is Kind.VOTE

    @property
    def figures(self) -> tuple[Quantity, Quantity] | None:
        """Both quantities, where both have one."""
        if self.first.quantity and self.second.quantity:
            return self.first.quantity, self.second.quantity
        return None


def ordered(a: Claim, b: Claim, *, same_origin: bool) -> tuple[Pair, bool]:
    """The pair, and whether `b` came first: what makes verdicts independent of the order of their arguments."""
    one, other = _when(a), _when(b)
    if one == other:
        one, other = _order(a), _order(b)
    swapped = repr(b) < repr(a) if one == other else other < one
    return (Pair(b, a, same_origin), True) if swapped else (Pair(a, b, same_origin), False)


def told(claim: Claim) -> date | None:
    """When the claim was put forward: the day of the saying, else of the page, else of what it tells."""
    return claim.said_on or claim.published or (claim.event_date.last if claim.event_date else None)


def is_former(claim: Claim) -> bool:
    """Whether a claim's own words say that its figure was told before."""
    return claim.quantity is not None and told_before(claim.evidence, claim.language)


def _rejects(one: Claim, other: Claim) -> bool:
    rejected = rejected_figures(one.evidence, one.language)
    return bool(rejected) and other.quantity is not None and other.quantity.value in rejected


def _days(one: date | None, other: date | None) -> int | None:
    return abs((one - other).days) if one and other else None


def _when(claim: Claim) -> tuple[object, ...]:
    return told(claim) or date.min, claim.published or date.min


def _order(claim: Claim) -> tuple[object, ...]:
    """An order of claims of one time; those that are alike in it are ordered by all that they hold."""
    return not is_former(claim), claim.kind.value, claim.start, claim.speaker or "", claim.evidence
