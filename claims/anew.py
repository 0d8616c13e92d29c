"""Whether a figure is told anew: what says that it is so now, was so before, was changed, or is counted on."""

import re
from decimal import Decimal
from functools import cache, lru_cache

from claims.concepts import those_meant
from claims.lexicon import Cue, Entry, cues_in, lexicon, supported
from claims.model import Claim, Kind
from claims.numbers import numbers
from claims.text import fold, key, words

#: words on either side of a figure among which one tells that it is new
_BESIDE = 5
#: words from a change to what is changed, its own included
_RECKONED = 8
#: words between an auxiliary and its verb, fewer than
_AUXILIARY = 3
#: characters between "since" and the month or weekday that it leads to: "since 6 January"
_LEADS = 12
#: what a figure that is only half repeated may be in: thousands, millions …
_SCALES = tuple(Decimal(1000) ** power for power in (1, 2, 3, 4))
#: concepts of what is moved to another day
_PUT_OFF = frozenset({"postpone"})
#: texts whose words are kept
_KEPT = 1 << 14


@lru_cache(maxsize=_KEPT)
def former_figures(text: str, language: str) -> frozenset[Decimal]:
    """The figures that a text says were so before: the "from" of "raised to 15,000 from 12,000"."""
    return _figures(text, language, "former")


@lru_cache(maxsize=_KEPT)
def rejected_figures(text: str, language: str) -> frozenset[Decimal]:
    """The figures that a text says are not so, whatever they are of: the "five" of "three, not five"; "85 million and
    not 62" rejects 62 of anything."""
    if language not in supported() or not _says_not(language).search(text.lower()):
        return frozenset()  # hardly any does, and to read its numbers takes long
    found = _figures(text, language, "negated")
    return found | {figure * scale for figure in found for scale in _SCALES}


@cache
def _says_not(language: str) -> re.Pattern[str]:
    """A word for "not", with more behind it."""
    forms = sorted(map(re.escape, lexicon(language).forms("negation")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)}) \S")


def _figures(text: str, language: str, kind: str) -> frozenset[Decimal]:
    if language not in supported():
        return frozenset()
    return frozenset(one.low for one in numbers(text, lexicon(language)) if one.kind == kind and one.low is not None)


def puts_off(claim: Claim) -> bool:
    """Whether a claim moves what was to be to the day that it gives: "the vote has been put off to Tuesday"."""
    dated = claim.event_date is not None and claim.quantity is None and claim.kind in (Kind.EVENT, Kind.STATEMENT)
    return dated and bool(those_meant(claim.evidence, claim.language, _PUT_OFF))


@lru_cache(maxsize=_KEPT)
def counts_on(text: str, language: str) -> bool:
    """Whether a text counts from a day on, and so up to its telling: "since January"."""
    cues = cues_in(text, language)
    days = [cue.span.start for name in ("month", "weekday", "date_word") for cue in cues.get(name, ())]
    return any(0 < day - cue.span.end <= _LEADS for cue in cues.get("since", ()) for day in days)


@lru_cache(maxsize=_KEPT)
def told_before(text: str, language: str) -> bool:
    """Whether a text passes on what was said before: "which had counted 41", "previously"."""
    cues = cues_in(text, language)
    said = next((cue.span.start for cue in cues.get("say", ())), 0)
    return any(_is_told(text[cue.span.end : said], cue, language) for cue in cues.get("earlier", ()))


def _is_told(between: str, cue: Cue, language: str) -> bool:
    """Whether what follows an auxiliary is told by it: "had earlier counted", not "had been counted"."""
    if not cue.get("saying"):
        return True
    gap = key(between).split()
    passive = lexicon(language).forms("passive_aux").intersection(gap)
    return bool(between) and not passive and (bool(cue.get("far")) or len(gap) < _AUXILIARY)


def revises(claim: Claim) -> bool:
    """Whether the words around a claim's figure say that it has taken another's place: "now", "corrected", "raised its
    estimate"."""
    return any(_ways_told_anew(claim))


def reckons_anew(claim: Claim) -> bool:
    """Whether they say that somebody has changed what he reckons, asks for or offers, or put it right: not that
    something has happened by now."""
    return any(entry.get("far") or entry.get("of") for entry in _ways_told_anew(claim))


def _ways_told_anew(claim: Claim) -> tuple[Entry, ...]:
    if claim.quantity is None or claim.language not in supported():
        return ()
    before, _, after = claim.evidence.partition(claim.quantity.surface or " ")
    return _revisions(before, after, claim.language)


@lru_cache(maxsize=_KEPT)
def _revisions(before: str, after: str, language: str) -> tuple[Entry, ...]:
    known = lexicon(language)
    left, right = ([fold(word.of(part)) for word in words(part, known.elided)] for part in (before, after))
    return tuple(entry for entry in known.entries("revision") if _is_beside(entry, left, right, language))


def _is_beside(entry: Entry, left: list[str], right: list[str], language: str) -> bool:
    """Whether one of an entry's words stands right beside a figure; anywhere before it where it can only be of figures,
    or where what it changes is called one: "cut its forecast of exports to"."""
    if entry.get("far"):
        return _holds(left, entry)
    if not entry.get("of"):
        return _holds(left[-_BESIDE:], entry) or _holds(right[:_BESIDE], entry)
    reckoned = lexicon(language).forms(entry.get("of"))
    around = [*left, *right]
    changes = (at for at in range(len(left)) for n in (1, 2) if " ".join(left[at : at + n]) in entry.forms)
    return any(reckoned.intersection(around[max(0, at - _BESIDE) : at + _RECKONED]) for at in changes)


def _holds(part: list[str], entry: Entry) -> bool:
    text = f" {' '.join(part)} "
    return any(f" {form} " in text for form in entry.forms)
