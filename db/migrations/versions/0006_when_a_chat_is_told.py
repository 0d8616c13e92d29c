"""Time zone, quiet hours and digest of a chat; articles that were pasted no longer name who did."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; a pasted article is known by its text alone."""
    op.add_column("chat", sa.Column("zone", sa.String(), nullable=True))
    op.add_column("chat", sa.Column("quiet_from", sa.Integer(), nullable=True))
    op.add_column("chat", sa.Column("quiet_until", sa.Integer(), nullable=True))
    op.add_column("chat", sa.Column("digest", sa.String(), nullable=True))
    op.add_column("chat", sa.Column("digest_hour", sa.Integer(), nullable=True))
    op.execute("UPDATE article SET external_id = 'paste:old:' || number WHERE external_id LIKE 'paste:%'")
