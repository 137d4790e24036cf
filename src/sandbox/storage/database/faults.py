"""What goes wrong in a database, in plain words: no SQL, no text of a student, no password."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from sandbox.errors import StoreError

_SQLITE = {
    sqlite3.SQLITE_BUSY: ("are in use by another program. Try again in a moment", True),
    sqlite3.SQLITE_LOCKED: ("are in use by another program. Try again in a moment", True),
    sqlite3.SQLITE_FULL: ("cannot be written: the disk is full. Make room, and go on", True),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk gives an error, or is gone", True),
    sqlite3.SQLITE_READONLY: ("may not be written. See to the rights of the file and its folder", False),
    sqlite3.SQLITE_PERM: ("may not be written. See to the rights of the file and its folder", False),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened. See whether the file and its folder are there", False),
    sqlite3.SQLITE_CORRUPT: ("are damaged. Fetch them from your last copy", False),
    sqlite3.SQLITE_NOTADB: ("are no database, or damaged. Fetch them from your last copy", False),
}
"""By the primary code: what is the matter with the records, and whether it may pass."""
_POSTGRESQL = {
    "08": ("cannot be reached: the connection broke. It is tried again", True),
    "28": ("do not let you in. See to the user and to PGPASSWORD", False),
    "3D": ("are not there: the server has no database of this name", False),
    "40": ("were in use by another program. It is tried again", True),
    "42501": ("may not be used: this user lacks the right to", False),
    "53": ("cannot be written: the server has no room or no connection left", True),
    "55": ("are in use by another program. Try again in a moment", True),
    "57": ("cannot be reached: the server is being stopped or started", True),
}
"""By the SQLSTATE or its class, likewise."""


@contextmanager
def plain_faults(place: str) -> Iterator[None]:
    """Turn what a database raises into a StoreError that people can read.

    The cause is left out, since it may hold the values of a row.
    """
    try:
        yield
    except SQLAlchemyError as cause:
        raise store_error(cause, place) from None


def store_error(cause: SQLAlchemyError, place: str) -> StoreError:
    """The error that says what is the matter with the records at this place."""
    words, is_passing = _described(cause)
    return StoreError(f"The records at {place} {words}.", is_passing=is_passing)


def _described(cause: SQLAlchemyError) -> tuple[str, bool]:
    if isinstance(cause, PoolTimeoutError):
        return "are in use by too many at once. Try again in a moment", True
    fault = cause.orig if isinstance(cause, DBAPIError) else None
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", None)
        unknown = (f"cannot be used ({getattr(fault, 'sqlite_errorname', type(fault).__name__)})", False)
        return unknown if code is None else _SQLITE.get(code & 0xFF, unknown)
    state = getattr(fault, "sqlstate", None)
    if state:
        known = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
        return known or (f"cannot be used (the server's error {state})", False)
    if isinstance(cause, OperationalError):  # without a state it is the connection, and holds no values
        first = str(fault).strip().splitlines()[:1]
        return f"cannot be reached: {''.join(first).rstrip('.')}", True
    return f"cannot be used ({type(fault or cause).__name__})", False
