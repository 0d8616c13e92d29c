"""A claim as it is weighed against a question, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from claims.beside import GAP
from claims.dates import DateMention, dates
from claims.entities import country_of
from claims.lexicon import lexicon, supported
from claims.model import Claim, EventDate, Modality
from claims.story import HEAD
from claims.terms import structure_terms, text_terms, word_terms
from claims.text import key, words

#: what it is worth to be met in the claim itself, beside it, or only in what its article is about
OWN, NEAR, ABOUT = 1.0, 0.75, 0.4
#: what it is worth that a claim says in itself what may be said instead
INSTEAD = 0.5
#: characters of what an article opens with that name what it is about
_HEADLINE = 160
#: letters that a name in a claim has at least
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Candidate:
    """A stored claim to be weighed."""

    number: int
    claim: Claim
    #: what its article is about: the title and the like
    context: str = ""
    #: the words right before its evidence, and the rest of its sentence
    beside: str = field(default="")
    #: the terms that other articles of its story are named by
    elsewhere: frozenset[str] = frozenset()
    #: the terms of what its story calls those who say it
    called: frozenset[str] = frozenset()

    @cached_property
    def said(self) -> frozenset[str]:
        """The terms of its evidence."""
        return text_terms(self.claim.evidence, self.claim.language)

    @cached_property
    def own(self) -> frozenset[str]:
        """The terms of what it says, and of who says it."""
        return self.said | self.structure | self.who

    @cached_property
    def structure(self) -> frozenset[str]:
        """The terms of its fields."""
        return structure_terms(self.claim)

    @cached_property
    def who(self) -> frozenset[str]:
        """The terms of who says it."""
        return _who(self.claim.speaker, self.claim.speaker_role, self.claim.language) | self.called

    @cached_property
    def counted(self) -> frozenset[str]:
        """The terms of its evidence without those of who says it."""
        return self.said - self.who | self.structure

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of its evidence that are written as names, folded; none where all nouns have capitals."""
        if self.claim.language not in supported():
            return frozenset()
        known = lexicon(self.claim.language)
        if known.settings.get("nouns_capitalised"):
            return frozenset()
        inner = words(self.claim.evidence)[1:]
        found = (span.of(self.claim.evidence) for span in inner)
        named = frozenset(key(one) for one in found if one[0].isupper() and len(one) >= _SHORTEST_NAME)
        return named - known.forms("weekday") - known.forms("month")

    @cached_property
    def says_where(self) -> bool:
        """Whether it is a figure of a place that its evidence names, smaller than a country: of no other place then."""
        where = self.claim.place
        return bool(
            where and self.claim.quantity and country_of(where) != where and key(where) in key(self.claim.evidence)
        )

    @property
    def before(self) -> str:
        """The words right before its evidence."""
        return self.beside.split(GAP, 1)[0]

    @cached_property
    def dates(self) -> tuple[EventDate, ...]:
        """The days that its evidence names, whether or not they are when it happened."""
        return tuple(one.date for one in self._dated if one.date)

    @cached_property
    def holds_figures(self) -> bool:
        """Whether its evidence holds a figure that is part of no date."""
        digits = (at for at, sign in enumerate(self.claim.evidence) if sign.isdigit())
        return any(not any(one.span.start <= at < one.span.end for one in self._dated) for at in digits)

    @cached_property
    def _dated(self) -> Sequence[DateMention]:
        if self.claim.language not in supported():
            return ()
        day = self.claim.published or self.claim.said_on
        planned = self.claim.modality is Modality.PLANNED
        return dates(self.claim.evidence, lexicon(self.claim.language), day, future=planned)

    @cached_property
    def near(self) -> frozenset[str]:
        """The terms beside it."""
        return text_terms(self.beside, self.claim.language)

    @cached_property
    def about(self) -> frozenset[str]:
        """The terms of its article."""
        story = frozenset(f"w:{name}" for name in self.claim.story)
        return text_terms(self.context, self.claim.language) | story

    @cached_property
    def headline(self) -> frozenset[str]:
        """The terms that its article is named by."""
        named = frozenset(f"w:{name}" for name in self.claim.story[:HEAD])
        return named | text_terms(self.title, self.claim.language)

    @property
    def title(self) -> str:
        """What its article opens with."""
        return self.context[:_HEADLINE]

    def meets_where(self, terms: frozenset[str]) -> float:
        """How closely it is of a place that it does not name itself: of the one named right before it, or where its
        article is set; of none named behind it or in passing."""
        if self.says_where:
            return 0.0
        if terms & text_terms(self.before, self.claim.language):
            return NEAR
        set_in = {f"w:{name}" for name in self.claim.story[:HEAD]} | text_terms(self.context, self.claim.language)
        return ABOUT if terms & set_in else 0.0

    def meets(self, terms: frozenset[str], instead: frozenset[str] = frozenset()) -> float:
        """How closely it holds one of the terms: 1 in itself, less beside it or in its article, 0 nowhere; less, too,
        where it holds one of those that may be said `instead`."""
        if terms & self.own:
            return OWN
        if terms & self.near:
            return NEAR
        if instead & self.own:
            return INSTEAD
        return ABOUT if terms & self.about else 0.0


@lru_cache(maxsize=4096)
def _who(speaker: str | None, role: str | None, language: str) -> frozenset[str]:
    return word_terms(" ".join(filter(None, (speaker, role))), language)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A weighed claim; `blocked` names the part of the question that it contradicts."""

    number: int
    claim: Claim
    score: float
    blocked: str | None = None
    #: (part of the question, its weight, how far the claim agrees)
    parts: tuple[tuple[str, float, float], ...] = ()

    @property
    def own_parts(self) -> int:
        """How many parts of the question are met in the claim itself."""
        return sum(degree >= OWN * 0.8 for _, _, degree in self.parts)
