"""The provider, asked for an answer while it is being written."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import pytest
from sandbox_openai_http.provider import OpenAIHttpProvider, build_openai_http
from sandbox_openai_http.rehearsal import REHEARSAL

from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    Request,
    Role,
    StreamEnd,
    StreamEvent,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing import RehearsalServer
from sandbox.testing.providers.rehearsal_server import SILENCE, Conduct, Ending, Share, saying

REQUEST = Request(
    model="small", messages=(Message(role=Role.USER, content="Name a fruit."),), timeout_seconds=10
)
STREAM = {"content-type": "text/event-stream"}


def chunk(text: str, finish_reason: str | None = None) -> bytes:
    """A line of data with a piece of text."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish_reason}
    return f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}".encode()


def stream(provider: OpenAIHttpProvider, request: Request = REQUEST) -> AsyncGenerator[StreamEvent, None]:
    """The stream as the generator that it is, which can be closed."""
    return cast("AsyncGenerator[StreamEvent, None]", provider.stream(request))


async def streamed(provider: OpenAIHttpProvider, request: Request = REQUEST) -> tuple[str, Completion]:
    """The pieces of a stream put together, and its end."""
    *pieces, end = [event async for event in stream(provider, request)]
    assert isinstance(end, StreamEnd)
    return "".join(piece.text for piece in pieces if isinstance(piece, TextDelta)), end.completion


async def failed(provider: OpenAIHttpProvider, request: Request = REQUEST) -> ProviderError:
    """The error with which a stream ends."""
    with pytest.raises(ProviderError) as caught:
        await streamed(provider, request)
    return caught.value


@pytest.mark.anyio
async def test_a_stream_gives_what_is_given_at_once(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """All but the time that it took is the same."""
    service.says = saying("A pear, or two pêches. 🍑", finish_reason=FinishReason.LENGTH)

    whole = await provider.complete(REQUEST)
    text, end = await streamed(provider)

    assert text == "A pear, or two pêches. 🍑"
    assert end.latency_seconds > 0
    assert end.model_copy(update={"latency_seconds": whole.latency_seconds}) == whole


@pytest.mark.anyio
async def test_bytes_that_are_cut_anywhere_make_the_same_answer(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """With comments between, lines that end as in Windows, and letters torn apart."""
    told = b"\r\n\r\n".join([b": ping", chunk("Grö"), chunk("ße", "stop"), b"data: [DONE]", b""])
    pieces = tuple(told[start : start + 3] for start in range(0, len(told), 3))
    service.conduct_next(Conduct(reply=HttpReply(headers=STREAM, pieces=pieces)))

    text, end = await streamed(provider)

    assert text == end.text == "Größe"
    assert end.usage.is_estimated


@pytest.mark.anyio
async def test_a_stream_needs_no_last_word_if_it_says_why_it_ended(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """Some servers end without [DONE], or without the last empty line."""
    reply = HttpReply(headers=STREAM, body=chunk("A pear.", "stop"))
    service.conduct_next(Conduct(reply=reply))

    text, _ = await streamed(provider)

    assert text == "A pear."


@pytest.mark.anyio
async def test_one_connection_serves_stream_after_stream(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """The end of the reply is read, though it comes after the last word, so that the connection is free."""
    pieces = (chunk("A pear.", "stop") + b"\n\ndata: [DONE]\n\n", b"\n")
    service.conduct = Conduct(reply=HttpReply(headers=STREAM, pieces=pieces), pauses_seconds=0.02)

    for _ in range(3):
        await streamed(provider)

    assert service.connections == 1


@pytest.mark.anyio
async def test_a_server_that_lingers_after_its_last_word_holds_nobody_up(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """All was said, so that it is an answer."""
    pieces = (chunk("A pear.", "stop") + b"\n\ndata: [DONE]\n\n", b"\n")
    reply = HttpReply(headers=STREAM, pieces=pieces)
    service.conduct_next(Conduct(reply=reply, share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG))

    text, _ = await asyncio.wait_for(streamed(provider), timeout=5)

    assert text == "A pear."
    assert await asyncio.to_thread(service.wait_for_departures, 1, timeout_seconds=5)


@pytest.mark.anyio
async def test_a_server_that_does_not_stream_is_heard_all_the_same(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """It sends the whole answer as JSON."""
    choice = {"message": {"content": "A pear."}, "finish_reason": "stop"}
    service.conduct_next(Conduct(reply=HttpReply.of({"choices": [choice]})))

    text, end = await streamed(provider)

    assert text == end.text == "A pear."


@pytest.mark.anyio
@pytest.mark.parametrize("rehearsed", REHEARSAL.errors, ids=lambda each: each.name)
async def test_every_error_of_the_servers_is_the_same_in_a_stream(
    service: RehearsalServer, provider: OpenAIHttpProvider, rehearsed: object
) -> None:
    """Kind, status and time to wait are those that `complete` tells."""
    service.conduct = Conduct(reply=rehearsed.reply)  # type: ignore[attr-defined]  # pytest gives objects

    with pytest.raises(ProviderError) as caught:
        await provider.complete(REQUEST)
    error = await failed(provider)

    assert error.kind is caught.value.kind is rehearsed.kind  # type: ignore[attr-defined]  # likewise
    assert str(error) == str(caught.value)
    assert error.status == caught.value.status
    assert error.retry_after_seconds == caught.value.retry_after_seconds


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b'data: {"error": {"code": 500, "message": "pears"}}', ErrorKind.TRANSIENT),
        (b'error: {"code": 500, "message": "pears"}', ErrorKind.TRANSIENT),
        (b'data: {"object": "error", "code": 500, "message": "pears"}', ErrorKind.TRANSIENT),
        (b'data: {"error": {"type": "exceed_context_size_error"}}', ErrorKind.CONTEXT_LENGTH),
        (b'data: {"error": "pears"}', ErrorKind.BAD_RESPONSE),
        (b"data: pears", ErrorKind.BAD_RESPONSE),
        (b"data: [DONE]", ErrorKind.BAD_RESPONSE),
        (b"", ErrorKind.BAD_RESPONSE),
    ],
)
async def test_a_stream_that_goes_wrong_is_no_short_answer(
    service: RehearsalServer, provider: OpenAIHttpProvider, line: bytes, kind: ErrorKind
) -> None:
    """Whatever was said before; and its words are not repeated."""
    body = chunk("A pear.") + b"\n\n" + line + b"\n\n"
    service.conduct_next(Conduct(reply=HttpReply(headers=STREAM, body=body)))

    error = await failed(provider)

    assert error.kind is kind
    assert "pear" not in str(error)


@pytest.mark.anyio
@pytest.mark.parametrize("share", [Share.NOTHING, Share.HEADERS, Share.HALF])
async def test_the_time_limit_holds_for_the_whole_stream(
    service: RehearsalServer, provider: OpenAIHttpProvider, share: Share
) -> None:
    """Wherever it stops, and the connection is given up."""
    service.conduct_next(Conduct(share=share, ending=Ending.HANG))

    error = await failed(provider, REQUEST.model_copy(update={"timeout_seconds": 0.3}))

    assert error.kind is ErrorKind.TIMEOUT
    assert await asyncio.to_thread(service.wait_for_departures, 1, timeout_seconds=5)


@pytest.mark.anyio
async def test_the_time_limit_does_not_strike_while_the_caller_holds_a_piece(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """What the caller does between two pieces is not cancelled from here."""
    service.conduct_next(Conduct(share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG))

    request = REQUEST.model_copy(update={"timeout_seconds": 0.2})
    async with aclosing(stream(provider, request)) as events:
        first = await anext(events)
        await asyncio.sleep(0.3)
        with pytest.raises(ProviderError) as caught:
            async for _ in events:
                pass

    assert isinstance(first, TextDelta)
    assert caught.value.kind is ErrorKind.TIMEOUT


@pytest.mark.anyio
async def test_cancelling_a_stream_frees_the_connection(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """Before its first piece, too."""
    service.conduct_next(SILENCE)
    task = asyncio.ensure_future(streamed(provider))
    assert await asyncio.to_thread(service.wait_for_calls, 1, timeout_seconds=5)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await asyncio.to_thread(service.wait_for_departures, 1, timeout_seconds=5)


@pytest.mark.anyio
async def test_a_stream_that_is_closed_early_hangs_up(
    service: RehearsalServer, provider: OpenAIHttpProvider
) -> None:
    """Whoever has read enough leaves the server free for others."""
    service.conduct_next(Conduct(share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG))
    events = stream(provider)

    first = await anext(events)
    await events.aclose()

    assert isinstance(first, TextDelta)
    assert await asyncio.to_thread(service.wait_for_departures, 1, timeout_seconds=5)


def test_a_loop_that_ends_amid_a_stream_leaves_nothing_open() -> None:
    """Python has nothing to warn of, and the next loop can ask."""

    async def begin(provider: OpenAIHttpProvider) -> StreamEvent:
        return await anext(stream(provider))

    with RehearsalServer(REHEARSAL) as service:
        service.conduct_next(Conduct(share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG))
        provider = build_openai_http({"base_url": f"{service.url}/v1"})

        first = asyncio.run(begin(provider))
        text, _ = asyncio.run(streamed(provider))

    assert isinstance(first, TextDelta)
    assert text == "Good day to you."
