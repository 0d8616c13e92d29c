"""Each question of a chat has a row of its own; each claim knows when it came in."""

import sqlalchemy as sa
from alembic import op

from db.columns import Utc, Words

revision = "0008"
down_revision = "0007"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the column; the last questions of chats, which live for minutes, are dropped."""
    op.create_table(
        "question",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("texts", Words(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("understood", Words(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=True),
        sa.Column("helpful", sa.Boolean(), nullable=True),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.UniqueConstraint("chat", "message"),
    )
    op.create_index("ix_question_chat", "question", ["chat"])
    op.create_index("ix_question_asked_at", "question", ["asked_at"])
    op.drop_column("chat", "asked")
    op.drop_column("chat", "asked_at")
    op.add_column("claim", sa.Column("added_at", Utc(), nullable=True))
    op.execute("UPDATE claim SET added_at = (SELECT added_at FROM article WHERE article.number = claim.article)")
