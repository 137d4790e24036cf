"""The store `postgresql`: a database on a server, for a whole school."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from sandbox.contracts.store import Store, StoreSpec

if TYPE_CHECKING:
    from sandbox.domain.artifact import Artifact


def open_postgresql(address: str, artifact_types: "Mapping[str, type[Artifact]]") -> Store:
    """The record store at `postgresql://user@server/database`; its library is imported now."""
    module = import_module("sandbox.storage.database.postgresql_server")
    opened: Store = module.open_server(address, artifact_types)
    return opened


STORE = StoreSpec(
    name="postgresql", summary="A database on a server, for a whole school.", open=open_postgresql
)
