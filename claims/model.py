"""The values that everything else passes around: articles, claims, questions' answers and verdicts.

All are frozen; none knows where it is stored. Names of people, bodies and places are canonical English where the
entity is known (`claims.entities`), else as written. Dates are plain dates in the outlet's own calendar; instants are
aware UTC datetimes and appear only where `now` is handed in.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What sort of assertion a claim is."""

    QUANTITY = "quantity"
    VOTE = "vote"
    DENIAL = "denial"
    AGREEMENT = "agreement"
    STATEMENT = "statement"
    EVENT = "event"


class Modality(StrEnum):
    """How surely the speaker puts it."""

    ASSERTED = "asserted"
    #: accused, rumoured, hearsay: somebody says that somebody says
    ALLEGED = "alleged"
    DENIED = "denied"
    #: stands under an "if": never a fact
    CONDITIONAL = "conditional"
    #: will, is due to, promised, demanded
    PLANNED = "planned"


class Bound(StrEnum):
    """How a number limits the true value."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    #: dozens, ribuan: low and high are the limits that the word conventionally means
    VAGUE = "vague"


class Basis(StrEnum):
    """What a number counts up."""

    #: how many there are at one time
    STOCK = "stock"
    #: how many so far: a toll, which can only grow
    CUMULATIVE = "cumulative"
    #: how many more
    INCREMENT = "increment"
    #: how many there shall be
    PLANNED = "planned"


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    #: a span that is none of these: "last week", "10-12 May"
    SPAN = "span"


#: the rule of a claim that somebody did not say, answer or confirm something: it neither affirms nor denies
SILENCE = "silence"

#: the rule of a bare figure, which counts what the one before it counts: "the ministry insists on 59"
GOES_ON = "count of what the figure before counts"

#: the rule of a denial that only points at a claim before it: what it denies is that claim's words
POINTING = "denial of what stands before"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece itself."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class EventDate:
    """When something happened: the first and the last day that it may have been."""

    first: date
    last: date
    precision: Precision

    @property
    def iso(self) -> str:
        """As the command line prints it: "2024", "2024-06", "2024-10-23"; a span is printed as its first day."""
        if self.precision is Precision.YEAR:
            return f"{self.first.year:04d}"
        if self.precision is Precision.MONTH:
            return f"{self.first.year:04d}-{self.first.month:02d}"
        return self.first.isoformat()

    @classmethod
    def day(cls, on: date) -> "EventDate":
        """One whole day."""
        return cls(on, on, Precision.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as an interval. "More than" has no high end, "up to" no low end."""

    low: Decimal | None
    high: Decimal | None
    #: what is counted: a measure's unit ("people", "soldiers", "deaths"), a currency ("USD"), "percent", or the noun
    unit: str
    bound: Bound = Bound.EXACT
    basis: Basis = Basis.STOCK
    #: the number as it stands in the text
    surface: str = ""

    @property
    def approx(self) -> bool:
        """Whether the speaker calls it an estimate."""
        return self.bound in (Bound.ABOUT, Bound.VAGUE)

    @property
    def value(self) -> Decimal | None:
        """The one figure to show: the low end, else the high end."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A decision by ballot."""

    #: canonical name of the chamber, board or electorate
    body: str | None = None
    #: what was voted on, as written
    matter: str | None = None
    #: "passed", "rejected", or None while it is open
    result: str | None = None
    in_favour: int | None = None
    against: int | None = None
    abstain: int | None = None
    absent: int | None = None
    unanimous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable assertion, with the exact words that carry it: `text[start:end] == evidence`, always."""

    kind: Kind
    evidence: str
    start: int
    #: what is measured or decided: "troops", "killed", "vote" …: a name from `claims/lexicon/measures.toml`, or the
    #: counted noun as written
    measure: str = ""
    #: who says it; None is the page's own voice, or unknown
    speaker: str | None = None
    #: the speaker is a pronoun or a noun that nothing in the text resolves: such a claim never alarms
    speaker_unresolved: bool = False
    #: "president", "police spokesman" …, as written
    speaker_role: str | None = None
    #: those who pass the speaker's word on, nearest to the reader first
    via: tuple[str, ...] = ()
    #: the verb or phrase of saying, as written
    cue: str = ""
    #: whom it is about: who acts, or whose number it is
    agent: str | None = None
    #: to whom it is done
    target: str | None = None
    #: what it is done with or about, as written
    object: str | None = None
    #: a part of what is measured: "police", "children"; empty means all
    subgroup: str | None = None
    quantity: Quantity | None = None
    vote: Vote | None = None
    #: for denials: the clause that is denied, as written
    denied: str | None = None
    #: canonical name of where it holds
    place: str | None = None
    #: the place and what it lies in, innermost first: ("Kursk Oblast", "Russia")
    place_path: tuple[str, ...] = ()
    event_date: EventDate | None = None
    #: the names that its article keeps coming back to (`claims.story`): what ties claims that name no place themselves
    story: tuple[str, ...] = ()
    #: the concepts that its article opens with
    opening: tuple[str, ...] = ()
    #: when the speaker said it
    said_on: date | None = None
    #: when the page was published
    published: date | None = None
    #: what is claimed is that something is *not* so
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    #: 0 to 1: how sure the extractor is that a reader would agree
    confidence: float = 1.0
    #: ISO 639-1 code of the sentence
    language: str = ""
    #: which rule made it; `extract --explain` shows it
    rule: str = ""

    @property
    def end(self) -> int:
        """One past the evidence's last character."""
        return self.start + len(self.evidence)

    @property
    def as_of(self) -> date | None:
        """The day the claim speaks for: of the event, else of the saying, else of the page."""
        return self.event_date.last if self.event_date else self.said_on or self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page as it was read. `text` begins with the title."""

    #: JSON's id, else the URL, else the path as given
    id: str
    text: str
    title: str = ""
    #: the outlet
    source: str | None = None
    url: str | None = None
    published: date | None = None
    #: ISO 639-1 code, None to have it found out
    language: str | None = None


class Relation(StrEnum):
    """What two claims are to each other: the verdicts of `docs/design.md`."""

    ECHO = "echo"
    UNRELATED = "unrelated"
    COMPATIBLE = "compatible"
    CONFIRMS = "confirms"
    REFINES = "refines"
    PART_OF = "part of"
    PLAN_AND_FACT = "plan and fact"
    SEQUENCE = "sequence"
    UPDATE = "update"
    CORRECTION = "correction"
    REVERSAL = "reversal"
    CONTRADICTION = "contradiction"
    DISPUTE = "dispute"
    NEEDS_REVIEW = "needs review"


#: what those who follow "conflicts" are told of
ALARMS = frozenset({Relation.CONTRADICTION, Relation.DISPUTE, Relation.REVERSAL, Relation.CORRECTION})
#: what the command line calls a conflict; a reversal or correction is an update with an alarm
CONFLICTS = frozenset({Relation.CONTRADICTION, Relation.DISPUTE})
#: what two claims are that stand on one side
AGREEING = frozenset({Relation.ECHO, Relation.CONFIRMS, Relation.REFINES, Relation.COMPATIBLE})
#: what the command line calls an update
UPDATES = frozenset({Relation.UPDATE, Relation.CORRECTION, Relation.REVERSAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What two claims are to each other, why, and what to say about it."""

    relation: Relation
    #: the name of the rule that fired; its sentence stands in the locale files under `rule.<name>`
    rule: str
    #: "count", "vote", "denial", "date" or "event"
    about: str
    #: which of the two is the later one: "a", "b" or None
    newer: str | None = None
    #: "alarm", "notice" or "none": whether somebody should be told
    severity: str = "none"
    #: 0 to 1
    score: float = 1.0
    #: what the rule's sentence needs: names, figures and dates by name
    arguments: dict[str, str] = field(default_factory=dict)
