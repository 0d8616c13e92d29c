"""The language-free terms that claims and questions meet under, and the words that a language leaves over.

A term is a letter and a name: `e:` an entity, `p:` a place or what it lies in, `m:` a measure's family, `k:` a kind of
claim, `s:` a speaker, `b:` a voting body, `y:` a year, `c:` a concept, `i:` a concept that a loose wording or a part of
a phrase may stand for, `w:` the stem of a word that is no concept, `x:` how that begins to sound: cousins in other
languages share it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from claims.concepts import dimension, meanings, suggested
from claims.entities import country_of, entities
from claims.lexicon import lexicon, supported
from claims.measures import ancestors, is_money
from claims.model import Claim, Kind, Modality, Span
from claims.slot import where
from claims.stems import plain, sound, stem
from claims.text import fold, key, words

#: shorter words tell nothing apart
SHORTEST_WORD = 3
_ROMAN = re.compile("[ivx]{2,5}")
_STOP_SECTIONS = ("function", "question", "chat", "pronoun", "that", "locative", "link", "negation", "date_word")


def terms(claim: Claim) -> frozenset[str]:
    """The terms of what a claim itself says."""
    return structure_terms(claim) | text_terms(claim.evidence, claim.language)


def structure_terms(claim: Claim) -> frozenset[str]:
    """The terms of a claim's fields, without those of its words."""
    found = {f"k:{claim.kind.value}"}
    found |= {f"p:{key(place)}" for place in claim.place_path or ((claim.place,) if claim.place else ())}
    found |= _of_measure(claim.measure)
    found |= _named("s", claim.speaker)
    if claim.vote and claim.vote.body:
        found |= _named("b", claim.vote.body)
    if claim.as_of:
        found.add(f"y:{claim.as_of.year}")
    if claim.modality is Modality.PLANNED:
        found |= meaning(("plan", "promise"))
    if claim.quantity and is_money(claim.quantity.unit):
        found |= meaning(("money", "money_word"))
    elif claim.quantity and (name := dimension(claim.quantity.unit)):
        found |= meaning((name,))
    for name in (claim.agent, claim.speaker, claim.place, *claim.place_path, claim.vote.body if claim.vote else None):
        found |= _named("e", name)
    return frozenset(found)


@lru_cache(maxsize=4096)
def text_terms(text: str, language: str) -> frozenset[str]:
    """The entities, concepts and words of a text."""
    return frozenset[str]().union(*(found for _, found in placed_terms(text, language)))


@lru_cache(maxsize=256)  # a sentence stands beside several claims
def placed_terms(text: str, language: str) -> Sequence[tuple[Span, frozenset[str]]]:
    """The same, by where in the text they stand."""
    named = ((one.span, _named("e", one.entity.name)) for one in entities(text, language))
    return (*named, *_of_words(text, language))


def word_terms(text: str, language: str) -> frozenset[str]:
    """The concepts of a text, and the stems of the words that stand for none. A word in capitals may be a name, which
    has no endings: it is kept as it is too."""
    return frozenset[str]().union(*(found for _, found in _of_words(text, language)))


def _of_words(text: str, language: str) -> Iterator[tuple[Span, frozenset[str]]]:
    for span, names in suggested(text, language):
        yield span, _all("i", names)
    for one in meanings(text, language, wide=False):
        if one.concepts:
            yield one.span, _all("c", one.concepts) | written_as_name(text, one.span, language)
        elif held := _of_word(word := fold(one.span.of(text)).removesuffix("'s"), language):
            yield one.span, held | {f"w:{plain(word)}"} if text[one.span.start].isupper() else held


def written_as_name(text: str, span: Span, language: str) -> frozenset[str]:
    """The term of a word that has a meaning and is written as a name, which other languages know by its letters only:
    the "Puerto" of "Puerto Hierro"; none where a sentence begins with it, or all nouns have capitals."""
    if span.start == 0 or not text[span.start].isupper() or _nouns_capitalised(language):
        return frozenset()
    return frozenset({f"w:{plain(fold(span.of(text)))}"})


@cache
def _nouns_capitalised(language: str) -> bool:
    return language in supported() and bool(lexicon(language).settings.get("nouns_capitalised"))


@lru_cache(maxsize=1 << 14)
def _all(letter: str, names: frozenset[str]) -> frozenset[str]:
    return frozenset(f"{letter}:{name}" for name in names)


@lru_cache(maxsize=1 << 16)
def _of_word(word: str, language: str) -> frozenset[str]:
    """The terms of a folded word that stands for no concept; none where it tells nothing."""
    if not tells(word) or word in stop_words(language):
        return frozenset()
    root = stem(word, language)
    heard = sound(root)
    return frozenset((f"w:{root}", f"x:{heard}") if heard else (f"w:{root}",))


def meaning(names: Iterable[str]) -> frozenset[str]:
    """The terms that concepts are asked for by: what is told closely is told loosely, too."""
    return frozenset(f"i:{name}" for name in names)


def indexed(found: Iterable[str]) -> Iterator[str]:
    """Those terms that claims are looked up by: a concept that is told closely is told loosely, too."""
    return (term for term in found if term[0] != "c")


def tells(word: str) -> bool:
    """Whether a word can tell one matter from another: no figure, and not too short; "IV" numbers a committee."""
    return bool(_ROMAN.fullmatch(word)) or (len(word) >= SHORTEST_WORD and not word[0].isdigit())


def slot_terms(claim: Claim) -> tuple[str, ...]:
    """The terms of the question that a claim answers: whose, what, where."""
    actor = claim.vote.body if claim.vote else claim.agent or (claim.speaker if claim.kind is Kind.DENIAL else None)
    place = where(claim)
    found = [f"e:{key(country_of(actor) or actor)}"] if actor else []
    found += [f"p:{key(place)}"] if place and claim.quantity else []
    found += [f"m:{ancestors(claim.measure)[0]}"] if claim.measure and not claim.vote else []
    found += ["k:vote"] if claim.vote else []
    if not actor and not place:
        found += sorted(word_terms(claim.evidence, claim.language))[:2]
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def _of_measure(measure: str) -> frozenset[str]:
    """What is counted, as a measure and as a concept."""
    return frozenset(f"{letter}:{family}" for family in ancestors(measure) for letter in "mci")


@lru_cache(maxsize=1 << 14)
def _named(letter: str, name: str | None) -> frozenset[str]:
    """An entity and the country behind it."""
    return frozenset(f"{letter}:{key(one)}" for one in (name, country_of(name) if name else None) if one)


def content_words(text: str, language: str) -> list[str]:
    """The words that say something, folded, in order: no function words, no question words, no figures."""
    stop = stop_words(language)
    folded = key(text)
    elided = lexicon(language).elided if language in supported() else frozenset[str]()
    found = (folded[span.start : span.end].removesuffix("'s") for span in words(folded, elided))
    return list(dict.fromkeys(word for word in found if tells(word) and word not in stop))


@cache
def stop_words(language: str) -> frozenset[str]:
    """The single words of a language that carry no content."""
    return frozenset(_forms(language)) if language in supported() else frozenset()


def _forms(language: str) -> Iterable[str]:
    for section in _STOP_SECTIONS:
        for entry in lexicon(language).entries(section):
            for form in entry.forms:
                if " " not in form:
                    yield key(form)
