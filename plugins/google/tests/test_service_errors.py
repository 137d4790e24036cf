"""What becomes of the ways in which the Gemini API gives no answer."""

import ssl
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest
from sandbox_google.provider import GoogleProvider, build_google
from sandbox_google.rehearsal import REHEARSAL
from sandbox_google.service_errors import ErrorReader

from sandbox.contracts.rehearsal import HttpReply, RehearsedError
from sandbox.contracts.service_errors import ServiceErrors
from sandbox.domain.exchange import Message, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import BROKEN_CONNECTION, Conduct, RehearsalServer, Share

STUDENT = "Rosalind Quillfeather"
REQUEST = Request(
    model="gemini-3.8-flash",
    messages=(Message(role=Role.USER, content=f"{STUDENT} wrote this."),),
    timeout_seconds=10,
)
TYPE = "type.googleapis.com/google.rpc."


def error_reply(
    status: int, name: str, message: str = "No.", *details: Mapping[str, Any], is_list: bool = False
) -> HttpReply:
    """An error as the service writes it; in a list, as it does for some streams."""
    body = {"error": {"code": status, "message": message, "status": name, "details": details}}
    return HttpReply.of([body] if is_list else body, status=status)


async def caught(provider: GoogleProvider) -> ProviderError:
    """The error of one request."""
    with pytest.raises(ProviderError) as raised:
        await provider.complete(REQUEST)
    return raised.value


async def caught_in_stream(provider: GoogleProvider) -> ProviderError:
    """The error of one request whose answer is streamed."""
    with pytest.raises(ProviderError) as raised:
        _ = [event async for event in provider.stream(REQUEST)]
    return raised.value


@pytest.mark.anyio
@pytest.mark.parametrize("rehearsed", REHEARSAL.errors, ids=lambda each: each.name)
async def test_each_error_has_its_kind(
    server: RehearsalServer, provider: GoogleProvider, rehearsed: RehearsedError
) -> None:
    """With and without streaming, after one call each."""
    server.conduct = Conduct(reply=rehearsed.reply)

    errors = [await caught(provider), await caught_in_stream(provider)]

    for error in errors:
        assert error.kind is rehearsed.kind
        assert error.retry_after_seconds == rehearsed.retry_after_seconds
    assert len(server.calls) == 2


@pytest.mark.anyio
async def test_nothing_that_the_service_says_is_repeated(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """The service itself repeats the key in its details, and may repeat the prompt in its message."""
    echo = {"@type": f"{TYPE}DebugInfo", "detail": "Invalid API key: invented-key-8Zq"}
    field = {"field": f"contents[0] {STUDENT}", "description": STUDENT}
    violation = {"@type": f"{TYPE}BadRequest", "fieldViolations": [field]}
    server.conduct = Conduct(reply=error_reply(400, "INVALID_ARGUMENT", STUDENT, echo, violation))

    errors = [await caught(provider), await caught_in_stream(provider)]

    for error in errors:
        assert error.kind is ErrorKind.INVALID_REQUEST
        assert error.__suppress_context__
        assert "invented-key" not in str(error)
        assert STUDENT not in str(error)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (error_reply(429, "RESOURCE_EXHAUSTED", is_list=True), ErrorKind.RATE_LIMIT),
        (error_reply(401, "UNAUTHENTICATED"), ErrorKind.AUTHENTICATION),
        (error_reply(499, "CANCELLED"), ErrorKind.TRANSIENT),
        (HttpReply(status=502, body=b"<html>Bad gateway</html>"), ErrorKind.TRANSIENT),
        (HttpReply(status=403, body=b"<html>Blocked</html>"), ErrorKind.AUTHENTICATION),
        (HttpReply.of("no object", status=404), ErrorKind.UNKNOWN_MODEL),
        (HttpReply.of({"error": "no object"}, status=429), ErrorKind.RATE_LIMIT),
        (HttpReply.of({"error": {"details": "no list"}}, status=429), ErrorKind.RATE_LIMIT),
        (HttpReply(status=302, headers={"location": "/elsewhere"}), ErrorKind.BAD_RESPONSE),
        (HttpReply(status=204), ErrorKind.BAD_RESPONSE),
    ],
)
async def test_errors_of_other_shapes_have_a_kind_too(
    server: RehearsalServer, provider: GoogleProvider, reply: HttpReply, kind: ErrorKind
) -> None:
    """What stands between a school and the service has its own way of writing errors."""
    server.conduct = Conduct(reply=reply)

    errors = [await caught(provider), await caught_in_stream(provider)]

    assert [error.kind for error in errors] == [kind, kind]
    assert len(server.calls) == 2


@pytest.mark.anyio
async def test_a_header_may_say_how_long_to_wait(server: RehearsalServer, provider: GoogleProvider) -> None:
    """If the service says nothing of it in the body."""
    reply = HttpReply.of({}, status=503, headers={"retry-after": "9"})
    server.conduct = Conduct(reply=reply)

    error = await caught(provider)

    assert error.retry_after_seconds == 9


@pytest.mark.anyio
@pytest.mark.parametrize(
    "message",
    [
        "Unknown name \"responseJsonSchema\" at 'generation_config': Cannot find field.",
        "JSON mode is not enabled for this model.",
    ],
)
async def test_a_refused_schema_is_answered_with_what_to_set(
    server: RehearsalServer, provider: GoogleProvider, message: str
) -> None:
    """The option `structured` is the way out."""
    server.conduct = Conduct(reply=error_reply(400, "INVALID_ARGUMENT", message))

    error = await caught(provider)

    assert error.kind is ErrorKind.INVALID_REQUEST
    assert 'structured = "json_object"' in str(error)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome to the guest network</html>",
        b'{"candidates": [{"content": {"parts": [{"text": "A pe',
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"candidates": []}',
        b'{"candidates": [{"content": {"parts": [{"text": "A pear."}]}}]}',
        b'{"candidates": "none"}',
        b'{"candidates": [{"finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": -1}}',
    ],
)
async def test_a_reply_that_is_no_answer_is_bad(
    server: RehearsalServer, provider: GoogleProvider, body: bytes
) -> None:
    """Even if its status says that all is well, and even if only the end is missing."""
    server.conduct_next(
        Conduct(reply=HttpReply(headers={"content-type": "application/json"}, body=body)),
    )

    error = await caught(provider)

    assert error.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        (b"data: <html>\n\n", ErrorKind.BAD_RESPONSE),
        (b"data: null\n\n", ErrorKind.BAD_RESPONSE),
        (b'data: {"candidates": "none"}\n\n', ErrorKind.BAD_RESPONSE),
        (b'data: {"error": {"message": "no code"}}\n\n', ErrorKind.BAD_RESPONSE),
        (b'data: {"error": {"code": 503, "status": "UNAVAILABLE"}}\n\n', ErrorKind.TRANSIENT),
    ],
)
async def test_a_stream_can_go_wrong_on_the_way(
    server: RehearsalServer, provider: GoogleProvider, piece: bytes, kind: ErrorKind
) -> None:
    """After a piece that was well, nonsense or an error may follow."""
    well = b'data: {"candidates": [{"content": {"parts": [{"text": "A"}]}}]}\n\n'
    server.conduct_next(Conduct(reply=HttpReply(pieces=(well, piece))))

    error = await caught_in_stream(provider)

    assert error.kind is kind
    assert len(server.calls) == 1


@pytest.mark.anyio
async def test_a_stream_without_an_end_is_no_answer(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """Pieces alone are not enough: the model must have come to an end."""
    server.conduct_next(Conduct(share=Share.ALL_BUT_THE_LAST))

    error = await caught_in_stream(provider)

    assert error.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_a_broken_connection_is_not_tried_again(
    server: RehearsalServer, provider: GoogleProvider
) -> None:
    """The SDK would wait for some seconds and call once more."""
    server.conduct = BROKEN_CONNECTION

    error = await caught(provider)

    assert error.kind is ErrorKind.TRANSIENT
    assert len(server.calls) == 1


@pytest.mark.anyio
async def test_a_service_that_is_not_there_is_unreachable(server: RehearsalServer) -> None:
    """Its address is named, so that it can be looked at."""
    provider = build_google({"base_url": server.url})
    server.close()

    error = await caught(provider)

    await provider.aclose()
    assert error.kind is ErrorKind.TRANSIENT
    assert server.url.removeprefix("http://") in str(error)


def test_a_distrusted_certificate_will_not_mend_itself() -> None:
    """A network that looks into what is sent has a certificate of its own."""
    reader = ErrorReader(
        errors=ServiceErrors(service="Gemini", model="gemini-3.8-flash"), timeout_seconds=1
    )

    with pytest.raises(ProviderError, match="SSL_CERT_FILE") as raised, reader.in_our_words():
        raise httpx2.ConnectError("no") from ssl.SSLCertVerificationError("self-signed")

    assert raised.value.kind is ErrorKind.UNAVAILABLE
