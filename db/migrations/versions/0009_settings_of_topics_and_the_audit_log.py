"""Settings of a topic; which conflict a message is about, and when it was sent; the log of what admins do."""

import sqlalchemy as sa
from alembic import op

from db.columns import Utc, Words

revision = "0009"
down_revision = "0008"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns and table; the messages that are there name their conflict in their event."""
    op.add_column("topic", sa.Column("threshold", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("topic", sa.Column("speakers", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("topic", sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("topic", sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("topic", sa.Column("muted_until", Utc(), nullable=True))
    op.add_column("outbox", sa.Column("conflict", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("sent_at", Utc(), nullable=True))
    _fill(op.get_bind())
    op.create_index("ix_outbox_conflict", "outbox", ["conflict", "chat"])
    op.create_index("ix_outbox_sent", "outbox", ["chat", "sent_at"])
    op.create_table(
        "audit",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("object", Words(), nullable=False),
        sa.Column("reason", Words(), nullable=True),
    )
    op.create_index("ix_audit_person", "audit", ["person"])


def _fill(connection: sa.Connection) -> None:
    """ "conflict:7:12" is of conflict 7."""
    outbox = sa.table("outbox", sa.column("number"), sa.column("event"), sa.column("conflict"))
    query = sa.select(outbox.c.number, outbox.c.event).where(outbox.c.event.like("conflict:%:%"))
    for number, event in connection.execute(query).all():
        about = event.split(":")[1]
        if about.isdigit():
            connection.execute(sa.update(outbox).where(outbox.c.number == number).values(conflict=int(about)))
