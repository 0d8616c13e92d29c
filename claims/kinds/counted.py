"""What a number counts: the noun or the verb around it that says who or what, and what befell them."""

from claims.annotate import Annotated
from claims.concepts import meanings
from claims.kinds.fates import happens_to_people, takes, tells_fate
from claims.kinds.nouns import counts_people, followed_by_word, head_of, written_noun
from claims.lexicon import Cue, lexicon
from claims.measures import ancestors
from claims.measures import measure as measure_named
from claims.model import Span
from claims.numbers import Number
from claims.phrases import phrase_before
from claims.speakers import has_voice

_PHYSICAL = frozenset({"time", "length", "area", "volume", "weight", "speed"})
#: words between a word for a figure and the figure
_CALLED = 8
#: words before it among which an "of" says that the figure is a part of it: "of that number, 12"
_OF_WHICH = 2
#: words of "who had been"
_WHO_WERE = 3
#: what makes a length a speed
_AN_HOUR, _SPEED = " per hour", "km_per_hour"
#: of a number that stands behind such nouns and others, the others tell what it counts
_CIRCUMSTANCES = frozenset({"time", "scale", "areas"})
#: measures of verbs that only say how many there are: "numbered", "berjumlah"
_NUMBERING = frozenset({"any", "reach"})
#: of those that tell no more than that, or that it changes, and sections of other words that do
_TELLING = _NUMBERING | {"rise", "fall"}
_COUNTING = ("basis", "toward", "gives", "number_of")
#: what befalls soldiers above all: it says more than that they are soldiers
_OF_SOLDIERS = frozenset({"withdrawn", "prisoners"})
#: of those who do one kind of work or learn, a verb of gathering says more than what they are: they struck
_WHO_GATHER = frozenset({"workers", "students", "teachers", "users", "unemployed"})
#: measures that only say that people are counted
EVERYBODY = frozenset({"people", "victims", "casualties", "residents", "crowd"})


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
    wider = [*sentence.of("number_of"), *sentence.of("unit")]  # "angka kematian" names what it is a number of
    of = any(cue.span.overlaps(said[-1]) and cue.span.end > said[-1].end for cue in wider)
    of = of or any(
        sentence.is_one(word, "part_of") for word in sentence.words_in(Span(start, said[-1].start))[-_OF_WHICH:]
    )
    return not (of or where or sentence.of("unit", between)) and len(sentence.words_in(between)) <= _CALLED


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
    befalls = verb is not None and happens_to_people(verb) and (noun is not None or _governs(sentence, verb, number))
    befalls = befalls and not (verb and noun is None and verb.get("things") and _is_of_a_thing(sentence, verb))
    befalls = befalls and not (verb and noun is None and _is_number_of_another(sentence, verb, number, piece))
    if verb and befalls and (noun is None or counts_people(noun)) and _outweighs(verb, noun):
        name = str(noun.get("measure")) if noun else "people"
        unit = measure_named(str(verb.get("measure"))).unit
        whole = noun is None or name in EVERYBODY or measure_named(name).unit == unit != "people"
        return unit, str(verb.get("measure")), None if whole or noun is None else noun.span.of(sentence.text).lower()
    toll = _toll_before(sentence, number, piece) if noun and noun.get("measure") in EVERYBODY else None
    if toll is None and (classified := _classified(sentence, number, piece)):
        return _counted_before(sentence, classified, verb, per)
    if noun:
        name = _term_named(sentence, number, str((toll or noun).get("measure")))
        return *_measured(name, per), None
    if number.counts:
        return "", "", None  # "nobody" counts people, and only where something befalls them
    before = _noun_before(sentence, number, piece)
    if before:
        return _counted_before(sentence, before, verb, per)
    written = written_noun(sentence, number) or _numbered_noun(sentence, number, piece)
    return (written + per, _concept_of(written, sentence.language), None) if written else ("", "", None)


def _concept_of(noun: str, language: str) -> str:
    """The measure of a noun that no lexicon counts: what it means, so that languages share it; itself where nobody
    knows. One whose stem is several words' is read in the singular: "operations"."""
    names = _meant_by(noun, language)
    plural = str(lexicon(language).settings.get("plural_suffix") or "")
    if len(names) > 1 and plural:
        names = _meant_by(noun.removesuffix(plural), language) or names
    return min(names, default=noun)


def _meant_by(noun: str, language: str) -> set[str]:
    return {name for one in meanings(noun, language) for name in one.concepts}


def _is_number_of_another(sentence: Annotated, verb: Cue, number: Number, piece: Span) -> bool:
    """ "the number of burnt-out homes at 130": whether a figure is said to be of a noun that names no people or, behind
    the verb, of one that tells what befell them: "died in hospital, bringing the number of fatalities to six"."""
    said = sentence.of("number_of", Span(piece.start, number.span.start))
    tolls = [cue for cue in sentence.of("unit", piece) if any(cue.span.overlaps(one.span) for one in said)]
    if not said or tolls:
        return False
    named = _noun_before(sentence, number, piece)
    if named is None:
        return False
    return not counts_people(named) or (_befell(sentence, named) and verb.span.end <= said[-1].span.start)


def _is_of_a_thing(sentence: Annotated, verb: Cue) -> bool:
    """Whether a verb that may be said of things stands behind a noun that is not of people: "dua sensor mati"."""
    before = [word for word in sentence.words if word.end <= verb.span.start][-1:]
    known = [*(cue.span for cue in sentence.of("unit")), *(one.span for one in sentence.numbers)]
    return any(not sentence.is_function(word) and not any(span.overlaps(word) for span in known) for word in before)


def _counted_before(sentence: Annotated, noun: Cue, verb: Cue | None, per: str) -> tuple[str, str, str | None]:
    """The same of a number behind its noun, with what is said to have befallen those that it names: "the number of
    people killed has reached 31", "jumlah pekerja yang ditangkap menjadi 75"."""
    name, fate = str(noun.get("measure")), _fate_behind(sentence, noun)
    if name in EVERYBODY and (told := fate or verb) and tells_fate(told):
        name = str(told.get("measure"))
    elif fate and tells_fate(fate) and counts_people(noun) and _is_numbered(sentence, noun):
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
    if tells_fate(verb) or verb.span.start > number.span.start:
        return True
    return takes(sentence, verb, number)


def says_how_many(sentence: Annotated, number: Number, verb: Cue | None, piece: Span) -> bool:
    """Whether a bare figure is said to be how many people there are: beside what befell them ("displaced 3 million"),
    as what a number of them has come to, or behind a verb that says no more than that they are so many."""
    if verb and tells_fate(verb):
        edges = sorted((verb.span, number.span), key=lambda span: span.start)
        gap = sentence.words_in(Span(edges[0].end, edges[1].start))
        if takes(sentence, verb, number) if edges[0] == verb.span else all(map(sentence.is_function, gap)):
            return True
    noun = _noun_before(sentence, number, piece)
    if noun is None:
        return False
    between = Span(noun.span.end, number.span.start)
    counts = any(cue.get("measure") in _NUMBERING for cue in sentence.of("measure_verb", between))
    risen = any(cue.span.end == number.span.start - 1 for cue in sentence.of("toward"))
    return counts or risen or _is_numbered(sentence, noun) or _befell(sentence, noun)


def _outweighs(verb: Cue, noun: Cue | None) -> bool:
    """Whether the verb rather than the noun says what is counted: "40 soldiers killed" are dead, "3,000 soldiers
    present" are soldiers, "3,000 people present" a crowd."""
    if noun is None:
        return True
    counted, done = measure_named(str(noun.get("measure"))), measure_named(str(verb.get("measure")))
    if counted.family == done.family:
        return True
    if done.family in _OF_SOLDIERS:
        return counted.name in EVERYBODY or counted.family in ("troops", "militants", done.family)
    if done.family == "people" or counted.unit == done.unit != "people":
        return False  # "jobs" says as much as "cut"
    if counted.name in EVERYBODY:
        return True
    if done.family == "crowd":
        return counted.family in _WHO_GATHER
    return done.tells_fate and "casualties" not in ancestors(counted.name)


def _sum_of(sentence: Annotated, number: Number, noun: Cue | None) -> str:
    return sum_named(sentence, number, noun) or "money"


def sum_named(sentence: Annotated, number: Number, noun: Cue | None) -> str | None:
    """What a sum of money is, where it is said to be lost or a fine: the nearest verb or noun before it tells, else one
    right behind it. No stop stands between."""
    end = noun.span.end if noun else number.span.end
    before = Span(sentence.left_stop(number.span.start), number.span.start)
    told = [*sentence.of("sum", before), *(cue for cue in sentence.of("measure_verb", before) if _is_paid(cue))]
    told = [max(told, key=lambda cue: (cue.span.end, cue.section == "sum"))] if told else []
    told = told or [cue for cue in sentence.of("sum") if end <= cue.span.start <= end + 1]
    return str(told[0].get("measure")) if told and told[0].section == "sum" else None


def _term_named(sentence: Annotated, number: Number, name: str) -> str:
    """What a number of years or votes is, where the words before it tell, with no stop between: a prison term, a
    lead."""
    before = Span(sentence.left_stop(number.span.start), number.span.start)
    told = [cue for cue in sentence.of("term", before) if cue.get("of") == name]
    return str(told[-1].get("measure")) if told else name


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


def _classified(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """The noun before a figure that counts it by a classifier, where no more stands between than that they are so many:
    "rumah yang rusak berjumlah 2.150 unit"."""
    behind = sentence.words_in(Span(number.span.end, sentence.right_stop(number.span.end)))[:2]
    if not behind or not sentence.is_one(behind[0], "classifier") or not all(map(sentence.is_function, behind[1:])):
        return None
    people = any(counts_people(cue) for cue in sentence.of("unit", behind[0]))
    found = [cue for cue in _nouns_before(sentence, number, piece) if counts_people(cue) == people]
    head = min(found, key=lambda cue: cue.span.start, default=None)
    if head is None:
        return None
    return head if _leads_to(sentence, head.span, number) else None


def _leads_to(sentence: Annotated, noun: Span, number: Number) -> bool:
    """Whether what stands right before a figure, back to a noun, says no more than that there are so many."""
    said = [cue.span for name in _COUNTING for cue in sentence.of(name)]
    said += [cue.span for cue in sentence.of("measure_verb") if cue.get("measure") in _TELLING]
    about = [cue.span for cue in sentence.of("bound")]
    for word in reversed(sentence.words_in(Span(noun.start, number.figure.start))):
        if any(span.holds(word) for span in (*said, noun)):
            return True
        if not (sentence.is_function(word) or any(span.holds(word) for span in about)):
            return False
    return False


def _numbered_noun(sentence: Annotated, number: Number, piece: Span) -> str:
    """The noun that no lexicon counts of which a figure is the number, where it means something: "the number of
    cancelled concerts rose to 312", no "cumulative number"."""
    named = sentence.of("number_of", Span(max(piece.start, _reach(sentence, number)), number.span.start))
    if not named or followed_by_word(sentence, number):
        return ""
    phrase: list[Span] = []
    verbs = [cue.span.start for name in ("measure_verb", "passive_aux") for cue in sentence.of(name)]
    for word in sentence.words_in(Span(named[-1].span.end, number.span.start)):
        if phrase and (sentence.is_function(word) or word.start in verbs):
            break
        phrase += [] if sentence.is_function(word) else [word]
    if not phrase or not _leads_to(sentence, phrase[-1], number):
        return ""
    noun = head_of(sentence, phrase).of(sentence.text).lower()
    return noun if _meant_by(noun, sentence.language) else ""


def _noun_before(sentence: Annotated, number: Number, piece: Span) -> Cue | None:
    """ "the death toll rose to 23", "massa berjumlah 12 ribu": the noun stands first."""
    return None if followed_by_word(sentence, number) else next(iter(_nouns_before(sentence, number, piece)), None)


def _nouns_before(sentence: Annotated, number: Number, piece: Span) -> list[Cue]:
    """The nouns before a figure that it may be a count of, the likeliest first."""
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
    if risen:
        found = [cue for cue in found if cue.span.start >= sentence.left_stop(number.span.start)] or found
    return found if named or risen or _is_headed(sentence, number) else found[::-1]


def _speaks(sentence: Annotated, noun: Cue, number: Number) -> bool:
    """Whether a noun before a figure is of whoever gives it: a verb of saying stands between, and no stop before that,
    or what the noun stands in is the subject of that verb: "polisi kota menyebut 900"."""
    if _befell(sentence, noun) or noun.get("measure") == "crowd":
        return False
    between = Span(noun.span.end, number.span.start)
    verbs = [cue.span.start for name in ("say", "gives") for cue in sentence.of(name, between)]
    subjects = (phrase for at in verbs if (phrase := phrase_before(sentence, at)))
    if any(phrase.holds(noun.span) and has_voice(sentence, phrase) for phrase in subjects):
        return True
    body = any(cue.span.overlaps(noun.span) for cue in (*sentence.of("body"), *sentence.of("pronoun")))
    may_speak = body or counts_people(noun) or not measure_named(str(noun.get("measure"))).known
    stop = sentence.right_stop(noun.span.end)
    return may_speak and any(
        cue.span.start > noun.span.start
        for cue in sentence.of("say", Span(noun.span.end, stop))
        if cue.span.end <= number.span.start
    )


def _fate_behind(sentence: Annotated, noun: Cue) -> Cue | None:
    """The verb that stands right behind a noun, or behind "who were": "people killed", "orang yang ditangkap"."""
    at = noun.span.end + 1
    for word in sentence.words_in(Span(at, len(sentence.text)))[:_WHO_WERE]:
        if word.start != at or not (sentence.is_one(word, "relative") or sentence.is_one(word, "passive_aux")):
            break
        at = word.end + 1
    verbs = [*_numbered_fates(sentence, noun), *sentence.of("measure_verb")]
    return next((cue for cue in verbs if cue.span.start == at), None)


def _numbered_fates(sentence: Annotated, noun: Cue) -> list[Cue]:
    """The verbs that tell a fate only of those whose number is given: "the number of people held"; people who "held" a
    vigil are no prisoners."""
    names = {str(noun.get("measure")), noun.span.of(sentence.folded)}
    found = [cue for cue in sentence.of("numbered") if names.intersection(cue.get("of"))]
    return found if found and _is_numbered(sentence, noun) else []


def _is_numbered(sentence: Annotated, noun: Cue) -> bool:
    """Whether "the number of" stands right before a noun."""
    return any(cue.span.end + 1 == noun.span.start for cue in sentence.of("number_of"))


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
