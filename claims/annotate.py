"""A sentence with everything that the lexicon, the numbers, the dates and the names see in it.

All offsets count from the sentence's first character, so that a sentence reads the same wherever it stands.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from claims.dates import DateMention, dates
from claims.entities import Mention, entities
from claims.lexicon import Cue, Lexicon
from claims.model import Span
from claims.numbers import Number, numbers
from claims.text import fold, quotations, words

_ASIDE = re.compile(r"\([^\s()]{1,24}\)")
#: characters; what stands behind a dash later than that is no report after a dateline
_LONGEST_DATELINE = 60
#: a stop that stands between no two digits, or a dash between spaces
_STOP = re.compile(r'(?<!\d)[,;:()—…"“”„«»]|[,;:()—…"“”„«»](?!\d)|(?<= )[-–](?= )')


#: the small beginning of a name such as "al-Ansari"
_PARTICLE = re.compile(r"[^\W\d_]{1,4}-[A-Z]")
_PAUSE = re.compile(r"[,;:()]")
#: characters; a weekday there opens its sentence
_FIRST_WORDS = 12
#: characters between a verb that gives a figure and the figure, and pauses among them: "parle, lui, de"
_FIGURE_REACH, _ASIDES = 70, 2
#: kinds of numbers that somebody may give
_GIVEN = ("count", "none", "tally")


@dataclass(frozen=True)
class Annotated:
    """One sentence, read. `offset` is where it starts in its article."""

    text: str
    offset: int
    paragraph: int
    lexicon: Lexicon
    anchor: date | None
    cues: dict[str, list[Cue]]
    numbers: list[Number]
    #: the anchor is a day that the text tells of, not that of its writing
    near: bool = False

    @property
    def language(self) -> str:
        """ISO 639-1 code."""
        return self.lexicon.language

    @cached_property
    def whole(self) -> Span:
        """The sentence itself."""
        return Span(0, len(self.text))

    @cached_property
    def folded(self) -> str:
        """The text in lower case with plain quotes, as long as the text."""
        return fold(self.text)

    @cached_property
    def words(self) -> Sequence[Span]:
        """The words, numbers included."""
        return words(self.text, self.lexicon.elided)

    @cached_property
    def quotes(self) -> list[Span]:
        """What stands in quotation marks."""
        return quotations(self.text, torn=True)

    @cached_property
    def names(self) -> Sequence[Mention]:
        """Known names."""
        return entities(self.text, self.language)

    @cached_property
    def dates(self) -> list[DateMention]:
        """Dates, read backward from the anchor."""
        return dates(self.text, self.lexicon, self.anchor, near=self.near, cues=self.cues)

    @cached_property
    def coming_dates(self) -> list[DateMention]:
        """Dates, read forward from the anchor: for what is planned."""
        if not self.dates:
            return []
        return dates(self.text, self.lexicon, self.anchor, future=True, near=self.near, cues=self.cues)

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The language's words that end a noun phrase."""
        return self.lexicon.forms("function")

    def of(self, section: str, within: Span | None = None) -> list[Cue]:
        """The cues of a section, those inside a span only where one is given."""
        found = self.cues.get(section, [])
        return [cue for cue in found if within.holds(cue.span)] if within else found

    def is_function(self, word: Span) -> bool:
        """Whether a word only links others: a preposition, an article, an auxiliary."""
        return self.folded[word.start : word.end].rstrip(".") in self.function_words

    def is_one(self, word: Span, section: str) -> bool:
        """Whether a word as written is an entry of a section."""
        return self.folded[word.start : word.end] in self.lexicon.forms(section)

    def is_capital(self, word: Span) -> bool:
        """Whether a word is written as a name: with a capital letter, and no common noun where those have one too."""
        if not self.text[word.start].isupper():
            joined = self.text.find("-", word.start, word.end) >= 0
            return joined and bool(_PARTICLE.match(self.text, word.start))
        return not self.lexicon.settings.get("nouns_capitalised") or not self._is_common(word)

    def _is_common(self, word: Span) -> bool:
        """A noun that the lexicon knows or that stands right after an article."""
        before = self.text[: word.start].rsplit(None, 1)[-1:]
        if before and fold(before[0]) in self.lexicon.forms("article"):
            return True
        written = self.folded[word.start : word.end]
        known = written in self.function_words or any(
            span.start <= word.start and word.end <= span.end for span in self._common_nouns
        )
        return known or any(written.endswith(ending) for ending in self.lexicon.forms("noun_ending"))

    @cached_property
    def _common_nouns(self) -> list[Span]:
        """What the lexicon knows."""
        return [cue.span for cues in self.cues.values() for cue in cues]

    def word_from(self, at: int) -> Span | None:
        """The first word that begins at a position or behind it."""
        place = bisect_left(self._word_starts, at)
        return self.words[place] if place < len(self.words) else None

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    def words_in(self, span: Span) -> Sequence[Span]:
        """The words wholly inside a span."""
        first = bisect_left(self._word_starts, span.start)
        last = bisect_left(self._word_starts, span.end, first)
        if last > first and self.words[last - 1].end > span.end:
            last -= 1
        return self.words[first:last]

    def in_quote(self, span: Span) -> bool:
        """Whether a span stands inside quotation marks that do not hold the whole sentence."""
        return any(quote.holds(span) for quote in self.quotes if quote.end - quote.start < len(self.text) - 2)

    @cached_property
    def asides(self) -> list[Span]:
        """Brackets around a single word: an acronym, a party, an age."""
        return [Span(match.start(), match.end()) for match in _ASIDE.finditer(self.text)]

    @cached_property
    def stops(self) -> list[int]:
        """Where commas, brackets, dashes and quotation marks stand, those inside numbers and asides left out."""
        inside = {at for aside in self.asides for at in range(aside.start, aside.end)}
        return [match.start() for match in _STOP.finditer(self.text) if match.start() not in inside]

    @cached_property
    def semicolons(self) -> list[int]:
        """Where semicolons stand outside quotation marks: nobody's word reaches over them."""
        return [at for at in self.stops if self.text[at] == ";" and not self.in_quote(Span(at, at + 1))]

    @cached_property
    def dateline(self) -> int:
        """Where the report begins after a dateline such as "KYIV, 25 October 2024 – "; 0 where there is none."""
        head = next((at for at in self.stops[:6] if self.text[at] in "-–—" and at <= _LONGEST_DATELINE), None)
        if head is None or not self.is_capital(self.words[0]) or self.of("say", Span(0, head)):
            return 0
        dated = any(mention.span.start < head for mention in self.dates)
        return head + 1 if dated or len(self.words_in(Span(0, head))) <= 3 else 0

    @cached_property
    def clauses(self) -> list[Span]:
        """The main clauses: what stands between semicolons, spaced dashes and words such as "while" or "but"."""
        cuts = {at for at in self.stops if self.text[at] in ";—" or (self.text[at] in "-–")}
        cuts |= {cue.span.start for cue in self.of("boundary") if cue.get("strong") and not self.in_quote(cue.span)}
        return list(_between(sorted(cuts), len(self.text)))

    def clause_of(self, span: Span) -> Span:
        """The main clause that a span begins in."""
        return next((clause for clause in self.clauses if clause.start <= span.start < clause.end), self.whole)

    def begins_clause(self, span: Span) -> bool:
        """Whether nothing but a quotation mark stands before a span in its clause."""
        return not self.words_in(Span(self.left_stop(span.start), span.start))

    def left_stop(self, at: int) -> int:
        """The position after the last stop before `at`."""
        place = bisect_left(self.stops, at)
        return self.stops[place - 1] + 1 if place else 0

    def right_stop(self, at: int) -> int:
        """The position of the first stop from `at` on."""
        place = bisect_left(self.stops, at)
        return self.stops[place] if place < len(self.stops) else len(self.text)


def _between(cuts: list[int], end: int) -> Iterator[Span]:
    start = 0
    for cut in (*cuts, end):
        if cut > start:
            yield Span(start, cut)
            start = cut


def annotate(
    text: str, span: Span, paragraph: int, lexicon: Lexicon, anchor: date | None, *, near: bool = False
) -> Annotated:
    """Read the sentence `text[span]`. `anchor` is the day that relative dates count from; `near` as in `dates`."""
    piece = span.of(text)
    cues = lexicon.cues_by_section(piece)
    read = numbers(piece, lexicon, cues)
    ahead = [cue for cue in cues.get("scheduled", ()) if _is_on_day(piece, cue, cues)]
    if ahead:
        cues["modality"] = sorted([*cues.get("modality", ()), *ahead], key=lambda cue: cue.span.start)
    giving = [cue for cue in cues.get("gives", ()) if _gives_figure(piece, cue, read, cues)]
    if giving:
        others = [cue for cue in cues.get("say", ()) if not any(one.span.holds(cue.span) for one in giving)]
        cues["say"] = sorted([*others, *giving], key=lambda cue: cue.span.start)
    return Annotated(piece, span.start, paragraph, lexicon, anchor, cues, read, near)


def _is_on_day(text: str, cue: Cue, cues: Mapping[str, list[Cue]]) -> bool:
    """Whether a verb in the present tells what will be: a weekday stands by ("voters go to the polls on Sunday")."""
    return any(
        not _PAUSE.search(text, min(cue.span.end, day.span.end), max(cue.span.start, day.span.start))
        for day in cues.get("weekday", ())
        if cue.span.end <= day.span.start or day.span.start <= _FIRST_WORDS
    )


def _gives_figure(text: str, cue: Cue, numbers: Sequence[Number], cues: Mapping[str, list[Cue]]) -> bool:
    """Whether a verb that may give a figure has one behind it ("puts the toll at 12"), with the word that `leads` to
    it where the verb needs one ("kommt auf 12"), and no other verb of saying or clause between; behind a comma only a
    word such as "namely"."""
    verbs = [one for name in ("say", "deny") for one in cues.get(name, ()) if not _may_be_noun(text, one)]
    if any(one.span.holds(cue.span) for one in verbs):
        return False
    figure = next((one for one in numbers if one.kind in _GIVEN and one.span.start >= cue.span.end), None)
    if figure is None or figure.span.start - cue.span.end > _FIGURE_REACH:
        return False
    between = Span(cue.span.end, figure.span.start)
    leads = cue.get("leads")
    if leads and leads not in fold(between.of(text)).split():
        return False
    if any(between.holds(one.span) for one in (*verbs, *cues.get("that", ()))):
        return False
    *head, last = _PAUSE.split(between.of(text))
    return len(head) <= _ASIDES and (not head or len(last.split()) <= 1)


def _may_be_noun(text: str, cue: Cue) -> bool:
    """Whether a form may be no verb of saying, or one only beside what it needs."""
    return bool(cue.get("needs")) or fold(cue.span.of(text)) in (cue.get("noun") or ())


def strip(text: str, span: Span) -> Span:
    """A span without spaces and loose punctuation at its ends; quotation marks stay."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ",;:.—–-)…"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-(…"):
        end -= 1
    return Span(start, end)
