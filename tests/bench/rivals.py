"""Other ways to find the sentences that answer a question, over the same sentences."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import tantivy
from rapidfuzz import fuzz, process

from claims.text import fold, words

#: from the text of a question to the best five sentences
Search = Callable[[str], list[int]]


def full_text(sentences: Sequence[str], file: Path) -> Search:
    """Plain full-text search in an SQLite file with the cache of ours: every word of the question, joined by OR, ranked
    by bm25."""
    base = sqlite3.connect(file)
    base.execute("PRAGMA cache_size = -16384")
    base.execute("CREATE VIRTUAL TABLE found USING fts5(text)")
    base.executemany("INSERT INTO found(rowid, text) VALUES (?, ?)", enumerate(sentences))
    base.commit()

    def search(text: str) -> list[int]:
        query = " OR ".join(f'"{word}"' for word in _plain(text))
        rows = base.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT 5", (query,))
        return [row[0] for row in rows]

    return search


def tantivy_or(sentences: Sequence[str]) -> Search:
    """tantivy: every word, joined by OR, ranked by bm25."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    builder.add_integer_field("at", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(100_000_000)
    for at, sentence in enumerate(sentences):
        writer.add_document(tantivy.Document(text=sentence, at=at))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[int]:
        hits = searcher.search(index.parse_query(" ".join(_plain(text)), ["text"]), 5).hits
        return [int(searcher.doc(address)["at"][0]) for _, address in hits]

    return search


def fuzz_all(sentences: Sequence[str]) -> Search:
    """rapidfuzz over every sentence: no index at all."""

    def search(text: str) -> list[int]:
        return [at for _, _, at in process.extract(text, sentences, scorer=fuzz.token_set_ratio, limit=5)]

    return search


def _plain(text: str) -> list[str]:
    return [fold(span.of(text)) for span in words(text)]
