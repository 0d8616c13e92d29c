"""Counts: how many soldiers, dead, votes, euros: a number with what it counts."""

from decimal import Decimal

from claims.annotate import Annotated
from claims.kinds.draft import Draft, segments
from claims.lexicon import Cue
from claims.measures import ancestors
from claims.measures import measure as measure_named
from claims.model import Basis, Bound, Kind, Quantity, Span
from claims.numbers import Number

#: how many words may stand between a number and the noun that it counts
REACH = 5
#: how many characters may stand between a noun and whose it is: "soldados de la Federación …"
_NEAR = 12
_PHYSICAL = frozenset({"time", "length", "area", "volume", "weight", "speed"})
#: of a number that stands behind such nouns and others, the others tell what it counts
_CIRCUMSTANCES = frozenset({"time", "scale"})
_EVERYBODY = frozenset({"people", "victims", "casualties", "residents", "crowd"})


def find(sentence: Annotated, before: Draft | None = None) -> list[Draft]:
    """The counts that a sentence puts forward. `before` is the article's last count: a bare figure ("the ministry
    insists on 59") counts what that one counts."""
    counted = [number for number in sentence.numbers if number.kind == "count" or _counts_none(sentence, number)]
    counted = [one for one in counted if not any(mention.span.holds(one.span) for mention in sentence.dates)]
    counted = [one for one in counted if not _is_name(sentence, one) and not _multiplies(sentence, one)]
    pieces = segments(sentence, [number.span for number in counted])
    found: list[Draft] = []
    for at, (number, piece) in enumerate(zip(counted, pieces, strict=True)):
        whole = counted[at + 1] if at + 1 < len(counted) and _is_part_of(sentence, number, counted[at + 1]) else None
        if at and _is_part_of(sentence, counted[at - 1], number) and not _has_clause(sentence, number):
            continue  # the whole of "8 of 10"
        draft = _read(sentence, number, piece, found[-1] if found else before, whole)
        if draft:
            found.append(draft)
    return found


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


def _has_clause(sentence: Annotated, number: Number) -> bool:
    """Whether a relative clause says something of those that a figure counts: "64 drones that crossed the border"."""
    near = sentence.words_in(Span(number.span.end, len(sentence.text)))[: REACH - 1]
    return any(sentence.is_one(word, "relative") for word in near)


def _counts_none(sentence: Annotated, number: Number) -> bool:
    """ "no deaths", "tidak ada korban jiwa": a bare "no" counts only where what befalls people follows at once."""
    if number.kind != "none":
        return False
    units = [cue for cue in sentence.of("unit") if cue.span.start == number.span.end + 1]
    verbs = sentence.of("measure_verb", sentence.clause_of(number.span)) if any(map(_counts_people, units)) else []
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
    noun = _noun(sentence, whole or number, piece)
    verb = _verb(sentence, number, noun, piece)
    unit, measure, subgroup = _counted(sentence, number, noun, verb, piece)
    none = number.low == number.high == 0 and not any(map(str.isdigit, number.figure.of(sentence.text)))
    if none and not (noun or verb):
        return None
    if before and before.quantity and _takes_over(sentence, number, noun, measure, before):
        unit, measure, subgroup = before.quantity.unit, before.measure, before.subgroup
    if (
        not unit
        or _is_known_pair(sentence, number)
        or _stands_for_a(number, measure, verb)
        or _only_tells_where(sentence, number, measure)
    ):
        return None
    quantity = Quantity(
        low=number.low,
        high=number.high,
        unit=unit,
        bound=number.bound,
        basis=_basis(sentence, number, piece, measure),
        surface=number.figure.of(sentence.text),
    )
    return Draft(
        kind=Kind.STATEMENT if none else Kind.QUANTITY,  # that there is none is a statement with a figure
        negated=none,
        anchor=number.span,
        rule="count of a measured noun" if measure_named(measure).known else "count of any noun",
        measure=measure,
        quantity=quantity,
        agent=_owner(sentence, number, noun),
        subgroup=subgroup,
    )


def _takes_over(sentence: Annotated, number: Number, noun: Cue | None, measure: str, before: Draft) -> bool:
    """Whether a figure counts what the last one does: it stands alone ("the ministry insists on 59"), or all that is said
    is that they are people ("the agency wrote 17 people")."""
    if not measure:
        return number.bound is not Bound.VAGUE and not _followed_by_word(sentence, number)
    counted = measure_named(before.measure)
    if noun is None or measure != "people" or counted.unit_class != "people" or counted.name in _EVERYBODY:
        return False
    said = [cue.span.end for cue in sentence.of("say") if cue.span.end <= number.span.start]
    gap = sentence.words_in(Span(max(said, default=0), number.span.start))
    behind = sentence.words_in(Span(noun.span.end, sentence.right_stop(noun.span.end)))
    return bool(said) and not behind and all(sentence.is_function(word) for word in gap)


def _noun(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """The measured noun that the number counts: the next one in reach, no comma and no linking word between."""
    edge = min(sentence.right_stop(number.span.end), piece.end)
    for passed, word in enumerate(sentence.words_in(Span(number.span.end, edge))):
        for cue in sentence.of("unit"):
            begins = cue.span.start == word.start or (word.holds(cue.span) and cue.span.end == word.end)
            if begins and cue.span.end <= edge + 1 and not any(day.span.holds(cue.span) for day in sentence.dates):
                return cue
        if passed >= REACH or (sentence.is_function(word) and not _links_nouns(sentence, word)):
            return None
    return None


def _links_nouns(sentence: Annotated, word: Span) -> bool:
    return sentence.is_one(word, "link") or _is_partitive(sentence, word)


def _verb(sentence: Annotated, number: Number, noun: Cue | None, piece: Span) -> Cue | None:
    """The verb that says what happened to those counted: the nearest after the noun, else the nearest before."""
    end = noun.span.end if noun else number.span.end
    verbs = [cue for cue in sentence.of("measure_verb", piece) if not (noun and cue.span.overlaps(noun.span))]
    verbs = [cue for cue in verbs if sentence.text[cue.span.start].islower() or sentence.begins_clause(cue.span)]
    verbs = [cue for cue in verbs if measure_named(str(cue.get("measure"))).known]  # "reached" tells nothing
    after = [cue for cue in verbs if cue.span.start >= end]
    before = [cue for cue in verbs if cue.span.end <= number.span.start]
    clauses = [cue.span.start for cue in sentence.of("boundary") if cue.get("clause") and cue.span.start >= end]
    after = [cue for cue in after if not clauses or cue.span.start < clauses[0]]
    nearest_after = min(after, key=lambda cue: cue.span.start, default=None)
    nearest_before = max(before, key=lambda cue: cue.span.end, default=None)
    if nearest_after and (not nearest_before or nearest_after.span.start - end <= 24):
        return nearest_after
    return nearest_before


def _counted(
    sentence: Annotated, number: Number, noun: Cue | None, verb: Cue | None, piece: Span
) -> tuple[str, str, str | None]:
    """(unit, measure, subgroup) of a number; an empty unit where nothing is counted."""
    per = next(
        (f" per {cue.get('unit')}" for cue in sentence.of("per", piece) if cue.span.start >= number.span.end), ""
    )
    if number.currency:
        return number.currency + per, "money", None
    if number.percent:
        return "percent", _share_of(sentence, number, piece), None
    if noun and noun.get("currency"):
        return str(noun.get("currency")) + per, "money", None
    if verb and _happens_to_people(verb) and (noun is None or _counts_people(noun)) and _outweighs(verb, noun):
        name = str(noun.get("measure")) if noun else "people"
        unit = measure_named(str(verb.get("measure"))).unit
        whole = noun is None or name in _EVERYBODY or measure_named(name).unit == unit != "people"
        return unit, str(verb.get("measure")), None if whole or noun is None else noun.span.of(sentence.text).lower()
    if noun:
        toll = _toll_before(sentence, number, piece) if noun.get("measure") in _EVERYBODY else None
        name = str((toll or noun).get("measure"))
        return _unit(name) + per, name, None
    if number.counts:
        return "", "", None  # "nobody" counts people, and only where something befalls them
    before = _noun_before(sentence, number, piece)
    if before:
        name = str(before.get("measure"))
        if name in _EVERYBODY and verb and measure_named(str(verb.get("measure"))).tells_fate:
            name = str(verb.get("measure"))  # "the number of people killed has reached 31"
        return _unit(name) + per, name, None
    written = _written_noun(sentence, number)
    return (written + per, written, None) if written else ("", "", None)


def _unit(name: str) -> str:
    """What a count of a measure is printed in: hours are hours, though they measure time as days do."""
    found = measure_named(name)
    return name.replace("_", " ") if found.unit_class in _PHYSICAL else found.unit


def _happens_to_people(verb: Cue) -> bool:
    return measure_named(str(verb.get("measure"))).unit_class == "people"


def _outweighs(verb: Cue, noun: Cue | None) -> bool:
    """Whether the verb rather than the noun says what is counted: "40 soldiers killed" are dead, "3,000 soldiers
    present" are soldiers, "3,000 people present" a crowd."""
    if noun is None:
        return True
    counted, done = measure_named(str(noun.get("measure"))), measure_named(str(verb.get("measure")))
    if counted.name in _EVERYBODY or counted.family == done.family:
        return True
    return done.tells_fate and "casualties" not in ancestors(counted.name)


def _counts_people(noun: Cue) -> bool:
    return measure_named(str(noun.get("measure"))).unit_class == "people"


def _share_of(sentence: Annotated, number: Number, piece: Span) -> str:
    """What a percentage is, where it is a known rate ("turnout", "inflation"): shares of anything else are not told
    apart, and never exclude each other."""
    shares = (one.span.end for one in sentence.numbers if one.percent and one.span.end <= number.span.start)
    start = max(sentence.clause_of(number.span).start, *shares, 0)
    rates = sentence.of("rate", Span(start, number.span.start))[-1:] or sentence.of("rate", piece)
    return str(rates[0].get("measure")) if rates else "share"


def _toll_before(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """What befell the people counted, or what crowd they are, where the noun before tells: "the death toll rose to 73
    people"; where it is called a number, also over a comma: "the number of evacuees is far greater, 9,500 people"."""
    clause = sentence.clause_of(number.span)
    named = sentence.of("number_of", Span(clause.start, number.span.start))
    start = max(piece.start, named[-1].span.end if named else sentence.left_stop(number.span.start))
    found = [
        cue
        for cue in sentence.of("unit", Span(start, number.span.start))
        if _counts_people(cue) and _befell(sentence, cue)
    ]
    return (found[0] if named else found[-1]) if found else None


def _befell(sentence: Annotated, noun: Cue) -> bool:
    """Whether a noun before a count of people says what they are: their fate, or a crowd that comes to that many."""
    known = measure_named(str(noun.get("measure")))
    if known.family == "crowd":  # "berjumlah", "numbered" measure nothing of their own
        verbs = [cue for cue in sentence.of("measure_verb") if cue.span.start == noun.span.end + 1]
        return any(not measure_named(str(cue.get("measure"))).known for cue in verbs)
    return known.tells_fate and known.name not in _EVERYBODY


def _noun_before(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """ "the death toll rose to 23", "massa berjumlah 12 ribu": the noun stands first."""
    if _followed_by_word(sentence, number):
        return None
    start = max(piece.start, _reach(sentence, number))
    named = [cue.span.end for cue in sentence.of("number_of", Span(start, number.span.start))]
    says = [cue.span.start for cue in sentence.of("say")]
    found = sentence.of("unit", Span(max([start, *named]), number.span.start))
    found = [cue for cue in found if cue.span.start not in says]  # "the ministry counts 11"
    found = [cue for cue in found if not any(fold.span.holds(cue.span) for fold in sentence.of("fold"))]
    found = [cue for cue in found if cue.span.end + 1 not in says]  # in "police counted 9,500" nobody counts police
    found = [cue for cue in found if measure_named(str(cue.get("measure"))).unit_class not in _CIRCUMSTANCES] or found
    if not found:
        return None
    return found[0] if named else found[-1]


def _reach(sentence: Annotated, number: Number) -> int:
    """Where the noun before a number may begin: behind the last stop; behind that of the clause for what something has
    come to, "has doubled since August, to 412"."""
    toward = any(cue.span.end == number.span.start - 1 for cue in sentence.of("toward"))
    return sentence.clause_of(number.span).start if toward else sentence.left_stop(number.span.start)


def _followed_by_word(sentence: Annotated, number: Number) -> bool:
    """Whether a noun of its own follows the number."""
    edge = sentence.right_stop(number.span.end)
    following = sentence.words_in(Span(number.span.end, edge))
    following = [word for word in following if not _is_partitive(sentence, word)][:1]
    if sentence.lexicon.settings.get("nouns_capitalised"):
        return bool(following) and sentence.text[following[0].start].isupper()
    return bool(following) and not sentence.is_function(following[0])


def _written_noun(sentence: Annotated, number: Number) -> str:
    """The counted noun as written: the last word of the noun phrase where modifiers come first, else the first."""
    edge = sentence.right_stop(number.span.end)
    phrase: list[Span] = []
    vague = number.bound is Bound.VAGUE
    for word in sentence.words_in(Span(number.span.end, edge)):
        if not phrase and (_is_partitive(sentence, word) or (vague and _links_nouns(sentence, word))):
            continue  # the "of" of "dozens of"
        ends = sentence.is_function(word) or any(cue.span.start == word.start for cue in sentence.of("measure_verb"))
        if ends or len(phrase) == 3 or any(other.span.overlaps(word) for other in sentence.numbers):
            break
        phrase.append(word)
    if not phrase:
        return ""
    plural = sentence.lexicon.settings.get("plural_suffix")
    plurals = [word for word in phrase if plural and word.of(sentence.folded).endswith(str(plural))]
    head = phrase[0] if sentence.lexicon.settings.get("noun_first") else (plurals or phrase[-1:])[0]
    if sentence.lexicon.settings.get("nouns_capitalised"):
        nouns = [word for word in phrase if sentence.text[word.start].isupper()]
        if not nouns:
            return ""
        head = nouns[0]
    written = head.of(sentence.text)
    return written.lower() if written[0].isalpha() else ""


def _is_partitive(sentence: Annotated, word: Span) -> bool:
    """Whether a word stands between a number and its noun: "12 other embassies", "two of its cables"."""
    return any(cue.span.holds(word) for cue in sentence.of("partitive"))


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


def _owned(sentence: Annotated, end: int, start: int) -> bool:
    """Whether only a space, or a word such as "from" or "asal", stands between a noun and a name."""
    gap = sentence.folded[end:start].strip()
    return not gap or any(gap in entry.forms for entry in sentence.lexicon.entries("origin"))


def _basis(sentence: Annotated, number: Number, piece: Span, measure: str) -> Basis:
    """What a figure counts up, as the words near it say. A toll is of a state only where they say that it is what is
    left of it: "still in hospital", not "now"."""
    near = Span(max(piece.start, number.span.start - 30), min(piece.end, number.span.end + 40))
    usual = measure_named(measure).basis
    for cue in sentence.of("basis", near):
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
    loose = not known.known and number.bound is Bound.EXACT and _followed_by_word(sentence, number)
    return known.unit_class == "areas" or (loose and not sentence.is_one(before[-1], "link"))
