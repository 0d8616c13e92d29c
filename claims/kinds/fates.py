"""The verb that tells what befell those that a number counts."""

from claims.annotate import Annotated
from claims.kinds.nouns import counts_people, followed_by_word, part_start, says_it_is_part
from claims.lexicon import Cue
from claims.measures import measure as measure_named
from claims.model import Span
from claims.numbers import Number

#: characters between a number's noun and a verb behind what stands beside it
_NEAR = 12


def verb_of(sentence: Annotated, number: Number, noun: Cue | None, piece: Span) -> Cue | None:
    """The verb that says what happened to those counted: the nearest after the noun, else the nearest before."""
    end = noun.span.end if noun else number.span.end
    if (framed := _framed(sentence, number, end, piece)) and (framed.get("of") or framed.span.end <= number.span.start):
        return framed
    verbs = [cue for cue in _verbs(sentence, piece) if not (noun and cue.span.overlaps(noun.span))]
    verbs = [cue for cue in verbs if sentence.text[cue.span.start].islower() or sentence.begins_clause(cue.span)]
    verbs = [cue for cue in verbs if measure_named(str(cue.get("measure"))).known]  # "reached" tells nothing
    after = [cue for cue in verbs if cue.span.start >= end]
    after = _without_deeds(sentence, after, noun)
    if framed:
        after = [framed, *(cue for cue in after if not cue.span.overlaps(framed.span))]
    before = [cue for cue in verbs if cue.span.end <= number.span.start]
    clauses = [cue.span.start for cue in sentence.of("boundary") if cue.get("clause") and cue.span.start >= end]
    after = [cue for cue in after if not clauses or cue.span.start < clauses[0]]
    if noun is None and not followed_by_word(sentence, number):
        after = [cue for cue in after if cue.span.start < sentence.right_stop(end)]
    nearest_after = min(after, key=lambda cue: cue.span.start, default=None)
    nearest_before = max(before, key=lambda cue: cue.span.end, default=None)
    near = nearest_after is not None and nearest_after.span.start <= number.span.end + 1
    if nearest_before and not near and tells_fate(nearest_before) and takes(sentence, nearest_before, number):
        return nearest_before  # "killed 12 people attending a wedding"
    if nearest_after and (not nearest_before or nearest_after.span.start - end <= 24):
        return nearest_after
    return nearest_before


def _without_deeds(sentence: Annotated, after: list[Cue], noun: Cue | None) -> list[Cue]:
    """The verbs behind people without those that tell of things, where another one in the same breath tells what befell
    the people: "five cadets hit by a truck were hurt"."""
    if noun is None or not counts_people(noun) or not after or happens_to_people(after[0]):
        return after
    stop = sentence.right_stop(noun.span.end)
    rest = [cue for cue in after if happens_to_people(cue) and cue.span.end <= stop]
    if not rest or not tells_fate(rest[0]) or rest[0].get("voice") == "active":
        return after
    between = Span(after[0].span.end, rest[0].span.start)
    others = [cue for cue in sentence.of("unit", between) if counts_people(cue)]
    others += sentence.of("boundary", between)
    return after if others else rest


def _verbs(sentence: Annotated, piece: Span) -> list[Cue]:
    """What in a piece tells what befell those counted: of those that overlap the longest."""
    found = [cue for cue in sentence.of("frame", piece) if not any(map(cue.get, ("behind", "near", "of")))]
    if not found:
        return sentence.of("measure_verb", piece)
    found += sentence.of("measure_verb", piece)
    longer = [cue.span for cue in found]
    found = [
        cue for cue in found if not any(one.overlaps(cue.span) and _length(one) > _length(cue.span) for one in longer)
    ]
    return sorted(found, key=lambda cue: cue.span.start)


def _length(span: Span) -> int:
    return span.end - span.start


def _framed(sentence: Annotated, number: Number, end: int, piece: Span) -> Cue | None:
    """A verb that says what befell those counted with what stands behind them, or anywhere beside them and it: "sent
    eleven activists to prison", "the camp houses 900 people"."""
    stop = min(sentence.right_stop(end), piece.end)
    clauses = [cue.span.start for cue in sentence.of("boundary", Span(end, stop)) if cue.get("clause")]
    stop = min([stop, *clauses])
    found = [cue for cue in sentence.of("frame", piece) if cue.get("behind") or cue.get("near")]
    if lost := next((cue for cue in sentence.of("frame", piece) if _befalls(sentence, cue, number, end)), None):
        return lost
    for cue in sorted(found, key=lambda cue: abs(cue.span.start - number.span.start)):
        if cue.span.end > number.span.start and cue.span.start < end:
            continue
        near = tuple(cue.get("near") or ()) if _is_beside(sentence, cue, number, end) else ()
        behind = _says(sentence, Span(max(cue.span.end, end), stop), (*(cue.get("behind") or ()), *near))
        before = _says(sentence, Span(sentence.left_stop(cue.span.start), cue.span.start), near)
        if (behind or before) and (not cue.get("of") or _is_said_of(sentence, cue, end)):
            return cue
    return None


def _says(sentence: Annotated, span: Span, phrases: tuple[str, ...]) -> bool:
    words = f" {' '.join(word.of(sentence.folded) for word in sentence.words_in(span))} . "
    return any(f" {phrase} " in words for phrase in phrases)


def _is_beside(sentence: Annotated, verb: Cue, number: Number, end: int) -> bool:
    """Whether nothing but words that link stands between a verb and those counted."""
    if verb.span.end <= number.span.start:
        return takes(sentence, verb, number)
    return all(map(sentence.is_function, sentence.words_in(Span(end, verb.span.start))))


def _is_said_of(sentence: Annotated, verb: Cue, end: int) -> bool:
    """Whether a verb that tells only some people's fate tells that of those whose noun ends there."""
    noun = next((cue for cue in sentence.of("unit") if cue.span.end == end), None)
    return noun is not None and bool({str(noun.get("measure")), noun.span.of(sentence.folded)} & set(verb.get("of")))


def _befalls(sentence: Annotated, verb: Cue, number: Number, end: int) -> bool:
    """Whether a verb that tells only some people's fate is right beside them: "lost 11 soldiers", "31 rebels fell"."""
    if verb.get("behind") or verb.get("near") or not (verb.get("of") and _is_said_of(sentence, verb, end)):
        return False
    stands = end <= verb.span.start if verb.get("after") else verb.span.end <= number.span.start
    return stands and _is_beside(sentence, verb, number, end)


def verb_behind_aside(sentence: Annotated, number: Number, noun: Cue | None) -> Cue | None:
    """The verb of those counted behind a part of them: "eight people, four of them toddlers, have died"."""
    part = next((one for one in sentence.numbers if one.span.start > number.span.end), None)
    if noun is None or part is None or not says_it_is_part(sentence, part):
        return None
    start, end = sentence.right_stop(noun.span.end), sentence.right_stop(part.span.end)
    aside = not sentence.words_in(Span(noun.span.end, start)) and start <= part_start(sentence, part) <= start + 2
    after = Span(end + 1, sentence.right_stop(end + 1))
    verb = verb_of(sentence, number, noun, after) if aside else None
    return verb if verb and verb.span.start <= end + 1 + _NEAR else None


def takes(sentence: Annotated, verb: Cue, number: Number) -> bool:
    """Whether a figure is a verb's object: nothing but what limits the figure stands between."""
    bounds = [cue.span for cue in sentence.of("bound")]
    between = sentence.words_in(Span(verb.span.end, number.span.start))
    return all(sentence.is_function(word) or any(bound.holds(word) for bound in bounds) for word in between)


def happens_to_people(verb: Cue) -> bool:
    done = measure_named(str(verb.get("measure")))
    return done.unit_class == "people" or done.family == "signatures"  # people sign


def tells_fate(verb: Cue) -> bool:
    return measure_named(str(verb.get("measure"))).tells_fate
