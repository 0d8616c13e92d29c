"""Who votes, and on what: the noun phrases of a ballot, and what the sentences before said of them."""

from dataclasses import dataclass

from claims.annotate import Annotated, strip
from claims.entities import body_in, country_of
from claims.lexicon import Cue
from claims.model import Span, Vote

#: how many words before its noun belong to a name: "union's bargaining committee"
_MOST_MODIFIERS = 3
#: sentences behind a vote in which another count of it may stand, its own included
_SOON = 2
#: per cent
HALF = 50
#: how many characters behind its noun plain words may take
_LONGEST_NAME = 20


@dataclass
class Floor:
    """What an article has last said of ballots: who sits, on what, and the last vote."""

    body: str | None = None
    matter: str | None = None
    vote: Vote | None = None
    #: the last vote, where hardly anything stands between: another count may be of it
    open: Vote | None = None
    _since: int = 0

    def note(self, sentence: Annotated, vote: Vote | None) -> None:
        """Remember a sentence's chamber and matter, and its vote where it tells of one."""
        houses = [cue for cue in sitting(sentence, sentence.whole) if not cue.get("people")]
        named = body(sentence, sentence.whole, len(sentence.text), self) if houses else None
        ballots = [cue for cue in sentence.of("matter") if cue.get("ballot")]
        self.body = (vote and vote.body) or named or self.body
        if vote and vote.matter:
            self.matter = vote.matter
        elif ballots:
            self.matter = _recalled(_phrase(sentence, ballots[0].span, plain=True), self)
        self.vote = vote or self.vote
        self._since = 0 if vote else self._since + 1
        self.open = self.vote if self._since < _SOON else None


def sitting(sentence: Annotated, scope: Span) -> list[Cue]:
    """The chambers and their members that may vote, and are not merely the place: "in front of parliament"."""
    cues = sentence.of("chamber", scope)
    cast = bool(cues) and _are_cast(sentence, scope)
    return [cue for cue in cues if _acts(sentence, cue) and (cast or not cue.get("casting"))]


def _are_cast(sentence: Annotated, scope: Span) -> bool:
    """Whether votes are told of: courts, workers and citizens decide otherwise too, or not at all."""
    if any(cue.get("role") in ("vote", "unanimous") for cue in sentence.of("vote", scope)):
        return True
    told = [number for number in sentence.numbers if scope.holds(number.span)]
    return any(one.kind == "tally" or (one.percent and one.low is not None and one.low >= HALF) for one in told)


def _acts(sentence: Annotated, chamber: Cue) -> bool:
    before = [word for word in sentence.words if word.end <= chamber.span.start]
    if not before or sentence.is_capital(before[-1]):
        return True
    at = chamber.span.start - 1
    placed = sentence.is_one(before[-1], "locative") and not chamber.get("inside")
    return not placed and not any(cue.span.end == at for cue in sentence.of("venue"))


def body(sentence: Annotated, scope: Span, verb: int, floor: Floor) -> str | None:
    """Who votes: a known chamber by its canonical name, a committee as the text calls it; members stand for the body
    that was named before."""
    cues = sitting(sentence, scope) or sentence.of("chamber", scope)
    houses = [cue for cue in cues if not cue.get("people")]
    subjects = [cue for cue in houses if cue.span.start < verb] or houses
    head = next((cue for cue in subjects if cue.get("part")), subjects[0] if subjects else None)
    known = [one for one in sentence.names if scope.holds(one.span) and one.entity.kind in ("body", "organisation")]
    if head is None:
        return known[0].entity.name if known else floor.body or (_phrase(sentence, cues[0].span) if cues else None)
    if not head.get("part"):
        inside = next((one for one in known if one.span.overlaps(head.span)), None)
        if inside:
            return inside.entity.name
    written = _phrase(sentence, head.span)
    country = country_of(floor.body) if floor.body else None
    return (country and body_in(country, written, sentence.language)) or written


def matter(sentence: Annotated, scope: Span, verb: Span, floor: Floor) -> str | None:
    """What is voted on, as written; "it" and "the bill" mean what was named before."""
    found = sentence.of("matter", scope)
    if not found:
        pronoun = any(0 <= cue.span.start - verb.end <= 1 for cue in sentence.of("anaphor"))
        clitic = any(cue.span == verb and cue.get("object") for cue in sentence.of("vote"))
        return floor.matter if pronoun or clitic else None
    head = max(found, key=lambda cue: (cue.span.end - cue.span.start, -cue.span.start))
    return _recalled(_phrase(sentence, head.span, plain=True), floor)


def _recalled(written: str, floor: Floor) -> str:
    """The fuller name from before, where this one only repeats its words."""
    known = floor.matter
    if known and set(written.casefold().split()) <= set(known.casefold().split()):
        return known
    return written


def _phrase(sentence: Annotated, head: Span, *, plain: bool = False) -> str:
    """A noun with what belongs to its name: capitalised words on either side, plain ones on the side where the language
    puts them, behind it only where `plain` says so."""
    start, end = head.start, head.end
    first = bool(sentence.lexicon.settings.get("modifiers_first"))
    before = [word for word in sentence.words if word.end <= start]
    for word in reversed(before[-_MOST_MODIFIERS:]):
        if not _belongs(sentence, word) or sentence.text[word.end : start].strip():
            break
        if not (first or sentence.is_capital(word)):
            break
        start = word.start
    for word in [word for word in sentence.words if word.start >= end]:
        if sentence.text[end : word.start].strip() or not _belongs(sentence, word):
            break
        if not (sentence.is_capital(word) or (plain and not first and end - head.end < _LONGEST_NAME)):
            break
        end = word.end
    return strip(sentence.text, Span(start, end)).of(sentence.text)


def _belongs(sentence: Annotated, word: Span) -> bool:
    """Whether a word can be part of a name: no preposition, verb or date."""
    dated = any(mention.span.overlaps(word) for mention in sentence.dates)
    if sentence.is_function(word) or dated or any(number.span.overlaps(word) for number in sentence.numbers):
        return False
    sections = ("vote", "say", "boundary", "modality", "agree", "weekday", "month")
    return not any(cue.span.overlaps(word) for section in sections for cue in sentence.of(section))
