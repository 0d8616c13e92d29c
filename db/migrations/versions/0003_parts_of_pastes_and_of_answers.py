"""How far a paste has come and how far an answer was sent, so that what is done again is not done twice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; what was under way begins anew."""
    op.add_column("inbox", sa.Column("told", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("paste", sa.Column("last", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("paste", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()))
