"""The noun that a number counts, and whether a number is a part of another."""

from collections.abc import Sequence

from claims.annotate import Annotated
from claims.lexicon import Cue
from claims.measures import measure as measure_named
from claims.model import Bound, Span
from claims.numbers import Number
from claims.sense import OF_THEM, says_part

#: how many words may stand between a number and the noun that it counts
REACH = 5
#: letters; shorter words begin as verbs do by chance
_LONG_VERB = 7


def says_it_is_part(sentence: Annotated, number: Number) -> bool:
    """Whether a figure is a part of the one before it: "eight people, four of them children", "dont sept enfants"."""
    before, after = sentence.text[: number.span.start], sentence.text[number.span.end :]
    return says_part(before, after, sentence.language)


def is_some_of(sentence: Annotated, number: Number) -> bool:
    """Whether a figure is of some of those that are named behind it: "fourteen of the Velmarans"."""
    behind = sentence.words_in(Span(number.span.end, sentence.right_stop(number.span.end)))[:2]
    text = [word.of(sentence.folded) for word in behind]
    return any(" ".join(text[:n]) in sentence.lexicon.forms("of_the") for n in (1, 2))


def part_start(sentence: Annotated, number: Number) -> int:
    """Where a figure begins with the words before it that make it a part of another: "including seven in Tarnau"."""
    forms = sentence.lexicon.forms("of_them")
    words = sentence.words_in(Span(0, number.span.start))[-OF_THEM:]
    starts = (one.start for one in words if sentence.folded[one.start : number.span.start].rstrip() in forms)
    return next(starts, number.span.start)


def noun_of(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """The measured noun that the number counts: the next one in reach, no comma and no linking word between; what it
    gives the strength of on a scale stands right beside it."""
    if scale := _scale_of(sentence, number):
        return scale
    edge = min(sentence.right_stop(number.span.end), piece.end)
    for passed, word in enumerate(sentence.words_in(Span(number.span.end, edge))):
        for cue in sentence.of("unit"):
            begins = cue.span.start == word.start or (word.holds(cue.span) and cue.span.end == word.end)
            if begins and _in_idiom(sentence, cue):
                return None  # "3,000 linked arms"
            if begins and cue.span.end <= edge + 1 and not any(day.span.holds(cue.span) for day in sentence.dates):
                return _more_exact(sentence, cue)
        lasting = any(cue.span.holds(word) for cue in sentence.of("basis"))  # "26 still unaccounted for"
        if passed and sentence.is_one(word, "part_of") and _has_head(sentence, number, word):
            return None
        if passed and _is_shaped_as_verb(sentence, word):
            return None  # "600 nasabah mengepung kantor bank"
        if passed >= REACH or (sentence.is_function(word) and not lasting and not _links_nouns(sentence, word)):
            return None
    return None


def _scale_of(sentence: Annotated, number: Number) -> Cue | None:
    """The scale that a figure stands on: "magnitude 6.8", "a 6.8-magnitude quake", "6.8 on the Richter scale"; those
    who are "400 personnel strong" stand on none."""
    units = sentence.of("unit")
    behind = next((cue for cue in units if cue.span.start > number.span.end), None)
    if behind and all(map(sentence.is_function, sentence.words_in(Span(number.span.end, behind.span.start)))):
        return behind if _is_scale(behind) else None
    return next((cue for cue in units if cue.span.end == number.span.start - 1 and _is_scale(cue)), None)


def _is_scale(noun: Cue) -> bool:
    return measure_named(str(noun.get("measure"))).unit_class == "scale"


def _is_shaped_as_verb(sentence: Annotated, word: Span) -> bool:
    """Whether a word begins as only verbs do, where those of a language have beginnings of their own."""
    prefixes = tuple(sentence.lexicon.settings.get("verb_prefixes") or ())
    known = any(cue.span.overlaps(word) for cue in sentence.of("unit"))
    long = word.end - word.start >= _LONG_VERB
    return bool(prefixes) and long and not known and sentence.folded.startswith(prefixes, word.start)


def _more_exact(sentence: Annotated, noun: Cue) -> Cue:
    """ "11.000 orang tentara": a noun that says no more than that they are people stands before the one that counts."""
    behind = (cue for cue in sentence.of("unit") if cue.span.start == noun.span.end + 1 and counts_people(cue))
    return next(behind, noun) if noun.get("measure") == "people" else noun


def _in_idiom(sentence: Annotated, noun: Cue) -> bool:
    """Whether a noun is the last word of what is said of those counted."""
    verbs = [cue.span for name in ("frame", "measure_verb") for cue in sentence.of(name)]
    return any(span.start < noun.span.start and span.end == noun.span.end for span in verbs)


def _has_head(sentence: Annotated, number: Number, of: Span) -> bool:
    """Whether a noun nobody knows is counted before a word for "of": "sappers of the 4th Battalion"."""
    plural = str(sentence.lexicon.settings.get("plural_suffix") or "")
    before = sentence.words_in(Span(number.span.end, of.start))
    return bool(plural and before) and before[-1].of(sentence.folded).endswith(plural)


def _links_nouns(sentence: Annotated, word: Span) -> bool:
    return sentence.is_one(word, "link") or _is_partitive(sentence, word)


def noun_in_front(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """The noun that a figure stands behind as an aside: "mourners, 800 of them, lined the route"."""
    start, stop = sentence.left_stop(number.span.start), sentence.right_stop(number.span.end)
    said = sentence.folded[number.span.end : stop].strip()
    alone = not sentence.words_in(Span(start, number.span.start)) and stop < len(sentence.text)
    if not alone or said not in sentence.lexicon.forms("of_them"):
        return None
    nouns = [cue for cue in sentence.of("unit", piece) if cue.span.end == start - 1]
    return nouns[0] if nouns else None


def counts_people(noun: Cue) -> bool:
    """Whether a noun names people: whatever befalls a job, it kills nobody."""
    named = measure_named(str(noun.get("measure")))
    return named.unit_class == "people" and named.family != "jobs"


def followed_by_word(sentence: Annotated, number: Number) -> bool:
    """Whether a noun of its own follows the number."""
    edge = sentence.right_stop(number.span.end)
    following = sentence.words_in(Span(number.span.end, edge))
    following = [word for word in following if not _is_partitive(sentence, word)][:1]
    if sentence.lexicon.settings.get("nouns_capitalised"):
        return bool(following) and sentence.text[following[0].start].isupper()
    return bool(following) and not sentence.is_function(following[0])


def written_noun(sentence: Annotated, number: Number) -> str:
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
    nouns_large = sentence.lexicon.settings.get("nouns_capitalised")
    if not phrase or (nouns_large and not any(sentence.text[word.start].isupper() for word in phrase)):
        return ""
    written = head_of(sentence, phrase).of(sentence.text)
    return written.lower() if written[0].isalpha() else ""


def head_of(sentence: Annotated, phrase: Sequence[Span]) -> Span:
    """The noun among the words of a phrase: the first one where modifiers follow, or where nouns are written large the
    first that is; else the first plural, or the last word."""
    settings = sentence.lexicon.settings
    if settings.get("nouns_capitalised"):
        return next((word for word in phrase if sentence.text[word.start].isupper()), phrase[-1])
    if settings.get("noun_first"):
        return phrase[0]
    plural = str(settings.get("plural_suffix") or "")
    return next((word for word in phrase if plural and word.of(sentence.folded).endswith(plural)), phrase[-1])


def _is_partitive(sentence: Annotated, word: Span) -> bool:
    """Whether a word stands between a number and its noun: "12 other embassies", "two of its cables"."""
    return any(cue.span.holds(word) for cue in sentence.of("partitive"))
