"""The connections to a server: where requests go, and with what."""

import asyncio
import base64

import pytest
from sandbox_openai_http.provider import OpenAIHttpProvider, build_openai_http

from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import Message, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing import RehearsalServer
from sandbox.testing.providers.rehearsal_server import Conduct

KEY = "invented-key-555-0100"
REQUEST = Request(
    model="small", messages=(Message(role=Role.USER, content="Name a fruit."),), timeout_seconds=10
)


@pytest.mark.anyio
async def test_the_key_goes_out_with_each_request(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """And beside it nothing that would make the server work for us, such as compressing."""
    await provider.complete(REQUEST)

    (call,) = service.calls
    assert (call.method, call.path) == ("POST", "/v1/chat/completions")
    assert call.headers["authorization"] == f"Bearer {KEY}"
    assert call.headers["content-type"] == "application/json"
    assert call.headers["accept-encoding"] == "identity"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("end", "path"),
    [
        ("", "/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/a%20b/v1?version=7", "/a%20b/v1/chat/completions?version=7"),
    ],
)
async def test_the_address_is_kept_as_it_is_written(service: RehearsalServer, end: str, path: str) -> None:
    """Gateways put servers below paths, and want to be told a version."""
    provider = build_openai_http({"base_url": f"{service.url}{end}"})

    await provider.complete(REQUEST)
    await provider.aclose()

    (call,) = service.calls
    assert call.path == path
    assert "authorization" not in call.headers


@pytest.mark.anyio
async def test_a_password_in_the_address_is_sent_as_one(service: RehearsalServer) -> None:
    """Some put a web server before theirs that wants one."""
    provider = build_openai_http({"base_url": f"{service.url}/v1".replace("//", f"//teacher:{KEY}@")})

    await provider.complete(REQUEST)
    await provider.aclose()

    wanted = base64.b64encode(f"teacher:{KEY}".encode()).decode()
    assert service.calls[0].headers["authorization"] == f"Basic {wanted}"


@pytest.mark.anyio
async def test_no_redirect_is_followed(service: RehearsalServer, provider: OpenAIHttpProvider) -> None:
    """The text goes where base_url says, and nowhere else."""
    reply = HttpReply(status=307, headers={"location": f"{service.url}/elsewhere"})
    service.conduct_next(Conduct(reply=reply))

    with pytest.raises(ProviderError, match="base_url") as caught:
        await provider.complete(REQUEST)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert [call.path for call in service.calls] == ["/v1/chat/completions"]


@pytest.mark.anyio
async def test_no_cookie_is_kept(service: RehearsalServer, provider: OpenAIHttpProvider) -> None:
    """Nothing of one request gets into the next."""
    reply = HttpReply(status=503, headers={"set-cookie": "seen=1; Path=/"})
    service.conduct_next(Conduct(reply=reply))

    with pytest.raises(ProviderError):
        await provider.complete(REQUEST)
    await provider.complete(REQUEST)

    assert "cookie" not in service.calls[1].headers


@pytest.mark.anyio
async def test_what_stays_on_this_machine_goes_through_no_proxy(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy for everything is common in schools, and would read along."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    provider = build_openai_http({"base_url": f"{service.url}/v1"})

    completion = await provider.complete(REQUEST)
    await provider.aclose()

    assert completion.text == "Good day to you."


@pytest.mark.anyio
async def test_a_server_elsewhere_is_asked_through_the_proxy(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is not even looked up here; the proxy gets its own password, and not the key's place."""
    monkeypatch.setenv("http_proxy", service.url.replace("//", f"//school:{KEY}@"))
    provider = build_openai_http({"base_url": "http://gpu.example.org:8000/v1"})

    for _ in range(2):
        await provider.complete(REQUEST)
    await provider.aclose()

    wanted = base64.b64encode(f"school:{KEY}".encode()).decode()
    assert service.connections == 1
    for call in service.calls:
        assert call.path == "http://gpu.example.org:8000/v1/chat/completions"
        assert call.headers["proxy-authorization"] == f"Basic {wanted}"
        assert "authorization" not in call.headers


@pytest.mark.anyio
@pytest.mark.parametrize("proxy", ["socks5://proxy.example:1080", "http://"])
async def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    """Going past it would be against the network's rules, and waiting would not help."""
    monkeypatch.setenv("http_proxy", proxy)
    provider = build_openai_http({"base_url": "http://gpu.example.org:8000/v1"})

    with pytest.raises(ProviderError, match="NO_PROXY") as caught:
        await provider.complete(REQUEST)

    assert caught.value.kind is ErrorKind.UNAVAILABLE


@pytest.mark.anyio
async def test_a_very_long_request_is_sent_whole(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """Above a megabyte, the library would warn if it were given the bytes at once."""
    text = "Plants drink light. 🌱 " * 100_000

    await provider.complete(
        REQUEST.model_copy(update={"messages": (Message(role=Role.USER, content=text),)})
    )

    assert service.calls[0].json["messages"][0]["content"] == text


@pytest.mark.anyio
async def test_a_proxy_that_lets_nobody_through_is_told(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it replies is not the server's answer, and may be another one later."""
    monkeypatch.setenv("https_proxy", service.url)
    service.conduct = Conduct(reply=HttpReply(status=502))
    provider = build_openai_http({"base_url": "https://gpu.example.org/v1"})

    with pytest.raises(ProviderError, match="cannot be reached") as caught:
        await provider.complete(REQUEST)
    await provider.aclose()

    assert caught.value.kind is ErrorKind.TRANSIENT
    assert [call.method for call in service.calls] == ["CONNECT"]


@pytest.mark.anyio
async def test_what_does_not_speak_http_is_no_answer() -> None:
    """Such as another kind of server at that port."""

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.org ready\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    provider = build_openai_http({"base_url": f"http://{host}:{port}/v1"})

    async with server:
        with pytest.raises(ProviderError) as caught:
            await provider.complete(REQUEST)
        await provider.aclose()

    assert caught.value.kind is ErrorKind.BAD_RESPONSE
