"""Sources with a trust of their own, feeds and their entries; every outlet that is there becomes a source."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from db.columns import Key, Utc, Words, key_of

revision = "0007"
down_revision = "0006"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables, and name the source of every article."""
    op.create_table(
        "source",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("name", Key(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("trust", sa.String(), nullable=False),
        sa.Column("added_at", Utc(), nullable=False),
        sa.UniqueConstraint("name"),
    )
    source = sa.Column("source_number", sa.BigInteger(), sa.ForeignKey("source.number"), nullable=True)
    op.add_column("article", source, inline_references=True)
    op.create_index("ix_article_source_number", "article", ["source_number"])
    _feeds()
    _name_sources(op.get_bind())


def _feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("source", sa.BigInteger(), sa.ForeignKey("source.number"), nullable=False),
        sa.Column("url", Key(), nullable=False),
        sa.Column("host", Key(), nullable=False),
        sa.Column("title", Words(), nullable=True),
        sa.Column("topic", Words(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("etag", Words(), nullable=True),
        sa.Column("modified", Words(), nullable=True),
        sa.Column("due", Utc(), nullable=False),
        sa.Column("leased_until", Utc(), nullable=True),
        sa.Column("failing_since", Utc(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", Words(), nullable=True),
        sa.Column("checked_at", Utc(), nullable=True),
        sa.Column("fresh_at", Utc(), nullable=True),
        sa.Column("added_at", Utc(), nullable=False),
        sa.UniqueConstraint("url"),
    )
    for column in ("source", "state", "due"):
        op.create_index(f"ix_feed_{column}", "feed", [column])
    op.create_table(
        "feed_entry",
        sa.Column("feed", sa.BigInteger(), sa.ForeignKey("feed.number"), primary_key=True),
        sa.Column("key", Key(), primary_key=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("host", Key(), nullable=False),
        sa.Column("url", Words(), nullable=True),
        sa.Column("title", Words(), nullable=False),
        sa.Column("text", Words(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", Utc(), nullable=False),
        sa.Column("leased_until", Utc(), nullable=True),
        sa.Column("error", Words(), nullable=True),
        sa.Column("seen_at", Utc(), nullable=False),
    )
    op.create_index("ix_feed_entry_due", "feed_entry", ["state", "due"])


def _name_sources(connection: sa.Connection) -> None:
    """An outlet is trusted as its articles were, the least of them."""
    article = sa.table("article", sa.column("source"), sa.column("source_number"), sa.column("trust"))
    source = sa.table("source", *(sa.column(name) for name in ("number", "name", "kind", "trust", "added_at")))
    rank = ("quarantined", "normal", "trusted")
    found: dict[str, list[tuple[str, str]]] = {}
    query = sa.select(article.c.source, article.c.trust).where(article.c.source.is_not(None)).distinct()
    for name, trust in connection.execute(query).all():
        found.setdefault(key_of(name), []).append((name, trust))
    for key, outlets in found.items():
        trust = min((trust for _, trust in outlets), key=rank.index)
        row = {"name": key, "kind": "outlet", "trust": trust, "added_at": datetime.now(UTC).replace(tzinfo=None)}
        connection.execute(sa.insert(source), row)
        number = connection.execute(sa.select(source.c.number).where(source.c.name == key)).scalar_one()
        names = {name for name, _ in outlets}
        connection.execute(sa.update(article).where(article.c.source.in_(names)).values(source_number=number))
