"""What every test starts from."""

import pytest

from sandbox.testing.network import forbid_network

no_network = pytest.fixture(autouse=True, scope="module")(forbid_network)
"""No test reaches beyond this machine."""


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"
