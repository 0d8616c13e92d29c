"""The first lines of an answer: what a kind of question asks for, in a sentence, and how many it rests on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.locale import Html, day, say
from bot.phrasing import figure, speaker_name
from bot.results import Answered
from bot.voices import Voice, origins
from claims import pair
from claims.entities import display
from claims.model import Kind, Modality
from db.values import StoredClaim

#: names, dates or places in a sentence
_MOST_NAMED = 4


def lead(result: Answered, found: Sequence[Voice], language: str) -> list[str]:
    """The lines under the heading."""
    lines = [*_frame(result, language)]
    sort = _denied if result.question.about_denial else _BY_KIND.get(result.question.asks, _figures)
    lines += sort(result, found, language)
    return [*lines, _rests_on(result, language)]


def _frame(result: Answered, language: str) -> Iterator[str]:
    """Under which day or by whose word the question wants to know it."""
    if result.question.until:
        yield say(language, "answer.as_of", day=day(result.question.until, language))
    if result.question.speaker:
        yield say(language, "answer.according", speaker=display(result.question.speaker, language))


def _figures(result: Answered, found: Sequence[Voice], language: str) -> Iterator[str]:
    """How far the newest figures of those who give some lie apart."""
    del result
    newest = [one.newest.claim for one in found]
    counted = [one.quantity for one in newest if one.quantity and one.modality is Modality.ASSERTED]
    known = sorted((one for one in counted if one.value is not None), key=lambda one: one.value or 0)
    if len({one.unit for one in counted}) == 1 and len({one.value for one in known}) > 1:
        low, high = figure(known[0], language), figure(known[-1], language)
        yield say(language, "answer.range", low=Html(low), high=Html(high))


def _denied(result: Answered, found: Sequence[Voice], language: str) -> Iterator[str]:
    del result
    who = [one.newest for one in found if one.newest.claim.kind is Kind.DENIAL]
    yield say(language, "answer.denied_by" if who else "answer.no_denial", names=_names(who, language))


def _yes_no(result: Answered, found: Sequence[Voice], language: str) -> Iterator[str]:
    """Who says so and who denies it: never yes, never no."""
    said = [one.newest for one in found if one.newest.claim.kind is not Kind.DENIAL and one.newest.claim.speaker]
    denied = [one.newest for one in found if one.newest.claim.kind is Kind.DENIAL]
    denied += [one for clash in result.conflicts for one in (clash.a, clash.b) if one.claim.kind is Kind.DENIAL]
    figures = {one.newest.claim.quantity.value for one in found if one.newest.claim.quantity}
    if said and len(figures) < 2:  # who says so where the figures differ is no one sentence
        yield say(language, "answer.said_by", names=_names(said, language))
    if denied:
        yield say(language, "answer.denied_by", names=_names(denied, language))
    yield from _figures(result, found, language)


def _said(result: Answered, found: Sequence[Voice], language: str) -> Iterator[str]:
    del result
    who = [one.newest for one in found if one.newest.claim.speaker and one.newest.claim.kind is not Kind.DENIAL]
    key = "answer.said_by" if who else "answer.said_by_nobody"
    yield say(language, key, names=_names(who, language))


def _dates(result: Answered, found: Sequence[Voice], language: str) -> Iterator[str]:
    """The days themselves stand before the claims."""
    del result
    if not any(pair.told(one.newest.claim) for one in found):
        yield say(language, "answer.no_date")


def _places(result: Answered, found: Sequence[Voice], language: str) -> Iterator[str]:
    del result
    told = dict.fromkeys(display(one.newest.claim.place, language) for one in found if one.newest.claim.place)
    yield say(language, "answer.places" if told else "answer.no_place", places=", ".join(list(told)[:_MOST_NAMED]))


_Lead = Callable[[Answered, Sequence[Voice], str], Iterator[str]]
_BY_KIND: Mapping[str, _Lead] = MappingProxyType(
    {
        "yes_no": _yes_no,
        "who_said": _said,
        "when": _dates,
        "where": _places,
    }
)


def _names(claims: Sequence[StoredClaim], language: str) -> str:
    names = list(dict.fromkeys(speaker_name(one, language) for one in claims))
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def _rests_on(result: Answered, language: str) -> str:
    """How many independent origins and articles, and how fresh."""
    claims = result.sources or tuple(one for one, _ in result.answers)
    parts = [say(language, "answer.origins", count=origins(claims))]
    articles = len({one.article_number for one in claims})
    if articles > 1:
        parts.append(say(language, "answer.articles", count=articles))
    facts = [one.claim for one, _ in result.answers if one.claim.modality is not Modality.PLANNED]
    days = [one.as_of for one in facts if one.as_of]
    if days:
        parts.append(say(language, "answer.latest", day=day(max(days), language)))
    return " · ".join(parts)
