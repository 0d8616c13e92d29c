"""`claimbot db …`: look after the database."""

import typer

from bot.commands.common import AsJson, Database, print_json, print_line, service_over
from bot.english import counted

app = typer.Typer(help="Look after the database.", no_args_is_help=True)


@app.command()
def upgrade(database: Database = None) -> None:
    """Create the database, or bring its schema up to date."""
    found = service_over(database).stats()
    print_line(f"schema {found.schema}, {counted(found.articles, 'article')}, {counted(found.claims, 'claim')}")


@app.command()
def stats(as_json: AsJson = False, database: Database = None) -> None:
    """Print sizes and ages."""
    found = service_over(database).stats()
    rows = {name: getattr(found, name) for name in found.__dataclass_fields__}
    rows["newest"] = found.newest.isoformat() if found.newest else None
    if as_json:
        print_json(rows)
    else:
        for name, value in rows.items():
            print_line(f"{name.replace('_', ' '):16} {value if value is not None else '-'}")
