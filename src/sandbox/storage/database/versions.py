"""Making the tables, and bringing those of an earlier version up to today's."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select

from sandbox.errors import SandboxError, StoreError
from sandbox.storage.database.connecting import Database
from sandbox.storage.database.schema import METADATA, REVISION, VERSION

MIGRATIONS = Path(__file__).with_name("migrations")
_OLD_TABLES = {"trials", "evaluations", "evaluation_trials"}
_OLD_FORM = 1
_NOW = 2
"""What a file of SQLite says in its head, so that a version of sandbox from before Alembic keeps off it."""


class NewerRecordsError(SandboxError):
    """Tables that this version does not know."""


def bring_up_to_date(database: Database) -> None:
    """See that the tables are there, and as this version wants them.

    Raises:
        NewerRecordsError: a newer version made them.
        StoreError: something else is there, or the database cannot be used.
    """
    if _revision(database) == REVISION:
        return
    is_old = False
    with database.writing() as connection:
        database.stop_writers(connection)
        found = set(inspect(connection).get_table_names())
        if VERSION.name in found:
            if connection.execute(select(VERSION.c.version_num)).scalar() != REVISION:
                _migrate(connection)
        elif is_old := _see_to_old_form(connection, found):
            _migrate(connection)
        else:
            METADATA.create_all(connection)
            VERSION.create(connection)
            connection.execute(insert(VERSION).values(version_num=REVISION))
        _mark(connection)
    if is_old:
        with suppress(StoreError):  # a reader may be in the way; the room is then taken for a while longer
            database.wipe()


def _revision(database: Database) -> str | None:
    """The revision of the tables; None if they are not there, or if whoever asks again will hear why."""
    try:
        with database.reading() as connection:
            found: str | None = connection.execute(select(VERSION.c.version_num)).scalar()
            return found
    except StoreError as cause:
        if cause.is_passing:
            raise
        return None


def _see_to_old_form(connection: Connection, found: set[str]) -> bool:
    """Whether this is a file from before Alembic."""
    if connection.dialect.name != "sqlite":
        return False
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > _NOW:
        raise NewerRecordsError("it was made by a newer version of sandbox")
    if version == _OLD_FORM and found >= _OLD_TABLES:
        return True
    if found:
        raise StoreError("It holds the tables of another program.")
    return False


def _mark(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {_NOW}")


def _migrate(connection: Connection) -> None:
    """Have Alembic, which takes a while to import, lead the tables up to today's."""
    configuration = import_module("alembic.config").Config()
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    try:
        import_module("alembic.command").upgrade(configuration, "head")
    except import_module("alembic.util").CommandError:
        raise NewerRecordsError("it was made by a newer version of sandbox") from None
