"""Whose something is: "the mayor of Tarnau", "Estavia's foreign minister". What is another one's answers nothing."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from claims.candidate import OWN, Candidate
from claims.concepts import listed, meant
from claims.entities import country_of, entities
from claims.gazetteer import place_path
from claims.known_words import is_word
from claims.lexicon import lexicon, supported
from claims.model import Span
from claims.question import Question
from claims.story import stem
from claims.terms import meaning, stop_words, word_terms
from claims.text import fold, words

#: the terms of what is somebody's, and the marks of whose: the beginning of a word, or names
Owned = tuple[frozenset[str], frozenset[str]]
#: words behind "Estavia's" that may be what is hers
_OWNED = 2


def anothers(asked: Sequence[Owned], candidate: Candidate) -> Iterator[str]:
    """What is asked of somebody where the claim tells it of another one, and names nobody whom the question does."""
    if not asked:
        return
    claim = candidate.claim
    said = owned(claim.evidence, claim.language)
    for noun, owner in asked:
        others = [whose for what, whose in said if noun & what]
        terms = frozenset(f"{letter}:{mark}" for mark in owner for letter in "wep")
        is_named = candidate.meets(terms) >= OWN and not noun & _chambers()  # who is voted on may be named, too
        if others and not is_named and not any(owner & whose for whose in others):
            yield min(owner)


def asked_of(question: Question) -> tuple[Owned, ...]:
    """What a question asks about as somebody's; its names may be typed small."""
    return _asked_of(
        question.text, question.language, frozenset(word.written for word in question.words if word.is_name)
    )


@lru_cache(maxsize=64)
def _asked_of(text: str, language: str, names: frozenset[str]) -> tuple[Owned, ...]:
    return tuple(_owned(text, language, lambda word: fold(word).removesuffix("'s") in names))


@lru_cache(maxsize=1 << 13)
def owned(text: str, language: str) -> tuple[Owned, ...]:
    """What is whose in a text."""
    return tuple(_owned(text, language, lambda word: _is_name(word, language))) if language in supported() else ()


def _is_name(word: str, language: str) -> bool:
    if not word[0].isupper() or meant(fold(word), language) or fold(word) in stop_words(language):
        return False
    return not (lexicon(language).settings.get("nouns_capitalised") and is_word(word, language))


def _owned(text: str, language: str, is_name: Callable[[str], bool]) -> Iterator[Owned]:
    known = lexicon(language)
    spans = words(text, known.elided)
    written = [span.of(text) for span in spans]
    named = {span.start: marks for span, marks in _entities(text, language)}
    at = 0
    while at < len(spans):
        end = at
        while (
            end < len(spans) and (spans[end].start in named or is_name(written[end])) and _joined(text, spans, at, end)
        ):
            end += 1
        if end == at:
            at += 1
            continue
        marks = frozenset[str]().union(
            *(
                {stem(one)} | named.get(span.start, set())
                for one, span in zip(written[at:end], spans[at:end], strict=True)
            )
        )
        for noun in _nouns(text, spans, written, at, end, language):
            if terms := word_terms(noun, language):
                yield (terms | _chambers() if terms & _chambers() else terms), marks
        at = end


def _joined(text: str, spans: Sequence[Span], first: int, here: int) -> bool:
    return here == first or text[spans[here - 1].end : spans[here].start].strip() in ("", "&")


def _nouns(text: str, spans: Sequence[Span], written: Sequence[str], at: int, end: int, language: str) -> Iterator[str]:
    """The nouns that a name, the words from `at` to `end`, tells whose they are."""
    known = lexicon(language)
    whose = known.settings.get("whose", ())
    before = at - 1
    while before > 0 and fold(written[before]) in known.forms("determiner") - set(whose):
        before -= 1
    led = before > 0 and (fold(written[before]) in whose or fold(written[before]) in known.forms("locative"))
    if led and (fold(written[before]) in whose or word_terms(written[before - 1], language) & _chambers()):
        yield written[before - 1]
        return
    if known.settings.get("modifiers_first"):
        genitive = fold(written[end - 1]).endswith("'s")
        if at > 0 or genitive:
            for here in range(end, min(end + (_OWNED if genitive else 1), len(spans))):
                if text[spans[here - 1].end : spans[here].start].strip():
                    break
                yield written[here]
    elif known.settings.get("noun_first") and at > 0 and spans[at].start - spans[at - 1].end == 1:
        comes_apart = text[spans[end - 1].end : spans[end - 1].end + 2] == ", "
        if comes_apart or word_terms(written[at - 1], language) & _chambers():
            yield written[at - 1]


@cache
def _chambers() -> frozenset[str]:
    """The terms of those who vote, in whatever house."""
    return meaning(listed("voters") | {"lawmakers"})


def _entities(text: str, language: str) -> Iterator[tuple[Span, set[str]]]:
    """Each word of a known name, with the names of all that it lies in."""
    for mention in entities(text, language):
        name = mention.entity.name
        marks = {stem(one) for one in (name, country_of(name), *place_path(name)) if one}
        for span in words(mention.span.of(text)):
            yield Span(span.start + mention.span.start, span.end + mention.span.start), marks
