"""/feeds and /sources: what admins see and do, and what others do not."""

import re

import pytest

from bot.conversation import Quoted
from bot.feeds import Feeds
from bot.reading.refused import Reason
from bot.replies import feed_error
from bot.service import Service
from claims.model import Article
from db.values import Trust
from tests.talks import Talks
from tests.texts import MORE_TROOPS, NOW, TROOPS

FEED = "https://news.example/rss"


def test_only_admins_see_feeds_and_sources(talks: Talks, service: Service) -> None:
    Feeds(service.engine).add(FEED, now=NOW)
    for command in ("/feeds", f"/feeds {FEED}", "/sources"):
        assert talks.says(command) == "Only admins may do that."
    assert talks.taps("feed:remove:1") == "Only admins may do that."
    assert talks.taps("trust:1:trusted") == "Only admins may do that."
    assert Feeds(service.engine).feeds()[0].trust is Trust.QUARANTINED


def test_a_feed_is_added_trusted_paused_and_removed(talks: Talks) -> None:
    told = talks.says(f"/feeds {FEED} 30m", is_admin=True)
    assert "1. news.example – every 30 min, active; quarantined" in told
    assert "news.example is now normal" in talks.presses("1: normal", is_admin=True)
    assert "every 30 min, active; normal; 0 entries" in talks.says("/feeds", is_admin=True)
    assert "paused" in talks.presses("Pause 1", is_admin=True)
    assert "active" in talks.presses("Resume 1", is_admin=True)
    assert "Removed: news.example" in talks.presses("Remove 1", is_admin=True)
    assert "I read no feeds" in talks.says("/feeds", is_admin=True)


def test_what_a_message_quotes_is_checked_and_added_on_command(talks: Talks, service: Service) -> None:
    quoted = Quoted(TROOPS, "Kabar TV", NOW.date())
    for more in ({}, {"is_admin": True}):
        assert "claims in it" in talks.says("is this true?", quoted=quoted, **more)
    assert service.stats().articles == 0
    assert talks.says("/add", quoted=quoted) == talks.says("/add")  # nobody but admins
    assert talks.says("/add", quoted=quoted, is_admin=True).startswith("Stored")
    assert [one.name for one in Feeds(service.engine).sources()] == ["Kabar TV"]
    assert "claims in it" not in talks.says("how many troops?", quoted=Quoted("how many?"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/feeds file:///etc/passwd", "not an address of the web"),
        ("/feeds news", "not an address of the web"),
        (f"/feeds {FEED} soon", "no time between two polls"),
    ],
)
def test_what_is_no_feed_is_explained(talks: Talks, text: str, words: str) -> None:
    assert words in talks.says(text, is_admin=True)


def test_sources_are_listed_quarantined_ones_first(talks: Talks, service: Service) -> None:
    service.add_article(Article(id="a", text=TROOPS, source="<b>Kabar"), now=NOW)
    Feeds(service.engine).add(FEED, now=NOW)
    told = talks.says("/sources", is_admin=True)
    assert re.search(r"news\.example – quarantined; 0 articles.*\n.*<b>Kabar – trusted; 1 article, 3 claims", told)
    assert "news.example" not in talks.says("/sources kabar", is_admin=True)


def test_a_list_of_sources_stays_and_shows_the_changed_trust(talks: Talks, service: Service) -> None:
    for name in ("Kabar", "Kabar Dua", "Wire"):
        service.add_article(Article(id=name, text=TROOPS.replace("3,000", str(len(name))), source=name), now=NOW)
    talks.says("/sources kabar", is_admin=True)
    told = talks.presses("2: quarantined", is_admin=True)
    assert "Kabar Dua is now quarantined" in told
    assert re.search(r"2 sources:\n2\. Kabar Dua – quarantined.*\n1\. Kabar – trusted", told)
    assert "3. " not in told
    assert "Kabar Dua – normal" in talks.presses("2: normal", is_admin=True)


def test_what_admins_bring_counts_with_its_channel_or_with_people(talks: Talks, service: Service) -> None:
    talks.says(TROOPS, is_admin=True, forwarded_from="Kabar TV")
    talks.says(f"/add {MORE_TROOPS}", is_admin=True)
    listed = {one.name: (one.kind.value, one.trust.value, one.articles) for one in Feeds(service.engine).sources()}
    assert listed == {"Kabar TV": ("channel", "trusted", 1), "person": ("person", "trusted", 1)}


def test_answers_say_that_a_source_is_quarantined(talks: Talks, service: Service) -> None:
    service.add_article(Article(id="a", text=TROOPS, source="Kabar"), now=NOW)
    words = "from a source that nobody has vouched for"
    assert words not in talks.says("how many north korean troops are in russia?")
    Feeds(service.engine).set_trust("Kabar", Trust.QUARANTINED, person=7, now=NOW)
    assert words in talks.says("how many north korean troops are in russia?")


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_reason_has_words(language: str) -> None:
    pages = (
        "PAGE",
        "SHORT",
        "LIST",
        "LOGIN",
        "CONSENT",
        "NOT_FOUND",
        "GONE",
        "FURNITURE",
        "SAME",
        "NO_ARTICLE",
        "FAILED",
        "CLOSED",
    )
    for reason in (one.value for one in Reason if one.name not in pages):
        assert feed_error(reason, language)
    for error in (
        "answers 503",
        "has become feed 3",
        "gone for good",
        "a damaged feed",
        "neither RSS nor Atom nor JSON Feed",
    ):
        assert "{" not in feed_error(error, language)
