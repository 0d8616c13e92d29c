"""A text → what it asks, in any supported language and in chat."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from claims.asking import Asking
from claims.concepts import (
    about_money,
    decided_by,
    dimension,
    dimensions,
    forms,
    listed,
    meanings,
    meant,
    takes_up,
)
from claims.figure import is_fate
from claims.known_words import is_word
from claims.lexicon import Cue, lexicon, supported
from claims.measures import measure
from claims.model import Span
from claims.naming import terms_by_word, terms_of_word
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
#: characters between "how many" and what is counted
_REACH = 25
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


class _Reader(Asking):
    """Reads one question."""

    def question(self, original: str) -> Question:
        """All that is asked."""
        asks = self.asks()
        speaker = self.speaker()
        places = self.places(speaker)
        actors = self.actors(places, speaker)
        denials = [cue for cue in self.cues.get("deny", []) if not cue.get("needs")]
        self.used += [cue.span for cue in denials]
        about = self._measure(asks)
        measured_in = self._measured_in(asks) or self.sum_asked_for(asks)
        if measured_in and asks in ("what", "what_known", "topic", "when", "changed"):
            asks = "count"
        left = self._left_over(counts=asks == "count" and not (measured_in or about or self._counts_mass()))
        asks, left = _with_deed(asks, left) if not (about or denials) else (asks, left)
        asks = "what" if asks == "which" else asks
        agreed = any("i:agreement" in word.terms for word in left)
        about_vote = (asks == "result" and not agreed) or (
            asks != "when" and any(word.terms & _VOTING for word in left)
        )
        if asks in ("topic", "what") and not (places or actors or about or left or speaker):
            asks = "nothing"
        if asks == "count" and not measured_in:
            measured_in = self._kind_of_figure(about, left)
        if about and is_fate(measure(about)):
            left = tuple(_of_anybody(left))
        if asks == "yes_no":
            left = tuple(_decided(left))
        if measured_in - {"people"}:
            left = tuple(replace(word, is_counted=word.written in self._weighed()) for word in left)
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

    def _measure(self, asks: str) -> str | None:
        """What is counted or spoken of: what became of people, else the noun behind "how many"."""
        if self._counts_money():
            return None
        things = asks == "count" and self._counts_things()
        for one in self.said:
            fates = one.concepts & _FATES
            if (things and fates & _OF_THINGS_TOO) or (fates and asks == "count" and self.is_meant_for(one.span)):
                continue  # "how many jobs have disappeared", "how many tents for the displaced"
            if fates and not any(other.overlaps(one.span) for other in self.used):
                return self._measured(min(fates), [one.span])
        for fits in (self._befalls, self._is_counted if asks == "count" else self._is_army):
            cues = [cue for name in ("measure_verb", "unit") for cue in self.cues.get(name, []) if fits(cue)]
            cues = [
                cue
                for cue in cues
                if not (
                    self._is_of_others(cue) or self.is_meant_for(cue.span)
                    if asks == "count"
                    else self._is_deed(cue, asks)
                )
            ]
            cues = [cue for cue in cues if not (things and cue.get("measure") in _OF_THINGS_TOO)]
            cues.sort(key=lambda cue: cue.get("measure") in _GATHERED)
            if cues:
                family = _family(cues[0])
                lost = [one.span for one in self.said if one.concepts & listed("lost")] if family == "jobs" else []
                if lost:  # whose jobs are lost is laid off
                    return self._measured("laid_off", [*lost, *(cue.span for cue in cues if _family(cue) == family)])
                return self._measured(family, [cue.span for cue in cues if _family(cue) == family])
        return None

    def _measured_in(self, asks: str) -> frozenset[str]:
        """In what the figure is measured that is asked for: "how long", "what %", "berapa ton"."""
        found = {"share"} if "%" in self.text else set[str]()
        says = [cue.span for cue in self.cues.get("say", []) if cue.get("order") == "prefix"]
        for one in self.said:
            led = self._is_asked_with(one.span)
            if one.concepts & dimensions() and (led or asks == "count") and not self.is_apiece(one.span):
                found |= one.concepts & dimensions()
                self.used.append(one.span)
        for cue in self.cues.get("unit", []):
            if any(one.overlaps(cue.span) for one in says):
                continue  # "segundo a polícia" asks for no seconds
            name = dimension(measure(str(cue.get("measure"))).unit)
            leads = asks == "topic" and bool(self.said) and cue.span.start == self.said[0].span.start
            counted = self._is_beside_count(cue) and not self.is_apiece(cue.span)
            if name and (leads or counted):  # "hectares burned in …" counts them too
                found.add(name)
                self.used.append(cue.span)
        return frozenset(found)

    def _kind_of_figure(self, about: str | None, left: tuple[Word, ...]) -> frozenset[str]:
        """Money where an amount is counted, people where "how many people" says so."""
        counts = [cue for cue in self.cues.get("question", []) if cue.get("asks") == "count"]
        money = {f"i:{name}" for name in about_money()}
        if not about and (
            self._counts_money() or any(word.terms & money for word in left if self._counts_mass() or word.is_counted)
        ):
            return frozenset({"money"})
        people = [cue.span for cue in self.cues.get("unit", []) if cue.get("measure") == "people"]
        if not about and any(_follows(cue.span, span) for cue in counts for span in people):
            return frozenset({"people"})
        return frozenset()

    def _is_asked_with(self, span: Span) -> bool:
        asked = [cue.span for cue in self.cues.get("question", [])]
        risen = [cue.span.end for cue in self.cues.get("question", []) if cue.get("asks") == "changed"]
        return any(span.overlaps(one) for one in asked) or span.start - 1 in risen  # "naik berapa persen"

    def _counts_mass(self) -> bool:
        """Whether "how much" asks, of which a noun stands right behind it, or none does: "how much was stolen"."""
        return any(cue.get("mass") for cue in self.cues.get("question", []))

    def _counts_money(self) -> bool:
        """Whether money stands right behind "how much", or first in a question that counts nothing else, "santunan
        korban brp?": whatever else is told of people is no measure then."""
        ends = {cue.span.end for cue in self.cues.get("question", []) if cue.get("asks") == "count"}
        money = [one for one in self.said if one.concepts & about_money()]
        of_none = bool(ends) and not any(self._is_beside_count(cue) for cue in self.cues.get("unit", []))
        if self._counts_mass() and (any(one.concepts & listed("money_deeds") for one in self.said) or self._is_given()):
            return True  # "how much will each family receive"
        if of_none and money and money[0] == self.said[0]:
            return True
        may_be_mass = any(cue.get("either") for cue in self.cues.get("question", [])) and not self.has_noun_behind(ends)
        if of_none and may_be_mass and any(one.concepts & listed("paid") for one in self.said):
            return True  # "combien a été versé aux familles"
        return any(
            one.span.start - 1 in ends or any(one.span.start < end <= one.span.end for end in ends) for one in money
        )

    def _weighed(self) -> frozenset[str]:
        """What is told by weight, volume or area: the "rice" of "how many tonnes of rice"."""
        units = [cue for cue in self.cues.get("unit", []) if dimension(measure(str(cue.get("measure"))).unit) in _BULK]
        of = self.lexicon.settings.get("whose", ())
        behind = ([span for span in self.spans if span.start >= cue.span.end][:2] for cue in units)
        written = ([fold(span.of(self.text)) for span in two] for two in behind)
        return frozenset(two[1] for two in written if len(two) > 1 and two[0] in of)

    def _is_given(self) -> bool:
        """Whether those whom something befell get what is asked for: "how much will *the injured* get"."""
        determiners = self.lexicon.forms("determiner")
        fates = [cue.span for name in ("measure_verb", "unit") for cue in self.cues.get(name, []) if self._befalls(cue)]
        before = [fold(one.of(self.text)) for span in fates for one in self.spans if one.end == span.start - 1]
        return any(word in determiners for word in before)

    def _measured(self, family: str, spans: list[Span]) -> str:
        self.used += spans
        words_of = (terms for span in spans for terms in terms_by_word(span.of(self.text), self.language))
        self.measure_terms = meaning((family,)).union(*words_of)
        return family

    def _befalls(self, cue: Cue) -> bool:
        one = measure(str(cue.get("measure")))
        return (one.known and one.unit_class == "people" and one.basis == "cumulative") or one.name in _STATES

    def _counts_things(self) -> bool:
        """Whether what is counted is no people: nobody goes missing where jobs disappear, or is swapped where howitzers
        are handed over."""
        ends = [cue.span.end for cue in self.cues.get("question", []) if cue.get("asks") == "count"]
        for one in self.said:
            if not one.concepts or not any(0 <= one.span.start - end <= _REACH for end in ends):
                continue
            return bool(one.concepts & listed("things"))
        return False

    def _is_deed(self, cue: Cue, asks: str) -> bool:
        """Whether what befalls people is spoken of as something that is done, "who *shot* first", or somebody is only
        called by it, "what became of the *suspect*"."""
        said = {name for one in meanings(cue.span.of(self.text), self.language) for name in one.concepts}
        may_be = cue.section == "measure_verb" or (asks != "topic" and _family(cue) == "charged")
        return may_be and bool(said) and _family(cue) not in said

    def _is_of_others(self, cue: Cue) -> bool:
        """Whether a noun only tells for whom something is, of which another noun is counted: "how many homes will be
        built for the *victims*"."""
        starts = {asked.span.end + 1 for asked in self.cues.get("question", []) if asked.get("asks") == "count"}
        counted = [one.span for one in self.said if one.span.start in starts and one.concepts]
        led = fold(self.text[: cue.span.start]).split()[-2:]
        apart = bool(self.lexicon.forms("function").intersection(led))
        return cue.section == "unit" and bool(counted) and apart and not any(one.overlaps(cue.span) for one in counted)

    def _is_army(self, cue: Cue) -> bool:
        """Whether a noun is one for soldiers; rebels are spoken of as such."""
        said = meanings(cue.span.of(self.text), self.language)
        return _family(cue) == "troops" and not any(one.concepts and "troops" not in one.concepts for one in said)

    def _is_counted(self, cue: Cue) -> bool:
        one = measure(str(cue.get("measure")))
        if any(one.concepts and one.span.holds(cue.span) and one.span != cue.span for one in self.said):
            return False  # "came home" counts no homes
        tells = one.known and one.family not in _GENERIC and one.unit_class not in _CIRCUMSTANCES
        return cue.section == "unit" and tells and self._is_beside_count(cue)

    def _is_beside_count(self, cue: Cue) -> bool:
        """Whether a noun is what "how many" counts: no word of grammar stands between them."""
        for asked in self.cues.get("question", []):
            if asked.get("asks") != "count" or not 0 <= cue.span.start - asked.span.end <= _REACH:
                continue
            gap = Span(asked.span.end, cue.span.start)
            words_between = (span for span in self.spans if gap.holds(span) and not self.is_named(span))
            between = [span.of(self.text).lower() for span in words_between]
            mass = asked.get("mass") and not dimension(measure(str(cue.get("measure"))).unit)
            apart = any(word in self.lexicon.forms("function") or self._is_head(word) for word in between)
            if not mass and not apart:
                return True
        return False

    def _is_head(self, word: str) -> bool:
        """Whether a noun before another is the one that is counted: "pajak turis" is a tax, "tourist taxes" are too."""
        return bool(self.lexicon.settings.get("noun_first")) and bool(meant(word, self.language))

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


#: measures of what becomes of people that are no tolls
_STATES = frozenset({"missing", "trapped", "displaced", "prisoners", "crowd", "withdrawn"})
#: concepts that are measures of what becomes of people
_FATES = frozenset({"killed", "injured", "missing", "arrested", "displaced"})
#: measures of what becomes of people whose words are said of things as well
_OF_THINGS_TOO = frozenset({"missing", "exchanged", "crowd", "withdrawn", "released", "items", "trapped"})
#: cues of who came: what became of them is asked rather
_GATHERED = ("crowd", "attended", "supporters", "joined", "spectators", "visitors", "mourners", "worshippers")
#: concepts that only lead to what a question is about: "closed because of the storm"
_LINKS = frozenset({"because"})
#: classes of what may stand somewhere
_SITES = frozenset({"things", "areas"})
#: what is told by its measure: "tonnes of rice"
_BULK = frozenset({"weight", "volume", "area"})
_GENERIC = frozenset({"people", "casualties", "sites", "events", "money"})
_CIRCUMSTANCES = frozenset({"time", "length", "scale"})


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


def _follows(asked: Span, noun: Span) -> bool:
    """Whether a noun stands within the words of asking, or right behind them."""
    return asked.start <= noun.start <= asked.end + 1


def _family(cue: Cue) -> str:
    return measure(str(cue.get("measure"))).family
