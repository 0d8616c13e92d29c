"""A text → what it asks, in any supported language and in chat."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from claims.concepts import about_money, dimension, dimensions, is_nothing, listed, meanings, meant, takes_up
from claims.dates import dates
from claims.entities import Mention, as_place, entities, find_typo
from claims.lexicon import Cue, Lexicon, lexicon, supported
from claims.measures import measure
from claims.model import Span
from claims.question import Question, Word, topic_terms
from claims.spelling import MOST_WORDS, asked_in, spelled_out
from claims.stems import sound, stems
from claims.terms import meaning, stop_words, tells
from claims.text import clean, fold, words
from claims.times import times

#: what stands beyond is no question
LONGEST_QUESTION = 1000
#: ways of asking, the more telling first: "who denied" is also a "who"
_ORDER = (
    "who_denied",
    "disagree",
    "changed",
    "result",
    "who_said",
    "count",
    "when",
    "where",
    "which",
    "who",
    "what_known",
    "yes_no",
)
#: longer words are never acronyms typed in lower case
_LONGEST_SHORT = 3
#: sections whose cues a question's other fields account for
_ACCOUNTED = ("negation", "report_noun", "modality", "chamber", "furniture", "bound")
#: ways of saying that lead to who says it: "what did the ministry claim"
_SAYING = frozenset({"neutral", "claim", "announce", "estimate", "report"})
#: those that mean nothing else: "did they accept" asks what somebody does
_SAYING_SO = frozenset({"neutral", "claim"})
#: concepts that make a question one about a vote
_VOTING = frozenset({"i:vote", "i:unanimous", "i:abstain"})
#: words that a question about a vote asks with
_BALLOT = frozenset({"i:vote", "i:result"})
#: characters between "how many" and what is counted; words of a speaker who is no known name
_REACH, _LONGEST_SPEAKER = 25, 4


def understand(text: str, language: str | None = None, today: date | None = None) -> Question:
    """What a text asks. `language` is the reader's, used where the text is too short to tell its own; `today` tells
    which day "yesterday" is."""
    raw = clean(text)[:LONGEST_QUESTION]
    plain = spelled_out(raw, asked_in(raw, language))
    told = asked_in(plain.text, language)
    return _Reader(plain.text, plain.typed, lexicon(told), told, today).question(text[:LONGEST_QUESTION])


def topic(text: str, language: str | None = None) -> tuple[str, ...]:
    """The terms that a text names as a topic, read in the language in which most of it means something: the reader's
    where others are no better. An Indonesian follows "north korean troops" too."""
    told = dict.fromkeys((language, None, *sorted(supported())))
    readings = [topic_terms(understand(text, code)) for code in told]
    return min(filter(None, readings), key=lambda terms: sum(term.startswith("w:") for term in terms), default=())


class _Reader:
    """Reads one question; what has been accounted for is `used`."""

    def __init__(
        self, text: str, typed: Mapping[str, str], words_of: Lexicon, language: str, today: date | None
    ) -> None:
        self.text = text
        self.typed = typed
        self.language = language
        self.lexicon = words_of
        self.spans = words(text, words_of.elided)[:MOST_WORDS]
        self.stop = stop_words(language)
        self.cues: dict[str, list[Cue]] = {}
        for cue in words_of.cues(text):
            self.cues.setdefault(cue.section, []).append(cue)
        found = dates(text, words_of, today)
        self.times = times(text, found, self.cues.get("month", []), language, today)
        self.mentions = [one for one in entities(text, language, lower=True) if not self._is_everyday(one)]
        self.typed_names: dict[str, frozenset[str]] = {}
        self.mentions += [*self._short_names(), *self._misspelled_names()]
        self.used: list[Span] = [mention.span for mention in self.mentions]
        self.used += self.times.spans
        self.speaks: list[Mention] = []
        self.speaker_terms: tuple[frozenset[str], ...] = ()
        self.measure_terms: frozenset[str] = frozenset()

    def question(self, original: str) -> Question:
        """All that is asked."""
        asks = self._asks()
        speaker = self._speaker()
        places = self._places(speaker)
        actors = self._actors(places, speaker)
        denials = [cue for cue in self.cues.get("deny", []) if not cue.get("needs")]
        self.used += [cue.span for cue in denials]
        about = self._measure(asks)
        measured_in = self._measured_in(asks)
        if measured_in and asks in ("what", "what_known", "topic", "when"):
            asks = "count"
        left = self._left_over()
        if asks == "count" and not measured_in and not about and not any(word.is_counted for word in left):
            left = _with_counted(left)
        asks, left = _with_deed(asks, left) if not (about or denials) else (asks, left)
        asks = "what" if asks == "which" else asks
        about_vote = asks == "result" or (asks != "when" and any(word.terms & _VOTING for word in left))
        if asks in ("topic", "what") and not (places or actors or about or left or speaker):
            asks = "nothing"
        if asks == "count" and not measured_in:
            measured_in = self._kind_of_figure(about, left)
        if measured_in - {"people"}:
            left = tuple(replace(word, is_counted=False) for word in left)
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
            time=self.times.happened,
            since=self.times.since,
            until=self.times.until,
            takes_up=takes_up(self.text, self.language),
            words=tuple(word for word in left if not (about_vote and word.terms & _BALLOT)),
        )

    def _is_put(self, modality: str) -> bool:
        cues = (cue for cue in self.cues.get("modality", []) if self.text[cue.span.start - 1 : cue.span.start] != "-")
        return any(cue.get("modality") == modality for cue in cues)

    def _asks(self) -> str:
        asked = {str(cue.get("asks")) for cue in self.cues.get("question", [])}
        found = next((name for name in _ORDER if name in asked), None)
        if found == "yes_no" and not any(
            cue.get("asks") == "yes_no" and not self.text[: cue.span.start].strip() for cue in self.cues["question"]
        ):
            found = None
        return found or ("what" if self.text.rstrip().endswith("?") else "topic")

    # names

    def _is_everyday(self, mention: Mention) -> bool:
        """Whether a short name in small letters is an everyday word: the "up" of "up for sale"."""
        written = mention.span.of(self.text)
        plain = written.islower() or (mention.span.start == 0 and written[1:].islower())
        everyday = is_nothing(written.lower(), self.language) or written.lower() in self.stop
        return plain and len(written) <= _LONGEST_SHORT and everyday

    def _short_names(self) -> list[Mention]:
        """The "us" of "us troops": a word beside a measured noun, read as if it stood in capitals."""
        edges = {edge for cue in self.cues.get("unit", []) for edge in (cue.span.start - 1, cue.span.end + 1)}
        found: list[Mention] = []
        for span in self.spans:
            word = fold(span.of(self.text))
            beside = span.end in edges or span.start in edges or self.text[: span.start].lower().endswith("the ")
            beside = beside and len(word) <= _LONGEST_SHORT
            if beside and not self._is_named(span) and not is_nothing(word, self.language):
                found += [replace(one, span=span) for one in entities(word.upper(), self.language)]
        return found

    def _is_named(self, span: Span) -> bool:
        return any(mention.span.overlaps(span) for mention in self.mentions)

    def _misspelled_names(self) -> list[Mention]:
        """Names that are nearly right: words that no section of the lexicon knows."""
        whole = {fold(cue.span.of(self.text)) for cues in self.cues.values() for cue in cues}
        known = whole | {word for cue in whole for word in cue.split()}
        meant = {one.span.start for one in meanings(self.text, self.language) if one.concepts}
        found = []
        for span in self.spans:
            written = span.of(self.text)
            if self._is_named(span) or fold(written) in known or span.start in meant:
                continue
            if entity := find_typo(written):
                found.append(Mention(span, entity))
                self.typed_names[entity.name] = _word_terms(fold(written), frozenset())
        return found

    # who says it

    def _speaker(self) -> str | None:
        """ "menurut Ukraina", "according to police", "did ukraine say"."""
        for cue in self.cues.get("say", []):
            named = self._named_by(cue)
            if named:
                self.used.append(cue.span)
                return named
        return None

    def _named_by(self, cue: Cue) -> str | None:
        after = [one for one in self.mentions if 0 <= one.span.start - cue.span.end <= 5]
        if cue.get("order") in ("prefix", "inverted"):
            self.speaks = after[:1]
            return after[0].entity.name if after else self._noun(self._after(cue.span.end))
        if cue.get("kind") not in _SAYING or not self._asks_what_is_said(cue):
            return None
        before = [one for one in self.mentions if 0 <= cue.span.start - one.span.end <= 2]
        if before:
            self.speaks = before[-1:]
            return before[-1].entity.name
        return self._noun([span for span in self.spans if span.end == cue.span.start - 1 and self._may_speak(span)])

    def _may_speak(self, span: Span) -> bool:
        """Whether a word is one for those who speak, or no word that we know: a name."""
        found = meant(fold(span.of(self.text)), self.language)
        return bool(found & listed("speakers")) or not found

    def _asks_what_is_said(self, cue: Cue) -> bool:
        """Whether a verb of saying ends its clause or asks for a figure: "what did X say", "how many … did X claim"."""
        asked = [one for one in self.cues.get("question", []) if one.span.end <= cue.span.start]
        plain = (
            ("count", "what_known", "yes_no") if cue.get("kind") in ("neutral", "claim") else ("count", "what_known")
        )
        return any(one.get("asks") in plain for one in asked) and cue.span.start > 0

    def _after(self, start: int) -> list[Span]:
        found: list[Span] = []
        for span in self.spans:
            word = fold(span.of(self.text))
            if span.start < start or (not found and word in self.lexicon.forms("function")):
                continue
            apart = found and (self.text[found[-1].end : span.start].strip() or not self._may_speak(span))
            if len(found) == _LONGEST_SPEAKER or apart or word in self.lexicon.forms("function") or self._is_cue(span):
                break
            found.append(span)
        return found

    def _noun(self, spans: list[Span]) -> str | None:
        """A speaker who is no known name, as written; None where the words say nothing."""
        if not spans:
            return None
        whole = Span(spans[0].start, spans[-1].end)
        written = whole.of(self.text)
        found = _terms_of(written, self.language)
        if not found or written.endswith(("'s", "’s")) or self._is_cue(whole):
            return None
        self.used.append(whole)
        self.speaker_terms = found
        return written.lower()

    def _is_cue(self, span: Span) -> bool:
        return any(cue.span.overlaps(span) for name in ("question", "measure_verb") for cue in self.cues.get(name, ()))

    # whom and where

    def _places(self, speaker: str | None) -> tuple[str, ...]:
        found = []
        for mention in (one for one in self.mentions if one not in self.speaks):
            entity = as_place(mention)
            led = any(0 <= mention.span.start - lead.span.end <= 5 for lead in self.cues.get("locative", []))
            somewhere = (entity.kind == "place" and not mention.metonym) or (
                led and entity.kind in ("country", "place")
            )
            if somewhere and entity.name != speaker:
                found.append(entity.name)
        return tuple(dict.fromkeys(found))

    def _actors(self, places: tuple[str, ...], speaker: str | None) -> tuple[str, ...]:
        others = (mention for mention in self.mentions if mention not in self.speaks)
        names = (mention.entity.name for mention in others if as_place(mention).name not in places)
        return tuple(dict.fromkeys(name for name in names if name != speaker))

    # what

    def _asked_with(self) -> list[Span]:
        """The words of asking; what a phrase such as "berapa kerugian" asks for is content all the same."""
        cues = [cue.span for cue in self.cues.get("question", [])]
        return [span for span in self.spans if any(cue.overlaps(span) for cue in cues) and not self._means(span)]

    def _means(self, span: Span) -> bool:
        return any(one.concepts for one in meanings(span.of(self.text), self.language))

    def _measure(self, asks: str) -> str | None:
        """What is counted or spoken of: what became of people, else the noun behind "how many"."""
        if self._counts_money():
            return None
        for one in meanings(self.text, self.language):
            fates = one.concepts & _FATES
            if fates and not any(other.overlaps(one.span) for other in self.used):
                return self._measured(min(fates), [one.span])
        for fits in (self._befalls, self._is_counted if asks == "count" else self._is_army):
            cues = [cue for name in ("measure_verb", "unit") for cue in self.cues.get(name, []) if fits(cue)]
            cues.sort(key=lambda cue: cue.get("measure") in _GATHERED)
            if cues:
                family = _family(cues[0])
                return self._measured(family, [cue.span for cue in cues if _family(cue) == family])
        return None

    def _measured_in(self, asks: str) -> frozenset[str]:
        """In what the figure is measured that is asked for: "how long", "what %", "berapa ton"."""
        found = {"share"} if "%" in self.text else set[str]()
        for one in meanings(self.text, self.language):
            led = self._is_asked_with(one.span)
            if one.concepts & dimensions() and (led or asks == "count"):
                found |= one.concepts & dimensions()
                self.used.append(one.span)
        for cue in self.cues.get("unit", []):
            name = dimension(measure(str(cue.get("measure"))).unit)
            if name and self._is_beside_count(cue):
                found.add(name)
                self.used.append(cue.span)
        return frozenset(found)

    def _kind_of_figure(self, about: str | None, left: tuple[Word, ...]) -> frozenset[str]:
        """Money where an amount is counted, people where "how many people" says so."""
        counts = [cue for cue in self.cues.get("question", []) if cue.get("asks") == "count"]
        money = {f"i:{name}" for name in about_money()}
        mass = any(cue.get("mass") for cue in counts)
        if not about and any(word.terms & money for word in left if mass or word.is_counted):
            return frozenset({"money"})
        people = {cue.span.start for cue in self.cues.get("unit", []) if cue.get("measure") == "people"}
        if not about and any(
            0 <= start - cue.span.end <= 1 or cue.span.start <= start < cue.span.end
            for cue in counts
            for start in people
        ):
            return frozenset({"people"})
        return frozenset()

    def _is_asked_with(self, span: Span) -> bool:
        return any(span.overlaps(cue.span) for cue in self.cues.get("question", []))

    def _counts_money(self) -> bool:
        """Whether money stands right behind "how much": whatever else is told of people is no measure then."""
        ends = {cue.span.end for cue in self.cues.get("question", []) if cue.get("asks") == "count"}
        money = (one for one in meanings(self.text, self.language) if one.concepts & about_money())
        return any(
            one.span.start - 1 in ends or any(one.span.start < end <= one.span.end for end in ends) for one in money
        )

    def _measured(self, family: str, spans: list[Span]) -> str:
        self.used += spans
        words_of = (terms for span in spans for terms in _terms_of(span.of(self.text), self.language))
        self.measure_terms = meaning((family,)).union(*words_of)
        return family

    def _befalls(self, cue: Cue) -> bool:
        one = measure(str(cue.get("measure")))
        return (one.known and one.unit_class == "people" and one.basis == "cumulative") or one.name in _STATES

    def _is_army(self, cue: Cue) -> bool:
        return _family(cue) == "troops"

    def _is_counted(self, cue: Cue) -> bool:
        one = measure(str(cue.get("measure")))
        tells = one.known and one.family not in _GENERIC and one.unit_class not in _CIRCUMSTANCES
        return cue.section == "unit" and tells and self._is_beside_count(cue)

    def _is_beside_count(self, cue: Cue) -> bool:
        """Whether a noun is what "how many" counts: no word of grammar stands between them."""
        for asked in self.cues.get("question", []):
            if asked.get("asks") != "count" or not 0 <= cue.span.start - asked.span.end <= _REACH:
                continue
            gap = Span(asked.span.end, cue.span.start)
            words_between = (span for span in self.spans if gap.holds(span) and not self._is_named(span))
            between = [span.of(self.text).lower() for span in words_between]
            mass = asked.get("mass") and not dimension(measure(str(cue.get("measure"))).unit)
            apart = any(word in self.lexicon.forms("function") or self._is_head(word) for word in between)
            if not mass and not apart:
                return True
        return False

    def _is_head(self, word: str) -> bool:
        """Whether a noun before another is the one that is counted: "pajak turis" is a tax, "tourist taxes" are too."""
        return bool(self.lexicon.settings.get("noun_first")) and bool(meant(word, self.language))

    def _left_over(self) -> tuple[Word, ...]:
        """The content words that nothing above accounts for."""
        taken = [*self.used, *self._asked_with()]
        for section in _ACCOUNTED:
            taken += [cue.span for cue in self.cues.get(section, []) if section != "chamber" or self._has_body()]
        counts = [cue.span for cue in self.cues.get("question", []) if cue.get("asks") == "count"]
        bare = [span.end for span in counts if not self._means(span)]
        found: list[Word] = []
        for one in meanings(self.text, self.language):
            written = one.span.of(self.text)
            word = fold(written).removesuffix("'s")
            if any(other.overlaps(one.span) for other in taken) or word in {other.written for other in found}:
                continue
            if not one.concepts and (word in self.stop or not tells(word)):
                continue
            counted = any(0 <= one.span.start - end <= 1 for end in bare) or any(
                span.holds(one.span) for span in counts
            )
            concepts = one.concepts or meant(word, self.language)
            is_name = not concepts and (self._has_capital(one.span) or (self._is_led(one.span) and len(word) > 3))
            terms = _word_terms(word, concepts)
            if typed := self.typed.get(word):
                terms |= _word_terms(typed, frozenset())
            found.append(Word(word, terms, bool(concepts), is_name, counted))
        return tuple(found)

    def _has_capital(self, span: Span) -> bool:
        if self.lexicon.settings.get("nouns_capitalised"):
            return False
        return span.of(self.text)[0].isupper() and span.start > 0 and not self.text.isupper()

    def _is_led(self, span: Span) -> bool:
        """Whether a word says where: "in tannbrück"."""
        return any(lead.span.end == span.start - 1 for lead in self.cues.get("locative", []))

    def _has_body(self) -> bool:
        return any(mention.entity.kind == "body" for mention in self.mentions)


#: measures of what becomes of people that are no tolls
_STATES = frozenset({"missing", "trapped", "displaced", "prisoners", "crowd", "withdrawn"})
#: concepts that are measures of what becomes of people
_FATES = frozenset({"killed", "injured", "missing", "arrested", "displaced"})
#: cues of who came: what became of them is asked rather
_GATHERED = ("crowd", "attended", "supporters", "joined", "spectators", "visitors", "mourners", "worshippers")
_GENERIC = frozenset({"people", "casualties", "sites", "events", "money"})
_CIRCUMSTANCES = frozenset({"time", "length", "scale"})


def _with_counted(found: tuple[Word, ...]) -> tuple[Word, ...]:
    """The first concept is what is counted where no noun follows "how many" at once: "how many were *aboard*"."""
    first = next((word for word in found if word.is_concept), None)
    return tuple(replace(word, is_counted=word is first) for word in found)


def _with_deed(asks: str, left: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
    """What is done comes first in "who *steered* it", second in "which company *built* it"."""
    at = {"who": 0, "which": 1}.get(asks, len(left))
    found = tuple(replace(word, is_deed=here == at and word.is_concept) for here, word in enumerate(left))
    return "what" if asks == "which" else asks, found


def _family(cue: Cue) -> str:
    return measure(str(cue.get("measure"))).family


def _word_terms(word: str, concepts: frozenset[str]) -> frozenset[str]:
    heard = {f"x:{one}" for one in map(sound, stems(word)) if one}
    if concepts:
        return meaning(concepts)
    return frozenset(f"w:{one}" for one in stems(word)) | heard


def _terms_of(text: str, language: str) -> tuple[frozenset[str], ...]:
    """The terms of each word that says something."""
    found = []
    for one in meanings(text, language):
        word = fold(one.span.of(text))
        if one.concepts or (tells(word) and word not in stop_words(language)):
            found.append(_word_terms(word, one.concepts))
    return tuple(found)
