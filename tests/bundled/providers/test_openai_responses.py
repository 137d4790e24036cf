"""The provider `openai` on OpenAI's Responses API."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import respx

from sandbox.bundled.providers.openai import OpenAIProvider, build_openai
from sandbox.domain.exchange import (
    FinishReason,
    Settings,
    StructuredMode,
    Usage,
)
from sandbox.errors import ErrorKind, ProviderError
from tests.bundled.providers.responses_shapes import (
    CALL,
    REQUEST,
    SCHEMA,
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


def sent(route: respx.Route) -> Any:
    """The body of the one request that a route saw."""
    assert route.call_count == 1
    return json.loads(route.calls.last.request.content)


@pytest.mark.anyio
async def test_an_answer_becomes_a_completion(server: respx.MockRouter, provider: OpenAIProvider) -> None:
    """The texts of the messages are the answer; what was thought is counted and not shown."""
    server.post("/responses").respond(
        json=response(THOUGHT, message(text("A "), text("pear."))), headers={"x-request-id": "req_7"}
    )

    completion = await provider.complete(REQUEST)

    assert completion.text == "A pear."
    assert completion.model_served == "gpt-test-2026"
    assert completion.usage == Usage(
        input_tokens=12, output_tokens=30, cached_input_tokens=8, reasoning_tokens=20
    )
    assert completion.finish_reason is FinishReason.STOP
    assert completion.latency_seconds > 0
    assert completion.request_id == "req_7"


@pytest.mark.anyio
async def test_nothing_is_kept_at_the_service(server: respx.MockRouter, provider: OpenAIProvider) -> None:
    """Unless it is told not to, it keeps what a student wrote for a month. It knows no seed."""
    route = server.post("/responses").respond(json=response(message(text("A pear."))))
    settings = Settings(max_output_tokens=50, temperature=0, top_p=0.5, seed=7)

    await provider.complete(REQUEST.model_copy(update={"settings": settings}))

    assert sent(route) == {
        "model": "gpt-test",
        "input": [
            {"role": "system", "content": "You help teachers."},
            {"role": "user", "content": "Name a fruit."},
            {"role": "assistant", "content": "Stone?"},
            {"role": "user", "content": "A fruit."},
        ],
        "max_output_tokens": 50,
        "temperature": 0,
        "top_p": 0.5,
        "store": False,
    }
    assert not provider.describe("gpt-test").takes_seed


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        (
            StructuredMode.NATIVE,
            {
                "text": {
                    "format": {"type": "json_schema", "name": "fruit", "schema": SCHEMA, "strict": True}
                }
            },
        ),
        (
            StructuredMode.TOOL,
            {
                "tools": [{"type": "function", "name": "fruit", "parameters": SCHEMA, "strict": True}],
                "tool_choice": "required",
                "parallel_tool_calls": False,
            },
        ),
        (StructuredMode.JSON_OBJECT, {"text": {"format": {"type": "json_object"}}}),
        (StructuredMode.PROMPT, {}),
    ],
)
async def test_each_mode_asks_for_the_schema_in_its_way(
    server: respx.MockRouter, provider: OpenAIProvider, mode: StructuredMode, wanted: dict[str, object]
) -> None:
    """In the weaker ones the schema stands in the prompt."""
    route = server.post("/responses").respond(json=response(message(text("{}"))))

    await provider.complete(structured(mode))

    told = sent(route)
    for name in ("model", "input", "max_output_tokens", "store"):
        del told[name]
    assert told == wanted


@pytest.mark.anyio
async def test_the_arguments_of_a_tool_are_the_text(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """Of the first call alone, and not what is said beside them."""
    server.post("/responses").respond(
        json=response(THOUGHT, message(text("There.")), CALL, CALL | {"arguments": "{}"})
    )

    completion = await provider.complete(structured(StructuredMode.TOOL))

    assert completion.text == '{"word": "pear"}'
    assert completion.finish_reason is FinishReason.STOP


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("body", "said", "finish_reason", "refusal"),
    [
        (
            response(
                message(text("A pe")),
                status="incomplete",
                incomplete_details={"reason": "max_output_tokens"},
            ),
            "A pe",
            FinishReason.LENGTH,
            None,
        ),
        (
            response(THOUGHT, status="incomplete", incomplete_details={"reason": "content_filter"}),
            "",
            FinishReason.CONTENT_FILTER,
            None,
        ),
        (
            response(message(text("A")), status="incomplete", incomplete_details={"reason": "new"}),
            "A",
            FinishReason.UNKNOWN,
            None,
        ),
        (
            response(message({"type": "refusal", "refusal": "I cannot."})),
            "",
            FinishReason.STOP,
            "I cannot.",
        ),
    ],
    ids=["cut off", "filtered", "unknown reason", "refused"],
)
async def test_an_answer_that_is_not_whole_is_told_as_it_is(
    server: respx.MockRouter,
    provider: OpenAIProvider,
    body: dict[str, object],
    said: str,
    finish_reason: FinishReason,
    refusal: str | None,
) -> None:
    """What it means is not decided here."""
    server.post("/responses").respond(json=body)

    completion = await provider.complete(REQUEST)

    assert (completion.text, completion.finish_reason, completion.refusal) == (
        said,
        finish_reason,
        refusal,
    )


FAILED: dict[str, tuple[dict[str, object], ErrorKind]] = {
    "a fault of its own": ({"code": "server_error", "message": "A fruit."}, ErrorKind.TRANSIENT),
    "too many requests": ({"code": "rate_limit_exceeded", "message": "A fruit."}, ErrorKind.RATE_LIMIT),
    "a policy": ({"code": "bio_policy", "message": "A fruit."}, ErrorKind.CONTENT_FILTER),
    "something new": ({"code": "new", "message": "A fruit."}, ErrorKind.BAD_RESPONSE),
}


@pytest.mark.anyio
@pytest.mark.parametrize(("told", "kind"), FAILED.values(), ids=FAILED)
async def test_an_answer_that_failed_is_an_error(
    server: respx.MockRouter, provider: OpenAIProvider, told: dict[str, object], kind: ErrorKind
) -> None:
    """Its status is 200 all the same."""
    server.post("/responses").respond(
        json=response(status="failed", error=told), headers={"x-request-id": "req_9"}
    )

    with pytest.raises(ProviderError) as caught:
        await provider.complete(REQUEST)

    assert caught.value.kind is kind
    assert caught.value.request_id == "req_9"
    assert "fruit" not in str(caught.value)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "body", [{}, {"choices": []}, response(status="queued"), response(status="cancelled"), [1]]
)
async def test_what_is_no_answer_is_a_bad_response(
    server: respx.MockRouter, provider: OpenAIProvider, body: object
) -> None:
    """Also an answer that is not there yet: we never ask for it to be written later."""
    server.post("/responses").respond(json=body)

    with pytest.raises(ProviderError) as caught:
        await provider.complete(REQUEST)

    assert caught.value.kind is ErrorKind.BAD_RESPONSE
