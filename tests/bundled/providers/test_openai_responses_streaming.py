"""The provider `openai` on OpenAI's Responses API, while an answer is being written."""

import json
from collections.abc import AsyncIterator, Mapping

import pytest
import respx

from sandbox.bundled.providers.openai import OpenAIProvider, build_openai
from sandbox.domain.exchange import (
    FinishReason,
    Request,
    StreamEnd,
    StructuredMode,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError
from tests.bundled.providers.responses_shapes import (
    CALL,
    REQUEST,
    THOUGHT,
    message,
    response,
    structured,
    text,
)


@pytest.fixture
async def provider() -> AsyncIterator[OpenAIProvider]:
    """The provider for the vendor's server."""
    built = build_openai({"api": "responses"})
    yield built
    await built.aclose()


def sse(*events: dict[str, object]) -> bytes:
    """The body of a stream, as the service sends it: with names, and without [DONE]."""
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events).encode()


def delta(kind: str, piece: str) -> dict[str, object]:
    """A piece of something."""
    return {"type": f"response.{kind}.delta", "delta": piece, "output_index": 0}


def ended(how: str, *output: Mapping[str, object], **changes: object) -> dict[str, object]:
    """The event at the end, with the whole."""
    return {"type": f"response.{how}", "response": response(*output, status=how, **changes)}


async def events_of(
    server: respx.MockRouter, provider: OpenAIProvider, request: Request, *events: dict[str, object]
) -> tuple[list[str], StreamEnd]:
    """What the provider makes of a stream."""
    server.post("/responses").respond(
        content=sse(*events), headers={"content-type": "text/event-stream", "x-request-id": "req_9"}
    )
    *deltas, end = [event async for event in provider.stream(request)]
    assert isinstance(end, StreamEnd)
    return [event.text for event in deltas if isinstance(event, TextDelta)], end


@pytest.mark.anyio
async def test_pieces_come_one_by_one_and_the_whole_at_the_end(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """Of the many events, those with the text are handed on."""
    pieces, end = await events_of(
        server,
        provider,
        REQUEST,
        {"type": "response.created", "response": {"status": "in_progress"}},
        delta("reasoning_text", "Fruit?"),
        delta("output_text", "A "),
        {"type": "response.something.new", "delta": {"not": "a text"}},
        delta("output_text", "pear."),
        ended("completed", THOUGHT, message(text("A pear."))),
    )

    assert pieces == ["A ", "pear."]
    assert end.completion.text == "A pear."
    assert end.completion.usage.reasoning_tokens == 20
    assert end.completion.request_id == "req_9"


@pytest.mark.anyio
async def test_the_arguments_of_a_tool_are_streamed(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """And not what is said beside them."""
    pieces, end = await events_of(
        server,
        provider,
        structured(StructuredMode.TOOL),
        delta("output_text", "There."),
        delta("function_call_arguments", '{"word": '),
        delta("function_call_arguments", '"pear"}'),
        ended("completed", message(text("There.")), CALL),
    )

    assert pieces == ['{"word": ', '"pear"}']
    assert end.completion.text == '{"word": "pear"}'


@pytest.mark.anyio
async def test_a_stream_that_is_cut_off_by_a_limit_says_so(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """It has an end: the one that was asked for."""
    _, end = await events_of(
        server,
        provider,
        REQUEST,
        delta("output_text", "A pe"),
        ended("incomplete", message(text("A pe")), incomplete_details={"reason": "max_output_tokens"}),
    )

    assert end.completion.finish_reason is FinishReason.LENGTH


BROKEN: dict[str, tuple[list[dict[str, object]], ErrorKind]] = {
    "no end": ([delta("output_text", "A")], ErrorKind.BAD_RESPONSE),
    "failed": ([ended("failed", error={"code": "server_error", "message": "A"})], ErrorKind.TRANSIENT),
    "an error": (
        [{"type": "error", "code": "rate_limit_exceeded", "message": "A", "param": None}],
        ErrorKind.RATE_LIMIT,
    ),
    "an error within": (
        [{"type": "error", "error": {"code": "insufficient_quota", "message": "A"}}],
        ErrorKind.QUOTA,
    ),
    "no event": ([{"type": "response.completed", "response": "A"}], ErrorKind.BAD_RESPONSE),
}


@pytest.mark.anyio
@pytest.mark.parametrize(("events", "kind"), BROKEN.values(), ids=BROKEN)
async def test_a_stream_that_breaks_off_is_an_error(
    server: respx.MockRouter,
    provider: OpenAIProvider,
    events: list[dict[str, object]],
    kind: ErrorKind,
) -> None:
    """With the id to ask the service about."""
    with pytest.raises(ProviderError) as caught:
        await events_of(server, provider, REQUEST, *events)

    assert caught.value.kind is kind
    assert caught.value.request_id == "req_9"
