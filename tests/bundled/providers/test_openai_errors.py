"""What the provider `openai` says when there is no answer."""

import ssl
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple

import httpcore2
import httpx
import httpx2
import openai
import pytest
import respx

from sandbox.bundled.providers.openai import VENDOR_URL, OpenAIProvider
from sandbox.bundled.providers.openai_errors import ErrorReader, retry_after_seconds
from sandbox.bundled.providers.server_address import ServerAddress
from sandbox.domain.exchange import Message, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.transport import chat_completion

KEY = "sk-invented-key-555-0100"
STUDENT_TEXT = "Mx. Example wrote about volcanoes."
REQUEST = Request(model="gpt-test", messages=(Message(role=Role.USER, content=STUDENT_TEXT),))
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


class Row(NamedTuple):
    """What the server does, and what is to be said of it."""

    effect: httpx.Response | Exception
    kind: ErrorKind
    says: str
    retry_after_seconds: float | None = None


def error(
    status: int,
    code: str | int | None = None,
    *,
    message: str = "",
    type: str = "an_error",  # noqa: A002 - the name that the services give it
    param: str | None = None,
    **headers: str,
) -> httpx.Response:
    """An error as services send it: its own sentence repeats the prompt and the key, as some do."""
    said = f"{message} You sent '{STUDENT_TEXT}' with {KEY}."
    body = {"message": said, "type": type, "code": code, "param": param}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json={"error": body}, headers=named)


ROWS = {
    "no valid key": Row(error(401, "invalid_api_key"), ErrorKind.AUTHENTICATION, "SCHOOL_KEY"),
    "not allowed": Row(error(403), ErrorKind.AUTHENTICATION, "what the key may do"),
    "unknown model": Row(error(404, "model_not_found"), ErrorKind.UNKNOWN_MODEL, "check the name"),
    "model not for you": Row(error(403, "model_not_found"), ErrorKind.UNKNOWN_MODEL, "gpt-test"),
    "unknown path": Row(httpx.Response(404, html="<h1>no</h1>"), ErrorKind.UNKNOWN_MODEL, "base_url"),
    "too many requests": Row(error(429, "rate_limit_exceeded"), ErrorKind.RATE_LIMIT, "max_concurrency"),
    "wait in seconds": Row(error(429, retry_after="7"), ErrorKind.RATE_LIMIT, "wait", 7),
    "wait in milliseconds": Row(
        error(429, retry_after_ms="250", retry_after="1"), ErrorKind.RATE_LIMIT, "wait", 0.25
    ),
    "no credit": Row(error(429, "insufficient_quota"), ErrorKind.QUOTA, "billing"),
    "no credit by type": Row(error(429, type="insufficient_quota"), ErrorKind.QUOTA, "billing"),
    "payment wanted": Row(error(402), ErrorKind.QUOTA, "billing"),
    "request timeout": Row(error(408), ErrorKind.TRANSIENT, "HTTP 408"),
    "conflict": Row(error(409), ErrorKind.TRANSIENT, "HTTP 409"),
    "server error": Row(error(500), ErrorKind.TRANSIENT, "try again later"),
    "gateway's page": Row(httpx.Response(502, html="<h1>bad</h1>"), ErrorKind.TRANSIENT, "HTTP 502"),
    "overloaded": Row(error(503, retry_after="30"), ErrorKind.TRANSIENT, "HTTP 503", 30),
    "too long": Row(error(400, "context_length_exceeded"), ErrorKind.CONTEXT_LENGTH, "shorten"),
    "too long, llama.cpp": Row(
        error(400, 400, type="exceed_context_size_error"), ErrorKind.CONTEXT_LENGTH, "shorten"
    ),
    "too long, vLLM": Row(
        error(400, 400, message="This model's maximum context length is 4096 tokens."),
        ErrorKind.CONTEXT_LENGTH,
        "shorten",
    ),
    "filtered": Row(error(400, "content_filter"), ErrorKind.CONTENT_FILTER, "inputs of this case"),
    "temperature": Row(
        error(400, "unsupported_value", param="temperature"),
        ErrorKind.INVALID_REQUEST,
        "leave temperature out of the settings",
    ),
    "temperature, in words": Row(
        error(400, message="Unsupported value: 'temperature' does not support 0.2 with this model."),
        ErrorKind.INVALID_REQUEST,
        "leave temperature out of the settings",
    ),
    "schema": Row(
        error(400, "invalid_json_schema", param="response_format"),
        ErrorKind.INVALID_REQUEST,
        'structured = "json_object"',
    ),
    "another request": Row(
        error(422, "bad_value", param="messages[0].name"),
        ErrorKind.INVALID_REQUEST,
        "HTTP 422, code bad_value, param messages[0].name",
    ),
    "no words at all": Row(httpx.Response(400), ErrorKind.INVALID_REQUEST, "HTTP 400"),
    "not reached": Row(httpcore2.ConnectError("refused"), ErrorKind.TRANSIENT, "check that it runs"),
    "cut connection": Row(httpcore2.RemoteProtocolError("gone"), ErrorKind.TRANSIENT, "network"),
    "distrusted": Row(ssl.SSLCertVerificationError("self-signed"), ErrorKind.UNAVAILABLE, "SSL_CERT_FILE"),
    "slow to answer": Row(httpcore2.ReadTimeout("slow"), ErrorKind.TIMEOUT, "within 120 seconds"),
    "slow to connect": Row(httpcore2.ConnectTimeout("slow"), ErrorKind.TIMEOUT, "within 120 seconds"),
    "a web page": Row(httpx.Response(200, html="<p>Log in</p>"), ErrorKind.BAD_RESPONSE, "check base_url"),
    "broken JSON": Row(
        httpx.Response(200, text='{"choices": [', headers={"content-type": "application/json"}),
        ErrorKind.BAD_RESPONSE,
        "no chat completion",
    ),
    "an empty body": Row(httpx.Response(200), ErrorKind.BAD_RESPONSE, "no chat completion"),
    "no choices": Row(httpx.Response(200, json={}), ErrorKind.BAD_RESPONSE, "no chat completion"),
    "empty choices": Row(
        httpx.Response(200, json=chat_completion("") | {"choices": []}),
        ErrorKind.BAD_RESPONSE,
        "no chat completion",
    ),
    "an error that says 200": Row(
        httpx.Response(200, json={"error": {"message": STUDENT_TEXT}}),
        ErrorKind.BAD_RESPONSE,
        "no chat completion",
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_each_failure_has_its_kind_and_says_what_to_do(server: respx.MockRouter, row: Row) -> None:
    """One attempt, one line, the right kind; neither the key nor what was asked is in it."""
    route = server.post("/chat/completions").mock(side_effect=[row.effect])
    provider = OpenAIProvider(address=ServerAddress.parse(VENDOR_URL), key=KEY, key_variable="SCHOOL_KEY")

    with pytest.raises(ProviderError) as caught:
        await provider.complete(REQUEST)
    await provider.aclose()

    message = str(caught.value)
    assert caught.value.kind is row.kind
    assert row.says in message
    assert "\n" not in message
    assert caught.value.retry_after_seconds == row.retry_after_seconds
    assert route.call_count == 1
    printed = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert KEY not in printed
    assert STUDENT_TEXT not in printed


def test_causes_that_run_in_a_circle_come_to_an_end() -> None:
    """Mocking libraries make such chains: each error names the other as its cause."""
    lost = openai.APIConnectionError(request=httpx2.Request("POST", VENDOR_URL))
    lost.__cause__ = ConnectionResetError("gone")
    lost.__cause__.__cause__ = lost
    reader = ErrorReader(model="gpt-test", server="api.openai.com", key_variable="OPENAI_API_KEY")

    assert reader.connection(lost).kind is ErrorKind.TRANSIENT


@pytest.mark.anyio
async def test_status_and_request_id_come_along(server: respx.MockRouter) -> None:
    """Whoever asks the service's support needs the id."""
    server.post("/chat/completions").mock(side_effect=[error(500, x_request_id="req_9")])
    provider = OpenAIProvider(address=ServerAddress.parse(VENDOR_URL), key=KEY)

    with pytest.raises(ProviderError) as caught:
        await provider.complete(REQUEST)
    await provider.aclose()

    assert (caught.value.status, caught.value.request_id) == (500, "req_9")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "20"}, 20),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after": format_datetime(NOON + timedelta(seconds=90), usegmt=True)}, 90),
        ({"retry-after": "Tue, 31 Mar 2026 12:00:30 -0000"}, 30),
        ({"retry-after": format_datetime(NOON - timedelta(hours=1), usegmt=True)}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2),
        ({}, None),
    ],
)
def test_the_time_to_wait_is_read_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    """Milliseconds, seconds or a date; what is none of them is as if nothing had been said."""
    assert retry_after_seconds(headers, now=NOON) == seconds
