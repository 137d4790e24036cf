"""How the Messages API answers, so that the provider can be tried without it.

The shapes are those of the types in Anthropic's SDK 2.12, and of what its users saw.
"""

import json
from collections.abc import Iterator

from sandbox.contracts.provider import Options
from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, RehearsedError, Said
from sandbox.domain.exchange import FinishReason
from sandbox.errors import ErrorKind

_OLDER_VERSION = "2023-06-01"
_STOP_REASONS = {
    FinishReason.STOP: "end_turn",
    FinishReason.LENGTH: "max_tokens",
    FinishReason.CONTENT_FILTER: "refusal",
    FinishReason.UNKNOWN: "pause_turn",
}
_REQUEST_ID = "req_011CTrehearsal"
_HEADERS = {"request-id": _REQUEST_ID}
_PIECE = 7
"""How many characters of the text stand in one event of a stream."""


def _options(url: str) -> Options:
    return {"base_url": url}


def _answer(call: HttpCall, said: Said) -> HttpReply:
    asked = call.json
    sampling = [name for name in ("temperature", "top_p") if name in asked]
    if sampling and call.headers.get("anthropic-version") != _OLDER_VERSION:
        problem = f"{sampling[0]}: Extra inputs are not permitted"
        return _error_reply(400, "invalid_request_error", problem)
    choice = asked.get("tool_choice") or {}
    tool = choice["name"] if choice.get("type") == "tool" else None
    if asked.get("stream"):
        headers = {"content-type": "text/event-stream; charset=utf-8", **_HEADERS}
        return HttpReply(headers=headers, pieces=tuple(_events(asked["model"], said, tool)))
    block = _text_block(said.text) if tool is None else _tool_block(tool, said.text)
    message = _message(asked["model"], said) | {"content": [block]} | _end(said, tool)
    return HttpReply.of(message, headers=_HEADERS)


def _message(model: str, said: Said) -> dict[str, object]:
    """A message that has just begun."""
    usage = {
        "input_tokens": said.input_tokens,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
        "output_tokens": said.output_tokens,
        "service_tier": "standard",
    }
    return {
        "id": "msg_01rehearsal",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "stop_details": None,
        "usage": usage,
    }


def _end(said: Said, tool: str | None) -> dict[str, object]:
    """How a message ends."""
    reason = _STOP_REASONS[said.finish_reason]
    if tool is not None and reason == "end_turn":
        reason = "tool_use"
    details = {"type": "refusal", "category": None, "explanation": None} if reason == "refusal" else None
    return {"stop_reason": reason, "stop_sequence": None, "stop_details": details}


def _text_block(text: str) -> dict[str, object]:
    return {"type": "text", "text": text, "citations": None}


def _tool_block(tool: str, text: str) -> dict[str, object]:
    """The model's call of the tool; where it says something else than an object, it says it as text."""
    try:
        called = json.loads(text)
    except ValueError:
        called = None
    if not isinstance(called, dict):
        return _text_block(text)
    return {"type": "tool_use", "id": "toolu_01rehearsal", "name": tool, "input": called}


def _events(model: str, said: Said, tool: str | None) -> Iterator[bytes]:
    """A stream, one event a piece."""
    begun = _message(model, said)
    begun["usage"] = {**_usage(begun), "output_tokens": 1}
    yield _event("message_start", message=begun)
    block = _text_block("") if tool is None else _tool_block(tool, said.text)
    is_call = block["type"] == "tool_use"
    empty: dict[str, object] = {"input": {}} if is_call else {"text": ""}
    yield _event("content_block_start", index=0, content_block=block | empty)
    yield _event("ping")
    # The service writes the input of a tool in its own way, in a stream and at once alike.
    text = json.dumps(block["input"], ensure_ascii=False) if is_call else said.text
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        delta = {"type": "text_delta", "text": piece}
        if is_call:
            delta = {"type": "input_json_delta", "partial_json": piece}
        yield _event("content_block_delta", index=0, delta=delta)
    yield _event("content_block_stop", index=0)
    usage = {"output_tokens": said.output_tokens}
    yield _event("message_delta", delta=_end(said, tool), usage=usage)
    yield _event("message_stop")


def _usage(message: dict[str, object]) -> dict[str, object]:
    usage = message["usage"]
    return usage if isinstance(usage, dict) else {}


def _event(name: str, **fields: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name} | fields)}\n\n".encode()


def _error_body(kind: str, message: str, code: str = "") -> dict[str, object]:
    error: dict[str, object] = {"type": kind, "message": message}
    error["details"] = {"error_code": code} if code else None
    return {"type": "error", "error": error, "request_id": _REQUEST_ID}


def _error_reply(status: int, kind: str, message: str, *, code: str = "", wait: str = "") -> HttpReply:
    headers = {**_HEADERS, "retry-after": wait} if wait else _HEADERS
    return HttpReply.of(_error_body(kind, message, code), status=status, headers=headers)


def _error(
    name: str, kind: ErrorKind, status: int, type_: str, message: str, *, code: str = "", wait: str = ""
) -> RehearsedError:
    return RehearsedError(
        name=name,
        reply=_error_reply(status, type_, message, code=code, wait=wait),
        kind=kind,
        retry_after_seconds=float(wait) if wait else None,
    )


_ERRORS = (
    _error("a wrong key", ErrorKind.AUTHENTICATION, 401, "authentication_error", "invalid x-api-key"),
    _error(
        "a key without permission",
        ErrorKind.AUTHENTICATION,
        403,
        "permission_error",
        "Your API key does not have permission to use the specified resource.",
    ),
    _error(
        "an account on hold",
        ErrorKind.AUTHENTICATION,
        400,
        "invalid_request_error",
        "This organization has been disabled.",
        code="organization_on_hold",
    ),
    _error(
        "no credit",
        ErrorKind.QUOTA,
        400,
        "invalid_request_error",
        "Your credit balance is too low to access the Anthropic API.",
    ),
    _error("a billing problem", ErrorKind.QUOTA, 402, "billing_error", "There is a billing issue."),
    _error(
        "a limit that the account set itself",
        ErrorKind.QUOTA,
        400,
        "invalid_request_error",
        "You have reached your specified API usage limits.",
    ),
    _error(
        "the contract's limit",
        ErrorKind.QUOTA,
        429,
        "rate_limit_error",
        "The spend limit has been reached.",
        code="contract_spend_limit_reached",
    ),
    _error("an unknown model", ErrorKind.UNKNOWN_MODEL, 404, "not_found_error", "model: claude-none"),
    _error(
        "too many requests",
        ErrorKind.RATE_LIMIT,
        429,
        "rate_limit_error",
        "This request would exceed your account's rate limit.",
        wait="7",
    ),
    _error(
        "requests that grow too fast",
        ErrorKind.RATE_LIMIT,
        429,
        "rate_limit_error",
        "The ramp limit would be exceeded.",
        code="ramp_limit_exceeded",
        wait="30",
    ),
    _error(
        "a prompt that is too long",
        ErrorKind.CONTEXT_LENGTH,
        400,
        "invalid_request_error",
        "prompt is too long: 208310 tokens > 200000 maximum",
    ),
    _error(
        "a prompt and an answer that are too long",
        ErrorKind.CONTEXT_LENGTH,
        400,
        "invalid_request_error",
        "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
    ),
    _error(
        "too many bytes",
        ErrorKind.CONTEXT_LENGTH,
        413,
        "request_too_large",
        "Request exceeds the maximum size",
    ),
    _error(
        "an answer that is filtered",
        ErrorKind.CONTENT_FILTER,
        400,
        "invalid_request_error",
        "Output blocked by content filtering policy",
    ),
    _error(
        "a setting that the model does not take",
        ErrorKind.INVALID_REQUEST,
        400,
        "invalid_request_error",
        "`temperature` is deprecated for this model.",
    ),
    _error("a fault of the service", ErrorKind.TRANSIENT, 500, "api_error", "Internal server error"),
    _error("a service that is overloaded", ErrorKind.TRANSIENT, 529, "overloaded_error", "Overloaded"),
    _error("a service that is too slow", ErrorKind.TIMEOUT, 504, "timeout_error", "Request timed out."),
)

REHEARSAL = Rehearsal(
    model="claude-haiku-5-5",
    options=_options,
    answer=_answer,
    errors=_ERRORS,
    key_variables=("ANTHROPIC_API_KEY",),
)
