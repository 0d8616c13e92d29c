"""What a person says → what claimbot answers. The same for Telegram, the terminal and the demo; no Telegram in it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from rapidfuzz import fuzz, process

from bot.conversation import (
    articles,
    asking,
    desk,
    disputes,
    elsewhere,
    first,
    known,
    people,
    settings,
    sources,
    topics,
)
from bot.conversation.menu import CHANGING, COMMANDS, READING
from bot.conversation.pace import Turn
from bot.conversation.said import Handler, Incoming, Talk, Tap, Tapped
from bot.locale import nearest, say
from bot.replies import Reply
from bot.replies.cards import Card
from claims.model import Article
from claims.text import clean

_COMMAND = re.compile(r"^/(?P<name>[A-Za-z_]+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?$", re.DOTALL)
_ALIKE = 60
_HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "start": first.start,
        "help": first.help_,
        "follow": topics.follow,
        "following": topics.following,
        "unfollow": topics.unfollow,
        "conflicts": disputes.conflict,
        "conflict": disputes.conflict,
        "claim": known.claim,
        "language": people.language_,
        "stop": people.stop,
        "settings": settings.settings,
        "privacy": people.privacy,
        "mydata": people.mydata,
        "forget": people.forget,
        "status": desk.status,
        "review": desk.review,
        "add": articles.add,
        "feeds": sources.feeds,
        "sources": sources.sources,
        "confirm": disputes.confirm,
        "dismiss": disputes.dismiss,
        "retract": disputes.retract,
    }
)
_TAPS: Mapping[str, Tap] = MappingProxyType(
    {
        "example": first.tap_example,
        "page": asking.tap_page,
        "reading": asking.tap_reading,
        "sources": asking.tap_sources,
        "timeline": asking.tap_timeline,
        "yes": asking.tap_helpful,
        "no": asking.tap_unhelpful,
        "later": asking.tap_later,
        "taken": asking.tap_taken,
        "watch": asking.tap_watch,
        "claim": known.tap_claim,
        "follow": topics.tap_follow,
        "following": topics.tap_following,
        "topic": topics.tap_topic,
        "events": topics.tap_events,
        "threshold": topics.tap_threshold,
        "speakers": topics.tap_speakers,
        "languages": topics.tap_languages,
        "pause": topics.tap_pause,
        "mute_here": topics.tap_mute_here,
        "mute": topics.tap_mute,
        "leave": topics.tap_leave,
        "unfollow": topics.tap_unfollow,
        "conflict": disputes.tap_conflict,
        "confirm": disputes.tap_confirm,
        "dismiss": disputes.tap_dismiss,
        "retract": disputes.tap_retract,
        "language": people.tap_language,
        "settings": settings.tap_settings,
        "set": settings.tap_set,
        "forget": people.tap_forget,
        "submit": desk.tap_submit,
        "review": desk.tap_review,
        "feed": sources.tap_feed,
        "trust": sources.tap_trust,
    }
)


class Conversation(Talk):
    """Answers messages and taps. `clock` gives the aware UTC now."""

    def message(self, said: Incoming) -> tuple[Reply, ...]:
        """The replies to a message, none where silence is meant."""
        text = clean(said.text).strip()
        command = _COMMAND.match(text)
        turn = Turn.ANSWERED if said.is_admin else self.pace.turn(said.person, self.clock())
        repeated = not command and not said.is_admin and self._is_repeated(said, text)
        if turn is Turn.SILENT or repeated:
            return ()
        language = self.language_of(said)
        if turn is Turn.TOLD:
            return (Reply(say(language, "error.pace")),)
        if said.file:
            self.service.see(said.chat, self.clock())
            return articles.filed(self, said, said.file, language)
        if command:
            self.service.see(said.chat, self.clock())
            return self._command(said, command["name"].lower(), (command["rest"] or "").strip(), language)
        if said.is_admin and text and self.service.is_pasting(said.chat, said.message_id):
            return articles.paste(self, said, clean(said.text), language)
        self.service.see(said.chat, self.clock())
        if not text:
            told = "error.media" if said.is_media else "inline.ask" if said.is_group else None
            return (Reply(say(language, told)),) if told else ()
        if said.quoted and said.quoted.source and not said.is_group:
            return articles.checked(self, said, Article(id="", text=clean(said.quoted.text).strip()), language)
        if page := articles.page_in(said, text, articles.LONG_TEXT):
            return articles.linked(self, said, page, language)
        if said.forwarded_from is not None:
            return articles.forwarded(self, said, text, language)
        return asking.asked_or_checked(self, said, text, language)

    def _is_repeated(self, said: Incoming, text: str) -> bool:
        """Whether a burst of the same words, or of pictures sent at once, is answered already."""
        words = (
            f"album {said.album}" if said.album else articles.digest(repr((text, said.links, said.quoted, said.file)))
        )
        return self.pace.repeats(said.chat, words, said.message_id, self.clock()) and not (said.album and text)

    def is_order(self, said: Incoming) -> bool:
        """Whether a message is a command."""
        return _COMMAND.match(clean(said.text).strip()) is not None

    def is_question(self, said: Incoming) -> bool:
        """Whether a message asks, rather than orders or brings something."""
        text = clean(said.text).strip()
        return (
            bool(text)
            and not said.file
            and not _COMMAND.match(text)
            and said.forwarded_from is None
            and len(text) <= articles.LONG_TEXT
        )

    def tap(self, said: Incoming, data: str) -> Tapped:
        """What a button brings; one that nobody knows any more is said to be stale."""
        language = self.language_of(said)
        name, _, rest = data.partition(":")
        handler = _TAPS.get(name)
        turn = Turn.ANSWERED if said.is_admin else self.pace.turn(said.person, self.clock())
        if turn is not Turn.ANSWERED:
            return Tapped(toast=say(language, "error.pace"))
        if handler and name not in READING and not said.may_change:
            return Tapped(toast=say(language, "error.group_admins"))
        found = handler(self, said, rest, language) if handler else None
        return found or Tapped(toast=say(language, "error.stale"))

    def changes(self, text: str) -> bool:
        """Whether a message would change what belongs to the chat."""
        command = _COMMAND.match(clean(text).strip())
        return command is not None and command["name"].lower() in CHANGING

    def cards(self, said: Incoming) -> tuple[Card, ...]:
        """Claims and conflicts to share in a chat where claimbot is no member."""
        with self.thinking:
            return elsewhere.cards(self, said)

    def guest(self, said: Incoming) -> Reply | None:
        """An answer in a chat where claimbot is no member; None where nothing is asked."""
        with self.thinking:
            return elsewhere.guest(self, said)

    def pastes_due(self) -> list[tuple[int, tuple[Reply, ...]]]:
        """Add the pasted articles that are whole now; the replies to them, by chat. Until `close_paste` is called for
        the chat, the same is given again."""
        return [
            (paste.chat, articles.add_paste(self, paste, nearest(self.service.language(paste.chat))))
            for paste in self.service.whole_pastes(self.clock())
        ]

    def _command(self, said: Incoming, name: str, rest: str, language: str) -> tuple[Reply, ...]:
        handler = _HANDLERS.get(name)
        if handler and name in CHANGING and not said.may_change:
            return (Reply(say(language, "error.group_admins")),)
        if handler:
            return handler(self, said, rest, language)
        close = process.extractOne(name, list(COMMANDS), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if close:
            return (Reply(say(language, "error.command", command=f"/{name}", nearest=f"/{close[0]}")),)
        return (Reply(say(language, "error.command_help", command=f"/{name}")),)
