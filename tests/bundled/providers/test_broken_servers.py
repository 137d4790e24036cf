"""What comes of servers that break in the middle, over each way of speaking OpenAI's language."""

import asyncio
import importlib
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

from sandbox.bundled.providers.openai import build_openai
from sandbox.bundled.providers.openai_rehearsal import rehearse_chat
from sandbox.contracts.provider import Provider
from sandbox.domain.exchange import Message, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import Conduct, RehearsalServer
from tests.bundled.providers.broken_server import (
    BrokenServer,
    Treatment,
    answers,
    head,
    never_ends,
    reply,
    sends,
)

Build = Callable[[str], Provider]
REQUEST = Request(
    model="small", messages=(Message(role=Role.USER, content="Name a fruit."),), timeout_seconds=10
)
HASTY = REQUEST.model_copy(update={"timeout_seconds": 0.2})
TWO_KINDS = {ErrorKind.TRANSIENT, ErrorKind.BAD_RESPONSE}


@pytest.fixture(params=["openai over aiohttp", "openai over httpx2", "openai_http"])
def road(request: pytest.FixtureRequest) -> str:
    """Which provider, over what."""
    name: str = request.param
    return name


@pytest.fixture
def build(road: str, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Makes a provider for an address."""
    match road:
        case "openai_http":
            module = pytest.importorskip("sandbox_openai_http.provider")
            return lambda url: module.build_openai_http({"base_url": url})
        case "openai over aiohttp":
            pytest.importorskip("aiohttp")
        case _:
            connecting = importlib.import_module("sandbox.bundled.providers.openai_connecting")
            monkeypatch.setattr(connecting, "fast_transport", lambda _: None)
    return lambda url: build_openai({"base_url": url})


async def text_of(provider: Provider, request: Request = REQUEST) -> str:
    """What the model says."""
    return (await provider.complete(request)).text


async def failure(provider: Provider, request: Request = REQUEST) -> ProviderError:
    """The error with which a request fails."""
    with pytest.raises(ProviderError) as caught:
        await provider.complete(request)
    return caught.value


BREAKS = {
    "reset before the first byte": sends(aborts=True),
    "closed before the first byte": sends(),
    "reset amid the head": sends(b"HTTP/1.1 200 OK\r\ncontent-", aborts=True),
    "reset after the head": sends(head("content-length: 50"), aborts=True),
    "closed before all of its length came": sends(head("content-length: 50"), b'{"choices"'),
    "closed amid a chunk": sends(head("transfer-encoding: chunked"), b"20\r\n{"),
    "closed between two chunks": sends(head("transfer-encoding: chunked"), b"1\r\n{\r\n"),
    "no HTTP": sends(b"220 mail.example.org ready\r\n\r\n"),
    "an error that breaks off": sends(b"HTTP/1.1 500 Oops\r\ncontent-length: 90\r\n\r\n{"),
}


@pytest.mark.anyio
@pytest.mark.parametrize("treatment", BREAKS.values(), ids=BREAKS)
async def test_a_reply_that_breaks_off_may_be_asked_for_again(build: Build, treatment: Treatment) -> None:
    """It is one attempt, no half an answer, and no harm to the next request."""
    async with BrokenServer(treatment, answers("A pear.")) as server:
        provider = build(server.url)
        error = await failure(provider)
        attempts = server.requests
        text = await text_of(provider)
        await provider.aclose()

    assert error.kind in TWO_KINDS
    assert attempts == 1
    assert text == "A pear."


@pytest.mark.anyio
async def test_a_connection_that_the_server_drops_while_it_idles_is_no_lasting_harm(build: Build) -> None:
    """Servers hang up on idle connections, at times just when we write: that may be tried again."""

    async def answers_then_hangs_up(writer: asyncio.StreamWriter) -> None:
        writer.write(reply("First."))
        writer.close()

    async with BrokenServer(answers_then_hangs_up, answers("Second."), answers("Third.")) as server:
        provider = build(server.url)
        await provider.complete(REQUEST)
        kinds = {ErrorKind.TRANSIENT}
        try:
            text = await text_of(provider)
        except ProviderError as error:
            kinds.add(error.kind)
            text = await text_of(provider)
        await provider.aclose()

    assert kinds == {ErrorKind.TRANSIENT}
    assert text == "Second."


@pytest.mark.anyio
async def test_an_answer_without_end_is_given_up(build: Build) -> None:
    """Before it has filled the memory."""
    async with BrokenServer(never_ends, answers("A pear.")) as server:
        provider = build(server.url)
        error = await failure(provider)
        text = await text_of(provider)
        await provider.aclose()

    assert error.kind is ErrorKind.BAD_RESPONSE
    assert "64 megabytes" in str(error)
    assert text == "A pear."


@pytest.mark.anyio
async def test_an_answer_that_comes_too_late_is_nobodys(build: Build) -> None:
    """The connection is dropped, so that the next request does not get the answer to the first."""
    has_asked_again = asyncio.Event()

    async def answers_late(writer: asyncio.StreamWriter) -> None:
        await has_asked_again.wait()
        await answers("To the first.")(writer)

    async def answers_second(writer: asyncio.StreamWriter) -> None:
        has_asked_again.set()
        await asyncio.sleep(0.05)
        await answers("To the second.")(writer)

    async with BrokenServer(answers("To none."), answers_late, answers_second) as server:
        provider = build(server.url)
        await provider.complete(REQUEST)
        error = await failure(provider, HASTY)
        text = await text_of(provider)
        await provider.aclose()

    assert error.kind is ErrorKind.TIMEOUT
    assert text == "To the second."
    assert server.connections == 2


@pytest.mark.anyio
async def test_each_of_many_requests_gets_its_own_answer_in_whatever_order(build: Build) -> None:
    """The last one is answered first, round after round, over connections that are kept."""
    n, waiting = 8, list[tuple[int, asyncio.StreamWriter]]()

    def treatment(number: int) -> Treatment:
        async def treat(writer: asyncio.StreamWriter) -> None:
            waiting.append((number, writer))
            if len(waiting) == n:
                while waiting:
                    arrived, one = waiting.pop()
                    one.write(reply(str(arrived)))

        return treat

    async with BrokenServer(*(treatment(number) for number in range(3 * n))) as server:
        provider = build(server.url)
        texts = [await asyncio.gather(*(text_of(provider) for _ in range(n))) for _ in range(3)]
        await provider.aclose()

    for number, round_ in enumerate(texts):
        assert sorted(map(int, round_)) == list(range(number * n, (number + 1) * n))
    assert server.connections == n


@pytest.mark.anyio
@pytest.mark.parametrize("when", ["at once", "later"])
async def test_an_answer_that_nobody_asked_for_is_nobodys(build: Build, road: str, when: str) -> None:
    """A server that says more than it was asked has lost count: its connection is of no more use."""
    if road == "openai over httpx2" and when == "at once":
        pytest.skip("httpcore2 takes what stands right behind an answer for the next: install aiohttp.")
    may_stray, has_strayed = asyncio.Event(), asyncio.Event()

    async def says_too_much(writer: asyncio.StreamWriter) -> None:
        if when == "at once":
            writer.write(reply("First.") + reply("Stray."))
            return
        writer.write(reply("First."))
        await may_stray.wait()
        writer.write(reply("Stray."))
        await writer.drain()
        has_strayed.set()

    async with BrokenServer(says_too_much, answers("Second."), answers("Third.")) as server:
        provider = build(server.url)
        texts = [await text_of(provider)]
        may_stray.set()
        if when == "later":
            await has_strayed.wait()
        for _ in range(2):
            await asyncio.sleep(0.02)  # what has strayed is still under way
            texts.append(await text_of(provider))
        await provider.aclose()

    assert texts == ["First.", "Second.", "Third."]


@pytest.mark.anyio
async def test_nobody_listening_may_pass(build: Build) -> None:
    """The server may be starting."""
    async with BrokenServer() as server:
        url = server.url
    provider = build(url)

    error = await failure(provider)
    await provider.aclose()

    assert error.kind is ErrorKind.TRANSIENT
    assert "check that it runs" in str(error)


@pytest.mark.anyio
async def test_a_name_that_is_not_found_may_pass(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the network is gone for a while."""

    def finds_nothing(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", finds_nothing)
    provider = build("http://models.example.org/v1")

    error = await failure(provider)
    await provider.aclose()

    assert error.kind is ErrorKind.TRANSIENT


@pytest.mark.anyio
async def test_a_server_that_does_not_speak_tls_is_told_as_one_that_is_not_reached(build: Build) -> None:
    """Such as one whose address should begin with http."""

    async def greets(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(greets, "127.0.0.1", 0) as server:
        provider = build(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")
        error = await failure(provider)
        await provider.aclose()

    assert error.kind is ErrorKind.TRANSIENT


@pytest.mark.anyio
async def test_as_many_requests_go_out_as_are_let_out(build: Build) -> None:
    """No pool has a lower limit of its own than the card."""
    n = build("http://127.0.0.1:1").describe("small").max_concurrency
    all_there, come = asyncio.Event(), 0

    async def waits_for_all(writer: asyncio.StreamWriter) -> None:
        nonlocal come
        come += 1
        if come == n:
            all_there.set()
        await all_there.wait()
        await answers("A pear.")(writer)

    async with BrokenServer(*[waits_for_all] * n) as server:
        provider = build(server.url)
        texts = await asyncio.gather(*(text_of(provider) for _ in range(n)))
        await provider.aclose()

    assert texts == ["A pear."] * n


MANY = """
import asyncio, importlib, resource, sys
from collections import Counter
from sandbox.domain.exchange import Message, Request, Role
from sandbox.errors import ProviderError

module, build, url = sys.argv[1:]
provider = getattr(importlib.import_module(module), build)({"base_url": url})
request = Request(model="small", messages=(Message(role=Role.USER, content="Hm."),), timeout_seconds=10)

async def ask():
    try:
        await provider.complete(request)
        return "answered"
    except ProviderError as error:
        return f"{error.kind} {error}"

async def main():
    print(await ask())
    resource.setrlimit(resource.RLIMIT_NOFILE, (40, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    for outcome, n in Counter(await asyncio.gather(*(ask() for _ in range(60)))).items():
        print(outcome)
    print(await ask())
    await provider.aclose()

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("module", "build_name"),
    [
        ("sandbox.bundled.providers.openai", "build_openai"),
        ("sandbox_openai_http.provider", "build_openai_http"),
    ],
)
def test_a_machine_that_opens_no_more_files_says_so(module: str, build_name: str) -> None:
    """The usual number is 256 on macOS: what is over it fails with advice, and may be tried again."""
    pytest.importorskip("resource")
    pytest.importorskip(module)
    with RehearsalServer(rehearse_chat()) as server:
        server.conduct = Conduct(thinks_seconds=0.3)
        command = [sys.executable, "-c", MANY, module, build_name, f"{server.url}/v1"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    first, *outcomes, last = done.stdout.splitlines()
    assert first == last == "answered"
    assert "answered" in outcomes
    (failed,) = set(outcomes) - {"answered"}
    assert failed.startswith("transient ")
    assert "ulimit" in failed
