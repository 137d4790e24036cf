"""The provider `bedrock` against a server on this machine."""

import asyncio
import gc
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sandbox_bedrock.provider import BedrockProvider, build_bedrock
from sandbox_bedrock.rehearsal import REQUEST_ID

from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import Request, Usage
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import Conduct, RehearsalServer, saying

ACCESS_KEY = "AKIAPLANTED0000000001"


def build_for(server: RehearsalServer, **options: str) -> BedrockProvider:
    """The provider, sent to the server; its keys come as AWS's own tools find them."""
    return build_bedrock({"region": "us-east-1", "base_url": server.url, **options})


@pytest.fixture
async def provider(server: RehearsalServer) -> AsyncIterator[BedrockProvider]:
    """The provider, sent to the server."""
    built = build_for(server)
    yield built
    await built.aclose()


async def failure(provider: BedrockProvider, request: Request) -> ProviderError:
    """The error with which a request fails."""
    with pytest.raises(ProviderError) as caught:
        await provider.complete(request)
    return caught.value


@pytest.mark.anyio
async def test_an_answer_becomes_a_completion(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """Text, tokens, time and id are told; the request is one signed call of Converse."""
    server.says = saying("A pear.", input_tokens=12, output_tokens=3)

    completion = await provider.complete(request_for_fruit)

    (call,) = server.calls
    assert completion.text == "A pear."
    assert completion.usage == Usage(input_tokens=12, output_tokens=3)
    assert completion.latency_seconds > 0
    assert completion.request_id == REQUEST_ID
    assert (call.method, call.path) == ("POST", "/model/amazon.nova-lite-v1%3A0/converse")
    assert f"Credential={ACCESS_KEY}/" in call.headers["authorization"]
    assert call.json == {
        "system": [{"text": "You help teachers."}],
        "messages": [{"role": "user", "content": [{"text": "Name a fruit."}]}],
        "inferenceConfig": {"maxTokens": 50, "temperature": 0.2, "topP": 0.9},
    }


@pytest.mark.anyio
async def test_a_model_may_be_an_address_of_aws(server: RehearsalServer, provider: BedrockProvider) -> None:
    """Inference profiles of one's own are named by long addresses with slashes in them."""
    name = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"

    await provider.complete(Request(model=name, messages=(), timeout_seconds=10))

    assert server.calls[0].path.endswith("%3Aapplication-inference-profile%2Fabc123/converse")


@pytest.mark.anyio
async def test_a_redirection_is_not_followed(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """The text goes where the options say, and not where somebody there says."""
    with RehearsalServer(server.rehearsal) as elsewhere:
        server.conduct = Conduct(reply=HttpReply(status=307, headers={"location": f"{elsewhere.url}/x"}))

        error = await failure(provider, request_for_fruit)

        assert error.kind is ErrorKind.BAD_RESPONSE
        assert elsewhere.calls == ()


@pytest.mark.anyio
async def test_no_other_configuration_leads_the_text_elsewhere(
    server: RehearsalServer,
    provider: BedrockProvider,
    request_for_fruit: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither an address for AWS's own tools nor a proxy counts where the options name this machine."""
    for variable in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(variable, raising=False)

    completion = await provider.complete(request_for_fruit)

    assert completion.text == "Good day to you."


@pytest.mark.anyio
async def test_where_aws_tools_are_sent_the_text_is_not(
    server: RehearsalServer, request_for_fruit: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without base_url the text goes to Amazon, whatever an address in the environment says."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.url)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # so that nothing leaves this machine
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    provider = build_bedrock({"region": "us-east-1"})

    error = await failure(provider, request_for_fruit)
    await provider.aclose()

    assert error.kind is ErrorKind.TRANSIENT
    assert server.calls == ()


@pytest.mark.anyio
async def test_a_certificate_file_that_is_not_there_is_told(
    server: RehearsalServer, request_for_fruit: Request, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A school's own certificate that is named wrongly is no matter of the network."""
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "school.pem"))
    provider = build_bedrock({"region": "us-east-1", "base_url": server.url.replace("http:", "https:")})

    error = await failure(provider, request_for_fruit)
    await provider.aclose()

    assert error.kind is ErrorKind.UNAVAILABLE
    assert "AWS_CA_BUNDLE" in str(error)


@pytest.mark.anyio
async def test_a_prompt_that_the_sdk_refuses_is_an_invalid_request(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """It looks at lengths before it sends anything, and would quote what it looked at."""
    error = await failure(provider, request_for_fruit.model_copy(update={"model": ""}))

    assert error.kind is ErrorKind.INVALID_REQUEST
    assert server.calls == ()


def test_one_loop_after_another_leaves_nothing_open(
    server: RehearsalServer, request_for_fruit: Request
) -> None:
    """Nobody closes the provider, and yet no connection outlives the loop that it was made in."""
    provider = build_for(server)

    async def half_a_stream(provider: BedrockProvider) -> None:
        async for _ in provider.stream(request_for_fruit):
            break

    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        texts = [asyncio.run(provider.complete(request_for_fruit)).text for _ in range(2)]
        asyncio.run(half_a_stream(provider))
        del provider
        gc.collect()

    assert texts == ["Good day to you."] * 2
    assert [str(complaint.message) for complaint in complaints] == []


@pytest.mark.anyio
async def test_closing_amid_a_request_ends_it_with_an_error(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """Whoever still waits is told, and does not wait for ever."""
    server.conduct = Conduct(thinks_seconds=5)
    waiting = asyncio.ensure_future(provider.complete(request_for_fruit))
    await asyncio.to_thread(server.wait_for_calls, 1, timeout_seconds=5)

    await provider.aclose()

    with pytest.raises(ProviderError) as caught:
        await asyncio.wait_for(waiting, 3)
    assert caught.value.kind is ErrorKind.TRANSIENT
