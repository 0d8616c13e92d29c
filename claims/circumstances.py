"""When, where, about whom and how surely a draft holds: what the words around its anchor tell."""

from datetime import date

from claims.annotate import Annotated
from claims.attribution import Attribution
from claims.content import behind_that
from claims.entities import as_place
from claims.gazetteer import place_path
from claims.kinds.draft import Draft
from claims.measures import is_area
from claims.model import EventDate, Kind, Modality, Span
from claims.text import key

#: what is not yet the case is dated forward
_AHEAD = (Modality.PLANNED, Modality.CONDITIONAL)
#: characters between a preposition of place and the name that it leads to: "in the northern"
_REACH = 14


def modality_of(sentence: Annotated, draft: Draft, piece: Span, said: Attribution | None) -> Modality:
    """How surely: an "if" rules the whole sentence, hearsay its clause, a plan what follows it in its clause."""
    cues = [cue for cue in sentence.of("modality") if not cue.get("initial") or sentence.begins_clause(cue.span)]
    if any(cue.get("modality") == "conditional" for cue in cues):
        return Modality.CONDITIONAL
    if said and said.hearsay:
        return Modality.ALLEGED
    clause = sentence.clause_of(draft.anchor)
    if any(cue.get("modality") == "alleged" and clause.holds(cue.span) for cue in cues):
        return Modality.ALLEGED
    if said and said.kind == "pledge":
        return Modality.PLANNED
    for cue in cues:
        ahead = clause.start <= cue.span.start < draft.anchor.start
        behind = piece.holds(cue.span) and _no_stop(sentence, draft.anchor.end, cue.span.start)
        if cue.get("modality") == "planned" and (behind or (ahead and clause.holds(cue.span))):
            return Modality.PLANNED
    return Modality.ASSERTED


def event_date(
    sentence: Annotated, scope: Span, draft: Draft, said: Attribution | None, modality: Modality
) -> EventDate | None:
    """The nearest date that tells when it happened or shall happen, and not when it was told."""
    ahead = modality in _AHEAD or (said is not None and said.kind == "warn")
    read = sentence.coming_dates if ahead else sentence.dates
    mentions = [one for one in read if one.span.start >= sentence.dateline]
    if not ahead:
        mentions = [one for one in mentions if not _is_of_plan(sentence, one.span, draft)]
    if not ahead and draft.kind is Kind.VOTE:  # "adopted the 2027 budget"
        mentions = [one for one in mentions if not (one.date and sentence.anchor and one.date.first > sentence.anchor)]
    frame = said.frame if said else Span(0, 0)
    inside = [
        one for one in mentions if one.date and scope.overlaps(one.span) and not _beside(sentence, one.span, frame)
    ]
    alone = len(mentions) == 1 and not _beside(sentence, mentions[0].span, frame)
    if not inside and (alone or draft.kind in (Kind.VOTE, Kind.AGREEMENT, Kind.EVENT)):
        inside = [one for one in mentions if one.date]
    nearest = min(inside, key=lambda one: abs(one.span.start - draft.anchor.start), default=None)
    return nearest.date if nearest else None


def _is_of_plan(sentence: Annotated, date: Span, draft: Draft) -> bool:
    """Whether a date stands in another clause, which tells what is yet to be."""
    clause = sentence.clause_of(date)
    plans = (cue for cue in sentence.of("modality", clause) if cue.get("modality") == "planned")
    return not clause.overlaps(draft.anchor) and any(plans)


def _beside(sentence: Annotated, span: Span, frame: Span) -> bool:
    """Whether a date belongs to the verb of saying: "said on Wednesday", "On Wednesday the ministry said"; not where a
    comma parts them: "broke off on Tuesday, officials said"."""
    if frame.end == 0:
        return False
    before = 0 <= frame.start - span.end <= 3
    apart = (
        before and "," in sentence.text[span.end : frame.start + 1] and len(sentence.words_in(Span(0, span.start))) > 1
    )
    return (before and not apart) or 0 <= span.start - frame.end <= 12 or frame.overlaps(span)


def telling_date(sentence: Annotated, said: Attribution | None, scope: Span) -> date | None:
    """The day that the speaker said it: of the date beside the verb of saying, else of one outside what is said."""
    if said is None:
        return None
    clause = sentence.clause_of(said.cue)
    near = [
        one
        for one in sentence.dates
        if one.date
        and (_beside(sentence, one.span, said.frame) or (clause.holds(one.span) and not scope.holds(one.span)))
    ]
    chosen = min(near, key=lambda one: abs(one.span.start - said.cue.start), default=None)
    return chosen.date.first if chosen and chosen.date else None


def place_of(sentence: Annotated, draft: Draft, scope: Span, said: Attribution | None) -> str | None:
    """The nearest place that a preposition of place leads to, inside the claim's own words; not where it was told."""
    told = _telling(sentence, said) if said else Span(0, 0)
    leads = [*sentence.of("locative"), *sentence.of("strike"), *sentence.of("place_noun")]
    found: list[tuple[int, str]] = []
    for mention in sentence.names:
        if mention.entity.kind not in ("place", "country") or mention.demonym or not scope.overlaps(mention.span):
            continue
        if told.holds(mention.span):
            continue
        if any(_leads_to(sentence, lead.span.end, mention.span.start) for lead in leads):
            found.append((abs(mention.span.start - draft.anchor.start), as_place(mention).name))
    if not found:
        clause = sentence.clause_of(draft.anchor)
        wider = Span(min(scope.start, clause.start), max(scope.end, clause.end))
        return _written_place(sentence, draft, scope) or (
            place_of(sentence, draft, wider, said) if wider != scope else None
        )
    wholes = [row for row in found if any(row[1] in place_path(other)[1:] for _, other in found)]
    return min([row for row in found if row not in wholes] or found)[1]


def speakers_place(sentence: Annotated, said: Attribution | None) -> str | None:
    """The place less than a country that speaks: what it counts it counts there, "Texas has reported 41 cases"."""
    if said is None or said.speaker is None or said.speaker.person:
        return None
    named = key(said.speaker.name)
    places = (one for one in sentence.names if one.entity.kind == "place" and not one.demonym)
    found = (one for one in places if said.frame.holds(one.span) and one.span.of(sentence.folded) == named)
    return next((as_place(one).name for one in found), None)


def _telling(sentence: Annotated, said: Attribution) -> Span:
    """The words behind a verb of saying that tell where it was said: all of them where what is said stands before."""
    behind = said.content.end <= said.frame.start and said.also is None
    return Span(said.cue.end, sentence.right_stop(said.frame.end) if behind else behind_that(sentence, said.cue.end))


def _leads_to(sentence: Annotated, end: int, start: int) -> bool:
    """Whether a preposition of place that ends here leads to a name there: right behind it, or behind the kind of place
    that it is, "di kabupaten tetangga, Tojo"; a hospital's name is no place where something happened."""
    near = 0 <= start - end <= _REACH and _no_stop(sentence, end, start)
    house = any(Span(end, start).holds(cue.span) and cue.get("measure") == "hospitals" for cue in sentence.of("unit"))
    return (near and not house) or _behind_kind(sentence, end)[0] in (start, start - 1)


def _written_place(sentence: Annotated, draft: Draft, scope: Span) -> str | None:
    """The nearest run of capitalised words that a preposition of place leads to and that is no known name or date: "in
    nearby Tarnau", "in the Tarnau district", "di kabupaten tetangga, Tojo"."""
    taken = [mention.span for mention in sentence.names] + [mention.span for mention in sentence.dates]
    taken += [
        cue.span for name in ("title", "body", "chamber", "month", "weekday", "matter") for cue in sentence.of(name)
    ]
    found: list[tuple[int, str]] = []
    leads = [cue for cue in sentence.of("locative", scope) if not cue.get("known_only")]
    for lead in (*leads, *sentence.of("strike", scope), *sentence.of("place_noun", scope)):
        run: list[Span] = []
        start, is_plain = _behind_kind(sentence, lead.span.end)
        for word in sentence.words_in(Span(start, sentence.right_stop(start))):
            if not sentence.is_capital(word) or any(span.overlaps(word) for span in taken) or len(run) == 3:
                break
            run.append(word)
        if run and run[0].start <= start + 1 and (is_plain or _is_area(sentence, sentence.word_from(run[-1].end))):
            name = Span(run[0].start, run[-1].end)
            written = name.of(sentence.text).removesuffix("'s").removesuffix("’s")
            found.append((abs(name.start - draft.anchor.start), written))
    return min(found)[1] if found else None


def _behind_kind(sentence: Annotated, at: int) -> tuple[int, bool]:
    """Where a name may begin behind a preposition and the kind of place that it is ("the neighbouring regency of"), and
    whether that kind stands before it, or nothing does: behind an article alone it must follow ("the Tarnau district").
    """
    end, is_kind, is_near = at, False, False
    for word in sentence.words_in(Span(at, sentence.right_stop(at))):
        near, kind = sentence.is_one(word, "nearby"), _is_area(sentence, word)
        joins = sentence.is_one(word, "article") or (is_kind and sentence.is_function(word))
        if word.start > end + 1 or not (near or kind or joins):
            break
        end, is_kind, is_near = word.end, is_kind or near or kind, is_near or near
    comma = 2 if is_near and sentence.text[end : end + 2] == ", " else 0
    return end + comma, is_kind or end == at


def _is_area(sentence: Annotated, word: Span | None) -> bool:
    """Whether a word is a noun for a kind of place: "district", "kabupaten"."""
    nouns = [*sentence.of("place_noun"), *(cue for cue in sentence.of("unit") if is_area(str(cue.get("measure"))))]
    return word is not None and any(cue.span.overlaps(word) for cue in nouns)


def is_elsewhere(sentence: Annotated) -> bool:
    """Whether a sentence turns to another place than those before it: "elsewhere", "di kabupaten tetangga"."""
    return bool(sentence.of("elsewhere"))


def _no_stop(sentence: Annotated, start: int, end: int) -> bool:
    return not any(start <= stop < end for stop in sentence.stops)


def agent_of(sentence: Annotated, draft: Draft, scope: Span) -> str | None:
    """Whose soldiers or citizens are counted, where an adjective of nationality tells."""
    if draft.kind is not Kind.QUANTITY:
        return None
    found = [one for one in sentence.names if scope.holds(one.span) and one.demonym]
    nearest = min(found, key=lambda one: abs(one.span.start - draft.anchor.start), default=None)
    return nearest.entity.name if nearest else None


def is_negated(sentence: Annotated, draft: Draft, piece: Span) -> bool:
    """Whether what is claimed is that something is not so."""
    if draft.kind in (Kind.QUANTITY, Kind.DENIAL, Kind.VOTE):
        return False
    clause = sentence.clause_of(draft.scope) if draft.scope and draft.kind is Kind.STATEMENT else piece
    missing = [cue.span for cue in sentence.of("without", piece)]
    told = (cue.span for cue in sentence.of("negation", piece) if clause.start <= cue.span.start < clause.end)
    return any(span not in missing for span in told)
