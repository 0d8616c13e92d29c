"""What a number counts: the noun or the verb around it that says who or what, and what befell them."""

from claims.annotate import Annotated
from claims.lexicon import Cue
from claims.measures import ancestors
from claims.measures import measure as measure_named
from claims.model import Bound, Span
from claims.numbers import Number
from claims.sense import OF_THEM, says_part

#: how many words may stand between a number and the noun that it counts
REACH = 5
#: characters between a number's noun and a verb behind what stands beside it
_NEAR = 12
_PHYSICAL = frozenset({"time", "length", "area", "volume", "weight", "speed"})
#: words between a word for a figure and the figure
_CALLED = 8
#: words before it among which an "of" says that the figure is a part of it: "of that number, 12"
_OF_WHICH = 2
#: words of "who had been"
_WHO_WERE = 3
#: letters; shorter words begin as verbs do by chance
_LONG_VERB = 7
#: what makes a length a speed
_AN_HOUR, _SPEED = " per hour", "km_per_hour"
#: of a number that stands behind such nouns and others, the others tell what it counts
_CIRCUMSTANCES = frozenset({"time", "scale", "areas"})
#: measures that only say that people are counted
EVERYBODY = frozenset({"people", "victims", "casualties", "residents", "crowd"})


def is_part(sentence: Annotated, number: Number) -> bool:
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
    """The measured noun that the number counts: the next one in reach, no comma and no linking word between."""
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


def repeats_number(sentence: Annotated, number: Number, noun: Cue | None) -> bool:
    """Whether a figure is only called one, of what was counted before: "put the number at 21", "angkanya lebih besar,
    yakni 80 orang"."""
    start = sentence.clause_of(number.span).start
    said = [
        cue.span for cue in sentence.of("figure_noun") if start <= cue.span.start and cue.span.end <= number.span.start
    ]
    if not said or not (noun is None or noun.get("measure") == "people"):
        return False
    between = Span(said[-1].end, number.span.start)
    where = [cue for cue in sentence.of("locative", between) if cue.span.end + 1 < number.span.start]
    of = any(cue.span.overlaps(said[-1]) and cue.span.end > said[-1].end for cue in sentence.of("number_of"))
    of = of or any(
        sentence.is_one(word, "part_of") for word in sentence.words_in(Span(start, said[-1].start))[-_OF_WHICH:]
    )
    return not (of or where or sentence.of("unit", between)) and len(sentence.words_in(between)) <= _CALLED


def noun_in_front(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """The noun of people that a figure stands behind as an aside: "mourners, 800 of them, lined the route"."""
    start, stop = sentence.left_stop(number.span.start), sentence.right_stop(number.span.end)
    said = sentence.folded[number.span.end : stop].strip()
    alone = not sentence.words_in(Span(start, number.span.start)) and stop < len(sentence.text)
    if not alone or said not in sentence.lexicon.forms("of_them"):
        return None
    nouns = [cue for cue in sentence.of("unit", piece) if cue.span.end == start - 1 and counts_people(cue)]
    return nouns[0] if nouns else None


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
    if nearest_before and not near and _tells_fate(nearest_before) and _takes(sentence, nearest_before, number):
        return nearest_before  # "killed 12 people attending a wedding"
    if nearest_after and (not nearest_before or nearest_after.span.start - end <= 24):
        return nearest_after
    return nearest_before


def _without_deeds(sentence: Annotated, after: list[Cue], noun: Cue | None) -> list[Cue]:
    """The verbs behind people without those that tell of things, where another one in the same breath tells what befell
    the people: "five cadets hit by a truck were hurt"."""
    if noun is None or not counts_people(noun) or not after or _happens_to_people(after[0]):
        return after
    stop = sentence.right_stop(noun.span.end)
    rest = [cue for cue in after if _happens_to_people(cue) and cue.span.end <= stop]
    if not rest or not _tells_fate(rest[0]) or rest[0].get("voice") == "active":
        return after
    between = Span(after[0].span.end, rest[0].span.start)
    others = [cue for cue in sentence.of("unit", between) if counts_people(cue)]
    others += sentence.of("boundary", between)
    return after if others else rest


def _verbs(sentence: Annotated, piece: Span) -> list[Cue]:
    """What in a piece tells what befell those counted: of those that overlap the longest."""
    found = [cue for cue in sentence.of("frame", piece) if not (cue.get("behind") or cue.get("of"))]
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
    """A verb that says what befell those counted with what stands behind them: "sent eleven activists to prison"."""
    stop = min(sentence.right_stop(end), piece.end)
    clauses = [cue.span.start for cue in sentence.of("boundary", Span(end, stop)) if cue.get("clause")]
    stop = min([stop, *clauses])
    found = [cue for cue in sentence.of("frame", piece) if cue.get("behind")]
    if lost := next((cue for cue in sentence.of("frame", piece) if _befalls(sentence, cue, number, end)), None):
        return lost
    for cue in sorted(found, key=lambda cue: abs(cue.span.start - number.span.start)):
        start = max(cue.span.end, end)
        if cue.span.end > number.span.start and cue.span.start < end:
            continue
        behind = f" {' '.join(word.of(sentence.folded) for word in sentence.words_in(Span(start, stop)))} . "
        if any(f" {phrase} " in behind for phrase in cue.get("behind")):
            return cue
    return None


def _befalls(sentence: Annotated, verb: Cue, number: Number, end: int) -> bool:
    """Whether a verb that tells only some people's fate is right beside them: "lost 11 soldiers", "31 rebels fell"."""
    kinds = verb.get("of") or ()
    noun = next((cue for cue in sentence.of("unit") if cue.span.end == end), None)
    if noun is None or not {str(noun.get("measure")), noun.span.of(sentence.folded)} & set(kinds):
        return False
    if verb.get("after"):
        gap = sentence.words_in(Span(end, verb.span.start))
        return end <= verb.span.start and all(sentence.is_function(word) for word in gap)
    return verb.span.end <= number.span.start and _takes(sentence, verb, number)


def verb_behind_aside(sentence: Annotated, number: Number, noun: Cue | None) -> Cue | None:
    """The verb of those counted behind a part of them: "eight people, four of them toddlers, have died"."""
    part = next((one for one in sentence.numbers if one.span.start > number.span.end), None)
    if noun is None or part is None or not is_part(sentence, part):
        return None
    start, end = sentence.right_stop(noun.span.end), sentence.right_stop(part.span.end)
    aside = not sentence.words_in(Span(noun.span.end, start)) and start <= part_start(sentence, part) <= start + 2
    after = Span(end + 1, sentence.right_stop(end + 1))
    verb = verb_of(sentence, number, noun, after) if aside else None
    return verb if verb and verb.span.start <= end + 1 + _NEAR else None


def counted_by(
    sentence: Annotated, number: Number, noun: Cue | None, verb: Cue | None, piece: Span
) -> tuple[str, str, str | None]:
    """(unit, measure, subgroup) of a number; an empty unit where nothing is counted."""
    per = next(
        (f" per {cue.get('unit')}" for cue in sentence.of("per", piece) if cue.span.start >= number.span.end), ""
    )
    if number.currency:
        return number.currency + per, _sum_of(sentence, number, noun), None
    if number.percent:
        return "percent", _share_of(sentence, number, piece), None
    if noun and noun.get("currency"):
        return str(noun.get("currency")) + per, _sum_of(sentence, number, noun), None
    befalls = verb is not None and _happens_to_people(verb) and (noun is not None or _governs(sentence, verb, number))
    if verb and befalls and (noun is None or counts_people(noun)) and _outweighs(verb, noun):
        name = str(noun.get("measure")) if noun else "people"
        unit = measure_named(str(verb.get("measure"))).unit
        whole = noun is None or name in EVERYBODY or measure_named(name).unit == unit != "people"
        return unit, str(verb.get("measure")), None if whole or noun is None else noun.span.of(sentence.text).lower()
    if noun:
        toll = _toll_before(sentence, number, piece) if noun.get("measure") in EVERYBODY else None
        name = str((toll or noun).get("measure"))
        return *_measured(name, per), None
    if number.counts:
        return "", "", None  # "nobody" counts people, and only where something befalls them
    before = _noun_before(sentence, number, piece)
    if before:
        return _counted_before(sentence, before, verb, per)
    written = _written_noun(sentence, number)
    return (written + per, written, None) if written else ("", "", None)


def _counted_before(sentence: Annotated, noun: Cue, verb: Cue | None, per: str) -> tuple[str, str, str | None]:
    """The same of a number behind its noun, with what is said to have befallen those that it names: "the number of
    people killed has reached 31", "jumlah pekerja yang ditangkap menjadi 75"."""
    name, fate = str(noun.get("measure")), _fate_behind(sentence, noun)
    if name in EVERYBODY and (told := fate or verb) and _tells_fate(told):
        name = str(told.get("measure"))
    elif fate and _tells_fate(fate) and counts_people(noun) and _is_numbered(sentence, noun):
        return *_measured(str(fate.get("measure")), per), noun.span.of(sentence.text).lower()
    return *_measured(name, per), None


def _measured(name: str, per: str) -> tuple[str, str]:
    """(unit, measure) of a counted noun: what is run through in an hour is a speed, in whichever words."""
    known = measure_named(name)
    if per == _AN_HOUR and known.unit_class in ("length", "speed"):
        return _unit(_SPEED), _SPEED
    return _unit(name) + per, name


def _unit(name: str) -> str:
    """What a count of a measure is printed in: hours are hours, though they measure time as days do; a prison term is
    told in years."""
    found = measure_named(name)
    told_in_another = name == found.name != found.unit and measure_named(found.unit).known
    return name.replace("_", " ") if found.unit_class in _PHYSICAL and not told_in_another else found.unit


def _governs(sentence: Annotated, verb: Cue, number: Number) -> bool:
    """Whether a figure without a noun is of those that a verb before it tells of: "stationed at least 900". Where more
    stands between the two, only a verb that tells what befell people still does."""
    if _tells_fate(verb) or verb.span.start > number.span.start:
        return True
    return _takes(sentence, verb, number)


def _takes(sentence: Annotated, verb: Cue, number: Number) -> bool:
    """Whether a figure is a verb's object: nothing but what limits the figure stands between."""
    bounds = [cue.span for cue in sentence.of("bound")]
    between = sentence.words_in(Span(verb.span.end, number.span.start))
    return all(sentence.is_function(word) or any(bound.holds(word) for bound in bounds) for word in between)


def _happens_to_people(verb: Cue) -> bool:
    done = measure_named(str(verb.get("measure")))
    return done.unit_class == "people" or done.family == "signatures"  # people sign


def _outweighs(verb: Cue, noun: Cue | None) -> bool:
    """Whether the verb rather than the noun says what is counted: "40 soldiers killed" are dead, "3,000 soldiers
    present" are soldiers, "3,000 people present" a crowd."""
    if noun is None:
        return True
    counted, done = measure_named(str(noun.get("measure"))), measure_named(str(verb.get("measure")))
    if counted.family == done.family:
        return True
    if done.family == "people" or counted.unit == done.unit != "people":
        return False  # "jobs" says as much as "cut"
    if counted.name in EVERYBODY:
        return True
    return done.tells_fate and "casualties" not in ancestors(counted.name)


def counts_people(noun: Cue) -> bool:
    """Whether a noun names people."""
    return measure_named(str(noun.get("measure"))).unit_class == "people"


def _sum_of(sentence: Annotated, number: Number, noun: Cue | None) -> str:
    """What a sum of money is, where it is said to be lost or a fine: the nearest verb or noun before it tells, else one
    right behind it. No stop stands between."""
    end = noun.span.end if noun else number.span.end
    before = Span(sentence.left_stop(number.span.start), number.span.start)
    told = [*sentence.of("sum", before), *(cue for cue in sentence.of("measure_verb", before) if _is_paid(cue))]
    told = [max(told, key=lambda cue: (cue.span.end, cue.section == "sum"))] if told else []
    told = told or [cue for cue in sentence.of("sum") if end <= cue.span.start <= end + 1]
    return str(told[0].get("measure")) if told and told[0].section == "sum" else "money"


def _is_paid(verb: Cue) -> bool:
    return measure_named(str(verb.get("measure"))).unit_class == "money"


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
    start = max(piece.start, named[-1].span.end if named else _reach(sentence, number))
    grown = any(cue.span.end == number.span.start - 1 for cue in sentence.of("toward"))
    found = [
        cue
        for cue in sentence.of("unit", Span(start, number.span.start))
        if counts_people(cue) and (_befell(sentence, cue) or (grown and cue.get("measure") == "crowd"))
    ]
    return (found[0] if named else found[-1]) if found else None


def _befell(sentence: Annotated, noun: Cue) -> bool:
    """Whether a noun before a count of people says what they are: their fate, or a crowd that comes to that many."""
    known = measure_named(str(noun.get("measure")))
    if known.family == "crowd":  # "berjumlah", "numbered" measure nothing of their own
        verbs = [cue for cue in sentence.of("measure_verb") if cue.span.start == noun.span.end + 1]
        return any(not measure_named(str(cue.get("measure"))).known for cue in verbs)
    return known.tells_fate and known.name not in EVERYBODY


def _noun_before(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """ "the death toll rose to 23", "massa berjumlah 12 ribu": the noun stands first."""
    scale = [cue for cue in sentence.of("unit") if cue.span.end == number.span.start - 1 and _is_scale(cue)]
    if scale or followed_by_word(sentence, number):
        return scale[0] if scale else None
    start = max(piece.start, _reach(sentence, number))
    named = [cue.span.end for cue in sentence.of("number_of", Span(start, number.span.start))]
    risen = any(cue.span.end == number.span.start - 1 for cue in sentence.of("toward"))
    says = [cue.span.start for cue in sentence.of("say")]
    found = sentence.of("unit", Span(max([start, *named]), number.span.start))
    found = [cue for cue in found if cue.span.start not in says]  # "the ministry counts 11"
    found = [cue for cue in found if not any(fold.span.holds(cue.span) for fold in sentence.of("fold"))]
    found = [
        cue for cue in found if not _speaks(sentence, cue, number)
    ]  # in "police counted 9,500" nobody counts police
    found = [cue for cue in found if measure_named(str(cue.get("measure"))).unit_class not in _CIRCUMSTANCES] or found
    if not found:
        return None
    if risen:
        found = [cue for cue in found if cue.span.start >= sentence.left_stop(number.span.start)] or found
    return found[0] if named or risen or _is_headed(sentence, number) else found[-1]


def _is_scale(noun: Cue) -> bool:
    """Whether a noun is one that figures stand right behind: "magnitude 6.8"."""
    return measure_named(str(noun.get("measure"))).unit_class == "scale"


def _speaks(sentence: Annotated, noun: Cue, number: Number) -> bool:
    """Whether a noun before a figure is whoever gives it: a verb of saying stands between, and no stop before that."""
    between = Span(noun.span.end, min(number.span.start, sentence.right_stop(noun.span.end)))
    body = any(cue.span.overlaps(noun.span) for cue in (*sentence.of("body"), *sentence.of("pronoun")))
    may_speak = body or counts_people(noun) or not measure_named(str(noun.get("measure"))).known
    if not may_speak or _befell(sentence, noun) or noun.get("measure") == "crowd":
        return False
    return any(cue.span.start > noun.span.start for cue in sentence.of("say", between))


def _fate_behind(sentence: Annotated, noun: Cue) -> Cue | None:
    """The verb that stands right behind a noun, or behind "who were": "people killed", "orang yang ditangkap"."""
    at = noun.span.end + 1
    for word in sentence.words_in(Span(at, len(sentence.text)))[:_WHO_WERE]:
        if word.start != at or not (sentence.is_one(word, "relative") or sentence.is_one(word, "passive_aux")):
            break
        at = word.end + 1
    return next((cue for cue in sentence.of("measure_verb") if cue.span.start == at), None)


def _is_numbered(sentence: Annotated, noun: Cue) -> bool:
    """Whether "the number of" stands right before a noun."""
    return any(cue.span.end + 1 == noun.span.start for cue in sentence.of("number_of"))


def _tells_fate(verb: Cue) -> bool:
    return measure_named(str(verb.get("measure"))).tells_fate


def _reach(sentence: Annotated, number: Number) -> int:
    """Where the noun before a number may begin: behind the last stop; behind that of the clause for what something has
    come to, "has doubled since August, to 412"."""
    toward = any(cue.span.end == number.span.start - 1 for cue in sentence.of("toward"))
    if _is_headed(sentence, number):
        return sentence.left_stop(sentence.left_stop(number.span.start) - 1)
    return sentence.clause_of(number.span).start if toward else sentence.left_stop(number.span.start)


def _is_headed(sentence: Annotated, number: Number) -> bool:
    """Whether a figure stands right behind a colon: "lives lost on the roads last year: 40"."""
    stop = sentence.left_stop(number.span.start)
    return sentence.text[stop - 1 : stop] == ":" and not sentence.words_in(Span(stop, number.span.start))


def followed_by_word(sentence: Annotated, number: Number) -> bool:
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
