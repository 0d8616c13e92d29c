"""What the store is given may be of any length and alphabet; it comes back as it was, or never in."""

import random
import string
import time
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, text

from claims.extract import extract
from claims.model import Article, Bound, Claim, EventDate, Kind, Modality, Precision, Quantity, Vote
from db import articles, claim_json, inbox, outbox, search, subscriptions
from db.engine import reading, writing
from db.tables import ClaimTerm, metadata
from db.worked import work_out
from tests.texts import NOW

#: longer than a page of PostgreSQL's indexes, and not to be compressed below it
LONG = "".join(random.Random(7).choices(string.ascii_letters + string.digits, k=9000))
HOSTILE = [
    '"',
    "a OR b",
    "NEAR(a b)",
    "terms:x",
    "*",
    "%",
    "_",
    "'; DROP TABLE claim; --",
    "{x}",
    "e:a + p:b",
    "\\",
    "",
]

words = st.text(max_size=30)
figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
days = st.dates()
quantities = st.builds(
    Quantity, low=st.none() | figures, high=st.none() | figures, unit=words, bound=st.sampled_from(Bound), surface=words
)
spans = st.builds(EventDate, days, days, st.sampled_from(Precision))
claims = st.builds(
    Claim,
    kind=st.sampled_from(Kind),
    evidence=words,
    start=st.integers(0, 10**6),
    speaker=st.none() | words,
    via=st.lists(words, max_size=3).map(tuple),
    place_path=st.lists(words, max_size=3).map(tuple),
    quantity=st.none() | quantities,
    vote=st.none() | st.builds(Vote, body=words, in_favour=st.none() | st.integers(0, 10**6), unanimous=st.booleans()),
    event_date=st.none() | spans,
    said_on=st.none() | days,
    modality=st.sampled_from(Modality),
    confidence=st.floats(0, 1),
)


@given(claims)
def test_a_claim_comes_back_from_json_as_it_was(claim: Claim) -> None:
    written = claim_json.dump(claim)
    assert claim_json.load(written) == claim
    in_full = {field.name: None for field in fields(Claim) if field.default is None} | written
    assert claim_json.load(in_full) == claim


def test_a_figure_keeps_its_digits() -> None:
    claim = Claim(
        kind=Kind.QUANTITY,
        evidence="1.50",
        start=0,
        quantity=Quantity(low=Decimal("1.50"), high=Decimal("1.50"), unit="percent"),
    )
    loaded = claim_json.load(claim_json.dump(claim)).quantity
    assert loaded is not None
    assert str(loaded.low) == "1.50"


def stored_article(engine: Engine, **fields: Any) -> articles.Stored:
    body = "Report\nUkraine said 12,000 North Korean troops were in Russia."
    article = Article(**{"id": "a", "text": body, "language": "en", "published": date(2024, 10, 24), **fields})
    with writing(engine) as session:
        return articles.add(session, work_out(extract(article)), now=NOW)


@pytest.mark.parametrize("field", ["id", "url", "source", "title"])
@pytest.mark.parametrize(
    "value", [LONG, "nul \x00 inside", "half \ud800 of a pair", "ما 🇰🇵"], ids=["long", "nul", "half", "wide"]
)
def test_any_name_of_an_article_can_be_stored(engine: Engine, field: str, value: str) -> None:
    assert stored_article(engine, **{field: value}).status == "new"
    assert stored_article(engine, **{field: value}).status == "known"


def test_a_long_address_is_not_taken_for_its_neighbour(engine: Engine) -> None:
    assert stored_article(engine, id=LONG + "a").status == "new"
    assert stored_article(engine, id=LONG + "b").status == "new"


def test_a_topic_of_any_length_can_be_followed(engine: Engine) -> None:
    terms = [f"w:{LONG[at : at + 40]}" for at in range(0, 8000, 40)]
    for fresh in (True, False):
        with writing(engine) as session:
            topic, new = subscriptions.follow(session, chat=1, text=LONG, terms=terms, language="en", now=NOW)
        assert new is fresh
        assert topic.terms == tuple(sorted(terms))
    with reading(engine) as session:
        assert len(subscriptions.followers(session, [*terms, "k:quantity"])) == 1
        assert subscriptions.followers(session, terms[1:]) == ()


def test_a_term_of_any_length_can_be_looked_up(engine: Engine) -> None:
    with reading(engine) as session:
        assert search.candidates(session, [f"w:{LONG}"]) == ()
        assert search.by_keys(session, [LONG]) == ()


@pytest.mark.parametrize("token", HOSTILE)
def test_no_term_is_ever_syntax(engine: Engine, token: str) -> None:
    stored_article(engine)
    with writing(engine) as session:
        assert search.candidates(session, [token]) == ()
        assert search.by_keys(session, [token]) == ()
        topic, _ = subscriptions.follow(session, chat=1, text=token, terms=[f"w:{token}"], language="en", now=NOW)
        assert topic.terms == (f"w:{token}",)
        assert search.count(session) > 0


@pytest.mark.parametrize("word", ["zzz", "\x00", "a\x00b", "\ud800", "\ud800\x00longer"])
def test_a_term_no_database_can_hold_finds_nothing(engine: Engine, word: str) -> None:
    with reading(engine) as session:
        assert search.candidates(session, [f"w:{word}"], [[f"w:{word}"]]) == ()


def test_an_update_keeps_its_bytes(engine: Engine) -> None:
    raw = '{"text": "\\u0000 \\ud83c 🇰🇵 % _ \' \\""}'
    with writing(engine) as session:
        inbox.put(session, [(5, -1001234567890123, raw)], NOW)
    with writing(engine) as session:
        (update,) = inbox.lease(session, now=NOW)
    assert (update.raw, update.chat) == (raw, -1001234567890123)


def test_a_reason_with_unstorable_characters_is_kept(engine: Engine) -> None:
    with writing(engine) as session:
        inbox.put(session, [(5, 1, "{}")], NOW)
        outbox.put(session, chat=1, kind="claim", event="claim:1", payload={"a": 1}, now=NOW)
    with writing(engine) as session:
        inbox.lease(session, now=NOW)
        inbox.failed(session, 1, "bad \x00 \ud800", NOW)
        outbox.failed(session, [1], "bad \x00 \ud800")


def test_an_instant_of_another_zone_is_the_same_instant(engine: Engine) -> None:
    jakarta = datetime.fromisoformat("2024-10-24T19:00:00+07:00")
    with writing(engine) as session:
        outbox.put(session, chat=1, kind="claim", event="claim:1", payload={"a": 1}, now=jakarta)
    with writing(engine) as session:
        (message,) = outbox.lease(session, now=NOW)
    assert message.due == NOW
    assert message.due.tzinfo is UTC


def test_a_question_of_common_words_is_bounded_work(engine: Engine) -> None:
    """A hundred words, more than a question may have, each in more claims than are ever counted."""
    assert search.COMMON < 2_500
    first = stored_article(engine).claims[0].number
    with writing(engine) as session:
        _many_claims(session.connection(), first, 2_500, common=100)
    with reading(engine) as session:
        spent = []
        for _ in range(3):
            start = time.perf_counter()
            found = search.candidates(session, [f"w:common{at}" for at in range(100)])
            spent.append(time.perf_counter() - start)
    assert 0 < len(found) <= 200
    assert min(spent) < 0.5


def test_the_rarest_term_brings_the_claim_in(engine: Engine) -> None:
    first = stored_article(engine).claims[0].number
    with writing(engine) as session:
        _many_claims(session.connection(), first, 5_000, common=3)
        session.execute(insert(ClaimTerm), [{"term": "w:rare", "claim": first + 17}])
    with reading(engine) as session:
        found = search.candidates(session, ["w:common0", "w:common1", "w:common2", "w:rare"])
    assert found[0].number == first + 17


def _many_claims(connection: Any, first: int, count: int, *, common: int) -> None:
    """Copies of a claim, each holding every common word."""
    claim, term = metadata.tables["claim"], metadata.tables["claim_term"]
    rest = [column.name for column in claim.columns if column.name != "number"]
    numbers = "WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < :most) SELECT"
    copied = f"{numbers} :first + at, {', '.join(rest)} FROM n, claim WHERE number = :first"
    connection.execute(
        text(f"INSERT INTO {claim} (number, {', '.join(rest)}) {copied}"), {"first": first, "most": count}
    )
    words = f"{numbers} 'w:common' || (at - 1), number FROM n, claim WHERE number > :first"
    connection.execute(text(f"INSERT INTO {term} (term, claim) {words}"), {"first": first, "most": common})
