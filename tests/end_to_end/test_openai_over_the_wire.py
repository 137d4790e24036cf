"""The provider `openai` against a real server that speaks like it: llama.cpp, over HTTP on this machine."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sandbox_llamacpp.known_weights import SMOLLM2
from sandbox_llamacpp.weights import fetch_weights

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.providers.specs import OPENAI
from sandbox.contracts.provider import Provider, StreamingProvider
from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    Request,
    Role,
    Settings,
    StreamEnd,
    StructuredMode,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError, SandboxError

pytestmark = [pytest.mark.anyio, pytest.mark.real_model]

KEY = "key-of-nobody"

BuildProvider = Callable[..., Provider]


@pytest.fixture(scope="module")
def weights() -> Path:
    """The real weights; without them a test fails and says why."""
    try:
        return fetch_weights(SMOLLM2.name)
    except SandboxError as error:
        pytest.fail(str(error))


def open_server(weights: Path, *, context_tokens: int) -> Any:
    """A server that wants a key, on any free port of this machine."""
    llama = importlib.import_module("xllamacpp")  # it brings no types
    parameters = llama.CommonParams()
    parameters.model.path = str(weights)
    parameters.n_ctx = context_tokens
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.api_keys = [KEY]
    parameters.n_batch = 256  # between two batches it notices that nobody waits any more
    parameters.verbosity = -1
    parameters.endpoint_metrics = True
    server = llama.Server(parameters)
    server.handle_metrics()  # a server that is closed before its loop has begun never ends
    return server


@pytest.fixture(scope="module")
def address(weights: Path) -> Iterator[str]:
    """Where a server listens for as long as the tests run."""
    server = open_server(weights, context_tokens=2048)
    yield server.listening_address
    del server


@pytest.fixture
def provider_at(monkeypatch: pytest.MonkeyPatch) -> BuildProvider:
    """Makes a provider that asks the server at an address, with a key."""

    def build(address: str, *, key: str = KEY, **options: str) -> Provider:
        monkeypatch.setenv("SANDBOX_TEST_KEY", key)
        return OPENAI.build({"base_url": f"{address}/v1", "api_key_env": "SANDBOX_TEST_KEY", **options})

    return build


async def ask(provider: Provider, user: str, **changes: object) -> Completion:
    """The answer to one request; the provider is closed whatever comes of it."""
    asked = {
        "model": "smollm2-135m-instruct",
        "messages": (
            Message(role=Role.SYSTEM, content="You give feedback to students."),
            Message(role=Role.USER, content=user),
        ),
        "settings": Settings(max_output_tokens=5, temperature=0),
    }
    try:
        return await provider.complete(Request.model_validate(asked | changes))
    finally:
        await provider.aclose()


async def test_a_structured_answer_parses(address: str, provider_at: BuildProvider) -> None:
    """The schema of a whole artifact goes there and comes back filled in."""
    provider = provider_at(address)
    completion = await ask(
        provider,
        "A student wrote: Plants need sun. They eat dirt. Give feedback.",
        output_schema=Feedback.schema_for_model(),
        output_name="feedback",
        structured=StructuredMode.NATIVE,
        settings=Settings(max_output_tokens=1500, temperature=0.2, seed=1),
    )

    assert Feedback.parse(completion.text).strengths
    assert completion.finish_reason is FinishReason.STOP
    assert completion.usage.input_tokens > 20
    assert completion.usage.output_tokens > 50
    assert not completion.usage.is_estimated


async def test_an_answer_is_streamed(address: str, provider_at: BuildProvider) -> None:
    """Piece by piece, with the server's own count at the end."""
    provider = provider_at(address)
    request = Request(
        model="smollm2-135m-instruct",
        messages=(Message(role=Role.USER, content="Count from one to ten."),),
        settings=Settings(max_output_tokens=8, temperature=0),
    )
    assert isinstance(provider, StreamingProvider)

    *deltas, end = [event async for event in provider.stream(request)]
    await provider.aclose()

    assert isinstance(end, StreamEnd)
    assert len(deltas) > 2
    assert "".join(event.text for event in deltas if isinstance(event, TextDelta)) == end.completion.text
    assert end.completion.finish_reason is FinishReason.LENGTH
    assert end.completion.usage.output_tokens == 8
    assert not end.completion.usage.is_estimated


async def test_the_newer_api_is_spoken_too(address: str, provider_at: BuildProvider) -> None:
    """With plain text; this server passes over the schema there."""
    answer = await ask(provider_at(address, api="responses"), "Good day.")

    assert answer.text
    assert answer.usage.output_tokens == 5


async def test_a_server_on_this_machine_is_local(address: str, provider_at: BuildProvider) -> None:
    """No text leaves the machine, and the card says so."""
    assert provider_at(address).describe("any").is_local


async def test_a_wrong_key_is_an_authentication_error(address: str, provider_at: BuildProvider) -> None:
    """The key itself is not in the message."""
    with pytest.raises(ProviderError) as caught:
        await ask(provider_at(address, key="key-of-somebody"), "Good day.")

    assert caught.value.kind is ErrorKind.AUTHENTICATION
    assert caught.value.status == 401
    assert "key-of-somebody" not in str(caught.value)


async def test_too_long_a_prompt_is_a_context_error(address: str, provider_at: BuildProvider) -> None:
    """The server tells it in its own way."""
    with pytest.raises(ProviderError) as caught:
        await ask(provider_at(address), "word " * 3000)

    assert caught.value.kind is ErrorKind.CONTEXT_LENGTH


async def test_an_answer_that_does_not_come_in_time_is_a_timeout(
    address: str, provider_at: BuildProvider
) -> None:
    """A real clock runs out while the server is still reading."""
    with pytest.raises(ProviderError) as caught:
        await ask(provider_at(address), "one two three four " * 200, timeout_seconds=0.2)

    assert caught.value.kind is ErrorKind.TIMEOUT


async def test_a_server_that_has_gone_may_come_back(weights: Path, provider_at: BuildProvider) -> None:
    """It is worth another try."""
    server = open_server(weights, context_tokens=256)
    address = server.listening_address
    del server

    with pytest.raises(ProviderError) as caught:
        await ask(provider_at(address), "Good day.")

    assert caught.value.kind is ErrorKind.TRANSIENT
    assert caught.value.kind.is_retryable
