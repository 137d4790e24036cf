"""Chat completions of the provider `openai`: tools, modes, and tokens that are told in several ways."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import respx

from sandbox.bundled.providers.openai import OpenAIProvider, build_openai
from sandbox.domain.exchange import FinishReason, Message, Request, Role, StructuredMode, Usage
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.transport import chat_completion

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "maxLength": 20}},
    "required": ["word"],
    "additionalProperties": False,
}
REQUEST = Request(
    model="gpt-test",
    messages=(
        Message(role=Role.SYSTEM, content="You help teachers."),
        Message(role=Role.USER, content="Name a fruit."),
    ),
)


@pytest.fixture
async def provider() -> AsyncIterator[OpenAIProvider]:
    """The provider for the vendor's server."""
    built = build_openai({})
    yield built
    await built.aclose()


def sent(route: respx.Route) -> Any:
    """The body of the one request that a route saw."""
    assert route.call_count == 1
    return json.loads(route.calls.last.request.content)


@pytest.mark.anyio
async def test_a_tool_is_forced_and_its_arguments_are_the_text(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """One tool that must be called once; what the model says beside it is not the answer."""
    body = chat_completion("Here you are:", finish_reason="tool_calls")
    call = {"id": "1", "type": "function", "function": {"name": "fruit", "arguments": '{"word": "pear"}'}}
    body["choices"][0]["message"]["tool_calls"] = [call, call]  # type: ignore[index]  # it is JSON
    route = server.post("/chat/completions").respond(json=body)
    request = REQUEST.model_copy(
        update={"output_schema": SCHEMA, "output_name": "fruit", "structured": StructuredMode.TOOL}
    )

    completion = await provider.complete(request)

    assert completion.text == '{"word": "pear"}'
    assert completion.finish_reason is FinishReason.STOP
    told = sent(route)
    assert told["tools"] == [
        {"type": "function", "function": {"name": "fruit", "parameters": SCHEMA, "strict": True}}
    ]
    assert (told["tool_choice"], told["parallel_tool_calls"]) == ("required", False)
    assert "response_format" not in told


@pytest.mark.anyio
async def test_a_tool_that_was_not_called_leaves_what_was_said(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """Some servers pass over a tool that they should force; then the text is for others to judge."""
    server.post("/chat/completions").respond(json=chat_completion("A pear."))
    request = REQUEST.model_copy(update={"output_schema": SCHEMA, "structured": StructuredMode.TOOL})

    assert (await provider.complete(request)).text == "A pear."


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("given", "offered", "wanted"),
    [
        ("native", "'native' or 'tool' or 'json_object' or 'prompt'", StructuredMode.GRAMMAR),
        ("json_object", "'json_object' or 'prompt'", StructuredMode.NATIVE),
    ],
)
async def test_a_mode_that_is_not_offered_is_refused_rather_than_forgotten(
    server: respx.MockRouter, given: str, offered: str, wanted: StructuredMode
) -> None:
    """What cannot be kept is not sent as if it did not matter."""
    request = REQUEST.model_copy(update={"output_schema": SCHEMA, "structured": wanted})

    with pytest.raises(ProviderError, match=offered) as caught:
        await build_openai({"structured": given}).complete(request)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert server.calls.call_count == 0


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("counted", "usage"),
    [
        (
            {
                "prompt_tokens": 12,
                "completion_tokens": 30,
                "total_tokens": 42,
                "completion_tokens_details": {"reasoning_tokens": 20},
            },
            Usage(input_tokens=12, output_tokens=30, reasoning_tokens=20),
        ),
        (
            {"prompt_tokens": 20, "completion_tokens": 198, "total_tokens": 623},
            Usage(input_tokens=20, output_tokens=603, reasoning_tokens=405),
        ),
        ({"prompt_tokens": 21, "total_tokens": 21}, Usage(input_tokens=21)),
        ({"prompt_tokens": 21}, Usage(input_tokens=9, output_tokens=2, is_estimated=True)),
    ],
    ids=["within the output", "only in the total", "nothing came out", "half of it"],
)
async def test_tokens_that_were_only_thought_are_counted(
    server: respx.MockRouter, provider: OpenAIProvider, counted: dict[str, object], usage: Usage
) -> None:
    """They are paid for, whether a service counts them within the output or in the total alone."""
    server.post("/chat/completions").respond(json=chat_completion("A pear.", usage=counted))

    assert (await provider.complete(REQUEST)).usage == usage


@pytest.mark.anyio
async def test_of_an_answer_in_parts_the_texts_are_read(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """Mistral's reasoning models send their thoughts beside them."""
    body = chat_completion("")
    body["choices"][0]["message"]["content"] = [  # type: ignore[index]  # it is JSON
        {"type": "thinking", "thinking": [{"type": "text", "text": "Fruit?"}]},
        {"type": "text", "text": "A "},
        {"type": "text", "text": "pear."},
    ]
    server.post("/chat/completions").respond(json=body)

    assert (await provider.complete(REQUEST)).text == "A pear."
