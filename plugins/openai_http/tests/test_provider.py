"""The provider, asked at once: what comes of it, and what is left behind."""

import asyncio
import gc

import pytest
from sandbox_openai_http.provider import OpenAIHttpProvider, build_openai_http
from sandbox_openai_http.rehearsal import REHEARSAL

from sandbox.domain.exchange import (
    FinishReason,
    Message,
    Request,
    Role,
    Settings,
    StructuredMode,
    Usage,
)
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing import RehearsalServer
from sandbox.testing.providers.rehearsal_server import SILENCE, Conduct, Ending, Share, saying

SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}
REQUEST = Request(
    model="small",
    messages=(Message(role=Role.USER, content="Name a fruit."),),
    settings=Settings(max_output_tokens=50),
    timeout_seconds=10,
)


def changed(**changes: object) -> Request:
    """The request, changed in these fields."""
    return REQUEST.model_copy(update=changes)


@pytest.mark.anyio
async def test_an_answer_becomes_a_completion(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """With all that the server tells of it."""
    service.says = saying("A pear.", input_tokens=12, output_tokens=3)

    completion = await provider.complete(REQUEST)

    assert completion.text == "A pear."
    assert completion.model_served == "small.gguf"
    assert completion.usage == Usage(input_tokens=12, output_tokens=3)
    assert completion.finish_reason is FinishReason.STOP
    assert completion.latency_seconds > 0
    assert completion.request_id == "rehearsed-1"
    assert completion.cost_usd is None


@pytest.mark.anyio
@pytest.mark.parametrize("mode", [StructuredMode.NATIVE, StructuredMode.JSON_OBJECT, StructuredMode.PROMPT])
async def test_each_way_of_keeping_a_schema_gives_the_json(
    service: RehearsalServer, provider: OpenAIHttpProvider, mode: StructuredMode
) -> None:
    """As it was written."""
    service.says = saying('{"word": "pêche"}')

    completion = await provider.complete(changed(output_schema=SCHEMA, structured=mode))

    assert completion.text == '{"word": "pêche"}'


@pytest.mark.anyio
async def test_what_cannot_be_asked_for_is_not_sent(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """Nobody is asked with a tool here."""
    with pytest.raises(ProviderError, match="tool"):
        await provider.complete(changed(output_schema=SCHEMA, structured=StructuredMode.TOOL))

    assert service.calls == ()


@pytest.mark.anyio
@pytest.mark.parametrize("share", [Share.NOTHING, Share.HEADERS, Share.HALF])
async def test_the_time_limit_holds_for_the_whole_answer(
    service: RehearsalServer, provider: OpenAIHttpProvider, share: Share
) -> None:
    """Wherever it stops, and the connection is given up."""
    service.conduct_next(Conduct(share=share, ending=Ending.HANG))

    with pytest.raises(ProviderError, match=r"within 0\.3 seconds") as caught:
        await provider.complete(changed(timeout_seconds=0.3))

    assert caught.value.kind is ErrorKind.TIMEOUT
    assert await asyncio.to_thread(service.wait_for_departures, 1, timeout_seconds=5)


@pytest.mark.anyio
async def test_cancelling_passes_and_frees_the_connection(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """The server is not left to write on for nobody; the next request is well."""
    service.conduct_next(SILENCE)
    task = asyncio.ensure_future(provider.complete(REQUEST))
    assert await asyncio.to_thread(service.wait_for_calls, 1, timeout_seconds=5)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await asyncio.to_thread(service.wait_for_departures, 1, timeout_seconds=5)
    assert (await provider.complete(REQUEST)).text == "Good day to you."


@pytest.mark.anyio
async def test_a_hundred_requests_go_out_at_once(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """The library's own limit of a hundred connections would make some wait; how many go is ours to say."""
    service.conduct = SILENCE
    tasks = [asyncio.ensure_future(provider.complete(REQUEST)) for _ in range(120)]

    have_come = await asyncio.to_thread(service.wait_for_calls, 120, timeout_seconds=10)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert have_come


@pytest.mark.anyio
async def test_one_connection_serves_request_after_request(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """Opening one anew takes time, which a long evaluation would pay hundreds of times."""
    for _ in range(3):
        await provider.complete(REQUEST)

    assert len(service.calls) == 3
    assert service.connections == 1


def test_one_provider_serves_two_loops_and_leaves_nothing_open() -> None:
    """The connections end with their loop, so that Python has nothing to warn of."""
    with RehearsalServer(REHEARSAL) as service:
        provider = build_openai_http({"base_url": f"{service.url}/v1"})

        first = asyncio.run(provider.complete(REQUEST))
        second = asyncio.run(provider.complete(REQUEST))
        asyncio.run(provider.aclose())
        gc.collect()

    assert first.text == second.text == "Good day to you."


@pytest.mark.anyio
async def test_closing_twice_does_nothing_and_asking_opens_anew(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """Closing is safe at any time."""
    await provider.aclose()
    await provider.complete(REQUEST)
    await provider.aclose()
    await provider.aclose()

    completion = await provider.complete(REQUEST)

    assert completion.text == "Good day to you."
    assert service.connections == 2
