"""Over what the OpenAI SDK speaks, and through whom."""

import importlib.util
from collections.abc import Iterator

import pytest

from sandbox.bundled.providers import openai_connecting
from sandbox.bundled.providers.openai import OpenAIProvider, build_openai
from sandbox.bundled.providers.openai_connecting import fast_transport
from sandbox.bundled.providers.openai_rehearsal import rehearse_chat
from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import Message, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import Conduct, RehearsalServer

REQUEST = Request(
    model="small", messages=(Message(role=Role.USER, content="Name a fruit."),), timeout_seconds=10
)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the tester's own."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def service() -> Iterator[RehearsalServer]:
    """A real server on this machine."""
    with RehearsalServer(rehearse_chat()) as server:
        yield server


async def ask(provider: OpenAIProvider, n: int = 1) -> None:
    """Ask, and close."""
    try:
        for _ in range(n):
            await provider.complete(REQUEST)
    finally:
        await provider.aclose()


@pytest.mark.anyio
async def test_aiohttp_is_used_where_it_is_installed(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it all works as well, with twice the work for each call."""
    pytest.importorskip("aiohttp")
    transport = fast_transport(None)
    monkeypatch.setattr(openai_connecting, "find_spec", lambda _: None)

    await ask(build_openai({"base_url": f"{service.url}/v1"}))

    assert transport is not None
    await transport.aclose()
    assert fast_transport(None) is None
    assert len(service.calls) == 1


@pytest.mark.anyio
async def test_a_server_elsewhere_is_asked_through_the_proxy(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network may let nothing through but what goes through it; the name is not even looked up here."""
    monkeypatch.setenv("http_proxy", service.url)

    await ask(build_openai({"base_url": "http://gpu.example.org:8000/v1"}), n=2)

    assert [call.path for call in service.calls] == ["http://gpu.example.org:8000/v1/chat/completions"] * 2
    assert service.connections == 1


@pytest.mark.anyio
@pytest.mark.skipif(importlib.util.find_spec("socksio") is not None, reason="SOCKS proxies can be used.")
@pytest.mark.parametrize("proxy", ["socks5://proxy.example:1080", "gopher://proxy.example"])
async def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    """Going past it would be against the network's rules, and waiting would not help."""
    monkeypatch.setenv("http_proxy", proxy)

    with pytest.raises(ProviderError, match="NO_PROXY") as caught:
        await ask(build_openai({"base_url": "http://gpu.example.org:8000/v1"}))

    assert caught.value.kind is ErrorKind.UNAVAILABLE


@pytest.mark.anyio
@pytest.mark.parametrize("is_fast", [True, False], ids=["aiohttp", "httpx2"])
async def test_no_cookie_is_kept(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch, *, is_fast: bool
) -> None:
    """Nothing of one request gets into the next."""
    if not is_fast:
        monkeypatch.setattr(openai_connecting, "fast_transport", lambda _: None)
    headers = {"set-cookie": "seen=1; Path=/"}
    service.conduct_next(Conduct(reply=HttpReply(status=503, headers=headers)))
    provider = build_openai({"base_url": f"{service.url}/v1"})

    with pytest.raises(ProviderError):
        await provider.complete(REQUEST)
    await ask(provider)

    assert "cookie" not in service.calls[1].headers


@pytest.mark.anyio
async def test_a_very_long_request_is_sent_whole(service: RehearsalServer) -> None:
    """Above a megabyte, aiohttp would warn if it were given the bytes at once."""
    text = "Plants drink light. 🌱 " * 100_000
    request = REQUEST.model_copy(update={"messages": (Message(role=Role.USER, content=text),)})
    provider = build_openai({"base_url": f"{service.url}/v1"})

    await provider.complete(request)
    await provider.aclose()

    assert service.calls[0].json["messages"][0]["content"] == text
