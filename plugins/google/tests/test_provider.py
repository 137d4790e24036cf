"""The provider `google` against a server that answers as the Gemini API does."""

import asyncio
from typing import Any

import pytest
from sandbox_google.provider import GoogleProvider, build_google

from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import (
    FinishReason,
    Message,
    Request,
    Role,
    Settings,
    StreamEnd,
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

SCHEMA = {
    "type": "object",
    "properties": {"word_count": {"type": "integer", "minimum": 1}},
    "required": ["word_count"],
}
REQUEST = Request(
    model="gemini-3.8-flash",
    messages=(
        Message(role=Role.SYSTEM, content="You help teachers."),
        Message(role=Role.USER, content="Name a fruit."),
    ),
    settings=Settings(max_output_tokens=50),
    timeout_seconds=10,
)


def answer(*parts: dict[str, Any], finish_reason: str = "STOP", **more: object) -> Conduct:
    """A server that answers with these parts."""
    candidate = {"content": {"parts": list(parts), "role": "model"}, "finishReason": finish_reason}
    return Conduct(reply=HttpReply.of({"candidates": [candidate], **more}))


def sent_config(server: RehearsalServer) -> Any:
    """The settings of the one call that the server saw."""
    (call,) = server.calls
    return call.json["generationConfig"]


@pytest.mark.anyio
async def test_an_answer_becomes_a_completion(server: RehearsalServer, provider: GoogleProvider) -> None:
    """Text, model, tokens, reason to stop, time and id are told as the service told them."""
    counted = {
        "promptTokenCount": 12,
        "candidatesTokenCount": 3,
        "thoughtsTokenCount": 40,
        "cachedContentTokenCount": 8,
        "totalTokenCount": 55,
    }
    server.conduct_next(
        answer(
            {"text": "Hm, a fruit.", "thought": True},
            {"text": "A ", "thoughtSignature": "c2lnbmVk"},
            {"text": "pear."},
            usageMetadata=counted,
            modelVersion="gemini-3.8-flash-001",
            responseId="r7",
            aNewField={"of": "tomorrow"},
        )
    )

    completion = await provider.complete(REQUEST)

    assert completion.text == "A pear."
    assert completion.model_served == "gemini-3.8-flash-001"
    assert completion.usage == Usage(
        input_tokens=12, output_tokens=43, cached_input_tokens=8, reasoning_tokens=40
    )
    assert completion.finish_reason is FinishReason.STOP
    assert completion.latency_seconds > 0
    assert completion.request_id == "r7"
    assert completion.cost_usd is None


@pytest.mark.anyio
async def test_a_plain_request_sends_nothing_but_what_is_set(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """Settings that are None do not go out; the key goes out in a header and not in the address."""
    await provider.complete(REQUEST)

    (call,) = server.calls
    system = call.json["systemInstruction"]["parts"]
    assert call.path == "/v1/models/gemini-3.8-flash:generateContent"
    assert call.headers["x-goog-api-key"] == "invented-key-8Zq"
    assert system == [{"text": "You help teachers."}]
    assert call.json["contents"] == [{"role": "user", "parts": [{"text": "Name a fruit."}]}]
    assert call.json["generationConfig"] == {"maxOutputTokens": 50}
    assert set(call.json) == {"systemInstruction", "contents", "generationConfig"}


@pytest.mark.anyio
async def test_a_conversation_keeps_its_order(server: RehearsalServer, provider: GoogleProvider) -> None:
    """What the model said before goes out under the role that Gemini has for it; so do all settings."""
    turns = (Role.USER, Role.ASSISTANT, Role.USER)
    request = REQUEST.model_copy(
        update={
            "messages": tuple(Message(role=role, content=str(n)) for n, role in enumerate(turns)),
            "settings": Settings(max_output_tokens=50, temperature=0, top_p=0.5, seed=7),
        }
    )

    await provider.complete(request)

    said = [(each["role"], each["parts"][0]["text"]) for each in server.calls[0].json["contents"]]
    assert said == [("user", "0"), ("model", "1"), ("user", "2")]
    assert sent_config(server) == {"maxOutputTokens": 50, "temperature": 0, "topP": 0.5, "seed": 7}
    assert "systemInstruction" not in server.calls[0].json


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (
            StructuredMode.NATIVE,
            {
                "responseMimeType": "application/json",
                "responseJsonSchema": {**SCHEMA, "propertyOrdering": ["word_count"]},
            },
        ),
        (StructuredMode.JSON_OBJECT, {"responseMimeType": "application/json"}),
        (StructuredMode.PROMPT, {}),
    ],
)
async def test_each_structured_mode_sends_what_it_should(
    server: RehearsalServer,
    provider: GoogleProvider,
    mode: StructuredMode,
    expected: dict[str, object],
) -> None:
    """Only `native` sends the schema, and names of properties go out as they are."""
    request = REQUEST.model_copy(update={"output_schema": SCHEMA, "structured": mode})

    await provider.complete(request)

    assert sent_config(server) == {"maxOutputTokens": 50, **expected}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"structured": StructuredMode.GRAMMAR, "output_schema": SCHEMA}, ErrorKind.INVALID_REQUEST),
        ({"structured": StructuredMode.TOOL, "output_schema": SCHEMA}, ErrorKind.INVALID_REQUEST),
        ({"messages": REQUEST.messages[:1]}, ErrorKind.INVALID_REQUEST),
        ({"model": "../files?x=1"}, ErrorKind.UNKNOWN_MODEL),
    ],
)
async def test_what_cannot_be_asked_is_refused_here(
    server: RehearsalServer, provider: GoogleProvider, change: dict[str, object], kind: ErrorKind
) -> None:
    """A mode that is not offered, no message of a user, a name that leads elsewhere: no call is made."""
    with pytest.raises(ProviderError) as caught:
        await provider.complete(REQUEST.model_copy(update=change))

    assert caught.value.kind is kind
    assert not server.calls


@pytest.mark.anyio
async def test_a_way_that_the_options_rule_out_is_refused(server: RehearsalServer) -> None:
    """Whoever set `prompt` sends no schema."""
    provider = build_google({"base_url": server.url, "structured": "prompt"})
    request = REQUEST.model_copy(update={"output_schema": SCHEMA, "structured": StructuredMode.NATIVE})

    with pytest.raises(ProviderError, match="it offers prompt") as caught:
        await provider.complete(request)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("STOP", FinishReason.STOP),
        ("MAX_TOKENS", FinishReason.LENGTH),
        ("CONTINUATION", FinishReason.LENGTH),
        ("SAFETY", FinishReason.CONTENT_FILTER),
        ("SPII", FinishReason.CONTENT_FILTER),
        ("LANGUAGE", FinishReason.UNKNOWN),
        ("A_REASON_OF_TOMORROW", FinishReason.UNKNOWN),
    ],
)
async def test_reasons_to_stop_are_told_apart(
    server: RehearsalServer, provider: GoogleProvider, said: str, expected: FinishReason
) -> None:
    """An answer that is cut off or filtered is no whole one; a reason that is not known stays unknown."""
    server.conduct_next(answer({"text": "A pear."}, finish_reason=said))

    completion = await provider.complete(REQUEST)

    assert completion.finish_reason is expected


@pytest.mark.anyio
async def test_an_unfinished_answer_is_not_continued(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """The SDK would ask again with the token; here a request is one call."""
    candidate = {
        "content": {"parts": [{"text": "A"}]},
        "finishReason": "CONTINUATION",
        "continuationToken": "dG9rZW4=",
    }
    whole = HttpReply.of({"candidates": [candidate]})
    streamed = HttpReply(pieces=(b"data: " + whole.body + b"\r\n\r\n",))
    server.conduct_next(Conduct(reply=whole), Conduct(reply=streamed))

    completion = await provider.complete(REQUEST)
    *_, end = [event async for event in provider.stream(REQUEST)]

    assert isinstance(end, StreamEnd)
    assert completion.text == end.completion.text == "A"
    assert end.completion.finish_reason is FinishReason.LENGTH
    assert len(server.calls) == 2


@pytest.mark.anyio
async def test_tokens_are_estimated_if_the_service_counts_none(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """A guess says that it is one."""
    server.conduct_next(answer({"text": "A pear."}))

    completion = await provider.complete(REQUEST)

    assert completion.usage.is_estimated
    assert completion.usage.output_tokens > 0


@pytest.mark.anyio
async def test_a_stream_gives_the_pieces_and_then_the_whole(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """The pieces put together are the text of the completion that ends the stream."""
    server.says = saying("A pear, naturally.", finish_reason=FinishReason.LENGTH)

    *deltas, end = [event async for event in provider.stream(REQUEST)]

    (call,) = server.calls
    assert call.path == "/v1/models/gemini-3.8-flash:streamGenerateContent?alt=sse"
    assert len(deltas) > 1
    assert isinstance(end, StreamEnd)
    assert "".join(each.text for each in deltas if isinstance(each, TextDelta)) == "A pear, naturally."
    assert end.completion.text == "A pear, naturally."
    assert end.completion.finish_reason is FinishReason.LENGTH
    assert not end.completion.usage.is_estimated


@pytest.mark.anyio
async def test_thoughts_are_not_streamed(server: RehearsalServer, provider: GoogleProvider) -> None:
    """What a model thinks on the way is no part of its answer."""
    thought = {"candidates": [{"content": {"parts": [{"text": "Hm.", "thought": True}]}}]}
    text = {"candidates": [{"content": {"parts": [{"text": "A pear."}]}, "finishReason": "STOP"}]}
    pieces = tuple(b"data: " + HttpReply.of(each).body + b"\n\n" for each in (thought, text))
    server.conduct_next(Conduct(reply=HttpReply(pieces=pieces)))

    events = [event async for event in provider.stream(REQUEST)]

    assert events[:-1] == [TextDelta("A pear.")]


@pytest.mark.anyio
async def test_leaving_a_stream_early_frees_the_connection(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """The service sees at once that nobody listens any more."""
    server.conduct_next(Conduct(share=Share.HALF, ending=Ending.HANG))
    stream = provider.stream(REQUEST)
    await anext(stream)

    await stream.aclose()

    assert await asyncio.to_thread(server.wait_for_departures, 1, timeout_seconds=5)


@pytest.mark.anyio
async def test_a_cancelled_request_frees_the_connection(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """Cancelling passes through, and the next request is answered."""
    server.conduct_next(SILENCE)
    asked = asyncio.create_task(provider.complete(REQUEST))
    await asyncio.to_thread(server.wait_for_calls, 1, timeout_seconds=10)

    asked.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asked
    assert await asyncio.to_thread(server.wait_for_departures, 1, timeout_seconds=5)
    assert (await provider.complete(REQUEST)).text


@pytest.mark.anyio
@pytest.mark.parametrize(
    "conduct",
    [SILENCE, Conduct(share=Share.HALF, ending=Ending.HANG), Conduct(pauses_seconds=0.25)],
    ids=["silent", "stalled", "slow"],
)
async def test_time_runs_out_in_a_stream_too(
    server: RehearsalServer, provider: GoogleProvider, conduct: Conduct
) -> None:
    """The time is that of the whole answer, not that between two pieces; the service is told it as well."""
    server.conduct_next(conduct)

    with pytest.raises(ProviderError) as caught:
        _ = [event async for event in provider.stream(REQUEST.model_copy(update={"timeout_seconds": 0.5}))]

    assert caught.value.kind is ErrorKind.TIMEOUT
    assert server.calls[0].headers["x-server-timeout"] == "1"


def test_one_provider_serves_one_event_loop_after_another(server: RehearsalServer) -> None:
    """A loop takes its connections with it; warnings of sockets that stay behind would fail this test."""
    provider = build_google({"base_url": server.url})

    texts = [asyncio.run(provider.complete(REQUEST)).text for _ in range(3)]

    assert texts == ["Good day to you."] * 3


@pytest.mark.anyio
async def test_closing_is_no_end(provider: GoogleProvider) -> None:
    """Closing twice does nothing, and a request after it opens a connection anew."""
    await provider.complete(REQUEST)
    await provider.aclose()
    await provider.aclose()

    assert (await provider.complete(REQUEST)).text == "Good day to you."
