"""What is said when a server refuses or fails."""

import json
import ssl
import traceback
from types import SimpleNamespace
from typing import cast

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from sandbox_openai_http.answering import ReportedError
from sandbox_openai_http.faults import FaultReader

from sandbox.contracts.service_errors import ServiceErrors
from sandbox.domain.exchange import Message, Request, Role, Settings, StructuredMode
from sandbox.errors import ErrorKind, ProviderError

KEY = "invented-key-555-0100"
STUDENT_TEXT = "Mx. Example wrote about volcanoes."
FAULTS = FaultReader(
    errors=ServiceErrors(service="gpu.example:8000", model="small", key_variable="SCHOOL_KEY"),
    request=Request(
        model="small",
        messages=(Message(role=Role.USER, content=STUDENT_TEXT),),
        settings=Settings(temperature=0.5),
        output_schema={"type": "object"},
        structured=StructuredMode.NATIVE,
    ),
)


def error(status: int, code: object = None, message: str = "", **more: object) -> ProviderError:
    """What is made of an error whose sentence repeats the prompt and the key, as some do."""
    said = f"{message} You sent '{STUDENT_TEXT}' with {KEY}."
    body = json.dumps({"error": {"message": said, "code": code, **more}}).encode()
    return FAULTS.status(status, {}, body)


@pytest.mark.parametrize(
    ("made", "kind", "says"),
    [
        (error(401, 401, type="authentication_error"), ErrorKind.AUTHENTICATION, "SCHOOL_KEY"),
        (error(403), ErrorKind.AUTHENTICATION, "what the key may do"),
        (error(404, 404, type="NotFoundError"), ErrorKind.UNKNOWN_MODEL, "check the name"),
        (error(429), ErrorKind.RATE_LIMIT, "max_concurrency"),
        (error(429, "insufficient_quota"), ErrorKind.QUOTA, "billing"),
        (error(500, 500, type="server_error"), ErrorKind.TRANSIENT, "try again later"),
        (error(501, 501, type="not_supported_error"), ErrorKind.INVALID_REQUEST, "HTTP 501"),
        (error(503, 503, type="unavailable_error"), ErrorKind.TRANSIENT, "HTTP 503"),
        (error(400, 400, type="exceed_context_size_error"), ErrorKind.CONTEXT_LENGTH, "shorten"),
        (error(400, 400, "This model's maximum context length is 9."), ErrorKind.CONTEXT_LENGTH, "shorten"),
        (error(400, 400, "longer than the maximum model length of 9"), ErrorKind.CONTEXT_LENGTH, "shorten"),
        (error(400, None, "Context size has been exceeded."), ErrorKind.CONTEXT_LENGTH, "shorten"),
        (error(413), ErrorKind.CONTEXT_LENGTH, "shorten"),
        (error(400, "content_filter"), ErrorKind.CONTENT_FILTER, "inputs of this case"),
        (error(400, 400, "Invalid json_schema"), ErrorKind.INVALID_REQUEST, 'structured = "json_object"'),
        (error(400, 400, param="temperature"), ErrorKind.INVALID_REQUEST, "this temperature"),
        (error(400, 400, "Bad max_tokens."), ErrorKind.INVALID_REQUEST, "lower max_output_tokens"),
        (
            error(422, "odd_code", "Bad seed.", param="n"),
            ErrorKind.INVALID_REQUEST,
            "HTTP 422, odd_code, n",
        ),
    ],
)
def test_an_error_is_told_by_what_the_server_says_of_it(
    made: ProviderError, kind: ErrorKind, says: str
) -> None:
    """The code counts most, then the sentence, then the status; the sentence is never repeated."""
    assert made.kind is kind
    assert says in str(made)
    assert KEY not in str(made)
    assert "Example" not in str(made)


def test_advice_is_given_only_on_what_was_sent() -> None:
    """A sentence that quotes a student may hold any word."""
    plain = FAULTS.request.model_copy(update={"settings": Settings(), "structured": None})
    faults = FaultReader(errors=FAULTS.errors, request=plain)
    body = json.dumps({"error": {"message": "You sent 'The temperature of this schema'."}}).encode()

    made = faults.status(400, {}, body)

    assert str(made) == (
        "gpu.example:8000 refused the request (HTTP 400): "
        "check the settings, and the options base_url and structured."
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<h1>Bad gateway</h1>", ErrorKind.TRANSIENT),
        (b"", ErrorKind.TRANSIENT),
        (b"[]", ErrorKind.TRANSIENT),
        (b'{"error": null}', ErrorKind.TRANSIENT),
        (b'{"error": "Context size has been exceeded."}', ErrorKind.CONTEXT_LENGTH),
        (b'{"object": "error", "message": "maximum context length"}', ErrorKind.CONTEXT_LENGTH),
    ],
)
def test_a_body_of_any_shape_can_be_an_error(body: bytes, kind: ErrorKind) -> None:
    """Gateways send pages; LM Studio sends a sentence, and older vLLM no outer object."""
    assert FAULTS.status(502, {}, body).kind is kind


def test_headers_tell_when_to_come_back_and_which_request_it_was() -> None:
    """Both are kept."""
    made = FAULTS.status(429, {"retry-after": "7", "x-request-id": "r-1"}, b"")

    assert (made.status, made.retry_after_seconds, made.request_id) == (429, 7, "r-1")


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (None, ErrorKind.BAD_RESPONSE),
        ({}, ErrorKind.BAD_RESPONSE),
        ({"error": {"message": STUDENT_TEXT}}, ErrorKind.BAD_RESPONSE),
        ({"error": {"code": 500, "message": STUDENT_TEXT}}, ErrorKind.TRANSIENT),
        ({"error": {"code": 400, "type": "exceed_context_size_error"}}, ErrorKind.CONTEXT_LENGTH),
        ({"object": "error", "code": 400}, ErrorKind.INVALID_REQUEST),
    ],
)
def test_an_error_that_comes_with_a_good_status_is_told_by_its_body(told: object, kind: ErrorKind) -> None:
    """What says nothing is no answer."""
    with pytest.raises(ProviderError) as caught, FAULTS.reading(200, "r-1"):
        raise ReportedError(told)

    assert caught.value.kind is kind
    assert caught.value.request_id == "r-1"
    assert "Example" not in "".join(traceback.format_exception(caught.value))


KEY_OF_CONNECTION = cast("ConnectionKey", SimpleNamespace(host=KEY, port=1, is_ssl=True, ssl=True))
DISTRUSTED = aiohttp.ClientConnectorCertificateError(
    KEY_OF_CONNECTION, ssl.SSLCertVerificationError("self-signed")
)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (TimeoutError(), ErrorKind.TIMEOUT),
        (aiohttp.ServerDisconnectedError(KEY), ErrorKind.TRANSIENT),
        (aiohttp.ClientConnectorError(KEY_OF_CONNECTION, OSError(KEY)), ErrorKind.TRANSIENT),
        (aiohttp.ClientPayloadError(KEY), ErrorKind.TRANSIENT),
        (ConnectionResetError(KEY), ErrorKind.TRANSIENT),
        (DISTRUSTED, ErrorKind.UNAVAILABLE),
    ],
)
def test_what_the_library_raises_is_told_in_our_words(raised: Exception, kind: ErrorKind) -> None:
    """A certificate that is not trusted will not mend itself; everything else may."""
    with pytest.raises(ProviderError) as caught, FAULTS.in_our_words():
        raise raised

    assert caught.value.kind is kind
    assert KEY not in "".join(traceback.format_exception(caught.value))
