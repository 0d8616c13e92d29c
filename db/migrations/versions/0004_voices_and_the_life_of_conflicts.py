"""Claims of one voice are compared once; only contradictions keep a row; what happened to a conflict."""

import sqlalchemy as sa
from alembic import op

from claims.pair import told
from claims.voice import mark
from db import claim_json
from db.columns import Utc, Words

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns, fill them for the claims that are there, and drop the verdicts that open no conflict."""
    op.add_column("claim_key", sa.Column("mark", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("claim_key", sa.Column("day", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("claim_key", sa.Column("leads", sa.Boolean(), nullable=False, server_default=sa.true()))
    _fill(op.get_bind())
    op.create_index("ix_claim_key_mark", "claim_key", ["mark"])
    op.create_index("ix_claim_key_led", "claim_key", ["key", "leads", "day", "claim"])
    op.execute("DELETE FROM verdict WHERE conflict IS NULL")
    op.create_table(
        "conflict_event",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("conflict", sa.BigInteger(), sa.ForeignKey("conflict.number"), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=True),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("reason", Words(), nullable=True),
        sa.Column("at", Utc(), nullable=False),
    )
    op.create_index("ix_conflict_event_conflict", "conflict_event", ["conflict"])


def _fill(connection: sa.Connection) -> None:
    """Marks and days of the claims that are there: each stands for itself."""
    claim = sa.table("claim", sa.column("number"), sa.column("data", sa.JSON), sa.column("current", sa.Boolean))
    key = sa.table("claim_key", *(sa.column(name) for name in ("claim", "mark", "day")))
    for number, data in connection.execute(sa.select(claim.c.number, claim.c.data).where(claim.c.current)).all():
        one = claim_json.load(data)
        on = told(one)
        new = {"mark": mark(one), "day": on.toordinal() if on else 0}
        connection.execute(sa.update(key).where(key.c.claim == number).values(new))
