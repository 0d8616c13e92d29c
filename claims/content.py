"""What is said: the words of a sentence that a speaker and a verb of saying put forward."""

from claims.annotate import Annotated, strip
from claims.lexicon import Cue
from claims.model import Span

#: a verb of saying this close to the end of its clause has its content before it
_TAIL_WORDS = 4
#: words of which the shortest clause consists
_CLAUSE_WORDS = 3
#: words that may tell whom something was told, and when and where, before it is said
_TOLD_WORDS = 8


def around(sentence: Annotated, phrase: Span, cue: Cue) -> Span | None:
    """What is said: the words after the verb, or those before the speaker where only circumstances follow, or where a
    quotation ends right before the speaker; on both sides of "…," X said, "…"."""
    before, after = before_frame(sentence, phrase), after_frame(sentence, cue.span.end)
    closes = any(quote.end == len(sentence.text[: phrase.start].rstrip()) for quote in sentence.quotes)
    if before and after and closes:
        goes_on = any(quote.start >= cue.span.end for quote in sentence.quotes)
        return sentence.whole if goes_on else before
    if after is None or _only_circumstance(sentence, after) or (before and _is_addressed(sentence, phrase, cue, after)):
        after = before or after
    if after is None and sentence.lexicon.settings.get("verb_second"):
        return strip(sentence.text, phrase)  # the verb stands last, behind what it says
    return after


def _is_addressed(sentence: Annotated, phrase: Span, cue: Cue, after: Span) -> bool:
    """Whether what follows a verb is no more than whom it was told, and where: "…, the mayor told reporters here"."""
    if not cue.get("addresses") or sentence.text[: phrase.start].rstrip()[-1:] != ",":
        return False
    counted = any(number.kind == "count" and after.overlaps(number.span) for number in sentence.numbers)
    verb = any(sentence.of(name, after) for name in ("that", "say", "passive_aux", "light", "measure_verb"))
    return len(sentence.words_in(after)) <= _TOLD_WORDS and not counted and not verb


def before_put_in(sentence: Annotated, phrase: Span, cue: Cue) -> Span | None:
    """What stands before a speaker who is put into the middle of what is said: it is his word too."""
    before = before_frame(sentence, phrase)
    if before is None or sentence.of("say", before) or not _is_put_in(sentence, phrase, cue):
        return None
    return before


def _is_put_in(sentence: Annotated, phrase: Span, cue: Cue) -> bool:
    """Whether "…, the ministry said, and …" puts a speaker into the middle of what is said: commas on both sides, and
    within them nothing but when or where it was said."""
    comma, stop = len(sentence.text[: phrase.start].rstrip()) - 1, sentence.right_stop(cue.span.end)
    if comma < 0 or sentence.text[comma] != "," or sentence.text[stop : stop + 1] != ",":
        return False
    rest = sentence.words_in(Span(cue.span.end, stop))
    told = any(number.span.start < stop and number.span.end > cue.span.end for number in sentence.numbers)
    dated = any(mention.span.overlaps(rest[0]) for mention in sentence.dates) if rest else True
    circumstance = not told and len(rest) <= _TAIL_WORDS and (dated or sentence.is_function(rest[0]))
    return circumstance and len(sentence.words_in(Span(0, comma))) >= _CLAUSE_WORDS


def _only_circumstance(sentence: Annotated, content: Span) -> bool:
    """Whether what follows the verb is just when or where it was said: "… he said on Tuesday in Geneva"."""
    inside = sentence.words_in(content)
    starts_at_date = any(mention.span.overlaps(inside[0]) for mention in sentence.dates)
    says_more = len(inside) > 1 and sentence.is_one(inside[0], "pronoun")  # "…, he said it was untrue"
    if says_more or not (starts_at_date or sentence.is_function(inside[0])):
        return False
    dated = any(content.holds(mention.span) for mention in sentence.dates)
    numbers = any(content.holds(number.span) and number.kind == "count" for number in sentence.numbers)
    return (len(inside) <= _TAIL_WORDS + (3 if dated else 0)) and not numbers and _has_before(sentence, content)


def _has_before(sentence: Annotated, content: Span) -> bool:
    left = sentence.left_stop(max(content.start - 1, 0))
    return left > 8


def before_frame(sentence: Annotated, frame: Span) -> Span | None:
    """The words before the frame: to the start of the sentence, or the last semicolon."""
    start = max((at + 1 for at in sentence.semicolons if at < frame.start), default=0)
    content = strip(sentence.text, Span(start, frame.start))
    return content if len(sentence.words_in(content)) >= 2 else None


def after_frame(sentence: Annotated, start: int) -> Span | None:
    """The words after the frame: to the end of the sentence, or the next semicolon; a figure alone is enough."""
    end = min((at for at in sentence.semicolons if at >= start), default=len(sentence.text))
    content = strip(sentence.text, Span(start, end))
    enough = len(sentence.words_in(content)) >= 2 or any(content.holds(number.span) for number in sentence.numbers)
    return content if enough else None


def behind_that(sentence: Annotated, start: int) -> int:
    """Where what is said begins behind a verb that ends at `start`: behind a "that" with nothing before it but whom,
    when and where it was told."""
    for cue in sentence.of("that"):
        told = Span(start, cue.span.start)
        if start <= cue.span.start and len(sentence.words_in(told)) <= _TOLD_WORDS:
            counted = any(number.kind == "count" and told.overlaps(number.span) for number in sentence.numbers)
            verb = any(sentence.of(name, told) for name in ("say", "deny", "passive_aux", "modality"))
            return start if counted or verb or stop_between(sentence, start, cue.span.start) else cue.span.end
    return start


def stop_between(sentence: Annotated, start: int, end: int) -> bool:
    """Whether a stop stands between two positions."""
    return any(start <= stop < end for stop in sentence.stops)
