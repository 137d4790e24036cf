"""What the provider says when there is no answer, or when it breaks off."""

import json
import ssl
import traceback
from collections.abc import Sequence
from typing import NamedTuple

import httpcore2
import httpx
import httpx2
import pytest
import respx
from sandbox_anthropic.faults import Fault, FaultReader
from sandbox_anthropic.provider import AnthropicProvider, build_anthropic
from sandbox_anthropic.rehearsal import REHEARSAL

from sandbox.contracts.rehearsal import HttpReply, RehearsedError
from sandbox.contracts.service_errors import ServiceErrors
from sandbox.domain.exchange import Message, Request, Role, Settings, StructuredMode
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import Conduct, Ending, RehearsalServer, Share

KEY = "sk-ant-invented-key-555-0100"
STUDENT_TEXT = "Mx. Example wrote about volcanoes."
REQUEST = Request(
    model="claude-test", messages=(Message(role=Role.USER, content=STUDENT_TEXT),), timeout_seconds=10
)
SCHEMA = {"type": "object", "properties": {}}


class Row(NamedTuple):
    """What the service does, and what is to be said of it."""

    effect: httpx.Response | Exception
    kind: ErrorKind
    says: str
    retry_after_seconds: float | None = None


def body(kind: str, sentence: str = "", code: str = "") -> dict[str, object]:
    """An error as the service says it, in a sentence that repeats the prompt and the key."""
    details = {"error_code": code} if code else None
    message = f"{sentence} You sent '{STUDENT_TEXT}' with {KEY}."
    return {"type": "error", "error": {"type": kind, "message": message, "details": details}}


def error(status: int, kind: str, sentence: str = "", code: str = "", **headers: str) -> httpx.Response:
    """The same as a reply."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json=body(kind, sentence, code), headers=named)


REFUSED = "invalid_request_error"
ROWS = {
    "wrong key": Row(error(401, "authentication_error"), ErrorKind.AUTHENTICATION, "SCHOOL_KEY"),
    "no permission": Row(error(403, "permission_error"), ErrorKind.AUTHENTICATION, "what the key may do"),
    "on hold": Row(
        error(400, REFUSED, code="organization_on_hold"), ErrorKind.AUTHENTICATION, "SCHOOL_KEY"
    ),
    "no credit": Row(error(400, REFUSED, "Your credit balance is too low"), ErrorKind.QUOTA, "billing"),
    "own limit": Row(error(400, REFUSED, "your specified API usage limits"), ErrorKind.QUOTA, "billing"),
    "billing": Row(error(402, "billing_error"), ErrorKind.QUOTA, "billing"),
    "contract": Row(
        error(429, "rate_limit_error", code="contract_spend_limit_reached"), ErrorKind.QUOTA, "billing"
    ),
    "unknown model": Row(error(404, "not_found_error"), ErrorKind.UNKNOWN_MODEL, "check the name"),
    "unknown path": Row(httpx.Response(404, html="<h1>no</h1>"), ErrorKind.UNKNOWN_MODEL, "base_url"),
    "rate": Row(error(429, "rate_limit_error"), ErrorKind.RATE_LIMIT, "max_concurrency"),
    "wait": Row(error(429, "rate_limit_error", retry_after="7"), ErrorKind.RATE_LIMIT, "wait", 7),
    "too fast": Row(
        error(429, "rate_limit_error", code="ramp_limit_exceeded", retry_after="30"),
        ErrorKind.RATE_LIMIT,
        "wait",
        30,
    ),
    "conflict": Row(error(409, "conflict_error"), ErrorKind.TRANSIENT, "HTTP 409"),
    "fault": Row(error(500, "api_error"), ErrorKind.TRANSIENT, "try again later"),
    "overloaded": Row(error(529, "overloaded_error", retry_after="3"), ErrorKind.TRANSIENT, "HTTP 529", 3),
    "gateway's page": Row(httpx.Response(502, html="<h1>bad</h1>"), ErrorKind.TRANSIENT, "HTTP 502"),
    "its own timeout": Row(error(504, "timeout_error"), ErrorKind.TIMEOUT, "ask for less"),
    "too long": Row(
        error(400, REFUSED, "prompt is too long: 9 tokens > 8 maximum"),
        ErrorKind.CONTEXT_LENGTH,
        "shorten",
    ),
    "too long together": Row(
        error(400, REFUSED, "input length and `max_tokens` exceed context limit: 9 + 9 > 8"),
        ErrorKind.CONTEXT_LENGTH,
        "lower max_output_tokens",
    ),
    "too long, llama.cpp": Row(
        error(400, "exceed_context_size_error"), ErrorKind.CONTEXT_LENGTH, "shorten"
    ),
    "too many bytes": Row(error(413, "request_too_large"), ErrorKind.CONTEXT_LENGTH, "shorten"),
    "filtered": Row(
        error(400, REFUSED, "Output blocked by content filtering policy"),
        ErrorKind.CONTENT_FILTER,
        "inputs of this case",
    ),
    "too much to write": Row(
        error(400, REFUSED, "max_tokens: 99 > 9, which is the maximum"),
        ErrorKind.INVALID_REQUEST,
        "lower max_output_tokens",
    ),
    "another request": Row(
        error(400, REFUSED, code="some_code"),
        ErrorKind.INVALID_REQUEST,
        "HTTP 400, invalid_request_error, some_code",
    ),
    "no bare name": Row(error(422, f"for {STUDENT_TEXT}"), ErrorKind.INVALID_REQUEST, "(HTTP 422)"),
    "no words at all": Row(httpx.Response(400), ErrorKind.INVALID_REQUEST, "(HTTP 400)"),
    "no object": Row(httpx.Response(400, json=["no"]), ErrorKind.INVALID_REQUEST, "(HTTP 400)"),
    "not reached": Row(httpcore2.ConnectError("refused"), ErrorKind.TRANSIENT, "check that it runs"),
    "cut connection": Row(httpcore2.RemoteProtocolError("gone"), ErrorKind.TRANSIENT, "network"),
    "distrusted": Row(ssl.SSLCertVerificationError("self-signed"), ErrorKind.UNAVAILABLE, "SSL_CERT_FILE"),
    "slow to answer": Row(httpcore2.ReadTimeout("slow"), ErrorKind.TIMEOUT, "within 10 seconds"),
    "slow to connect": Row(httpcore2.ConnectTimeout("slow"), ErrorKind.TIMEOUT, "within 10 seconds"),
}
NO_ANSWERS = {
    "a web page": httpx.Response(200, html="<p>Log in</p>"),
    "broken JSON": httpx.Response(200, text='{"content": [', headers={"content-type": "application/json"}),
    "an empty body": httpx.Response(200),
    "no content": httpx.Response(200, json={"type": "message"}),
    "another service's answer": httpx.Response(200, json={"choices": []}),
    "an error that says 200": httpx.Response(200, json=body("api_error")),
}


@pytest.fixture
def school_provider(monkeypatch: pytest.MonkeyPatch) -> AnthropicProvider:
    """A provider whose key lies in a variable of another name."""
    monkeypatch.setenv("SCHOOL_KEY", KEY)
    return build_anthropic({"api_key_env": "SCHOOL_KEY"})


async def at_once(provider: AnthropicProvider, request: Request) -> None:
    """Ask for the whole answer."""
    await provider.complete(request)


async def to_the_end(provider: AnthropicProvider, request: Request) -> None:
    """Ask for the answer as a stream, and read all of it."""
    async for _ in provider.stream(request):
        pass


async def failure(
    provider: AnthropicProvider, *, in_stream: bool, request: Request = REQUEST
) -> ProviderError:
    """What is raised instead of an answer, after seeing to it that it gives nothing away."""
    asked = to_the_end if in_stream else at_once
    with pytest.raises(ProviderError) as caught:
        await asked(provider, request)
    await provider.aclose()
    printed = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert KEY not in printed
    assert STUDENT_TEXT not in printed
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.anyio
@pytest.mark.parametrize("in_stream", [False, True], ids=["at once", "in a stream"])
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_each_failure_has_its_kind_and_says_what_to_do(
    vendor: respx.MockRouter, school_provider: AnthropicProvider, row: Row, *, in_stream: bool
) -> None:
    """One attempt, one line, the right kind; neither the key nor what was asked is in it."""
    route = vendor.post("/v1/messages").mock(side_effect=[row.effect])

    error = await failure(school_provider, in_stream=in_stream)

    assert error.kind is row.kind
    assert row.says in str(error)
    assert error.retry_after_seconds == row.retry_after_seconds
    assert route.call_count == 1


@pytest.mark.anyio
@pytest.mark.parametrize("in_stream", [False, True], ids=["at once", "in a stream"])
@pytest.mark.parametrize("reply", NO_ANSWERS.values(), ids=NO_ANSWERS)
async def test_what_is_no_answer_is_told_from_an_empty_one(
    vendor: respx.MockRouter, school_provider: AnthropicProvider, reply: httpx.Response, *, in_stream: bool
) -> None:
    """A login page of the network is no silence of the model."""
    vendor.post("/v1/messages").mock(side_effect=[reply])

    error = await failure(school_provider, in_stream=in_stream)

    assert error.kind is ErrorKind.BAD_RESPONSE
    assert error.status == 200


@pytest.mark.anyio
async def test_status_and_request_id_come_along(
    vendor: respx.MockRouter, school_provider: AnthropicProvider
) -> None:
    """Whoever asks the service's support needs the id."""
    vendor.post("/v1/messages").mock(side_effect=[error(500, "api_error", request_id="req_9")])

    caught = await failure(school_provider, in_stream=False)

    assert (caught.status, caught.request_id) == (500, "req_9")


@pytest.mark.parametrize(
    ("changes", "sentence", "advice"),
    [
        (
            {"settings": Settings(temperature=0.2)},
            "`temperature` is deprecated for this model.",
            "leave temperature out of the settings",
        ),
        (
            {"settings": Settings(top_p=0.2)},
            "top_p: Extra inputs are not permitted",
            "leave top_p out of the settings",
        ),
        (
            {"output_schema": SCHEMA, "structured": StructuredMode.TOOL},
            "Thinking may not be enabled when tool_choice forces tool use.",
            'set structured = "native"',
        ),
        (
            {"output_schema": SCHEMA, "structured": StructuredMode.NATIVE},
            "output_config.format.schema: Schema is too complex.",
            'set structured = "tool" or "prompt"',
        ),
        ({}, "temperature: something else", "check the settings"),
    ],
)
def test_a_refusal_says_which_setting_to_change(
    changes: dict[str, object], sentence: str, advice: str
) -> None:
    """Only a setting that was sent can be left out."""
    request = REQUEST.model_copy(update=changes)
    reader = FaultReader(errors=ServiceErrors(service="s", model="claude-test"), request=request)

    caught = reader.fault(Fault.read(body(REFUSED, sentence)), status=400)

    assert caught.kind is ErrorKind.INVALID_REQUEST
    assert advice in str(caught)
    assert sentence not in str(caught)


def test_causes_that_run_in_a_circle_come_to_an_end() -> None:
    """Mocking libraries make such chains: each error names the other as its cause."""
    lost = httpx2.ConnectError("lost")
    lost.__cause__ = ConnectionResetError("gone")
    lost.__cause__.__cause__ = lost
    reader = FaultReader(errors=ServiceErrors(service="s", model="claude-test"), request=REQUEST)

    with pytest.raises(ProviderError) as caught, reader.in_our_words():
        raise lost

    assert caught.value.kind is ErrorKind.TRANSIENT


def test_the_http_librarys_own_clock_is_the_time_limit_as_well() -> None:
    """It rings past the SDK when it does so amid a stream."""
    reader = FaultReader(errors=ServiceErrors(service="s", model="claude-test"), request=REQUEST)

    with pytest.raises(ProviderError) as caught, reader.in_our_words():
        raise httpx2.ReadTimeout("slow")

    assert caught.value.kind is ErrorKind.TIMEOUT


def sse(*events: dict[str, object]) -> tuple[bytes, ...]:
    """Events as they are sent, one a piece."""
    return tuple(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events)


BEGUN: Sequence[dict[str, object]] = (
    {"type": "message_start", "message": {"content": [], "model": "m"}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "A pe"}},
)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (body("overloaded_error"), ErrorKind.TRANSIENT),
        (body("api_error"), ErrorKind.TRANSIENT),
        (body("rate_limit_error"), ErrorKind.RATE_LIMIT),
        (body(REFUSED, "Output blocked by content filtering policy"), ErrorKind.CONTENT_FILTER),
        (body(REFUSED), ErrorKind.INVALID_REQUEST),
        (body("something_new"), ErrorKind.TRANSIENT),
    ],
)
async def test_an_error_amid_a_stream_has_its_kind(
    service: RehearsalServer, monkeypatch: pytest.MonkeyPatch, fault: dict[str, object], kind: ErrorKind
) -> None:
    """The status said that all was well, and the event says that it is not."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    headers = {"content-type": "text/event-stream", "request-id": "req_8"}
    service.conduct_next(Conduct(reply=HttpReply(headers=headers, pieces=sse(*BEGUN, fault))))

    caught = await failure(build_anthropic({"base_url": service.url}), in_stream=True)

    assert caught.kind is kind
    assert caught.status is None
    assert caught.request_id == "req_8"


@pytest.mark.anyio
@pytest.mark.parametrize(
    "last",
    [
        (),
        (b"event: content_block_delta\ndata: {\n\n",),
        (b"event: content_block_delta\ndata: \xff\n\n",),
        sse({"type": "content_block_delta", "index": 0, "delta": "no"}),
    ],
    ids=["nothing more", "broken JSON", "no UTF-8", "another shape"],
)
async def test_a_stream_without_its_end_is_no_answer(
    service: RehearsalServer, last: tuple[bytes, ...]
) -> None:
    """Half an answer is never taken for a short one."""
    headers = {"content-type": "text/event-stream"}
    service.conduct_next(Conduct(reply=HttpReply(headers=headers, pieces=sse(*BEGUN) + last)))

    caught = await failure(build_anthropic({"base_url": service.url}), in_stream=True)

    assert caught.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_a_connection_that_breaks_amid_a_stream_may_be_tried_again(service: RehearsalServer) -> None:
    """The HTTP library raises this past the SDK."""
    service.conduct_next(Conduct(share=Share.HALF, ending=Ending.BREAK))

    caught = await failure(build_anthropic({"base_url": service.url}), in_stream=True)

    assert caught.kind is ErrorKind.TRANSIENT
    assert "cannot be reached" in str(caught)


@pytest.mark.anyio
@pytest.mark.parametrize("rehearsed", REHEARSAL.errors, ids=lambda each: each.name)
async def test_every_rehearsed_error_is_understood_in_a_stream_as_well(
    service: RehearsalServer, rehearsed: RehearsedError
) -> None:
    """The conformance suite tries them at once."""
    service.conduct_next(Conduct(reply=rehearsed.reply))

    caught = await failure(build_anthropic({"base_url": service.url}), in_stream=True)

    assert (caught.kind, caught.retry_after_seconds) == (
        rehearsed.kind,
        rehearsed.retry_after_seconds,
    )


@pytest.mark.anyio
async def test_the_rehearsal_refuses_a_temperature_in_the_current_version(
    service: RehearsalServer,
) -> None:
    """As the service does, so that a provider that forgets the version is found out."""
    call_body = json.dumps({"model": "m", "max_tokens": 5, "messages": [], "temperature": 1})
    async with httpx.AsyncClient(trust_env=False) as client:
        replies = [
            await client.post(
                f"{service.url}/v1/messages", content=call_body, headers={"anthropic-version": version}
            )
            for version in ("2026-10-21", "2023-06-01")
        ]

    assert [reply.status_code for reply in replies] == [400, 200]
