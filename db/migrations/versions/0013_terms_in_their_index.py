"""SQLite keeps the index of questions once: its rows stand in the index itself."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Build the table anew, in the order of its key."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.drop_index("ix_claim_term_claim", "claim_term")
    op.rename_table("claim_term", "claim_term_before")
    op.execute("""
        CREATE TABLE claim_term (
            term TEXT NOT NULL, claim BIGINT NOT NULL, PRIMARY KEY (term, claim),
            FOREIGN KEY(claim) REFERENCES claim (number)
        ) WITHOUT ROWID
    """)
    op.execute("INSERT INTO claim_term (term, claim) SELECT term, claim FROM claim_term_before ORDER BY term, claim")
    op.drop_table("claim_term_before")
    op.create_index("ix_claim_term_claim", "claim_term", ["claim"])
