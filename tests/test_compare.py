"""Two claims become a verdict; the worked examples of the design, and what holds for any two claims."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as some

from claims.compare import compare
from claims.extract import extract
from claims.measures import measure
from claims.model import (
    ALARMS,
    Article,
    Basis,
    Bound,
    Claim,
    EventDate,
    Kind,
    Modality,
    Precision,
    Quantity,
    Relation,
    Vote,
)
from claims.relations import places_differ
from claims.slot import keys, slot
from claims.story import stem


def troops(value: int | None, day: int = 23, **more: object) -> Claim:
    """North Korean soldiers in Russia."""
    bound = more.pop("bound", Bound.EXACT)
    high = None if bound is Bound.AT_LEAST else more.pop("high", value)
    figure = Quantity(low=_decimal(value), high=_decimal(high), unit="soldiers", bound=Bound(str(bound)))
    fields: dict[str, object] = {
        "kind": Kind.QUANTITY,
        "evidence": f"{value} soldiers",
        "start": 0,
        "measure": "troops",
        "speaker": "South Korea",
        "agent": "North Korea",
        "place": "Russia",
        "place_path": ("Russia",),
        "quantity": figure,
        "event_date": EventDate.day(date(2024, 10, day)),
        "published": date(2024, 10, day),
        "language": "en",
    }
    return Claim(**{**fields, **more})  # type: ignore[arg-type]


def _decimal(value: object) -> Decimal | None:
    return Decimal(str(value)) if value is not None else None


def dead(value: int, day: int, speaker: str = "BNPB") -> Claim:
    figure = Quantity(low=Decimal(value), high=Decimal(value), unit="deaths", basis=Basis.CUMULATIVE)
    return troops(
        1, day, measure="killed", agent=None, place="Demak", place_path=("Demak",), quantity=figure, speaker=speaker
    )


def ballot(day: int = 24, body: str = "State Duma", **vote: object) -> Claim:
    return troops(
        1, day, kind=Kind.VOTE, measure="vote", quantity=None, agent=body, speaker=None,
        vote=Vote(body=body, matter="treaty", **vote),  # type: ignore[arg-type]
    )  # fmt: skip


DENIAL = troops(1, 21, kind=Kind.DENIAL, quantity=None, speaker="North Korea", modality=Modality.DENIED)
UKRAINE = "Ukraine"


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (troops(3000), troops(12000, 24, speaker=UKRAINE), Relation.CONTRADICTION),
        (troops(3000), troops(1500, bound=Bound.AT_LEAST, speaker=UKRAINE), Relation.COMPATIBLE),
        (troops(3000), troops(1000, high=9999, bound=Bound.VAGUE, speaker=UKRAINE), Relation.REFINES),
        (troops(3000), troops(12000, modality=Modality.PLANNED, speaker=UKRAINE), Relation.PLAN_AND_FACT),
        (troops(3000), troops(12000, modality=Modality.CONDITIONAL, speaker=UKRAINE), Relation.UNRELATED),
        (
            troops(3000),
            troops(10000, place="Kursk", place_path=("Kursk", "Russia"), speaker=UKRAINE),
            Relation.CONTRADICTION,
        ),
        (troops(10000), troops(2000, place="Kursk", place_path=("Kursk", "Russia"), speaker=UKRAINE), Relation.PART_OF),
        (troops(3000), DENIAL, Relation.DISPUTE),
        (troops(0, speaker=UKRAINE), troops(3000), Relation.DISPUTE),
        (troops(3000), troops(3000, speaker=UKRAINE), Relation.CONFIRMS),
        (troops(3000), troops(3000, 24), Relation.ECHO),
        (troops(3000), troops(12000, 26), Relation.UPDATE),
        (troops(3000), troops(12000, 23, place="Syria", place_path=("Syria",), speaker=UKRAINE), Relation.UNRELATED),
        (troops(3000), troops(12000, 23, agent="Iran", speaker=UKRAINE), Relation.UNRELATED),
        (troops(3000), troops(12000, 23, measure="killed", speaker=UKRAINE), Relation.UNRELATED),
        (dead(331, 10), dead(602, 12), Relation.UPDATE),
        (dead(602, 10), dead(335, 12), Relation.CORRECTION),
        (dead(40, 10), dead(25, 10, "Red Cross"), Relation.CONTRADICTION),
        (ballot(unanimous=True, result="passed"), ballot(in_favour=397, against=0, result="passed"), Relation.CONFIRMS),
        (
            ballot(unanimous=True, result="passed"),
            ballot(in_favour=397, against=3, result="passed"),
            Relation.CONTRADICTION,
        ),
        (ballot(result="passed"), ballot(result="rejected"), Relation.CONTRADICTION),
        (ballot(result="passed"), ballot(body="Federation Council", result="passed"), Relation.SEQUENCE),
        (ballot(result="passed"), ballot(body="Bundestag", result="rejected"), Relation.UNRELATED),
    ],
)
def test_two_claims_are_this_to_each_other(one: Claim, other: Claim, relation: Relation) -> None:
    assert compare(one, other).relation is relation
    assert compare(other, one).relation is relation


def test_police_and_organisers_contradict_each_other() -> None:
    police = troops(
        12000, measure="crowd", agent=None, place="Jakarta", place_path=("Jakarta", "Indonesia"), speaker="police"
    )
    organisers = troops(
        100000, measure="crowd", agent=None, place="Jakarta", place_path=("Jakarta", "Indonesia"), speaker="union"
    )
    verdict = compare(police, organisers)
    assert (verdict.relation, verdict.severity) == (Relation.CONTRADICTION, "alarm")


def test_a_copied_text_is_an_echo() -> None:
    assert compare(troops(3000), troops(3000, speaker=None), same_origin=True).relation is Relation.ECHO


def test_an_unresolved_speaker_alarms_nobody() -> None:
    verdict = compare(troops(3000), troops(12000, speaker="he", speaker_unresolved=True))
    assert (verdict.relation, verdict.severity) == (Relation.CONTRADICTION, "none")


def test_low_confidence_alarms_nobody() -> None:
    assert compare(troops(3000), troops(12000, speaker=UKRAINE, confidence=0.3)).severity == "none"


def test_two_towns_of_one_country_are_two_questions() -> None:
    paths = {town: (town, "Central Java", "Java", "Indonesia") for town in ("Demak", "Kudus")}
    one, other = (troops(5, place=town, place_path=path) for town, path in paths.items())
    assert slot(one) != slot(other)


def test_places_whose_names_are_nearly_one_raise_no_alarm() -> None:
    one, other = (
        troops(5, place="Kotabaru", place_path=()),
        troops(40, place="Kotabara", place_path=(), speaker=UKRAINE),
    )
    assert compare(one, other).severity == "none"


def test_the_later_claim_is_the_newer_one() -> None:
    assert compare(dead(331, 10), dead(602, 12)).newer == "b"
    assert compare(dead(602, 12), dead(331, 10)).newer == "a"


figures = some.none() | some.builds(
    Quantity,
    low=some.none() | some.decimals(0, 10**6, places=0),
    high=some.none() | some.decimals(0, 10**6, places=0),
    unit=some.sampled_from(["soldiers", "deaths", "USD", "percent", "cats"]),
    bound=some.sampled_from(Bound),
    basis=some.sampled_from(Basis),
)
days = some.none() | some.dates(date(2023, 1, 1), date(2025, 1, 1))
places = some.sampled_from([(None, ()), ("Russia", ("Russia",)), ("Kursk", ("Kursk", "Russia")), ("Mars", ())])
any_claim = some.builds(
    lambda place, day, **fields: Claim(
        place=place[0],
        place_path=place[1],
        event_date=EventDate(day, day, Precision.DAY) if day else None,
        evidence="x",
        start=0,
        **fields,
    ),
    place=places,
    day=days,
    kind=some.sampled_from(Kind),
    measure=some.sampled_from(["", "troops", "killed", "casualties", "money", "cats", "vote"]),
    speaker=some.sampled_from([None, "South Korea", "police"]),
    agent=some.sampled_from([None, "North Korea", "State Duma", "nobody known"]),
    quantity=figures,
    vote=some.none()
    | some.builds(Vote, body=some.sampled_from([None, "State Duma"]), result=some.sampled_from([None, "passed"])),
    published=days,
    negated=some.booleans(),
    modality=some.sampled_from(Modality),
    language=some.sampled_from(["en", "id"]),
)


@given(any_claim, any_claim)
def test_any_two_claims_get_one_verdict_whatever_their_order(one: Claim, other: Claim) -> None:
    forward, back = compare(one, other), compare(other, one)
    assert (forward.relation, forward.rule, forward.severity) == (back.relation, back.rule, back.severity)
    mirrored = {"a": "b", "b": "a", None: None}
    assert forward.newer == mirrored[back.newer] or one == other


@given(any_claim, any_claim)
def test_claims_that_alarm_together_meet_under_a_key(one: Claim, other: Claim) -> None:
    if compare(one, other).relation in ALARMS and compare(one, other).severity == "alarm":
        assert set(keys(one)) & set(keys(other))


def _side(row: dict[str, Any], language: str = "en") -> Claim:
    """A side of `corpus/pairs.toml` as a claim."""
    when = _when(row["on"])
    path = tuple(part.strip() for part in row["at"].split(",")) if "at" in row else ()
    modality = Modality(row.get("modality", "asserted"))
    kind = Kind(row["kind"]) if "kind" in row else Kind.QUANTITY if "n" in row else Kind.STATEMENT
    kind = Kind.VOTE if "vote" in row else Kind.DENIAL if modality is Modality.DENIED else kind
    return Claim(
        kind=kind,
        evidence=row.get("say", "as told"),
        start=0,
        measure=row.get("of", "vote" if "vote" in row else ""),
        speaker=row.get("by"),
        agent=row.get("who"),
        object=row.get("object"),
        subgroup=row.get("part"),
        quantity=_counted(row) if "n" in row else None,
        vote=_ballot(row) if "vote" in row else None,
        denied=row.get("say") if kind is Kind.DENIAL else None,
        place=path[0] if path else None,
        place_path=path,
        event_date=when,
        story=tuple(stem(name) for name in row.get("story", ())),
        published=row.get("told", when.last),
        modality=modality,
        language=language,
    )


def _when(on: date | str) -> EventDate:
    if isinstance(on, date):
        return EventDate.day(on)
    year, _, month = on.partition("-")
    if month:
        first = date(int(year), int(month), 1)
        return EventDate(first, first.replace(day=28), Precision.MONTH)
    return EventDate(date(int(year), 1, 1), date(int(year), 12, 31), Precision.YEAR)


def _counted(row: dict[str, Any]) -> Quantity:
    text = row["n"]
    known = measure(row["of"])
    basis = Basis(row["basis"]) if "basis" in row else known.basis
    for sign, bound in (("?", Bound.VAGUE), ("..", Bound.RANGE)):
        if sign in text:
            low, high = map(Decimal, text.split(sign))
            return Quantity(low=low, high=high, unit=known.unit, bound=bound, basis=basis)
    figure = Decimal(text.strip("~+-"))
    bound = {"~": Bound.ABOUT}.get(text[0], {"+": Bound.AT_LEAST, "-": Bound.AT_MOST}.get(text[-1], Bound.EXACT))
    return Quantity(
        low=None if bound is Bound.AT_MOST else figure,
        high=None if bound is Bound.AT_LEAST else figure,
        unit=row.get("unit", known.unit),
        surface=row.get("n as", ""),
        bound=bound,
        basis=basis,
    )


def _ballot(row: dict[str, Any]) -> Vote:
    result, _, tally = row["vote"].partition(" ")
    figures = [int(part) for part in tally.split("-")] if "-" in tally else []
    return Vote(
        body=row["who"],
        matter=row.get("matter", "treaty"),
        result=result,
        unanimous=tally == "unanimous",
        in_favour=figures[0] if figures else None,
        against=figures[1] if figures else None,
    )


PAIRS = tomli.loads((Path(__file__).parent / "corpus" / "pairs.toml").read_text("utf-8"))["pair"]


@pytest.mark.parametrize("row", PAIRS, ids=[row["why"] for row in PAIRS])
def test_a_pair_of_the_news_is_what_its_reason_says(row: dict[str, Any]) -> None:
    one, other = _side(row["a"]), _side(row["b"])
    forward, back = compare(one, other), compare(other, one)
    assert (forward.relation.value, back.relation.value) == (row["verdict"], row["verdict"]), forward.rule


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("Sembilan orang tewas di Tannbrück, kata BNPB.", "Di Tannbrück, empat dari korban meninggal masih anak-anak."),
        ("Nine people died in Tannbrück, police said.", "Four of the dead in Tannbrück were children, doctors said."),
        ("Nueve personas murieron en Tannbrück.", "En Tannbrück, cuatro de los muertos eran niños, según la policía."),
    ],
)
def test_some_of_the_dead_are_a_part_of_the_toll(whole: str, part: str) -> None:
    read = (extract(Article(id=text, text=text, published=date(2025, 10, 13))).claims for text in (whole, part))
    one, other = (next(claim for claim in claims if claim.quantity) for claims in read)
    assert compare(one, other).relation is Relation.PART_OF


def _page(text: str, language: str = "en", day: int = 13) -> tuple[Claim, ...]:
    told = date(2025, 10, day)
    return extract(Article(id=text, text=f"Report\n{text}", language=language, published=told)).claims


def _said_by(name: str, claims: tuple[Claim, ...]) -> Claim:
    return next(claim for claim in claims if name in (claim.speaker or ""))


@pytest.mark.parametrize(
    ("text", "language", "says", "denies"),
    [
        (
            "Villagers of Ostrel accused the quarry of poisoning their carp. Manager Ivo Brandt denied any leak at the"
            " Ostrel pit.",
            "en",
            "Villagers",
            "Ivo Brandt",
        ),
        (
            "Nelayan Muara Lirang menuduh pabrik membuang limbah pada malam hari. Direktur Sutan Rajo membantah adanya"
            " pembuangan di Muara Lirang.",
            "id",
            "Nelayan",
            "Sutan Rajo",
        ),
        (
            "Teacher Mara Lindqvist denied selling the Ostrel exam papers. Pupil Jonas Ahlberg accused her of selling"
            " papers for cash in Ostrel.",
            "en",
            "Jonas Ahlberg",
            "Mara Lindqvist",
        ),
    ],
)
def test_a_denial_right_beside_an_accusation_disputes_it(text: str, language: str, says: str, denies: str) -> None:
    claims = _page(text, language)
    one, other = _said_by(says, claims), _said_by(denies, claims)
    assert other.kind is Kind.DENIAL
    verdict = compare(one, other)
    assert (verdict.relation, verdict.severity) == (Relation.DISPUTE, "alarm"), verdict.rule


def test_a_denial_beside_what_another_tells_of_something_else_disputes_nothing() -> None:
    claims = _page(
        "Coach Piet Hallin said Ostrel had sold 40 tickets. Mayor Ida Rosk denied that the Ostrel stadium was unsafe."
    )
    verdict = compare(_said_by("Piet Hallin", claims), _said_by("Ida Rosk", claims))
    assert verdict.relation is Relation.UNRELATED


def test_a_rumour_behind_the_denial_of_something_else_disputes_nothing() -> None:
    claims = _page(
        "Mayor Ida Rosk denied that the Ostrel harbour had been sold. Fisherman Olle Brandt accused the Ostrel coach of"
        " beating a referee."
    )
    verdict = compare(_said_by("Olle Brandt", claims), _said_by("Ida Rosk", claims))
    assert verdict.severity == "none", verdict.rule


def test_those_who_work_for_a_house_do_not_speak_for_it() -> None:
    claims = _page("Karyawan Nusatex menuduh kantor memecat juru masak. Nusatex membantah memecat juru masak.", "id")
    one, other = _said_by("Karyawan", claims), next(claim for claim in claims if claim.kind is Kind.DENIAL)
    assert compare(one, other).relation is Relation.DISPUTE


def _figures(claims: tuple[Claim, ...]) -> list[Claim]:
    return [claim for claim in claims if claim.quantity]


def test_another_voice_s_figure_right_behind_one_answers_the_same_question() -> None:
    one, other = _figures(
        _page(
            "The Ostrel canal board said the repair of the lock cost 14 million euros. Auditor Ida Rosk said she had"
            " arrived at 22 million euros after long study."
        )
    )
    assert compare(one, other).relation is Relation.CONTRADICTION


def test_two_offices_that_count_one_kind_of_thing_in_one_story_count_the_same() -> None:
    first = _page("In Ostrel the Meridor forest service said 4,200 hectares of Meridor woodland were lost.", day=13)
    later = _page("In Ostrel the Greenwatch office put the loss at 2,900 hectares of Meridor woodland.", day=14)
    assert compare(_figures(first)[0], _figures(later)[0]).relation is Relation.CONTRADICTION


def test_more_told_by_another_voice_on_a_later_day_may_have_grown() -> None:
    first = _page("In Ostrel the Meridor forest service said 2,900 hectares of Meridor woodland were lost.", day=13)
    later = _page("In Ostrel the Greenwatch office put the loss at 4,200 hectares of Meridor woodland.", day=14)
    assert compare(_figures(first)[0], _figures(later)[0]).relation is Relation.NEEDS_REVIEW


def test_a_later_vote_of_one_body_on_what_is_not_said_is_no_update() -> None:
    first, later = (
        next(claim for claim in _page(text, day=day) if claim.vote)
        for text, day in (
            ("In Ostrel, Meridor, the Ostrel council voted 14-3 on Monday.", 13),
            ("In Ostrel, Meridor, the Ostrel council voted 9-8 on Friday.", 17),
        )
    )
    assert compare(first, later).relation is Relation.NEEDS_REVIEW


def test_a_strait_and_its_island_are_no_two_places() -> None:
    strait, island, other = (
        troops(40, place=name, place_path=(name,)) for name in ("Selat Marunda", "Kepulauan Marunda", "Kepulauan Wetar")
    )
    assert not places_differ(strait, island)
    assert places_differ(strait, other)


def _at_rally(people: int, day: int) -> Claim:
    return Claim(
        kind=Kind.QUANTITY,
        evidence=f"{people} people stood in the square for the Ostrel protest",
        start=0,
        measure="people",
        speaker="Ostrel police",
        place="Ostrel",
        place_path=("Ostrel",),
        quantity=Quantity(low=Decimal(people), high=Decimal(people), unit="people", surface=str(people)),
        published=date(2025, 10, day),
        language="en",
    )


def test_one_voice_s_protesters_of_two_weeks_are_two_protests() -> None:
    assert compare(_at_rally(3200, 13), _at_rally(4100, 21)).relation is Relation.UNRELATED


def test_who_denies_another_deed_takes_back_no_figure() -> None:
    dead = Claim(
        kind=Kind.QUANTITY,
        evidence="seven herders died",
        start=0,
        measure="killed",
        speaker="Ostrel clinic",
        place="Ostrel",
        place_path=("Ostrel",),
        quantity=Quantity(low=Decimal(7), high=Decimal(7), unit="deaths", basis=Basis.CUMULATIVE),
        published=date(2025, 10, 13),
        language="en",
    )
    denial = Claim(
        kind=Kind.DENIAL,
        evidence="The Ostrel clinic denied burying dead patients behind the garage at night",
        start=0,
        measure="killed",
        speaker="Ostrel clinic",
        denied="burying dead patients behind the garage at night",
        place="Ostrel",
        place_path=("Ostrel",),
        published=date(2025, 10, 15),
        language="en",
        modality=Modality.DENIED,
    )
    assert compare(dead, denial).relation is Relation.NEEDS_REVIEW
