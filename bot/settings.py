"""Settings from the environment and `.env`; an error names the variable and how to mend it."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one line of cause and cure."""


def _like(pattern: str, words: str) -> AfterValidator:
    """Text that fits a pattern from end to end; `words` say what it must be."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(words)
        return value

    return AfterValidator(check)


_Api = Annotated[str, _like(r"https?://[^/\s]+.*", "must be an address such as https://api.telegram.org/bot")]
_Webhook = Annotated[
    str,
    _like(
        r"(?:https?://[^/\s?#@]+(?:/[^\s?#]*)?)?",
        "must be an address such as https://bot.newsroom.example/telegram, or empty for polling",
    ),
]
_Contact = Annotated[
    str,
    _like(
        r"(?:(?:https?://|mailto:)[\x21-\x7e]{3,200})?",
        "must be an address such as https://newsroom.example/bot or mailto:desk@newsroom.example",
    ),
]


class Settings(BaseSettings):
    """Each field is a variable of the same name in capitals; `.env.example` explains them."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    telegram_bot_token: SecretStr = Field(default=SecretStr(""))
    telegram_api_url: _Api = "https://api.telegram.org/bot"
    telegram_file_url: _Api = "https://api.telegram.org/file/bot"
    #: where Telegram reaches the bot from outside; empty for long polling
    webhook_url: _Webhook = ""
    #: where the bot itself listens for what the proxy hands on
    webhook_listen: str = "127.0.0.1:8080"
    database_url: str = "sqlite:///claimbot.db"
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    trusted_sources: Annotated[frozenset[str], NoDecode] = frozenset()
    #: where the owners of sites find who reads them: an address of a page or of mail
    contact: _Contact = ""
    #: days after which the text of an article is deleted, 0 for never; its claims stay with their evidence
    keep_texts_days: int = Field(default=0, ge=0, le=36_500)
    log_level: str = "INFO"
    timezone: str = "UTC"
    #: seconds after an alert in which further ones to the same chat are gathered into one message
    gather_seconds: float = Field(default=20.0, ge=0, allow_inf_nan=False)
    #: seconds without a sign of life from Telegram after which `run` ends itself, to be started anew
    watchdog_seconds: float = Field(default=90.0, gt=0, allow_inf_nan=False)

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        """ "12, 34" is a set of numbers."""
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.lstrip("-").isdigit() for part in parts):
                raise ValueError("must be Telegram user ids, separated by commas: 12345,67890")
            return frozenset(int(part) for part in parts)
        return value

    @field_validator("trusted_sources", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        """ "news.example, radio.example" is a set of hosts."""
        if isinstance(value, str):
            parts = [part.strip().lower().rstrip(".") for part in value.split(",") if part.strip()]
            if not all(re.fullmatch(r"[\w-]+(\.[\w-]+)+", part) for part in parts):
                raise ValueError("must be hosts, separated by commas: news.example,radio.example")
            return frozenset(parts)
        return value

    @field_validator("webhook_listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        found = re.fullmatch(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", value)
        if not found or not 0 < int(found[1]) < 65_536:
            raise ValueError("must be a host and a port, such as 127.0.0.1:8080")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        level = value.upper()
        if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return level

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("must be the name of a time zone, such as Asia/Jakarta") from error
        return value


def load_settings() -> Settings:
    """The settings. Raises SettingsError naming the first variable that is wrong."""
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsError(f".env cannot be read: it is not UTF-8 (byte {error.start})") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "the settings"
        reason = first["msg"].removeprefix("Value error, ").replace("Input should", "must")
        raise SettingsError(f"{name} {reason}; see .env.example") from None
