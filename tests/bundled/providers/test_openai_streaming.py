"""The provider `openai` while an answer is being written."""

import json
from collections.abc import AsyncIterator

import pytest
import respx

from sandbox.bundled.providers.openai import OpenAIProvider, build_openai
from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    Request,
    Role,
    StreamEnd,
    StructuredMode,
    TextDelta,
    Usage,
)
from sandbox.errors import ErrorKind, ProviderError

SECRET = "Mx. Example wrote about volcanoes."
REQUEST = Request(model="gpt-test", messages=(Message(role=Role.USER, content=SECRET),))
TOOL_REQUEST = REQUEST.model_copy(
    update={
        "output_schema": {"type": "object", "properties": {"word": {"type": "string"}}},
        "structured": StructuredMode.TOOL,
    }
)
COUNTED = {
    "model": "gpt-2026",
    "choices": [],
    "usage": {
        "prompt_tokens": 9,
        "completion_tokens": 5,
        "total_tokens": 14,
        "completion_tokens_details": {"reasoning_tokens": 3},
    },
}
FILTER_RESULTS = {
    "model": "",
    "choices": [],
    "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {"hate": {"filtered": False}}}],
}


@pytest.fixture
async def provider() -> AsyncIterator[OpenAIProvider]:
    """The provider for the vendor's server."""
    built = build_openai({})
    yield built
    await built.aclose()


def chunk(delta: dict[str, object], finish_reason: str | None = None) -> dict[str, object]:
    """A piece of an answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {"model": "gpt-2026", "choices": [choice]}


def sse(*events: object, is_done: bool = True) -> bytes:
    """The body of a stream."""
    told = [event if isinstance(event, str) else json.dumps(event) for event in events]
    return "".join(f"data: {event}\n\n" for event in [*told, *(["[DONE]"] if is_done else [])]).encode()


def responds(server: respx.MockRouter, content: bytes, **headers: str) -> respx.Route:
    """Let the server stream this."""
    route: respx.Route = server.post("/chat/completions").respond(
        content=content, headers={"content-type": "text/event-stream", **headers}
    )
    return route


async def read(provider: OpenAIProvider, request: Request = REQUEST) -> tuple[list[str], Completion]:
    """The pieces of a stream, and its end."""
    *deltas, end = [event async for event in provider.stream(request)]
    assert isinstance(end, StreamEnd)
    pieces = [event.text for event in deltas if isinstance(event, TextDelta)]
    assert len(pieces) == len(deltas)
    return pieces, end.completion


@pytest.mark.anyio
async def test_pieces_come_one_by_one_and_the_whole_at_the_end(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """With the tokens that the service counted, thought ones among them, and Azure's first empty chunk."""
    route = responds(
        server,
        sse(
            FILTER_RESULTS,
            chunk({"role": "assistant", "content": ""}),
            chunk({"content": "A \u2028"}),
            chunk({"content": "pear."}),
            chunk({}, "stop"),
            COUNTED,
        ),
        **{"x-request-id": "req_7"},
    )

    pieces, completion = await read(provider)

    assert pieces == ["A \u2028", "pear."]
    assert completion.text == "A \u2028pear."
    assert completion.finish_reason is FinishReason.STOP
    assert completion.model_served == "gpt-2026"
    assert completion.usage == Usage(input_tokens=9, output_tokens=5, reasoning_tokens=3)
    assert completion.request_id == "req_7"
    assert completion.latency_seconds > 0
    sent = json.loads(route.calls.last.request.content)
    assert sent["stream"] is True
    assert sent["stream_options"] == {"include_usage": True}


@pytest.mark.anyio
async def test_tokens_that_nobody_counted_are_estimated(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """Some servers leave them out of streams."""
    responds(server, sse(chunk({"content": "A pear."}), chunk({}, "stop")))

    _, completion = await read(provider)

    assert completion.usage == Usage(input_tokens=9, output_tokens=2, is_estimated=True)


@pytest.mark.anyio
async def test_the_arguments_of_a_tool_are_streamed(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """Of the first call alone, and not what is said beside them."""
    calls: list[dict[str, object]] = [
        {"tool_calls": [{"index": 0, "id": "1", "function": {"name": "answer", "arguments": ""}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '{"word": '}}]},
        {"content": "There."},
        {"tool_calls": [{"index": 0, "function": {"arguments": '"pear"}'}}]},
        {"tool_calls": [{"index": 1, "function": {"arguments": '{"word": "plum"}'}}]},
    ]
    responds(server, sse(*[chunk(call) for call in calls], chunk({}, "tool_calls")))

    pieces, completion = await read(provider, TOOL_REQUEST)

    assert pieces == ['{"word": ', '"pear"}']
    assert completion.text == '{"word": "pear"}'
    assert completion.finish_reason is FinishReason.STOP


@pytest.mark.anyio
async def test_a_tool_that_was_not_called_leaves_what_was_said(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """It is known only at the end, and comes in one piece."""
    responds(server, sse(chunk({"content": "A "}), chunk({"content": "pear."}), chunk({}, "stop")))

    pieces, completion = await read(provider, TOOL_REQUEST)

    assert pieces == ["A pear."]
    assert completion.text == "A pear."


@pytest.mark.anyio
async def test_a_refusal_is_gathered(server: respx.MockRouter, provider: OpenAIProvider) -> None:
    """It is no text of the answer."""
    responds(server, sse(chunk({"refusal": "I "}), chunk({"refusal": "cannot."}), chunk({}, "stop")))

    pieces, completion = await read(provider)

    assert (pieces, completion.text, completion.refusal) == ([], "", "I cannot.")


BROKEN = {
    "no end": (sse(chunk({"content": "A"})), ErrorKind.BAD_RESPONSE),
    "nothing": (b"", ErrorKind.BAD_RESPONSE),
    "a whole answer that was not asked for": (b'{"choices": []}', ErrorKind.BAD_RESPONSE),
    "no JSON": (sse("{", is_done=False), ErrorKind.BAD_RESPONSE),
    "no chunk": (sse([1]), ErrorKind.BAD_RESPONSE),
    "an error amid": (
        sse(chunk({"content": "A"}), {"error": {"code": "server_error", "message": SECRET}}, is_done=False),
        ErrorKind.TRANSIENT,
    ),
    "an error by number, OpenRouter": (
        sse(
            {"error": {"code": 429, "message": SECRET}, "choices": [{"finish_reason": "error"}]},
            is_done=False,
        ),
        ErrorKind.RATE_LIMIT,
    ),
    "an error of the choice, OpenRouter": (
        sse({"choices": [{"delta": {}, "finish_reason": "error", "error": {"code": 502}}]}),
        ErrorKind.TRANSIENT,
    ),
    "a filter amid, Azure": (
        sse(chunk({"content": "A"}), {"error": {"code": "content_filter", "message": SECRET}}),
        ErrorKind.CONTENT_FILTER,
    ),
    "an error in words": (sse({"error": SECRET}), ErrorKind.BAD_RESPONSE),
}


@pytest.mark.anyio
@pytest.mark.parametrize(("content", "kind"), BROKEN.values(), ids=BROKEN)
async def test_a_stream_that_breaks_off_is_an_error(
    server: respx.MockRouter, provider: OpenAIProvider, content: bytes, kind: ErrorKind
) -> None:
    """After one attempt, in words of our own, with the id to ask the service about."""
    route = responds(server, content, **{"x-request-id": "req_9"})

    with pytest.raises(ProviderError) as caught:
        await read(provider)

    assert caught.value.kind is kind
    assert caught.value.request_id == "req_9"
    assert SECRET not in str(caught.value)
    assert route.call_count == 1


@pytest.mark.anyio
async def test_a_stream_that_is_cut_off_by_a_limit_says_so(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """It has an end: the one that was asked for."""
    responds(server, sse(chunk({"content": "A"}), chunk({}, "length")))

    _, completion = await read(provider)

    assert completion.finish_reason is FinishReason.LENGTH


@pytest.mark.anyio
async def test_a_mode_that_is_not_offered_is_refused_in_a_stream_too(server: respx.MockRouter) -> None:
    """Before anything is sent."""
    with pytest.raises(ProviderError, match="not offered"):
        await read(build_openai({"structured": "json_object"}), TOOL_REQUEST)

    assert not server.calls
