"""Events that the page itself reports: what is planned for a day or put off, what was left undecided, and what befell
somebody or was done: a death, an arrest, a release, a resignation, an appeal, a claim withdrawn."""

import re
from collections.abc import Iterator
from datetime import date

from claims.annotate import Annotated, strip
from claims.attribution import Attribution
from claims.kinds.chambers import sitting
from claims.kinds.draft import Draft, first_measure
from claims.lexicon import Cue
from claims.model import Kind, Modality, Precision, Span
from claims.phrases import is_noun

_END = re.compile(r"[.!]\s*$")
#: words of a sentence that tells what happened
_ENOUGH_WORDS = 5
#: letters; shorter words end or begin so by chance
_SHORTEST_VERB = 4
#: how many characters behind a verb its object may end, and behind a "not" what it denies may begin
_OBJECT_REACH, _NEGATION_REACH = 60, 45


def find(sentence: Annotated, says: list[Attribution]) -> list[Draft]:
    """The events of a sentence; ballots to come or left open have the measure "vote". None under an "if"."""
    if any(cue.get("modality") == "conditional" for cue in sentence.of("modality")):
        return []
    open_ones = [*_planned(sentence), *_undecided(sentence)][:1]
    return open_ones or list(_deeds(sentence, says))


def _planned(sentence: Annotated) -> Iterator[Draft]:
    """What is to be on a day that is still to come, and ballots to come or put off."""
    plans = [
        cue.span
        for cue in sentence.of("modality")
        if cue.get("modality") == "planned" and not sentence.in_quote(cue.span)
    ]
    plans += [cue.span for cue in sentence.of("vote") if cue.get("role") == "postpone"]
    plans += _days_ahead(sentence)
    for plan in sorted(plans, key=lambda span: span.start)[:1]:
        ballot = bool(sitting(sentence, sentence.whole) and sentence.of("vote"))
        if ballot or _is_dated(sentence):
            yield _event(sentence, plan, "planned event", modality=Modality.PLANNED, ballot=ballot)


def _days_ahead(sentence: Annotated) -> list[Span]:
    """The days of a sentence that lie ahead whatever its verbs say: "the hearing is on 3 December"."""
    if sentence.near or sentence.anchor is None:
        return []
    told = [one for one in sentence.dates if not sentence.in_quote(one.span)]
    days = [one for one in told if one.date and one.date.precision is Precision.DAY]
    return [one.span for one in days if one.date and one.date.first > sentence.anchor]


def _is_dated(sentence: Annotated) -> bool:
    today = sentence.anchor or date.min
    return any(mention.date and mention.date.last >= today for mention in sentence.coming_dates)


def _undecided(sentence: Annotated) -> Iterator[Draft]:
    """A decision that was not taken or is still out: "has not been approved", "ended without a decision"."""
    for no in sentence.of("negation"):
        reach = Span(no.span.start, min(no.span.end + _NEGATION_REACH, sentence.right_stop(no.span.end)))
        clause = sentence.clause_of(no.span)
        if sentence.in_quote(no.span):
            continue
        votes = [cue for cue in sentence.of("vote", reach) if cue.get("role") in ("pass", "vote")]
        known = sentence.of("matter", clause) or sentence.of("pact", clause) or sitting(sentence, clause)
        if (votes and known) or sentence.of("agree", reach) or sentence.of("decision", reach):
            yield _event(sentence, no.span, "event that did not happen", negated=True, ballot=bool(votes))


def _deeds(sentence: Annotated, says: list[Attribution]) -> Iterator[Draft]:
    """What the page says was done, without saying that somebody says so."""
    for cue in sentence.of("deed"):
        told = any(one.content.holds(cue.span) for one in says)
        if told or sentence.in_quote(cue.span) or not _is_done(sentence, cue):
            continue
        stops = [stop for stop in sentence.stops if cue.span.start < stop and sentence.text[stop] in ",;"]
        piece = Span(sentence.left_stop(cue.span.start), min(stops, default=len(sentence.text)))
        yield Draft(
            kind=Kind.EVENT,
            anchor=strip(sentence.text, piece),
            rule=f"event: {cue.get('what')}",
            measure=first_measure(sentence, piece),
            agent=_subject(sentence, cue.span),
            scope=piece,
        )


def dated(sentence: Annotated, says: list[Attribution]) -> list[Draft]:
    """What the page says of a day that is past, whatever it was, where nobody is said to say it."""
    spoken = says or any(cue.get("order") == "verb" and not is_noun(sentence, cue) for cue in sentence.of("say"))
    if spoken or sentence.of("deny") or not _END.search(sentence.text):
        return []
    today = sentence.anchor or date.min
    told = [one for one in sentence.dates if one.span.start >= sentence.dateline and not sentence.in_quote(one.span)]
    days = [one for one in told if one.date and one.date.precision is Precision.DAY and one.date.last <= today]
    verb = next((word for word in sentence.words if _is_past(sentence, word)), None)
    if not days or verb is None or sentence.in_quote(verb) or len(sentence.words) < _ENOUGH_WORDS:
        return []
    clause = sentence.clause_of(verb)
    return [Draft(kind=Kind.EVENT, anchor=clause, rule="event of a day", scope=clause)]


def _is_past(sentence: Annotated, word: Span) -> bool:
    """Whether a word is a verb that tells what happened: a known one, or of the form that such verbs have."""
    written = word.of(sentence.text)
    if not written.islower() or sentence.is_function(word):
        return False
    if sentence.is_one(word, "past"):
        return True
    settings = sentence.lexicon.settings
    shaped = written.endswith(tuple(settings.get("past_endings") or ())) or (
        not settings.get("past_endings") and written.startswith(tuple(settings.get("verb_prefixes") or ()))
    )
    return shaped and len(written) > _SHORTEST_VERB


def _is_done(sentence: Annotated, cue: Cue) -> bool:
    """Whether somebody stands before the verb, it is no mere wish, and its object is of the kind that it needs."""
    if not sentence.words_in(Span(0, cue.span.start)):
        return False
    if any(wish.span.end in (cue.span.start - 1, cue.span.start) for wish in sentence.of("unreal")):
        return False
    near = Span(cue.span.end, min(len(sentence.text), cue.span.end + _OBJECT_REACH))
    return not cue.get("needs") or bool(sentence.of(str(cue.get("needs")), near))


def _event(
    sentence: Annotated,
    cue: Span,
    rule: str,
    *,
    modality: Modality | None = None,
    negated: bool = False,
    ballot: bool = False,
) -> Draft:
    clause = sentence.clause_of(cue)
    return Draft(
        kind=Kind.EVENT,
        anchor=clause,
        rule=rule,
        measure="vote" if ballot else first_measure(sentence, sentence.whole),
        agent=_subject(sentence, cue),
        modality=modality,
        negated=negated,
        scope=clause,
    )


def _subject(sentence: Annotated, verb: Span) -> str | None:
    return next((mention.entity.name for mention in sentence.names if mention.span.end <= verb.start), None)
