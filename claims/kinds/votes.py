"""Votes: a chamber, a board or an electorate decides by ballot, with tallies or unanimously."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from claims.annotate import Annotated
from claims.attribution import Attribution
from claims.entities import body_in, country_of
from claims.kinds.chambers import HALF, Floor, body, matter, sitting
from claims.kinds.draft import Draft
from claims.kinds.tallies import Tally, tally
from claims.lexicon import Cue
from claims.measures import measure
from claims.model import Kind, Modality, Span, Vote
from claims.phrases import begins_verb

_RESULTS = {"pass": "passed", "reject": "rejected"}
#: how far before a verb a negation or a wish may stand
_NEAR = 14
#: how far behind "voted" what it was voted to do may begin
_AIM = 40


@dataclass(frozen=True, slots=True)
class Decision:
    """A verb of deciding, and what it decides."""

    cue: Cue
    result: str
    #: "did not approve"
    negated: bool = False


def find(sentence: Annotated, says: list[Attribution], floor: Floor) -> list[Draft]:
    """The ballots that a sentence reports. `floor` tells what was voted on, and by whom, in the sentences before."""
    told = any(cue.get("role") != "separator" for cue in sentence.of("vote")) or sitting(sentence, sentence.whole)
    if not told and not (floor.open and _has_tally(sentence)):
        floor.note(sentence, None)
        return []
    supposed = any(cue.get("modality") == "conditional" for cue in sentence.of("modality"))
    scopes = [] if supposed else list(_ballots(sentence)) or [sentence.whole]
    drafts = [draft for scope in scopes if (draft := _read(sentence, scope, says, floor))]
    drafts = drafts or _following(sentence, floor)
    floor.note(sentence, drafts[-1].vote if drafts else None)
    return drafts


def _ballots(sentence: Annotated) -> Iterator[Span]:
    """The stretches of a sentence that may each tell of one ballot: a main clause, with those that only count."""
    scope: Span | None = None
    decided = False
    for clause in sentence.clauses:
        cues = sentence.of("vote", clause)
        if not cues:
            continue
        words = tally(sentence, clause).words
        decides = any(cue.get("role") in _RESULTS and cue not in words for cue in cues)
        if scope and decided and decides:
            yield scope
            scope = None
        scope = Span(scope.start if scope else clause.start, clause.end)
        decided = decided or decides
    if scope:
        yield scope


def _read(sentence: Annotated, scope: Span, says: list[Attribution], floor: Floor) -> Draft | None:
    counted = tally(sentence, scope)
    decisions = list(_decisions(sentence, scope, counted))
    direction = _direction(sentence, scope, counted)
    recount = _counts_again(sentence, scope, counted, floor)
    result = _result(sentence, scope, decisions, counted, direction)
    asked = any(one.kind == "demand" and decisions and one.content.holds(decisions[0].cue.span) for one in says)
    if (
        asked
        or _is_survey(sentence, counted)
        or _is_open(sentence, scope, counted)
        or not (recount or _is_vote(sentence, scope, decisions, counted, direction))
    ):
        return None
    counts = counted.settled(result)
    verbs = [one.cue.span for one in decisions] or [cue.span for cue in sentence.of("vote", scope)] or [scope]
    alleged = any(cue.get("modality") == "alleged" for cue in sentence.of("modality", scope))
    vote = Vote(
        body=body(sentence, scope, verbs[0].start, floor),
        matter=matter(sentence, scope, verbs[0], floor) or (recount.matter if recount else None),
        result=result,
        in_favour=counts.get("for"),
        against=counts.get("against"),
        abstain=counts.get("abstain"),
        absent=counts.get("absent"),
        unanimous=bool(_having(sentence, scope, "unanimous")),
    )
    return Draft(
        kind=Kind.VOTE,
        anchor=verbs[0],
        rule="vote by tally" if counts else "vote by its result",
        measure="vote",
        vote=vote,
        agent=vote.body,
        object=vote.matter,
        modality=None if alleged else Modality.ASSERTED,
        negated=bool(decisions and decisions[0].negated),
        scope=scope,
    )


def _has_tally(sentence: Annotated) -> bool:
    """Whether two figures are set against each other: "108-61", "4 berbanding 3"."""
    return any(one.kind == "tally" for one in sentence.numbers) or tally(sentence, sentence.whole).pair is not None


def _counts_again(sentence: Annotated, scope: Span, counted: Tally, floor: Floor) -> Vote | None:
    """The vote just told, where somebody only gives another count of it: "the opposition counts 39 in favour"."""
    if floor.open is None or sitting(sentence, scope) or sentence.of("matter", scope):
        return None
    return floor.open if counted.pair or {"for", "against"} & counted.counts.keys() else None


def _having(sentence: Annotated, scope: Span, role: str) -> list[Cue]:
    return [cue for cue in sentence.of("vote", scope) if cue.get("role") == role]


def _decisions(sentence: Annotated, scope: Span, counted: Tally) -> Iterator[Decision]:
    """The verbs of deciding, without those that count votes, that only name an act, or whose act is still out."""
    voting = min((cue.span.start for cue in _having(sentence, scope, "vote")), default=scope.end)
    for cue in sentence.of("vote", scope):
        role = str(cue.get("role"))
        if role not in _RESULTS or cue in counted.words or (cue.get("noun") and not (counted.counts or counted.pair)):
            continue
        if cue.get("final") and begins_verb(sentence, cue.span.end):
            continue
        wished = any(0 <= cue.span.start - wish.span.end <= 1 for wish in sentence.of("unreal"))
        negations = [no for no in sentence.of("negation") if 0 <= cue.span.start - no.span.end <= _NEAR]
        if any(no.get("decides") for no in negations) and role == "pass":
            yield Decision(cue, "rejected", negated=True)
        elif not negations and (not wished or voting < cue.span.start):
            yield Decision(cue, _RESULTS[role])


def _direction(sentence: Annotated, scope: Span, counted: Tally) -> str | None:
    """What "voted against the plan" decides, where "against" counts no votes."""
    for role, result in (("for", "passed"), ("against", "rejected")):
        for cue in _having(sentence, scope, role):
            voted = cue.get("verb") or any(
                other.span.end <= cue.span.start for other in _having(sentence, scope, "vote")
            )
            if voted and cue not in counted.words and cue.get("count") is None:
                return result
    verbs = [cue.span.end for cue in _having(sentence, scope, "vote")]
    aims = [cue.span.start for cue in sentence.of("infinitive", scope)]
    if any(0 <= aim - verb <= _AIM and not _is_figure(sentence, aim) for aim in aims for verb in verbs):
        return "passed"
    return None


def _is_figure(sentence: Annotated, at: int) -> bool:
    """Whether a "to" stands between two figures and aims at nothing."""
    return any(0 <= number.span.start - at <= 4 for number in sentence.numbers)


def _result(
    sentence: Annotated, scope: Span, decisions: list[Decision], counted: Tally, direction: str | None
) -> str | None:
    if decisions:
        return decisions[0].result
    if _having(sentence, scope, "missed") and "for" in counted.counts:
        return "rejected"
    counts = counted.settled(None)
    if direction:
        return direction
    if "for" in counts and "against" in counts:
        return {True: "passed", False: "rejected"}[counts["for"] > counts["against"]] if _differ(counts) else None
    if _having(sentence, scope, "unanimous"):
        return "passed"
    return _by_shares(sentence, scope, counted.shares)


def _by_shares(sentence: Annotated, scope: Span, told: Mapping[str, int]) -> str | None:
    """What a ballot of many decided, where only shares are told."""
    ballot = any(cue.get("ballot") for cue in sentence.of("matter")) or _having(sentence, scope, "vote")
    if not ballot:
        return None
    most = max(told, key=lambda role: told[role], default="")
    if most not in ("for", "against") or told[most] < HALF:
        return None
    return "passed" if most == "for" else "rejected"


def _differ(counts: dict[str, int]) -> bool:
    return counts["for"] != counts["against"]


def _is_survey(sentence: Annotated, counted: Tally) -> bool:
    """Whether people were only asked what they think: no share of theirs decides."""
    asked = any(cue.get("poll") for cue in sentence.of("paper"))
    return asked and not counted.counts and any(number.percent for number in sentence.numbers)


def _is_open(sentence: Annotated, scope: Span, counted: Tally) -> bool:
    """Whether the ballot is still to come: put off, or planned before it is said to have been counted."""
    cues = sentence.of("vote", scope)
    counts = counted.settled(None)
    if "for" in counts and "against" in counts:
        return False
    first = min((cue.span.start for cue in cues if cue.get("role") in (*_RESULTS, "vote")), default=scope.end)
    plans = [cue for cue in sentence.of("modality", scope) if cue.get("modality") == "planned"]
    return bool(_having(sentence, scope, "postpone")) or any(cue.span.start < first for cue in plans)


def _is_vote(
    sentence: Annotated, scope: Span, decisions: list[Decision], counted: Tally, direction: str | None
) -> bool:
    """Whether enough is said of a ballot: somebody who votes, something voted on, figures, a decision."""
    counts = counted.settled(None)
    voting = bool(_having(sentence, scope, "vote"))
    voters = bool(sitting(sentence, scope))
    matters = sentence.of("matter", scope)
    if "for" in counts and "against" in counts:
        return voting or voters or bool(matters) or _names_votes(sentence, scope)
    if counts or (counted.lone is not None and decisions):
        missed = bool(_having(sentence, scope, "missed"))
        return (bool(decisions) or voting or missed) and (voters or bool(matters))
    if voters and (direction or (not decisions and _by_shares(sentence, scope, counted.shares))):
        return True
    decided = bool(decisions or _having(sentence, scope, "decide"))
    if decided and _having(sentence, scope, "unanimous") and (voters or matters):
        return True
    if not decisions:
        return False
    first = decisions[0].cue
    goes = any(cue.get("ballot") and cue.span.end <= first.span.start for cue in matters)
    return (voters and (bool(matters) or voting or _has_pronoun(sentence, first))) or bool(
        first.get("patient") and goes
    )


def _names_votes(sentence: Annotated, scope: Span) -> bool:
    """Whether it is votes that are counted: "there were six votes in favour and three against"."""
    return any(measure(str(cue.get("measure"))).family == "votes" for cue in sentence.of("unit", scope))


def _has_pronoun(sentence: Annotated, verb: Cue) -> bool:
    """Whether a verb's object was named before: "rejected it", "menolaknya"."""
    return bool(verb.get("object")) or any(0 <= cue.span.start - verb.span.end <= 1 for cue in sentence.of("anaphor"))


def _following(sentence: Annotated, floor: Floor) -> list[Draft]:
    """Another chamber of the same country that does, or will do, the same: "the senate is expected to follow suit"."""
    follows = _having(sentence, sentence.whole, "follow")
    chambers = sitting(sentence, sentence.whole)
    country = country_of(floor.vote.body) if floor.vote and floor.vote.body else None
    if not follows or not chambers or country is None or floor.vote is None:
        return []
    planned = any(cue.get("modality") == "planned" for cue in sentence.of("modality"))
    written = chambers[0].span.of(sentence.text)
    named = body_in(country, written, sentence.language) or written
    vote = Vote(body=named, matter=floor.vote.matter)
    return [
        Draft(
            kind=Kind.VOTE,
            anchor=chambers[0].span,
            rule="vote that follows another",
            measure="vote",
            vote=vote if planned else replace(vote, result=floor.vote.result),
            agent=vote.body,
            object=vote.matter,
            modality=Modality.PLANNED if planned else None,
            scope=sentence.clause_of(chambers[0].span),
        )
    ]
