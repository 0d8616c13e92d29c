"""Questions put to a store by a process that does nothing else, so that its memory is what asking takes.

`python tests/bench/asking.py URL FILE` reads the questions from the file as `questions.py` writes them, and prints the
figures as JSON.
"""

import json
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.service import Service  # noqa: E402
from db.engine import open_database  # noqa: E402
from tests.bench.figures import Asked, high, measured  # noqa: E402

TODAY = date(2026, 1, 1)


def main() -> None:
    """Ask, and print what it took."""
    url, file = sys.argv[1:]
    given = json.loads(Path(file).read_text("utf-8"))
    service = Service(open_database(url))

    def ask(one: Asked) -> tuple[list[int], float]:
        result = service.ask(one.text, language=one.language, today=TODAY)
        best = max((score for _, score in (*result.answers, *result.nearest)), default=0.0)
        return [stored.number - 1 for stored, _ in result.answers], best if result.answers else best / 2

    for row in given["first"]:  # what is loaded at the first questions costs no question
        ask(_asked(row))
    figures = measured(ask, [_asked(row) for row in given["asked"]])
    hostile = {name: _slowest(service, text) for name, text in given["hostile"].items()}
    print(json.dumps({"figures": asdict(figures), "hostile": hostile, "memory": high()}))
    service.engine.dispose()


def _asked(row: dict[str, object]) -> Asked:
    return Asked(**{**row, "wanted": frozenset(row["wanted"])})  # type: ignore[call-overload]


def _slowest(service: Service, text: str) -> float:
    """Milliseconds of the process, asked for the first time: nobody asks the same hostile question again."""
    start = time.process_time()
    service.ask(text, language="en", today=TODAY)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
