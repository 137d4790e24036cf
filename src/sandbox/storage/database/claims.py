"""Keeping others off an evaluation, for as long as this process is at it and lives."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from sandbox.errors import BusyError, StoreError
from sandbox.storage.database.faults import plain_faults

_SECONDS = 0.2
"""Long enough for one who is just going, and takes the lock's file along."""


@contextmanager
def claim_by_file(records: Path, evaluation_id: str) -> Iterator[None]:
    """Hold a lock of the operating system, which ends with the process, on a file beside the records.

    Raises:
        BusyError: somebody else holds it.
    """
    digest = hashlib.sha256(evaluation_id.encode()).hexdigest()[:16]
    path = records.with_name(f"{records.name}.{digest}.lock")
    lock = FileLock(path, timeout=_SECONDS, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise _busy(evaluation_id) from None
    except OSError as cause:
        reason = os.strerror(cause.errno) if cause.errno else type(cause).__name__
        raise StoreError(
            f"No file can be locked in {records.parent} ({reason}). Keep the records on a disk of this "
            "machine, in a folder that you may write to."
        ) from None
    try:
        yield
    finally:
        with suppress(OSError):  # whoever opened it meanwhile sees that it is gone; Windows keeps it
            path.unlink()
        lock.release()


@contextmanager
def claim_by_server(engine: Engine, place: str, evaluation_id: str) -> Iterator[None]:
    """Hold an advisory lock of PostgreSQL on a connection of its own, whose end is the lock's end.

    Raises:
        BusyError: somebody else holds it.
    """
    asked = text("SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ' ' || :id, 0))")
    with plain_faults(place):
        connection = engine.connect()
        connection.detach()  # never handed on: the lock goes with it
    try:
        with plain_faults(place):
            is_ours = connection.execute(asked, {"id": evaluation_id}).scalar_one()
            connection.commit()  # the lock outlasts it, and no transaction stays open meanwhile
        if not is_ours:
            raise _busy(evaluation_id)
        yield
    finally:
        with suppress(SQLAlchemyError):  # the server may be gone, and the lock with it
            connection.close()


def _busy(evaluation_id: str) -> BusyError:
    return BusyError(
        f"The evaluation '{evaluation_id}' is being made by another process just now. Wait until that is "
        "done and ask again, which costs nothing twice; or give yours another --label."
    )
