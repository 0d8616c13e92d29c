"""Who says it: finds each verb or phrase of saying, the one who speaks, and the words that are theirs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.annotate import Annotated, strip
from claims.lexicon import Cue
from claims.model import Span
from claims.phrases import (
    counting,
    has_aside,
    is_infinitive,
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
from claims.speakers import Memory, Speaker, speaker_in

#: a verb of saying this close to the end of its clause has its content before it
_TAIL_WORDS = 4
#: how many characters may stand between a passive verb and its "by": "reported missing by …"
_BY_REACH = 12
#: how many characters after a verb its object may end
_OBJECT_REACH = 60
#: characters between a verb and a "not" behind it
_NEGATION_REACH = 60
#: letters; an s at the end of shorter words joins nothing
_SHORT = 5


@dataclass(frozen=True, slots=True)
class Attribution:
    """`speaker` says `content`. For a passive ("is accused of") and for hearsay there is no speaker."""

    cue: Span
    kind: str
    speaker: Speaker | None
    content: Span
    #: the name, the verb and what stands with them: "kata Gilang pada Senin"
    frame: Span
    #: the speaker only cites somebody else, who says it
    cites: bool = False

    @property
    def hearsay(self) -> bool:
        """Whether the speaker only passes on that others say so, suspects, or accuses."""
        return self.kind in ("hearsay", "accused", "accuse", "suspect")


def attributions(sentence: Annotated, memory: Memory) -> list[Attribution]:
    """The attributions of a sentence, left to right. Remembers the speakers for the sentences that follow."""
    found = list(_sources(sentence))
    for cue in sorted([*sentence.of("say"), *_denials(sentence)], key=lambda cue: cue.span.start):
        if sentence.in_quote(cue.span) or _negated(sentence, cue) or is_noun(sentence, cue) or _supposed(sentence, cue):
            continue
        attribution = _read(sentence, cue, memory)
        if attribution is None:
            continue
        attribution = _of_clause_before(sentence, attribution)
        if attribution.speaker:
            memory.note(attribution.speaker, attribution.frame.of(sentence.text))
        found.append(attribution)
    found = _with_cited(sentence, sorted(found, key=lambda one: one.cue.start))
    return found or list(_reported(sentence, memory))


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


def _of_clause_before(sentence: Annotated, one: Attribution) -> Attribution:
    """ "…, ce que conteste le ministère": what a denial takes up is not in its own words."""
    if one.kind == "deny":
        for cue in sentence.of("resumptive"):
            if sentence.left_stop(one.cue.start) <= cue.span.start <= one.frame.start:
                return replace(one, content=Span(cue.span.start, max(one.frame.end, one.cue.end)))
    return one


def _supposed(sentence: Annotated, cue: Cue) -> bool:
    """ "If the audit confirms …": nobody has said anything yet."""
    ifs = (one.span.end for one in sentence.of("modality") if one.get("modality") == "conditional")
    return any(end <= cue.span.start and not _stop_between(sentence, end, cue.span.start) for end in ifs)


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


def _denials(sentence: Annotated) -> Iterator[Cue]:
    """The verbs of denying; those that also mean other things only where what they need stands by: a report for
    "reject", a word for what is not so ("false") for "call"."""
    for cue in sentence.of("deny"):
        if cue.get("kind") != "verb":
            continue
        last = bool(sentence.lexicon.settings.get("verb_second"))  # then it may stand behind its object
        start = max(0, cue.span.start - _OBJECT_REACH) if last else cue.span.start
        near = Span(start, min(len(sentence.text), cue.span.end + _OBJECT_REACH))
        needs = {"report": "report_noun", "falsehood": "falsehood"}.get(str(cue.get("needs")))
        if needs is None or sentence.of(needs, near):
            yield cue


def _negated(sentence: Annotated, cue: Cue) -> bool:
    """ "has not said", "tidak mengatakan", "bestätigte die Zahl nicht": nothing is said."""
    return any(
        (0 <= cue.span.start - other.span.end <= 12 and not _stop_between(sentence, other.span.end, cue.span.start))
        or (
            other.get("behind")
            and cue.get("order") in (None, "verb")
            and 0 <= other.span.start - cue.span.end <= _NEGATION_REACH
            and not _stop_between(sentence, cue.span.end, other.span.start)
        )
        for other in (*sentence.of("negation"), *sentence.of("refusal"))
    )


def _stop_between(sentence: Annotated, start: int, end: int) -> bool:
    return any(start <= stop < end for stop in sentence.stops)


def _read(sentence: Annotated, cue: Cue, memory: Memory) -> Attribution | None:
    order, kind = cue.get("order"), "deny" if cue.section == "deny" else str(cue.get("kind"))
    if order == "hearsay":
        return Attribution(cue.span, "hearsay", None, sentence.clause_of(cue.span), cue.span)
    if order == "passive":
        return Attribution(cue.span, "accused", None, sentence.clause_of(cue.span), cue.span)
    if cue.get("carried"):
        speaker = memory.last_person or memory.last
        return Attribution(
            cue.span,
            kind,
            speaker or Speaker(cue.span.of(sentence.text), resolved=False),
            _before(sentence, cue.span) or _after(sentence, cue.span.end) or cue.span,
            cue.span,
        )
    if order == "prefix":
        return _according_to(sentence, cue, kind, memory)
    if order in ("suffix", "own"):
        phrase = (source_before if order == "suffix" else subject_before)(sentence, cue.span.start)
        speaker = speaker_in(sentence, phrase, memory) if phrase else None
        return Attribution(cue.span, kind, speaker, sentence.whole, cue.span) if speaker else None
    if order == "inverted" or _is_inverted(sentence, cue):
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
    if found is None and sentence.lexicon.settings.get("verb_first"):
        found = _speaker_follows(sentence, cue, kind, memory)
    if found is None and sentence.lexicon.settings.get("null_subject"):
        found = _nobody_named(sentence, cue, kind, memory)
    return found


def _is_joined(sentence: Annotated, cue: Cue) -> bool:
    """Whether "and" or the like stands right before a verb."""
    before = len(sentence.text[: verb_start(sentence, cue.span.start)].rstrip())
    return any(joint.span.end == before for joint in sentence.of("boundary"))


def _nobody_named(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    """Where a verb needs no subject ("Añadió que …", "«…», declarou num comício", "… y acusó a la policía"), it is who
    spoke before. The verb begins its clause, and no name or noun stands before it or right behind it."""
    start = verb_start(sentence, cue.span.start)
    before = sentence.text[:start].rstrip()
    follows = next((word for word in sentence.words if word.start >= cue.span.end), None)
    free = follows is None or sentence.is_function(follows) or bool(sentence.text[cue.span.end : follows.start].strip())
    joined = _is_joined(sentence, cue)
    known = memory.last if joined else memory.last_person or memory.last
    if known is None or not free or not (joined or not before or before[-1] in ',;"”“»'):
        return None
    frame = Span(start, cue.span.end)
    leads = joined or not before or before[-1] == ";"
    content = _after(sentence, frame.end) if leads else _before(sentence, frame)
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
    content = _before(sentence, cue.span) or _after(sentence, phrase.end)
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
    content = _before(sentence, by.span) or _after(sentence, cue.span.end)
    return Attribution(cue.span, kind, speaker, content, Span(by.span.start, cue.span.end)) if content else None


def _is_inverted(sentence: Annotated, cue: Cue) -> bool:
    """ "…," said the minister: the verb follows a quotation or a comma and is followed by a name."""
    before = sentence.text[: verb_start(sentence, cue.span.start)].rstrip()
    if sentence.lexicon.settings.get("inverts") is False or not before or before[-1] not in ",\"”“»'’":
        return False
    if cue.get("addresses") or (before[-1] == "," and has_aside(sentence, cue.span.start)):
        return False
    phrase = phrase_after(sentence, cue.span.end)
    if phrase is None or any(that.span.start == phrase.start for that in sentence.of("that")):
        return False
    counted = any(phrase.overlaps(number.span) for number in counting(sentence))
    return not counted


def _according_to(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    """ "According to X, …", "…, according to X", "…, according to X, …": X says all that stands around it."""
    said = _speaker_follows(sentence, cue, kind, memory)
    if said is None or not _after(sentence, said.frame.end) or not _before(sentence, cue.span):
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
    content = _before(sentence, frame) or _after(sentence, phrase.end) or _word_before(sentence, start)
    if any(quote.start >= phrase.end for quote in sentence.quotes) and sentence.quotes[0].end <= start:
        content = sentence.whole  # "…," said X, "…"
    if content is None:
        return None
    return Attribution(cue.span, kind, speaker, content, frame)


def _word_before(sentence: Annotated, end: int) -> Span | None:
    """The "das" of "Das teilte die Polizei mit": a word for another sentence."""
    content = strip(sentence.text, Span(0, end))
    return content if any(cue.span.holds(content) for cue in sentence.of("anaphor")) else None


def _speaker_precedes(sentence: Annotated, cue: Cue, kind: str, memory: Memory) -> Attribution | None:
    phrase = phrase_before(sentence, cue.span.start)
    speaker = speaker_in(sentence, phrase, memory) if phrase else None
    if phrase is None or speaker is None:
        return None
    frame = Span(phrase.start, cue.span.end)
    content = _around(sentence, phrase, cue)
    if content is None and kind == "deny":
        content = cue.span  # "desmentiu-o", "lo negó": what the sentence before says
    if content and content.end <= phrase.start:
        speaker = _named_in(sentence, content, phrase, memory) or speaker
    return Attribution(cue.span, kind, speaker, content, frame) if content else None


def _around(sentence: Annotated, phrase: Span, cue: Cue) -> Span | None:
    """What is said: the words after the verb, or those before the speaker where only circumstances follow, or where a
    quotation ends right before the speaker; on both sides of "…," X said, "…"."""
    before, after = _before(sentence, phrase), _after(sentence, cue.span.end)
    closes = any(quote.end == len(sentence.text[: phrase.start].rstrip()) for quote in sentence.quotes)
    if before and after and closes:
        goes_on = any(quote.start >= cue.span.end for quote in sentence.quotes)
        return sentence.whole if goes_on else before
    if after is None or _only_circumstance(sentence, after):
        after = before or after
    if after is None and sentence.lexicon.settings.get("verb_second"):
        return strip(sentence.text, phrase)  # the verb stands last, behind what it says
    return after


def _named_in(sentence: Annotated, content: Span, phrase: Span, memory: Memory) -> Speaker | None:
    """Who "it" is in "Solvane recalls its heaters, it said": the one that the words before begin with."""
    phrase = strip(sentence.text, phrase)
    if not any(cue.span.holds(phrase) and len(sentence.words_in(cue.span)) == 1 for cue in sentence.of("pronoun")):
        return None
    subject = opening_phrase(sentence, content)
    named = subject and any(map(sentence.is_capital, sentence.words_in(subject)[1:] or sentence.words_in(subject)))
    found = speaker_in(sentence, subject, memory) if subject and named else None
    return found if found and found.resolved else None


def _only_circumstance(sentence: Annotated, content: Span) -> bool:
    """Whether what follows the verb is just when or where it was said: "… he said on Tuesday in Geneva"."""
    inside = sentence.words_in(content)
    starts_at_date = any(mention.span.overlaps(inside[0]) for mention in sentence.dates)
    if not (starts_at_date or sentence.is_function(inside[0])):
        return False
    dated = any(content.holds(mention.span) for mention in sentence.dates)
    numbers = any(content.holds(number.span) and number.kind == "count" for number in sentence.numbers)
    return (len(inside) <= _TAIL_WORDS + (3 if dated else 0)) and not numbers and _has_before(sentence, content)


def _has_before(sentence: Annotated, content: Span) -> bool:
    left = sentence.left_stop(max(content.start - 1, 0))
    return left > 8


def _before(sentence: Annotated, frame: Span) -> Span | None:
    """The words before the frame: to the start of the sentence, or the last semicolon."""
    start = max((at + 1 for at in sentence.semicolons if at < frame.start), default=0)
    content = strip(sentence.text, Span(start, frame.start))
    return content if len(sentence.words_in(content)) >= 2 else None


def _after(sentence: Annotated, start: int) -> Span | None:
    """The words after the frame: to the end of the sentence, or the next semicolon; a figure alone is enough."""
    end = min((at for at in sentence.semicolons if at >= start), default=len(sentence.text))
    content = strip(sentence.text, Span(start, end))
    enough = len(sentence.words_in(content)) >= 2 or any(content.holds(number.span) for number in sentence.numbers)
    return content if enough else None
