"""What is known of a topic, and what has changed in it: a line a claim, by what they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.locale import Html, day, say
from bot.phrasing import hedges, say_plain, side, slot_name, source_name, understood
from bot.replies.disputes import rule
from bot.replies.leads import lead
from bot.results import Answered, Changes
from bot.voices import Voice, voices
from claims.model import Kind
from claims.pair import told
from claims.question import topic_terms
from claims.slot import slot
from db.values import Pair

#: lines of each sort, and sorts of figures
_MOST_LINES, _MOST_MATTERS = 4, 3
#: what came in that is shown
_MOST_NEW = 6


def summary(result: Answered, language: str) -> list[str]:
    """What is known of all that an open question names: figures by what they count, votes, denials, conflicts."""
    newest = sorted(voices(result.known), key=_told, reverse=True)
    blocks = [
        "\n".join(
            [
                say(language, "answer.known", topic=understood(result.question, language)),
                *lead(result, (), language),
            ]
        )
    ]
    return [*blocks, *_figures(newest, language), *_kinds(newest, language), *_clashes(result.conflicts, language)]


def _told(voice: Voice) -> date:
    return told(voice.newest.claim) or date.min


def _figures(newest: Sequence[Voice], language: str) -> Iterator[str]:
    groups: dict[str, list[Voice]] = {}
    for one in newest:
        if one.newest.claim.quantity:
            groups.setdefault(slot_name(slot(one.newest.claim), language), []).append(one)
    for name, found in list(groups.items())[:_MOST_MATTERS]:
        yield _section(name, found, language)


def _kinds(newest: Sequence[Voice], language: str) -> Iterator[str]:
    sorts: dict[str, list[Voice]] = {"votes": [], "denials": [], "said": []}
    for one in newest:
        claim = one.newest.claim
        if not claim.quantity or claim.kind in (Kind.VOTE, Kind.DENIAL):
            sorts[{Kind.VOTE: "votes", Kind.DENIAL: "denials"}.get(claim.kind, "said")].append(one)
    sorts["said"] = sorts["said"][:2]
    for name, found in sorts.items():
        if found:
            yield _section(say(language, f"summary.{name}"), found, language)


def _section(name: str, found: Sequence[Voice], language: str) -> str:
    rows = [f"• {_line(one, language)}" for one in found[:_MOST_LINES]]
    more = len(found) - len(rows)
    if more > 0:
        rows.append(say(language, "answer.more", count=more))
    return "\n".join([f"<b>{say_plain(name)}</b>", *rows])


def _line(voice: Voice, language: str) -> str:
    """Who says what, and in which outlet; a page that speaks for itself is its own outlet."""
    stored = voice.newest
    parts = [side(stored, language, voice.also), *hedges(stored.claim, language)]
    if stored.claim.speaker:
        parts.append(source_name(stored))
    return " – ".join(parts)


def _clashes(pairs: Sequence[Pair], language: str) -> Iterator[str]:
    """Each conflict by its number, its sides and why."""
    first: dict[int, Pair] = {}
    for pair in sorted(pairs, key=lambda pair: pair.verdict.about == "denial"):
        first.setdefault(pair.conflict or 0, pair)
    rows = [
        f"• {side(pair.a, language)}; {side(pair.b, language)} – {rule(pair, language)} "
        f"({say(language, 'conflict.number', number=Html(found))})"
        for found, pair in list(first.items())[:_MOST_LINES]
    ]
    if rows:
        yield "\n".join([f"<b>{say(language, 'summary.conflicts')}</b>", *rows])


def disagreement(result: Answered, language: str) -> list[str]:
    """Who contradicts whom about what is asked."""
    head = say(language, "answer.known", topic=understood(replace(result.question, asks="topic"), language))
    rows = list(_clashes(result.conflicts, language))
    return [head, *rows] if rows else [f"{head}\n{say(language, 'answer.no_conflict')}"]


def changed(result: Answered, changes: Changes, language: str) -> list[str]:
    """What came in since the day that was asked about."""
    claims = [one for one, _ in result.answers]
    question = replace(result.question, asks="topic", time=None)
    named = topic_terms(question)
    about = say_plain(understood(question, language)) if named else say(language, "changed.followed")
    key = "some" if claims else "none"
    key = key if named or changes.followed else f"{key}_at_all"
    head = say(language, f"changed.{key}", count=len(claims), about=about)
    since = "changed.since" if changes.is_day else "changed.since_asked"
    on = day(changes.since.date(), language)
    lines = [f"{head} {say(language, since, day=on)}" if changes.since.year > 1 else str(head)]
    shown = voices(claims)
    if shown:
        lines.append("\n".join(f"• {_line(one, language)}" for one in shown[:_MOST_NEW]))
    if len(shown) > _MOST_NEW:
        lines.append(say(language, "answer.more", count=len(shown) - _MOST_NEW))
    new = {one.number for one in claims}
    fresh = [pair for pair in result.conflicts if {pair.a.number, pair.b.number} & new]
    return [*lines, *_clashes(fresh, language)]
