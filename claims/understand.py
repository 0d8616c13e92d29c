"""A text → what it asks, in any supported language and in chat."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from claims.concepts import (
    decided_by,
    forms,
    listed,
    meant,
    takes_up,
)
from claims.counting import Counting
from claims.figure import is_fate
from claims.known_words import is_word
from claims.lexicon import lexicon, supported
from claims.measures import measure
from claims.model import Span
from claims.naming import terms_of_word
from claims.question import Question, Word, topic_terms
from claims.spelling import asked_in, spelled_out
from claims.terms import meaning, tells, written_as_name
from claims.text import clean, fold

#: what stands beyond is no question
LONGEST_QUESTION = 1000
#: sections whose cues a question's other fields account for
_ACCOUNTED = ("number", "negation", "report_noun", "modality", "furniture")
#: concepts that make a question one about a vote
_VOTING = frozenset({"i:vote", "i:unanimous", "i:abstain"})
#: words that a question about a vote asks with
_BALLOT = frozenset({"i:vote", "i:result"})
#: words from a locative on to the noun that says where: "on that Selayar ferry"
_NOUN_PHRASE = 3


def understand(text: str, language: str | None = None, today: date | None = None) -> Question:
    """What a text asks. `language` is the reader's, used where the text is too short to tell its own; `today` tells
    which day "yesterday" is."""
    raw = clean(text)[:LONGEST_QUESTION]
    plain = spelled_out(raw, asked_in(raw, language))
    told = asked_in(plain.text, language)
    return _Reader(plain.text, plain.typed, lexicon(told), told, today).question(raw)


def topic(text: str, language: str | None = None) -> tuple[str, ...]:
    """The terms that a text names as a topic, read in the language in which most of it means something: the reader's
    where others are no better. An Indonesian follows "north korean troops" too."""
    told = dict.fromkeys((language, None, *sorted(supported())))
    readings = [topic_terms(understand(text, code)) for code in told]
    return min(filter(None, readings), key=lambda terms: sum(term.startswith("w:") for term in terms), default=())


class _Reader(Counting):
    """Reads one question."""

    def question(self, original: str) -> Question:
        """All that is asked."""
        asks = self.asks()
        speaker = self.speaker()
        places = self.places(speaker)
        actors = self.actors(places, speaker)
        denials = [cue for cue in self.cues.get("deny", []) if not cue.get("needs")]
        self.used += [cue.span for cue in denials]
        about = self.asked_measure(asks)
        measured_in = self.asked_unit(asks)
        if measured_in and asks in ("what", "what_known", "topic", "when", "changed"):
            asks = "count"
        left = self._left_over(counts=asks == "count" and not (measured_in or about or self.counts_mass()))
        asks, left = _with_deed(asks, left) if not (about or denials) else (asks, left)
        asks = "what" if asks == "which" else asks
        agreed = any("i:agreement" in word.terms for word in left)
        about_vote = (asks == "result" and not agreed) or (
            asks != "when" and any(word.terms & _VOTING for word in left)
        )
        if asks in ("topic", "what") and not (places or actors or about or left or speaker):
            asks = "nothing"
        if asks == "count" and not measured_in:
            measured_in = self.kind_of_figure(about, left)
        if about and is_fate(measure(about)):
            left = tuple(_of_anybody(left))
        if asks == "yes_no":
            left = tuple(_decided(left))
        if measured_in - {"people"}:
            left = tuple(replace(word, is_counted=word.written in self.weighed()) for word in left)
        return Question(
            text=original,
            language=self.language,
            asks=asks,
            measure=about,
            measure_terms=self.measure_terms,
            measured_in=measured_in,
            actors=actors,
            places=places,
            typed=self.typed_names,
            speaker=speaker,
            speaker_terms=self.speaker_terms,
            about_denial=bool(denials) or asks == "who_denied",
            about_vote=about_vote,
            conditional=self._is_put("conditional") or any("i:threaten" in word.terms for word in left),
            planned=self._is_put("planned"),
            time=None if self.is_time_of_clause() else self.times.happened,
            since=self.times.since,
            until=self.times.until,
            takes_up=takes_up(self.text, self.language),
            words=tuple(word for word in left if not (about_vote and word.terms & _BALLOT)),
        )

    def _is_put(self, modality: str) -> bool:
        cues = (cue for cue in self.cues.get("modality", []) if self.text[cue.span.start - 1 : cue.span.start] != "-")
        return any(cue.get("modality") == modality for cue in cues)

    # what

    def _asked_with(self) -> list[Span]:
        """The words of asking; what a phrase such as "berapa kerugian" asks for is content all the same."""
        cues = [cue.span for cue in self.cues.get("question", [])]
        return [span for span in self.spans if any(cue.overlaps(span) for cue in cues) and not self._means(span)]

    def _left_over(self, *, counts: bool) -> tuple[Word, ...]:
        """The content words that nothing above accounts for; where the question `counts` things, the noun behind "how
        many" is what is counted, else the first concept that is no place: "how many were *aboard*"."""
        taken = [*self.used, *self._asked_with()]
        phrases = [one.span for one in self.said if one.concepts and " " in one.span.of(self.text)]
        for section in _ACCOUNTED:
            taken += [cue.span for cue in self.cues.get(section, [])]
        for span in (cue.span for cue in self.cues.get("bound", [])):  # the "over" of "handed over" is none
            taken += [] if any(one.holds(span) and one != span for one in phrases) else [span]
        how_many = [cue.span for cue in self.cues.get("question", []) if cue.get("asks") == "count"]
        bare = [span.end for span in how_many if not self._means(span)]
        found: list[Word] = []
        spans: list[Span] = []
        for one in self.said:
            written = one.span.of(self.text)
            word = fold(written).removesuffix("'s")
            if any(other.overlaps(one.span) for other in taken) or word in {other.written for other in found}:
                continue
            if one.concepts <= _LINKS and (one.concepts or word in self.stop or not tells(word)):
                continue
            counted = any(0 <= one.span.start - end <= 1 for end in bare) or any(
                span.holds(one.span) for span in how_many
            )
            concepts = one.concepts or (frozenset() if self._has_capital(one.span) else meant(word, self.language))
            plain = " " in word or word in forms(self.language) or is_word(word, self.language)
            if self._has_capital(one.span) and not plain:
                concepts = frozenset()  # "in Ende" is a town, no end
            is_where = not concepts and (self.is_led(one.span) or self._is_behind_site(one.span))
            small = len(word) > 3 and not (written.islower() and is_word(word, self.language))
            is_name = not concepts and (self._has_capital(one.span) or (is_where and small))
            terms = terms_of_word(word, concepts)
            if concepts and " " not in word and not self.text.isupper():
                terms |= written_as_name(self.text, one.span, self.language)
            if typed := self.typed.get(word):
                terms |= terms_of_word(typed, frozenset())
            found.append(
                Word(word, terms, bool(concepts) and word not in self.typed, is_name, counted, is_where=is_where)
            )
            spans.append(one.span)
        found = self._whose_chamber(self._nouns_counted(self._whole_names(found, spans), spans), spans)
        found = self._part_counted(found, spans)
        if counts and not any(word.is_counted for word in found):
            may_be = [at for at, word in enumerate(found) if word.is_concept and not self._is_within(spans[at])]
            for at in may_be[:1]:
                found[at] = replace(found[at], is_counted=True)
        return tuple(found)

    def _whole_names(self, found: list[Word], spans: Sequence[Span]) -> list[Word]:
        """Of "in *Port Ghela*" both words are the name, and both say where."""
        for at, (one, other) in enumerate(pairwise(list(found))):
            beside = self.text[spans[at].end : spans[at + 1].start] == " "
            large = beside and self._has_capital(spans[at]) and self._has_capital(spans[at + 1])
            if large and " " not in one.written + other.written and (one.is_name or other.is_name):
                where = found[at].is_where or self.is_led(spans[at])
                found[at] = replace(one, is_name=True, is_concept=False, is_where=where)
                found[at + 1] = replace(other, is_name=True, is_concept=False, is_where=where)
        return found

    def _nouns_counted(self, found: list[Word], spans: Sequence[Span]) -> list[Word]:
        """Of "how many *Kaldovan prisoners*" the noun is counted, not the name before it, nor a plain word: "young"."""
        if self.lexicon.settings.get("noun_first"):
            return found
        for at, (one, noun) in enumerate(pairwise(found)):
            beside = spans[at + 1].start - spans[at].end == 1
            if beside and one.is_counted and noun.is_concept and not one.is_concept:
                plain = is_word(one.written, self.language) and not self._has_capital(spans[at])
                named = replace(one, is_counted=False, is_name=not plain)
                return [*found[:at], named, replace(noun, is_counted=True), *found[at + 2 :]]
        return found

    def _part_counted(self, found: list[Word], spans: Sequence[Span]) -> list[Word]:
        """Of "how many of the dead were *children*" it is these that are counted, not all the dead."""
        whose = self.lexicon.settings.get("whose", ())
        ends = {cue.span.end + 1 for cue in self.cues.get("question", []) if cue.get("asks") == "count"}
        parted = [one for one in self.spans if one.start in ends and fold(one.of(self.text)) in whose]
        of = min(
            (span for span in self.used if parted and span.start > parted[0].end),
            default=None,
            key=lambda one: one.start,
        )
        for at, (word, span) in enumerate(zip(found, spans, strict=True)):
            somebody = word.is_concept and not word.terms & meaning(listed("outcomes"))
            if of and somebody and span.start > of.start and self._is_next_to(of, span):
                return [*found[:at], replace(word, is_counted=True), *found[at + 1 :]]
        return found

    def _whose_chamber(self, found: list[Word], spans: Sequence[Span]) -> list[Word]:
        """The words with those marked that stand beside a chamber, no content between them: "senat *dorvania*"."""
        chambers = [span for word, span in zip(found, spans, strict=True) if word.terms & meaning(listed("voters"))]
        return [
            replace(word, is_body=not word.is_concept and any(self._is_next_to(span, one) for one in chambers))
            for word, span in zip(found, spans, strict=True)
        ]

    def _is_next_to(self, one: Span, other: Span) -> bool:
        first, second = sorted((one, other), key=lambda span: span.start)
        between = [span.of(self.text).lower() for span in self.spans if first.end <= span.start < second.start]
        return all(word in self.stop for word in between)

    def _is_within(self, span: Span) -> bool:
        """Whether a word says where: "on that ferry", a locative and at most a word or two before it."""
        before = [one.start for one in self.spans if one.end < span.start][-_NOUN_PHRASE:]
        return any(lead.span.start in before for lead in self.cues.get("locative", []))

    def _is_behind_site(self, span: Span) -> bool:
        """Whether a word says where behind a noun for a place or a building: "di *pabrik* Brebes"."""
        before = [one for one in self.spans if one.end < span.start][-1:]
        nouns = [cue.span for cue in self.cues.get("place_noun", [])]
        nouns += [
            cue.span for cue in self.cues.get("unit", []) if measure(str(cue.get("measure"))).unit_class in _SITES
        ]
        known = is_word(fold(span.of(self.text)), self.language)
        site = self.lexicon.settings.get("noun_first") and not known and any(map(self._means, before))
        return any(self.is_led(one) and (site or any(noun.overlaps(one) for noun in nouns)) for one in before)

    def _has_capital(self, span: Span) -> bool:
        if self.lexicon.settings.get("nouns_capitalised"):
            return False
        return span.of(self.text)[0].isupper() and span != self.spans[0] and not self.text.isupper()

    def is_led(self, span: Span) -> bool:
        """Whether a word says where: "in tannbrück", "in the Balantak district"."""
        determiners = self.lexicon.forms("determiner")
        return any(
            lead.span.end == span.start - 1
            or (self._has_capital(span) and fold(self.text[lead.span.end : span.start]).strip() in determiners)
            for lead in self.cues.get("locative", [])
        )


#: concepts that only lead to what a question is about: "closed because of the storm"
_LINKS = frozenset({"because"})
#: classes of what may stand somewhere
_SITES = frozenset({"things", "areas"})


def _of_anybody(left: tuple[Word, ...]) -> Iterator[Word]:
    """The words of a question for what befell people without those that only say that it befell somebody, "korban
    tewas"; of residents or citizens any may be meant."""
    for word in left:
        if word.is_counted and word.terms & meaning(listed("anybody")):
            word = replace(word, is_counted=False)
        if not (word.is_concept and word.terms <= meaning(listed("somebody"))):
            yield word


def _decided(left: tuple[Word, ...]) -> Iterator[Word]:
    """The words of a question for yes or no, each also met in what decides it: a resignation, "is she in office"."""
    for word in left:
        other = {name for term in word.terms if term[0] == "i" for name in decided_by(term[2:])}
        yield replace(word, terms=word.terms | meaning(other)) if other and not word.is_name else word


def _with_deed(asks: str, left: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
    """What is done comes first in "who *steered* it", second in "which company *built* it"."""
    at = {"who": 0, "which": 1}.get(asks, len(left))
    found = tuple(replace(word, is_deed=here == at and word.is_concept) for here, word in enumerate(left))
    return "what" if asks == "which" else asks, found
