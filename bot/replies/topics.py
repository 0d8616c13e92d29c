"""What a chat follows: the list, and a page of settings for each topic. A choice edits the page in place."""

from collections.abc import Sequence

from bot.locale import Html, day, language_name, say
from bot.phrasing import claim_block, say_plain
from bot.replies.shape import Button, Reply, split
from bot.results import Followed
from claims.entities import display
from db.values import Events, StoredClaim, Topic

#: topics in the list that have a button; speakers to choose from
MOST_LISTED, MOST_SPEAKERS = 30, 8
#: per cent below which two figures are no news
THRESHOLDS = (0, 5, 10, 25, 50)
_ROW = 3


def followed(result: Followed, language: str) -> tuple[Reply, ...]:
    """What is followed now, and what is known of it."""
    topic = result.topic
    blocks = [
        f"{say(language, 'follow.done' if result.fresh else 'follow.already', topic=topic_name(topic))}\n"
        f"{say(language, f'follow.{topic.events.value}')}",
        str(say(language, "follow.known" if result.known else "follow.unknown")),
        *(claim_block(one, language) for one in result.known),
    ]
    rows = _events_row(topic, language), (_settings(topic, language), _unfollow(topic, language))
    return split(blocks, rows)


def following(topics: Sequence[Topic], language: str) -> tuple[Reply, ...]:
    """The list of what is followed, numbered from one, with a button to each topic's settings."""
    if not topics:
        return (Reply(say(language, "follow.none")),)
    rows = [
        say(
            language,
            "follow.row",
            number=Html(at),
            topic=topic_name(topic),
            events=_heard(topic, language),
            claims=say(language, "follow.claims", count=topic.claims),
            conflicts=say(language, "follow.disputes", count=topic.conflicts),
        )
        for at, topic in enumerate(topics, 1)
    ]
    buttons = tuple(
        (Button(f"{at}: {topic.text}", f"topic:{topic.number}"),) for at, topic in enumerate(topics[:MOST_LISTED], 1)
    )
    return split(["\n".join([say(language, "follow.list"), *rows])], buttons)


def _heard(topic: Topic, language: str) -> Html:
    return say(language, "follow.paused" if topic.paused else f"follow.events_{topic.events.value}")


def topic_page(topic: Topic, language: str) -> Reply:
    """One topic: what is known of it, what is told of it, and buttons to change that."""
    lines = [
        f"<b>{topic_name(topic)}</b>",
        f"{say(language, 'follow.claims', count=topic.claims)}, "
        f"{say(language, 'follow.disputes', count=topic.conflicts)}",
        "",
        say(language, f"follow.{topic.events.value}"),
        _threshold(topic.threshold, language),
        say(language, "follow.speakers", names=_names(topic.speakers, language))
        if topic.speakers
        else say(language, "follow.all_speakers"),
        say(language, "follow.languages", names=", ".join(language_name(one, language) for one in topic.languages))
        if topic.languages
        else say(language, "follow.all_languages"),
    ]
    if topic.paused:
        lines.append(say(language, "follow.is_paused"))
    if topic.muted_until:
        until = f"{day(topic.muted_until.date(), language)}, {topic.muted_until:%H:%M} UTC"
        lines.append(say(language, "follow.is_muted", until=until))
    number = topic.number
    pause = Button(
        say(language, "button.resume" if topic.paused else "button.pause"), f"pause:{number}:{int(not topic.paused)}"
    )
    mute = Button(
        say(language, "button.unmute" if topic.muted_until else "button.mute"),
        f"mute_here:{number}:{int(not topic.muted_until)}",
    )
    rows = (
        _events_row(topic, language),
        (
            Button(say(language, "button.threshold"), f"threshold:{number}"),
            Button(say(language, "button.speakers"), f"speakers:{number}"),
            Button(say(language, "button.languages"), f"languages:{number}"),
        ),
        (pause, mute, _unfollow(topic, language)),
        (Button(say(language, "button.following"), "following:"),),
    )
    return Reply("\n".join(lines), rows)


def threshold_page(topic: Topic, language: str) -> Reply:
    """From which difference on two figures are news."""
    buttons = [
        Button(_chosen(_threshold_label(one, language), topic.threshold == one), f"threshold:{topic.number}:{one}")
        for one in THRESHOLDS
    ]
    return _choice(topic, say(language, "follow.which_threshold", topic=topic_name(topic)), buttons, language)


def speakers_page(topic: Topic, said: Sequence[StoredClaim], language: str) -> Reply:
    """Whose word is wanted; each button turns one speaker on or off."""
    buttons = [
        Button(
            _chosen(display(one.claim.speaker or "", language), one.claim.speaker in topic.speakers),
            f"speakers:{topic.number}:{one.number}",
        )
        for one in said[:MOST_SPEAKERS]
    ]
    if topic.speakers:
        buttons.append(Button(say(language, "button.all"), f"speakers:{topic.number}:0"))
    key = "follow.which_speakers" if said else "follow.no_speakers"
    return _choice(topic, say(language, key, topic=topic_name(topic)), buttons, language)


def languages_page(topic: Topic, codes: Sequence[str], language: str) -> Reply:
    """The languages of articles that are wanted; each button turns one on or off."""
    buttons = [
        Button(_chosen(language_name(one, language), one in topic.languages), f"languages:{topic.number}:{one}")
        for one in codes
    ]
    if topic.languages:
        buttons.append(Button(say(language, "button.all"), f"languages:{topic.number}:all"))
    return _choice(topic, say(language, "follow.which_languages", topic=topic_name(topic)), buttons, language)


def _choice(topic: Topic, text: str, buttons: Sequence[Button], language: str) -> Reply:
    rows = [tuple(buttons[at : at + _ROW]) for at in range(0, len(buttons), _ROW)]
    return Reply(text, (*rows, (Button(say(language, "button.back"), f"topic:{topic.number}"),)))


def _threshold(percent: int, language: str) -> str:
    return say(language, "follow.threshold", percent=percent) if percent else say(language, "follow.no_threshold")


def _threshold_label(percent: int, language: str) -> str:
    return say(language, "follow.percent", percent=percent) if percent else say(language, "follow.any_difference")


def _chosen(label: str, is_chosen: bool) -> str:
    return f"✓ {label}" if is_chosen else label


def _names(names: Sequence[str], language: str) -> str:
    return ", ".join(display(name, language) for name in names)


def topic_name(topic: Topic) -> Html:
    """A topic by the person's own words."""
    return say_plain(topic.text)


def _events_row(topic: Topic, language: str) -> tuple[Button, ...]:
    return tuple(
        Button(_chosen(say(language, f"button.{one.value}"), topic.events is one), f"events:{topic.number}:{one.value}")
        for one in Events
    )


def _settings(topic: Topic, language: str) -> Button:
    return Button(say(language, "button.settings"), f"topic:{topic.number}")


def _unfollow(topic: Topic, language: str) -> Button:
    return Button(say(language, "button.unfollow"), f"unfollow:{topic.number}")
