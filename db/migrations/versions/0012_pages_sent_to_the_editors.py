"""Pages that people send to the editors keep their address."""

import sqlalchemy as sa
from alembic import op

from db.columns import Words

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column."""
    op.add_column("submission", sa.Column("url", Words(), nullable=True))
