"""The store `sqlite`: one file, for one team on one machine."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.contracts.store import Store, StoreSpec

if TYPE_CHECKING:
    from sandbox.domain.artifact import Artifact


def open_sqlite(address: str, artifact_types: "Mapping[str, type[Artifact]]") -> Store:
    """The record store at `sqlite:PATH`; the library for databases is imported now, and not before."""
    path = Path(address.removeprefix("sqlite:"))
    opened: Store = import_module("sandbox.storage.database.sqlite_file").open_file(path, artifact_types)
    return opened


STORE = StoreSpec(name="sqlite", summary="One file, for one team on one machine.", open=open_sqlite)
