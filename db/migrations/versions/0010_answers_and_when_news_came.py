"""Which messages answer a question; when what waits to be told came up."""

import sqlalchemy as sa
from alembic import op

from db.columns import Utc

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table and the column; what waits already came up when it is due."""
    op.create_table(
        "answer",
        sa.Column("chat", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("question", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
    )
    op.create_index("ix_answer_at", "answer", ["at"])
    op.add_column("outbox", sa.Column("since", Utc(), nullable=True))
    op.execute("UPDATE outbox SET since = due")
