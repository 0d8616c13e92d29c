"""An article becomes claims: every sentence ends as claims, as nothing, or as "unparsed"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims import dates
from claims.annotate import Annotated, annotate, strip
from claims.attribution import Attribution, attributions
from claims.circumstances import (
    agent_of,
    event_date,
    is_elsewhere,
    is_negated,
    modality_of,
    place_of,
    speakers_place,
    telling_date,
)
from claims.denied import resolved
from claims.gazetteer import place_path
from claims.kinds import agreements, counts, denials, events, statements, votes
from claims.kinds.chambers import Floor
from claims.kinds.draft import Draft, segments
from claims.kinds.tallies import may_be_votes
from claims.language import language_of
from claims.lexicon import Lexicon, lexicon
from claims.measures import measure
from claims.memory import Memory, Speaker
from claims.model import GOES_ON, Article, Basis, Claim, EventDate, Kind, Modality, Span
from claims.noise import HEADING, fancy, is_fragment, is_opinion_piece, silence
from claims.phrases import opening_phrase
from claims.relays import relays, speaker_of
from claims.speakers import introduce, people_named, speaker_in, subject_in
from claims.speech import Speech
from claims.story import opening, story
from claims.text import key, sentences

#: name and version of this extractor: stored with each claim
EXTRACTOR = "rules-1"
#: longer paragraphs are cut nowhere, longer sentences are read no further
LONGEST_SENTENCE = 2000
#: so many may speak as one
_FEW = 9
_TOLD = (Modality.ASSERTED, Modality.DENIED, Modality.ALLEGED)
#: the language of a paragraph this long is looked at on its own
_OWN_LANGUAGE = 60
#: a sentence with such a share of the article's own function words needs no look
_PLAINLY_OWN = 0.15
#: a line of no more words than this may be nothing but a name with its title
_LONGEST_NAME = 6
#: rules that read a claim from a word made for it
_SURE_RULES = frozenset({counts.COUNTED, "denial by verb", "vote by tally"})
#: how sure a claim is of another place that is not known: nobody is alarmed by it
_LOST = 0.4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sentence: "claims", "nothing" or "unparsed", with a note for each thing seen."""

    span: Span
    status: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article read. `language` is None where it is not supported: then there are no claims."""

    article: Article
    language: str | None
    claims: tuple[Claim, ...]
    sentences: tuple[Outcome, ...]


def extract(article: Article) -> Extraction:
    """The claims of an article, in the order of the text. Reads the clock nowhere: dates count from the page's own."""
    language = _language(article)
    if language is None:
        return Extraction(article, None, (), ())
    reader = _Reader(article, language)
    outcomes = reader.read_all()
    return Extraction(article, language, resolved(reader.claims), tuple(outcomes))


def _language(article: Article) -> str | None:
    try:
        if article.language:
            return lexicon(article.language).language
    except KeyError:
        return None
    return language_of(article.text)


class _Reader:
    """Reads an article's sentences in order, gathers their claims, and remembers who spoke and what was voted on."""

    def __init__(self, article: Article, language: str) -> None:
        self.article = article
        self.language = language
        self.memory = Memory()
        self.story = story(article, language)
        self.opening = opening(article, language)
        self.anchor, self.near = dates.reference(article.published, article.text, lexicon(language))
        self.title = key(article.text.strip().split("\n", 1)[0])
        self.has_body = "\n" in article.text.strip()
        self.claims: list[Claim] = []
        self.last_count: Draft | None = None
        #: where and when the last count of each family of measures holds
        self.places: dict[str, str] = {}
        self.floor = Floor()
        self.dates: dict[str, EventDate] = {}
        #: the sentence before, where it asserts something and nobody is said to say it
        self.unsaid: tuple[Annotated, int] | None = None
        #: "X said this", where it cannot mean the sentence before: it means the next one
        self.announced: tuple[Annotated, Attribution] | None = None
        self.speech = Speech(article.text)

    def read_all(self) -> list[Outcome]:
        """Gather the claims of all sentences, and say what became of each."""
        found = sentences(self.article.text, lexicon(self.language).abbreviations)
        read = [self._sentence(one.span, one.paragraph) for one in found]
        for one in read:
            if isinstance(one, Annotated):
                introduce(one, self.memory)
        opinion = is_opinion_piece([one for one in read if isinstance(one, Annotated)])
        return [self.read(one, opinion=opinion) if isinstance(one, Annotated) else one for one in read]

    def _sentence(self, span: Span, paragraph: int) -> Annotated | Outcome:
        """A sentence annotated in its own language, or why it is not looked at."""
        text = self.article.text
        if span.end - span.start > LONGEST_SENTENCE:
            return Outcome(span, "unparsed", ("longer than any sentence",))
        if self.has_body and (paragraph == 0 or key(span.of(text)) == self.title):
            return Outcome(span, "nothing", ("headline",))
        words = self._lexicon(span.of(text))
        if words is None:
            return Outcome(span, "nothing", ("another language",))
        return annotate(text, span, paragraph, words, self.anchor, near=self.near)

    def read(self, sentence: Annotated, *, opinion: bool) -> Outcome:
        """Gather the claims of one sentence, and say what became of it. `opinion`: the page is an opinion piece."""
        before, self.unsaid = self.unsaid, None
        announced, self.announced = self.announced, None
        span = Span(sentence.offset, sentence.offset + len(sentence.text))
        reason = silence(sentence)
        reason = None if reason == HEADING and not self.has_body and sentence.of("deny") else reason
        reason = reason or ("fragment" if self.has_body and is_fragment(sentence) else None)
        says = [] if reason else attributions(sentence, self.memory)
        reason = (
            reason
            or fancy(sentence, says)
            or ("opinion piece" if opinion and not any(_is_somebody(one) for one in says) else None)
        )
        if reason:
            self._note_name(sentence)
            return Outcome(span, "nothing", (reason,))
        if len(says) == 1 and _is_only_announced(sentence, says[0]):
            if before:
                self._attribute(*before, said=says[0], saying=sentence)
            else:
                self.announced = (sentence, says[0])
            return Outcome(span, "nothing", ("names the speaker of another sentence",))
        self._note_accused(sentence, says)
        first = len(self.claims)
        self.unsaid = None if says else (sentence, first)
        if not says:
            self._note_subject(sentence)
        outcome = self._read(sentence, says, span)
        if announced and not says:
            self._attribute(sentence, first, said=announced[1], saying=announced[0])
        for told, at, one, saying in self.speech.hear(sentence, says, first):
            self._attribute(told, at, said=one, saying=saying)
        made = self.claims[first:]
        return Outcome(span, "claims", tuple(claim.rule for claim in made)) if made else outcome

    def _read(self, sentence: Annotated, says: list[Attribution], span: Span) -> Outcome:
        drafts = self._drafts(sentence, says)
        read = (self._claim(sentence, draft, piece, says) for draft, piece in _with_pieces(sentence, drafts))
        torn = self.speech.is_torn(sentence)
        claims = [
            claim
            for claim in read
            if any(map(str.isalnum, claim.evidence))
            and not (torn and claim.kind is Kind.STATEMENT and claim.speaker_unresolved)
        ]
        self.claims += claims
        if claims:
            return Outcome(span, "claims", tuple(claim.rule for claim in claims))
        self._note_name(sentence)
        seen = [f"number {number.figure.of(sentence.text)}" for number in sentence.numbers if number.kind == "count"]
        seen += [
            f"{name} {cue.span.of(sentence.text)}" for name in ("deny", "vote", "agree") for cue in sentence.of(name)
        ]
        return Outcome(span, "unparsed" if seen else "nothing", tuple(seen))

    def _note_subject(self, sentence: Annotated) -> None:
        """Remember the person or the body that a sentence is about: "she" or "it" in the next one may be that."""
        subject = opening_phrase(sentence, Span(sentence.dateline, len(sentence.text)))
        if subject is None:
            return
        named = subject_in(sentence, subject, self.memory)
        if named and named.person:
            self.memory.note(named, subject.of(sentence.text))
        elif named:
            self.memory.mention(named, subject.of(sentence.text))

    def _note_accused(self, sentence: Annotated, says: list[Attribution]) -> None:
        """Remember whom a sentence names beside those who speak in it: "he denies it" may be said of them."""
        said = {one.speaker.name for one in says if one.speaker}
        self.memory.accused = [one for one in people_named(sentence, sentence.whole, self.memory) if one not in said]

    def _note_name(self, sentence: Annotated) -> None:
        """Remember whom a fragment names: "Presiden Polandia Andrzej Duda" on a line of its own."""
        if len(sentence.words) <= _LONGEST_NAME and not sentence.text.endswith("."):
            named = speaker_in(sentence, sentence.whole, self.memory)
            if named and named.person:
                self.memory.note(named, sentence.text)

    def _same_place(self, sentence: Annotated, draft: Draft, place: str | None) -> str | None:
        """A count that says nowhere where holds where the article's last count of its family does."""
        family = measure(draft.measure).family
        named = any(one.entity.kind in ("place", "country") and not one.demonym for one in sentence.names)
        if place:
            self.places[family] = place
        return place or (None if named or is_elsewhere(sentence) else self.places.get(family))

    def _same_date(self, sentence: Annotated, draft: Draft, event: EventDate | None) -> EventDate | None:
        """A count of people that says nowhere when is of the day of the article's last count of its family."""
        if measure(draft.measure).unit_class != "people":
            return event
        family = measure(draft.measure).family
        if event:
            self.dates[family] = event
        return event or (None if sentence.dates else self.dates.get(family))

    def _attribute(self, told: Annotated, first: int, *, said: Attribution, saying: Annotated) -> None:
        """Give a sentence, whose claims begin at `first`, the speaker that the sentence beside it names."""
        here = [at for at in range(first, len(self.claims)) if self.claims[at].start < told.offset + len(told.text)]
        if not here:
            self.claims.insert(first, self._claim(told, statements.whole(told), told.whole, []))
            here = [first]
        for at in here:
            self.claims[at] = replace(
                self.claims[at],
                speaker=said.speaker.name or None if said.speaker else None,
                speaker_unresolved=bool(said.speaker and not said.speaker.resolved),
                cue=said.cue.of(saying.text),
                said_on=telling_date(saying, said, said.content),
            )

    def _lexicon(self, sentence: str) -> Lexicon | None:
        """The lexicon of the sentence's own language: an article may mix them."""
        if len(sentence) < _OWN_LANGUAGE:
            return lexicon(self.language)
        mine = lexicon(self.language)
        if _share(sentence, mine.forms("function")) >= _PLAINLY_OWN:
            return mine
        own = language_of(sentence, self.language)
        return lexicon(own) if own else None

    def _drafts(self, sentence: Annotated, says: list[Attribution]) -> list[Draft]:
        denied = _not_taken_back(denials.find(sentence, says, self.memory), sentence, says)
        voted = votes.find(sentence, says, self.floor)
        told = statements.supposed(sentence, says) or statements.unspoken(sentence, says, self.memory)
        happened = [] if told else events.find(sentence, says)
        told = told or ([] if happened else statements.refused(sentence, says))
        ballots = voted or [one for one in happened if one.measure == "vote" and not denied]
        found = [draft for draft in counts.find(sentence, self.last_count) if not _counts_speakers(draft, says)]
        found = _outside(found, denied)
        counted = [one for one in found if _outside([one], ballots) or not _is_tallied(sentence, one, ballots)]
        agreed = agreements.find(sentence, says) if not (ballots or told) else []
        counted = _beside_others(counted, [*denied, *ballots, *agreed])
        telling = [one for one in counted if counts.tells_what(one)]
        self.last_count = telling[-1] if telling else self.last_count
        drafts = [*denied, *ballots, *counted, *_outside(agreed, denied)]
        drafts += _outside([*told, *happened], drafts)
        drafts += _unsaid(statements.find(sentence, says), drafts)
        drafts = drafts or events.dated(sentence, says)
        return sorted(drafts, key=lambda draft: draft.anchor.start)

    def _claim(self, sentence: Annotated, draft: Draft, piece: Span, says: list[Attribution]) -> Claim:
        own = [one for one in says if one.kind == "deny"] if draft.kind is Kind.DENIAL else []
        said = draft.said or speaker_of(sentence, own or says, draft.anchor)
        speaker = said.speaker if said else None
        scope = draft.scope or piece
        modality = draft.modality or modality_of(sentence, draft, piece, said)
        event = event_date(sentence, scope, draft, said, modality)
        said_on = telling_date(sentence, said, scope)
        if event is None and said_on and modality in _TOLD and draft.kind not in (Kind.VOTE, Kind.AGREEMENT):
            event = EventDate.day(said_on)  # without a date of its own it holds as of the day that it is told
        place = place_of(sentence, draft, scope, said)
        if draft.rule == GOES_ON and place and said and place in said.frame.of(sentence.text):
            place = None  # who gives a bare figure gives it of the place of the one before
        if draft.kind is Kind.QUANTITY:
            place = self._same_place(sentence, draft, place or speakers_place(sentence, said))
            event = self._same_date(sentence, draft, event) if modality in _TOLD else event
        evidence = _evidence(sentence, piece)
        quantity = draft.quantity
        if quantity and modality is Modality.ASSERTED and event and self.anchor and event.first > self.anchor:
            modality = Modality.PLANNED  # "a third stage, of 50 prisoners, is for 2 April"
        if quantity and modality is Modality.PLANNED:
            quantity = replace(quantity, basis=Basis.PLANNED)
        return Claim(
            kind=draft.kind,
            evidence=evidence.of(sentence.text),
            start=sentence.offset + evidence.start,
            measure=draft.measure,
            speaker=speaker.name or None if speaker else None,
            speaker_unresolved=bool(speaker and not speaker.resolved),
            speaker_role=speaker.role if speaker else None,
            via=tuple(dict.fromkeys(other.speaker.name for other in relays(says, said) if other.speaker))
            if said
            else (),
            cue=said.cue.of(sentence.text) if said else "",
            agent=draft.agent or agent_of(sentence, draft, scope),
            object=draft.object,
            subgroup=draft.subgroup,
            quantity=quantity,
            vote=draft.vote,
            denied=draft.denied,
            place=place,
            place_path=place_path(place) if place else (),
            event_date=event,
            story=self.story,
            opening=self.opening,
            said_on=said_on,
            published=self.article.published or self.anchor,
            negated=draft.negated or is_negated(sentence, draft, piece),
            modality=modality,
            confidence=_LOST if place is None and is_elsewhere(sentence) else _confidence(draft, speaker, sentence),
            language=sentence.language,
            rule=_rule(draft, said),
        )


def _rule(draft: Draft, said: Attribution | None) -> str:
    """The rule of a claim: what is promised or demanded beside a figure is another one, however bare it stands."""
    wanted = draft.rule == GOES_ON and said is not None and said.kind in ("pledge", "demand")
    return counts.COUNTED if wanted else draft.rule


def _is_only_announced(sentence: Annotated, one: Attribution) -> bool:
    """Whether what is said is only a word for another sentence: "said so", "mengatakan hal ini"."""
    if one.kind == "deny":
        return False
    rest = [
        word
        for word in sentence.words_in(one.content)
        if not any(cue.span.holds(word) for cue in sentence.of("anaphor"))
        and not any(mention.span.overlaps(word) for mention in sentence.dates)
        and not sentence.is_function(word)
        and not any(cue.span.overlaps(word) for cue in sentence.of("date_word"))
    ]
    return not rest and any(one.content.overlaps(cue.span) for cue in sentence.of("anaphor"))


def _share(sentence: str, forms: frozenset[str]) -> float:
    """How many of a sentence's words are among the forms, from 0 to 1."""
    written = sentence.lower().split()
    return sum(word in forms for word in written) / max(len(written), 1)


def _is_somebody(one: Attribution) -> bool:
    """Whether a person or somebody with a name speaks, not "somebody" or "the police" in general."""
    return one.speaker is not None and (one.speaker.person or one.speaker.role is not None)


def _is_tallied(sentence: Annotated, count: Draft, ballots: list[Draft]) -> bool:
    """Whether a figure inside a ballot is one of its tallies, or may be."""
    figure = count.quantity.value if count.quantity else None
    if any(number.percent and number.span == count.anchor for number in sentence.numbers):
        return False
    votes = [one.vote for one in ballots if one.vote]
    tallies = {number for vote in votes for number in (vote.in_favour, vote.against, vote.abstain, vote.absent)}
    return may_be_votes(count.measure) or figure in tallies


def _beside_others(counted: list[Draft], others: list[Draft]) -> list[Draft]:
    """The counts without those that only accompany what else a sentence tells: how long it lasts, and a single one."""
    weighty = [draft for draft in counted if not _accompanies(draft)]
    return weighty if weighty or others else counted


def _accompanies(draft: Draft) -> bool:
    single = draft.quantity is not None and draft.quantity.low == draft.quantity.high == 1 and draft.rule != GOES_ON
    return single or measure(draft.measure).unit_class == "time"


def _counts_speakers(draft: Draft, says: list[Attribution]) -> bool:
    """Whether a number only counts those who speak: "two officials said"; a crowd that speaks is counted too."""
    quantity = draft.quantity
    few = quantity is not None and quantity.high is not None and quantity.high <= _FEW
    return few and any(one.frame.holds(draft.anchor) and not one.content.overlaps(draft.anchor) for one in says)


def _outside(drafts: list[Draft], others: list[Draft]) -> list[Draft]:
    """The drafts that do not stand inside what others already say."""
    taken = [other.scope or other.anchor for other in others]
    return [draft for draft in drafts if not any(span.overlaps(draft.anchor) for span in taken)]


def _unsaid(said: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """Statements whose content holds no other claim."""
    return [one for one in said if not any(one.anchor.overlaps(draft.anchor) for draft in drafts)]


def _not_taken_back(denied: list[Draft], sentence: Annotated, says: list[Attribution]) -> list[Draft]:
    """The denials without those of somebody who now admits it: "X, who had denied it, admitted that …"."""
    admits = [one for one in says if any(cue.span.overlaps(one.cue) for cue in sentence.of("admission"))]
    return [draft for draft in denied if not any(one.frame.holds(draft.anchor) for one in admits)]


def _evidence(sentence: Annotated, piece: Span) -> Span:
    """A piece without the dateline before it and the conjunction that joins it to what stands before, unless that says
    that it is a part of it."""
    span = strip(sentence.text, Span(max(piece.start, sentence.dateline), piece.end))
    for cue in sentence.of("boundary"):
        if sentence.is_one(cue.span, "of_them"):
            continue
        if cue.span.start == span.start and piece.start > 0 and cue.span.end < span.end:
            span = strip(sentence.text, Span(cue.span.end, span.end))
    return span


def _with_pieces(sentence: Annotated, drafts: list[Draft]) -> Iterator[tuple[Draft, Span]]:
    """Each draft with its piece of the sentence; a ballot keeps all that it was read from."""
    cut = [draft for draft in drafts if draft.kind is not Kind.VOTE]
    pieces = dict(zip(map(id, cut), segments(sentence, [draft.anchor for draft in cut]), strict=True))
    yield from ((draft, pieces.get(id(draft)) or draft.scope or sentence.whole) for draft in drafts)


def _confidence(draft: Draft, speaker: Speaker | None, sentence: Annotated) -> float:
    """How sure: a measured noun, a speaker who is known and a whole sentence each add to it."""
    score = 0.6 + (0.15 if speaker and speaker.resolved else 0.0)
    score += 0.15 if draft.rule in _SURE_RULES or (draft.rule == GOES_ON and measure(draft.measure).known) else 0.0
    score += 0.1 if sentence.text.rstrip().endswith((".", "”", '"', "»")) else 0.0
    return round(min(score, 1.0), 2)
