"""Who says it: finds each verb or phrase of saying, the one who speaks, and the words that are theirs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.annotate import Annotated, strip
from claims.content import after_frame, around, before_frame, before_put_in, stop_between
from claims.denying import behind_resumptive, denials, is_after_comma, one_word, only_points, points_back, taken_up
from claims.lexicon import Cue
from claims.memory import Memory, Speaker
from claims.model import Span
from claims.phrases import (
    counting,
    is_infinitive,
    is_inverted,
    is_no_subject,
    is_noun,
    is_passive,
    opening_phrase,
    phrase_after,
    phrase_before,
    source_before,
    subject_before,
    verb_start,
)
from claims.speakers import has_voice, people_named, speaker_in, subject_in

#: how many characters may stand between a passive verb and its "by": "reported missing by …"
_BY_REACH = 12
#: characters between a verb and a "not" behind it
_NEGATION_REACH = 60
#: letters; an s at the end of shorter words joins nothing
_SHORT = 5
#: words of a phrase that nobody knows, and that still names who speaks
_SHORT_NAME = 4
#: words of a subject that a saying may part from its verb
_SUBJECT = 3


@dataclass(frozen=True, slots=True)
class Attribution:
    """`speaker` says `content`. For a passive ("is accused of") and for hearsay there is no speaker."""

    cue: Span
    kind: str
    speaker: Speaker | None
    content: Span
    #: the name, the verb and what stands with them: "kata Gilang pada Senin"
    frame: Span
    #: what stands before a speaker who is put into the middle of it
    also: Span | None = None
    #: the speaker only cites somebody else, who says it
    cites: bool = False

    def reaches(self, anchor: Span) -> bool:
        """Whether what stands at `anchor` may be its word."""
        also = self.also is not None and self.also.overlaps(anchor)
        return self.content.overlaps(anchor) or self.frame.overlaps(anchor) or also

    @property
    def hearsay(self) -> bool:
        """Whether the speaker only passes on that others say so, suspects, or accuses."""
        return self.kind in ("hearsay", "accused", "accuse", "suspect")


def attributions(sentence: Annotated, memory: Memory) -> list[Attribution]:
    """The attributions of a sentence, left to right. Remembers the speakers for the sentences that follow."""
    found = list(_sources(sentence))
    for cue in sorted([*sentence.of("say"), *denials(sentence)], key=lambda cue: cue.span.start):
        if sentence.in_quote(cue.span) or _negated(sentence, cue) or is_noun(sentence, cue) or _supposed(sentence, cue):
            continue
        attribution = _read(sentence, cue, memory) or _denied_too(sentence, cue, found)
        if attribution is None:
            continue
        attribution = of_clause_before(sentence, _by_accused(sentence, attribution, memory), found, memory)
        if attribution.speaker:
            memory.note(attribution.speaker, attribution.frame.of(sentence.text))
        found.append(attribution)
    found = [_undenied(sentence, one) for one in found]
    found = _same_subject(sentence, sorted(found, key=lambda one: one.cue.start))
    found = _parted(sentence, _with_cited(sentence, found))
    found += _before_colon(sentence, found, memory)
    return found or list(_reported(sentence, memory))


def _before_colon(sentence: Annotated, found: list[Attribution], memory: Memory) -> Iterator[Attribution]:
    """ "The mayor saw it otherwise: the town had paid": whatever verb it is, what follows a colon is the word of whom
    the clause before it is about."""
    colon = sentence.text.find(": ", sentence.dateline)
    content = strip(sentence.text, Span(colon + 1, len(sentence.text)))
    clause = Span(sentence.dateline, colon)
    if (
        colon < 0
        or not sentence.words_in(content)
        or sentence.in_quote(clause)
        or any(map(content.overlaps, _held(found)))
    ):
        return
    subject = opening_phrase(sentence, clause)
    speaker = subject_in(sentence, subject, memory) if subject else None
    decides = any(sentence.of(name, clause) for name in ("vote", "agree"))
    lists = any(clause.holds(number.span) for number in counting(sentence))
    if subject and speaker and not (decides or lists) and sentence.words_in(Span(subject.end, colon)):
        memory.note(speaker, subject.of(sentence.text))
        verb = strip(sentence.text, Span(subject.end, colon))
        yield Attribution(verb, "neutral", speaker, content, Span(subject.start, verb.end))


def _held(found: list[Attribution]) -> Iterator[Span]:
    """All that somebody is already said to say."""
    for one in found:
        yield from (one.content, one.frame)


def _same_subject(sentence: Annotated, found: list[Attribution]) -> list[Attribution]:
    """ "The Red Cross says it has registered …": the pronoun that nothing else resolves is whoever says so."""
    read = list(found)
    for at, (one, other) in enumerate(pairwise(found), start=1):
        if one.speaker and one.speaker.resolved and other.speaker and not other.speaker.resolved:
            inside = [cue for cue in sentence.of("pronoun", other.frame) if len(sentence.words_in(cue.span)) == 1]
            if any((cue.get("refers") == "person") == one.speaker.person for cue in inside):
                read[at] = replace(other, speaker=one.speaker)
                if other.content.end <= other.frame.start:  # "X disagreed: …, he told reporters"
                    read[at - 1] = replace(
                        one, content=Span(one.content.start, min(one.content.end, other.content.end))
                    )
    return read


def _parted(sentence: Annotated, found: list[Attribution]) -> list[Attribution]:
    """ "X demanded … and accused …": what the first verb says ends where the second one goes on."""
    read = list(found)
    for at, (one, other) in enumerate(pairwise(found)):
        verb = verb_start(sentence, other.cue.start)
        joint = next((cue.span for cue in sentence.of("boundary") if cue.span.end + 1 == verb), None)
        if joint and one.speaker == other.speaker and one.cue.end <= one.content.start < joint.start < one.content.end:
            rest = strip(sentence.text, Span(one.content.start, joint.start))
            if sentence.words_in(rest):
                read[at] = replace(one, content=rest)
                read[at + 1] = replace(other, frame=Span(verb, max(other.frame.end, other.cue.end)))
    return read


def _with_cited(sentence: Annotated, found: list[Attribution]) -> list[Attribution]:
    """ "The agency, citing the ministry, said …": what the agency says is the ministry's word."""
    citing = [cue.span for cue in sentence.of("say") if cue.get("cites")]
    read = list(found)
    for at, cited in enumerate(found):
        if cited.cue not in citing:
            continue
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(found) and _are_beside(sentence, cited.frame, found[beside]):
                content = _joined(cited.content, found[beside].content)
                read[at] = replace(cited, content=content)
                read[beside] = replace(found[beside], content=_joined(content, cited.cue), cites=True)
                break
    return read


def _are_beside(sentence: Annotated, cited: Span, other: Attribution) -> bool:
    """Whether no more than a comma parts who is cited from the one who cites."""
    if other.frame.end <= cited.start:
        return not sentence.words_in(Span(other.frame.end, cited.start))
    return other.cue.start >= cited.end and not sentence.words_in(Span(cited.end, other.cue.start))


def _joined(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _denied_too(sentence: Annotated, cue: Cue, found: list[Attribution]) -> Attribution | None:
    """ "The police said 12 were hurt and denied that …": where those before the second verb cannot speak, it is whoever
    spoke first."""
    before = [one for one in found if one.speaker and one.frame.end <= cue.span.start]
    joint = verb_start(sentence, cue.span.start) - 1
    relative = any(one.span.end == joint for one in sentence.of("relative"))
    content = after_frame(sentence, cue.span.end)
    if cue.section != "deny" or not before or not content or relative or not _is_joined(sentence, cue):
        return None
    return Attribution(cue.span, "deny", before[-1].speaker, content, Span(joint + 1, cue.span.end))


def _by_accused(sentence: Annotated, one: Attribution, memory: Memory) -> Attribution:
    """Who "he" is that denies what the sentence before says of a person: nobody denies a body's word in its place, nor
    his own."""
    subject = strip(sentence.text, Span(one.frame.start, max(one.frame.start, one.cue.start)))
    is_he = any(cue.span == subject and cue.get("refers") == "person" for cue in sentence.of("pronoun"))
    if one.kind != "deny" or one.speaker is None or len(memory.accused) != 1:
        return one
    if not (is_he or verb_start(sentence, one.cue.start) == one.frame.start):
        return one
    if one.speaker.resolved and one.speaker.person and not only_points(sentence, one.cue, one.content):
        return one
    return replace(one, speaker=Speaker(memory.accused[0], person=True))


def of_clause_before(sentence: Annotated, one: Attribution, found: list[Attribution], memory: Memory) -> Attribution:
    """ "…, ce que conteste le ministère", "…, a claim that he denies": what a denial takes up is not in its own words,
    and "he" is none of those who said it, but who was named in it."""
    taken = taken_up(sentence, one.cue, one.frame)
    if one.kind != "deny" or taken is None:
        return one
    said = {other.speaker.name for other in found if other.speaker}
    named = [name for name in people_named(sentence, Span(0, taken.start), memory) if name not in said]
    refers = any(cue.get("refers") == "person" for cue in sentence.of("pronoun", Span(taken.end, one.frame.end)))
    carried = one.frame == one.cue
    he = Speaker(named[-1], person=True) if named and (refers or carried) else one.speaker
    return replace(one, speaker=he, content=taken)


def _undenied(sentence: Annotated, one: Attribution) -> Attribution:
    """What somebody says, without the clause behind a comma that takes it up and denies it."""
    for cue in sentence.of("resumptive", one.content):
        clause = Span(cue.span.end, sentence.right_stop(cue.span.end))
        rest = strip(sentence.text, Span(one.content.start, cue.span.start))
        if is_after_comma(sentence, cue.span) and sentence.of("deny", clause) and sentence.words_in(rest):
            return replace(one, content=rest)
    return one


def _supposed(sentence: Annotated, cue: Cue) -> bool:
    """ "If the audit confirms …": nobody has said anything yet."""
    ifs = (one.span.end for one in sentence.of("modality") if one.get("modality") == "conditional")
    return any(end <= cue.span.start and not stop_between(sentence, end, cue.span.start) for end in ifs)


def _sources(sentence: Annotated) -> Iterator[Attribution]:
    """ "nach Polizeiangaben": a source written as one word with whose it is."""
    for cue in sentence.of("source"):
        written = sentence.folded[cue.span.start : cue.span.end]
        ending = next((form for form in cue.entry.forms if written.endswith(form) and written != form), None)
        if ending and not sentence.in_quote(cue.span):
            name = sentence.text[cue.span.start : cue.span.end - len(ending)]
            yield Attribution(cue.span, "neutral", Speaker(_without_joint(name)), sentence.whole, cue.span)


def _without_joint(word: str) -> str:
    """The first part of a compound without the hyphen or the s that joins it to the next."""
    bare = word.rstrip("-")
    return bare if bare != word or len(bare) < _SHORT or bare.endswith("ss") else bare.removesuffix("s")


def _reported(sentence: Annotated, memory: Memory) -> Iterator[Attribution]:
    """A sentence in the mood of reported speech ("Es gebe keine Opfer.") goes on with who spoke before it."""
    for cue in sentence.of("reported"):
        if memory.last and not sentence.in_quote(cue.span) and sentence.clauses[0].holds(cue.span):
            yield Attribution(cue.span, "neutral", memory.last, sentence.whole, cue.span)
            return


def _negated(sentence: Annotated, cue: Cue) -> bool:
    """ "has not said", "tidak mengatakan", "bestätigte die Zahl nicht": nothing is said."""
    return any(
        (0 <= cue.span.start - other.span.end <= 12 and not stop_between(sentence, other.span.end, cue.span.start))
        or (
            other.get("behind")
            and cue.get("order") in (None, "verb")
            and 0 <= other.span.start - cue.span.end <= _NEGATION_REACH
            and not stop_between(sentence, cue.span.end, other.span.start)
        )
        for other in (*sentence.of("negation"), *sentence.of("refusal"))
    )


def _read(sentence: Annotated, cue: Cue, memory: Memory) -> Attribution | None:
    order, kind = cue.get("order"), "deny" if cue.section == "deny" else str(cue.get("kind"))
    if cue.section == "gives":
        return _gives(sentence, cue, kind, memory)
    if order == "hearsay":
        return Attribution(cue.span, "hearsay", None, sentence.clause_of(cue.span), cue.span)
    if order == "passive":
        return Attribution(cue.span, "accused", None, sentence.clause_of(cue.span), cue.span)
    if cue.get("carried"):
        known = {"all": memory.last, "body": memory.last_body, None: memory.last_person or memory.last}
        subject = opening_phrase(sentence, Span(sentence.dateline, cue.span.start))
        speaker = known[cue.get("refers")] or (subject_in(sentence, subject, memory) if subject else None)
        return Attribution(
            cue.span,
            kind,
            speaker or Speaker("", resolved=False),
            before_frame(sentence, cue.span) or after_frame(sentence, cue.span.end) or cue.span,
            cue.span,
        )
    if order == "prefix":
        return _according_to(sentence, cue, kind, memory)
    if order in ("suffix", "own"):
        phrase = (source_before if order == "suffix" else subject_before)(sentence, cue.span.start)
        speaker = speaker_in(sentence, phrase, memory) if phrase else None
        return Attribution(cue.span, kind, speaker, sentence.whole, cue.span) if speaker else None
    if order == "inverted" or is_inverted(sentence, cue):
        return _speaker_follows(sentence, cue, kind, memory) or _speaker_precedes(sentence, cue, kind, memory)
    if is_infinitive(sentence, cue):
        return None
    by_agent = None if cue.get("quoted") else _by_agent(sentence, cue, kind, memory)
    if by_agent or (is_passive(sentence, cue) and not cue.get("quoted")):
        return by_agent
    if sentence.lexicon.settings.get("verb_second"):
        phrase = phrase_before(sentence, cue.span.start)
        if phrase is None or is_no_subject(sentence, phrase):
            return _speaker_follows(sentence, cue, kind, memory)
    found = _speaker_precedes(sentence, cue, kind, memory)
    if found is None and sentence.lexicon.settings.get("null_subject") and _is_joined(sentence, cue):
        found = _nobody_named(sentence, cue, kind, memory)
    if found is None and sentence.lexicon.settings.get("verb_first") and not _is_counted(sentence, cue):
        found = _speaker_follows(sentence, cue, kind, memory)
    if found is None and sentence.lexicon.settings.get("null_subject"):
        found = _nobody_named(sentence, cue, kind, memory)
    return found


def _gives(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    """Who gives a figure: whoever stands before the verb, or behind it where the verb stands second."""
    if is_infinitive(sentence, cue) or is_passive(sentence, cue):
        return None
    phrase = phrase_before(sentence, cue.span.start)
    if sentence.lexicon.settings.get("verb_second") and (phrase is None or is_no_subject(sentence, phrase)):
        return _speaker_follows(sentence, cue, kind, memory)
    return _speaker_precedes(sentence, cue, kind, memory) if phrase and has_voice(sentence, phrase) else None


def _is_counted(sentence: Annotated, cue: Cue) -> bool:
    """Whether those before a verb are a number of people: "2 000 manifestants ont réclamé la démission …"."""
    phrase = phrase_before(sentence, cue.span.start)
    return phrase is not None and any(phrase.overlaps(number.span) for number in counting(sentence))


def _is_joined(sentence: Annotated, cue: Cue) -> bool:
    """Whether "and" or the like stands right before a verb."""
    before = len(sentence.text[: verb_start(sentence, cue.span.start)].rstrip())
    return any(joint.span.end == before for joint in sentence.of("boundary"))


def _nobody_named(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    """Where a verb needs no subject ("Añadió que …", "«…», declarou num comício", "… y acusó a la policía"), it is who
    spoke before. The verb begins its clause, and no name or noun stands before it or right behind it."""
    start = verb_start(sentence, cue.span.start)
    before = sentence.text[:start].rstrip()
    follows = sentence.word_from(cue.span.end)
    free = follows is None or sentence.is_function(follows) or bool(sentence.text[cue.span.end : follows.start].strip())
    free = free or (kind == "deny" and follows is not None and not sentence.is_capital(follows))  # "Negó haber …"
    joined = _is_joined(sentence, cue)
    known = memory.last if joined else memory.last_person or memory.last
    if known is None or not free or not (joined or not before or before[-1] in ',;"”“»'):
        return None
    frame = Span(start, cue.span.end)
    leads = joined or not before or before[-1] == ";"
    content = after_frame(sentence, frame.end) if leads else before_frame(sentence, frame)
    return Attribution(cue.span, kind, known, content, frame) if content else None


def _by_agent(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    """A passive: "… was denied by X", "dibantah oleh X". None where nobody is named behind "by"."""
    by = next((by.span.end for by in sentence.of("passive_by") if 0 <= by.span.start - cue.span.end <= _BY_REACH), None)
    if by is None and sentence.lexicon.settings.get("verb_second"):
        return _by_agent_before(sentence, cue, kind, memory)
    if any(by.span.end == cue.span.end for by in sentence.of("passive_by", cue.span)):
        by = cue.span.end
    phrase = phrase_after(sentence, by) if by is not None else None
    speaker = speaker_in(sentence, phrase, memory) if phrase else None
    if phrase is None or speaker is None:
        return None
    content = before_frame(sentence, cue.span) or after_frame(sentence, phrase.end)
    return Attribution(cue.span, kind, speaker, content, Span(cue.span.start, phrase.end)) if content else None


def _by_agent_before(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    """ "… wurde von Moskau dementiert": where the verb stands last, who does it stands between the two parts of it."""
    auxiliaries = [one for one in sentence.of("passive_aux") if one.span.end <= cue.span.start]
    start = max([sentence.left_stop(cue.span.start), *(one.span.end for one in auxiliaries)])
    by = next((one for one in sentence.of("passive_by", Span(start, cue.span.start))), None)
    if by is None or not auxiliaries:
        return None
    phrase = Span(by.span.end, cue.span.start)
    speaker = speaker_in(sentence, phrase, memory)
    content = before_frame(sentence, by.span) or after_frame(sentence, cue.span.end)
    return Attribution(cue.span, kind, speaker, content, Span(by.span.start, cue.span.end)) if content else None


def _according_to(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    """ "According to X, …", "…, according to X", "…, according to X, …": X says all that stands around it."""
    said = _speaker_follows(sentence, cue, kind, memory)
    if said is None or not after_frame(sentence, said.frame.end) or not before_frame(sentence, cue.span):
        return said
    return replace(said, content=sentence.clause_of(cue.span))


def _speaker_follows(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    phrase = phrase_after(sentence, cue.span.end)
    if phrase and sentence.lexicon.settings.get("verb_first") and is_no_subject(sentence, phrase):
        return None
    speaker = speaker_in(sentence, phrase, memory) if phrase else None
    if phrase is None or speaker is None:
        return None
    start = verb_start(sentence, cue.span.start)
    frame = Span(start, phrase.end)
    content = before_frame(sentence, frame) or after_frame(sentence, phrase.end) or _word_before(sentence, start)
    if any(quote.start >= phrase.end for quote in sentence.quotes) and sentence.quotes[0].end <= start:
        content = sentence.whole  # "…," said X, "…"
    if content and not sentence.quotes and _splits(sentence, content, frame):
        content = sentence.whole
    if content is None and kind == "deny":
        content = cue.span  # "Dem widersprach X"
    if content is None:
        return None
    return Attribution(cue.span, kind, speaker, content, frame)


def _splits(sentence: Annotated, before: Span, frame: Span) -> bool:
    """Whether a saying between commas parts a short subject from its verb: "The ferry, the mayor said, was empty"."""
    closed = sentence.text[frame.end : frame.end + 1] == "," and sentence.text[: frame.start].rstrip()[-1:] == ","
    subject = closed and before.end <= frame.start and len(sentence.words_in(before)) <= _SUBJECT
    verb = any(before.holds(cue.span) for cue in sentence.of("measure_verb"))
    counts = [number.span.start for number in counting(sentence)]
    figure = any(at > frame.end for at in counts) and not any(at < frame.start for at in counts)
    return subject and (figure or not verb)


def _word_before(sentence: Annotated, end: int) -> Span | None:
    """The "das" of "Das teilte die Polizei mit": a word for another sentence."""
    content = strip(sentence.text, Span(0, end))
    return content if any(cue.span.holds(content) for cue in sentence.of("anaphor")) else None


def _speaker_precedes(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    phrase = phrase_before(sentence, cue.span.start)
    phrase = behind_resumptive(sentence, phrase) if phrase and kind == "deny" else phrase
    speaker = speaker_in(sentence, phrase, memory) if phrase else None
    if phrase and speaker is None:
        phrase = _with_head(sentence, phrase)
        speaker = speaker_in(sentence, phrase, memory) or _put_behind(sentence, phrase, kind)
    if phrase is None or speaker is None:
        return None
    frame = Span(phrase.start, cue.span.end)
    content = (one_word(sentence, cue) or points_back(sentence, cue)) if kind == "deny" else None
    content = content or around(sentence, phrase, cue)
    if content is None and kind == "deny":
        content = cue.span  # "desmentiu-o", "lo negó": what the sentence before says
    if content and content.end <= phrase.start and kind != "deny":
        speaker = _named_in(sentence, content, phrase, memory) or speaker
    also = before_put_in(sentence, phrase, cue)
    return Attribution(cue.span, kind, speaker, content, frame, also) if content else None


def _with_head(sentence: Annotated, phrase: Span) -> Span:
    """A phrase with the noun before the "with" or "and" that it was cut at: "a person familiar with the talks"."""
    start = sentence.left_stop(phrase.start)
    head = Span(start, phrase.start)
    weak = [cue for cue in sentence.of("boundary", head) if cue.span.end + 1 >= phrase.start and not cue.get("strong")]
    verbs = any(sentence.of(name, head) for name in ("say", "deny", "vote", "measure_verb", "that", "passive_aux"))
    return Span(start, phrase.end) if weak and not verbs else phrase


def _put_behind(sentence: Annotated, phrase: Span, kind: str) -> Speaker | None:
    """Whoever a short phrase names that stands with its verb behind all that is said: "…, the regional akimat said"."""
    inside = sentence.words_in(phrase)
    behind = sentence.text[: phrase.start].rstrip().endswith((",", '"', "”", "»"))
    article = bool(inside) and sentence.is_one(inside[0], "article")
    counted = any(phrase.overlaps(number.span) for number in sentence.numbers)
    if kind != "neutral" or not behind or not article or counted or not 2 <= len(inside) <= _SHORT_NAME:
        return None
    pointing = any(sentence.of(name, phrase) for name in ("anaphor", "pronoun", "report_noun", "paper"))
    return None if pointing else Speaker(Span(inside[1].start, inside[-1].end).of(sentence.text))


def _named_in(sentence: Annotated, content: Span, phrase: Span, memory: Memory) -> Speaker | None:
    """Who "it" is in "Solvane recalls its heaters, it said": the one that the words before begin with."""
    phrase = strip(sentence.text, phrase)
    if not any(cue.span.holds(phrase) and len(sentence.words_in(cue.span)) == 1 for cue in sentence.of("pronoun")):
        return None
    subject = opening_phrase(sentence, content)
    named = subject and any(map(sentence.is_capital, sentence.words_in(subject)[1:] or sentence.words_in(subject)))
    found = speaker_in(sentence, subject, memory) if subject and named else None
    return found if found and found.resolved else None
