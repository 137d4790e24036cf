"""What a store needs of a database, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Dialect, Engine, Table

from sandbox.storage.database.faults import plain_faults

WRITES = "sandbox_writes"
"""The option of a connection that is going to write."""
_ROWS_AT_ONCE = 32
"""So many rows go into one statement; with their values no database comes near its limit."""
_PARAMETERS = {"sqlite": "qmark", "postgresql": "format"}
"""How values are written into statements, by the name of the dialect."""

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

    def upsert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Write these rows, each in the place of the one with the same key."""
        _write(connection, _upsert_words(self.insert, table, connection.dialect), table, rows)

    def insert_missing(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
    ) -> None:
        """Write those of these rows whose key is not there yet."""
        _write(connection, _insert_missing_words(self.insert, table, connection.dialect), table, rows)

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


def _write(
    connection: Connection, words: "_Words", table: Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Write rows, many with one statement: after each statement another thread may get its turn first.

    What is written is bytes, numbers and texts, which the drivers take as they are: to have SQLAlchemy look
    at each value would take as long as to write it.
    """
    values = list(map(itemgetter(*table.c.keys()), rows))
    at = 0
    while at < len(values):
        size = min(1 << ((len(values) - at).bit_length() - 1), _ROWS_AT_ONCE)
        connection.exec_driver_sql(words.for_rows(size), tuple(chain(*values[at : at + size])))
        at += size


class _Words(NamedTuple):
    """An INSERT: what stands before its rows, one row, and what stands behind them."""

    start: str
    row: str
    end: str

    @classmethod
    def of(cls, statement: Any, dialect: Dialect) -> Self:
        compiled = str(statement.compile(dialect=_positional(dialect)))
        start, values, rest = compiled.partition(" VALUES ")
        row, bracket, end = rest.partition(")")
        return cls(start + values, row + bracket, end)

    def for_rows(self, count: int) -> str:
        return f"{self.start}{', '.join([self.row] * count)}{self.end}"


def _positional(dialect: Dialect) -> Dialect:
    """The dialect with values that are given in their order, and not by name."""
    kind: Callable[..., Dialect] = type(dialect)
    return kind(paramstyle=_PARAMETERS[dialect.name])


@cache
def _upsert_words(insert: Insert, table: Table, dialect: Dialect) -> _Words:
    statement = insert(table)
    kept = {column.name for column in table.primary_key}
    changed = {
        column.name: statement.excluded[column.name] for column in table.c if column.name not in kept
    }
    return _Words.of(
        statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed), dialect
    )


@cache
def _insert_missing_words(insert: Insert, table: Table, dialect: Dialect) -> _Words:
    return _Words.of(insert(table).on_conflict_do_nothing(), dialect)
