"""What the rules of `claims.compare` ask about two claims."""

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import fuzz

from claims.entities import country_of
from claims.lexicon import cues_in, lexicon, supported
from claims.measures import ancestors, measure
from claims.model import Basis, Bound, Claim, EventDate, Kind, Modality, Precision
from claims.sense import PART, PARTS, group_of, is_of_crowd, is_of_people, is_part, one_body, tells_of_crowd
from claims.slot import content_words, family
from claims.story import HEAD, one_story, stem
from claims.text import key, words

#: words of a name that nobody shares by chance
_LONG_NAME = 3
#: letters in which "military" and "militer" agree
_VOICE = 4
_ALIKE = 80
#: classes of measures of which the plain one only names a unit: a loss is told as a sum, a prison term in years
_PLAIN = frozenset({"money", "time"})
#: classes of measures that name what is counted
_THINGS = frozenset({"things", "weight", "area", "volume"})
#: tolls that nobody leaves again, whatever stands there "now"
_LASTING = frozenset({"killed", "executed"})
#: states that change from day to day
_FAST = frozenset({"margin", "missing", "trapped", "hospitalised", "displaced", "patients", "affected"})


def same_family(first: Claim, second: Claim) -> bool:
    """Whether two claims measure the same, or one a part of the other."""
    if first.kind is Kind.VOTE or second.kind is Kind.VOTE:
        return True
    if not first.measure or not second.measure:
        return family(first) == family(second)
    one, other = ancestors(first.measure), ancestors(second.measure)
    return one[0] in other or other[0] in one


def same_voice(first: Claim, second: Claim) -> bool:
    """Whether one voice says both: the same name, or a name and the body that it speaks for."""
    if first.speaker is None or second.speaker is None:
        return False
    if first.speaker == second.speaker:
        return True
    if is_of_people(first.speaker, first.language) != is_of_people(second.speaker, second.language):
        return False
    one, other = ([name for name in (claim.speaker, claim.speaker_role) if name] for claim in (first, second))
    if any(_within(mine, theirs) or _within(theirs, mine) for mine in one for theirs in other):
        return True
    if one_body(first.speaker, first.language, second.speaker, second.language):
        return True
    return _speaks_through(first, second) or _speaks_through(second, first)


def _speaks_through(person: Claim, body: Claim) -> bool:
    """Whether a body's long name stands in what a person of it says: "The National Weather Service expects …, its
    director said"."""
    name = name_words(body.speaker or "")
    return len(name) >= _LONG_NAME and name <= name_words(person.evidence)


def _within(short: str, long: str) -> bool:
    """Whether all words of one name are in the other, as far as the first letters of two languages' words tell."""
    if country_of(short) == short or (country_of(short) and country_of(long) and country_of(short) != country_of(long)):
        return False
    one, other = name_words(short), name_words(long)
    return bool(one) and all(any(_alike(word, another) for another in other) for word in one)


def _alike(word: str, other: str) -> bool:
    """Whether two words of names are one, as far as their letters tell: "military", "militer"."""
    return word[:_VOICE] == other[:_VOICE] or fuzz.ratio(word, other) >= _ALIKE


@lru_cache(maxsize=1 << 14)
def name_words(name: str) -> frozenset[str]:
    """The words of a name, spelled so that its cases and its adjective are one."""
    return frozenset(stem(span.of(name)) for span in words(name) if span.end - span.start > 2)


def actor_of(claim: Claim) -> str | None:
    """Whom a claim is about. Whoever denies something need not be the one that it is about."""
    return None if claim.kind is Kind.DENIAL and claim.agent == claim.speaker else claim.agent


def actors_differ(first: Claim, second: Claim) -> bool:
    """Whether both name an actor, and of different countries."""
    one, other = actor_of(first), actor_of(second)
    if one is None or other is None:
        return False
    return (country_of(one) or stem_words(one)) != (country_of(other) or stem_words(other))


def stem_words(name: str) -> frozenset[str]:
    """What two spellings of one name share."""
    return name_words(name) or frozenset((name,))


@lru_cache(maxsize=1 << 14)
def says_elsewhere(text: str, language: str) -> bool:
    """Whether a text turns to another place than that of its story: "across the strait in East Timor"."""
    return "elsewhere" in cues_in(text, language)


def places_differ(first: Claim, second: Claim) -> bool:
    """Both known, and neither lies in the other; or the one known is said to be elsewhere."""
    if first.place is None or second.place is None:
        return any(claim.place and says_elsewhere(claim.evidence, claim.language) for claim in (first, second))
    one, other = _path(first), _path(second)
    if first.place in other or second.place in one:
        return False
    mine, theirs = _bare_words(first.place), _bare_words(second.place)
    return not (mine <= theirs or theirs <= mine)


@lru_cache(maxsize=1 << 12)
def _bare_words(place: str) -> frozenset[str]:
    """The words of a place's name without "strait", "islands" and the like: a ferry sinks off the island it left."""
    return name_words(place) - _landforms() or name_words(place)


@cache
def _landforms() -> frozenset[str]:
    forms = (form for language in supported() for form in lexicon(language).forms("landform"))
    return frozenset().union(*map(name_words, forms))


def _path(claim: Claim) -> tuple[str, ...]:
    return claim.place_path or ((claim.place,) if claim.place else ())


def names_in_common(denial: Claim, other: Claim) -> bool:
    """Whether a denial comes from, or is about, somebody or some place that the other is about."""
    mine = (denial.speaker, denial.agent, *_path(denial))
    return bool(_spellings(mine) & _spellings((other.agent, *_path(other))))


def _spellings(names: Iterable[str | None]) -> frozenset[str]:
    known = [name for name in names if name]
    return frozenset().union(*map(name_words, known)) | {
        key(country) for name in known if (country := country_of(name))
    }


def tied(first: Claim, second: Claim) -> bool:
    """Whether a shared actor with a shared place, one story, or a country named by either joins the two."""
    if one_story(first, second):
        return True
    actors = actor_of(first) is not None and actor_of(second) is not None
    places = first.place is not None and second.place is not None
    if actors or places:
        return not (first.story and second.story) or actors or _same_spot(first, second)
    if any((first.agent, second.agent, first.place, second.place)):
        told_apart = first.story and second.story and Kind.DENIAL not in (first.kind, second.kind)
        return not told_apart and _crosswise(first, second)
    return first.speaker is not None and first.speaker == second.speaker and not (first.story and second.story)


def _same_spot(first: Claim, second: Claim) -> bool:
    """Whether the place that both share is less than a country: two floods in one country are two."""
    common = set(_path(first)) & set(_path(second))
    return any(country_of(place) != place for place in common)


def _crosswise(first: Claim, second: Claim) -> bool:
    """One names the actor and the other the place, or one names neither: only the same country will do."""
    names = [{country_of(name) or name for name in (claim.agent, *_path(claim)) if name} for claim in (first, second)]
    return bool(names[0] & names[1])


def polarity(claim: Claim) -> int | None:
    """1 affirms, -1 denies or counts zero, None says neither."""
    if claim.kind is Kind.VOTE or claim.kind is Kind.AGREEMENT or (claim.kind is not Kind.DENIAL and is_generic(claim)):
        return None
    if claim.kind is Kind.DENIAL or claim.modality is Modality.DENIED:
        return -1 if claim.measure else None
    if claim.quantity:
        return -1 if claim.quantity.high == 0 else 1
    if claim.measure and claim.kind in (Kind.STATEMENT, Kind.EVENT):
        return -1 if claim.negated else 1
    return None


def is_plan(claim: Claim) -> bool:
    """Whether a claim tells of what shall be."""
    planned = claim.quantity is not None and claim.quantity.basis is Basis.PLANNED
    return claim.modality is Modality.PLANNED or planned


def basis(claim: Claim) -> Basis:
    """What a claim's figure counts up; a state where it has none. "52 others are missing" adds to no other missing."""
    if claim.quantity is None or (claim.quantity.basis is Basis.INCREMENT and measure(claim.measure).fate):
        return Basis.STOCK
    if claim.quantity.basis is Basis.CUMULATIVE and claim.quantity.unit == "percent":
        return Basis.STOCK  # "by now 14 percent" is no toll
    if claim.quantity.basis is Basis.STOCK and measure(claim.measure).family in _LASTING:
        return Basis.CUMULATIVE
    return claim.quantity.basis


def is_period(when: EventDate) -> bool:
    """Whether a date is a whole month or year."""
    return when.precision in (Precision.MONTH, Precision.YEAR)


def overlap(one: EventDate, other: EventDate) -> bool:
    """Whether two dates may be the same."""
    return one.first <= other.last and other.first <= one.last


def whole_of(first: Claim, second: Claim) -> Claim | None:
    """Which of the two is the whole that the other is a part of."""
    for part, whole in ((first, second), (second, first)):
        if is_part(part) and not (is_part(whole) or group_of(whole)):
            return whole
    for part, whole in ((first, second), (second, first)):
        if part.place != whole.place and whole.place in _path(part):
            return whole
    if first.place and second.place and _are_nearly_one(first.place, second.place):
        return second  # perhaps another place: no alarm
    if bool(first.place) != bool(second.place) and one_story(first, second) and not _both_say(first, second):
        part, whole = (first, second) if first.place else (second, first)
        if not (_names_story(part.place or "", whole.story) or _names_story(part.place or "", part.story)):
            return whole
    one, other = ancestors(first.measure), ancestors(second.measure)
    if one and other and one[0] != other[0]:
        whole = first if one[0] in other else second
        return None if measure(whole.measure).unit_class in _PLAIN else whole
    return None


def _are_nearly_one(place: str, other: str) -> bool:
    """Whether two places are spelled alike but not the same: one in two spellings, or "Kotabaru" and "Kotabumi"."""
    return key(place) != key(other) and name_words(place) == name_words(other)


def _both_say(first: Claim, second: Claim) -> bool:
    """Whether one voice tells both on two days, or one page sets two voices against each other: they mean one place."""
    if first.speaker is None or second.speaker is None:
        return False
    return same_voice(first, second) != (first.published == second.published)


def _names_story(place: str, story: tuple[str, ...]) -> bool:
    """Whether a place is where the whole story plays."""
    return country_of(place) == place or bool(name_words(place) & set(story[:HEAD]))


def subgroups_differ(first: Claim, second: Claim) -> bool:
    """Whether two claims count different parts: police, children."""
    one, other = group_of(first), group_of(second)
    if not (one and other):
        crowd = is_of_crowd(first if other else second)
        return crowd and (one or other or "")[:2] == "c:" and (one or other) not in PARTS
    known = first.language == second.language or (one[:2] == other[:2] == "c:")
    return PART in (one, other) or (one != other and known)


def is_of_whom_unsaid(first: Claim, second: Claim) -> bool:
    """Whether one of two figures names the group that it counts, or whose it is, and the other leaves it open: eleven
    soldiers may be the nineteen dead, or some of them."""
    if first.agent and first.agent == second.agent:
        return False
    return bool(group_of(first)) != bool(group_of(second)) or bool(first.agent) != bool(second.agent)


def same_object(first: Claim, second: Claim) -> bool:
    """Whether two agreements are about one thing, as far as their words tell."""
    if not first.object or not second.object or first.language != second.language:
        return True
    return bool(content_words(first.object) & content_words(second.object))


def is_loose(claim: Claim) -> bool:
    """Whether a figure is no more than a word of the page's own: "thousands gathered"."""
    return claim.speaker is None and claim.quantity is not None and claim.quantity.bound is Bound.VAGUE


def is_generic(claim: Claim) -> bool:
    """Whether a figure's measure only names what is counted, so that one story may hold many of them."""
    return measure(claim.measure).is_bare


def names_a_thing(claim: Claim) -> bool:
    """Whether a figure counts one kind of thing, of which a story is unlikely to hold several counts: no people, sums,
    shares or hours."""
    return bool(claim.measure) and measure(claim.measure).unit_class in _THINGS


def only_counts(first: Claim, second: Claim) -> bool:
    """Whether two figures of one language count people of whom nothing else is said that would join them."""
    if (
        "people" not in (ancestors(first.measure)[:1] + ancestors(second.measure)[:1])
        or first.language != second.language
    ):
        return False
    counted = _spellings((first.speaker, second.speaker, "people", "orang"))
    one, other = ({stem(word) for word in content_words(claim.evidence)} for claim in (first, second))
    return not (one & other) - counted


def is_of_a_day(claim: Claim) -> bool:
    """Whether a figure is of one gathering, so that another day's is another one's: a crowd, people who protested."""
    family = measure(claim.measure).family
    return family == "crowd" or (family == "people" and tells_of_crowd(claim))


def changes_daily(claim: Claim) -> bool:
    """Whether a state is one of an emergency, so that a figure of the day before is simply older: the missing."""
    return measure(claim.measure).family in _FAST or is_what_is_left(claim)


def is_what_is_left(claim: Claim) -> bool:
    """Whether a figure says how many of a toll there still are: "20 injured are still in hospital"."""
    counts_so_far = measure(claim.measure).basis is Basis.CUMULATIVE
    return counts_so_far and basis(claim) is Basis.STOCK
