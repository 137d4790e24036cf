"""What a store needs of a database, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Table

from sandbox.storage.database.faults import plain_faults

WRITES = "sandbox_writes"
"""The option of a connection that is going to write."""


Insert = Callable[[Table], Any]


class Database(ABC):
    """Connections to the tables. What goes wrong inside a block leaves as a StoreError."""

    insert: Insert
    """The dialect's INSERT, which knows what to do about a row that is there already."""

    def __init__(self, place: str, engine: Engine) -> None:
        self.place = place
        self.engine = engine
        self._writer = engine.execution_options(**{WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with plain_faults(self.place):
            self.look_after()
            with self.engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is there after the block, or nothing if the block raised."""
        with plain_faults(self.place):
            self.look_after()
            with self._writer.begin() as connection:
                yield connection

    def upsert(self, connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
        """Write these rows, each in the place of the one with the same key."""
        _write(connection, _upsert_words(self.insert, table, connection.dialect), rows)

    def insert_missing(
        self, connection: Connection, table: Table, rows: Sequence[dict[str, object]]
    ) -> None:
        """Write those of these rows whose key is not there yet."""
        _write(connection, _insert_missing_words(self.insert, table, connection.dialect), rows)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def look_after(self) -> None:  # noqa: B027 - most databases have nothing to see to
        """See that the database is still the one that was opened."""

    @abstractmethod
    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        """Keep others off an evaluation."""

    @abstractmethod
    def stop_writers(self, connection: Connection) -> None:
        """Let nobody else write until this transaction ends."""

    @abstractmethod
    def wipe(self) -> None:
        """Leave no byte of what was deleted."""

    @abstractmethod
    def size_bytes(self) -> int:
        """What the records take."""


def _write(connection: Connection, words: str, rows: Sequence[dict[str, object]]) -> None:
    # What is written is bytes, numbers and texts, which the drivers take as they are: to have SQLAlchemy
    # look at each value would take as long as to write it.
    connection.exec_driver_sql(words, list(rows))


@cache
def _upsert_words(insert: Insert, table: Table, dialect: Dialect) -> str:
    statement = insert(table)
    kept = {column.name for column in table.primary_key}
    changed = {
        column.name: statement.excluded[column.name] for column in table.c if column.name not in kept
    }
    return str(
        statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed).compile(
            dialect=dialect
        )
    )


@cache
def _insert_missing_words(insert: Insert, table: Table, dialect: Dialect) -> str:
    return str(insert(table).on_conflict_do_nothing().compile(dialect=dialect))
