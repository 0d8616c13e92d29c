"""`claimbot extract`, `ingest`, `check`: what articles claim."""

from typing import Annotated, Any

import typer

from bot import jsonlines, replies
from bot.commands.common import (
    ArticleId,
    AsJson,
    Database,
    Inputs,
    Language,
    Published,
    Source,
    article_options,
    complain,
    print_json,
    print_line,
    reason_of,
    service_over,
)
from bot.explain import explanation
from bot.locale import nearest
from bot.reading.files import BadInput, read_all
from bot.terminal import now, plain
from claims.extract import extract as extract_claims
from claims.model import CONFLICTS

app = typer.Typer()


@app.command()
def extract(
    inputs: Inputs,
    as_json: AsJson = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Sentence by sentence: what was seen, what became of it, why.")
    ] = False,
    text: Annotated[
        bool, typer.Option("--text", help="Print the text that offsets count into, and nothing else.")
    ] = False,
    id_: ArticleId = None,
    source: Source = None,
    published: Published = None,
    lang: Language = None,
) -> None:
    """Print the claims of articles, without storing anything."""
    bad = False
    for found in read_all(inputs, article_options(id_, source, published, lang)):
        if isinstance(found, BadInput):
            complain(str(found))
            bad = True
            continue
        if text:
            print_line(found.text)
            continue
        extraction = extract_claims(found)
        if extraction.language is None:
            complain(f"{found.id}: its language is not supported")
            bad = True
        if explain and not as_json:
            for line in explanation(extraction):
                print_line(line)
            continue
        for claim in extraction.claims:
            row = jsonlines.claim_row(found.id, claim)
            if as_json:
                print_json(row)
            else:
                print_line(_line(row))
    if bad:
        raise typer.Exit(1)


def _line(row: dict[str, Any]) -> str:
    """A claim on one line, for people."""
    quantity = row["quantity"]
    figure = f"{quantity['low']}–{quantity['high']} {quantity['unit']}" if quantity else ""
    if quantity and quantity["low"] == quantity["high"]:
        figure = f"{quantity['low']} {quantity['unit']}"
    parts = [row["type"], row["modality"], row["speaker"] or "-", figure, row["place"] or "", row["event_date"] or ""]
    return " | ".join(parts) + f" | {' '.join(row['evidence'].split())}"


@app.command()
def ingest(
    inputs: Inputs,
    as_json: AsJson = False,
    database: Database = None,
    id_: ArticleId = None,
    source: Source = None,
    published: Published = None,
    lang: Language = None,
) -> None:
    """Store articles with their claims, find conflicts, and queue alerts for those who follow."""
    service, bad = service_over(database), False
    for found in read_all(inputs, article_options(id_, source, published, lang)):
        if isinstance(found, BadInput):
            complain(str(found))
            bad = True
            continue
        result = service.add_article(found, now=now())
        clashes = [one for one in result.pairs if one.verdict.relation in CONFLICTS and one.verdict.severity == "alarm"]
        if as_json:
            row = {
                "article": found.id,
                "status": result.status,
                "claims": len(result.claims),
                "conflicts": len(clashes),
            }
            print_json(row)
        else:
            told = f"{result.status}: {found.id}: {len(result.claims)} claims, {len(clashes)} pairs in conflict"
            print_line(told if result.language else f"{result.status}: {found.id}: language not supported, no claims")
    if bad:
        raise typer.Exit(1)


@app.command()
def check(
    inputs: Inputs,
    as_json: AsJson = False,
    database: Database = None,
    published: Published = None,
    lang: Language = None,
) -> None:
    """Set each claim of a text against the stored ones: agrees, contradicts, updates, unknown. Nothing is stored."""
    service, bad = service_over(database), False
    for found in read_all(inputs, article_options(None, None, published, lang)):
        if isinstance(found, BadInput):
            complain(str(found))
            bad = True
            continue
        results = service.check(found.text, language=found.language, published=found.published)
        for one in results if as_json else ():
            against = [jsonlines.pair_row(pair, reason_of(pair, nearest(lang))) for pair in one.pairs]
            print_json({**jsonlines.claim_row(found.id, one.claim.claim), "pairs": against})
        for reply in () if as_json else replies.checked(results, nearest(lang or found.language)):
            print_line(plain(reply.text))
    if bad:
        raise typer.Exit(1)
