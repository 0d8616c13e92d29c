"""Run by alembic: uses the connection, and so the transaction, that `db.schema` hands over."""

from alembic import context

from db.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
