"""`claimbot extract --explain` for people: every sentence with what was seen in it and what became of it."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.english import counted
from claims.explain import SECTIONS, Explained, explain
from claims.extract import Extraction
from claims.model import Claim, Span

#: columns where the output is no terminal, and at most in one
WIDTH = 100
_STYLES = {"claims": "bold green", "nothing": "dim", "unparsed": "bold yellow"}
_LABEL = "cyan"


def explanation(extraction: Extraction) -> list[str]:
    """An article's explanation as lines to print: coloured where stdout is a terminal, plain elsewhere."""
    console = Console(highlight=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    explained = explain(extraction)
    with console.capture() as written:
        for number, one in enumerate(explained, 1):
            console.print(_sentence(extraction.article.text, number, one))
        counts = {status: sum(one.outcome.status == status for one in explained) for status in _STYLES}
        summary = ", ".join(f"{count} {status}" for status, count in counts.items())
        console.print(f"{counted(len(explained), 'sentence')}: {summary}; {counted(len(extraction.claims), 'claim')}")
    return [line.rstrip() for line in written.get().splitlines()]


def _sentence(text: str, number: int, one: Explained) -> Table:
    """A sentence beside its outcome, below it why it gave nothing, or all that was seen and made of it."""
    status = one.outcome.status
    block = Table.grid(padding=(0, 1))
    block.add_column(justify="right", width=4)
    block.add_column(width=8)
    block.add_column(overflow="fold")
    head = Text(_plain(one.outcome.span, text), "dim" if status == "nothing" else "bold")
    block.add_row(str(number), Text(status, _STYLES[status]), head)
    if status == "nothing" and one.outcome.notes:
        block.add_row("", "", Text(f"because: {', '.join(one.outcome.notes)}", "dim"))
    else:
        block.add_row("", "", _details(text, one))
    block.add_row("", "", "")
    return block


def _details(text: str, one: Explained) -> Table:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(style=_LABEL, width=12, no_wrap=True)
    rows.add_column(overflow="fold")
    for label, value in _rows(text, one):
        rows.add_row(label, value)
    return rows


def _rows(text: str, one: Explained) -> Iterable[tuple[str, Text]]:
    for what in ("number", "date", "name", *SECTIONS):
        seen = [(found.span.of(text), found.meaning) for found in one.seen if found.what == what]
        if seen:
            yield what.replace("_", " "), _joined(seen)
    for saying in one.sayings:
        speaker = saying.speaker or "nobody named"
        line = Text(speaker if saying.resolved else f"{speaker} (unresolved)", "magenta")
        line.append(f" by “{_plain(saying.cue, text)}” ({saying.kind}): ", "default")
        line.append(_plain(saying.content, text), "dim")
        yield "says", line
    for claim in one.claims:
        yield f"+ {claim.kind.value}", _claim(claim)
    for unused in one.unused:
        yield "- unused", Text(f"{_plain(unused.span, text)}: {unused.why}", "yellow")


def _joined(seen: list[tuple[str, str]]) -> Text:
    line = Text()
    for written, meaning in seen:
        line.append(" · " if line else "")
        line.append(" ".join(written.split()))
        if meaning and meaning != written:
            line.append(f" = {meaning}", "dim")
    return line


def _claim(claim: Claim) -> Text:
    line = Text(f"{claim.rule}: ", "green")
    line.append(" | ".join(f"{name} {value}" for name, value in _slots(claim) if value))
    return line


def _slots(claim: Claim) -> Iterable[tuple[str, str]]:
    yield "modality", claim.modality.value + (", negated" if claim.negated else "")
    yield "speaker", (claim.speaker or "") + (" (unresolved)" if claim.speaker_unresolved else "")
    yield "via", ", ".join(claim.via)
    if quantity := claim.quantity:
        ends = [f"{end:f}" if end is not None else "…" for end in (quantity.low, quantity.high)]
        figure = ends[0] if ends[0] == ends[1] else "–".join(ends)
        yield "figure", f"{figure} {quantity.unit} ({quantity.bound.value.replace('_', ' ')}, {quantity.basis.value})"
    if vote := claim.vote:
        tally = [("for", vote.in_favour), ("against", vote.against), ("abstain", vote.abstain), ("absent", vote.absent)]
        counted = " ".join(f"{name} {count}" for name, count in tally if count is not None)
        unanimous = "unanimously" if vote.unanimous else ""
        yield "vote", " ".join(part for part in (vote.body, vote.result, unanimous, counted, vote.matter) if part)
        yield "measure", claim.measure
    yield "agent", claim.agent or ""
    yield "place", claim.place or ""
    yield "date", claim.event_date.iso if claim.event_date else ""
    yield "said", claim.said_on.isoformat() if claim.said_on else ""
    yield "denied", claim.denied or ""


def _plain(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())
