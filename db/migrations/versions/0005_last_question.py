"""What a chat asked last, for questions that take it up."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("chat", sa.Column("asked", sa.Text(), nullable=True))
    op.add_column("chat", sa.Column("asked_at", sa.DateTime(), nullable=True))
