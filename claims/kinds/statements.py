"""Attributed statements and accusations, what the page itself supposes, and what somebody would not say."""

from dataclasses import replace

from claims.annotate import Annotated
from claims.attribution import Attribution
from claims.kinds.draft import Draft, first_measure
from claims.lexicon import Cue
from claims.memory import Memory
from claims.model import SILENCE, Kind, Modality, Span
from claims.noise import only_judges
from claims.phrases import begins_verb, phrase_before
from claims.speakers import speaker_in

#: shorter contents say nothing that can be checked
_ENOUGH_WORDS = 3
#: kinds of saying that need no more than whom or what they are aimed at
_WITH_OBJECT = ("condemn", "demand", "accuse")
#: kinds of saying that name nobody who says it, and what they make
_BY_NOBODY = {"accused": "accusation", "hearsay": "rumour"}
#: how far before a verb of saying a "not" may stand
_NEAR = 12
#: kinds of saying that can be left undone
_WORDS = ("neutral", "announce")


def find(sentence: Annotated, says: list[Attribution]) -> list[Draft]:
    """The statements of a sentence: one for each speaker, one for each accusation."""
    found = []
    for one in says:
        enough = 1 if one.kind in _WITH_OBJECT else _ENOUGH_WORDS
        if one.kind == "deny" or len(sentence.words_in(one.content)) < enough:
            continue
        if one.cites or (one.speaker is None and one.kind not in _BY_NOBODY):
            continue
        if one.kind not in _WITH_OBJECT and only_judges(sentence, one.content):
            continue
        found.append(
            Draft(
                kind=Kind.STATEMENT,
                anchor=Span(min(one.frame.start, one.content.start), max(one.frame.end, one.content.end)),
                rule=_BY_NOBODY.get(one.kind, "attributed statement"),
                measure=first_measure(sentence, one.content),
                agent=_subject(sentence, one),
                modality=Modality.ALLEGED if one.kind in _BY_NOBODY else None,
                scope=one.content,
            )
        )
    return found


def supposed(sentence: Annotated, says: list[Attribution]) -> list[Draft]:
    """What the page itself says will follow under an "if"."""
    ifs = [cue for cue in sentence.of("modality") if cue.get("modality") == "conditional"]
    follows = any(cue.get("modality") == "planned" for cue in sentence.of("modality")) or sentence.of("unreal")
    dated = any(mention.date for mention in sentence.coming_dates)
    spoken = any(one.speaker for one in says) or any(sentence.in_quote(cue.span) for cue in ifs)
    if not ifs or spoken or not (follows or dated):
        return []
    return [_page_says(sentence, sentence.whole, "supposition", modality=Modality.CONDITIONAL)]


def unspoken(sentence: Annotated, says: list[Attribution], memory: Memory) -> list[Draft]:
    """What somebody did not say, answer or confirm: no denial, and no word of theirs. Who "did not deny" does speak."""
    silences = [(cue.span, bool(cue.get("speaks"))) for cue in sentence.of("not_a_denial")]
    silences += [
        (Span(no.span.start, cue.span.end), False)
        for cue in sentence.of("say")
        for no in sentence.of("negation")
        if 0 <= cue.span.start - no.span.end <= _NEAR
        and cue.get("kind") in _WORDS
        and cue.get("order") == "verb"
        and sentence.in_quote(no.span) == sentence.in_quote(cue.span)
    ]
    silences += [(Span(one.start, cue.span.end), False) for one in _refusals(sentence) if (cue := _says(sentence, one))]
    for span, speaks in sorted(silences, key=lambda row: row[0].start):
        told = any(one.content.holds(span) for one in says)
        if told or sentence.in_quote(span) or not sentence.words_in(Span(0, span.start)):
            continue
        return [_silence(sentence, span, speaks, memory)]
    return []


def refused(sentence: Annotated, says: list[Attribution]) -> list[Draft]:
    """What somebody would not do, where nobody is said to say so: "the rebels refused to lay down their arms"."""
    for span in _refusals(sentence):
        told = any(one.content.holds(span) for one in says)
        if not told and not sentence.in_quote(span) and sentence.words_in(Span(0, span.start)):
            return [_page_says(sentence, sentence.clause_of(span), "refusal", negated=True)]
    return []


def _refusals(sentence: Annotated) -> list[Span]:
    """The words of refusing that lead to a verb; where a noun may follow too, prefixes tell a verb."""
    return [cue.span for cue in sentence.of("refusal") if begins_verb(sentence, cue.span.end)]


def _says(sentence: Annotated, refusal: Span) -> Cue | None:
    """The verb of saying that a refusal leads to."""
    return next((cue for cue in sentence.of("say") if 0 <= cue.span.start - refusal.end <= 1), None)


def _silence(sentence: Annotated, span: Span, speaks: bool, memory: Memory) -> Draft:
    """That somebody kept silent. It measures nothing: to say nothing of a figure neither denies nor affirms it."""
    clause = sentence.clause_of(span)
    phrase = phrase_before(sentence, span.start)
    who = speaker_in(sentence, phrase, memory) if phrase else None
    said = Attribution(span, "neutral", who, clause, phrase) if phrase and who and speaks else None
    draft = _page_says(sentence, clause, SILENCE, negated=True, said=said)
    return replace(draft, measure="", agent=who.name if who else draft.agent)


def _page_says(
    sentence: Annotated,
    clause: Span,
    rule: str,
    *,
    modality: Modality | None = None,
    negated: bool = False,
    said: Attribution | None = None,
) -> Draft:
    return Draft(
        kind=Kind.STATEMENT,
        anchor=clause,
        rule=rule,
        measure=first_measure(sentence, clause),
        agent=next((one.entity.name for one in sentence.names if clause.holds(one.span)), None),
        modality=modality,
        negated=negated,
        scope=clause,
        said=said,
    )


def whole(sentence: Annotated) -> Draft:
    """A sentence as one statement, where the next one says whose it is."""
    return Draft(
        kind=Kind.STATEMENT,
        anchor=sentence.whole,
        rule="statement of the sentence before",
        measure=first_measure(sentence, sentence.whole),
        agent=next((mention.entity.name for mention in sentence.names), None),
        scope=sentence.whole,
    )


def _subject(sentence: Annotated, one: Attribution) -> str | None:
    """Whom a statement is about: for an accusation, the accused before the verb; else the first name in it."""
    region = Span(0, one.cue.start) if one.kind == "accused" else one.content
    for mention in sentence.names:
        if region.holds(mention.span):
            return mention.entity.name
    return None
