"""What the tests of this plugin start from: an invented key, and servers that are not the real one."""

from collections.abc import AsyncIterator, Iterator

import pytest
import respx
from sandbox_anthropic.connecting import VENDOR_URL
from sandbox_anthropic.provider import AnthropicProvider, build_anthropic
from sandbox_anthropic.rehearsal import REHEARSAL

from sandbox.testing.network import forbid_network
from sandbox.testing.providers.rehearsal_server import RehearsalServer
from sandbox.testing.transport import HTTPCore2Mocker

KEY = "sk-ant-invented-key-555-0100"

no_network = pytest.fixture(autouse=True)(forbid_network)


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An invented key, and nothing of the tester's own."""
    for name in ("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)


@pytest.fixture
def vendor() -> Iterator[respx.MockRouter]:
    """The vendor's service, as its routes say."""
    assert HTTPCore2Mocker.name == "httpcore2"
    with respx.mock(base_url=VENDOR_URL, using="httpcore2", assert_all_called=False) as router:
        yield router


@pytest.fixture
async def provider() -> AsyncIterator[AnthropicProvider]:
    """The provider for the vendor's service."""
    built = build_anthropic({})
    yield built
    await built.aclose()


@pytest.fixture
def service() -> Iterator[RehearsalServer]:
    """A real server on this machine that answers as the service would."""
    with RehearsalServer(REHEARSAL) as server:
        yield server


@pytest.fixture
async def local_provider(service: RehearsalServer) -> AsyncIterator[AnthropicProvider]:
    """The provider for the server on this machine."""
    built = build_anthropic({"base_url": service.url})
    yield built
    await built.aclose()
