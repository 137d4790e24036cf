"""What the tests of this plugin start from: an invented key, and a server that is not the real one."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sandbox_openai_http.provider import OpenAIHttpProvider, build_openai_http
from sandbox_openai_http.rehearsal import REHEARSAL

from sandbox.testing import RehearsalServer, forbid_network

KEY = "invented-key-555-0100"

no_network = pytest.fixture(autouse=True)(forbid_network)


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An invented key, and no proxy of the tester's own."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("OPENAI_HTTP_KEY", KEY)


@pytest.fixture
def service() -> Iterator[RehearsalServer]:
    """A real server on this machine that answers as the service would."""
    with RehearsalServer(REHEARSAL) as server:
        yield server


@pytest.fixture
async def provider(service: RehearsalServer) -> AsyncIterator[OpenAIHttpProvider]:
    """The provider for that server, with a key."""
    built = build_openai_http({"base_url": f"{service.url}/v1", "api_key_env": "OPENAI_HTTP_KEY"})
    yield built
    await built.aclose()
