"""What the tests of this plugin start from: a stand-in for the service, and an invented key."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sandbox_google.provider import GoogleProvider, build_google
from sandbox_google.rehearsal import REHEARSAL

from sandbox.testing.network import forbid_network
from sandbox.testing.providers.rehearsal_server import RehearsalServer

no_network = pytest.fixture(autouse=True)(forbid_network)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An invented key, and nothing else that the SDK would read."""
    for name in ("GOOGLE_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GEMINI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GEMINI_API_KEY", "invented-key-8Zq")


@pytest.fixture
def server() -> Iterator[RehearsalServer]:
    """A server on this machine that answers as the Gemini API does."""
    with RehearsalServer(REHEARSAL) as opened:
        yield opened
    assert not opened.faults


@pytest.fixture
async def provider(server: RehearsalServer) -> AsyncIterator[GoogleProvider]:
    """The provider, asking that server."""
    built = build_google({"base_url": server.url})
    yield built
    await built.aclose()
