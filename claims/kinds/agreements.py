"""Agreements and legal steps: who signs, agrees to, ratifies, brings into force, suspends, leaves or ends what."""

from claims.annotate import Annotated
from claims.attribution import Attribution
from claims.entities import Mention
from claims.kinds.draft import Draft
from claims.lexicon import Cue
from claims.model import Kind, Span

#: how far before a step a "not" may stand: "has not yet been signed"
_NEAR = 16


def find(sentence: Annotated, says: list[Attribution]) -> list[Draft]:
    """One agreement a main clause, where a verb of agreeing meets a pact or two parties. None under an "if"."""
    del says
    if any(cue.get("modality") == "conditional" for cue in sentence.of("modality")):
        return []
    return [draft for clause in sentence.clauses if (draft := _read(sentence, clause))]


def _read(sentence: Annotated, clause: Span) -> Draft | None:
    steps = [cue for cue in sentence.of("agree", clause) if _is_done(sentence, cue)]
    pacts = sentence.of("pact", clause)
    named = pacts or sentence.of("pact", Span(0, clause.start))
    parties = [one for one in sentence.names if clause.holds(one.span) and one.entity.kind != "place"]
    fitting = [step for step in steps if named or (not step.get("pact") and _are_two(parties))]
    if not fitting:
        return None
    step = fitting[0]
    negated = _is_negated(sentence, step)
    if negated and not step.get("patient") and not _are_two(parties):
        return None  # what one party has not done is an event of its own
    return Draft(
        kind=Kind.AGREEMENT,
        anchor=Span(step.span.start, max([step.span.end, *(pact.span.end for pact in pacts)])),
        rule=f"agreement: {step.get('step')}",
        measure="agreement",
        agent=parties[0].entity.name if parties else None,
        object=named[0].span.of(sentence.text) if named else None,
        negated=negated,
        scope=clause,
    )


def _are_two(parties: list[Mention]) -> bool:
    return len({mention.entity.country or mention.entity.name for mention in parties}) > 1


def _is_done(sentence: Annotated, cue: Cue) -> bool:
    """Whether somebody agrees, and does not merely try or want to: "an effort to sign" signs nothing, "is due to sign"
    and "refused to sign" say what will or will not be."""
    if sentence.in_quote(cue.span):
        return False
    plain = [*sentence.of("negation"), *(one for one in sentence.of("modality") if one.get("modality") == "planned")]
    wishes = [wish.span for wish in sentence.of("unreal") if wish.span.end in (cue.span.start - 1, cue.span.start)]
    return all(any(other.span.holds(wish) for other in plain) for wish in wishes)


def _is_negated(sentence: Annotated, step: Cue) -> bool:
    return any(0 <= step.span.start - no.span.end <= _NEAR for no in sentence.of("negation"))
