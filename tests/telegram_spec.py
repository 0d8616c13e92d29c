"""The Bot API as data: checks requests and objects against the specification, and reads Telegram's HTML.

`telegram_api.json` is the specification of Bot API 10.1 from telegram-bot-api-spec (MIT licence, see
`telegram_api.LICENSE`). Limits ("1-64 bytes") and constants ("always "member"") are read out of its descriptions.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SPECIFICATION: Json = json.loads(Path(__file__).with_name("telegram_api.json").read_text("utf-8"))
METHODS: Json = SPECIFICATION["methods"]
TYPES: Json = SPECIFICATION["types"]
PLAIN = {"String": (str,), "Integer": (int,), "Boolean": (bool,), "Float": (float, int)}
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
#: larger requests are refused before their entities are parsed
RAW_BYTES = 32_768
LIMIT = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
CONSTANT = re.compile(r'(?:must be|always) "?(\w+)"?$')
LINK = r"(https?|tg)://\S+"
#: what the specification says in prose alone; fields of any owner have their name alone
PATTERNS = {
    "BotCommand.command": r"[a-z0-9_]+",
    "InlineKeyboardButton.text": r"(?s).*\S.*",
    "InlineKeyboardButton.url": LINK,
    "language_code": r"([a-z]{2})?",
    "sendChatAction.action": "|".join(
        re.findall(r"typing|[a-z]+_[a-z_]+", str(METHODS["sendChatAction"]["fields"][-1]))
    ),
}
#: buttons must have one field besides these
NO_ACTION = {"text", "icon_custom_emoji_id", "style"}
ENTITIES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>\s[^<>]*)?>"
    r"|(?P<text>[^<>&]+|&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)|(?P<stray>[<>&])"
)
ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'))?")
#: entities that Telegram finds by itself
FOUND = re.compile(r"(?<![\w/@])(?:(?P<bot_command>/\w{1,32}(?:@\w+)?)|(?P<mention>@\w{4,32})|(?P<url>https?://\S+))")


class Violation(Exception):
    """A request or an object that the specification does not allow; says where and why."""


@dataclass(frozen=True)
class Upload:
    """A file in a multipart request."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


def parameters(method: str, given: Json) -> Json:
    """The typed parameters of a request; raises Violation. Forms hold strings, in which the rest is JSON."""
    if method not in METHODS:
        raise Violation(f"method {method} not found")
    types = {field["name"]: field["types"] for field in METHODS[method].get("fields", [])}
    files = {name for name, value in given.items() if isinstance(value, Upload) and name not in types}
    attached = {name for name in files if f'attach://{name}"' in json.dumps(given, default=str)}
    if files - attached:
        raise Violation(f"unknown files {sorted(files - attached)}")
    typed = {name: _decoded(value, types.get(name, ["String"])) for name, value in given.items() if name not in files}
    _check_fields(typed, METHODS[method], method)
    return typed


def check(value: Any, types: list[str], where: str) -> None:
    """That the value is of one of the types; raises Violation, of the type that came nearest."""
    problems = []
    for kind in types:
        try:
            return _check_type(value, kind, where)
        except Violation as problem:
            problems.append(problem)
    raise max(problems, key=lambda problem: len(str(problem).partition(" ")[0]))


def _decoded(value: Any, types: list[str]) -> Any:
    if not isinstance(value, str) or types == ["String"]:
        return value
    if "Integer" in types and re.fullmatch(r"-?\d+", value):
        return int(value)
    if "Boolean" in types:
        return BOOLEANS.get(value.lower(), value)
    if {"String", "InputFile"} & set(types):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _check_type(value: Any, kind: str, where: str) -> None:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise Violation(f"{where} must be an array")
        for number, item in enumerate(value):
            check(item, [kind.removeprefix("Array of ")], f"{where}[{number}]")
    elif kind in PLAIN:
        if not isinstance(value, PLAIN[kind]) or (isinstance(value, bool) and kind != "Boolean"):
            raise Violation(f"{where} must be of type {kind}, not {value!r}")
    elif kind == "InputFile":
        if not isinstance(value, Upload) or not value.content:
            raise Violation(f"{where} must be a file that is not empty")
    elif "subtypes" in TYPES[kind]:
        check(value, _candidates(value, TYPES[kind]["subtypes"]), where)
    elif not isinstance(value, dict):
        raise Violation(f"{where} must be an object of type {kind}")
    else:
        _check_fields(value, TYPES[kind], where)


def _candidates(value: Any, subtypes: list[str]) -> list[str]:
    """The subtypes whose constants the value has; all of them if there are none."""
    if not isinstance(value, dict):
        return subtypes
    constants = [(kind, name, word) for kind in subtypes for name, word in _constants(kind).items()]
    return [kind for kind, name, word in constants if value.get(name) == word] or subtypes


@cache
def _constants(kind: str) -> dict[str, str]:
    """The fields of a type that always hold the same word."""
    fields = [one for one in TYPES.get(kind, {}).get("fields", []) if one["name"] in ("type", "status", "source")]
    return {one["name"]: found[1] for one in fields if (found := CONSTANT.search(one["description"]))}


def _check_fields(value: Json, owner: Json, where: str) -> None:
    fields = {field["name"]: field for field in owner.get("fields", [])}
    missing = [name for name, field in fields.items() if field["required"] and value.get(name) is None]
    if missing or (unknown := sorted(set(value) - set(fields))):
        raise Violation(f"{where} lacks {missing}" if missing else f"{where} has the unknown {unknown}")
    for name, word in _constants(owner["name"]).items():
        if value.get(name) != word:
            raise Violation(f"{where}.{name} must be {word}")
    for name, item in value.items():
        check(item, fields[name]["types"], f"{where}.{name}")
        _check_text(item, fields[name], value, where)
        pattern = PATTERNS.get(f"{owner['name']}.{name}") or PATTERNS.get(name)
        if pattern and isinstance(item, str) and not re.fullmatch(pattern, item):
            raise Violation(f"{where}.{name} may not be {item!r}")
    if owner["name"] == "InlineKeyboardButton" and len(set(value) - NO_ACTION) != 1:
        raise Violation(f"{where} must have exactly one action")


def _check_text(item: Any, field: Json, value: Json, where: str) -> None:
    """Length and markup of a text; a limit counts what is left after the entities were parsed."""
    limit = LIMIT.search(field["description"])
    if not limit or not isinstance(item, str):
        return
    mode = value.get("quote_parse_mode" if field["name"] == "quote" else "parse_mode")
    if len(item.encode()) > RAW_BYTES:
        raise Violation(f"{where}.{field['name']} is too long: more than {RAW_BYTES} bytes before parsing")
    if limit[3].lower() == "bytes":
        size = len(item.encode())
    else:
        size = len(_plain(item, mode, f"{where}.{field['name']}").strip())
    if not int(limit[1]) <= size <= int(limit[2]):
        problem = "message text is empty" if size == 0 else "message is too long"
        raise Violation(f"{where}.{field['name']} {problem}: {size} instead of {limit[0]}")


def _plain(text: str, mode: str | None, where: str) -> str:
    try:
        return formatted(text, mode)[0]
    except Violation as problem:
        raise Violation(f"{where} can't parse entities: {problem}") from problem


def formatted(text: str, mode: str | None) -> tuple[str, list[Json]]:
    """Plain text and entities, offsets in UTF-16 units. Raises Violation for what Telegram cannot parse, and also for
    what it would guess or drop in silence: `&`, `<` and `>` that are not escaped, links without a usable address."""
    if not mode:
        return text, found_entities(text)
    if mode.upper() != "HTML":
        raise Violation(f"parse_mode {mode} is not understood here: only HTML")
    plain, entities, opened = "", [], list[tuple[str, Json]]()
    for token in TOKEN.finditer(text):
        tag = (token["tag"] or "").lower()
        if token["text"]:
            plain += unescape(token["text"])
        elif token["stray"]:
            raise Violation(f"{token[0]!r} is not escaped at offset {token.start()}")
        elif not token["close"]:
            opened.append((tag, _entity(tag, token["attributes"] or "", units(plain))))
        elif not opened or opened[-1][0] != tag:
            raise Violation(f'unexpected end tag "{tag}" at offset {token.start()}')
        else:
            entity = opened.pop()[1]
            entities.append(entity | {"length": units(plain) - entity["offset"]})
    if opened:
        raise Violation(f'no end of the start tag "{opened[-1][0]}"')
    return plain, sorted((one for one in entities if one["length"]), key=lambda one: (one["offset"], -one["length"]))


def _entity(tag: str, attributes: str, offset: int) -> Json:
    """An entity without its length."""
    if tag not in ENTITIES:
        raise Violation(f'unsupported start tag "{tag}"')
    given = {name: unescape(double or single) for name, double, single in ATTRIBUTE.findall(attributes)}
    entity: Json = {"type": ENTITIES[tag], "offset": offset}
    if tag == "a":
        if not re.fullmatch(LINK, given.get("href", "")):
            raise Violation(f"a link to {given.get('href')!r} is dropped by Telegram")
        return entity | {"url": given["href"]}
    if tag == "span" and given.get("class") != "tg-spoiler":
        raise Violation('"span" must have the class "tg-spoiler"')
    if tag == "blockquote" and "expandable" in given:
        return entity | {"type": "expandable_blockquote"}
    if tag == "tg-emoji":
        return entity | {"custom_emoji_id": given.get("emoji-id", "")}
    if tag == "tg-time":
        if not given.get("unix", "").isdecimal():
            raise Violation('"tg-time" must have a Unix time')
        return entity | {"unix_time": int(given["unix"]), "date_time_format": given.get("format", "")}
    return entity


def found_entities(text: str) -> list[Json]:
    """The commands, mentions and links of a text without markup."""
    return [
        {"type": found.lastgroup, "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in FOUND.finditer(text)
    ]


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
