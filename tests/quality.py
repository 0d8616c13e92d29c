"""Quality on the gold data: `make quality`. Prints figures for six sets of stories, fails below a floor.

The blind stories are four, the sealed ones five, the unread ones fifteen, that nobody reads while writing rules; they
are looked at as figures only. The later ones are twenty, the newer ones ten, that were written when the rules stood:
they tell more of a new story than the open ones. `stories/` holds more in a light form, some of them unread. Floors
stand in `floors.json` beside this file and only ever rise: `--raise` writes today's figures into it.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "gold")]

import score  # noqa: E402

from bot.jsonlines import claim_row  # noqa: E402
from bot.service import Service  # noqa: E402
from claims.annotate import annotate  # noqa: E402
from claims.attribution import attributions  # noqa: E402
from claims.beside import beside  # noqa: E402
from claims.candidate import Candidate  # noqa: E402
from claims.compare import compare  # noqa: E402
from claims.extract import extract  # noqa: E402
from claims.lexicon import lexicon, supported  # noqa: E402
from claims.match import rank  # noqa: E402
from claims.memory import Memory  # noqa: E402
from claims.model import CONFLICTS, UPDATES, Article, Claim, Span, Verdict  # noqa: E402
from claims.numbers import numbers  # noqa: E402
from claims.slot import may_meet  # noqa: E402
from claims.understand import understand  # noqa: E402
from db.engine import open_database  # noqa: E402
from db.worked import CONTEXT  # noqa: E402
from tests import stories  # noqa: E402
from tests.gold_claims import gold_claims  # noqa: E402
from tests.stories import rows  # noqa: E402

FLOORS = HERE / "floors.json"
#: of the verdicts, from text ("conflicts") and from the gold's own claims ("pairs")
_VERDICTS = {
    "precision": ("conflict", "precision"),
    "recall": ("conflict", "recall_issues"),
    "update.precision": ("update", "precision"),
    "update.recall": ("update", "recall_issues"),
    "told_apart": ("update_vs_conflict", "accuracy"),
    "false_alarms": ("false_alarms_on_neither", "rate"),
}
#: of the answers, end to end ("questions") and from the gold's own claims ("questions_of_gold")
_ANSWERS = {
    "recall@1": ("all", "recall@1"),
    "mrr": ("all", "mrr"),
    "both_sides@5": ("all", "both_sides@5"),
    "false_answers": ("all", "false_answer_rate"),
    "balanced": ("all", "balanced"),
    "cross-lingual.recall@1": ("trait=cross-lingual", "recall@1"),
    "mixed-lingual.recall@1": ("trait=mixed-lingual", "recall@1"),
    "en.recall@1": ("lang=en", "recall@1"),
    "id.recall@1": ("lang=id", "recall@1"),
}
_ASKED = ("questions", "questions_of_gold", "questions_kept_aside")
#: what is watched: name → path in the scorer's output
WATCHED = {
    "claims.precision": ("claims", "span", "precision"),
    "claims.recall": ("claims", "span", "recall"),
    "claims.recall.en": ("claims", "recall_by_language", "en"),
    "claims.recall.id": ("claims", "recall_by_language", "id"),
    "claims.strict.f1": ("claims", "strict", "f1"),
    "claims.strict.precision": ("claims", "strict", "precision"),
    "claims.quantity.precision": ("claims", "by_type", "quantity", "precision"),
    "claims.vote.precision": ("claims", "by_type", "vote", "precision"),
    "claims.denial.precision": ("claims", "by_type", "denial", "precision"),
    "claims.speaker": ("claims", "attributes", "speaker", "accuracy"),
    "claims.value": ("claims", "attributes", "quantity_value", "accuracy"),
    "claims.date": ("claims", "attributes", "date", "accuracy"),
    "claims.modality": ("claims", "attributes", "modality", "accuracy"),
    "claims.conditional_as_asserted": ("claims", "modality_errors", "conditional_stored_as_asserted"),
    "claims.trap_rate": ("claims", "trap_rate"),
    **{f"{source}.{name}": (source, *path) for source in ("conflicts", "pairs") for name, path in _VERDICTS.items()},
    **{f"{of}.{name}": (of, *path) for of in _ASKED for name, path in _ANSWERS.items()},
}
#: of these, less is better
_HARMS = ("trap_rate", "false_alarms", "false_answers", "conditional_as_asserted")


def articles(folder: Path) -> Iterator[Article]:
    """The articles that the extractor is given."""
    for row in rows(folder / "input_articles.jsonl"):
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        yield Article(id=row["id"], text=row["text"], language=row.get("lang"), published=published)


def answers(folder: Path, questions: Iterable[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """What is answered end to end: the articles stored in a new database, the questions (else the folder's own) asked
    of the service."""
    with tempfile.TemporaryDirectory() as home:
        service = Service(open_database(f"sqlite:///{home}/quality.db"))
        for article in articles(folder):
            service.add_article(article, now=datetime.now(UTC))
        found = []
        for row in questions or rows(folder / "input_questions.jsonl"):
            result = service.ask(row["question"], language=row.get("lang"), today=_today(folder))
            told = [claim_row(stored.article, stored.claim) for stored, _ in result.answers]
            found.append({"question": row["id"], "answers": told, "abstain": result.abstain})
        return found


def kept_aside() -> Any:
    """The scorer's figures for sixty questions over the open stories that no rule was written for."""
    folder = HERE / "gold" / "open"
    asked = [
        {
            **row,
            "id": f"kept-{number}",
            "traits": [],
            "partial": [],
            "answerable": bool(row["claims"]),
            "answer": {"kind": "text", "value": None},
        }
        for number, row in enumerate(rows(HERE / "kept_aside.jsonl"))
    ]
    gold = list(rows(folder / "claims.jsonl"))
    articles_by_id = score.Articles(list(rows(folder / "articles.jsonl")))
    return score.score_questions(articles_by_id, gold, asked, answers(folder, asked))


def answers_of_gold(folder: Path) -> list[dict[str, Any]]:
    """What is answered out of the gold's own claims: matching alone, nothing missed by the extractor."""
    by_id = {row["id"]: row for row in rows(folder / "input_articles.jsonl")}
    gold = list(rows(folder / "claims.jsonl"))
    of = {row["id"]: row["article"] for row in gold}
    known = [(of[name], claim) for name, claim in gold_claims(gold, by_id)]
    candidates = [
        Candidate(number, claim, " ".join(by_id[name]["text"][:CONTEXT].split()), beside(by_id[name]["text"], claim))
        for number, (name, claim) in enumerate(known)
    ]
    found = []
    for row in rows(folder / "input_questions.jsonl"):
        ranking = rank(understand(row["question"], row.get("lang"), _today(folder)), candidates)
        told = [claim_row(known[one.number][0], one.claim) for one in ranking.answers]
        found.append({"question": row["id"], "answers": told, "abstain": ranking.abstain})
    return found


def _today(folder: Path) -> date:
    """Questions are asked on the day of the last article."""
    return max(article.published for article in articles(folder) if article.published)


def conflicts(known: list[tuple[str, str, Claim]]) -> Iterator[dict[str, Any]]:
    """Every conflict and update among the claims of the split."""
    for (one, _, a), (other, _, b) in combinations(known, 2):
        if may_meet(a, b):
            verdict: Verdict = compare(a, b)
            if verdict.relation in CONFLICTS | UPDATES and verdict.severity != "none":
                relation = "conflict" if verdict.relation in CONFLICTS else "update"
                yield {"a": _side(one, a), "b": _side(other, b), "relation": relation, "newer": verdict.newer}


def _side(article: str, claim: Claim) -> dict[str, Any]:
    row = claim_row(article, claim)
    return {name: row[name] for name in ("article", "evidence", "start", "quantity")}


def pairs(folder: Path) -> Any:
    """The scorer's figures for the verdicts on the gold's own claims: comparing alone."""
    articles_by_id = {row["id"]: row for row in rows(folder / "input_articles.jsonl")}
    gold = list(rows(folder / "claims.jsonl"))
    of = {row["id"]: row["article"] for row in gold}
    known = [(of[name], "", claim) for name, claim in gold_claims(gold, articles_by_id)]
    return score.evaluate(str(folder), conflicts=list(conflicts(known)))["conflicts"]


def measure(split: str) -> dict[str, Any]:
    """The scorer's figures for one split."""
    folder = HERE / "gold" / split
    known = [
        (article.id, article.text.strip().split("\n", 1)[0], claim)
        for article in articles(folder)
        for claim in extract(article).claims
    ]
    found: dict[str, Any] = score.evaluate(
        str(folder),
        claims=[claim_row(name, claim) for name, _, claim in known],
        answers=answers(folder),
        conflicts=list(conflicts(known)),
    )
    aside = {"questions_kept_aside": kept_aside()} if split == "open" else {}
    matched = score.evaluate(str(folder), answers=answers_of_gold(folder))["questions"]
    return {**found, "pairs": pairs(folder), "questions_of_gold": matched, **aside}


def claims_by_language(split: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The scorer's figures for the claims of each language's articles."""
    folder = HERE / "gold" / split
    texts = {row["id"]: row for row in rows(folder / "articles.jsonl")}
    found = [claim_row(article.id, claim) for article in articles(folder) for claim in extract(article).claims]
    labelled = {name: list(rows(folder / f"{name}.jsonl")) for name in ("claims", "traps")}
    for language in sorted({row["lang"] for row in texts.values()} & set(supported())):
        mine = {name: row for name, row in texts.items() if row["lang"] == language}
        gold, traps, ours = (
            [row for row in many if row["article"] in mine] for many in (labelled["claims"], labelled["traps"], found)
        )
        yield language, score.score_claims(score.Articles(list(mine.values())), gold, traps, ours)


def print_by_language(split: str) -> None:
    """A line a language and kind: how many there are, precision, recall."""
    for language, figures in claims_by_language(split):
        strict = figures["strict"]
        kinds = ", ".join(
            f"{kind} {one['precision']}/{one['recall']} of {one['gold']}" for kind, one in figures["by_type"].items()
        )
        traps = sum(figures["trap_hits"].values())
        print(f"{split:6} {language}: strict F1 {strict['f1']}, traps {traps} of {figures['traps']}; {kinds}")


def numbers_known(data: Path) -> float:
    """The share of the Indonesian numbers of `id_numbers` that are read as they are meant."""
    right = 0
    labelled = list(rows(data / "id_numbers" / "dev.jsonl"))
    for row in labelled:
        found = numbers(row["text"], lexicon("id"))
        ends = {float(end) for one in found for end in (one.low, one.high) if end is not None}
        wanted = row["value"] if isinstance(row["value"], list) else [row["value"]]
        right += len(found) == 1 and ends == set(wanted)
    return right / len(labelled)


def attributions_known(data: Path) -> tuple[float, float]:
    """The shares of the labelled attributions of `ud_id_attribution` whose verb is found, and whose source stands in
    the words of who says it."""
    verbs = sources = labelled = 0
    for row in rows(data / "ud_id_attribution" / "dev.jsonl"):
        sentence = annotate(row["text"], Span(0, len(row["text"])), 0, lexicon("id"), None)
        found = attributions(sentence, Memory())
        for one in row["attributions"]:
            cue, source = (Span(one[name]["start"], one[name]["end"]) for name in ("cue", "source"))
            said = next((each for each in found if each.cue.overlaps(cue)), None)
            labelled += 1
            verbs += said is not None
            sources += said is not None and said.frame.overlaps(source)
    return verbs / labelled, sources / labelled


def dig(figures: Any, path: Iterable[str]) -> Any:
    """The figure at a path, None where there is none."""
    for step in path:
        figures = figures.get(step) if isinstance(figures, dict) else None
    return figures


def _held(split: str, name: str, value: Any, floors: dict[str, Any], *, raised: bool) -> bool:
    """Print a figure beside its floor, which it becomes where that is `raised`; whether it is not below it."""
    floor = floors.setdefault(split, {}).get(name)
    known = floor is not None and value is not None
    worse = known and (value > floor if name.endswith(_HARMS) else value < floor)
    print(f"{split:14} {name:42} {value!s:8} floor {floor}{'  BELOW' if worse else ''}")
    if raised and value is not None and not worse:
        floors[split][name] = value
    return not worse


def main() -> int:
    """Print the figures; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="raised", action="store_true", help="write today's figures as floors")
    parser.add_argument("--full", action="store_true", help="print all that the scorer gives")
    parser.add_argument("--data", type=Path, help="a folder of public development data: prints its figures too")
    options = parser.parse_args()
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    failed = False
    for split in ("open", "blind", "later", "newer", "sealed", "unread"):
        figures = measure(split)
        if options.full:
            print(json.dumps(figures, indent=1, default=str))
        print_by_language(split)
        for name, path in WATCHED.items():
            failed |= not _held(split, name, dig(figures, path), floors, raised=options.raised)
    for folder in ("read", "unread"):
        for name, value in stories.figures(stories.HOME / folder).items():
            failed |= not _held(f"stories.{folder}", name, value, floors, raised=options.raised)
    if options.data:
        print(f"id_numbers read as meant: {numbers_known(options.data):.3f}")
        verbs, sources = attributions_known(options.data)
        print(f"ud_id_attribution verbs found: {verbs:.3f}, with their sources: {sources:.3f}")
    if options.raised:
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
