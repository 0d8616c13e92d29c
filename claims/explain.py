"""Why an article gave these claims and no others: sentence by sentence what was seen, and what became of it.

All spans count from the article's first character.
"""

from dataclasses import dataclass

from claims import dates
from claims.annotate import Annotated, annotate
from claims.attribution import Attribution, attributions
from claims.entities import Mention
from claims.extract import Extraction, Outcome
from claims.lexicon import Cue, lexicon
from claims.memory import Memory
from claims.model import Claim, Kind, Span
from claims.numbers import Number

#: sections whose cues can make or unmake a claim, in the order in which they are shown
SECTIONS = (
    "say", "deny", "not_a_denial", "report_noun", "vote", "chamber", "matter", "agree", "pact", "modality", "negation",
    "unit", "measure_verb", "basis", "event", "title", "body", "furniture", "opinion", "hypothetical",
)  # fmt: skip
_MEANING = ("kind", "role", "order", "measure", "basis", "modality", "type")
#: what a cue that made no claim lacked
_LACKS = {
    "deny": "no one is said to deny anything",
    "vote": "no body that decides, no tally and no result",
    "agree": "no pact beside it that is already made",
}
_MADE_BY = {"deny": (Kind.DENIAL,), "vote": (Kind.VOTE, Kind.EVENT), "agree": (Kind.AGREEMENT, Kind.EVENT)}


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something recognised. `what`: a section of the lexicon, "number", "date" or "name"; `meaning`: how it is read."""

    what: str
    span: Span
    meaning: str


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody who is said to say something. `speaker` is None for hearsay and accusations without a source."""

    speaker: str | None
    resolved: bool
    kind: str
    cue: Span
    content: Span


@dataclass(frozen=True, slots=True)
class Unused:
    """A number or cue that made no claim, and why."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence: its outcome, what was seen in it, who is said to speak, its claims, and what made none."""

    outcome: Outcome
    seen: tuple[Sighting, ...] = ()
    sayings: tuple[Saying, ...] = ()
    claims: tuple[Claim, ...] = ()
    unused: tuple[Unused, ...] = ()


def explain(extraction: Extraction) -> tuple[Explained, ...]:
    """Explain every sentence of an article that was read, in order; nothing for an unsupported language."""
    if extraction.language is None:
        return ()
    article, memory = extraction.article, Memory()
    anchor, near = dates.reference(article.published, article.text, lexicon(extraction.language))
    found = []
    for outcome in extraction.sentences:
        made = tuple(claim for claim in extraction.claims if outcome.span.start <= claim.start < outcome.span.end)
        words = lexicon(made[0].language if made else extraction.language)
        sentence = annotate(article.text, outcome.span, 0, words, anchor, near=near)
        silent = outcome.status == "nothing" and bool(outcome.notes)
        says = [] if silent else attributions(sentence, memory)
        found.append(
            Explained(
                outcome,
                seen=tuple(_seen(sentence)),
                sayings=tuple(_saying(sentence, one) for one in says),
                claims=made,
                unused=() if silent else tuple(_unused(sentence, made)),
            )
        )
    return tuple(found)


def _in_article(sentence: Annotated, span: Span) -> Span:
    return Span(sentence.offset + span.start, sentence.offset + span.end)


def _seen(sentence: Annotated) -> list[Sighting]:
    found = [
        Sighting(name, _in_article(sentence, cue.span), _meaning(cue)) for name in SECTIONS for cue in sentence.of(name)
    ]
    found += [Sighting("number", _in_article(sentence, one.span), _value(one)) for one in sentence.numbers]
    found += [
        Sighting("date", _in_article(sentence, one.span), one.date.iso if one.date else "unknown day")
        for one in sentence.dates
    ]
    found += [Sighting("name", _in_article(sentence, one.span), _named(one)) for one in sentence.names]
    return list(dict.fromkeys(found))


def _meaning(cue: Cue) -> str:
    return " ".join(str(cue.get(name)) for name in _MEANING if cue.get(name) is not None)


def _named(mention: Mention) -> str:
    name = mention.entity.name
    return f"{name}, or the place {mention.place}" if mention.place else name


def _value(number: Number) -> str:
    if number.kind not in ("count", "none", "tally"):
        return number.kind
    ends = [f"{end:f}" if end is not None else "…" for end in (number.low, number.high)]
    figure = ends[0] if ends[0] == ends[1] else "–".join(ends)
    unit = number.currency or ("percent" if number.percent else "")
    return " ".join(part for part in (number.kind, number.bound.value.replace("_", " "), figure, unit) if part)


def _saying(sentence: Annotated, one: Attribution) -> Saying:
    return Saying(
        one.speaker.name if one.speaker else None,
        one.speaker is None or one.speaker.resolved,
        one.kind,
        _in_article(sentence, one.cue),
        _in_article(sentence, one.content),
    )


def _unused(sentence: Annotated, made: tuple[Claim, ...]) -> list[Unused]:
    found = [
        Unused(_in_article(sentence, one.figure), why) for one in sentence.numbers if (why := _why(sentence, one, made))
    ]
    for name, kinds in _MADE_BY.items():
        if not any(claim.kind in kinds for claim in made):
            found += [Unused(_in_article(sentence, cue.span), _LACKS[name]) for cue in sentence.of(name)[:1]]
    return found


def _why(sentence: Annotated, number: Number, made: tuple[Claim, ...]) -> str | None:
    """Why a number is no claim of its own, None where it is one or plainly could be none."""
    surface = number.figure.of(sentence.text)
    if number.kind == "date":
        return None
    if number.kind not in ("count", "none", "tally"):
        return f"no count but {number.kind}"
    if any(claim.quantity and claim.quantity.surface == surface for claim in made):
        return None
    start = sentence.offset + number.figure.start
    inside = next((claim for claim in made if claim.start <= start < claim.end), None)
    return f"part of the {inside.kind.value}" if inside else "nothing that it counts stands near"
