"""`claimbot extract`, `check`: what articles claim."""

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
    web_for,
)
from bot.explain import explanation
from bot.locale import nearest
from bot.reading.bad import BadInput
from bot.reading.files import read_all
from bot.service import Service
from bot.terminal import plain
from claims.extract import extract as extract_claims
from claims.model import Article

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
    with web_for(inputs) as web:
        for found in read_all(inputs, article_options(id_, source, published, lang), web):
            if isinstance(found, BadInput):
                complain(str(found))
                bad = True
            elif text:
                print_line(found.text)
            else:
                bad = not _extracted(found, as_json=as_json, explain=explain) or bad
    if bad:
        raise typer.Exit(1)


def _extracted(article: Article, *, as_json: bool, explain: bool) -> bool:
    """Print the claims of an article; gives whether its language is supported."""
    extraction = extract_claims(article)
    if extraction.language is None:
        complain(f"{article.id}: its language is not supported")
    if explain and not as_json:
        for line in explanation(extraction):
            print_line(line)
        return extraction.language is not None
    for claim in extraction.claims:
        row = jsonlines.claim_row(article.id, claim)
        if as_json:
            print_json(row)
        else:
            print_line(_line(row))
    return extraction.language is not None


def _line(row: dict[str, Any]) -> str:
    """A claim on one line, for people."""
    quantity = row["quantity"]
    figure = f"{quantity['low']}–{quantity['high']} {quantity['unit']}" if quantity else ""
    if quantity and quantity["low"] == quantity["high"]:
        figure = f"{quantity['low']} {quantity['unit']}"
    parts = [row["type"], row["modality"], row["speaker"] or "-", figure, row["place"] or "", row["event_date"] or ""]
    return " | ".join(parts) + f" | {' '.join(row['evidence'].split())}"


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
    with web_for(inputs) as web:
        for found in read_all(inputs, article_options(None, None, published, lang), web):
            if isinstance(found, BadInput):
                complain(str(found))
                bad = True
            else:
                _checked(service, found, as_json, lang)
    if bad:
        raise typer.Exit(1)


def _checked(service: Service, article: Article, as_json: bool, lang: str | None) -> None:
    """Print what the store says to each claim of an article."""
    results = service.check(article.text, language=article.language, published=article.published)
    for one in results if as_json else ():
        against = [jsonlines.pair_row(pair, reason_of(pair, nearest(lang))) for pair in one.pairs]
        print_json({**jsonlines.claim_row(article.id, one.claim.claim), "pairs": against})
    for reply in () if as_json else replies.checked(results, nearest(lang or article.language)):
        print_line(plain(reply.text))
