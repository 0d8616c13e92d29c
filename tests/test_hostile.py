"""Input that means harm, or none at all: nothing raises, nothing hangs, nothing is taken for what it is not."""

import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot import replies
from bot.results import Answered
from bot.service import Service
from claims.candidate import Candidate
from claims.dates import dates
from claims.extract import extract
from claims.lexicon import lexicon
from claims.match import rank
from claims.model import Article
from claims.numbers import numbers
from claims.terms import terms
from claims.text import clean
from claims.understand import understand
from db.values import StoredClaim
from tests.telegram_spec import formatted
from tests.texts import NOW, TROOPS, VOTE

#: what any message or question may take; the slowest legitimate ones take a tenth of it
SECONDS = 0.5
#: characters of the longest message, and bytes that reading it may take for a while
MESSAGE, MEMORY = 4096, 30_000_000
PIECES = [
    *("Korea Selatan", "mengatakan", "3.000", "tentara", "di Rusia", "membantah", "tewas", "“", "”", "Jika", "Putin"),
    *("said", "killed", "12,000", "people", "not", "unanimously", "voted", "397-3", "the lower house", "on Thursday"),
    *("(24/10/2024)", ".", ",", "\n", "—", "\x00", "\u202e", "é", "😀", "<b>", "&", "{0}", "%s", "/add", "1" * 400),
    *("²", "½", "١٢", "Rp"),
]
anything = some.text(max_size=400) | some.lists(some.sampled_from(PIECES), max_size=40).map(" ".join)
LONG = [
    *("1", "1,", ",", "satu ", "tidak ada ", "(1/", "“", "a", "said ", "mengatakan bahwa ", "Rusia ", "1-", "+1 2"),
    *("\u0301", "- ", "Jakarta, ", "<", "((((", "dan 12 orang tewas ", ". ", "a\n", "\n", "%", "yang ", "397-3 "),
    *("Jika ", "membantah ", "denied that ", "(Kamis, 24/10/2024) ", "Rp 12 miliar ", "one hundred and ", "A.B.C."),
    *("kata Presiden Joko Widodo ", "antara 8–12 ribu ", "http://a.b/", "🙂", "\u200b", "menurut ", "' ", "0", "<b>&"),
]


@contextmanager
def measured() -> Iterator[Callable[[], float]]:
    """Gives the seconds of work since the block began, without those that measuring coverage takes."""
    tracer, start = sys.gettrace(), time.process_time()
    sys.settrace(None)
    try:
        yield lambda: time.process_time() - start
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="module", autouse=True)
def _language_data_is_loaded() -> None:
    for text in (TROOPS, VOTE):
        extract(Article(id="a", text=text))
        understand(f"how many soldeirs? {text}", "en")
        understand(f"berapa tentra? {text}", "id")


@given(anything, some.sampled_from(["en", "id", None]))
def test_evidence_is_always_the_texts_own_slice(raw: str, language: str | None) -> None:
    text = clean(raw)
    for claim in extract(Article(id="a", text=text, language=language, published=date(2024, 10, 24))).claims:
        assert claim.evidence
        assert text[claim.start : claim.end] == claim.evidence
        assert 0 <= claim.confidence <= 1
        quantity = claim.quantity
        if quantity and quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high


@given(anything)
def test_any_question_is_understood_or_not_and_never_raises(text: str) -> None:
    question = understand(text, "id")
    claims = extract(Article(id="a", text=TROOPS)).claims
    candidates = [Candidate(at, claim, "x") for at, claim in enumerate(claims)]
    ranking = rank(question, candidates)
    assert all(0 <= one.score <= 1 for one in (*ranking.answers, *ranking.nearest))


@given(anything)
def test_any_claim_can_be_rendered_within_the_limits(text: str) -> None:
    for claim in extract(Article(id="a", text=clean(text), language="en")).claims:
        stored = StoredClaim(
            number=1, claim=claim, article=text, article_number=1, title=text, source=text, url="javascript:" + text,
            published=None, origin="", slot="",
        )  # fmt: skip
        question = understand("what is known?", "en")
        result = Answered(question=question, answers=((stored, 1.0),), nearest=(), conflicts=())
        for reply in replies.answer(result, "en"):
            assert 0 < len(formatted(reply.text, "HTML")[0]) <= MESSAGE
            assert all(len(button.data.encode()) <= 64 for row in reply.buttons for button in row)
            assert "javascript:" not in reply.text.split("<blockquote>", maxsplit=1)[0] or "<a href" not in reply.text


def spent(work: Callable[[], object]) -> float:
    """The seconds that some work takes, the better of two tries: others use the machine too."""
    tries = []
    for _ in range(2):
        with measured() as seconds:
            work()
            tries.append(seconds())
    return min(tries)


@pytest.mark.parametrize("piece", LONG, ids=repr)
def test_no_message_takes_long(piece: str) -> None:
    text = (piece * MESSAGE)[:MESSAGE]
    for language in ("en", "id"):
        article = Article(id="a", text=text, language=language)
        assert spent(lambda article=article: extract(article)) < SECONDS  # type: ignore[misc]
        assert spent(lambda language=language: understand(text, language)) < SECONDS  # type: ignore[misc]


@pytest.mark.parametrize("piece", ["1,", "“", "((((", "Rusia ", ". ", "dan 12 orang tewas ", "a"])
def test_a_text_four_times_as_long_takes_about_four_times_as_long(piece: str) -> None:
    def seconds(characters: int) -> float:
        return spent(lambda: extract(Article(id="a", text=(piece * characters)[:characters], language="id")))

    assert seconds(4 * MESSAGE) < 8 * seconds(MESSAGE) + 0.1


@pytest.mark.parametrize("piece", LONG[::9], ids=repr)
def test_no_message_takes_much_memory(piece: str) -> None:
    text = (piece * MESSAGE)[:MESSAGE]
    tracemalloc.start()
    try:
        extract(Article(id="a", text=text, language="id"))
        understand(text, "id")
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


@settings(max_examples=25)
@given(some.lists(some.sampled_from(PIECES), min_size=100, max_size=300).map(" ".join))
def test_no_mixture_takes_long(text: str) -> None:
    assert spent(lambda: extract(Article(id="a", text=text[:MESSAGE], language="id"))) < SECONDS
    assert spent(lambda: understand(text, "en")) < SECONDS


@pytest.mark.parametrize(
    "figure",
    [
        "9" * 4301,
        "9" * 25,
        "²",
        "½",
        "1e999",
        "NaN",
        "-1",
        "0",
        "٣٠٠٠",
        "３０００",
        "1.2.3.4",
        "3,00,000",
        "1_000",
        "0x7f",
    ],
    ids=lambda figure: figure[:12],
)
def test_any_figure_can_be_stored_compared_and_asked_for(service: Service, figure: str) -> None:
    service.add_article(Article(id="a", text=TROOPS), now=NOW)
    odd = TROOPS.replace("3.000", figure).replace("Korea Selatan", "Ukraina")
    service.add_article(Article(id="b", text=odd), now=NOW)
    answer = service.ask(f"how many north korean troops are in russia, {figure}?", language="en")
    for reply in (*replies.answer(answer, "en"), *replies.conflicts(service.conflicts(), "id")):
        formatted(reply.text, "HTML")


@pytest.mark.parametrize(
    "name", ["<b>Ukraina", "_*[Ukraina](x)`", "Ukraina & Rusia", "</blockquote>", "{0} %s {names}"]
)
def test_no_name_is_markup(service: Service, name: str) -> None:
    text = TROOPS.replace("Korea Selatan mengatakan", f"{name} mengatakan").replace("Seoul", name)
    service.add_article(Article(id=name, text=text, title=name, source=name, url=f"https://x.example/{name}"), now=NOW)
    for reply in replies.answer(service.ask("Berapa tentara Korea Utara di Rusia?"), "id"):
        formatted(reply.text, "HTML")


@given(some.text(max_size=200))
def test_numbers_and_dates_lie_inside_the_text_and_in_order(text: str) -> None:
    for language in ("en", "id"):
        found = numbers(text, lexicon(language))
        assert all(
            0 <= one.span.start <= one.figure.start < one.figure.end <= one.span.end <= len(text) for one in found
        )
        mentions = dates(text, lexicon(language), date(2024, 10, 24))
        assert all(0 <= one.span.start < one.span.end <= len(text) for one in mentions)


def test_the_index_terms_of_a_claim_are_few() -> None:
    for claim in (*extract(Article(id="a", text=TROOPS)).claims, *extract(Article(id="b", text=VOTE)).claims):
        assert len(terms(claim)) < 60
