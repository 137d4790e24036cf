"""The provider, asked: by a vendor that is not there, and by a real server on this machine."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import httpx
import pytest
import respx
from sandbox_anthropic.provider import AnthropicProvider, build_anthropic
from sandbox_anthropic.rehearsal import REHEARSAL

from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    Request,
    Role,
    Settings,
    StreamEnd,
    StreamEvent,
    StructuredMode,
    TextDelta,
    Usage,
)
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import (
    SILENCE,
    Conduct,
    Ending,
    RehearsalServer,
    Share,
    saying,
)

SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}
REQUEST = Request(
    model="claude-test",
    messages=(
        Message(role=Role.SYSTEM, content="You help teachers."),
        Message(role=Role.USER, content="Name a fruit."),
    ),
    settings=Settings(max_output_tokens=50),
    timeout_seconds=10,
)
MESSAGE = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-test-1",
    "content": [{"type": "text", "text": "A pear."}],
    "stop_reason": "end_turn",
    "usage": {"input_tokens": 12, "output_tokens": 3},
}


def changed(**changes: object) -> Request:
    """The request, changed in these fields."""
    return REQUEST.model_copy(update=changes)


def stream(provider: AnthropicProvider, request: Request) -> AsyncGenerator[StreamEvent, None]:
    """The stream as the generator that it is, which can be closed."""
    return cast("AsyncGenerator[StreamEvent, None]", provider.stream(request))


async def streamed(provider: AnthropicProvider, request: Request) -> tuple[str, Completion]:
    """The pieces of a stream put together, and its end."""
    *pieces, end = [event async for event in provider.stream(request)]
    assert isinstance(end, StreamEnd)
    return "".join(piece.text for piece in pieces if isinstance(piece, TextDelta)), end.completion


@pytest.mark.anyio
async def test_an_answer_becomes_a_completion(
    vendor: respx.MockRouter, provider: AnthropicProvider
) -> None:
    """The request goes to the vendor with the key, and its answer comes back as it is."""
    route = vendor.post("/v1/messages").respond(json=MESSAGE, headers={"request-id": "req_7"})

    completion = await provider.complete(REQUEST)

    assert completion.text == "A pear."
    assert completion.model_served == "claude-test-1"
    assert completion.usage == Usage(input_tokens=12, output_tokens=3)
    assert completion.finish_reason is FinishReason.STOP
    assert completion.latency_seconds > 0
    assert completion.request_id == "req_7"
    assert completion.cost_usd is None
    sent = route.calls.last.request
    assert sent.headers["authorization"] == f"Bearer {os.environ['ANTHROPIC_API_KEY']}"
    assert sent.headers["anthropic-version"] == "2026-10-21"
    assert json.loads(sent.content) == {
        "model": "claude-test",
        "max_tokens": 50,
        "system": "You help teachers.",
        "messages": [{"role": "user", "content": "Name a fruit."}],
    }


@pytest.mark.anyio
async def test_a_temperature_goes_out_in_the_version_that_takes_it(
    vendor: respx.MockRouter, provider: AnthropicProvider
) -> None:
    """The header of the request wins over that of the SDK."""
    route = vendor.post("/v1/messages").respond(json=MESSAGE)

    await provider.complete(changed(settings=Settings(temperature=0.5)))

    sent = route.calls.last.request
    assert sent.headers["anthropic-version"] == "2023-06-01"
    assert json.loads(sent.content)["temperature"] == 0.5


@pytest.mark.anyio
async def test_what_cannot_be_asked_for_is_not_sent(
    vendor: respx.MockRouter, provider: AnthropicProvider
) -> None:
    """Neither at once nor in a stream."""
    request = changed(settings=Settings(temperature=1.5))

    with pytest.raises(ProviderError, match="between 0 and 1"):
        await provider.complete(request)
    with pytest.raises(ProviderError, match="between 0 and 1"):
        await streamed(provider, request)

    assert vendor.calls.call_count == 0


@pytest.mark.anyio
@pytest.mark.parametrize("mode", [StructuredMode.NATIVE, StructuredMode.TOOL, StructuredMode.PROMPT])
async def test_each_way_gives_the_same_json_at_once_and_in_a_stream(
    service: RehearsalServer, local_provider: AnthropicProvider, mode: StructuredMode
) -> None:
    """The text is the JSON alone, and the pieces make the same."""
    service.says = saying('{"word": "pêche"}')
    request = changed(output_schema=SCHEMA, output_name="fruit", structured=mode)

    whole = await local_provider.complete(request)
    text, end = await streamed(local_provider, request)

    assert whole.text == text == end.text == '{"word": "pêche"}'
    assert end.usage == whole.usage
    assert end.finish_reason is whole.finish_reason is FinishReason.STOP
    assert end.request_id == whole.request_id == "req_011CTrehearsal"
    assert [call.json.get("stream") for call in service.calls] == [None, True]


@pytest.mark.anyio
async def test_a_model_that_calls_no_tool_is_heard_at_once_and_in_a_stream(
    service: RehearsalServer, local_provider: AnthropicProvider
) -> None:
    """Whether it will call the tool is known only at the end, and then its words are its answer."""
    service.says = saying("I would rather not.")
    request = changed(output_schema=SCHEMA, output_name="fruit", structured=StructuredMode.TOOL)

    whole = await local_provider.complete(request)
    text, end = await streamed(local_provider, request)

    assert whole.text == text == end.text == "I would rather not."


@pytest.mark.anyio
async def test_a_server_on_this_machine_needs_no_key(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no credentials that the SDK finds elsewhere are sent to it."""
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-of-something-else")
    provider = build_anthropic({"base_url": service.url})

    await provider.complete(REQUEST)
    await provider.aclose()

    assert service.calls[0].headers["authorization"] == "Bearer none"


@pytest.mark.anyio
async def test_what_stays_on_this_machine_goes_through_no_proxy(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy for everything is common in schools, and would read along."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    provider = build_anthropic({"base_url": service.url})

    completion = await provider.complete(REQUEST)
    await provider.aclose()

    assert completion.text == "Good day to you."


@pytest.mark.anyio
async def test_no_redirect_is_followed(service: RehearsalServer, local_provider: AnthropicProvider) -> None:
    """The text goes where base_url says, and nowhere else."""
    reply = HttpReply(status=307, headers={"location": f"{service.url}/elsewhere"})
    service.conduct_next(Conduct(reply=reply))

    with pytest.raises(ProviderError, match="base_url") as caught:
        await local_provider.complete(REQUEST)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert [call.path for call in service.calls] == ["/v1/messages"]


@pytest.mark.anyio
async def test_a_model_that_is_retired_soon_is_asked_all_the_same(
    vendor: respx.MockRouter, provider: AnthropicProvider
) -> None:
    """The SDK warns of it, which is no reason for a trial to fail."""
    vendor.post("/v1/messages").respond(json=MESSAGE)

    with pytest.warns(DeprecationWarning, match="end-of-life"):
        completion = await provider.complete(changed(model="claude-sonnet-4-5"))

    assert completion.text == "A pear."


@pytest.mark.anyio
@pytest.mark.parametrize("share", [Share.NOTHING, Share.HEADERS, Share.HALF])
async def test_the_time_limit_holds_for_the_whole_answer(
    service: RehearsalServer, local_provider: AnthropicProvider, share: Share
) -> None:
    """Wherever it stops, at once and in a stream, and the connection is given up."""
    service.conduct = Conduct(share=share, ending=Ending.HANG)
    request = changed(timeout_seconds=0.3)

    for attempt in (local_provider.complete(request), streamed(local_provider, request)):
        with pytest.raises(ProviderError, match=r"within 0\.3 seconds") as caught:
            await attempt
        assert caught.value.kind is ErrorKind.TIMEOUT

    assert await asyncio.to_thread(service.wait_for_departures, 2, timeout_seconds=5)


@pytest.mark.anyio
async def test_a_stream_that_trickles_in_does_not_stretch_the_time_limit(
    service: RehearsalServer, local_provider: AnthropicProvider
) -> None:
    """No single wait is too long, but all of them together are."""
    service.conduct_next(Conduct(pauses_seconds=0.15))

    with pytest.raises(ProviderError) as caught:
        await streamed(local_provider, changed(timeout_seconds=0.4))

    assert caught.value.kind is ErrorKind.TIMEOUT


@pytest.mark.anyio
async def test_the_time_limit_does_not_strike_while_the_caller_holds_a_piece(
    service: RehearsalServer, local_provider: AnthropicProvider
) -> None:
    """What the caller does between two pieces is not cancelled from here."""
    service.conduct_next(Conduct(share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG))

    async with aclosing(stream(local_provider, changed(timeout_seconds=0.2))) as events:
        first = await anext(events)
        await asyncio.sleep(0.3)
        with pytest.raises(ProviderError) as caught:
            async for _ in events:
                pass

    assert isinstance(first, TextDelta)
    assert caught.value.kind is ErrorKind.TIMEOUT


@pytest.mark.anyio
async def test_cancelling_passes_and_frees_the_connection(
    service: RehearsalServer, local_provider: AnthropicProvider
) -> None:
    """Nobody waits any more, so the service is not left to write on; the next request is well."""
    service.conduct_next(SILENCE, SILENCE)
    for number, attempt in enumerate(
        (local_provider.complete(REQUEST), streamed(local_provider, REQUEST)), start=1
    ):
        task = asyncio.ensure_future(attempt)
        assert await asyncio.to_thread(service.wait_for_calls, number, timeout_seconds=5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(service.wait_for_departures, number, timeout_seconds=5)

    completion = await local_provider.complete(REQUEST)

    assert completion.text == "Good day to you."


@pytest.mark.anyio
async def test_a_stream_that_is_closed_early_hangs_up(
    service: RehearsalServer, local_provider: AnthropicProvider
) -> None:
    """Whoever has read enough pays for no more."""
    service.conduct_next(Conduct(share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG))
    events = stream(local_provider, REQUEST)

    first = await anext(events)
    await events.aclose()

    assert isinstance(first, TextDelta)
    assert await asyncio.to_thread(service.wait_for_departures, 1, timeout_seconds=5)


def test_one_provider_serves_two_loops_and_leaves_nothing_open() -> None:
    """The connections end with their loop, so that Python has nothing to warn of."""
    with RehearsalServer(REHEARSAL) as service:
        provider = build_anthropic({"base_url": service.url})

        first = asyncio.run(provider.complete(REQUEST))
        second, _ = asyncio.run(streamed(provider, REQUEST))
        asyncio.run(provider.aclose())

    assert first.text == second == "Good day to you."


@pytest.mark.anyio
async def test_one_connection_serves_request_after_request(
    service: RehearsalServer, local_provider: AnthropicProvider
) -> None:
    """Opening one anew takes time, which a long evaluation would pay hundreds of times."""
    for _ in range(3):
        await local_provider.complete(REQUEST)

    assert len(service.calls) == 3
    assert service.connections == 1


@pytest.mark.anyio
async def test_closing_twice_does_nothing_and_asking_opens_anew(
    vendor: respx.MockRouter, provider: AnthropicProvider
) -> None:
    """Closing is safe at any time."""
    vendor.post("/v1/messages").mock(return_value=httpx.Response(200, json=MESSAGE))
    await provider.aclose()
    await provider.complete(REQUEST)
    await provider.aclose()
    await provider.aclose()

    completion = await provider.complete(REQUEST)

    assert completion.text == "A pear."
