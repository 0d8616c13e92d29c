"""Counts: how many soldiers, dead, votes, euros: a number with what it counts."""

from decimal import Decimal

from claims.annotate import Annotated
from claims.kinds.counted import EVERYBODY, counted_by, repeats_number, says_how_many, sum_named
from claims.kinds.draft import Draft, segments
from claims.kinds.fates import verb_behind_aside, verb_of
from claims.kinds.nouns import (
    REACH,
    counts_people,
    followed_by_word,
    is_some_of,
    noun_in_front,
    noun_of,
    part_start,
    says_it_is_part,
)
from claims.lexicon import Cue
from claims.measures import is_currency
from claims.measures import measure as measure_named
from claims.model import GOES_ON, Basis, Bound, Kind, Quantity, Span
from claims.numbers import Number
from claims.phrases import phrase_before

#: the rule of a figure whose measure is known
COUNTED = "count of a measured noun"
#: a bare figure behind a sum of money may be another sum from here on, and is no count of people from there on
_SMALLEST_SUM, _LARGE_SUM = 100, 1_000_000
#: measures of verbs that do not tell who moved: "about 3,000 had arrived" of the soldiers
_MOVED = frozenset({"arrived", "crossed"})
#: how many characters may stand between a noun and whose it is: "soldados de la Federación …"
_NEAR = 12


def find(sentence: Annotated, before: Draft | None = None) -> list[Draft]:
    """The counts that a sentence puts forward. `before` is the article's last count: a bare figure ("the ministry
    insists on 59") counts what that one counts."""
    counted = [number for number in sentence.numbers if number.kind == "count" or _counts_none(sentence, number)]
    counted = [one for one in counted if not any(mention.span.holds(one.span) for mention in sentence.dates)]
    counted = [one for one in counted if not _is_name(sentence, one) and not _multiplies(sentence, one)]
    pieces = segments(sentence, [Span(part_start(sentence, one), one.span.end) for one in counted])
    found: list[Draft] = []
    for at, (number, piece) in enumerate(zip(counted, pieces, strict=True)):
        whole = counted[at + 1] if at + 1 < len(counted) and _is_part_of(sentence, number, counted[at + 1]) else None
        if at and _is_part_of(sentence, counted[at - 1], number) and not _has_clause(sentence, number):
            continue  # the whole of "8 of 10"
        draft = _read(sentence, number, piece, _former(sentence, number) or before, whole)
        if draft:
            if is_some_of(sentence, number):
                before = None  # a bare figure behind it is of other some, or of all: nobody can tell
            elif tells_what(draft):
                before = draft
            found.append(draft)
    return found


def _former(sentence: Annotated, number: Number) -> Draft | None:
    """The figure that another one is set beside as what it was before: "from 85 million florins to 62 million"."""
    before = [one for one in sentence.numbers if one.span.end <= number.span.start][-1:]
    changes = any(cue.span.end == number.span.start - 1 for cue in sentence.of("toward"))
    if not (changes and before and before[0].kind == "former"):
        return None
    return _read(sentence, before[0], Span(before[0].span.start, number.span.start), None, None)


def _is_name(sentence: Annotated, number: Number) -> bool:
    """ "di Lima": a number word written large inside a sentence, where a known name stands, is the name."""
    span = number.span
    large = span.start > 0 and span.of(sentence.text).isalpha() and sentence.text[span.start].isupper()
    return large and any(mention.span.holds(span) for mention in sentence.names)


def _multiplies(sentence: Annotated, number: Number) -> bool:
    """ "naik dua kali lipat": a number that only says how many times as many."""
    return any(cue.span.start == number.span.end + 1 for cue in sentence.of("fold"))


def _is_part_of(sentence: Annotated, part: Number, whole: Number) -> bool:
    """ "57 of 64": whether only a word for "of" stands between two figures."""
    gap = sentence.folded[part.span.end : whole.span.start].strip()
    return any(gap in entry.forms for entry in sentence.lexicon.entries("part_of"))


def tells_what(draft: Draft) -> bool:
    """Whether a bare figure behind a count may go on counting the same: not where it only tells how long."""
    return measure_named(draft.measure).unit_class != "time"


def _has_clause(sentence: Annotated, number: Number) -> bool:
    """Whether a relative clause says something of those that a figure counts: "64 drones that crossed the border"."""
    near = sentence.words_in(Span(number.span.end, len(sentence.text)))[: REACH - 1]
    return any(sentence.is_one(word, "relative") for word in near)


def _counts_none(sentence: Annotated, number: Number) -> bool:
    """ "no deaths", "tidak ada korban jiwa": a bare "no" counts only where what befalls people follows at once."""
    if number.kind != "none":
        return False
    units = [cue for cue in sentence.of("unit") if cue.span.start == number.span.end + 1]
    verbs = sentence.of("measure_verb", sentence.clause_of(number.span)) if any(map(counts_people, units)) else []
    if number.low == 1:
        verbs = [verb for verb in verbs if _is_suffered(sentence, units[0], verb)]
    return any(measure_named(str(cue.get("measure"))).basis is Basis.CUMULATIVE for cue in (*units, *verbs))


def _is_suffered(sentence: Annotated, noun: Cue, verb: Cue) -> bool:
    """ "un soldat a été tué", not "un soldat a tué deux hommes": whether it befell the one that the noun names."""
    clause = sentence.clause_of(noun.span)
    start = clause.start if sentence.lexicon.settings.get("verb_second") else noun.span.end
    passive = any(start <= aux.span.start < verb.span.end for aux in sentence.of("passive_aux"))
    passive = passive or verb.get("voice") == "intransitive"
    others = [one for one in sentence.numbers if noun.span.end <= one.span.start < verb.span.start]
    return passive and noun.span.end <= verb.span.start and not any(one.kind == "count" for one in others)


def _read(sentence: Annotated, number: Number, piece: Span, before: Draft | None, whole: Number | None) -> Draft | None:
    if whole:
        piece = Span(piece.start, max(piece.end, sentence.right_stop(whole.span.end)))
    aside = noun_in_front(sentence, number, piece)
    noun = noun_of(sentence, whole or number, piece) or aside
    verb = verb_of(sentence, number, noun, piece) or verb_behind_aside(sentence, number, noun)
    unit, measure, subgroup = counted_by(sentence, number, noun, verb, piece)
    none = number.low == number.high == 0 and not any(map(str.isdigit, number.figure.of(sentence.text)))
    if none and not (noun or verb):
        return None
    goes_on = before is not None and aside is None and _takes_over(sentence, number, noun, measure, before)
    goes_on = goes_on or (before is not None and _is_another_sum(sentence, number, noun, verb, piece, before))
    if before and before.quantity and goes_on:
        unit, measure, subgroup = before.quantity.unit, before.measure, before.subgroup
        if is_currency(unit):
            measure = sum_named(sentence, number, noun) or measure
    if (
        not unit
        or _is_known_pair(sentence, number)
        or _is_less_than_none(number, measure)
        or (_stands_for_a(number, measure, verb) and not (goes_on and _is_only_given(sentence, number)))
        or _only_tells_where(sentence, number, measure)
    ):
        return None
    basis = _basis(sentence, number, piece, measure)
    of_state = goes_on and before and before.quantity and before.quantity.basis is Basis.STOCK
    if of_state and basis is measure_named(measure).basis:
        basis = Basis.STOCK  # "468 are still held; the ombudsman counts 402"
    quantity = Quantity(
        low=number.low,
        high=number.high,
        unit=unit,
        bound=number.bound,
        basis=basis,
        surface=number.figure.of(sentence.text),
    )
    return Draft(
        kind=Kind.STATEMENT if none else Kind.QUANTITY,  # that there is none is a statement with a figure
        negated=none,
        anchor=number.span,
        rule=_rule(measure, bare=goes_on and verb is None and _stands_alone(sentence, number, noun)),
        measure=measure,
        quantity=quantity,
        agent=_loser(sentence, verb) if verb and verb.get("loses") else _owner(sentence, number, noun),
        subgroup=subgroup,
    )


def _rule(measure: str, *, bare: bool) -> str:
    if bare:
        return GOES_ON
    return COUNTED if measure_named(measure).known else "count of any noun"


def _stands_alone(sentence: Annotated, number: Number, noun: Cue | None) -> bool:
    """Whether nothing behind a figure says more of those that it counts, and it is no part of the last one."""
    end = noun.span.end if noun and noun.span.start >= number.span.end else number.span.end
    behind = sentence.words_in(Span(end, sentence.right_stop(end)))
    said = [cue.span for name in ("say", "bound", "basis") for cue in sentence.of(name)]
    more = (word for word in behind if not any(span.holds(word) for span in said))
    return not says_it_is_part(sentence, number) and all(map(sentence.is_function, more))


def _takes_over(sentence: Annotated, number: Number, noun: Cue | None, measure: str, before: Draft) -> bool:
    """Whether a figure counts what the last one does: it stands alone ("the ministry insists on 59"), is a part of it
    ("four of them toddlers"), or says no more than that they are people ("the agency wrote 17 people")."""
    counted = measure_named(before.measure)
    if number.percent:
        rate = counted.unit_class == "share" and counted.family != "share"
        return rate and measure == "share" and _is_only_given(sentence, number)
    if number.currency:
        return False
    if repeats_number(sentence, number, noun) and counted.unit_class == "people":
        return True
    is_fate = counted.unit_class == "people" and counted.name not in EVERYBODY
    if says_it_is_part(sentence, number) and is_fate:
        return _may_be_part(number, before) and not measure_named(measure).tells_fate
    if not measure and before.quantity and is_currency(before.quantity.unit) and (number.low or 0) < _SMALLEST_SUM:
        return False  # "four" counts no dollars
    if not measure:
        return number.bound is not Bound.VAGUE and not followed_by_word(sentence, number)
    if noun is None and counted.unit_class == "people" and measure in _MOVED:
        return counted.name not in EVERYBODY
    if noun is None or measure != "people" or not is_fate:
        return False
    said = [cue.span.end for cue in sentence.of("say") if cue.span.end <= number.span.start]
    gap = sentence.words_in(Span(max(said, default=0), number.span.start))
    behind = sentence.words_in(Span(noun.span.end, sentence.right_stop(noun.span.end)))
    return bool(said) and not behind and all(sentence.is_function(word) for word in gap)


def _is_only_given(sentence: Annotated, number: Number) -> bool:
    """Whether somebody gives a figure, and no noun says of what: "the observers put it at 68 per cent"."""
    before = Span(sentence.clause_of(number.span).start, number.span.start)
    given = max((cue.span.end for name in ("say", "gives") for cue in sentence.of(name, before)), default=None)
    if given is None or followed_by_word(sentence, number):
        return False
    return not sentence.of("unit", Span(given, number.span.start))


def _may_be_part(number: Number, before: Draft) -> bool:
    """Whether a figure is small enough for a part of the last one: of 134 people, none are "5.2 million of them"."""
    whole = before.quantity.high if before.quantity else None
    return whole is None or number.low is None or number.low <= whole


def _is_another_sum(
    sentence: Annotated, number: Number, noun: Cue | None, verb: Cue | None, piece: Span, before: Draft
) -> bool:
    """Whether a bare figure in millions behind a sum of money is a sum too, whatever people are named beside it
    ("victims received 4 million"): nothing says that they are so many."""
    sums = before.quantity is not None and is_currency(before.quantity.unit) and noun is None
    if not sums or number.currency or number.percent or (number.low or number.high or 0) < _LARGE_SUM:
        return False
    return not (followed_by_word(sentence, number) or says_how_many(sentence, number, verb, piece))


def _owner(sentence: Annotated, number: Number, noun: Cue | None) -> str | None:
    """The country or organisation whose soldiers, citizens or money are counted."""
    end = noun.span.end if noun else number.span.end
    for mention in sentence.names:
        between = number.span.end <= mention.span.start and mention.span.end <= end
        follows = 0 <= mention.span.start - end <= _NEAR and "," not in sentence.text[end : mention.span.start]
        if mention.entity.kind in ("country", "organisation", "group") and (
            between or (follows and _owned(sentence, end, mention.span.start))
        ):
            return mention.entity.name
    return None


def _loser(sentence: Annotated, verb: Cue) -> str | None:
    """Who lost soldiers: whom the subject of the verb names, else the name that it is written with."""
    subject = phrase_before(sentence, verb.span.start)
    if subject is None:
        return None
    named = [one.entity for one in sentence.names if subject.holds(one.span)]
    sides = [one.name for one in named if one.kind in ("country", "organisation", "group")]
    written = [word.of(sentence.text) for word in sentence.words_in(subject) if sentence.is_capital(word)]
    inside = subject.start > 0 and not sentence.begins_clause(subject)
    return sides[-1] if sides else " ".join(written) if inside and written else None


def _owned(sentence: Annotated, end: int, start: int) -> bool:
    """Whether only a space, or a word such as "from" or "asal", stands between a noun and a name."""
    gap = sentence.folded[end:start].strip()
    return not gap or any(gap in entry.forms for entry in sentence.lexicon.entries("origin"))


def _basis(sentence: Annotated, number: Number, piece: Span, measure: str) -> Basis:
    """What a figure counts up, as the words near it say. A toll is of a state only where they say that it is what is
    left of it: "still in hospital", not "now"."""
    near = Span(max(piece.start, number.span.start - 30), min(piece.end, number.span.end + 40))
    usual = measure_named(measure).basis
    if measure == "margin":
        return usual  # a lead adds to nothing
    says = [cue.span for cue in sentence.of("say")]
    for cue in sentence.of("basis", near):
        if any(span.overlaps(cue.span) for span in says) and sentence.right_stop(number.span.end) <= cue.span.start:
            continue  # "…, he added"
        far = cue.get("beside") and number.span.start - cue.span.end != 1
        if far or (cue.get("basis") == Basis.STOCK and usual is Basis.CUMULATIVE and not cue.get("left")):
            continue
        if cue.get("basis") in Basis._value2member_map_:
            return Basis(str(cue.get("basis")))
    return usual


def _stands_for_a(number: Number, measure: str, verb: Cue | None) -> bool:
    """Whether "one" only stands for "a": nothing befell that one."""
    befell = verb is not None and measure_named(measure).tells_fate
    return number.low == number.high == Decimal(1) and not befell


def _is_less_than_none(number: Number, measure: str) -> bool:
    """Whether a figure takes away from people: in "todos, menos quatro" the minus says that four are left out."""
    return number.high is not None and number.high < 0 and measure_named(measure).unit_class == "people"


def _is_known_pair(sentence: Annotated, number: Number) -> bool:
    """ "the two countries": both are known already, and not counted."""
    before = [word for word in sentence.words if word.end <= number.span.start]
    return number.low == number.high == Decimal(2) and bool(before) and sentence.is_one(before[-1], "definite")


def _only_tells_where(sentence: Annotated, number: Number, measure: str) -> bool:
    """ "in 14 provinces": where something is, not how many."""
    before = [word for word in sentence.words if word.end <= number.span.start]
    known = measure_named(measure)
    if not before or not sentence.is_one(before[-1], "locative"):
        return False
    loose = not known.known and number.bound is Bound.EXACT and followed_by_word(sentence, number)
    return known.unit_class == "areas" or (loose and not sentence.is_one(before[-1], "link"))
