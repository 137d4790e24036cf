"""The store `sqlite`: one file, for one team on one machine."""

from collections.abc import Mapping
from pathlib import Path

from sandbox.contracts.store import StoreSpec
from sandbox.domain.artifact import Artifact
from sandbox.storage.records import RecordStore


def open_sqlite(address: str, artifact_types: Mapping[str, type[Artifact]]) -> RecordStore:
    """The record store at `sqlite:PATH`."""
    return RecordStore(Path(address.removeprefix("sqlite:")), artifact_types)


STORE = StoreSpec(name="sqlite", summary="One file, for one team on one machine.", open=open_sqlite)
