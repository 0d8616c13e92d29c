"""Texts that people send to the editors."""

import sqlalchemy as sa
from alembic import op

from db.columns import Utc, Words

revision = "0011"
down_revision = "0010"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "submission",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("text", Words(), nullable=False),
        sa.Column("source", Words(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_submission_person", "submission", ["person"])
