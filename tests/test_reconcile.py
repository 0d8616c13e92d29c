"""What would reconcile two claims: there is always something to say, and it is about what differs."""

from datetime import date
from html import unescape

import pytest

from bot.locale import has, languages, say
from claims.compare import compare
from claims.extract import extract
from claims.model import ALARMS, Article, Claim
from claims.reconcile import MOST_WAYS, surroundings, ways

DAY = date(2024, 10, 24)


def claim(text: str, published: date | None = DAY) -> Claim:
    (found, *_) = extract(Article(id="a", text=f"Report\n{text}", language="en", published=published)).claims
    return found


def named(one: Claim, other: Claim) -> list[str]:
    verdict = compare(one, other)
    assert verdict.relation in ALARMS, verdict
    found = ways(one, other, verdict)
    assert 0 < len(found) <= MOST_WAYS
    for way in found:
        assert all(has(code, f"reconcile.{way.name}") for code in languages())
        for code, preposition in (("de", " von "), ("pt", " de ")):  # they would need the speaker's article
            words = {
                name: f"<{name}>" for name in ("speaker", "other", "place", "other_place", "first", "last", "told")
            }
            assert f"{preposition}<" not in unescape(say(code, f"reconcile.{way.name}", **words))
    assert [way.name for way in ways(other, one, verdict)] == [way.name for way in found]
    return [way.name for way in found]


SEOUL = claim("SEOUL – South Korea said 3,000 North Korean soldiers were in Russia.")
KYIV = claim("KYIV – Ukraine said 12,000 North Korean soldiers were in Russia.", date(2024, 10, 25))
LESS = claim("KYIV – Ukraine said 500 North Korean soldiers were in Russia.", date(2024, 10, 26))
BNPB = claim("DEMAK – BNPB said that 12 people were killed in the flood in Demak.")
WHO = claim("DEMAK – WHO said that about 31 people were killed in the flood in Demak.")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (SEOUL, KYIV, ["rose", "new_arrivals", "independent"]),
        (SEOUL, LESS, ["fell", "new_arrivals", "independent"]),
        (BNPB, WHO, ["earlier_that_day", "confirmed_only", "estimate"]),
        (
            claim("MOSCOW – Russia's upper house approved the treaty with North Korea on Wednesday."),
            claim("MOSCOW – Russia's upper house rejected the treaty with North Korea on Wednesday."),
            ["record"],
        ),
        (
            claim("PYONGYANG – North Korea denied sending troops to Russia.", date(2024, 10, 21)),
            SEOUL,
            ["denied_before", "denied_part", "proof"],
        ),
        (BNPB, claim("DEMAK – BNPB said that 9 people were killed in the flood in Demak.", date(2024, 10, 26)),
         ["own_word"]),
    ],
)  # fmt: skip
def test_it_is_about_what_differs(one: Claim, other: Claim, expected: list[str]) -> None:
    assert named(one, other) == expected


def test_a_toll_that_was_told_later_did_not_fall() -> None:
    earlier = claim("DEMAK – WHO said that 31 people were killed in the flood in Demak.", date(2024, 10, 23))
    assert "fell" not in named(BNPB, earlier)


def test_what_surrounds_two_figures_is_place_days_and_estimates() -> None:
    told = [name for name, _ in surroundings(SEOUL, KYIV, compare(SEOUL, KYIV))]
    assert told == ["same_place", "days_apart", "both_exact"]
    assert surroundings(BNPB, WHO, compare(BNPB, WHO))[1:] == (("same_day", 0), ("one_rough", 0))
