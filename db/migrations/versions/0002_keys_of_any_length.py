"""Ids, topics and terms of any length; a topic's terms in a column of their own; claims find their index entries."""

import sqlalchemy as sa
from alembic import op

from db.columns import key_of

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and indexes, and move the terms of the topics."""
    op.add_column("article", sa.Column("long_id", sa.Text(), nullable=True))
    op.add_column("topic", sa.Column("terms", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_claim_key_claim", "claim_key", ["claim"])
    op.create_index("ix_claim_term_claim", "claim_term", ["claim"])
    _move_terms(op.get_bind())
    _shorten(op.get_bind(), "article", "external_id", whole="long_id")
    _shorten(op.get_bind(), "conflict", "slot")


def _move_terms(connection: sa.Connection) -> None:
    topic = sa.table("topic", *(sa.column(name) for name in ("number", "label", "anchor")), sa.column("terms", sa.JSON))
    for number, label, anchor in connection.execute(sa.select(topic.c.number, topic.c.label, topic.c.anchor)).all():
        terms = sorted(label.split(" + "))
        new = {"terms": terms, "label": key_of("\n".join(terms)), "anchor": key_of(anchor)}
        connection.execute(sa.update(topic).where(topic.c.number == number).values(new))


def _shorten(connection: sa.Connection, name: str, column: str, whole: str | None = None) -> None:
    """Make keys of the texts that are too long to be one, `whole` keeping what they were."""
    table = sa.table(name, *(sa.column(one) for one in ("number", column, whole) if one))
    query = sa.select(table.c.number, table.c[column]).where(sa.func.length(table.c[column]) > 100)
    for number, text in connection.execute(query).all():
        if key_of(text) != text:
            new = {column: key_of(text)} | ({whole: text} if whole else {})
            connection.execute(sa.update(table).where(table.c.number == number).values(new))
