"""The provider `bedrock` when an answer comes piece by piece."""

from collections.abc import AsyncIterator
from traceback import format_exception

import pytest
from sandbox_bedrock.event_stream import CONTENT_TYPE
from sandbox_bedrock.provider import BedrockProvider, build_bedrock
from sandbox_bedrock.rehearsal import REQUEST_ID, event, stream_error

from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import Request, StreamEnd, StreamEvent, StructuredMode, TextDelta, Usage
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import Conduct, RehearsalServer, saying

START = event("messageStart", {"role": "assistant"})
PIECE = event("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": "A pear."}})
STOP = event("messageStop", {"stopReason": "end_turn"})


def build_for(server: RehearsalServer, **options: str) -> BedrockProvider:
    """The provider, sent to the server; its keys come as AWS's own tools find them."""
    return build_bedrock({"region": "us-east-1", "base_url": server.url, **options})


def streamed(*pieces: bytes) -> Conduct:
    """A server that streams these."""
    return Conduct(reply=HttpReply(headers={"content-type": CONTENT_TYPE}, pieces=pieces))


async def read_stream(provider: BedrockProvider, request: Request) -> list[StreamEvent]:
    """All that a stream hands on."""
    return [event async for event in provider.stream(request)]


@pytest.fixture
async def provider(server: RehearsalServer) -> AsyncIterator[BedrockProvider]:
    """The provider, sent to the server."""
    built = build_for(server)
    yield built
    await built.aclose()


@pytest.mark.anyio
async def test_a_stream_brings_the_answer_piece_by_piece(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """The pieces make the whole, and the last event is the completion, with the service's own count."""
    server.says = saying("An apple, or perhaps a pear.", input_tokens=12, output_tokens=9)

    *pieces, end = await read_stream(provider, request_for_fruit)

    assert server.calls[0].path.endswith("/converse-stream")
    assert len(pieces) > 1
    assert "".join(piece.text for piece in pieces if isinstance(piece, TextDelta)) == (
        "An apple, or perhaps a pear."
    )
    assert isinstance(end, StreamEnd)
    assert end.completion.usage == Usage(input_tokens=12, output_tokens=9)
    assert end.completion.request_id == REQUEST_ID


@pytest.mark.anyio
async def test_a_stream_without_its_count_is_an_answer_all_the_same(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """Once the model has said that this is all, what is missing after it can be guessed."""
    server.conduct = streamed(START, PIECE, STOP)

    *_, end = await read_stream(provider, request_for_fruit)

    assert isinstance(end, StreamEnd)
    assert end.completion.text == "A pear."
    assert end.completion.usage.is_estimated


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("internalServerException", ErrorKind.TRANSIENT),
        ("modelStreamErrorException", ErrorKind.TRANSIENT),
        ("serviceUnavailableException", ErrorKind.TRANSIENT),
        ("throttlingException", ErrorKind.RATE_LIMIT),
        ("validationException", ErrorKind.CONTEXT_LENGTH),
    ],
)
async def test_an_error_amid_a_stream_has_its_kind(
    server: RehearsalServer,
    provider: BedrockProvider,
    request_for_fruit: Request,
    code: str,
    kind: ErrorKind,
) -> None:
    """What was handed on before stays handed on; the error's words are not the service's."""
    server.conduct = streamed(START, PIECE, stream_error(code, "Input is too long: Name a fruit."))
    pieces: list[StreamEvent] = []

    async def read() -> None:
        async for each in provider.stream(request_for_fruit):
            pieces.append(each)

    with pytest.raises(ProviderError) as caught:
        await read()

    assert caught.value.kind is kind
    assert pieces == [TextDelta("A pear.")]
    assert "Name a fruit" not in "".join(format_exception(caught.value))


@pytest.mark.anyio
@pytest.mark.parametrize(
    "pieces",
    [
        (START, PIECE),
        (START, PIECE[:-3]),
        (START, PIECE[:-1] + b"\x00"),
        (START, event("messageStop", {})),
        (b"<html>Please sign in to the network of your school.</html>",),
    ],
    ids=["no end", "half a message", "a wrong checksum", "an end without a reason", "a page in HTML"],
)
async def test_what_is_no_whole_stream_is_no_answer(
    server: RehearsalServer,
    provider: BedrockProvider,
    request_for_fruit: Request,
    pieces: tuple[bytes, ...],
) -> None:
    """A stream that stops early or is damaged is a `bad_response`, and not a short answer."""
    server.conduct = streamed(*pieces)

    with pytest.raises(ProviderError) as caught:
        await read_stream(provider, request_for_fruit)

    assert caught.value.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_an_undeclared_mode_is_refused_before_a_stream(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """`stream` keeps to what the card says, as `complete` does."""
    request = request_for_fruit.model_copy(
        update={"output_schema": {"type": "object"}, "structured": StructuredMode.NATIVE}
    )

    with pytest.raises(ProviderError) as caught:
        await read_stream(provider, request)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert server.calls == ()
