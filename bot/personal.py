"""What belongs to a chat: how it wants to be told, and all that is kept of it. One transaction each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import forgetting, outbox, preferences, subscriptions
from db.engine import Engine, reading, writing
from db.values import Preferences


@dataclass(frozen=True, slots=True)
class Personal:
    """The use cases over one database. `now` is always handed in: aware, UTC."""

    engine: Engine

    def preferences(self, chat: int) -> Preferences:
        """How and when a chat wants to be told."""
        with reading(self.engine) as session:
            return preferences.preferences(session, chat)

    def set_preferences(self, chat: int, now: datetime, **chosen: str | int | None) -> None:
        """Choose `zone`, `quiet_from` and `quiet_until`, `digest` and `digest_hour`."""
        with writing(self.engine) as session:
            preferences.change(session, chat, now, **chosen)
            outbox.hurry(session, chat, now)

    def stop(self, chat: int) -> int:
        """End all that a chat follows, with what waits to be told; gives how many topics that were."""
        with writing(self.engine) as session:
            ended = subscriptions.unfollow_all(session, chat)
            outbox.drop(session, chat)
        return ended

    def export(self, chat: int) -> dict[str, list[dict[str, Any]]]:
        """All that is kept of a chat or person, by table."""
        with reading(self.engine) as session:
            return forgetting.export(session, chat)

    def forget(self, chat: int) -> None:
        """Leave no row and no trace that names the chat or person."""
        with writing(self.engine) as session:
            forgetting.forget(session, chat)
        forgetting.scrub(self.engine)
