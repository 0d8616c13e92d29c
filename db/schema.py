"""The schema's version: known without loading alembic, which is imported only where there is something to migrate."""

from sqlalchemy import Connection, Engine, inspect, text

from db.tables import metadata

#: the newest revision in `db/migrations/versions`
HEAD = "0013"
_LOCK = 0x636C61696D  # "claim": one migration at a time on PostgreSQL


def version(connection: Connection) -> str | None:
    """The schema's revision, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> None:
    """Bring the schema to HEAD, in one transaction. Raises ValueError where a newer claimbot or another program was
    here first."""
    with engine.connect() as connection:
        if version(connection) == HEAD:
            return
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        at = version(connection)
        if at == HEAD:
            return
        if at is not None and at > HEAD:
            raise ValueError(
                f"the database was written by a newer claimbot (schema {at}, this one knows {HEAD}): upgrade"
            )
        taken = set(inspect(connection).get_table_names()) & set(metadata.tables) if at is None else set()
        if taken:
            raise ValueError(f"another program keeps a table {min(taken)} in this database: change DATABASE_URL")
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
