"""The words of a denial: which verbs deny, the clause before that they take up, and the one word that may be denied."""

from collections.abc import Iterator

from claims.annotate import Annotated, strip
from claims.lexicon import Cue
from claims.model import Span
from claims.phrases import is_passive

#: how many characters after a verb its object may end
_OBJECT_REACH = 60
#: words such as "its" between "which" and who denies that
_SMALL_WORDS = 2
#: the sections that hold what a verb of denying needs beside it
_NEEDS = {"report": ("report_noun",), "falsehood": ("falsehood",), "possible": ("report_noun", "possible")}


def denials(sentence: Annotated) -> Iterator[Cue]:
    """The verbs of denying; those that also mean other things only where what they need stands by: a report for
    "reject", a word for what is not so ("false") for "call", a thing that may be ruled out for "descartar"."""
    for cue in sentence.of("deny"):
        if cue.get("kind") != "verb":
            continue
        last = bool(sentence.lexicon.settings.get("verb_second"))  # then it may stand behind its object
        start = max(0, cue.span.start - _OBJECT_REACH) if last else cue.span.start
        start = 0 if is_passive(sentence, cue) else start
        near = Span(start, min(len(sentence.text), cue.span.end + _OBJECT_REACH))
        needs = _NEEDS.get(str(cue.get("needs")))
        if needs is None or any(sentence.of(section, near) for section in needs) or _explains(sentence, cue):
            yield cue


def _explains(sentence: Annotated, cue: Cue) -> bool:
    """Whether a colon follows, with no more before it than a word that points: "dismissed that: it was right"."""
    colon = sentence.text.find(": ", cue.span.end)
    between = sentence.words_in(Span(cue.span.end, max(colon, cue.span.end)))
    return colon >= 0 and 0 < len(between) <= 1 and sentence.is_one(between[0], "anaphor")


def only_points(sentence: Annotated, verb: Span, denied: Span) -> bool:
    """Whether a denial has no words of its own for what is denied: "he denies it"."""
    words = (word for word in sentence.words_in(denied) if not verb.holds(word))
    return all(
        sentence.is_function(word) or sentence.is_one(word, "anaphor") or sentence.is_one(word, "pronoun")
        for word in words
    )


def one_word(sentence: Annotated, cue: Cue) -> Span | None:
    """The "sabotage" of "the police ruled out sabotage": a single noun is enough to be denied."""
    rest = sentence.words_in(Span(cue.span.end, len(sentence.text)))
    if len(rest) != 1 or sentence.is_function(rest[0]) or cue.tail:
        return None
    dated = any(mention.span.overlaps(rest[0]) for mention in sentence.dates)
    pointing = any(sentence.is_one(rest[0], name) for name in ("light", "pronoun", "anaphor"))
    return None if dated or pointing else rest[0]


def points_back(sentence: Annotated, cue: Cue) -> Span | None:
    """The verb itself where no more than a word that points stands behind it: "the spokeswoman denied that", "bestritt
    das". What it denies stands in the sentence before."""
    rest = sentence.words_in(Span(cue.span.end, len(sentence.text)))
    pointing = len(rest) == 1 and any(sentence.is_one(rest[0], name) for name in ("pronoun", "anaphor", "determiner"))
    return cue.span if pointing and not cue.tail else None


def behind_resumptive(sentence: Annotated, phrase: Span) -> Span:
    """A phrase without the word before it that takes up another clause: "something the ministry denied"."""
    phrase = strip(sentence.text, phrase)
    ends = (cue.span.end for cue in sentence.of("resumptive") if cue.span.start == phrase.start)
    return strip(sentence.text, Span(max(ends, default=phrase.start), phrase.end))


def taken_up(sentence: Annotated, verb: Span, frame: Span) -> Span | None:
    """The word such as "which" behind a comma that takes up the clause before it for a denial that says no more."""
    end = max(frame.end, verb.end)
    rest = sentence.words_in(Span(end, sentence.right_stop(end)))
    dated = (any(mention.span.overlaps(word) for mention in sentence.dates) for word in rest)
    if not all(sentence.is_function(word) or day for word, day in zip(rest, dated, strict=True)):
        return None
    found = (cue.span for cue in sentence.of("resumptive") if is_after_comma(sentence, cue.span))
    return next((span for span in found if _is_near(sentence, span, verb, frame)), None)


def _is_near(sentence: Annotated, taken: Span, verb: Span, frame: Span) -> bool:
    between = sentence.words_in(Span(taken.end, max(taken.end, frame.start)))
    near = sentence.left_stop(verb.start) <= taken.start or len(between) <= _SMALL_WORDS
    return near and taken.start <= frame.start


def is_after_comma(sentence: Annotated, span: Span) -> bool:
    return sentence.text[: span.start].rstrip()[-1:] in (",", "–", "—", "-")
