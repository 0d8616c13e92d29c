"""What a chat follows."""

from collections.abc import Sequence

from bot.locale import Html, say
from bot.phrasing import claim_block, say_plain
from bot.replies.shape import Button, Reply, split
from bot.results import Followed
from db.values import Events, Topic


def followed(result: Followed, language: str) -> tuple[Reply, ...]:
    """What is followed now, and what is known of it."""
    topic = result.topic
    blocks = [
        f"{say(language, 'follow.done' if result.fresh else 'follow.already', topic=topic_name(topic, language))}\n"
        f"{say(language, f'follow.{topic.events.value}')}",
        str(say(language, "follow.known" if result.known else "follow.unknown")),
        *(claim_block(one, language) for one in result.known),
    ]
    return split(blocks, topic_buttons(topic, language))


def following(topics: Sequence[Topic], language: str) -> tuple[Reply, ...]:
    """The list of what is followed, with a row of buttons for each topic."""
    if not topics:
        return (Reply(say(language, "follow.none")),)
    rows = [
        say(
            language,
            "follow.row",
            number=Html(topic.number),
            topic=topic_name(topic, language),
            events=say(language, f"follow.events_{topic.events.value}"),
            claims=say(language, "follow.claims", count=topic.claims),
            conflicts=say(language, "follow.disputes", count=topic.conflicts),
        )
        for topic in topics
    ]
    buttons = tuple(_row_of(topic, language) for topic in topics[:10])
    return split(["\n".join([say(language, "follow.list"), *rows])], buttons)


def _row_of(topic: Topic, language: str) -> tuple[Button, ...]:
    other = Events.EVERYTHING if topic.events is Events.CONFLICTS else Events.CONFLICTS
    return (
        Button(f"{topic.number}: {say(language, f'button.{other.value}')}", f"events:{topic.number}:{other.value}"),
        Button(say(language, "button.unfollow_number", number=Html(topic.number)), f"unfollow:{topic.number}"),
    )


def topic_name(topic: Topic, language: str) -> Html:
    """A topic by the person's words, and how they were understood."""
    del language
    return say_plain(topic.text)


def topic_buttons(topic: Topic, language: str) -> tuple[tuple[Button, ...], ...]:
    """What to do with one followed topic."""
    other = Events.EVERYTHING if topic.events is Events.CONFLICTS else Events.CONFLICTS
    return (
        (
            Button(say(language, f"button.{other.value}"), f"events:{topic.number}:{other.value}"),
            Button(say(language, "button.unfollow"), f"unfollow:{topic.number}"),
        ),
    )
