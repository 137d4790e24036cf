"""A database of PostgreSQL, on a server that a whole school may share."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from ipaddress import ip_address

from sqlalchemy import URL, Connection, create_engine, event, func, make_url, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from sandbox.domain.artifact import Artifact
from sandbox.errors import InputError
from sandbox.storage.database.claims import claim_by_server
from sandbox.storage.database.connecting import Database
from sandbox.storage.database.schema import METADATA
from sandbox.storage.database.store import RecordStore
from sandbox.storage.database.versions import NewerRecordsError, bring_up_to_date

_CONNECT_SECONDS = 10
_SET_UP = "SET lock_timeout = 30000"  # milliseconds
_EXAMPLE = "postgresql://user@server/database"


def open_server(address: str, artifact_types: Mapping[str, type[Artifact]]) -> RecordStore:
    """The records in the database at this address, whose tables are made if they are not there.

    Raises:
        InputError: the address cannot be used, a newer version made the tables, or psycopg is missing.
        StoreError: the server cannot be reached, or does not let anybody in.
    """
    try:
        database = PostgresqlServer(_url(address))
    except ModuleNotFoundError:
        raise InputError(
            "Records in PostgreSQL need the package psycopg. "
            "Install it: pip install 'lesson-sandbox[postgresql]'"
        ) from None
    try:
        bring_up_to_date(database)
    except NewerRecordsError as cause:
        database.close()
        raise InputError(f"The records at {database.place} cannot be used ({cause}).") from None
    except BaseException:
        database.close()
        raise
    return RecordStore(database, artifact_types)


def _url(address: str) -> URL:
    """The address, seen to.

    Raises:
        InputError: it is none, or holds a password, which would stand in a file that is shared.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise InputError(
            f"The address of the records is none that PostgreSQL has: write {_EXAMPLE}"
        ) from None
    if url.password or "password" in url.query:
        raise InputError(
            "Write no password into the address of the records: whoever reads sandbox.toml would have it. "
            "Set the variable PGPASSWORD, or use a file .pgpass."
        )
    if not url.database:
        raise InputError(f"The address of the records names no database: write {_EXAMPLE}")
    return url


class PostgresqlServer(Database):
    """Connections to one database."""

    insert = staticmethod(insert)

    def __init__(self, url: URL) -> None:
        options: dict[str, object] = {"connect_timeout": _CONNECT_SECONDS}
        if _crosses_a_network(url) and "sslmode" not in url.query and "PGSSLMODE" not in os.environ:
            options["sslmode"] = "require"
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args=options,
            hide_parameters=True,
            pool_pre_ping=True,  # a server that was away and is back is no error
        )
        event.listen(engine, "connect", _set_up)
        super().__init__(url.set(drivername="postgresql", query={}).render_as_string(), engine)

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        """Keep others off an evaluation, with a lock that the server holds for a connection."""
        return claim_by_server(self.engine, self.place, evaluation_id)

    def stop_writers(self, connection: Connection) -> None:
        """Lock every table; others may read."""
        # Advisory, so that it can be taken before there are tables; and the tables, against those who save,
        # in the order in which they write: else each could wait for the other.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 0))"))
        for table in METADATA.tables.values():
            if connection.dialect.has_table(connection, table.name):
                connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))

    def wipe(self) -> None:
        """Write every table anew from what is left."""
        with self.reading() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in METADATA.tables.values():
                alone.execute(text(f"VACUUM (FULL) {table.name}"))

    def size_bytes(self) -> int:
        """The size of the tables, with their indexes."""
        sizes = [func.pg_total_relation_size(table.name) for table in METADATA.tables.values()]
        with self.reading() as connection:
            return sum(connection.execute(select(*sizes)).one())


def _crosses_a_network(url: URL) -> bool:
    """Whether texts would leave this machine: no host, or a folder, means a socket."""
    host = url.host or url.query.get("host") or os.environ.get("PGHOST", "")
    if not isinstance(host, str):  # several
        return True
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return bool(host) and host != "localhost" and not host.startswith(("/", "@"))


def _set_up(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute(_SET_UP)
    cursor.close()
    connection.commit()
