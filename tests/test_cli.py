"""The command line: its exit codes, its JSON, and what it says to bad input."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.schema import HEAD
from tests.processes import Finished, Forks
from tests.texts import MORE_TROOPS, TROOPS

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TROOPS, "utf-8")
    (tmp_path / "b.txt").write_text(MORE_TROOPS, "utf-8")
    return tmp_path


Claimbot = Callable[..., Finished]


@pytest.fixture
def claimbot(forks: Forks) -> Claimbot:
    """Runs the program in a folder, as a process of its own."""

    def run(folder: Path, *arguments: str, stdin: bytes = b"", **env: str) -> Finished:
        return forks.run(arguments, folder=folder, stdin=stdin, env=env)

    return run


def lines(done: Finished) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("command", [[sys.executable, "-m", "bot"], [str(Path(sys.executable).with_name("claimbot"))]])
def test_the_program_starts_from_nothing(tmp_path: Path, command: list[str]) -> None:
    """As people start it; the other tests save the seconds of importing."""
    measured = {name: value for name, value in os.environ.items() if name.startswith("COV")}
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **measured}
    done = subprocess.run(
        [*command, "ask", "who is the president of Atlantis?"], cwd=tmp_path, env=env, capture_output=True, timeout=120
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert "I know nothing about that" in done.stdout.decode()


def test_extract_prints_a_json_line_a_claim(claimbot: Claimbot, folder: Path) -> None:
    done = claimbot(folder, "extract", "--json", "a.txt")
    quantity, denial, _ = lines(done)
    assert done.code == 0
    assert quantity["article"] == "a.txt"
    assert TROOPS[quantity["start"] : quantity["end"]] == quantity["evidence"]
    assert quantity["quantity"] == {
        "low": 3000, "high": 3000, "unit": "soldiers", "approx": False, "bound": "exact", "basis": "stock",
    }  # fmt: skip
    assert (quantity["speaker"], quantity["subject"], quantity["place"]) == ("South Korea", "North Korea", "Russia")
    assert (quantity["type"], quantity["modality"], quantity["event_date"]) == ("quantity", "asserted", "2024-10-23")
    assert (denial["type"], denial["speaker"], denial["modality"], denial["event_date"]) == (
        "denial", "North Korea", "denied", "2024-10-21",
    )  # fmt: skip


def test_extract_explains_every_sentence(claimbot: Claimbot, folder: Path) -> None:
    out = claimbot(folder, "extract", "--explain", "a.txt").stdout
    assert "count of a measured noun: modality asserted | speaker South Korea" in " ".join(out.split())


def test_options_name_the_article(claimbot: Claimbot, folder: Path) -> None:
    rows = lines(
        claimbot(folder, "extract", "--json", "--id", "x", "--lang", "id", "--published", "2024-10-30", "a.txt")
    )
    assert {row["article"] for row in rows} == {"x"}


def test_standard_input_and_json_lines(claimbot: Claimbot, folder: Path) -> None:
    row = json.dumps({"id": "j", "lang": "id", "published": "2024-10-24", "text": TROOPS}).encode()
    assert {one["article"] for one in lines(claimbot(folder, "extract", "--json", "-", stdin=row))} == {"j"}
    assert len(lines(claimbot(folder, "extract", "--json", "-", stdin=TROOPS.encode()))) == 3


def test_html_is_read_and_its_text_can_be_printed(claimbot: Claimbot, folder: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in TROOPS.splitlines()[1:] * 3)
    (folder / "p.html").write_text(
        f"<html><head><title>Judul</title></head><body><article><h1>Judul</h1>{body}</article></body></html>"
    )
    text = claimbot(folder, "extract", "--text", "p.html").stdout
    for row in lines(claimbot(folder, "extract", "--json", "p.html")):
        assert text[row["start"] : row["end"]] == row["evidence"]
    assert "3.000 tentara" in text


def test_ingest_ask_conflicts_and_claim(claimbot: Claimbot, folder: Path) -> None:
    assert claimbot(folder, "ingest", "a.txt", "b.txt").code == 0
    assert lines(claimbot(folder, "ingest", "--json", "a.txt"))[0]["status"] == "known"
    (answer,) = lines(claimbot(folder, "ask", "--json", "Berapa", "tentara", "Korea", "Utara", "di", "Rusia?"))
    assert answer["question"] == "Berapa tentara Korea Utara di Rusia?"
    assert {row["value"] for row in answer["answers"]} == {3000, 12000}
    assert answer["value"] == 12000
    assert not answer["abstain"]
    clash = next(row for row in lines(claimbot(folder, "conflicts", "--json")) if row["kind"] == "count")
    assert (clash["relation"], clash["verdict"], clash["severity"], clash["newer"]) == (
        "conflict", "contradiction", "alarm", "b",
    )  # fmt: skip
    assert {clash["a"]["quantity"]["low"], clash["b"]["quantity"]["low"]} == {3000, 12000}
    assert "exclude each other" in clash["explanation"]
    assert "Contradicting" in claimbot(folder, "claim", "1").stdout
    assert len(lines(claimbot(folder, "conflicts", "--json", "--all"))) >= 2


def test_a_conflict_is_shown_and_judged_and_the_log_keeps_it(claimbot: Claimbot, folder: Path) -> None:
    assert claimbot(folder, "ingest", "a.txt", "b.txt").code == 0
    shown = claimbot(folder, "conflict", "1")
    assert "What would reconcile them" in shown.stdout
    assert "bisa menjelaskan perbedaannya" in claimbot(folder, "conflict", "1", "--lang", "id").stdout
    (row,) = lines(claimbot(folder, "conflict", "1", "--json"))
    assert (row["conflict"], row["state"], row["severity"]) == (1, "open", "alarm")
    assert sorted(len(side["claims"]) for side in row["sides"]) == [1] * len(row["sides"])
    assert "no conflict" in claimbot(folder, "conflict", "1", "--dismiss", "--reason", "two counts").stdout
    (entry,) = lines(claimbot(folder, "audit", "--json"))
    assert (entry["person"], entry["act"], entry["object"], entry["reason"]) == (
        0,
        "dismiss",
        "conflict 1",
        "two counts",
    )
    assert "the command line: dismiss conflict 1 (two counts)" in claimbot(folder, "audit").stdout
    assert claimbot(folder, "conflict", "77").code == 1
    again = claimbot(folder, "conflict", "1", "--dismiss")
    assert (again.code, again.stderr) == (1, "claimbot: Conflict 1 was dismissed before. Nobody is told again.\n")


@pytest.mark.parametrize("judged", [("conflict", "1", "--dismiss"), ("claim", "1", "--retract")])
def test_what_takes_something_back_needs_a_reason(claimbot: Claimbot, folder: Path, judged: tuple[str, ...]) -> None:
    assert claimbot(folder, "ingest", "a.txt", "b.txt").code == 0
    done = claimbot(folder, *judged)
    assert done.code == 2
    assert f"{judged[-1]} needs --reason TEXT" in " ".join(done.stderr.replace("│", " ").split())
    assert lines(claimbot(folder, "audit", "--json")) == []


def test_nothing_known_is_no_failure(claimbot: Claimbot, folder: Path) -> None:
    done = claimbot(folder, "ask", "--json", "Who is the president of Atlantis?")
    (answer,) = lines(done)
    assert done.code == 0
    assert (answer["answers"], answer["abstain"], answer["value"]) == ([], True, None)


@pytest.mark.parametrize(
    "question",
    [
        "x " * 5000,
        "troops' OR 1=1; DROP TABLE claim; --",
        '"north korea" NEAR/3 (* OR',
        "<b>_*[`",
        "%s {0} \\0",
        "\u202e?",
    ],
    ids=lambda question: question[:12],
)
def test_any_question_is_an_ordinary_one(claimbot: Claimbot, folder: Path, question: str) -> None:
    claimbot(folder, "ingest", "a.txt")
    done = claimbot(folder, "ask", "--json", question)
    (answer,) = lines(done)
    assert (done.code, done.stderr, answer["answers"]) == (0, "", [])
    assert json.loads(claimbot(folder, "db", "stats", "--json").stdout)["claims"] == 3


def test_questions_from_a_file_are_answered_in_order(claimbot: Claimbot, folder: Path) -> None:
    claimbot(folder, "ingest", "a.txt")
    rows = ['{"id": "q1", "question": "did pyongyang deny it"}', "nonsense", '{"id": "q2", "question": "?"}']
    (folder / "q.jsonl").write_text("\n".join(rows))
    done = claimbot(folder, "ask", "--json", "--file", "q.jsonl")
    assert [row["question"] for row in lines(done)] == ["q1", "q2"]
    assert done.code == 1
    assert "q.jsonl:2" in done.stderr


def test_the_chat_answers_lines(claimbot: Claimbot, folder: Path) -> None:
    claimbot(folder, "ingest", "a.txt")
    done = claimbot(folder, "chat", stdin=b"/follow north korean troops\n/following\n/quit\n")
    assert done.code == 0
    assert "You follow: north korean troops" in done.stdout
    assert "north korean troops: 2 claims, 1 conflict" in claimbot(folder, "topics").stdout


def test_stats_and_upgrade(claimbot: Claimbot, folder: Path) -> None:
    assert f"schema {HEAD}" in claimbot(folder, "db", "upgrade").stdout
    (stats,) = lines(claimbot(folder, "db", "stats", "--json"))
    assert (stats["articles"], stats["claims"]) == (0, 0)


def test_the_demo_plays_without_a_terminal(claimbot: Claimbot, tmp_path: Path) -> None:
    done = claimbot(tmp_path, "demo")
    told = done.stdout
    assert done.code == 0
    for words in (
        "3.000 tentara",
        "North Korea denies it",
        "unanimously",
        "You follow",
        "Conflict 1 in what you follow",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("spaces.txt", b"  \n\n ", "empty"),
        ("photo.txt", bytes(range(256)) * 40, "neither UTF-8 nor UTF-16"),
        ("binary.txt", b"\x00\x01\x02\x03" * 500, "neither UTF-8 nor UTF-16"),
        ("latin.txt", "Jumlah korban naik menjadi 12 orang – é".encode("cp1252"), "neither UTF-8 nor UTF-16"),
        ("huge.txt", b"Satu kalimat yang panjang. " * 200_000, "longer than"),
        ("bad.jsonl", b'{"id": 1}\n', "bad.jsonl:1"),
        ("list.jsonl", b"[1, 2]\n", 'needs a "text"'),
        ("date.jsonl", b'{"text": "x y z", "published": "yesterday"}\n', "is no date"),
        ("deep.jsonl", b"[" * 100_000 + b"\n", "not JSON"),
        ("page.html", b"<html><body></body></html>", "no article in it"),
    ],
)
def test_bad_input_is_explained_and_changes_nothing(
    claimbot: Claimbot, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = claimbot(tmp_path, "ingest", name)
    assert done.code == 1
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert json.loads(claimbot(tmp_path, "db", "stats", "--json").stdout)["articles"] == 0


def test_one_bad_line_does_not_stop_the_others(claimbot: Claimbot, tmp_path: Path) -> None:
    good = json.dumps({"id": "j", "lang": "id", "text": TROOPS})
    (tmp_path / "a.jsonl").write_text(
        f'{good}\n{{"id": 2}}\n{good.replace(chr(34) + "j" + chr(34), chr(34) + "k" + chr(34))}\n'
    )
    done = claimbot(tmp_path, "extract", "--json", "a.jsonl")
    assert {row["article"] for row in lines(done)} == {"j", "k"}
    assert done.code == 1
    assert "a.jsonl:2" in done.stderr


def test_odd_characters_keep_their_places(claimbot: Claimbot, tmp_path: Path) -> None:
    text = "\ufeffJudul\r\nKata BNPB, 12 orang\x00 tewas di Demak.\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (row,) = lines(claimbot(tmp_path, "extract", "--json", "a.txt"))
    kept = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\x00", "\ufffd")
    assert kept[row["start"] : row["end"]] == row["evidence"]


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["extract"], ["ask"], ["claim", "seven"], ["extract", "--published", "soon", "a.txt"]],
)
def test_wrong_usage_is_exit_two(claimbot: Claimbot, folder: Path, arguments: list[str]) -> None:
    assert claimbot(folder, *arguments).code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingest", "missing.txt"], "cannot be read"),
        (["ingest", "nothing"], "no articles in this folder"),
        (["claim", "99"], "there is no claim 99"),
        (["claim", "9" * 30], "there is no claim 9999"),
        (["ask", "--file", "missing.jsonl"], "cannot be read"),
        (["db", "stats", "--database", "sqlite:///b.txt"], "not an SQLite database"),
        (["db", "stats", "--database", "nonsense"], "not a database address"),
    ],
)
def test_a_failure_is_one_line_and_exit_one(claimbot: Claimbot, folder: Path, arguments: list[str], words: str) -> None:
    (folder / "nothing").mkdir()
    done = claimbot(folder, *arguments)
    assert done.code == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_feeds_are_added_listed_paused_and_exchanged(claimbot: Claimbot, folder: Path) -> None:
    url = "https://news.example/rss"
    added = claimbot(folder, "feeds", "add", url, "--every", "30m", "--topic", "Dunia", "--name", "Kabar")
    assert added.stdout == f"added: 1. {url} (Kabar, quarantined, every 30 min, active, Dunia)\n"
    assert claimbot(folder, "feeds", "add", url).stdout.startswith("known already: 1.")
    assert "paused" in claimbot(folder, "feeds", "pause", "1").stdout
    (row,) = lines(claimbot(folder, "feeds", "list", "--json"))
    assert (row["number"], row["url"], row["every"], row["state"], row["trust"]) == (
        1,
        url,
        1800,
        "paused",
        "quarantined",
    )
    assert "active" in claimbot(folder, "feeds", "resume", "1").stdout
    opml = claimbot(folder, "feeds", "export").stdout
    (folder / "list.opml").write_text(opml, "utf-8")
    assert claimbot(folder, "feeds", "remove", "1").stdout == f"removed: {url}\n"
    assert claimbot(folder, "feeds", "import", "list.opml").stdout.startswith("1 feed added, 0 known already")


def test_sources_are_listed_and_trusted(claimbot: Claimbot, folder: Path) -> None:
    claimbot(folder, "ingest", "--source", "Kabar", "a.txt")
    (row,) = lines(claimbot(folder, "sources", "--json"))
    about = {"number": 1, "name": "Kabar", "trust": "trusted", "kind": "outlet", "country": None, "language": "id"}
    assert row == {**about, "articles": 1, "claims": 3, "conflicts": row["conflicts"], "corrections": 0}
    told = claimbot(folder, "sources", "trust", "Kabar", "quarantined", "--reason", "rumours")
    assert told.stdout == "Kabar: quarantined\n"
    assert claimbot(folder, "sources", "describe", "Kabar", "--country", "id").stdout == "Kabar: ID id\n"
    assert "(outlet ID id): quarantined; 1 article, 3 claims" in claimbot(folder, "sources").stdout
    (act,) = lines(claimbot(folder, "audit", "--json"))
    assert (act["act"], act["object"], act["reason"]) == ("trust quarantined", "source Kabar", "rumours")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["feeds", "add", "file:///etc/passwd"], "not a web address"),
        (["feeds", "remove", "9"], "there is no feed 9"),
        (["feeds", "import", "a.txt"], "no OPML"),
        (["sources", "trust", "nobody", "trusted"], "there is no source nobody"),
    ],
)
def test_what_is_no_feed_or_source_is_one_line(
    claimbot: Claimbot, folder: Path, arguments: list[str], words: str
) -> None:
    done = claimbot(folder, *arguments)
    assert done.code == 1
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
