"""What the Bot API's methods do to the chats of the test server. Each is named as in the Bot API."""

import time
from typing import TYPE_CHECKING, Any

from tests.telegram_people import Group, Person, Sent
from tests.telegram_spec import METHODS, TYPES, Json, Upload, Violation, formatted

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer

ABILITIES = [one["name"] for one in TYPES["User"]["fields"] if one["name"].startswith(("can_", "supports_", "has_"))]
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


class Refusal(Exception):
    """A request that the specification allows and Telegram refuses all the same."""

    def __init__(self, code: int, description: str, **more: int) -> None:
        super().__init__(description)
        self.code, self.more = code, more


class Methods:
    """The methods; parameters are typed and checked already. Raise Refusal, or Violation for a rule beyond the data."""

    def __init__(self, server: "TelegramServer") -> None:
        self.server = server

    def perform(self, method: str, params: Json) -> Any:
        """The result of a method."""
        handler = getattr(self, method, None)
        return handler(params) if handler else self.other(method, params)

    def other(self, method: str, params: Json) -> bool:
        """A method that only gives True."""
        if METHODS[method]["returns"] != ["Boolean"]:
            raise Violation(f"{method} is unknown to this server: add it to tests/telegram_methods.py")
        if "chat_id" in params:
            self._chat(params)
        return True

    def getMe(self, params: Json) -> Json:
        return (
            self.server.me
            | dict.fromkeys(ABILITIES, False)
            | {"can_join_groups": True, "supports_inline_queries": True, "supports_guest_queries": True}
        )

    def setWebhook(self, params: Json) -> bool:
        if not params["url"].startswith("http"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.server.webhook = params
        self.server.allow(params)
        return True

    def deleteWebhook(self, params: Json) -> bool:
        self.server.webhook = {}
        if params.get("drop_pending_updates"):
            self.server.updates.clear()
        return True

    def getWebhookInfo(self, params: Json) -> Json:
        waiting = len(self.server.updates)
        url = self.server.webhook.get("url", "")
        return {
            "url": url, "has_custom_certificate": False, "pending_update_count": waiting, **self.server.webhook_error,
        }  # fmt: skip

    def getMyCommands(self, params: Json) -> list[Json]:
        return list(self._profile("setMyCommands", params).get("commands", []))

    def getMyName(self, params: Json) -> Json:
        return {"name": self._profile("setMyName", params).get("name", self.server.me["first_name"])}

    def getMyDescription(self, params: Json) -> Json:
        return {"description": self._profile("setMyDescription", params).get("description", "")}

    def getMyShortDescription(self, params: Json) -> Json:
        found = self._profile("setMyShortDescription", params)
        return {"short_description": found.get("short_description", "")}

    def _profile(self, method: str, params: Json) -> Json:
        """What a method has set last for the same language and scope."""
        set_so = [one.params for one in self.server.calls if one.method == method]
        return next((one for one in reversed(set_so) if _where(one) == _where(params)), {})

    def sendMessage(self, params: Json) -> Json:
        return self._send(params, "text", "entities", {})

    def sendDocument(self, params: Json) -> Json:
        number, file = self._file(params["document"])
        content = {"document": file_row(number, file) | {"file_name": file.name, "mime_type": file.mime}}
        return self._send(params, "caption", "caption_entities", content, file)

    def sendPhoto(self, params: Json) -> Json:
        number, file = self._file(params["photo"])
        if not file.content.startswith(PICTURES):
            raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
        content = {"photo": [file_row(number, file) | {"width": 640, "height": 480}]}
        return self._send(params, "caption", "caption_entities", content, file)

    def _send(self, params: Json, name: str, entities: str, content: Json, file: Upload | None = None) -> Json:
        """Deliver a message whose text or caption has that name."""
        chat, html, thread = self._chat(params), params.get(name, ""), params.get("message_thread_id")
        if thread is not None and thread not in getattr(chat, "threads", ()):
            raise Refusal(400, "Bad Request: message thread not found")
        content |= self._reply(chat, params) | _text(params, name, entities)
        if "inline_keyboard" in params.get("reply_markup", {}):
            content["reply_markup"] = params["reply_markup"]
        api = chat.compose(self.server.me, content, thread)
        buttons = params.get("reply_markup", {}).get("inline_keyboard", [])
        self.server.sent.append(Sent(chat.number, api["message_id"], html, api, thread, buttons, file=file))
        self.server.note(f"claimbot to {chat.title}: {self.server.sent[-1].text} {self.server.sent[-1].labels or ''}")
        return api

    def _reply(self, chat: Person | Group, params: Json) -> Json:
        wanted = params.get("reply_parameters")
        if not wanted:
            return {}
        if wanted["message_id"] in chat.history:
            return {"reply_to_message": chat.history[wanted["message_id"]]}
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise Refusal(400, "Bad Request: message to be replied not found")

    def editMessageText(self, params: Json) -> Json | bool:
        if not params.get("text"):
            raise Violation("editMessageText.text message text is empty")
        return self._edit(params, _text(params, "text", "entities"), params["text"])

    def editMessageReplyMarkup(self, params: Json) -> Json | bool:
        return self._edit(params, {}, None)

    def _edit(self, params: Json, content: Json, html: str | None) -> Json | bool:
        if "inline_message_id" in params:
            return True
        message = self._own(params, "edit")
        if html is not None and "text" not in message.api:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        api = {name: item for name, item in message.api.items() if name not in ("reply_markup", "edit_date")}
        api = {name: item for name, item in api.items() if html is None or name != "entities"} | content
        if "reply_markup" in params:  # without one, the buttons go
            api["reply_markup"] = params["reply_markup"]
        if api == {name: item for name, item in message.api.items() if name != "edit_date"}:
            raise Refusal(400, "Bad Request: message is not modified: specified new message content and reply markup "
                               "are exactly the same as a current content and reply markup of the message")  # fmt: skip
        message.api = self.server.chats[message.chat].history[message.number] = api | {"edit_date": int(time.time())}
        message.html = message.html if html is None else html
        message.buttons, message.edited = params.get("reply_markup", {}).get("inline_keyboard", []), True
        self.server.note(f"claimbot edits {message.number}: {message.text} {message.labels or ''}")
        return message.api

    def deleteMessage(self, params: Json) -> bool:
        message = self._own(params, "delete")
        message.deleted = True
        del self.server.chats[message.chat].history[message.number]
        self.server.note(f"claimbot deletes {message.number}: {message.text}")
        return True

    def _own(self, params: Json, what: str) -> Sent:
        if not {"chat_id", "message_id"} <= set(params):
            raise Violation("the message's identifier is missing")
        chat = self._chat(params)
        found = [one for one in self.server.messages(chat.number) if one.number == params["message_id"]]
        if not found:
            raise Refusal(400, f"Bad Request: message to {what} not found")
        return found[0]

    def answerCallbackQuery(self, params: Json) -> bool:
        return self._settle(params["callback_query_id"], params)

    def answerInlineQuery(self, params: Json) -> bool:
        names = [one["id"] for one in params["results"]]
        if len(names) > 50 or len(set(names)) < len(names):
            raise Refusal(400, "Bad Request: RESULT_ID_DUPLICATE or too many results")
        for one in params["results"]:
            self._check_card(one)
        return self._settle(params["inline_query_id"], params)

    def answerGuestQuery(self, params: Json) -> Json:
        self._check_card(params["result"])
        self._settle(params["guest_query_id"], params)
        return {"inline_message_id": f"inline-{params['guest_query_id']}"}

    def _check_card(self, card: Json) -> None:
        """Buttons that call back have no chat there."""
        buttons = [one for row in card.get("reply_markup", {}).get("inline_keyboard", []) for one in row]
        if any("callback_data" in one for one in buttons):
            raise Violation("a card's button that calls back finds no chat: use an address")

    def _settle(self, number: str, params: Json) -> bool:
        if number not in self.server.queries or number in self.server.answers:
            late = "query is too old and response timeout expired or query ID is invalid"
            raise Refusal(400, f"Bad Request: {late}")
        self.server.answers[number] = params
        self.server.note(f"claimbot answers query {number}: {params.get('text', '')}")
        return True

    def getChat(self, params: Json) -> Json:
        gifts = [one["name"] for one in TYPES["AcceptedGiftTypes"]["fields"]]
        more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
        return self._chat(params).api() | more

    def getChatMember(self, params: Json) -> Json:
        return self._chat(params).member(params["user_id"])

    def getChatAdministrators(self, params: Json) -> list[Json]:
        chat = self._chat(params)
        if not isinstance(chat, Group):
            raise Refusal(400, "Bad Request: there are no administrators in the private chat")
        return [chat.member(one.number) for one in chat.admins]

    def getFile(self, params: Json) -> Json:
        number, file = self._file(params["file_id"])
        return file_row(number, file) | {"file_path": f"files/{number}"}

    def _file(self, given: str | Upload) -> tuple[str, Upload]:
        if isinstance(given, Upload):
            return self.server.keep(given), given
        if given not in self.server.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return given, self.server.files[given]

    def _chat(self, params: Json) -> Person | Group:
        """The chat of a request, if the bot may write there."""
        number = params["chat_id"]
        if number in self.server.moved:
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                          migrate_to_chat_id=self.server.moved[number])  # fmt: skip
        chat = self.server.chats.get(number)
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if number in self.server.blocked:
            group = isinstance(chat, Group)
            raise Refusal(403, f"Forbidden: bot was {'kicked from the group chat' if group else 'blocked by the user'}")
        if isinstance(chat, Person) and not chat.started:
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        return chat


def _where(params: Json) -> Json:
    return {name: params[name] for name in ("scope", "language_code") if name in params}


def file_row(number: str, file: Upload) -> Json:
    """What all kinds of files have."""
    return {"file_id": number, "file_unique_id": f"unique-{number}", "file_size": len(file.content)}


def _text(params: Json, name: str, entities: str) -> Json:
    if not params.get(name):
        return {}
    plain, found = formatted(params[name], params.get("parse_mode"))
    return {name: plain} | ({entities: params.get(entities) or found} if params.get(entities) or found else {})
