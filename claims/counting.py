"""What figure a question asks for: of what measure, in what unit, of whom or of what."""

from claims.asking import Asking
from claims.concepts import about_money, apiece, dimension, dimensions, is_nothing, listed, meanings, meant, meant_for
from claims.lexicon import Cue
from claims.measures import measure
from claims.model import Span
from claims.naming import terms_by_word
from claims.question import Word
from claims.terms import meaning
from claims.text import fold

#: characters between "how many" and what is counted
_REACH = 25
#: measures of what becomes of people that are no tolls
_STATES = frozenset({"missing", "trapped", "displaced", "prisoners", "crowd", "withdrawn"})
#: concepts that are measures of what becomes of people
_FATES = frozenset({"killed", "injured", "missing", "arrested", "displaced"})
#: measures of what becomes of people whose words are said of things as well
_OF_THINGS_TOO = frozenset({"missing", "exchanged", "crowd", "withdrawn", "released", "items", "trapped"})
#: cues of who came: what became of them is asked rather
_GATHERED = ("crowd", "attended", "supporters", "joined", "spectators", "visitors", "mourners", "worshippers")
#: what is told by its measure: "tonnes of rice"
_BULK = frozenset({"weight", "volume", "area"})
_GENERIC = frozenset({"people", "casualties", "sites", "events", "money"})
_CIRCUMSTANCES = frozenset({"time", "length", "scale"})


class Counting(Asking):
    """The figure that one question asks for."""

    def asked_measure(self, asks: str) -> str | None:
        """What is counted or spoken of: what became of people, else the noun behind "how many"."""
        if self._counts_money():
            return None
        things = asks == "count" and self._counts_things()
        for one in self.said:
            fates = one.concepts & _FATES
            if (things and fates & _OF_THINGS_TOO) or (
                fates and asks == "count" and self._is_for_others(one.span, meant_for(self.language))
            ):
                continue  # "how many jobs have disappeared", "how many tents for the displaced"
            if fates and not any(other.overlaps(one.span) for other in self.used):
                return self._measured(min(fates), [one.span])
        for fits in (self._befalls, self._is_counted if asks == "count" else self._is_army):
            cues = [cue for name in ("measure_verb", "unit") for cue in self.cues.get(name, []) if fits(cue)]
            cues = [cue for cue in cues if not self._is_other(cue, asks)]
            cues = [cue for cue in cues if not (things and cue.get("measure") in _OF_THINGS_TOO)]
            cues.sort(key=lambda cue: cue.get("measure") in _GATHERED)
            if cues:
                family = self._rate_of(cues[0]) or _family(cues[0])
                lost = [one.span for one in self.said if one.concepts & listed("lost")] if family == "jobs" else []
                if lost:  # whose jobs are lost is laid off
                    return self._measured("laid_off", [*lost, *(cue.span for cue in cues if _family(cue) == family)])
                same = [cue.span for cue in cues if _family(cue) == _family(cues[0])]
                return self._measured(family, same)
        return None

    def _is_other(self, cue: Cue, asks: str) -> bool:
        """Whether a cue tells of others than are counted, or of a deed where nothing is."""
        return self._is_meant_for(cue) if asks == "count" else self._is_deed(cue, asks)

    def _rate_of(self, cue: Cue) -> str | None:
        """The rate that a word for a crowd stands for, where nothing says who gathered: "what was the turnout?"."""
        rates = (str(rate.get("measure")) for rate in self.cues.get("rate", []) if rate.span.overlaps(cue.span))
        gathered = any(one.concepts & listed("gatherings") for one in self.said)
        return None if gathered else next(rates, None)

    def asked_unit(self, asks: str) -> frozenset[str]:
        """In what the figure is measured that is asked for; empty where that is left open."""
        return self._measured_in(asks) or self._sum_asked_for(asks)

    def _measured_in(self, asks: str) -> frozenset[str]:
        """In what the figure is measured that is asked for: "how long", "what %", "berapa ton"."""
        found = {"share"} if "%" in self.text else set[str]()
        says = [cue.span for cue in self.cues.get("say", []) if cue.get("order") == "prefix"]
        for one in self.said:
            led = self._is_asked_with(one.span)
            if one.concepts & dimensions() and (led or asks == "count") and not self._is_apiece(one.span):
                found |= one.concepts & dimensions()
                self.used.append(one.span)
        for cue in self.cues.get("unit", []):
            if any(one.overlaps(cue.span) for one in says):
                continue  # "segundo a polícia" asks for no seconds
            name = dimension(measure(str(cue.get("measure"))).unit)
            leads = asks == "topic" and bool(self.said) and cue.span.start == self.said[0].span.start
            counted = self._is_beside_count(cue) and not self._is_apiece(cue.span)
            if name and (leads or counted):  # "hectares burned in …" counts them too
                found.add(name)
                self.used.append(cue.span)
        return frozenset(found)

    def kind_of_figure(self, about: str | None, left: tuple[Word, ...]) -> frozenset[str]:
        """Money where an amount is counted, people where "how many people" says so."""
        counts = [cue for cue in self.cues.get("question", []) if cue.get("asks") == "count"]
        money = {f"i:{name}" for name in about_money()}
        if not about and (
            self._counts_money() or any(word.terms & money for word in left if self.counts_mass() or word.is_counted)
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

    def counts_mass(self) -> bool:
        """Whether "how much" asks, of which a noun stands right behind it, or none does: "how much was stolen"."""
        return any(cue.get("mass") for cue in self.cues.get("question", []))

    def _counts_money(self) -> bool:
        """Whether money stands right behind "how much", or first in a question that counts nothing else, "santunan
        korban brp?": whatever else is told of people is no measure then."""
        ends = {cue.span.end for cue in self.cues.get("question", []) if cue.get("asks") == "count"}
        money = [one for one in self.said if one.concepts & about_money()]
        of_none = bool(ends) and not any(self._is_beside_count(cue) for cue in self.cues.get("unit", []))
        if self.counts_mass() and (any(one.concepts & listed("money_deeds") for one in self.said) or self._is_given()):
            return True  # "how much will each family receive"
        if of_none and money and money[0] == self.said[0]:
            return True
        either = any(cue.get("either") for cue in self.cues.get("question", []))
        paid = any(one.concepts & listed("paid") for one in self.said)
        if of_none and either and paid and not self._has_noun_behind(ends):
            return True  # "combien a été versé aux familles"
        return any(
            one.span.start - 1 in ends or any(one.span.start < end <= one.span.end for end in ends) for one in money
        )

    def weighed(self) -> frozenset[str]:
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

    def _is_for_others(self, span: Span, leads: frozenset[str]) -> bool:
        """Whether a word behind one of those that lead to it only tells for whom something is, of which another noun is
        counted: "how many homes will be built for the *victims*"."""
        starts = {asked.span.end + 1 for asked in self.cues.get("question", []) if asked.get("asks") == "count"}
        counted = [one.span for one in self.said if one.span.start in starts and one.concepts]
        led = leads.intersection(fold(self.text[: span.start]).split()[-2:])
        return bool(counted and led) and not any(one.overlaps(span) for one in counted)

    def _is_meant_for(self, cue: Cue) -> bool:
        """The same of a noun behind any word of grammar, of a verb behind one such as "for"."""
        grammar = self.lexicon.forms("function") if cue.section == "unit" else frozenset[str]()
        return self._is_for_others(cue.span, grammar | meant_for(self.language))

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

    def _sum_asked_for(self, asks: str) -> frozenset[str]:
        """Money where a sum is what a question begins with: "what *ransom* was asked for", "quel est le prix"."""
        first = next((one for one in self.said if not self._is_plain(one.span)), None)
        sums = first.concepts & listed("sums") if first and asks in ("what", "which", "topic") else frozenset()
        begins = first is not None and first.span.start > self.spans[0].start and not self._tells_which(first.span)
        return frozenset({"money"}) if sums and begins else frozenset()

    def _tells_which(self, span: Span) -> bool:
        """Whether a noun only tells which one the next is: "the ransom *note*"."""
        behind = (one for one in self.said if one.span.start == span.end + 1 and not self._is_plain(one.span))
        return bool(self.lexicon.settings.get("modifiers_first")) and any(behind)

    def _is_plain(self, span: Span) -> bool:
        """Whether a word is one of asking or of grammar."""
        word = fold(span.of(self.text))
        asked = any(cue.span.overlaps(span) for cue in self.cues.get("question", []))
        return word in self.stop or is_nothing(word, self.language) or (asked and not self._means(span))

    def _is_apiece(self, span: Span) -> bool:
        """Whether a unit only tells for how much of it something is paid or picked: "aid per hectare"."""
        before = fold(self.text[: span.start]).split()[-1:]
        return bool(apiece(self.language).intersection(before))

    def _has_noun_behind(self, ends: set[int]) -> bool:
        """Whether something is counted, as a word that says something stands right behind "how many"."""
        behind = (one for one in self.said if any(0 <= one.span.start - end <= 1 for end in ends))
        paid = listed("paid")
        return any(not one.concepts & paid and fold(one.span.of(self.text)) not in self.stop for one in behind)


def _follows(asked: Span, noun: Span) -> bool:
    """Whether a noun stands within the words of asking, or right behind them."""
    return asked.start <= noun.start <= asked.end + 1


def _family(cue: Cue) -> str:
    return measure(str(cue.get("measure"))).family
