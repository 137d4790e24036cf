"""How Amazon Bedrock answers over HTTP, so that the provider can be tried without it and without a key."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.contracts.provider import Options
from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, RehearsedError, Said
from sandbox.errors import ErrorKind
from sandbox_bedrock.event_stream import CONTENT_TYPE, encode_message

REQUEST_ID = "7d9f41a2-2c36-4b0e-9a55-0e6f2f1b8c43"
_STOP_REASONS = {
    "stop": "end_turn",
    "length": "max_tokens",
    "content_filter": "guardrail_intervened",
    "unknown": "malformed_model_output",
}
_PIECE = 12
"""So many characters come at a time."""


def rehearsal() -> Rehearsal:
    """How the service answers."""
    return Rehearsal(
        model="amazon.nova-lite-v1:0",
        options=_options,
        answer=_answer,
        errors=_ERRORS,
        key_variables=("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    )


def _options(url: str) -> Options:
    # The keys of whoever tries this out are left alone, also if they stand in a file.
    return {"region": "us-east-1", "base_url": url, "keys": "environment"}


def _answer(call: HttpCall, said: Said) -> HttpReply:
    """What the service replies: a JSON object, or its events if the call asks for a stream."""
    tool = call.json.get("toolConfig", {}).get("toolChoice", {}).get("tool", {}).get("name")
    stop_reason = _STOP_REASONS[said.finish_reason.value]
    if tool and stop_reason == "end_turn":
        stop_reason = "tool_use"
    if call.path.endswith("/converse-stream"):
        return HttpReply(
            headers={"content-type": CONTENT_TYPE, "x-amzn-requestid": REQUEST_ID},
            pieces=tuple(_pieces(said, tool, stop_reason)),
        )
    block = {"toolUse": {"toolUseId": "tooluse_1", "name": tool, "input": _input(said.text)}}
    content = [block if tool else {"text": said.text}]
    whole = {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop_reason,
    }
    return HttpReply.of(whole | _counts(said), headers={"x-amzn-requestid": REQUEST_ID})


def _input(text: str) -> Any:
    # The arguments of a model that was cut off are no JSON.
    try:
        return json.loads(text)
    except ValueError:
        return text


def _counts(said: Said) -> dict[str, Any]:
    usage = {
        "inputTokens": said.input_tokens,
        "outputTokens": said.output_tokens,
        "totalTokens": said.input_tokens + said.output_tokens,
    }
    return {"usage": usage, "metrics": {"latencyMs": 7}}


def _pieces(said: Said, tool: str | None, stop_reason: str) -> Iterator[bytes]:
    yield event("messageStart", {"role": "assistant"})
    if tool:
        start = {"toolUse": {"toolUseId": "tooluse_1", "name": tool}}
        yield event("contentBlockStart", {"contentBlockIndex": 0, "start": start})
    for begin in range(0, len(said.text), _PIECE):
        piece = said.text[begin : begin + _PIECE]
        delta = {"toolUse": {"input": piece}} if tool else {"text": piece}
        yield event("contentBlockDelta", {"contentBlockIndex": 0, "delta": delta})
    yield event("contentBlockStop", {"contentBlockIndex": 0})
    # One piece: what is missed if the last one does not come is that the model came to an end.
    yield event("messageStop", {"stopReason": stop_reason}) + event("metadata", _counts(said))


def event(name: str, value: Mapping[str, Any]) -> bytes:
    """One event of a stream, as the service writes it."""
    headers = {":event-type": name, ":content-type": "application/json", ":message-type": "event"}
    return encode_message(headers, json.dumps(value).encode())


def stream_error(name: str, message: str) -> bytes:
    """An error in the midst of a stream, as the service writes it."""
    headers = {":exception-type": name, ":content-type": "application/json", ":message-type": "exception"}
    return encode_message(headers, json.dumps({"message": message}).encode())


def refusal(status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None) -> HttpReply:
    """An error of the service: its code stands in a header, with an address behind it."""
    named = {
        "x-amzn-errortype": f"{code}:http://internal.amazon.com/coral/com.amazon.bedrock/",
        "x-amzn-requestid": REQUEST_ID,
    }
    return HttpReply.of({"message": message}, status=status, headers=named | dict(headers or {}))


def _rehearsed(
    name: str, kind: ErrorKind, status: int, code: str, message: str, *, wait_seconds: float | None = None
) -> RehearsedError:
    headers = {} if wait_seconds is None else {"retry-after": f"{wait_seconds:g}"}
    return RehearsedError(
        name=name,
        reply=refusal(status, code, message, headers=headers),
        kind=kind,
        retry_after_seconds=wait_seconds,
    )


_ERRORS = (
    _rehearsed(
        "a key that AWS does not know",
        ErrorKind.AUTHENTICATION,
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    ),
    _rehearsed(
        "a wrong signature",
        ErrorKind.AUTHENTICATION,
        403,
        "InvalidSignatureException",
        "The request signature does not match.",
    ),
    _rehearsed(
        "keys that have expired",
        ErrorKind.AUTHENTICATION,
        403,
        "ExpiredTokenException",
        "The security token included in the request is expired",
    ),
    _rehearsed(
        "a model that the account may not use",
        ErrorKind.AUTHENTICATION,
        403,
        "AccessDeniedException",
        "You don't have access to the model with the specified model ID.",
    ),
    _rehearsed(
        "too many requests",
        ErrorKind.RATE_LIMIT,
        429,
        "ThrottlingException",
        "Too many requests.",
        wait_seconds=3,
    ),
    _rehearsed(
        "a day's tokens used up", ErrorKind.QUOTA, 429, "ThrottlingException", "Too many tokens per day."
    ),
    _rehearsed(
        "a quota of the account", ErrorKind.QUOTA, 400, "ServiceQuotaExceededException", "Quota exceeded."
    ),
    _rehearsed(
        "a model that is not there",
        ErrorKind.UNKNOWN_MODEL,
        404,
        "ResourceNotFoundException",
        "Could not resolve the foundation model.",
    ),
    _rehearsed(
        "a name that is no model's",
        ErrorKind.UNKNOWN_MODEL,
        400,
        "ValidationException",
        "The provided model identifier is invalid.",
    ),
    _rehearsed(
        "a model that wants an inference profile",
        ErrorKind.UNKNOWN_MODEL,
        400,
        "ValidationException",
        "Invocation with on-demand throughput isn't supported.",
    ),
    _rehearsed(
        "a prompt that is too long",
        ErrorKind.CONTEXT_LENGTH,
        400,
        "ValidationException",
        "Input is too long for requested model.",
    ),
    _rehearsed(
        "a model that cannot be made to call a tool",
        ErrorKind.INVALID_REQUEST,
        400,
        "ValidationException",
        "This model doesn't support the toolConfig.toolChoice.tool field.",
    ),
    _rehearsed(
        "a request that makes no sense",
        ErrorKind.INVALID_REQUEST,
        400,
        "ValidationException",
        "Malformed input.",
    ),
    _rehearsed("a slow model", ErrorKind.TIMEOUT, 408, "ModelTimeoutException", "The model timed out."),
    _rehearsed(
        "a model that is not ready",
        ErrorKind.TRANSIENT,
        429,
        "ModelNotReadyException",
        "The model is not ready.",
    ),
    _rehearsed("a model's own fault", ErrorKind.TRANSIENT, 424, "ModelErrorException", "The model failed."),
    _rehearsed(
        "a fault of the service",
        ErrorKind.TRANSIENT,
        500,
        "InternalServerException",
        "An internal server error.",
    ),
    _rehearsed(
        "a service that rests",
        ErrorKind.TRANSIENT,
        503,
        "ServiceUnavailableException",
        "Not available now.",
    ),
)
"""Codes and statuses are the service's own; of its words only those that the provider looks for."""
