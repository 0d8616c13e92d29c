"""Whether two claims speak of one matter, as far as their words tell: in one language by stems, across languages by the
concepts and measures that the words stand for.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from claims.concepts import meanings, those_meant
from claims.entities import entities
from claims.lexicon import cues_in, lexicon, supported
from claims.measures import ancestors, measure
from claims.model import GOES_ON, Claim
from claims.numbers import numbers
from claims.story import HEAD, stem
from claims.terms import stop_words, tells, text_terms
from claims.text import key, words

#: sections of a lexicon whose words tell how, when and by whom something is said, not what
_SAYING = frozenset(
    [
        "say",
        "gives",
        "admission",
        "deny",
        "not_a_denial",
        "report_noun",
        "modality",
        "negation",
        "anaphor",
        "pronoun",
        "title",
        "date_word",
        "weekday",
        "month",
        "bound",
        "number",
        "vague",
        "basis",
        "number_of",
        "per",
        "determiner",
        "function",
    ]
)
_COUNTING = ("unit", "measure_verb")
#: kinds of saying that are deeds themselves: who denies a warning denies that somebody warned
_ACTS = ("warn", "demand", "pledge")
#: names that an article is about: all its claims share them, so that they tell nothing
_EVERYWHERE = 2
#: words behind a figure that say what it counts
_COUNTED = 2
#: concepts of a part of people
_GROUPS = frozenset(
    f"c:{name}"
    for name in (
        "child", "woman", "civilian", "troops", "police", "militia", "students", "teachers", "doctor", "nurse",
        "journalist", "farmer", "fisherman", "workers", "migrants", "tourist", "passengers",
        "rescuer", "crew", "driver", "mercenary", "terrorist", "pilot",
    )
)  # fmt: skip
#: concepts of those who gathered
_CROWD = frozenset({"c:protest", "c:crowd"})
#: concepts of those that any matter may be about
_ANYBODY = frozenset({"people", "workers", "company", "victim", "customer", "family"})
#: concepts of people who belong to a place or a house, and of the bodies that speak for them
_FOLK = frozenset(
    {"workers", "resident", "family", "students", "customer", "prisoner", "passengers", "farmer", "fisherman"}
)
_BODIES = frozenset({"union", "party", "committee", "authority"})
#: a part of which no more is said than that it is one
PART = "of them"
#: groups that are a part of any toll; soldiers or dockers may be all who were hit
PARTS = frozenset({PART, "c:child", "c:woman", "c:civilian"})
#: measures of tolls
_TOLLS = frozenset({"killed", "injured", "missing", "casualties", "victims"})
#: concepts of what is wanted rather than so
_WISHES = frozenset({"demand", "offer"})
#: concepts of what is yet to come
_PROMISES = frozenset({"promise", "plan"})
#: words of the longest "of them"
OF_THEM = 3
#: characters between a figure and the one that is set against it
_REACH = 80
#: words of its own that a figure may have which is set against another one's: "the union put the stock at 900"
_AMOUNT = 1
#: of its own words, where it stands bare and so counts what that one does: "in his reckoning the bill comes to 900"
_MORE = 2
#: texts whose sense is kept
_KEPT = 1 << 14


def one_matter(first: Claim, second: Claim) -> bool:
    """Whether the words of two claims share what is said of those who are counted, beyond their names."""
    one, other = (_sense(claim.evidence, claim.language) for claim in (first, second))
    if first.language == second.language:
        one, other = one | _deeds(first.evidence, first.language), other | _deeds(second.evidence, second.language)
    return bool(one & other - _named(first) - _named(second))


def speak_apart(first: Claim, second: Claim) -> bool:
    """Whether the words of both claims say something of those who are counted, and nothing that both say: "64 drones
    crossed the border", "59 drone ditembak jatuh". Across languages concepts alone can tell."""
    one_language = first.language == second.language
    said = [
        (_sense if one_language else concepts_of)(one.evidence, one.language) - _named(one) for one in (first, second)
    ]
    return all(said) and not said[0] & said[1]


def concepts_of(text: str, language: str) -> frozenset[str]:
    """The concepts that the words of a text stand for."""
    return frozenset(term[2:] for term in text_terms(text, language) if term[0] == "c")


def is_of_crowd(claim: Claim) -> bool:
    """Whether a figure is of those who gathered: "41 protesters hurt" are no policemen."""
    if claim.quantity is None or measure(claim.measure).is_bare:
        return False
    _, _, after = claim.evidence.partition(claim.quantity.surface or " ")
    return bool(_CROWD & text_terms(" ".join(after.split()[:_COUNTED]), claim.language))


def tells_of_crowd(claim: Claim) -> bool:
    """Whether a claim's words tell of a gathering: "police said 3,500 people protested"."""
    return bool(_CROWD & text_terms(claim.evidence, claim.language))


def group_of(claim: Claim) -> str | None:
    """Which part of those whom something befell a figure counts, as a concept where it is one: the one that the claim
    gives, else the one right behind the figure ("four children were among the dead"); `PART` where the words beside the
    figure only say that it is one."""
    if claim.subgroup:
        groups = (_group_in(claim.subgroup, language, _GROUPS | _CROWD) for language in (claim.language, "en"))
        return next(filter(None, groups), claim.subgroup)
    if claim.quantity is None or measure(claim.measure).is_bare:
        return None
    return _group_beside(claim.evidence, claim.quantity.surface, claim.language)


@lru_cache(maxsize=_KEPT)
def _group_beside(text: str, figure: str, language: str) -> str | None:
    before, _, after = text.partition(figure or " ")
    of_them = says_part(before, after, language)
    behind = after.split()[: _COUNTED + 2 * of_them]
    return _group_in(" ".join(behind), language, _GROUPS) or (PART if of_them else None)


def is_part(claim: Claim) -> bool:
    """Whether a figure is a part of another one: of a group that is part of any toll, or said to be some of them: "two
    of them journalists", "four of the dead"."""
    if group_of(claim) in PARTS:
        return True
    return claim.quantity is not None and _is_some(claim.evidence, claim.quantity.surface, claim.language)


@lru_cache(maxsize=_KEPT)
def _is_some(text: str, figure: str, language: str) -> bool:
    if language not in supported():
        return False
    before, _, after = text.partition(figure or " ")
    behind = key(after).split()[:_COUNTED]
    forms = lexicon(language).forms("of_the")
    return says_part(before, after, language) or any(" ".join(behind[:n]) in forms for n in (1, _COUNTED))


@lru_cache(maxsize=_KEPT)
def _group_in(text: str, language: str, groups: frozenset[str]) -> str | None:
    """The first of some groups of people that a text names."""
    return min(groups & text_terms(text, language), default=None)


def says_part(before: str, after: str, language: str) -> bool:
    """Whether the words right beside a figure say that it is a part of another: "of whom 12", "12 of them"."""
    if language not in supported():
        return False
    forms = lexicon(language).forms("of_them")
    left, right = key(before).split(), key(after).split()
    sides = [(" ".join(left[-n:]), " ".join(right[:n]).rstrip(",;.")) for n in range(1, OF_THEM + 1)]
    return any(side in forms for pair in sides for side in pair)


def wants_differ(first: Claim, second: Claim) -> bool:
    """Whether one figure is what somebody demands or offers, and the other is not: two wishes are no two facts."""
    mine, theirs = (those_meant(one.evidence, one.language, _WISHES) for one in (first, second))
    return mine != theirs


def tells_of_promise(claim: Claim) -> bool:
    """Whether a claim's words tell of what was promised or planned: "172, not 200 as promised" takes nothing back."""
    return bool(those_meant(claim.evidence, claim.language, _PROMISES))


def sets_against(first: Claim, second: Claim) -> bool:
    """Whether the later of two claims of one page only sets another voice's figure against the one right before it:
    "the union counts 900". What it counts it leaves to that one."""
    one, other = (first, second) if first.start < second.start else (second, first)
    goes_on = other.rule == GOES_ON  # where the page itself gives the first figure, nothing else may be said
    voices = other.speaker and (one.speaker or goes_on) and one.speaker != other.speaker
    if not voices or not 0 <= other.start - one.end <= _REACH:
        return False
    known = _sense(one.evidence, one.language) | _named(one) | _named(other)
    own = len(_sense(other.evidence, other.language) - known)
    return own <= (_MORE if goes_on else _AMOUNT) if one.speaker else own == 0


@lru_cache(maxsize=_KEPT)
def figures_in(text: str, language: str) -> frozenset[Decimal]:
    """The figures in digits with which a text counts something."""
    if language not in supported():
        return frozenset()
    found = (
        one for one in numbers(text, lexicon(language)) if one.kind == "count" and one.figure.of(text)[:1].isdigit()
    )
    return frozenset(end for one in found for end in (one.low, one.high) if end is not None)


def same_concepts(one: str, language: str, other: str, other_language: str) -> bool:
    """Whether two names in two languages mean one thing, as far as their words stand for concepts: "Badan Anggaran
    DPR", "parliament's budget committee"."""
    mine, theirs = concepts_of(one, language), concepts_of(other, other_language)
    return (
        language != other_language
        and bool(mine and theirs)
        and (mine <= theirs or theirs <= mine or len(mine & theirs) > 1)
    )


def one_body(one: str, language: str, other: str, other_language: str) -> bool:
    """Whether two languages name one body: what it is named by means the same, and no country or other name tells them
    apart: "the environment agency", "Badan lingkungan"."""
    if language == other_language:
        return False
    said = text_terms(one, language), text_terms(other, other_language)
    concepts, known, heard = ([{term for term in terms if term[0] == kind} for terms in said] for kind in "cex")
    if all(known) and not known[0] & known[1]:
        return False
    if concepts[0] and concepts[0] == concepts[1] and not (all(heard) and not heard[0] & heard[1]):
        return True
    (mine, is_named), (theirs, other_is_named) = _meant_by(one, language), _meant_by(other, other_language)
    return bool(mine) and mine == theirs and not (is_named and other_is_named)


@lru_cache(maxsize=_KEPT)
def _meant_by(name: str, language: str) -> tuple[frozenset[str], bool]:
    """The concepts that a name's words stand for, rarer ones included ("Civil Protection", "Zivilschutz"), and whether
    it holds words that stand for none."""
    parts = meanings(name, language, wide=True)
    return frozenset().union(*(one.concepts for one in parts)), not all(one.concepts for one in parts)


@lru_cache(maxsize=_KEPT)
def is_of_people(name: str, language: str) -> bool:
    """Whether a name is of people of some place or house, who do not speak for it: "employees of Telkora"; their union
    has a voice of its own name."""
    meant = concepts_of(name, language) | concepts_of(name, "en")
    return bool(meant & _FOLK) and not meant & _BODIES


def unshared(denial: Claim, other: Claim) -> frozenset[str]:
    """What a denial denies beyond what another claim says, counts and names."""
    said = _sense(denial.denied or denial.evidence, denial.language)
    return said - _sense(other.evidence, other.language) - _named(denial) - _named(other)


def shared(denial: Claim, other: Claim) -> frozenset[str]:
    """What a denial and another claim both say, their actors and places included."""
    said = _sense(denial.denied or denial.evidence, denial.language) & _sense(other.evidence, other.language)
    return said.difference(denial.story[:_EVERYWHERE], other.story[:_EVERYWHERE])


def alike(denial: Claim, other: Claim) -> frozenset[str]:
    """What a denial and a claim beside it may both be about, loosely read: "warned", "any warning"."""
    said = _loosely(denial.evidence, denial.language)
    if denial.denied:
        said |= _loosely(denial.denied, denial.language)
    both = said & _loosely(other.evidence, other.language)
    return both - _voices(denial) - _voices(other) - _speaking(denial) - _speaking(other) - _ANYBODY


def covered(denial: Claim, other: Claim) -> tuple[int, int]:
    """How many of the words that tell what is denied another claim says too, loosely read in any language, and how many
    there are. None are shared where no more than a tie to it is denied: "denied any role in the attack"; of tolls
    figures tell."""
    known = _spelled_by(denial) | _spelled_by(other) | _TOLLS
    denied = denial.denied or denial.evidence
    told = [one for one in _meant_by_words(denied, denial.language) if not one & known]
    said = frozenset[str]().union(*_meant_by_words(other.evidence, other.language)) - known
    tied = _ties(denied, denial.language) and not _ties(other.evidence, other.language)
    return 0 if tied else sum(bool(one & said) for one in told), len(told)


def names_another(claim: Claim) -> bool:
    """Whether a claim's words name anybody beside who says it, or a country: whom it accuses."""
    if claim.language in supported() and lexicon(claim.language).settings.get("nouns_capitalised"):
        return claim.agent is not None and claim.agent != claim.speaker
    written = [span.of(claim.evidence) for span in words(claim.evidence)[1:]]
    mine = _spelled_by(claim)
    return any(word.istitle() and stem(word) not in mine and word not in claim.place_path for word in written)


@lru_cache(maxsize=_KEPT)
def _ties(text: str, language: str) -> bool:
    """Whether a text ties somebody or something to what was done: "caused", "behind", "knew of"."""
    return "tie" in cues_in(text, language)


def admits(claim: Claim) -> bool:
    """Whether somebody says a thing as one that was not said before: "conceded", "reconoció"."""
    if not (claim.speaker and claim.cue):
        return False
    cues = cues_in(claim.evidence, claim.language).get("admission", ())
    return any(cue.span.of(claim.evidence).startswith(claim.cue) for cue in cues)


def says_no_more(denial: Claim) -> bool:
    """Whether nothing that tells what is denied stands behind the word for it: "the ministry, too, denied it"."""
    cues = cues_in(denial.evidence, denial.language).get("deny", ())
    end = min((cue.span.end for cue in cues), default=None)
    if end is None:
        return False
    said = _sense(denial.evidence[end:], denial.language)
    return not (said - _named(denial) or _measures(denial, said))


def only_points(denial: Claim) -> bool:
    """Whether a denial has no words for what it denies: "hal itu", "the accusation"."""
    said = _sense(denial.evidence, denial.language)
    return not (said - _named(denial) or _measures(denial, said))


def _measures(denial: Claim, said: frozenset[str]) -> bool:
    """Whether what is said holds the measure of a denial: it tells what is denied, as no name does."""
    return bool(denial.measure) and measure(denial.measure).family in said


def _sense(text: str, language: str) -> frozenset[str]:
    """What a text says: measures and concepts, which are of no language, and the stems of its other words."""
    return _read(text, language)[0]


def _deeds(text: str, language: str) -> frozenset[str]:
    """What the verbs of a text mean that tell what befell people: to "sentence" somebody is to pass a sentence."""
    return _read(text, language)[1]


@lru_cache(maxsize=_KEPT)
def _read(text: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a text says, and what those of its verbs mean that tell what befell people."""
    found: set[str] = set()
    deeds: set[str] = set()
    left = list(text)
    for cue in lexicon(language).cues(text) if language in supported() else ():
        if cue.section == "measure_verb":
            deeds.update(_words(cue.span.of(text), language))
        counted = cue.get("measure") if cue.section in _COUNTING else None
        if counted and measure(counted).unit_class != "time":
            found.add(measure(counted).family)
        if counted or cue.section in _SAYING:
            left[cue.span.start : cue.span.end] = " " * (cue.span.end - cue.span.start)
    return frozenset(found.union(_words("".join(left), language))), frozenset(deeds)


@lru_cache(maxsize=_KEPT)
def _loosely(text: str, language: str) -> frozenset[str]:
    """What the words of a text may stand for, in wordings that are loose, and the stems of the others."""
    left = list(text)
    for cue in lexicon(language).cues(text) if language in supported() else ():
        if cue.section in _SAYING and cue.get("kind") not in _ACTS:
            left[cue.span.start : cue.span.end] = " " * (cue.span.end - cue.span.start)
    terms = text_terms("".join(left), language)
    return frozenset(stem(term[2:]) if term[0] == "w" else term[2:] for term in terms if term[0] in "ciw")


@lru_cache(maxsize=_KEPT)
def _meant_by_words(text: str, language: str) -> tuple[frozenset[str], ...]:
    """What each word of a text may stand for, in wordings that are loose, or its stem; a name stands for nothing."""
    if language not in supported():
        return ()
    nouns = lexicon(language).settings.get("nouns_capitalised")
    left = list(text)
    for cue in lexicon(language).cues(text):
        if cue.section in _SAYING or cue.section in ("light", "bland"):
            left[cue.span.start : cue.span.end] = " " * (cue.span.end - cue.span.start)
    told: list[frozenset[str]] = []
    for one in meanings("".join(left), language, wide=True):
        written = one.span.of(text)
        is_name = one.span.start > 0 and written.istitle() and not nouns
        if is_name:
            continue
        if one.concepts:
            told.append(one.concepts)
        elif written.casefold() not in stop_words(language) and tells(written):
            told.append(frozenset({stem(written)}))
    return tuple(told)


def _spelled_by(claim: Claim) -> frozenset[str]:
    """What names a claim's speaker."""
    names = " ".join(filter(None, (claim.speaker, claim.speaker_role)))
    meant = (_meant_by_words(names.casefold(), language) for language in {claim.language, "en"})
    return _spelled(names, claim.language).union(*(one for found in meant for one in found))


@lru_cache(maxsize=_KEPT)
def _called(text: str, language: str, name: str) -> frozenset[str]:
    """What a text calls somebody who has another name: "Caracas" for Venezuela."""
    said = " ".join(one.span.of(text) for one in entities(text, language) if one.entity.name == name)
    return _sense(said, language) | _loosely(said, language)


def _speaking(claim: Claim) -> frozenset[str]:
    """What a claim's own words call who says it."""
    if claim.speaker is None or claim.language not in supported():
        return frozenset()
    return _called(claim.evidence, claim.language, claim.speaker)


def _voices(claim: Claim) -> frozenset[str]:
    """What a claim's speaker and its story are named by."""
    names = " ".join(filter(None, (claim.speaker, claim.speaker_role)))
    return _spelled(names, claim.language) | _loosely(names, "en") | frozenset(claim.story[:HEAD])


def _words(text: str, language: str) -> Iterator[str]:
    for term in text_terms(text, language):
        if term[0] in "cw":
            yield term[2:] if term[0] == "c" else stem(term[2:])


def _named(claim: Claim) -> frozenset[str]:
    """What tells no matter from another: what is counted, who speaks, whose and where it is."""
    names = " ".join(filter(None, (claim.speaker, claim.speaker_role, claim.agent, claim.subgroup, *claim.place_path)))
    unit = claim.quantity.unit if claim.quantity else ""
    counted = f"{names} {unit} {claim.measure.replace('_', ' ')}"
    known = _spelled(counted, claim.language) | _sense(names, claim.language)
    return known.union(ancestors(claim.measure), claim.story[:HEAD])


@lru_cache(maxsize=_KEPT)
def _spelled(names: str, language: str) -> frozenset[str]:
    return frozenset({stem(word) for word in key(names).split()}.union(_words(names, language), _words(names, "en")))
