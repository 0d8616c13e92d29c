"""The editors' desk: what people send in, and what editors make of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.results import Added
from bot.service import Service
from claims.model import Article
from db import audit, submissions
from db.engine import reading, writing
from db.values import Submission


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases over one store, one transaction each unless said otherwise."""

    service: Service

    def submit(self, article: Article, *, digest: str, chat: int, person: int, now: datetime) -> bool:
        """Keep a text until an editor decides on it; False where too many wait already."""
        with writing(self.service.engine) as session:
            return submissions.put(session, article, digest=digest, chat=chat, person=person, now=now)

    def waiting(self, after: int = 0) -> tuple[Submission | None, int]:
        """The text that comes after a number, and how many wait."""
        with reading(self.service.engine) as session:
            return submissions.waiting(session, after), submissions.count(session)

    def accept(self, number: int, *, person: int, now: datetime) -> Added | None:
        """Make an article of a text; None where it does not wait any more. Two transactions: what is accepted again
        after a kill in between is the same article."""
        with reading(self.service.engine) as session:
            found = submissions.by_number(session, number)
        if found is None:
            return None
        article = Article(
            id=found.url or f"review:{found.digest}",
            text=found.text,
            source=found.source,
            url=found.url,
            published=found.published,
        )
        added = self.service.add_article(article, now=now)
        self._decide(found, "accept", person, now)
        return added

    def reject(self, number: int, *, person: int, now: datetime) -> bool:
        """Drop a text; False where it does not wait any more."""
        with reading(self.service.engine) as session:
            found = submissions.by_number(session, number)
        if found is None:
            return False
        self._decide(found, "reject", person, now)
        return True

    def _decide(self, found: Submission, act: str, person: int, now: datetime) -> None:
        with writing(self.service.engine) as session:
            submissions.drop(session, found.number)
            audit.note(session, person, act, f"text {found.digest}", now)
