"""The people and groups of the test server: what they do becomes updates for the bot."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.telegram_spec import TYPES, Json, Upload, check, found_entities

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

STICKER = {"file_id": "sticker", "file_unique_id": "sticker", "type": "regular", "width": 512, "height": 512}
RIGHTS = [one["name"] for one in TYPES["ChatMemberAdministrator"]["fields"] if one["types"] == ["Boolean"]]


@dataclass(eq=False)
class Sent:
    """A message that the bot has sent, as it stands now."""

    chat: int
    number: int
    html: str
    api: Json
    thread: int | None = None
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    edited: bool = False
    deleted: bool = False
    file: Upload | None = None

    @property
    def text(self) -> str:
        """Without markup."""
        return str(self.api.get("text", self.api.get("caption", "")))

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [one["text"] for row in self.buttons for one in row]

    def button(self, label: str) -> str:
        """The data of the button whose label contains the words; raises AssertionError without one."""
        found = [one for row in self.buttons for one in row if label.lower() in one["text"].lower()]
        assert found, f"no button {label!r} among {self.labels} under: {self.text}"
        assert "callback_data" in found[0], f"the button {label!r} sends no callback: {found[0]}"
        return found[0]["callback_data"]


class _Chat:
    """What private chats and groups share: numbered messages, and reading what the bot said."""

    server: "TelegramServer"
    number: int
    history: dict[int, Json]

    def api(self) -> Json:
        """As Telegram describes the chat."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """For the transcript."""
        return str(self.api().get("title") or self.api()["first_name"])

    @property
    def heard(self) -> list[Sent]:
        """All that the bot has said here."""
        return self.server.messages(self.number)

    def hears(self, words: str | Callable[[Sent], bool], seconds: float = 30) -> Sent:
        """Wait for a message that contains the words or fits; raises AssertionError with all that was said."""
        fits = words if callable(words) else lambda one: words.lower() in one.text.lower()
        found = self.server.wait(lambda: next((one for one in self.heard if fits(one)), None), seconds)
        assert found
        return found

    def compose(self, sender: Json, content: Json, thread: int | None = None) -> Json:
        """A message with the chat's next number, kept in its history."""
        number = self.server.number(f"messages of {self.number}")
        api = {"message_id": number, "date": int(time.time()), "chat": self.api(), "from": sender, **content}
        if thread is not None:
            api |= {"message_thread_id": thread, "is_topic_message": True}
        self.history[number] = {name: item for name, item in api.items() if name != "reply_to_message"}
        return api


@dataclass(eq=False)
class Group(_Chat):
    """A group that the bot is in."""

    server: "TelegramServer"
    number: int
    name: str
    members: "dict[int, Person]"
    admins: "tuple[Person, ...]" = ()
    forum: bool = False
    threads: set[int] = field(default_factory=set)
    history: dict[int, Json] = field(default_factory=dict)

    def api(self) -> Json:
        row: Json = {"id": self.number, "title": self.name}
        row["type"] = "supergroup" if self.number < -(10**12) or self.forum else "group"
        return row | ({"is_forum": True} if self.forum else {})

    def member(self, user: int) -> Json:
        """What somebody is in the group."""
        person = self.members.get(user) or self.server.chats.get(user)
        if not isinstance(person, Person):
            return member(self.server.me, "member" if user == self.server.me["id"] else "left")
        if user in {one.number for one in self.admins}:
            return member(person.user(), "administrator")
        return member(person.user(), "member" if user in self.members else "left")


@dataclass(eq=False)
class Person(_Chat):
    """Somebody who talks with the bot."""

    server: "TelegramServer"
    number: int
    language: str = "en"
    first_name: str = "Ani"
    #: bots may write only to those who have written to them
    started: bool = False
    history: dict[int, Json] = field(default_factory=dict)

    def user(self) -> Json:
        """As Telegram describes a person."""
        return {"id": self.number, "is_bot": False, "first_name": self.first_name, "language_code": self.language}

    def api(self) -> Json:
        return {"id": self.number, "type": "private", "first_name": self.first_name}

    def member(self, user: int) -> Json:
        """Both are members of a private chat."""
        return member(self.user() if user == self.number else self.server.me, "member")

    def message(self, group: "Group | int | None" = None, *, thread: int | None = None, **content: Any) -> Json:
        """A message of this person's, in private or in a group."""
        return self._place(group).compose(self.user(), content, thread)

    def says(self, text: str, group: "Group | int | None" = None, *, reply_to: Sent | None = None,
             thread: int | None = None, **more: Any) -> Json:  # fmt: skip
        """Send a text; gives the message. In a group the bot sees it only as its privacy mode allows."""
        if reply_to:
            more["reply_to_message"] = {k: v for k, v in reply_to.api.items() if k != "reply_to_message"}
        if entities := found_entities(text):
            more["entities"] = entities
        return self._posts(group, thread, {"text": text, **more})

    def edits(self, message: Json, text: str) -> None:
        """Change one of one's own messages."""
        self.server.note(f"{self.first_name} edits {message['message_id']}: {text}")
        entities = found_entities(text)
        changed = {name: item for name, item in message.items() if name != "entities"} | {"text": text}
        changed |= {"edit_date": int(time.time())} | ({"entities": entities} if entities else {})
        if self._reaches_the_bot(changed):
            self.server.push(edited_message=changed)

    def forwards(self, text: str, channel: str = "Harian Contoh", group: "Group | int | None" = None) -> Json:
        """Forward a channel's post."""
        chat = {"id": -1000000000123, "type": "channel", "title": channel}
        origin = {"type": "channel", "date": 1729771200, "message_id": 1, "chat": chat}
        return self.says(text, group, forward_origin=origin)

    def sends_sticker(self, group: "Group | int | None" = None) -> Json:
        """Send what is no text."""
        return self._posts(group, None, {"sticker": STICKER | {"is_animated": False, "is_video": False}})

    def sends_document(self, name: str, content: bytes, caption: str | None = None) -> Json:
        """Send a file, which the bot can download."""
        number = self.server.keep(Upload(name, content))
        row = {"file_id": number, "file_unique_id": f"unique-{number}", "file_name": name, "file_size": len(content)}
        return self._posts(None, None, {"document": row} | ({"caption": caption} if caption else {}))

    def taps(self, message: Sent, label: str) -> str:
        """Tap a button of a message; gives the query's id, under which `server.answers` holds the answer."""
        return self.sends_tap(message, message.button(label))

    def sends_tap(self, message: Sent, data: str) -> str:
        """A tap with any data, forged ones too."""
        gone = {"chat": message.api["chat"], "message_id": message.number, "date": 0}
        row = {"chat_instance": "1", "data": data, "message": gone if message.deleted else message.api}
        self.server.note(f"{self.first_name} taps {data!r} under {message.number}")
        return self._queries("callback_query", row)

    def asks_inline(self, text: str) -> str:
        """Type the bot's name and a query in some chat; gives the query's id."""
        self.server.note(f"{self.first_name} types @{self.server.me['username']} {text}")
        return self._queries("inline_query", {"query": text, "offset": "", "chat_type": "sender"})

    def summons_bot(self, text: str, chat: int = -1000000000999, *, reply_to: str | None = None) -> str:
        """Mention the bot in a group where it is no member; gives the query's id."""
        number = str(self.server.number("query"))
        place = {"id": chat, "type": "supergroup", "title": "Elsewhere"}
        row: Json = {"message_id": 1, "date": int(time.time()), "chat": place, "from": self.user(), "text": text}
        row |= {"guest_query_id": number, "entities": found_entities(text)}
        if reply_to:
            row["reply_to_message"] = {"message_id": 0, "date": 1, "chat": place, "text": reply_to}
        self.server.note(f"{self.first_name} elsewhere: {text}")
        self.server.queries[number] = row
        self.server.push(guest_message=row)
        return number

    def speaks_as(self, group: "Group", text: str) -> Json:
        """Post as the group itself, as its anonymous admins do."""
        crowd = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        message = group.compose(crowd, {"text": text, "sender_chat": group.api(), "entities": found_entities(text)})
        self.server.note(f"somebody as {group.title}: {text}")
        if self._reaches_the_bot(message):
            self.server.push(message=message)
        return message

    def blocks_bot(self) -> None:
        """Block the bot; writing to it again unblocks it."""
        self.server.note(f"{self.first_name} blocks the bot")
        self.server.blocked.add(self.number)
        self._changes_bot(self, "member", "kicked")

    def removes_bot(self, group: Group) -> None:
        """Throw the bot out of a group."""
        self.server.note(f"{self.first_name} removes the bot from {group.title}")
        self.server.blocked.add(group.number)
        self._changes_bot(group, "member", "kicked")

    def _changes_bot(self, chat: _Chat, old: str, new: str) -> None:
        change = {"chat": chat.api(), "from": self.user(), "date": int(time.time())}
        change |= {"old_chat_member": member(self.server.me, old), "new_chat_member": member(self.server.me, new)}
        self.server.push(my_chat_member=change)

    def _queries(self, kind: str, row: Json) -> str:
        number = str(self.server.number("query"))
        row = {"id": number, "from": self.user(), **row}
        self.server.queries[number] = row
        self.server.push(**{kind: row})
        return number

    def _place(self, group: "Group | int | None") -> _Chat:
        if group is None:
            self.started = True
            return self
        found = self.server.chats.get(group) if isinstance(group, int) else group
        place = found if isinstance(found, Group) else self.server.group(int(str(group)))
        place.members[self.number] = self
        return place

    def _posts(self, group: "Group | int | None", thread: int | None, content: Json) -> Json:
        place = self._place(group)
        if isinstance(place, Group) and thread is not None:
            place.threads.add(thread)
        if place is self and self.number in self.server.blocked:
            self.server.blocked.discard(self.number)
            self._changes_bot(self, "kicked", "member")
        message = place.compose(self.user(), content, thread)
        check(message, ["Message"], "message")
        self.server.note(f"{self.first_name} in {place.title}: {content.get('text') or sorted(content)}")
        if self._reaches_the_bot(message):
            self.server.push(message=message)
        return message

    def _reaches_the_bot(self, message: Json) -> bool:
        """Privacy mode: of a group, a bot sees commands to it, mentions of it and replies to it."""
        if message["chat"]["type"] == "private" or not self.server.privacy:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.server.me["id"]:
            return True
        name = re.escape(str(self.server.me["username"]))
        text = str(message.get("text", message.get("caption", "")))
        return bool(re.search(rf"(?<!\w)@{name}\b|(?<!\S)/\w+(@{name}\b|(?![\w@]))", text, re.IGNORECASE))


def member(user: Json, status: str) -> Json:
    """A member of a chat, by status."""
    more = {"administrator": {name: name != "is_anonymous" for name in RIGHTS}, "kicked": {"until_date": 0}}
    return {"status": status, "user": user, **more.get(status, {})}
