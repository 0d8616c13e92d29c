"""What is answered to a question: as much as a phone shows at once, and buttons for the rest."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.locale import Html, day, say
from bot.phrasing import (
    claim_block,
    dated,
    dated_block,
    figure,
    quoted,
    side,
    slot_name,
    source_line,
    speaker_name,
    understood,
)
from bot.replies.disputes import explanation, rule
from bot.replies.leads import lead
from bot.replies.nothing import nothing, readings
from bot.replies.shape import Button, Reply, split
from bot.replies.summaries import changed, disagreement, summary
from bot.results import Answered
from bot.voices import Voice, voices
from claims.model import Kind
from claims.pair import told
from claims.slot import slot
from db.values import Pair, StoredClaim

#: characters that a phone shows at once, and those of a quotation that it folds
SCREEN, FOLDED = 900, 130
#: what else the same speaker said, behind the newest word
_MOST_EARLIER = 2
#: claims that the first page holds at least where they are in conflict
_BOTH = 2
#: the figures of a picture
_FEWEST_DRAWN = 2
_LONG_QUOTE = re.compile(r"<blockquote expandable>(.*?)</blockquote>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def answer(result: Answered, language: str, page: int = 0, claim: int | None = None) -> tuple[Reply, ...]:
    """The claims that answer a question, who denies or contradicts them; or that nothing is known. `claim` is of the
    reading that was chosen. Outside of chats, where nobody can tap, all pages are one."""
    rows = buttons(result, language, claim)
    if result.changes:
        return split(changed(result, result.changes, language), rows)
    if not result.answers:
        return nothing(result, language)
    if result.readings and result.number:
        return readings(result, language)
    if result.known:
        return split(summary(result, language), rows)
    if result.question.asks == "disagree":
        return split(disagreement(result, language), rows)
    found = _pages(result, language)
    if not result.number:
        return split([found[0][0], *(block for one in found for block in one[1:])])
    at = min(page, len(found) - 1)
    return (Reply("\n\n".join(found[at]), (*rows, *_turning(result, language, found, at, claim))),)


def buttons(result: Answered, language: str, claim: int | None = None) -> tuple[tuple[Button, ...], ...]:
    """What can be done with an answer; none where nobody can tap, or nothing was found."""
    if not result.number or not result.answers:
        return ()
    one = f"{result.number}" if claim is None else f"{result.number}:{claim}"
    first = [Button(say(language, "button.sources"), f"sources:{one}")]
    drawn = [stored for stored, _ in result.answers if stored.claim.quantity and told(stored.claim)]
    if len(drawn) >= _FEWEST_DRAWN:
        first.append(Button(say(language, "button.timeline"), f"timeline:{drawn[0].number}"))
    watched = f"watch:{result.number}" if result.known or result.changes else f"follow:{result.answers[0][0].number}"
    first.append(Button(say(language, "button.follow"), watched))
    yes = Button(say(language, "button.helpful"), f"yes:{result.number}")
    no = Button(say(language, "button.unhelpful"), f"no:{result.number}")
    return tuple(first), (yes, no)


def _turning(
    result: Answered, language: str, pages: Sequence[Sequence[str]], at: int, claim: int | None
) -> tuple[tuple[Button, ...], ...]:
    """Back and on, where there is more than one page."""
    row = []
    end = "" if claim is None else f":{claim}"
    if at:
        row.append(Button(say(language, "button.back"), f"page:{result.number}:{at - 1}{end}"))
    if at + 1 < len(pages):
        more = sum(len(page) - 1 for page in pages[at + 1 :])
        row.append(Button(say(language, "button.more", count=more), f"page:{result.number}:{at + 1}{end}"))
    return (tuple(row),) if row else ()


def _pages(result: Answered, language: str) -> list[list[str]]:
    """The answer as pages of blocks. Each begins with what is asked; the first also holds who denies or contradicts."""
    found = voices(one for one, _ in result.answers)
    if result.question.about_denial:  # what else is claimed of it stands in their conflict
        found = tuple(one for one in found if one.newest.claim.kind is Kind.DENIAL) or found
    head = f"{say(language, 'answer.topic', topic=_topic(result, found[0].newest, language))}"
    opening = "\n".join([head, *lead(result, found, language)])
    days = [one for one in found if told(one.newest.claim)] if result.question.asks == "when" else []
    blocks = [dated_block(one.newest, language, one.also) for one in days]
    blocks = blocks or [_voice_block(one, language) for one in found]
    beside = _beside(result, [claim for one in days or found for claim in (one.newest, *one.also)], language)
    pages, room = [[opening]], SCREEN - _seen(opening) - sum(map(_seen, beside))
    for block in blocks:
        least = _BOTH if len(pages) == 1 and result.conflicts else 1
        if len(pages[-1]) > least and _seen(block) > room:
            pages.append([head])
            room = SCREEN - _seen(head)
        pages[-1].append(block)
        room -= _seen(block)
    pages[0] += beside
    return pages


def _topic(result: Answered, first: StoredClaim, language: str) -> str:
    """What an answer is about: what its first claim counts or decides, else what was asked about."""
    if first.claim.quantity or first.claim.vote:
        return slot_name(slot(first.claim), language)
    return understood(replace(result.question, asks="topic"), language) or slot_name(slot(first.claim), language)


def _seen(block: str) -> int:
    """How many characters of a block a phone shows before anything is unfolded."""
    folded = _LONG_QUOTE.sub(lambda match: match[1][:FOLDED], block)
    return len(_TAG.sub("", folded)) + 2


def _voice_block(voice: Voice, language: str) -> str:
    """The newest word of a speaker; what else the speaker said, on one line."""
    block = claim_block(voice.newest, language, voice.also)
    before = [one for one in voice.older if one.claim.quantity != voice.newest.claim.quantity and one.claim.quantity]
    if not before:
        return block
    told_then = ", ".join(_earlier(one, language) for one in before[:_MOST_EARLIER])
    more = " …" if len(before) > _MOST_EARLIER else ""
    return f"{block}\n{say(language, 'answer.earlier', figures=Html(told_then + more))}"


def _earlier(stored: StoredClaim, language: str) -> str:
    assert stored.claim.quantity
    on = told(stored.claim)
    return f"{figure(stored.claim.quantity, language)}{f' ({day(on, language)})' if on else ''}"


def _beside(result: Answered, shown: Sequence[StoredClaim], language: str) -> list[str]:
    """The denials and conflicts that stand beside the claims shown, each speaker and conflict once."""
    denied = {speaker_name(one, language) for one in shown if one.claim.kind is Kind.DENIAL}
    blocks = []
    for one in (one for pair in result.conflicts for one in (pair.a, pair.b) if one.claim.kind is Kind.DENIAL):
        name = speaker_name(one, language)
        if name not in denied:
            denied.add(name)
            quote = Html(f"{quoted(one.claim.evidence)}\n{source_line(one, language)}")
            blocks.append(say(language, "answer.denied", quote=quote, speaker=name, when=dated(one.claim, language)))
    is_denial = result.question.about_denial
    clashes = [
        pair for pair in result.conflicts if (Kind.DENIAL in (pair.a.claim.kind, pair.b.claim.kind)) is is_denial
    ]
    groups: dict[int, list[Pair]] = {}
    for pair in clashes:
        groups.setdefault(pair.conflict or 0, []).append(pair)
    listed = {one.number for one in shown}
    return [*blocks, *(_clash(number, pairs, listed, language) for number, pairs in list(groups.items())[:2])]


def _clash(number: int, pairs: Sequence[Pair], shown: set[int], language: str) -> str:
    """A conflict: the names of its sides where all are shown, else what the plainest two say."""
    sides = [one for pair in pairs for one in (pair.a, pair.b)]
    if {one.number for one in sides} <= shown:
        names = list(dict.fromkeys(speaker_name(one, language) for one in sides))
        return say(language, "answer.clash", number=Html(number), why=rule(pairs[0], language), names=", ".join(names))
    return say(language, "answer.conflict", text=Html(explanation(pairs[0], language)))


def grounds(claims: Sequence[StoredClaim], language: str) -> tuple[Reply, ...]:
    """All claims that an answer rests on, a line each, by where they come from."""
    groups: dict[str, list[StoredClaim]] = {}
    for one in claims:
        groups.setdefault(one.origin, []).append(one)
    head = say(language, "answer.sources", origins=say(language, "answer.origins", count=len(groups)))
    blocks = [str(head)]
    for found in groups.values():
        rows = [f"• {side(found[0], language)}", *(f"   {source_line(one, language)}" for one in found)]
        blocks.append("\n".join(rows))
    chosen = [Button(say(language, "button.claim", number=one.number), f"claim:{one.number}") for one in claims[:6]]
    return split(blocks, tuple(tuple(chosen[at : at + 3]) for at in range(0, len(chosen), 3)))
