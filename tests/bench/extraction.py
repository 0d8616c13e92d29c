"""Reading articles: articles of 250 words a second and core, µs a sentence, loading, memory, growth with length, and
the hostile strings that a naive pattern hangs on. `python tests/bench/extraction.py`. Times are of the process, so
that other work on the machine counts little; articles are the gold stories, which are as long as news is.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

_started = time.process_time()

from claims.extract import extract  # noqa: E402
from claims.lexicon import supported  # noqa: E402
from claims.model import Article  # noqa: E402

#: words in an article, as the figures count them
ARTICLE = 250
HOSTILE: dict[str, str] = {
    "digits": "1" * 5000 + "x",
    "short words": "a b " * 2000,
    "one word": "kata " * 5000,
    "nested quotes": '“«"' * 3000,
    "commas": "," * 100_000,
    "verbs of saying": "said " * 5000,
    "numbers": "12 " * 5000,
    "capitals": "Kim " * 5000,
    "brackets": "(" * 20_000 + ")" * 20_000,
}
PARAGRAPH = (
    "Polisi mengatakan pada hari Senin bahwa 12 orang tewas dalam banjir di Demak. Gubernur membantah laporan itu. "
    "“Kami masih menghitung,” kata juru bicara itu.\n"
)


def seconds(work: Callable[[], object]) -> float:
    """What a piece of work costs this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def load() -> None:
    """All that reading needs in any language: each builds it when it is read for the first time."""
    for language in supported():
        extract(Article(id="first", text=PARAGRAPH, language=language))


def memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def stories() -> list[Article]:
    """The gold articles in the languages that are read."""
    found = []
    for split in ("open", "blind"):
        for line in (ROOT / "tests" / "gold" / split / "input_articles.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["lang"] in supported():
                told = date.fromisoformat(row["published"]) if row.get("published") else None
                found.append(Article(id=row["id"], text=row["text"], language=row["lang"], published=told))
    return found


def main() -> None:
    """Print the figures."""
    imported = time.process_time() - _started
    loaded = seconds(load)
    print(f"loading   {imported:.2f} s import, {loaded:.2f} s all tables of {len(supported())} languages, "
          f"{memory():.0f} MB")  # fmt: skip
    articles = stories()
    for article in articles:
        extract(article)
    took = min(seconds(lambda: [extract(article) for article in articles]) for _ in range(5))
    words = sum(len(article.text.split()) for article in articles)
    sentences = sum(len(extract(article).sentences) for article in articles)
    print(f"reading   {words / ARTICLE / took:.0f} articles of {ARTICLE} words a second and core, "
          f"{took / sentences * 1e6:.0f} µs a sentence")  # fmt: skip
    for times in (1000, 10_000, 45_000):
        text = "Judul\n" + PARAGRAPH * times
        took = seconds(lambda text=text: extract(Article(id="long", text=text, language="id")))  # type: ignore[misc]
        print(f"length    {len(text) / 1e6:.2f} MB in {took:.1f} s, {took / times * 1e6:.0f} µs a paragraph")
    for name, text in HOSTILE.items():
        worst = max(
            seconds(lambda text=text, code=code: extract(Article(id="h", text=f"Title\n{text}", language=code)))  # type: ignore[misc]
            for code in supported()
        )
        print(f"hostile   {name:16} {len(text):7} characters, {worst:.2f} s in the slowest language")
    print(f"memory    {memory():.0f} MB")


if __name__ == "__main__":
    main()
