"""What the provider `openai` says when there is no answer."""

import errno
import ssl
import traceback
from typing import NamedTuple

import httpcore2
import httpx
import httpx2
import openai
import pytest
import respx

from sandbox.bundled.providers.openai import VENDOR_URL, build_openai
from sandbox.bundled.providers.openai_errors import ErrorReader
from sandbox.contracts.service_errors import ServiceErrors
from sandbox.domain.exchange import Message, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.transport import chat_completion

KEY = "sk-invented-key-555-0100"
STUDENT_TEXT = "Mx. Example wrote about volcanoes."
REQUEST = Request(model="gpt-test", messages=(Message(role=Role.USER, content=STUDENT_TEXT),))


@pytest.fixture(autouse=True)
def school_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that can be looked for in what is shown."""
    monkeypatch.setenv("SCHOOL_KEY", KEY)


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
    "too long, Gemini": Row(
        httpx.Response(
            400,
            json=[
                {
                    "error": {
                        "code": 400,
                        "message": "The input exceeds the maximum number of tokens allowed (8).",
                        "status": "INVALID_ARGUMENT",
                    }
                }
            ],
        ),
        ErrorKind.CONTEXT_LENGTH,
        "shorten",
    ),
    "no valid key, Gemini": Row(
        httpx.Response(
            400,
            json=[{"error": {"code": 400, "message": KEY, "details": [{"reason": "API_KEY_INVALID"}]}}],
        ),
        ErrorKind.AUTHENTICATION,
        "SCHOOL_KEY",
    ),
    "flagged, OpenRouter": Row(
        httpx.Response(
            403,
            json={
                "error": {
                    "code": 403,
                    "message": "flagged",
                    "metadata": {"reasons": ["violence"], "flagged_input": STUDENT_TEXT},
                }
            },
        ),
        ErrorKind.CONTENT_FILTER,
        "inputs of this case",
    ),
    "nobody takes all of it, OpenRouter": Row(
        error(404, 404, message="No endpoints found that can handle the requested parameters."),
        ErrorKind.INVALID_REQUEST,
        "leave the seed out",
    ),
    "unknown field, Mistral": Row(
        httpx.Response(
            422,
            json={
                "object": "error",
                "message": {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "input": KEY}]},
                "type": "invalid_request_error",
                "param": None,
                "code": None,
            },
        ),
        ErrorKind.INVALID_REQUEST,
        "HTTP 422",
    ),
    "no object, LM Studio": Row(
        httpx.Response(400, json={"error": f"Invalid tool_choice type. {STUDENT_TEXT}"}),
        ErrorKind.INVALID_REQUEST,
        "HTTP 400",
    ),
    "inner error, Azure": Row(
        httpx.Response(
            400,
            json={
                "error": {
                    "code": "BadRequest",
                    "message": STUDENT_TEXT,
                    "innererror": {"code": "ResponsibleAIPolicyViolation"},
                }
            },
        ),
        ErrorKind.CONTENT_FILTER,
        "inputs of this case",
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
        'structured = "tool", "json_object" or "prompt"',
    ),
    "no tools at once": Row(
        error(
            400, message="Unsupported parameter: 'parallel_tool_calls' is not supported with this model."
        ),
        ErrorKind.INVALID_REQUEST,
        'structured = "tool", "json_object"',
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
    "given up by the system": Row(httpcore2.ReadTimeout("gone"), ErrorKind.TRANSIENT, "check that it runs"),
    "no more files": Row(OSError(errno.EMFILE, "no more"), ErrorKind.TRANSIENT, "ulimit"),
    "a web page": Row(httpx.Response(200, html="<p>Log in</p>"), ErrorKind.BAD_RESPONSE, "check base_url"),
    "broken JSON": Row(
        httpx.Response(200, text='{"choices": [', headers={"content-type": "application/json"}),
        ErrorKind.BAD_RESPONSE,
        "no answer",
    ),
    "an empty body": Row(httpx.Response(200), ErrorKind.BAD_RESPONSE, "no answer"),
    "no choices": Row(httpx.Response(200, json={}), ErrorKind.BAD_RESPONSE, "no answer"),
    "empty choices": Row(
        httpx.Response(200, json=chat_completion("") | {"choices": []}),
        ErrorKind.BAD_RESPONSE,
        "no answer",
    ),
    "an error that says 200": Row(
        httpx.Response(200, json={"error": {"message": STUDENT_TEXT}}),
        ErrorKind.BAD_RESPONSE,
        "no answer",
    ),
    "an error that says 200 and more, OpenRouter": Row(
        httpx.Response(200, json={"error": {"code": 429, "message": STUDENT_TEXT}}),
        ErrorKind.RATE_LIMIT,
        "fewer requests",
    ),
    "a model that fails amid its answer, OpenRouter": Row(
        httpx.Response(
            200,
            json={
                "choices": [
                    {
                        "message": {"content": "Vol"},
                        "finish_reason": "error",
                        "error": {"code": 502, "message": KEY},
                    }
                ]
            },
        ),
        ErrorKind.TRANSIENT,
        "try again later",
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_each_failure_has_its_kind_and_says_what_to_do(server: respx.MockRouter, row: Row) -> None:
    """One attempt, one line, the right kind; neither the key nor what was asked is in it."""
    route = server.post("/chat/completions").mock(side_effect=[row.effect])
    provider = build_openai({"api_key_env": "SCHOOL_KEY"})

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
    reader = ErrorReader(errors=ServiceErrors(service="api.openai.com", model="gpt-test"))

    assert reader.errors.unreachable(lost).kind is ErrorKind.TRANSIENT


@pytest.mark.anyio
async def test_status_and_request_id_come_along(server: respx.MockRouter) -> None:
    """Whoever asks the service's support needs the id."""
    server.post("/chat/completions").mock(side_effect=[error(500, x_request_id="req_9")])
    provider = build_openai({"api_key_env": "SCHOOL_KEY"})

    with pytest.raises(ProviderError) as caught:
        await provider.complete(REQUEST)
    await provider.aclose()

    assert (caught.value.status, caught.value.request_id) == (500, "req_9")


@pytest.mark.anyio
async def test_half_a_character_is_an_error_of_the_request(server: respx.MockRouter) -> None:
    """It has no form in UTF-8, and Python's own complaint would repeat the text."""
    request = Request(model="gpt-test", messages=(Message(role=Role.USER, content="Mx. Example \ud83d"),))

    with pytest.raises(ProviderError, match="half of a character") as caught:
        await build_openai({}).complete(request)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert "Example" not in "".join(traceback.format_exception(caught.value))
    assert not server.calls
