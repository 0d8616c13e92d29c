"""Invented stories with questions and pairs of claims, told by their evidence: a light form of the gold data.

`tests/stories/read` may be read while writing rules, `unread` only judges. A folder holds `articles.jsonl` (id, story,
lang, published, text), `questions.jsonl` (question, lang, story, answers: article and evidence, best first; none where
nothing answers) and `pairs.jsonl` (a, b: article and evidence; relation: conflict, update or neither).
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from bot.service import Service
from claims.compare import compare
from claims.extract import extract
from claims.model import CONFLICTS, UPDATES, Article, Claim, Span
from claims.slot import may_meet
from db.engine import open_database

HOME = Path(__file__).parent / "stories"
#: share of the shorter of two pieces of evidence that both must hold to be one
_SAME = 0.5

Place = tuple[str, Span]


@dataclass(frozen=True)
class Asked:
    """A question, the day on which it is asked, and where its answers stand; nowhere for one that has none."""

    text: str
    language: str | None
    today: date
    answers: tuple[Place, ...]

    def is_answered_by(self, article: str, claim: Claim) -> bool:
        """Whether a claim of an article is one of the answers."""
        return any(article == name and stands_at(claim, span) for name, span in self.answers)


@dataclass(frozen=True)
class Stories:
    """Articles by id, and what is asked of them."""

    articles: Mapping[str, Article]
    asked: Sequence[Asked]

    @cached_property
    def claims(self) -> Sequence[tuple[str, Claim]]:
        """All that is extracted, with the article that it stands in."""
        return [(name, claim) for name, article in self.articles.items() for claim in extract(article).claims]


def stands_at(claim: Claim, span: Span) -> bool:
    """Whether the evidence of a claim is, for the most part, what stands there."""
    shared = min(claim.end, span.end) - max(claim.start, span.start)
    return shared > _SAME * min(claim.end - claim.start, span.end - span.start)


def told(folder: Path) -> Stories:
    """The stories of a folder of this form."""
    articles = _articles(rows(folder / "articles.jsonl"))
    last: dict[str, date] = {}
    for row in rows(folder / "articles.jsonl"):
        last[row["story"]] = max(last.get(row["story"], date.min), date.fromisoformat(row["published"]))
    asked = [
        Asked(row["question"], row["lang"], last[row["story"]], tuple(_place(one, articles) for one in row["answers"]))
        for row in rows(folder / "questions.jsonl")
    ]
    return Stories(articles, asked)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file."""
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def _articles(found: Iterator[dict[str, Any]]) -> dict[str, Article]:
    return {
        row["id"]: Article(
            id=row["id"],
            text=row["text"],
            language=row["lang"],
            published=date.fromisoformat(row["published"]) if row["published"] else None,
        )
        for row in found
    }


def _place(row: Mapping[str, str], articles: Mapping[str, Article]) -> Place:
    """Where a piece of evidence stands. Raises ValueError where the article does not hold it."""
    start = articles[row["article"]].text.index(row["evidence"])
    return row["article"], Span(start, start + len(row["evidence"]))


def figures(folder: Path) -> dict[str, float]:
    """Questions asked of the service, and pairs of claims compared: shares from 0 to 1."""
    return {**_answered(told(folder)), **_related(folder)}


def _answered(stories: Stories) -> dict[str, float]:
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as home:
        service = Service(open_database(f"sqlite:///{home}/stories.db"))
        for article in stories.articles.values():
            service.add_article(article, now=datetime.now(UTC))
        for one in stories.asked:
            answers = service.ask(one.text, language=one.language, today=one.today).answers
            right = bool(answers) and one.is_answered_by(answers[0][0].article, answers[0][0].claim)
            found["answerable" if one.answers else "unanswerable"] += 1
            found["right" if right else "false" if answers and not one.answers else ""] += 1
    recall = _share(found["right"], found["answerable"])
    false = _share(found["false"], found["unanswerable"])
    return {
        "questions.recall@1": recall,
        "questions.false_answers": false,
        "questions.balanced": round((recall + 1 - false) / 2, 4),
    }


def _related(folder: Path) -> dict[str, float]:
    stories = told(folder)
    found: Counter[tuple[str, str]] = Counter()
    for row in rows(folder / "pairs.jsonl"):
        sides = [_at(stories, _place(row[side], stories.articles)) for side in "ab"]
        ours = {_relation(a, b) for a, b in product(*sides) if a is not b}
        wanted = row["relation"]
        others = (one for one in ("conflict", "update") if one in ours)
        found[wanted, wanted if wanted in ours else next(others, "neither")] += 1
    wanted_as: Counter[str] = Counter()
    told_as: Counter[str] = Counter()
    for (relation, said), count in found.items():
        wanted_as[relation] += count
        told_as[said] += count
    alarms = wanted_as["neither"] - found["neither", "neither"]
    result = {"pairs.false_alarms": _share(alarms, wanted_as["neither"])}
    for name in ("conflict", "update"):
        result[f"pairs.{name}.precision"] = _share(found[name, name], told_as[name])
        result[f"pairs.{name}.recall"] = _share(found[name, name], wanted_as[name])
    return result


def _share(some: int, of_all: int) -> float:
    return round(some / of_all, 4) if of_all else 1.0


def _at(stories: Stories, place: Place) -> list[Claim]:
    return [claim for name, claim in stories.claims if name == place[0] and stands_at(claim, place[1])]


def _relation(a: Claim, b: Claim) -> str:
    verdict = compare(a, b) if may_meet(a, b) else None
    if verdict is None or verdict.severity == "none":
        return "neither"
    return "conflict" if verdict.relation in CONFLICTS else "update" if verdict.relation in UPDATES else "neither"
