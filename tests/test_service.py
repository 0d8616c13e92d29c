"""What claimbot does with articles, questions and followers, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from bot.personal import Personal
from bot.queues import Queues
from bot.service import Service
from bot.topics import Topics
from claims.model import Article, Relation
from db.engine import reading
from db.tables import ArticleRow, OutboxRow
from db.values import Events, Trust
from tests.texts import HIGHER_TOLL, MORE_TROOPS, NOW, TOLL, TROOPS, VOTE


def article(text: str, name: str = "a", **more: object) -> Article:
    return Article(id=name, text=text, **more)  # type: ignore[arg-type]


def waiting(service: Service) -> list[tuple[int, str]]:
    with reading(service.engine) as session:
        return sorted((row.chat, row.kind) for row in session.exec(select(OutboxRow)))


def test_the_same_article_again_is_known(service: Service) -> None:
    first = service.add_article(article(TROOPS), now=NOW)
    again = service.add_article(article(TROOPS), now=NOW)
    assert (first.status, len(first.claims)) == ("new", 3)
    assert (again.status, again.claims, again.number) == ("known", (), first.number)


def test_a_text_that_was_deleted_is_still_known_and_its_claims_stay(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    service.add_article(article(MORE_TROOPS, "b"), now=NOW + timedelta(days=2))
    assert service.forget_texts(NOW + timedelta(days=1)) == 1
    assert service.forget_texts(NOW + timedelta(days=1)) == 0
    with reading(service.engine) as session:
        assert [bool(row.text) for row in session.exec(select(ArticleRow).order_by(col(ArticleRow.number)))] == [
            False,
            True,
        ]
    assert service.add_article(article(TROOPS), now=NOW).status == "known"
    edited = service.add_article(article(TROOPS.replace("3.000", "4.000")), now=NOW)
    assert (edited.status, len(edited.claims), len(edited.withdrawn)) == ("version", 1, 1)


def test_an_edited_article_is_a_new_version(service: Service) -> None:
    first = service.add_article(article(TROOPS), now=NOW)
    edited = service.add_article(article(TROOPS.replace("3.000", "4.000")), now=NOW)
    assert edited.status == "version"
    assert [one.claim.quantity.low for one in edited.claims if one.claim.quantity] == [4000]
    assert [one.claim.quantity.low for one in edited.withdrawn if one.claim.quantity] == [3000]
    kept = service.claim(first.claims[1].number)
    assert kept is not None
    assert kept.claim.article_number == edited.number
    answer = service.ask("Berapa tentara Korea Utara di Rusia?")
    assert answer.value == 4000


@pytest.mark.parametrize(
    "question",
    [
        "Berapa tentara Korea Utara di Rusia?",
        "how many north korean troops are in russia",
        "brp pasukan korut di rusia",
        "how many North Korean soldeirs are in Rusia?",
    ],
)
def test_a_count_is_answered_in_any_wording(service: Service, question: str) -> None:
    service.add_article(article(TROOPS), now=NOW)
    answer = service.ask(question, language="id")
    assert answer.value == Decimal(3000)
    assert answer.answers[0][0].claim.speaker == "South Korea"
    assert [pair.verdict.relation for pair in answer.conflicts] == [Relation.DISPUTE]


@pytest.mark.parametrize(
    "question",
    [
        "Apakah Korea Utara membantah mengirim pasukan?",
        "did pyongyang deny it",
        "siapa yang membantah pengiriman pasukan?",
    ],
)
def test_a_denial_is_found(service: Service, question: str) -> None:
    service.add_article(article(TROOPS), now=NOW)
    best = service.ask(question, language="id").answers[0][0].claim
    assert (best.kind, best.speaker) == ("denial", "North Korea")


def test_the_result_of_a_vote_is_found_in_another_language(service: Service) -> None:
    service.add_article(article(VOTE), now=NOW)
    best = service.ask("bagaimana hasil pemungutan suara majelis rendah rusia", language="id").answers[0][0].claim
    assert best.vote is not None
    assert best.vote.unanimous


@pytest.mark.parametrize(
    "question",
    [
        "Siapa presiden Indonesia?",
        "harga minyak hari ini",
        "How many French troops are in Mali?",
        "how many us troops are in russia?",
        "berapa tentara Ukraina di Rusia?",
        "how many North Korean troops are in Ukraine?",
        "did Zelensky deny it?",
        "apakah Putin membantah?",
        "hello",
        "?",
        "",
        "🙂",
    ],
)
def test_what_is_not_known_is_not_answered(service: Service, question: str) -> None:
    service.add_article(article(TROOPS), now=NOW)
    service.add_article(article(VOTE, "b"), now=NOW)
    answer = service.ask(question, language="id")
    assert answer.abstain
    assert answer.answers == ()


@pytest.mark.parametrize(
    "question",
    [
        "troops' OR 1=1 --",
        '"north korea" NEAR/3 AND NOT (russia* OR',
        "'; DROP TABLE claim; --",
        "%s {0} {question} \\0 \x00 \ud800",
        "north " * 2000,
        "<b>_*[`",
    ],
)
def test_no_question_is_a_statement_of_another_language(service: Service, question: str) -> None:
    service.add_article(article(TROOPS), now=NOW)
    service.ask(question)
    assert service.stats().claims == 3


def test_a_contradiction_is_one_conflict_and_reaches_its_followers_once(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    Topics(service.engine).follow(21, "pasukan korut di rusia", language="id", now=NOW)
    Topics(service.engine).follow(22, "north korean troops", language="en", now=NOW, events=Events.EVERYTHING)
    Topics(service.engine).follow(23, "inflation in France", language="en", now=NOW)
    added = service.add_article(article(MORE_TROOPS, "b"), now=NOW + timedelta(hours=1))
    service.add_article(article(MORE_TROOPS, "b"), now=NOW + timedelta(hours=2))
    clash = next(pair for pair in added.pairs if pair.verdict.relation is Relation.CONTRADICTION)
    assert clash.verdict.rule == "figures exclude each other"
    assert {pair.conflict for pair in service.conflicts()} == {clash.conflict}
    assert waiting(service) == [(21, "conflict"), (22, "conflict")]


def test_a_quarantined_source_alarms_nobody(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    Topics(service.engine).follow(21, "pasukan korut di rusia", language="id", now=NOW)
    service.add_article(article(MORE_TROOPS, "b"), now=NOW, trust=Trust.QUARANTINED)
    assert waiting(service) == []


def test_a_rising_toll_is_an_update_for_those_who_follow_everything(service: Service) -> None:
    service.add_article(article(TOLL), now=NOW)
    Topics(service.engine).follow(21, "flood deaths in Demak", language="en", now=NOW)
    Topics(service.engine).follow(22, "flood deaths in Demak", language="en", now=NOW, events=Events.EVERYTHING)
    added = service.add_article(article(HIGHER_TOLL, "b"), now=NOW)
    assert [pair.verdict.relation for pair in added.pairs] == [Relation.UPDATE]
    assert service.conflicts() == ()
    assert waiting(service) == [(22, "update")]


def test_a_copied_article_is_one_origin(service: Service) -> None:
    body = " ".join(f"Kalimat nomor {'abcdefghij'[at % 10]}{at} bercerita tentang keadaan kota." for at in range(30))
    service.add_article(article(f"{TROOPS}{body}"), now=NOW)
    copy = f"Judul lain sama sekali\n{TROOPS}{body}\nBaca berita lain di situs kami."
    service.add_article(article(copy, "b"), now=NOW)
    apart = [pair for pair in service.conflicts(every=True) if pair.a.article != pair.b.article]
    assert {pair.verdict.relation for pair in apart if pair.a.claim.kind is pair.b.claim.kind} == {Relation.ECHO}


def test_a_copy_with_another_figure_is_no_echo(service: Service) -> None:
    body = " ".join(f"Kalimat nomor {'abcdefghij'[at % 10]}{at} bercerita tentang keadaan kota." for at in range(30))
    service.add_article(article(f"{TROOPS}{body}"), now=NOW)
    other = TROOPS.replace("3.000", "9.000").replace("Korea Selatan", "Ukraina")
    added = service.add_article(article(f"{other}{body}", "b"), now=NOW)
    assert Relation.CONTRADICTION in {pair.verdict.relation for pair in added.pairs}


def test_two_wordings_of_a_topic_are_one(service: Service) -> None:
    first = Topics(service.engine).follow(21, "pasukan korut di rusia", language="id", now=NOW)
    again = Topics(service.engine).follow(21, "North Korean troops in Russia", language="en", now=NOW)
    assert first is not None
    assert again is not None
    assert (first.fresh, again.fresh, again.topic.number) == (True, False, first.topic.number)


def test_what_names_nothing_cannot_be_followed(service: Service) -> None:
    assert Topics(service.engine).follow(21, "??", language="en", now=NOW) is None


def test_only_the_chat_itself_changes_what_it_follows(service: Service) -> None:
    followed = Topics(service.engine).follow(21, "north korean troops", language="en", now=NOW)
    assert followed is not None
    assert Topics(service.engine).unfollow(22, followed.topic.number) is None
    assert Topics(service.engine).set_events(22, followed.topic.number, Events.EVERYTHING) is None
    assert Topics(service.engine).unfollow(21, followed.topic.number) is not None
    assert Topics(service.engine).following(21) == ()


def test_who_stopped_following_hears_no_more(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    followed = Topics(service.engine).follow(21, "north korean troops", language="en", now=NOW)
    assert followed is not None
    service.add_article(article(MORE_TROOPS, "b"), now=NOW)
    Topics(service.engine).unfollow(21, followed.topic.number)
    (message,) = Queues(service.engine).due_messages(NOW)
    assert Queues(service.engine).alerts(message) == ()


def test_a_message_is_held_by_one_sender_until_it_is_sent(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    Topics(service.engine).follow(21, "north korean troops", language="en", now=NOW)
    service.add_article(article(MORE_TROOPS, "b"), now=NOW)
    (message,) = Queues(service.engine).due_messages(NOW)
    assert Queues(service.engine).due_messages(NOW) == []
    Queues(service.engine).send_later(message.numbers, NOW + timedelta(minutes=1), "busy")
    assert Queues(service.engine).due_messages(NOW) == []
    (again,) = Queues(service.engine).due_messages(NOW + timedelta(minutes=2))
    Queues(service.engine).sent(again.numbers, NOW, 5)
    assert Queues(service.engine).due_messages(NOW + timedelta(days=1)) == []


def test_who_blocked_the_bot_hears_again_after_speaking(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    Topics(service.engine).follow(21, "north korean troops", language="en", now=NOW)
    Queues(service.engine).chat_gone(21)
    service.add_article(article(MORE_TROOPS, "b"), now=NOW)
    assert waiting(service) == []
    service.see(21, NOW)
    service.add_article(article(MORE_TROOPS.replace("12,000", "20,000").replace("Zelenskyy", "Biden"), "c"), now=NOW)
    assert [chat for chat, _ in waiting(service)] == [21]


def test_a_group_that_moved_keeps_its_topics(service: Service) -> None:
    Topics(service.engine).follow(-5, "north korean troops", language="en", now=NOW)
    Queues(service.engine).chat_moved(-5, -1005)
    assert Topics(service.engine).following(-5) == ()
    assert len(Topics(service.engine).following(-1005)) == 1


def test_forget_leaves_nothing_of_a_person(service: Service) -> None:
    service.set_language(21, "id", NOW)
    Topics(service.engine).follow(21, "north korean troops", language="en", now=NOW, person=21)
    service.keep_paste(21, "text", None, NOW)
    Personal(service.engine).forget(21)
    assert Topics(service.engine).following(21) == ()
    assert service.language(21) is None
    assert not service.is_pasting(21)


def test_a_checked_text_is_not_stored(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    (checked,) = service.check(MORE_TROOPS)
    assert Relation.CONTRADICTION in {pair.verdict.relation for pair in checked.pairs}
    assert service.stats().articles == 1


def test_a_claim_shows_who_agrees_and_who_contradicts(service: Service) -> None:
    service.add_article(article(TROOPS), now=NOW)
    same = TROOPS.replace("Korea Selatan", "Ukraina").replace("Judul", "Lain")
    service.add_article(article(same, "b"), now=NOW)
    service.add_article(article(MORE_TROOPS, "c"), now=NOW)
    card = service.claim(1)
    assert card is not None
    assert [pair.verdict.relation for pair in card.agree] == [Relation.CONFIRMS]
    assert Relation.CONTRADICTION in {pair.verdict.relation for pair in card.contradict}
    assert service.claim(99999) is None


def test_a_stored_claim_comes_back_as_it_was(service: Service) -> None:
    published = date(2024, 10, 24)
    added = service.add_article(
        article(TROOPS + VOTE, published=published, source="Harian", url="https://h.example/1"), now=NOW
    )
    for one in added.claims:
        card = service.claim(one.number)
        assert card is not None
        assert card.claim == replace(one)
        assert (card.claim.source, card.claim.url, card.claim.published) == ("Harian", "https://h.example/1", published)


def test_an_article_in_an_unknown_language_is_kept_without_claims(service: Service) -> None:
    added = service.add_article(article("Łódź: 12 osób zginęło w pożarze, podała policja.", language="pl"), now=NOW)
    assert (added.status, added.language, added.claims) == ("new", None, ())
