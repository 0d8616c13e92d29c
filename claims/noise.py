"""Sentences of a page that assert nothing: questions, page furniture, flights of fancy, opinions.

What counts as what is lexicon data: `furniture`, `hypothetical`, `opinion`, `evaluation`, and the pronouns with
`first_person`.
"""

import re

from claims.annotate import Annotated
from claims.attribution import Attribution
from claims.model import Span

#: how much of a sentence words of furniture must make up, where they do not begin it
_MUCH = 0.4
#: a page is an opinion piece from so many sentences on that speak of the writer or of what is only imagined
_PIECE, _PIECE_SHARE = 2, 0.12
#: words between a form of "be" and what is said to be so
_MOST_BETWEEN = 4
_QUOTES = '“”"„«»'
_ADDRESS = re.compile(r"\S@\S+\.\w|\bwww\.|https?://")
_END = re.compile(r"[.!?…:;][\"'”’»›)\]]*\s*$")
#: capitalised words, as a share, from which a line without a full stop is a heading
_HEADING_SHARE = 0.6
#: why a line of words with capitals asserts nothing
HEADING = "heading"
#: so many words without an end are no sentence of an article
_FRAGMENT = 8


def silence(sentence: Annotated) -> str | None:
    """Why a sentence asserts nothing whoever says it, None where it may assert something."""
    bare = sentence.text.rstrip("\"”»’') ")
    if bare.endswith("?"):
        return "question"
    if _is_furniture(sentence) or _ADDRESS.search(sentence.text):
        return "page furniture"
    if _is_heading(sentence):
        return HEADING
    if _is_torn(sentence):
        return "torn"
    if len(sentence.words) < (2 if sentence.of("deny") else 3):
        return "too short"
    return None


def _is_torn(sentence: Annotated) -> bool:
    """Whether a sentence ends in a word that no sentence ends in ("soldiers to the."): its rest is lost. Of a denial it
    may be what is denied ("dementierte das.")."""
    ended = bool(_END.search(sentence.text)) and bool(sentence.words)
    if not ended or sentence.quotes or not sentence.is_one(sentence.words[-1], "dangling"):
        return False
    return not (sentence.of("deny") and sentence.is_one(sentence.words[-1], "anaphor"))


def is_fragment(sentence: Annotated) -> bool:
    """Whether a short line without an end is a teaser, a label or a signature."""
    return len(sentence.words) <= _FRAGMENT and not _END.search(sentence.text)


def fancy(sentence: Annotated, says: list[Attribution]) -> str | None:
    """Why a sentence asserts nothing of the world: it imagines, calls upon its reader, or speaks of its writer; and,
    where nobody else is said to say it, calls out or gives an opinion."""
    if any(cue.span.start <= 1 and not sentence.in_quote(cue.span) for cue in sentence.of("hypothetical")):
        return "only imagined"
    if is_first_person(sentence):
        return "opinion"
    if any(one.speaker for one in says):
        return None
    if is_to_reader(sentence):
        return "addressed to the reader"
    if sentence.text.rstrip().endswith("!") and not sentence.quotes:
        return "exclamation"
    return "opinion" if sentence.of("opinion") else None


def is_opinion_piece(sentences: list[Annotated]) -> bool:
    """Whether a page speaks of its writer and of what is only imagined, rather than of what happened."""
    marks = sum(is_first_person(one) or any(cue.span.start <= 1 for cue in one.of("hypothetical")) for one in sentences)
    return marks >= _PIECE and marks >= _PIECE_SHARE * len(sentences)


def is_to_reader(sentence: Annotated) -> bool:
    """Whether a sentence without quotation marks says "you", or begins with what a reader is to do."""
    if any(mark in sentence.text for mark in _QUOTES):
        return False
    return bool(sentence.of("reader")) or any(cue.span.start <= 1 for cue in sentence.of("appeal"))


def is_first_person(sentence: Annotated) -> bool:
    """Whether the page itself says "I": outside quotation marks, torn ones included."""
    if any(mark in sentence.text for mark in _QUOTES):
        return False
    return any(cue.get("first_person") and cue.get("refers") == "person" for cue in sentence.of("pronoun"))


def only_judges(sentence: Annotated, span: Span) -> bool:
    """Whether somebody's words say what they think of a thing, which can be neither true nor false: with a word that
    always judges, or with one that does where something is said to be so ("was clumsy", not "the clumsy handling")."""
    if sentence.of("opinion", span):
        return True
    return any(not cue.get("predicate") or _is_predicate(sentence, cue.span) for cue in sentence.of("evaluation", span))


def _is_predicate(sentence: Annotated, judgement: Span) -> bool:
    """Whether a form of "be" leads to a word, with no more between them than what goes with such words; where the verb
    stands last it may stand behind."""
    copulas = [cue.span for cue in sentence.of("copula")]
    before = [word for word in sentence.words if word.end <= judgement.start]
    for word in reversed(before[-_MOST_BETWEEN:]):
        if any(span.end == word.end for span in copulas):
            return True
        judges = any(cue.span.holds(word) for cue in sentence.of("evaluation"))
        if not judges and not sentence.is_one(word, "degree"):
            break
    last = bool(sentence.lexicon.settings.get("verb_second"))
    return last and any(0 <= span.start - judgement.end <= 1 for span in copulas)


def _is_furniture(sentence: Annotated) -> bool:
    """Whether words of page furniture begin the sentence or make up much of it."""
    spans = [cue.span for cue in sentence.of("furniture")]
    if not spans:
        return False
    covered = sum(len(sentence.words_in(span)) for span in spans)
    begins = any(
        span.start <= 1 and (len(sentence.words_in(span)) > 1 or span.of(sentence.text).endswith(":")) for span in spans
    )
    return begins or covered >= _MUCH * len(sentence.words) > 0


def _is_heading(sentence: Annotated) -> bool:
    """Whether a line without an end is a heading or a teaser: nearly all words have capitals."""
    if _END.search(sentence.text):
        return False
    words = [word for word in sentence.words if sentence.text[word.start].isalpha() and not sentence.is_function(word)]
    if len(words) < 3:
        return False
    return sum(map(sentence.is_capital, words)) >= _HEADING_SHARE * len(words) and len(words) <= 14
