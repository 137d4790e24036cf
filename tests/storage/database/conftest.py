"""Stores in a new place: a file, and a schema on a server of PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.bundled.stores.postgresql import open_postgresql
from sandbox.bundled.stores.sqlite import open_sqlite
from sandbox.contracts.store import Store
from sandbox.testing.stores.sharing import KNOWN
from tests.storage.database.server import schema_address

OpenStore = Callable[[], Store]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file of records goes."""
    return tmp_path / "deep" / "records.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, path: Path) -> str:
    """An address where nothing is."""
    return str(path) if request.param == "sqlite" else schema_address(path)


@pytest.fixture
def open_store(address: str) -> OpenStore:
    """Opens the store at the address."""
    opener = open_postgresql if address.startswith("postgresql") else open_sqlite
    return lambda: opener(address, KNOWN)
