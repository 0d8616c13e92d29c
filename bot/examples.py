"""Example questions that have an answer in this store, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.locale import has, say
from bot.phrasing import speaking, unit
from bot.service import Service
from claims.entities import display
from claims.model import Claim, Kind
from db.values import StoredClaim

#: claims that a question is made of, until one is found that is answered
_TRIED = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the claim that it is made of and answered with."""

    question: str
    claim: int


def examples(service: Service, language: str) -> tuple[Example, ...]:
    """A question about the newest dispute and one about the newest vote or figure; fewer where the store has less."""
    found: list[Example] = []
    for claims in (service.disputed(_TRIED), service.newest(_TRIED)):
        asked = {one.question for one in found}
        for claim in sorted(claims, key=lambda one: not _is_telling(one.claim, language)):
            one = example(service, claim, language)
            if one and one.question not in asked:
                found.append(one)
                break
    return tuple(found)


def example(service: Service, stored: StoredClaim, language: str) -> Example | None:
    """A question that a claim answers; None where no wording of ours brings the claim."""
    for question in _wordings(stored.claim, language):
        answers = service.ask(question, language=language).answers
        if any(one.number == stored.number for one, _ in answers):
            return Example(question, stored.number)
    return None


def _is_telling(claim: Claim, language: str) -> bool:
    """Whether there is a question made for such claims: "how many houses in Demak?" is one that nobody asks."""
    return (
        claim.kind in (Kind.VOTE, Kind.DENIAL) or claim.agent is not None or has(language, f"example.{claim.measure}")
    )


def _wordings(claim: Claim, language: str) -> Iterator[str]:
    """What may be asked about a claim, the most telling first."""
    agent, place = (display(name, language) if name else "" for name in (claim.agent, claim.place))
    if claim.kind is Kind.VOTE and claim.vote and claim.vote.body:
        yield say(language, "example.vote", body=display(claim.vote.body, language))
    if claim.kind is Kind.DENIAL and claim.speaker:
        yield say(language, "example.denial", **speaking(claim, language))
    if not claim.quantity or not has(language, f"unit.{claim.quantity.unit}"):
        return
    if place and has(language, f"example.{claim.measure}"):
        yield say(language, f"example.{claim.measure}", place=place)
    counted = unit(claim.quantity, language)
    if agent and place:
        yield say(language, "example.count_of", unit=counted, agent=agent, place=place)
    if place:
        yield say(language, "example.count", unit=counted, place=place)
