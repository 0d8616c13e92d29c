"""Speech over several sentences: whose word is a quoted sentence that names nobody itself?

The words of one quotation belong to one speaker: to whom a sentence of it names, else to who spoke last in the
paragraph, else to who is named next in it, else – where a paragraph is nothing but a quotation – to who spoke before.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from claims.annotate import Annotated, strip
from claims.attribution import Attribution
from claims.model import Span
from claims.text import CLOSING, quotations

#: a sentence, where its claims begin, and who says it in which sentence
Heard = tuple[Annotated, int, Attribution, Annotated]
#: shorter quoted sentences say nothing that can be checked
_ENOUGH_WORDS = 4


class _Quotes:
    """Quotations, looked up by sentences that come in the text's order: what is past is passed over once."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._first = 0

    def near(self, sentence: Annotated) -> Iterator[Span]:
        """Those that a sentence stands in, reaches into or leads up to."""
        while self._first < len(self._spans) and self._spans[self._first].end <= sentence.offset:
            self._first += 1
        end = sentence.offset + len(sentence.text)
        return takewhile(lambda span: span.start < end, islice(self._spans, self._first, None))


class Speech:
    """Follows an article's quotations, sentence by sentence."""

    def __init__(self, text: str) -> None:
        quotes = quotations(text)
        self._closed = _Quotes(span for span in quotes if text[span.end - 1] in CLOSING)
        self._torn = _Quotes(span for span in quotes if text[span.end - 1] not in CLOSING)
        self._paragraph = -1
        self._voice: tuple[Attribution, Annotated] | None = None
        self._waiting: list[tuple[Annotated, int]] = []
        self._ends_in_speech = False

    def hear(self, sentence: Annotated, says: list[Attribution], first: int) -> Iterator[Heard]:
        """Whose word the sentences are that can be told now. The sentence's claims stand from `first` on."""
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._waiting = sentence.paragraph, []
            goes_on = self._ends_in_speech and self._is_quoted(sentence) and not self._is_quoted_further(sentence)
            self._voice = self._voice if goes_on else None
        named = next((one for one in says if one.speaker and one.speaker.resolved and one.kind != "deny"), None)
        if named:
            self._voice = (named, sentence)
            yield from ((told, at, named, sentence) for told, at in reversed(self._waiting))
            self._waiting = []
        elif self._is_quoted(sentence) and len(sentence.words) >= _ENOUGH_WORDS and not says:
            if self._voice:
                yield sentence, first, *self._voice
            else:
                self._waiting.append((sentence, first))
        self._ends_in_speech = bool(named) or self._is_quoted(sentence)

    def is_torn(self, sentence: Annotated) -> bool:
        """Whether a sentence stands behind a quotation mark that is never closed: its words may be anybody's."""
        return any(quote.start <= sentence.offset < quote.end for quote in self._torn.near(sentence))

    def _is_quoted(self, sentence: Annotated) -> bool:
        """Whether a sentence stands wholly inside a quotation that is closed somewhere in its paragraph."""
        bare = strip(sentence.text, Span(sentence.dateline, len(sentence.text)))
        start, end = sentence.offset + bare.start, sentence.offset + bare.end
        return any(quote.holds(Span(start, end)) for quote in self._closed.near(sentence))

    def _is_quoted_further(self, sentence: Annotated) -> bool:
        """Whether a quotation goes on behind the sentence: a later one may name the speaker."""
        end = sentence.offset + len(sentence.text)
        return any(quote.start < end and quote.end > end + 1 for quote in self._closed.near(sentence))
