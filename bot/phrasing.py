"""Claims in words: what a person reads of one claim, its figure, its speaker and its source, in Telegram's HTML.

Everything from outside is escaped when it is filled in (`bot.locale.say`).
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import quote

from bot.locale import Html, day, has, number, say, when
from claims.entities import display
from claims.measures import is_currency
from claims.model import Bound, Claim, Kind, Modality, Quantity, Vote
from claims.slot import Slot
from db.values import StoredClaim, Trust

_LONGEST_QUOTE = 300


_LABELLED = {
    Modality.ALLEGED: "claim.alleged",
    Modality.CONDITIONAL: "claim.conditional",
    Modality.PLANNED: "claim.planned",
    Modality.DENIED: "claim.denied",
}


_UNSURE = 0.5


_ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)")


_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"


def claim_block(stored: StoredClaim, language: str) -> str:
    """A claim as a paragraph: gist, who says it, when, the evidence as a quotation, the source."""
    claim = stored.claim
    lines = [f"<b>{gist(claim, language)}</b>" if has_gist(claim) else ""]
    lines.append(", ".join(part for part in _attribution(stored, language) if part))
    lines.append(quoted(claim.evidence))
    lines.append(source_line(stored, language))
    return "\n".join(line for line in lines if line)


def _attribution(stored: StoredClaim, language: str) -> Iterable[str]:
    claim = stored.claim
    if claim.speaker is None:
        yield say(language, "claim.page")
    elif claim.speaker_unresolved:
        yield say(language, "claim.unresolved", speaker=claim.speaker)
    else:
        yield say(language, "claim.says", speaker=speaker_name(stored, language))
    if claim.via:
        yield say(language, "claim.via", names=", ".join(display(name, language) for name in claim.via))
    if claim.event_date:
        yield when(claim.event_date, language)
    elif claim.as_of:
        yield day(claim.as_of, language)
    if claim.modality in _LABELLED and claim.kind is not Kind.DENIAL:
        yield say(language, _LABELLED[claim.modality])
    if claim.negated and claim.kind is not Kind.DENIAL:
        yield say(language, "claim.negated")
    if claim.confidence < _UNSURE:
        yield say(language, "claim.unsure")


def quoted(text: str) -> Html:
    """Foreign words as a quotation, cut where they are long."""
    flat = " ".join(text.split())
    cut = flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1] + "…"
    return Html(f"<blockquote>{say_plain(cut)}</blockquote>")


def say_plain(text: str) -> Html:
    """Text from outside, escaped."""
    return Html(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def source_line(stored: StoredClaim, language: str) -> str:
    """The outlet with its link, and the claim's number."""
    name = say_plain(stored.source or stored.title)
    address = _address(stored.url or "")
    if address:
        name = Html(f'<a href="{say_plain(address)}">{name}</a>')
    parts: list[str] = [name]
    if stored.published:
        parts.append(day(stored.published, language))
    if stored.trust is Trust.QUARANTINED:
        parts.append(say(language, "claim.quarantined"))
    parts.append(say(language, "claim.number", number=Html(stored.number)))
    return " · ".join(parts)


def _address(url: str) -> str | None:
    """An address as Telegram links it, without blanks and quotes; None for what is no address of a page."""
    return quote(url, safe=_IN_ADDRESSES) if _ADDRESS.match(url) else None


def side(stored: StoredClaim, language: str) -> str:
    """A side of a conflict: "South Korea: 3,000 soldiers in Russia (23 Oct 2024)"."""
    claim = stored.claim
    told = Html(gist(claim, language)) if has_gist(claim) else say_plain(shortened(claim.evidence))
    name = speaker_name(stored, language) if claim.speaker else (stored.source or stored.title)
    if claim.kind is Kind.DENIAL:
        return f"{told}{dated(claim, language)}"
    key = "conflict.side" if has_gist(claim) else "conflict.side_text"
    return say(language, key, speaker=name, gist=told, when=dated(claim, language))


def shortened(text: str) -> str:
    """Foreign words in quotation marks, on one line."""
    flat = " ".join(text.split())
    return f"“{flat if len(flat) <= 120 else flat[:119] + '…'}”"


def dated(claim: Claim, language: str) -> str:
    """The day that a claim speaks for, in brackets; empty where unknown."""
    told = when(claim.event_date, language) if claim.event_date else day(claim.as_of, language) if claim.as_of else ""
    return f" ({told})" if told else ""


def gist(claim: Claim, language: str) -> Html:
    """The claim in the reader's language, made of its fields: "3,000 soldiers (North Korea) in Russia"."""
    if claim.quantity:
        text = say(language, "gist.count", value=figure(claim.quantity, language), unit=unit(claim.quantity, language))
        if claim.agent:
            text = Html(text + say(language, "gist.of", agent=display(claim.agent, language)))
        if claim.place:
            text = Html(text + say(language, "gist.place", place=display(claim.place, language)))
        return text
    if claim.vote:
        return _vote(claim.vote, language)
    if claim.kind is Kind.DENIAL:
        name = display(claim.speaker, language) if claim.speaker else say(language, "gist.somebody")
        denied = f": “{claim.denied}”" if claim.denied else ""
        return Html(say(language, "gist.denial", speaker=name) + say_plain(denied))
    return say_plain(shortened(claim.evidence))


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


def unit(quantity: Quantity, language: str) -> str:
    """What is counted, in the reader's words where there are some."""
    if is_currency(quantity.unit) or not has(language, f"unit.{quantity.unit}"):
        return quantity.unit
    return say(language, f"unit.{quantity.unit}")


def _vote(vote: Vote, language: str) -> Html:
    key = {"passed": "gist.vote_passed", "rejected": "gist.vote_rejected"}.get(vote.result or "", "gist.vote_open")
    body = display(vote.body, language) if vote.body else say(language, "gist.some_body")
    parts = [say(language, key, body=body)]
    if vote.unanimous:
        parts.append(say(language, "gist.unanimous"))
    if vote.in_favour is not None and vote.against is not None:
        counted = [vote.in_favour, vote.against, *([vote.abstain] if vote.abstain is not None else [])]
        figures = "–".join(number(one, language) for one in counted)
        parts.append(say(language, "gist.tally", figures=figures))
    return Html(", ".join(parts))


def speaker_name(stored: StoredClaim, language: str) -> str:
    """Who says it, in the reader's language."""
    return display(stored.claim.speaker, language) if stored.claim.speaker else stored.source or stored.title


def slot_name(found: Slot, language: str) -> str:
    """A slot in words: "soldiers · North Korea · Russia"."""
    family = found.family.replace("_", " ")
    names = [display(name, language) for name in (found.actor, found.place) if name]
    return " · ".join([family, *names])
