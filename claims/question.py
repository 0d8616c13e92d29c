"""A question as a value: how many of what, whose, where, by whose word. `claims.understand` makes it of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from claims.entities import country_of
from claims.gazetteer import place_path
from claims.model import EventDate, Kind
from claims.stems import plain, stem
from claims.terms import indexed
from claims.text import key


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of a question that tells what it is about."""

    written: str
    #: the index terms that it may be met under
    terms: frozenset[str]
    #: stands for a concept: what says the same in other words or in another language is met too
    is_concept: bool
    #: written as a name: what does not name it is about something else
    is_name: bool = False
    #: what is counted: "how many *journalists*"
    is_counted: bool = False
    #: what somebody does who is asked for: "who *steered* the ferry"
    is_deed: bool = False
    #: says where: "in *Merauke*"
    is_where: bool = False
    #: says whose chamber votes: "the *Dorvanian* senate"
    is_body: bool = False
    #: what other names of the stories at hand begin with, where it says whose chamber votes
    rivals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `asks` is "count", "yes_no", "what", "who", "who_said", "who_denied", "when", "where", "result",
    "what_known", "changed", "disagree", "topic" (no question word) or "nothing" (a greeting, a lone "?")."""

    text: str
    language: str
    asks: str
    #: family of what is to be counted or is spoken of
    measure: str | None = None
    #: the terms of the words that name the measure, for claims that count nothing
    measure_terms: frozenset[str] = frozenset()
    #: in what the figure asked for is measured, "money", "length": any of them; empty where that is left open
    measured_in: frozenset[str] = frozenset()
    #: canonical names of whom it is about
    actors: tuple[str, ...] = ()
    #: canonical names of where
    places: tuple[str, ...] = ()
    #: names that were mended, and the terms of what was typed: it may be a name that we do not know
    typed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: by whose word: a canonical name, or as written
    speaker: str | None = None
    #: the terms of a speaker who is no known name, a set a word: "the organisers"
    speaker_terms: tuple[frozenset[str], ...] = ()
    #: asks about a denial, a vote, an "if"
    about_denial: bool = False
    about_vote: bool = False
    conditional: bool = False
    #: asks for what is still to come
    planned: bool = False
    #: when it is to have happened
    time: EventDate | None = None
    #: "as of", "since": what was known until, or became known from, a day on
    until: date | None = None
    since: date | None = None
    #: begins as what goes on with the question before: "and in Kursk?"
    takes_up: bool = False
    #: what says something and no other field accounts for
    words: tuple[Word, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing that could be looked up."""
        matter = self.measure or self.words or self.about_vote or self.measured_in
        return not (self.actors or self.places or self.speaker or matter)

    @property
    def is_bare(self) -> bool:
        """Whether it names no matter of its own: "and according to Ukraine?"."""
        return not (self.words or self.measure or self.actors or self.places or self.about_vote)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of claim that can answer, empty: all."""
        if self.about_denial:
            return (Kind.DENIAL,)
        return {"count": (Kind.QUANTITY,), "result": (Kind.VOTE,)}.get(self.asks, ())

    @property
    def terms(self) -> tuple[str, ...]:
        """The index terms that its answers may hold, the same vocabulary as `claims.terms`."""
        found: list[str] = []
        for name in self.actors:
            found += [f"e:{key(one)}" for one in (name, country_of(name)) if one]
        for name in self.places:
            found += [f"p:{key(name)}", f"e:{key(name)}"]
        if self.speaker and not self.speaker_terms:
            found.append(f"s:{key(self.speaker)}")
        for word in self.words:
            found += sorted(word.terms)
        for terms in self.speaker_terms:
            found += sorted(terms)
        for typed in self.typed.values():
            found += sorted(typed)
        if self.measure:
            found += [f"m:{self.measure}", *sorted(self.measure_terms)]
        found += [f"i:{name}" for name in sorted(self.measured_in)]
        if self.about_denial:
            found.append("k:denial")
        if self.about_vote:
            found += ["k:vote", "i:vote"]
        return tuple(dict.fromkeys(indexed(found)))

    @property
    def spellings(self) -> tuple[frozenset[str], ...]:
        """For each word that may be misspelled, the index terms of itself and of its stems."""
        plain = (word.terms for word in self.words if not word.is_concept)
        forms = (frozenset(term for term in terms if term[0] == "w") for terms in (*plain, *self.speaker_terms))
        return tuple(filter(None, forms))


def follows(question: Question) -> bool:
    """Whether a question leaves out what it is about: "when?", "and according to Ukraine?", "did anyone deny it?"."""
    asks_something = question.asks not in ("topic", "nothing") or question.speaker or question.places
    bare = not (question.words or question.measure or question.actors or question.about_vote)
    return bool(question.takes_up or (bare and asks_something))


def continued(question: Question, before: Question) -> Question:
    """A question that leaves something out, filled in from the one before it: what it names itself stays."""
    same_matter = not question.words and not question.measure
    open_ended = question.asks in ("what", "topic", "when", "where")
    still_denied = before.about_denial and open_ended and not question.speaker
    asked_before = "what" if before.asks == "who_denied" and question.speaker else before.asks
    return replace(
        question,
        asks=asked_before if question.asks in ("what", "topic", "what_known") else question.asks,
        measure=question.measure or (before.measure if not question.words else None),
        measure_terms=question.measure_terms or (before.measure_terms if not question.words else frozenset()),
        measured_in=question.measured_in or (before.measured_in if same_matter else frozenset()),
        actors=question.actors or before.actors,
        places=question.places or before.places,
        typed={**before.typed, **question.typed},
        speaker=question.speaker or (before.speaker if open_ended else None),
        speaker_terms=question.speaker_terms or (before.speaker_terms if open_ended and not question.speaker else ()),
        about_denial=question.about_denial or still_denied,
        about_vote=question.about_vote or (same_matter and before.about_vote),
        conditional=question.conditional or before.conditional,
        planned=question.planned or (same_matter and before.planned),
        time=question.time or before.time,
        until=question.until or before.until,
        since=question.since or before.since,
        words=(*question.words, *(word for word in before.words if same_matter or word.is_name)),
    )


def topic_terms(question: Question) -> tuple[str, ...]:
    """The terms that a claim must all have to belong to the topic that a text names."""
    found = [f"e:{key(country_of(name) or name)}" for name in question.actors]
    found += [f"p:{key((place_path(name) or (name,))[0])}" for name in question.places]
    if question.measure:
        found.append(f"m:{question.measure}")
    if question.speaker and not question.speaker_terms:
        found.append(f"s:{key(question.speaker)}")
    if question.about_vote and not question.measure:
        found.append("k:vote")
    if question.about_denial:
        found.append("k:denial")
    for word in question.words:
        found += (
            [term for term in sorted(word.terms) if term[0] == "i"][:1]
            if word.is_concept
            else [f"w:{plain(stem(word.written, question.language))}"]
        )
    return tuple(dict.fromkeys(found))
