"""What the tests of this plugin start from."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sandbox_llamacpp.provider import LlamaCppProvider, build_llamacpp
from sandbox_llamacpp.weights import SMOLLM2, fetch_weights

from sandbox.errors import SandboxError


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(scope="session")
def smollm2_file() -> Path:
    """The real weights; without them a test fails and says why."""
    try:
        return fetch_weights(SMOLLM2.name)
    except SandboxError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
async def smollm2(smollm2_file: Path) -> AsyncIterator[LlamaCppProvider]:
    """A provider whose model is loaded once for all tests."""
    provider = build_llamacpp({"threads": 1, "context_tokens": 2048})
    yield provider
    await provider.aclose()
