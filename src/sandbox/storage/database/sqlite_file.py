"""A database in one file of SQLite, in write-ahead mode: it can be read while it is written."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import tenacity
from sqlalchemy import Connection, QueuePool, create_engine, event
from sqlalchemy.dialects.sqlite import insert

from sandbox.domain.artifact import Artifact
from sandbox.errors import FileError, StoreError
from sandbox.storage.database.claims import claim_by_file
from sandbox.storage.database.connecting import WRITES, Database
from sandbox.storage.database.store import RecordStore
from sandbox.storage.database.versions import NewerRecordsError, bring_up_to_date

_WAIT_SECONDS = 5
_SET_UP = (
    "PRAGMA synchronous = NORMAL",  # a killed process loses nothing; a power cut may take the last seconds
    "PRAGMA secure_delete = ON",
)


def open_file(
    path: Path, artifact_types: Mapping[str, type[Artifact]], *, wait_seconds: float = _WAIT_SECONDS
) -> RecordStore:
    """The records in this file, which is made if it is not there.

    Raises:
        FileError: the file cannot be opened, is no record store, or was made by a newer version.
        StoreError: it is in use by another program for longer than `wait_seconds`.
    """
    database = SqliteFile(path, wait_seconds=wait_seconds)
    try:
        database.prepare()
    except BaseException:
        database.close()
        raise
    return RecordStore(database, artifact_types)


class SqliteFile(Database):
    """Connections to one file."""

    insert = staticmethod(insert)

    def __init__(self, path: Path, *, wait_seconds: float) -> None:
        self.path = path.absolute()
        self._wait_seconds = wait_seconds
        self._identity: tuple[int, int] | None = None
        engine = create_engine(
            "sqlite://",
            creator=self._connect,
            poolclass=QueuePool,
            hide_parameters=True,
        )
        event.listen(engine, "begin", _begin)
        super().__init__(str(path), engine)

    def prepare(self) -> None:
        """Make the file, or see that this version can use it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch()
            self._identity = self._identify()
            self._use_write_ahead_log()
            bring_up_to_date(self)
        except NewerRecordsError as cause:
            raise FileError(self.place, f"cannot be used as a record store ({cause})") from None
        except OSError as cause:
            reason = os.strerror(cause.errno) if cause.errno else type(cause).__name__
            raise FileError(self.place, f"cannot be used as a record store ({reason})") from None
        except StoreError as cause:
            if cause.is_passing:
                raise
            raise FileError(self.place, f"cannot be used as a record store. {cause}") from None

    def look_after(self) -> None:
        """A file that is deleted while it is open can still be written, and all of it would be lost.

        Raises:
            StoreError: it is not the file that was opened.
        """
        try:
            identity = self._identify()
        except OSError:
            identity = None
        if identity != self._identity:
            raise StoreError(
                f"The records at {self.place} were deleted, moved or replaced while they were in use. "
                "Put them back, and begin again: what they hold is not asked for twice."
            )

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        """Keep others off an evaluation, with a lock on a file beside this one."""
        self.look_after()
        return claim_by_file(self.path, evaluation_id)

    def stop_writers(self, connection: Connection) -> None:
        """Nothing is left to do: only one can write at a time."""

    def wipe(self) -> None:
        """Write the file anew from what is left, and empty the log."""
        with self.reading() as connection:
            connection.exec_driver_sql("VACUUM")
            is_busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if is_busy:
            raise StoreError(
                f"The trials are deleted, but their bytes may still be in {self.place}: another program is "
                "reading it. Purge again when it is done.",
                is_passing=True,
            )

    def size_bytes(self) -> int:
        """The size of the file, and of those that SQLite keeps beside it."""
        files = (self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm"))
        return sum(file.stat().st_size for file in files if file.exists())

    def _connect(self) -> sqlite3.Connection:
        # `rw`: a file that is gone must not come back as an empty one.
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?mode=rw",
            uri=True,
            timeout=self._wait_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for statement in _SET_UP:
                connection.execute(statement)
        except BaseException:
            connection.close()
            raise
        return connection

    def _use_write_ahead_log(self) -> None:
        # SQLite does not wait its turn here, so that of two who make a file at once one would fail.
        for attempt in tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda cause: getattr(cause, "is_passing", False)),
            stop=tenacity.stop_after_delay(self._wait_seconds),
            wait=tenacity.wait_fixed(0.05),
            reraise=True,
        ):
            with attempt, self.reading() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def _identify(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_dev, found.st_ino


def _begin(connection: Connection) -> None:
    # Whoever is going to write says so at once: who reads first and writes then may find it taken.
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
