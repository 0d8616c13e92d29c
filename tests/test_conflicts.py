"""What becomes of a conflict: opened, joined, resolved, dismissed; the same in whatever order its articles come."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.charts import timeline
from bot.judging import Judging
from bot.queues import Queues
from bot.results import Judged
from bot.service import Service
from bot.topics import Topics
from claims.model import Article
from db.engine import open_database
from db.values import Trust

NOW = datetime(2024, 10, 26, 12, tzinfo=UTC)
SEOUL = "Laporan\nSEOUL – Korea Selatan mengatakan pada Rabu bahwa 3.000 tentara Korea Utara berada di Rusia."
KYIV = "Report\nKYIV – Ukraine said on Thursday that 12,000 North Korean soldiers were in Russia."
PYONGYANG = "Bantahan\nPYONGYANG – Korea Utara membantah mengirim tentara ke Rusia."
LANGUAGES = {SEOUL: "id", KYIV: "en", PYONGYANG: "id"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    engine = open_database(f"sqlite:///{tmp_path}/store.db")
    yield Service(engine)
    engine.dispose()


def add(service: Service, text: str, name: str = "", trust: Trust = Trust.TRUSTED) -> None:
    language = LANGUAGES.get(text, "en" if "said" in text else "id")
    article = Article(id=name or text[:8], text=text, language=language, published=date(2024, 10, 24))
    service.add_article(article, now=NOW, trust=trust)


def disagreements(service: Service) -> set[tuple[str, str, str]]:
    """Who contradicts whom, and what they are to each other."""
    return {
        (*sorted((pair.a.article, pair.b.article)), pair.verdict.relation.value)  # type: ignore[misc]
        for pair in service.conflicts()
    }


def test_the_order_of_articles_changes_nothing(tmp_path: Path) -> None:
    found = []
    for at, order in enumerate(permutations((SEOUL, KYIV, PYONGYANG))):
        engine = open_database(f"sqlite:///{tmp_path}/{at}.db")
        service = Service(engine)
        for text in order:
            add(service, text)
        found.append(disagreements(service))
        assert len({pair.conflict for pair in service.conflicts()}) == 1
        engine.dispose()
    assert len(found[0]) >= 2
    assert all(one == found[0] for one in found)


#: what papers print of two events in five days: tolls that grow, echoes, two who count less, a denial and another town
CLUSTER = (
    ("en", 3, "Dam bursts\nNABARI – Governor Ilo Tarn said on Monday that 40 people were killed in Nabari."),
    ("id", 3, "Bendungan\nNABARI – Palang Merah mengatakan pada Senin bahwa 61 orang tewas di Nabari."),
    ("en", 4, "More dead\nNABARI – Governor Ilo Tarn said on Tuesday that 55 people were killed in Nabari."),
    ("id", 4, "Korban\nNABARI – Palang Merah mengatakan pada Senin bahwa 61 orang tewas di Nabari."),
    ("en", 5, "No dead\nNABARI – The dam's owner, Marel Water, denied that anyone was killed in Nabari."),
    ("en", 4, "Storm\nCEBU – Mayor Ana Bel said on Tuesday that seven people were killed in Cebu."),
    ("en", 4, "Storm toll\nCEBU – The Red Cross said on Tuesday that three people were killed in Cebu."),
)


@given(some.permutations(range(len(CLUSTER))))
@settings(max_examples=15)
def test_any_order_of_a_cluster_of_articles_ends_in_one_state(sqlite_template: Path, order: list[int]) -> None:
    """Who contradicts whom, and which articles make one conflict."""

    def state(numbers: Sequence[int]) -> tuple[object, object]:
        with tempfile.TemporaryDirectory() as home:
            shutil.copy(sqlite_template, f"{home}/store.db")
            engine = open_database(f"sqlite:///{home}/store.db")
            service = Service(engine)
            for at in numbers:
                language, day, text = CLUSTER[at]
                article = Article(id=f"paper {at}", text=text, language=language, published=date(2025, 3, day))
                service.add_article(article, now=NOW)
            conflicts: dict[int | None, set[str]] = {}
            for pair in service.conflicts():
                conflicts.setdefault(pair.conflict, set()).update((pair.a.article, pair.b.article))
            engine.dispose()
            return disagreements(service), sorted(map(sorted, conflicts.values()))

    found = state(order)
    assert found == state(range(len(CLUSTER)))
    assert found[1] == [[f"paper {at}" for at in range(5)], ["paper 5", "paper 6"]]


def test_a_number_that_is_withdrawn_closes_its_conflict(service: Service) -> None:
    add(service, SEOUL)
    add(service, KYIV, "kyiv")
    (number,) = {pair.conflict for pair in service.conflicts()}
    add(service, "Report\nKYIV – Ukraine said on Thursday that 3,000 North Korean soldiers were in Russia.", "kyiv")
    assert service.conflicts() == ()
    story = service.conflict_story(number or 0)
    assert story is not None
    assert story.state == "resolved"
    assert [event.what for event in story.history] == ["opened", "resolved"]


def test_what_many_print_is_one_voice(service: Service) -> None:
    add(service, SEOUL)
    for at in range(5):
        add(service, f"{KYIV}\nMore of it in the {'abcde'[at]} edition.", f"paper {at}")
    assert {pair.conflict for pair in service.conflicts()} == {1}
    story = service.conflict_story(1)
    assert story is not None
    assert [event.what for event in story.history] == ["opened"]


def test_a_dismissed_conflict_is_none_until_an_admin_confirms_it(service: Service) -> None:
    add(service, SEOUL)
    add(service, KYIV)
    judging = Judging(service.engine)
    for outcome in (Judged.DONE, Judged.ALREADY):
        assert judging.judge("dismiss", 1, person=7, reason="two different counts", now=NOW) is outcome
    assert service.conflicts() == ()
    assert judging.judge("confirm", 1, person=7, reason=None, now=NOW) is Judged.DONE
    assert {pair.conflict for pair in service.conflicts()} == {1}
    story = service.conflict_story(1)
    assert story is not None
    assert [(event.what, event.person) for event in story.history[1:]] == [("dismissed", 7), ("confirmed", 7)]
    assert judging.judge("dismiss", 99, person=7, reason=None, now=NOW) is Judged.UNKNOWN


def test_a_quarantined_source_alarms_nobody(service: Service) -> None:
    add(service, SEOUL)
    Topics(service.engine).follow(21, "north korean troops in russia", language="en", now=NOW)
    add(service, KYIV, trust=Trust.QUARANTINED)
    assert Queues(service.engine).due_messages(NOW) == []


def test_a_timeline_is_a_picture_of_figures_and_denials(service: Service) -> None:
    for text in (SEOUL, KYIV, PYONGYANG):
        add(service, text)
    found = service.timeline("north korean troops in russia")
    assert [one.claim.kind.value for one in found].count("quantity") == 2
    for dark in (False, True):
        assert timeline(found, "Korut в России", "id", dark=dark).startswith(b"\x89PNG")
    assert service.timeline("nothing that anybody knows") == ()


def test_a_claim_that_an_admin_takes_back_contradicts_nobody(service: Service) -> None:
    add(service, SEOUL)
    add(service, KYIV)
    (pair,) = {(pair.a.number, pair.b.number) for pair in service.conflicts() if pair.verdict.about == "count"}
    judging = Judging(service.engine)
    assert judging.judge("retract", pair[1], person=7, reason="misread", now=NOW) is Judged.DONE
    assert service.conflicts() == ()
    assert judging.judge("retract", pair[1], person=7, reason=None, now=NOW) is Judged.ALREADY
    assert judging.judge("dismiss", 1, person=7, reason="misread", now=NOW) is Judged.QUIET
    story = service.conflict_story(1)
    assert story is not None
    assert (story.state, story.history[-2].what, story.history[-2].person) == ("dismissed", "resolved", 7)
