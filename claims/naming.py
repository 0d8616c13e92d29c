"""Whom a question names: actors, places, and by whose word, in capitals or not, mended where misspelled."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from claims.concepts import Meaning, is_nothing, listed, meanings, meant
from claims.dates import dates
from claims.entities import Mention, as_place, entities, find_typo
from claims.known_words import is_word
from claims.lexicon import Cue, Lexicon
from claims.model import Span
from claims.spelling import MOST_WORDS
from claims.stems import sound, stems
from claims.terms import meaning, stop_words, tells
from claims.text import fold, words
from claims.times import times

#: longer words are never acronyms typed in lower case
_LONGEST_SHORT = 3
#: ways of saying that lead to who says it: "what did the ministry claim"
_SAYING = frozenset({"neutral", "claim", "announce", "estimate", "report"})
#: words of a speaker who is no known name
_LONGEST_SPEAKER = 4


class Names:
    """The names of one question; what has been accounted for is `used`."""

    def __init__(
        self, text: str, typed: Mapping[str, str], words_of: Lexicon, language: str, today: date | None
    ) -> None:
        self.text = text
        self.typed = typed
        self.language = language
        self.lexicon = words_of
        self.spans = words(text, words_of.elided)[:MOST_WORDS]
        self.stop = stop_words(language)
        self.said = meanings(text, language)
        self.cues: dict[str, list[Cue]] = {}
        for cue in words_of.cues(text):
            misplaced = (cue.get("leads") and text[: cue.span.start].strip(" ¿¡")) or (
                cue.get("ends") and text[cue.span.end :].strip(" ?!.")
            )
            if not misplaced:
                self.cues.setdefault(cue.section, []).append(cue)
        idioms = [cue.span for cue in self.cues.get("question", []) if cue.get("whole")]
        self.said = [one for one in self.said if not any(idiom.overlaps(one.span) for idiom in idioms)]
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

    # names

    def _is_everyday(self, mention: Mention) -> bool:
        """Whether a name in small letters is an everyday word: the "up" of "up for sale", "tyre works"."""
        written = mention.span.of(self.text)
        plain = written.islower() or (mention.span.start == 0 and written[1:].islower())
        everyday = is_nothing(written.lower(), self.language) or written.lower() in self.stop
        before = fold(self.text[: mention.span.start]).split()[-1:]
        led = any(cue.span.end == mention.span.start - 1 for cue in self.cues.get("locative", []))
        led = led or bool(before and before[0] in self.lexicon.settings.get("whose", ()))
        town = mention.entity.kind == "place" and not led and bool(meant(written.lower(), self.language))
        return plain and ((len(written) <= _LONGEST_SHORT and everyday) or town)

    def _short_names(self) -> list[Mention]:
        """The "us" of "us troops": a word beside a measured noun, read as if it stood in capitals."""
        edges = {edge for cue in self.cues.get("unit", []) for edge in (cue.span.start - 1, cue.span.end + 1)}
        found: list[Mention] = []
        led = self.lexicon.forms("determiner")
        for at, span in enumerate(self.spans):
            word = fold(span.of(self.text))
            named = at > 0 and fold(self.spans[at - 1].of(self.text)) in led
            beside = (named or span.end in edges or span.start in edges) and len(word) <= _LONGEST_SHORT
            if beside and not (self.is_named(span) or self._is_cue(span) or is_nothing(word, self.language)):
                found += [replace(one, span=span) for one in entities(word.upper(), self.language)]
        return found

    def is_named(self, span: Span) -> bool:
        return any(mention.span.overlaps(span) for mention in self.mentions)

    def _misspelled_names(self) -> list[Mention]:
        """Names that are nearly right: words that no section of the lexicon knows."""
        whole = {fold(cue.span.of(self.text)) for cues in self.cues.values() for cue in cues}
        known = whole | {word for cue in whole for word in cue.split()}
        meant = {one.span.start for one in self.said if one.concepts}
        found = []
        for span in self.spans:
            written = span.of(self.text)
            if self.is_named(span) or fold(written) in known or span.start in meant:
                continue
            if (entity := find_typo(written)) and not is_word(written, self.language):
                found.append(Mention(span, entity))
                self.typed_names[entity.name] = terms_of_word(fold(written), frozenset())
        return found

    # who says it

    def speaker(self) -> str | None:
        """ "menurut Ukraina", "according to police", "did ukraine say"."""
        whose = [
            one.span for one in self.cues.get("question", []) if one.get("asks") == "who_said" and not one.get("of")
        ]
        for cue in self.cues.get("say", []):
            named = None if any(cue.span.overlaps(span) for span in whose) else self._named_by(cue)
            if named:
                self.used.append(cue.span)
                return named
        return None

    def _named_by(self, cue: Cue) -> str | None:
        after = [one for one in self.mentions if 0 <= one.span.start - cue.span.end <= 5]
        if cue.get("order") in ("prefix", "inverted"):
            self.speaks = after[:1]
            if after:
                return after[0].entity.name
            noun = self._noun(self._after(cue.span.end))
            return noun if noun or cue.get("order") == "prefix" else self._noun(self._before(cue.span.start))
        if cue.get("kind") not in _SAYING or not self._asks_what_is_said(cue):
            return None
        if any(self._is_counted_noun(span) for span in self.spans if span.end == cue.span.start - 1):
            return self._noun(self._after(cue.span.end))  # "¿cuántos muertos reporta la policía?"
        before = [one for one in self.mentions if 0 <= cue.span.start - one.span.end <= 2]
        if before:
            self.speaks = before[-1:]
            return before[-1].entity.name
        return self._noun(self._before(cue.span.start)) or self._noun(self._at_the_end(cue.span.end))

    def _is_counted_noun(self, span: Span) -> bool:
        """Whether a word stands right behind "how many"."""
        asked = (one for one in self.cues.get("question", []) if one.get("asks") == "count")
        return any(span.start - one.span.end == 1 for one in asked)

    def _may_speak(self, one: Meaning) -> bool:
        """Whether a word is one for those who speak, or no word that we know: a name."""
        found = one.concepts or meant(fold(one.span.of(self.text)), self.language)
        return bool(found & listed("speakers")) or not found

    def _asks_what_is_said(self, cue: Cue) -> bool:
        """Whether a verb of saying ends its clause or asks for a figure: "what did X say", "how many … did X claim"."""
        asked = [one for one in self.cues.get("question", []) if one.span.end <= cue.span.start]
        plain = (
            ("count", "what_known", "yes_no") if cue.get("kind") in ("neutral", "claim") else ("count", "what_known")
        )
        return any(one.get("asks") in plain for one in asked) and cue.span.start > 0

    def _before(self, end: int) -> list[Span]:
        """What names the speaker right before a verb of saying: "direktur RS bilang"."""
        found: list[Span] = []
        for one in reversed(self.said):
            if one.span.end == (found[0].start if found else end) - 1 and len(found) < _LONGEST_SPEAKER:
                speaks = not one.concepts or one.concepts & listed("speakers")
                if self._is_cue(one.span) or fold(one.span.of(self.text)) in self.stop or not speaks:
                    break
                found.insert(0, one.span)
        return found

    def _after(self, start: int) -> list[Span]:
        """What names the speaker right behind a word that leads to them; a phrase such as "rumah sakit" is one."""
        found: list[Span] = []
        for one in self.said:
            span, word = one.span, fold(one.span.of(self.text))
            if span.start < start or (not found and word in self.lexicon.forms("function")):
                continue
            apart = found and (self.text[found[-1].end : span.start].strip(" '’") or not self._may_speak(one))
            if len(found) == _LONGEST_SPEAKER or apart or word in self.lexicon.forms("function") or self._is_cue(span):
                break
            found.append(span)
        return found + self._whose_name(found[-1].end) if found else found

    def _whose_name(self, end: int) -> list[Span]:
        """The name that tells whose a speaker is: "the ministry *of Ostavia*", "de Defensa *de Ostavia*"."""
        whose, determiners = self.lexicon.settings.get("whose", ()), self.lexicon.forms("determiner")
        said = 0
        led = False
        for span in (one for one in self.spans if one.start > end):
            word = fold(span.of(self.text))
            apart = said == _LONGEST_SPEAKER or any(one in ",.;:!?()" for one in self.text[end : span.start])
            if apart or not (led or word in whose):
                break
            known = word in determiners or self._means(span) or is_word(word, self.language)
            if word not in whose and not known:
                return [] if self._is_cue(span) or word in self.stop else [span]
            led = word in whose or (led and word in determiners)
            said += word not in whose and word not in determiners
            end = span.end
        return []

    def _means(self, span: Span) -> bool:
        return any(one.concepts for one in meanings(span.of(self.text), self.language))

    def _at_the_end(self, start: int) -> list[Span]:
        """The same where nothing follows: "how many were cancelled, *says the airline*"."""
        found = self._after(start)
        return found if found and not self.text[found[-1].end :].strip(" ?!.") else []

    def _noun(self, spans: list[Span]) -> str | None:
        """A speaker who is no known name, as written; None where the words say nothing."""
        if not spans:
            return None
        whole = Span(spans[0].start, spans[-1].end)
        written = whole.of(self.text)
        found = terms_by_word(written, self.language, self.typed)
        if not found or written.endswith(("'s", "’s")) or self._is_cue(whole):
            return None
        self.used.append(whole)
        self.speaker_terms = found
        return written.lower()

    def _is_cue(self, span: Span) -> bool:
        cues = (cue.span for name in ("question", "measure_verb") for cue in self.cues.get(name, ()))
        return any(cue.overlaps(span) and not self._is_in_name(cue) for cue in cues)

    def _is_in_name(self, cue: Span) -> bool:
        """Whether a word only stands in what a speaker is called: the fire of "the fire department"."""
        longer = (one for one in self.said if one.span.holds(cue) and one.span != cue)
        return any(one.concepts & listed("speakers") for one in longer)

    # whom and where

    def places(self, speaker: str | None) -> tuple[str, ...]:
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

    def actors(self, places: tuple[str, ...], speaker: str | None) -> tuple[str, ...]:
        others = (mention for mention in self.mentions if mention not in self.speaks)
        names = (mention.entity.name for mention in others if as_place(mention).name not in places)
        return tuple(dict.fromkeys(name for name in names if name != speaker))


def terms_of_word(word: str, concepts: frozenset[str]) -> frozenset[str]:
    """The terms that a word of a question, or the concepts that it stands for, meets claims under."""
    heard = {f"x:{one}" for one in map(sound, stems(word)) if one}
    if concepts:
        return meaning(concepts)
    return frozenset(f"w:{one}" for one in stems(word)) | heard


def terms_by_word(text: str, language: str, typed: Mapping[str, str] | None = None) -> tuple[frozenset[str], ...]:
    """The terms of each word that says something; a mended one is also met as it was typed."""
    found = []
    for one in meanings(text, language):
        word = fold(one.span.of(text))
        if one.concepts or (tells(word) and word not in stop_words(language)):
            as_typed = (typed or {}).get(word)
            other = terms_of_word(as_typed, frozenset()) if as_typed else frozenset()
            found.append(terms_of_word(word, one.concepts) | other)
    return tuple(found)
