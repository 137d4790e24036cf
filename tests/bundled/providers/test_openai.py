"""The provider `openai` against a server that is not there."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import respx

from sandbox.bundled.providers.openai import OpenAIProvider, build_openai
from sandbox.domain.exchange import FinishReason, Message, Request, Role, Settings, StructuredMode, Usage
from sandbox.errors import ProviderError
from sandbox.testing.transport import chat_completion

LOCAL_URL = "http://localhost:8080/v1"
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
    settings=Settings(max_output_tokens=50),
)


@pytest.fixture
async def provider() -> AsyncIterator[OpenAIProvider]:
    """The provider for the vendor's server."""
    built = build_openai({})
    yield built
    await built.aclose()


@pytest.fixture
async def local_provider() -> AsyncIterator[OpenAIProvider]:
    """The provider for the server on this machine."""
    built = build_openai({"base_url": LOCAL_URL})
    yield built
    await built.aclose()


def sent(route: respx.Route) -> Any:
    """The body of the one request that a route saw."""
    assert route.call_count == 1
    return json.loads(route.calls.last.request.content)


@pytest.mark.anyio
async def test_an_answer_becomes_a_completion(server: respx.MockRouter, provider: OpenAIProvider) -> None:
    """Text, model, tokens, reason to stop, time and id are told as the service told them."""
    usage = {
        "prompt_tokens": 12,
        "completion_tokens": 3,
        "prompt_tokens_details": {"cached_tokens": 8},
    }
    server.post("/chat/completions").respond(
        json=chat_completion("A pear.", model="gpt-test-2026", usage=usage),
        headers={"x-request-id": "req_7"},
    )

    completion = await provider.complete(REQUEST)

    assert completion.text == "A pear."
    assert completion.model_served == "gpt-test-2026"
    assert completion.usage == Usage(input_tokens=12, output_tokens=3, cached_input_tokens=8)
    assert completion.finish_reason is FinishReason.STOP
    assert completion.latency_seconds > 0
    assert completion.request_id == "req_7"
    assert completion.cost_usd is None


@pytest.mark.anyio
async def test_a_plain_request_sends_nothing_but_what_is_set(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """Settings that are None do not go out, nor does the number of the repeat."""
    route = server.post("/chat/completions").respond(json=chat_completion("A pear."))

    await provider.complete(REQUEST)

    assert sent(route) == {
        "model": "gpt-test",
        "messages": [
            {"role": "system", "content": "You help teachers."},
            {"role": "user", "content": "Name a fruit."},
        ],
        "max_completion_tokens": 50,
        "store": False,
    }
    assert route.calls.last.request.headers["authorization"] == f"Bearer {os.environ['OPENAI_API_KEY']}"


@pytest.mark.anyio
async def test_a_structured_request_sends_the_strict_schema_and_every_setting(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """The schema goes out under its name, closed and strict."""
    route = server.post("/chat/completions").respond(json=chat_completion('{"word": "pear"}'))
    request = REQUEST.model_copy(
        update={
            "settings": Settings(max_output_tokens=50, temperature=0, top_p=0.5, seed=7),
            "output_schema": SCHEMA | {"required": [], "additionalProperties": True},
            "output_name": "fruit",
            "structured": StructuredMode.NATIVE,
        }
    )

    await provider.complete(request)

    body = sent(route)
    assert body.pop("messages")
    assert body == {
        "model": "gpt-test",
        "max_completion_tokens": 50,
        "store": False,
        "temperature": 0,
        "top_p": 0.5,
        "seed": 7,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "fruit", "schema": SCHEMA, "strict": True},
        },
    }


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("mode", "response_format"),
    [(StructuredMode.JSON_OBJECT, {"type": "json_object"}), (StructuredMode.PROMPT, None)],
)
async def test_weaker_modes_send_no_schema(
    server: respx.MockRouter,
    provider: OpenAIProvider,
    mode: StructuredMode,
    response_format: dict[str, str] | None,
) -> None:
    """In these modes the schema stands in the prompt."""
    route = server.post("/chat/completions").respond(json=chat_completion("{}"))
    request = REQUEST.model_copy(update={"output_schema": SCHEMA, "structured": mode})

    await provider.complete(request)

    assert sent(route).get("response_format") == response_format


@pytest.mark.anyio
async def test_another_server_gets_the_old_name_of_the_limit_and_no_real_key(
    local_server: respx.MockRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many servers know only `max_tokens`, and want no key."""
    monkeypatch.delenv("OPENAI_API_KEY")
    route = local_server.post("/chat/completions").respond(json=chat_completion("A pear."))
    provider = build_openai({"base_url": LOCAL_URL})

    await provider.complete(REQUEST)
    await provider.aclose()

    assert sent(route)["max_tokens"] == 50
    assert "max_completion_tokens" not in sent(route)
    assert route.calls.last.request.headers["authorization"] == "Bearer none"


@pytest.mark.anyio
async def test_tokens_that_nobody_counted_are_estimated(
    local_server: respx.MockRouter, local_provider: OpenAIProvider
) -> None:
    """Four bytes a token, rounded up, and marked as a guess."""
    local_server.post("/chat/completions").respond(json=chat_completion("A pear."))

    completion = await local_provider.complete(REQUEST)

    assert completion.usage == Usage(input_tokens=5 + 4, output_tokens=2, is_estimated=True)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("body", "text", "finish_reason", "refusal"),
    [
        (
            chat_completion('{"word": "pe', finish_reason="length"),
            '{"word": "pe',
            FinishReason.LENGTH,
            None,
        ),
        (chat_completion(None, refusal="I cannot."), "", FinishReason.STOP, "I cannot."),
        (chat_completion(""), "", FinishReason.STOP, None),
        (chat_completion(None, finish_reason="content_filter"), "", FinishReason.CONTENT_FILTER, None),
        (
            chat_completion(None, finish_reason="content_filter: SAFETY"),
            "",
            FinishReason.CONTENT_FILTER,
            None,
        ),
        (chat_completion("A", finish_reason="RECITATION"), "A", FinishReason.CONTENT_FILTER, None),
        (chat_completion("Hm.", finish_reason="model_length"), "Hm.", FinishReason.LENGTH, None),
        (chat_completion("Hm.", finish_reason="tool_calls"), "Hm.", FinishReason.UNKNOWN, None),
    ],
    ids=[
        "cut off",
        "refused",
        "empty",
        "filtered",
        "filtered, with why",
        "filtered, Gemini's word",
        "cut off, Mistral's word",
        "unknown reason",
    ],
)
async def test_an_answer_that_is_not_whole_is_told_as_it_is(
    server: respx.MockRouter,
    provider: OpenAIProvider,
    body: dict[str, object],
    text: str,
    finish_reason: FinishReason,
    refusal: str | None,
) -> None:
    """Cut off, refused, empty and filtered answers are completions: what they mean is not decided here."""
    server.post("/chat/completions").respond(json=body)

    completion = await provider.complete(REQUEST)

    assert (completion.text, completion.finish_reason, completion.refusal) == (text, finish_reason, refusal)


@pytest.mark.anyio
async def test_a_cancelled_request_is_cancelled(server: respx.MockRouter, provider: OpenAIProvider) -> None:
    """Cancelling is no error of the provider's, and the provider works on afterwards."""
    arrived = asyncio.Event()

    async def never_answers(request: httpx.Request) -> httpx.Response:
        arrived.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    route = server.post("/chat/completions").mock(side_effect=never_answers)
    task = asyncio.create_task(provider.complete(REQUEST))
    await arrived.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    route.side_effect = None
    route.respond(json=chat_completion("A pear."))
    assert (await provider.complete(REQUEST)).text == "A pear."


@pytest.mark.anyio
async def test_closing_twice_is_fine_and_the_next_request_opens_anew(server: respx.MockRouter) -> None:
    """`aclose` gives back what is held, whatever was held."""
    server.post("/chat/completions").respond(json=chat_completion("A pear."))
    provider = build_openai({})

    await provider.aclose()
    await provider.complete(REQUEST)
    await provider.aclose()
    await provider.aclose()
    completion = await provider.complete(REQUEST)
    await provider.aclose()

    assert completion.text == "A pear."


@pytest.mark.anyio
async def test_a_request_goes_to_no_other_server(
    server: respx.MockRouter, provider: OpenAIProvider
) -> None:
    """A redirect would carry the text to whoever it names."""
    elsewhere = "https://elsewhere.example.org/v1/chat/completions"
    taken = server.post(elsewhere).respond(json=chat_completion("Got it."))
    server.post("/chat/completions").respond(307, headers={"location": elsewhere})

    with pytest.raises(ProviderError, match="base_url") as caught:
        await provider.complete(REQUEST)

    assert caught.value.status == 307
    assert not taken.called


async def answer_one_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A real server's answer, for what a mock cannot show: the way that a request takes."""
    await reader.readuntil(b"\r\n\r\n")
    body = json.dumps(chat_completion("A pear.")).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


@pytest.mark.anyio
async def test_what_stays_on_this_machine_goes_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A school's proxy would read what is said to stay here."""
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with await asyncio.start_server(answer_one_request, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        provider = build_openai({"base_url": f"http://127.0.0.1:{port}/v1"})

        completion = await provider.complete(REQUEST)
        await provider.aclose()

    assert completion.text == "A pear."
