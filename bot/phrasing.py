"""Claims in words: what a person reads of one claim, its figure, its speaker and its source, in Telegram's HTML.

Everything from outside is escaped when it is filled in (`bot.locale.say`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from html import unescape
from urllib.parse import quote

from bot.locale import Html, day, has, in_words, number, say, when
from claims.concepts import meanings, word_of
from claims.entities import display, entities, resolve
from claims.generic import is_plural, noun, shown
from claims.measures import Measure, is_currency, measure
from claims.model import SILENCE, Bound, Claim, Kind, Modality, Quantity, Vote
from claims.question import Question
from claims.slot import Slot
from db.values import StoredClaim, Trust

#: characters of a quotation, and from how many on a phone folds it
_LONGEST_QUOTE, _FOLDED_FROM = 600, 180
#: characters of a headline: a paste without one has its first words instead
_LONGEST_TITLE = 90
#: words that stand for a sentence in another language
_MOST_WORDS = 6


#: classes of units that name what is counted
_COUNTED = frozenset({"people", "things", "votes"})


_LABELLED = {
    Modality.ALLEGED: "claim.alleged",
    Modality.CONDITIONAL: "claim.conditional",
    Modality.PLANNED: "claim.planned",
    Modality.DENIED: "claim.denied",
}


_UNSURE = 0.5


_ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)")


_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"


def claim_block(stored: StoredClaim, language: str, also: Sequence[StoredClaim] = ()) -> str:
    """A claim as a paragraph: gist, who says it, when, the evidence as a quotation, the source; and the sources of
    other pages that say the same by themselves."""
    claim = stored.claim
    head = f"<b>{gist(claim, language)}</b>" if has_gist(claim) else _in_short(claim, language)
    said = ", ".join([*_said_by(stored, language, 1 + len(also)), *_circumstances(claim, language)])
    lines = [head, said if head else capital(said), quoted(claim.evidence)]
    lines += [source_line(one, language) for one in (stored, *also)]
    return "\n".join(line for line in lines if line)


def dated_block(stored: StoredClaim, language: str, also: Sequence[StoredClaim] = ()) -> str:
    """A claim as an answer to "when?": its day, who says so, and of what; the sources."""
    claim = stored.claim
    said = ", ".join(_said_by(stored, language, 1 + len(also)))
    told = in_line(claim, language)
    head = ", ".join(part for part in (f"<b>{_when(claim, language)}</b>", said, *hedges(claim, language)) if part)
    return "\n".join([f"{head}: {told}", *(source_line(one, language) for one in (stored, *also))])


def _when(claim: Claim, language: str) -> str:
    """The day that a claim speaks for; empty where unknown."""
    if claim.event_date:
        return when(claim.event_date, language)
    return day(claim.as_of, language) if claim.as_of else ""


def _said_by(stored: StoredClaim, language: str, pages: int) -> Iterable[str]:
    """Who says it, and who told that on."""
    claim = stored.claim
    if claim.kind is Kind.DENIAL and claim.speaker and not claim.speaker_unresolved:
        pass  # who denies it stands above
    elif claim.speaker is None:
        yield say(language, "claim.page", count=pages)
    elif claim.speaker_unresolved:
        yield say(language, "claim.unresolved", speaker=display(claim.speaker, language))
    else:
        yield say(language, "claim.says", **speaking(claim, language))
    if claim.via:
        yield say(language, "claim.via", names=", ".join(display(name, language) for name in claim.via))


def _circumstances(claim: Claim, language: str) -> Iterable[str]:
    """When, and how surely."""
    if told := _when(claim, language):
        yield told
    yield from hedges(claim, language)
    if claim.confidence < _UNSURE:
        yield say(language, "claim.unsure")


def hedges(claim: Claim, language: str) -> Iterable[str]:
    """What keeps a claim from being a plain one: hearsay, an "if", a plan, a no."""
    if claim.modality in _LABELLED and claim.kind is not Kind.DENIAL:
        yield say(language, _LABELLED[claim.modality])
    if claim.negated and claim.kind is not Kind.DENIAL and claim.rule != SILENCE:
        yield say(language, "claim.negated")


def quoted(text: str) -> Html:
    """Foreign words as a quotation, folded where they are long, cut where they are very long."""
    flat = " ".join(text.split()).strip("“”")
    cut = flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1] + "…"
    tag = "blockquote expandable" if len(cut) > _FOLDED_FROM else "blockquote"
    return Html(f"<{tag}>“{say_plain(cut)}”</blockquote>")


def say_plain(text: str) -> Html:
    """Text from outside, escaped."""
    return Html(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def source_line(stored: StoredClaim, language: str) -> str:
    """The outlet with its link, and the claim's number."""
    parts: list[str] = [source_name(stored)]
    if stored.published:
        parts.append(day(stored.published, language))
    if stored.trust is Trust.QUARANTINED:
        parts.append(say(language, "claim.quarantined"))
    parts.append(say(language, "claim.number", number=Html(stored.number)))
    return " · ".join(parts)


def source_name(stored: StoredClaim) -> Html:
    """The outlet with its link."""
    name = say_plain(headline(stored.source or stored.title))
    address = _address(stored.url or "")
    return Html(f'<a href="{say_plain(address)}">{name}</a>') if address else name


def headline(title: str) -> str:
    """A title as long as a headline."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def _address(url: str) -> str | None:
    """An address as Telegram links it, without blanks and quotes; None for what is no address of a page."""
    return quote(url, safe=_IN_ADDRESSES) if _ADDRESS.match(url) else None


def side(
    stored: StoredClaim, language: str, also: Sequence[StoredClaim] = (), *, beside: StoredClaim | None = None
) -> str:
    """A side of a conflict: "South Korea: 3,000 soldiers in Russia (23 Oct 2024)"; with the other pages that say so. A
    figure is quoted where what stands `beside` it denies it, and the denial does not repeat that."""
    claim = stored.claim
    if beside and claim.denied == beside.claim.evidence:
        claim = replace(claim, denied=None)
    denied = beside is not None and beside.claim.kind is Kind.DENIAL
    told = in_line(claim, language, quoted=denied)
    name = ", ".join(dict.fromkeys(speaker_name(one, language) for one in (stored, *also)))
    if claim.kind is Kind.DENIAL:
        return f"{told}{dated(claim, language)}"
    key = "conflict.side" if has_gist(claim) else "conflict.side_text"
    return say(language, key, speaker=at_head(name, claim, language), gist=told, when=dated(claim, language))


def shortened(text: str) -> str:
    """Foreign words in quotation marks, on one line."""
    flat = " ".join(text.split()).strip("“”")
    return f"“{flat if len(flat) <= 120 else flat[:119] + '…'}”"


def dated(claim: Claim, language: str) -> str:
    """The day that a claim speaks for, in brackets; empty where unknown."""
    told = _when(claim, language)
    return f" ({told})" if told else ""


def gist(claim: Claim, language: str) -> Html:
    """The claim in the reader's language, made of its fields: "3,000 soldiers (North Korea) in Russia"."""
    if claim.quantity:
        key = "gist.count_in_words" if in_words(_last(claim.quantity)) else "gist.count"
        text = say(language, key, value=figure(claim.quantity, language), unit=counted(claim, language))
        whose = [display(claim.agent, language)] if claim.agent else []
        if about := [*_matter(claim, language), *whose]:
            text = Html(text + say(language, "gist.of", agent=", ".join(about)))
        if claim.place:
            text = Html(text + say(language, "gist.place", place=display(claim.place, language)))
        return text
    if claim.vote:
        return _vote(claim.vote, language)
    if claim.kind is Kind.DENIAL:
        denied = f": “{claim.denied}”" if claim.denied else ""
        return Html(capital(say(language, "gist.denial", **speaking(claim, language))) + say_plain(denied))
    return say_plain(shortened(claim.evidence))


def in_line(claim: Claim, language: str, *, quoted: bool = False) -> Html:
    """What a claim says, on one line: its gist, its own words where that leaves open what is counted, else these.
    `quoted`: a figure is followed by its own words in any case."""
    if not has_gist(claim):
        return say_plain(shortened(claim.evidence))
    told = gist(claim, language)
    adds = _leaves_open(claim) or (quoted and claim.quantity)
    return Html(f"{told} – {say_plain(shortened(claim.evidence))}") if adds else told


def _leaves_open(claim: Claim) -> bool:
    """Whether nothing in a figure tells what it is of: "2 days", "4 %"."""
    measured = measure(claim.measure) if claim.quantity and claim.measure else None
    return measured is not None and measured.unit_class not in _COUNTED and not _tells_matter(measured)


def _tells_matter(measured: Measure) -> bool:
    """Whether a measure tells more than in what it is measured: turnout, not a share; a prison term, not years."""
    return measured.family not in (measured.unit_class, measured.unit)


def _matter(claim: Claim, language: str) -> list[str]:
    """What a figure is of that its unit leaves open: "64 % (turnout)"."""
    measured = measure(claim.measure) if claim.measure else None
    if measured is None or measured.unit_class in _COUNTED or not _tells_matter(measured):
        return []
    return [measure_name(measured.family, language)] if has(language, f"measure.{measured.family}") else []


def _in_short(claim: Claim, language: str) -> str:
    """What a sentence in another language speaks of, in the reader's words: names and concepts in their order."""
    if not claim.language or claim.language == language:
        return ""
    named = [(one.span, display(one.entity.name, language)) for one in entities(claim.evidence, claim.language)]
    words = [
        (one.span, word)
        for one in meanings(claim.evidence, claim.language)
        if not any(one.span.overlaps(span) for span, _ in named)
        and (word := next(filter(None, (word_of(name, language) for name in sorted(one.concepts))), None))
    ]
    found = dict.fromkeys(word for _, word in sorted([*named, *words], key=lambda row: row[0].start))
    return f"<b>{say(language, 'gist.about', words=', '.join(list(found)[:_MOST_WORDS]))}</b>" if found else ""


def has_gist(claim: Claim) -> bool:
    """Whether a claim's fields alone say what it claims."""
    return bool(claim.quantity or claim.vote or claim.kind is Kind.DENIAL)


def figure(quantity: Quantity, language: str) -> str:
    """A number with its bound, in the reader's form."""
    low, high = quantity.low, quantity.high
    if quantity.bound is Bound.VAGUE and low is not None and high is not None:
        return say(language, "bound.vague", surface=quantity.surface, low=low, high=high)
    if quantity.bound is Bound.RANGE and low is not None and high is not None:
        return say(language, "bound.range", low=low, high=high)
    value = quantity.value if quantity.value is not None else Decimal(0)
    if quantity.bound is Bound.EXACT or not has(language, f"bound.{quantity.bound.value}"):
        return number(value, language)
    return say(language, f"bound.{quantity.bound.value}", value=value)


def _last(quantity: Quantity) -> Decimal:
    """The number that stands before what is counted: "1 to 2 million people"; none where it is a vague word."""
    if quantity.bound is Bound.VAGUE:
        return Decimal(0)
    found = quantity.high if quantity.bound is Bound.RANGE else quantity.value
    return Decimal(0) if found is None else found


def counted(claim: Claim, language: str) -> str:
    """What a claim counts, in the reader's words: not "people" where it is said which."""
    if claim.quantity is None:
        return ""
    family = f"unit.{measure(claim.measure).family}" if claim.measure else ""
    if claim.quantity.unit == "people" and family and has(language, family):
        return say(language, family)
    return unit(claim.quantity, language)


def unit(quantity: Quantity, language: str) -> str:
    """What is counted, in the reader's words where there are some: "tonnes", "tonnes per day"."""
    counted_, _, period = quantity.unit.partition(" per ")
    names = (f"unit.{counted_}", f"measure.{measure(counted_).family}")
    name = next((say(language, one) for one in names if not is_currency(counted_) and has(language, one)), counted_)
    return say(language, f"per.{period}", unit=name) if period and has(language, f"per.{period}") else name


def _vote(vote: Vote, language: str) -> Html:
    key = {"passed": "gist.vote_passed", "rejected": "gist.vote_rejected"}.get(vote.result or "", "gist.vote_open")
    body = display(vote.body, language) if vote.body else say(language, "gist.some_body")
    parts = [say(language, key, body=body)]
    if vote.unanimous:
        parts.append(say(language, "gist.unanimous"))
    if vote.in_favour is not None and vote.against is not None:
        tally = [vote.in_favour, vote.against, *([vote.abstain] if vote.abstain is not None else [])]
        figures = "–".join(number(one, language) for one in tally)
        parts.append(say(language, "gist.tally" if len(tally) > 2 else "gist.tally_two", figures=figures))
    return Html(", ".join(parts))


def speaker_name(stored: StoredClaim, language: str) -> str:
    """Who says it, in the reader's language."""
    return spoken_by(stored.claim, language) if stored.claim.speaker else stored.source or stored.title


def spoken_by(claim: Claim, language: str) -> str:
    """Who says a claim, in the reader's language; a noun that has no word there stands in quotation marks."""
    speaker = claim.speaker or ""
    name = display(speaker, language)
    written = _noun(claim) if name == speaker and not shown(speaker, language) else None
    if written is None:
        return name
    return written if claim.language in (None, language) else f"“{written}”"


def at_head(name: str, claim: Claim, language: str) -> str:
    """Who says a claim, as a line begins: a noun has a large letter there, a name only where it has one ("taz")."""
    speaker = claim.speaker or ""
    return capital(name) if shown(speaker, language) or _noun(claim) else name


def _noun(claim: Claim) -> str | None:
    """A speaker that is a noun, as it stands inside a line; None for names, those that are written small too."""
    speaker = claim.speaker or ""
    return None if resolve(speaker) else noun(speaker, claim.language)


def speaking(claim: Claim, language: str) -> dict[str, str | int]:
    """Who says a claim, and the number of the verb behind it, as texts take them: {speaker}, and the plural's form."""
    speaker = spoken_by(claim, language) if claim.speaker else say(language, "gist.somebody")
    return {"speaker": speaker, "count": 2 if has_plural_verb(claim, language) else 1}


def has_plural_verb(claim: Claim, language: str) -> bool:
    """Whether who says a claim takes a plural verb: "officials deny it"."""
    return claim.speaker is not None and is_plural(claim.speaker, claim.language, language)


def capital(text: str) -> str:
    """With a large letter at its head, as a line begins."""
    return text[:1].upper() + text[1:]


def slot_name(found: Slot, language: str) -> str:
    """A slot in words: "soldiers · North Korea · Russia"."""
    names = [display(name, language) for name in (found.actor, found.place) if name]
    return " · ".join([measure_name(found.family, language), *names])


def measure_name(family: str, language: str) -> str:
    """What a family of measures counts, in the reader's words where there are some."""
    name = f"measure.{family}"
    return unescape(say(language, name)) if has(language, name) else family.replace("_", " ")


def understood(question: Question, language: str) -> str:
    """A question as it was taken: "how many · troops · North Korea · Russia"."""
    asks = f"asks.{question.asks}"
    parts = [unescape(say(language, asks))] if has(language, asks) else []
    if question.measure:
        parts.append(measure_name(question.measure, language))
    elif question.about_vote:
        parts.append(measure_name("vote", language))
    parts += [display(name, language) for name in (*question.actors, *question.places)]
    parts += [word.written for word in question.words]
    if question.speaker:
        parts.append(unescape(say(language, "asks.according", speaker=display(question.speaker, language))))
    if question.time:
        parts.append(when(question.time, language))
    return " · ".join(parts)
