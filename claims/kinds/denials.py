"""Denials: somebody says that something said of them, or by others, is not so."""

from collections.abc import Iterator

from claims.annotate import Annotated, strip
from claims.attribution import Attribution, of_clause_before
from claims.kinds.draft import Draft, first_measure
from claims.lexicon import Cue
from claims.measures import ancestors
from claims.memory import Memory, Speaker
from claims.model import Kind, Modality, Span
from claims.phrases import is_infinitive, is_noun, is_passive, phrase_after, phrase_before
from claims.speakers import speaker_in

#: how many characters behind a passive the word for "by" may stand ("dibantah keras oleh"), and behind a verb that also
#: means other things the report that it denies
_BY_REACH, _OBJECT_REACH = 20, 60
#: what may stand at the end of what is denied and is no part of it
_AUXILIARIES = ("light", "passive_aux", "copula")
#: kinds of saying whose negation answers somebody
_SAYS = ("neutral", "claim", "confirm", "report", "announce")
#: what stands around the words of a quotation
_MARKS = ' ,."“”„«»'
#: a zero that counts these is a figure, and no denial: nobody killed
_CASUALTIES = frozenset({"killed", "injured", "missing", "casualties", "victims"})


def find(sentence: Annotated, says: list[Attribution], memory: Memory) -> list[Draft]:
    """One denial for each verb or noun of denying that has somebody who denies; else one for a phrase such as "no
    evidence that", or for a quoted "not a single"."""
    if sentence.of("not_a_denial"):
        return []
    read = [one for one in says if one.kind == "deny"]
    taken = [one.cue for one in read]
    for cue in sentence.of("deny"):
        if not any(cue.span.overlaps(span) for span in taken) and (one := _unread(sentence, cue, memory)):
            one = of_clause_before(sentence, one, says, memory)
            read.append(one)
            if one.speaker:
                memory.note(one.speaker, one.frame.of(sentence.text))
    found = [_denied(sentence, one, says) for one in read]
    return found or list(_by_phrase(sentence, says, memory))[:1] or list(_in_own_words(sentence, says))[:1]


def _unread(sentence: Annotated, cue: Cue, memory: Memory) -> Attribution | None:
    """A denial that is no plain "X denied that …": a short object, an object before the verb, a passive, a noun."""
    if sentence.in_quote(cue.span) or _is_negated(sentence, cue.span):
        return None
    if cue.get("kind") in ("from", "passive"):
        return _agent_follows(sentence, cue, memory)
    object_reach = Span(cue.span.start, min(len(sentence.text), cue.span.end + _OBJECT_REACH))
    if cue.get("kind") != "verb" or (cue.get("needs") and not sentence.of("report_noun", object_reach)):
        return None
    if is_passive(sentence, cue) or is_infinitive(sentence, cue) or is_noun(sentence, cue):
        return None
    if cue.get("bare") and (agent := _bare_agent(sentence, cue)):
        speaker = speaker_in(sentence, agent, memory)
        return _attribution(cue, speaker, Span(0, agent.start), Span(agent.start, cue.span.end), sentence)
    phrase = phrase_before(sentence, cue.span.start)
    speaker = speaker_in(sentence, phrase, memory) if phrase else None
    if phrase is None or speaker is None:
        return None
    return _attribution(
        cue, speaker, Span(cue.span.end, len(sentence.text)), Span(phrase.start, cue.span.end), sentence
    )


def _attribution(
    cue: Cue, speaker: Speaker | None, content: Span, frame: Span, sentence: Annotated
) -> Attribution | None:
    inner = strip(sentence.text, content)
    return Attribution(cue.span, "deny", speaker, inner, frame) if inner.start < inner.end and speaker else None


def _agent_follows(sentence: Annotated, cue: Cue, memory: Memory) -> Attribution | None:
    """ "dibantah keras oleh X", "dibantah X", "a denial came from X"."""
    near = Span(cue.span.end, min(len(sentence.text), cue.span.end + _BY_REACH))
    by = next((one.span.end for one in sentence.of("passive_by", near)), cue.span.end)
    phrase = phrase_after(sentence, by)
    speaker = speaker_in(sentence, phrase, memory) if phrase else None
    if phrase is None or speaker is None:
        return None
    before = strip(sentence.text, Span(0, cue.span.start))
    content = before if before.start < before.end else cue.span
    return Attribution(cue.span, "deny", speaker, content, Span(cue.span.start, phrase.end))


def _bare_agent(sentence: Annotated, cue: Cue) -> Span | None:
    """Who stands between an object and the bare verb: "kabar itu juga ia bantah"."""
    return next((one.span for one in sentence.of("pronoun") if one.span.end == cue.span.start - 1), None)


def _is_negated(sentence: Annotated, span: Span) -> bool:
    return any(0 <= span.start - no.span.end <= 12 for no in sentence.of("negation"))


def _denied(sentence: Annotated, one: Attribution, says: list[Attribution]) -> Draft:
    """What one verb denies: up to the next verb of saying ("denied that … and said that …")."""
    later = (other.cue.start for other in says if one.cue.end <= one.content.start < other.cue.start)
    scope = strip(sentence.text, Span(one.content.start, min([one.content.end, *later])))
    return Draft(
        kind=Kind.DENIAL,
        anchor=Span(min(one.cue.start, scope.start), max(one.cue.end, scope.end)),
        rule="denial by verb",
        measure="" if any(cue.span == scope for cue in sentence.of("resumptive")) else first_measure(sentence, scope),
        agent=one.speaker.name if one.speaker else None,
        denied=_plain(sentence, _without_joint(sentence, scope), one.cue).of(sentence.text),
        modality=Modality.DENIED,
        scope=scope,
        said=one,
    )


def _without_joint(sentence: Annotated, scope: Span) -> Span:
    """What is denied, without the "and" of the next verb: "denied sending troops and called …"; of "denied that and
    went to court" only the word that points."""
    inside = list(sentence.words_in(scope))
    points = len(inside) > 1 and any(sentence.is_one(inside[0], name) for name in ("anaphor", "pronoun"))
    if points and sentence.is_one(inside[1], "boundary"):
        return inside[0]
    joints = (cue.span for cue in sentence.of("boundary", scope) if not sentence.is_one(cue.span, "anaphor"))
    joint = next((span.start for span in joints if span.end == scope.end), None)
    return strip(sentence.text, Span(scope.start, joint)) if joint and joint > scope.start else scope


def _plain(sentence: Annotated, scope: Span, verb: Span) -> Span:
    """What is denied, without the second part of a verb with a gap ("den Bericht zurück") and the auxiliaries of a
    passive ("the claim was")."""
    start, end = scope.start, scope.end
    for tail in (cue.tail for cue in sentence.of("deny") if cue.tail):
        start = tail.end if tail.start == start else start
        end = tail.start if tail.end == end else end
    plain = strip(sentence.text, Span(start, end))
    inside = list(sentence.words_in(plain))
    while plain.end <= verb.start and len(inside) > 1 and _is_auxiliary(sentence, inside[-1]):
        plain = Span(plain.start, inside[-2].end)
        inside.pop()
    return plain if inside else scope


def _is_auxiliary(sentence: Annotated, word: Span) -> bool:
    return any(sentence.is_one(word, name) for name in _AUXILIARIES) and not sentence.is_one(word, "anaphor")


def _by_phrase(sentence: Annotated, says: list[Attribution], memory: Memory) -> Iterator[Draft]:
    """ "There is no truth in it", "found no evidence that", "called the report a hoax": whoever is said to say it, else
    who finds or calls it so."""
    for cue in sentence.of("deny"):
        deemed = sentence.of("deem", Span(sentence.clause_of(cue.span).start, cue.span.start))
        needed = {"report": sentence.of("report_noun"), "deem": deemed}.get(str(cue.get("needs")), True)
        if cue.get("kind") != "phrase" or not needed:
            continue
        said = next((one for one in says if one.content.overlaps(cue.span) and one.speaker), None)
        if not said and sentence.in_quote(cue.span) and not deemed:
            continue
        clause = sentence.clause_of(cue.span)
        own = _shared(clause, said.content) if said else clause
        meant = strip(sentence.text, Span(deemed[-1].span.end, cue.span.start)) if deemed else clause
        meant = meant if deemed and sentence.words_in(meant) else _about(sentence, cue, own)
        yield Draft(
            kind=Kind.DENIAL,
            anchor=cue.span if said else clause,
            rule="denial by phrase",
            measure=first_measure(sentence, meant),
            denied=strip(sentence.text, meant).of(sentence.text).strip(_MARKS),
            modality=Modality.DENIED,
            negated=any(cue.span.overlaps(no.span) for no in sentence.of("negation")),
            said=None if said else _finder(sentence, cue, clause, memory),
        )


def _shared(clause: Span, content: Span) -> Span:
    """What somebody says of a clause; all of the clause where the two only touch."""
    start, end = max(clause.start, content.start), min(clause.end, content.end)
    return Span(start, end) if start < end else clause


def _about(sentence: Annotated, cue: Cue, own: Span) -> Span:
    """What a phrase says is not so: what stands before it ("the report is false"), else what follows it ("it is not
    true that …"), else the whole, which only points ("this is a lie")."""
    before, after = Span(own.start, cue.span.start), Span(cue.span.end, own.end)
    stops = not sentence.words_in(Span(cue.span.end, sentence.right_stop(cue.span.end)))
    both = (after, before) if _leads_on(sentence, cue) else (before, after)
    sides = (before,) if stops else both  # "that is false, our men shot back"
    told = (strip(sentence.text, side) for side in sides if side.start < side.end)
    no_more = Span(own.start, cue.span.end) if stops else own
    return next((_plain(sentence, one, cue.span) for one in told if _tells(sentence, one)), no_more)


def _leads_on(sentence: Annotated, cue: Cue) -> bool:
    """Whether a phrase is one, or ends in a word, that leads to what it is about: "found no proof", "not true that"."""
    last = sentence.words_in(cue.span)[-1]
    return bool(cue.get("leads")) or sentence.is_function(last) or sentence.is_one(last, "that")


def _tells(sentence: Annotated, span: Span) -> bool:
    """Whether words say what is meant, and do not only link others or point."""
    small = ("pronoun", "anaphor", "copula", "light", "passive_aux", "that")
    return any(
        not sentence.is_function(word) and not any(sentence.is_one(word, name) for name in small)
        for word in sentence.words_in(span)
    )


def _finder(sentence: Annotated, cue: Cue, clause: Span, memory: Memory) -> Attribution | None:
    verb = next((one.span for one in sentence.of("deem", Span(clause.start, cue.span.end))), cue.span)
    phrase = phrase_before(sentence, verb.start)
    speaker = speaker_in(sentence, phrase, memory) if phrase else None
    if phrase is None or speaker is None:
        return None
    return Attribution(verb, "deny", speaker, strip(sentence.text, clause), Span(phrase.start, verb.end))


def _in_own_words(sentence: Annotated, says: list[Attribution]) -> Iterator[Draft]:
    """ "We have bought nobody," said X; X said that none was sent, that he was never there: where somebody's words
    begin by saying that something is not so, they answer what others say. A zero that counts casualties is a figure,
    and what shall not be is a plan."""
    for one in says:
        quote = next((quote for quote in sentence.quotes if one.content.overlaps(quote)), None)
        told = quote or one.content
        opening = Span(told.start, min(told.end, sentence.right_stop(told.start + 1)))
        if one.speaker is None or one.kind not in _SAYS or not _says_no(sentence, opening, quote):
            continue
        counted = [cue.get("measure") for name in ("unit", "measure_verb") for cue in sentence.of(name, told)]
        if not _CASUALTIES & {family for name in counted for family in ancestors(str(name))}:
            yield Draft(
                kind=Kind.DENIAL,
                anchor=told,
                rule="denial in own words",
                measure=first_measure(sentence, told),
                agent=next((name.entity.name for name in sentence.names if told.holds(name.span)), None),
                denied=told.of(sentence.text).strip(_MARKS),
                modality=Modality.DENIED,
                negated=True,
                scope=told,
            )


def _says_no(sentence: Annotated, opening: Span, quote: Span | None) -> bool:
    """Whether somebody's words begin by saying no to something; in a quotation that is a sentence of its own, no matter
    how. Neither what is only supposed nor what shall not be answers anybody, but "nobody will" does; a figure that was
    never passed is a figure."""
    modes = {cue.get("modality") for cue in sentence.of("modality", opening)}
    words = sentence.words_in(opening)
    if not words or "conditional" in modes or any(one.high for one in sentence.numbers if opening.holds(one.span)):
        return False
    if quote is None:
        return not modes and _opens_with_none(sentence, opening)
    none = sentence.of("negation", opening) if not modes else _opens_with_none(sentence, opening)
    return bool(none) and sentence.text[words[0].start].isupper()


def _opens_with_none(sentence: Annotated, opening: Span) -> bool:
    """Whether what somebody says begins with a count of none, "nobody", or says "never"."""
    if sentence.of("never", opening):
        return True
    counts = (one for one in sentence.numbers if one.kind in ("count", "none") and opening.holds(one.span))
    none = next((one for one in counts if one.high == 0 and not (one.percent or one.currency)), None)
    if none is None:
        return False
    before = sentence.words_in(Span(opening.start, none.span.start))
    return all(any(sentence.is_one(word, name) for name in ("that", "light", "function")) for word in before)
