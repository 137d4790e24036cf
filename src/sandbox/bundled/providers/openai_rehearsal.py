"""How OpenAI answers over HTTP, so that the provider can be tried without it: both of its APIs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.contracts.provider import Options
from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, RehearsedError, Said
from sandbox.errors import ErrorKind

_STREAM = {"content-type": "text/event-stream; charset=utf-8", "x-request-id": "req_rehearsed"}
_WHOLE = {"x-request-id": "req_rehearsed"}
_MODEL = "gpt-rehearsed"
_PIECES = 4


def rehearse_chat() -> Rehearsal:
    """Chat completions, as OpenAI answers them; errors of Azure's and llama.cpp's are among the others."""
    return Rehearsal(
        model=_MODEL,
        options=_chat_options,
        answer=_answer_chat,
        errors=(*_ERRORS, *_CHAT_ERRORS),
        key_variables=("OPENAI_API_KEY",),
    )


def rehearse_responses() -> Rehearsal:
    """The Responses API, as OpenAI answers it."""
    return Rehearsal(
        model=_MODEL,
        options=_responses_options,
        answer=_answer_responses,
        errors=(*_ERRORS, *_RESPONSES_ERRORS),
        key_variables=("OPENAI_API_KEY",),
    )


def _chat_options(url: str) -> Options:
    return {"base_url": f"{url}/v1"}


def _responses_options(url: str) -> Options:
    return {"base_url": f"{url}/v1", "api": "responses"}


def _answer_chat(call: HttpCall, said: Said) -> HttpReply:
    asked = call.json
    whole = {"id": "chatcmpl-rehearsed", "created": 1_760_000_000, "model": f"{asked['model']}-2026-01-01"}
    tool = asked["tools"][0]["function"]["name"] if asked.get("tools") else ""
    finish_reason = "tool_calls" if tool and said.finish_reason == "stop" else str(said.finish_reason)
    if asked.get("stream"):
        return _chat_stream(asked, said, whole | {"object": "chat.completion.chunk"}, tool, finish_reason)
    message: dict[str, Any] = {"role": "assistant", "content": said.text, "refusal": None}
    if tool:
        message |= {"content": None, "tool_calls": [_tool_call(tool, said.text)]}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason}
    body = whole | {"object": "chat.completion", "choices": [choice], "usage": _chat_usage(said)}
    return HttpReply.of(body, headers=_WHOLE)


def _tool_call(name: str, arguments: str) -> dict[str, Any]:
    return {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}


def _chat_usage(said: Said) -> dict[str, Any]:
    return {
        "prompt_tokens": said.input_tokens,
        "completion_tokens": said.output_tokens,
        "total_tokens": said.input_tokens + said.output_tokens,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }


def _chat_stream(
    asked: Mapping[str, Any], said: Said, whole: dict[str, Any], tool: str, finish_reason: str
) -> HttpReply:
    def chunk(delta: dict[str, Any], ended: str | None = None) -> dict[str, Any]:
        return whole | {"choices": [{"index": 0, "delta": delta, "finish_reason": ended}]}

    first: dict[str, Any] = {"role": "assistant", "content": None if tool else "", "refusal": None}
    if tool:
        first["tool_calls"] = [{"index": 0, **_tool_call(tool, "")}]
    events = [chunk(first)]
    for piece in _cut(said.text):
        told = {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}
        events.append(chunk(told if tool else {"content": piece}))
    ending = [chunk({}, finish_reason)]
    if (asked.get("stream_options") or {}).get("include_usage"):
        ending.append(whole | {"choices": [], "usage": _chat_usage(said)})
    last = b"".join(map(_event, ending)) + b"data: [DONE]\n\n"
    return HttpReply(headers=_STREAM, pieces=(*map(_event, events), last))


def _answer_responses(call: HttpCall, said: Said) -> HttpReply:
    asked = call.json
    tool = asked["tools"][0]["name"] if asked.get("tools") else ""
    response = _response(asked, said, tool)
    if not asked.get("stream"):
        return HttpReply.of(response, headers=_WHOLE)
    kind = "response.function_call_arguments.delta" if tool else "response.output_text.delta"
    where: dict[str, Any] = {"item_id": "item_1", "output_index": 1}
    if not tool:
        where |= {"content_index": 0, "logprobs": []}
    begun = response | {"status": "in_progress", "output": [], "usage": None, "incomplete_details": None}
    events: list[dict[str, Any]] = [{"type": "response.created", "response": begun}]
    events += [{"type": kind, "delta": piece, **where} for piece in _cut(said.text)]
    events.append({"type": f"response.{response['status']}", "response": response})
    pieces = [
        _event(event | {"sequence_number": number}, name=event["type"])
        for number, event in enumerate(events)
    ]
    return HttpReply(headers=_STREAM, pieces=tuple(pieces))


def _response(asked: Mapping[str, Any], said: Said, tool: str) -> dict[str, Any]:
    reasons = {"length": "max_output_tokens", "content_filter": "content_filter"}
    reason = reasons.get(said.finish_reason)
    status = "incomplete" if reason else "completed"
    part = {"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}
    message = {"type": "message", "id": "item_1", "status": status, "role": "assistant", "content": [part]}
    calling = {"type": "function_call", "id": "item_1", "call_id": "call_1", "status": status}
    return {
        "id": "resp_rehearsed",
        "object": "response",
        "created_at": 1_760_000_000,
        "status": status,
        "error": None,
        "incomplete_details": {"reason": reason} if reason else None,
        "model": f"{asked['model']}-2026-01-01",
        "output": [
            {"type": "reasoning", "id": "item_0", "summary": []},
            calling | {"name": tool, "arguments": said.text} if tool else message,
        ],
        "store": asked.get("store", True),
        "usage": {
            "input_tokens": said.input_tokens,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": said.output_tokens,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": said.input_tokens + said.output_tokens,
        },
    }


def _cut(text: str) -> Sequence[str]:
    size = -(-len(text) // _PIECES) or 1
    return [text[start : start + size] for start in range(0, len(text), size)]


def _event(told: object, *, name: str = "") -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(told)}\n\n".encode()


def _error(
    name: str,
    kind: ErrorKind,
    status: int,
    told: Mapping[str, object],
    *,
    headers: Mapping[str, str] | None = None,
    retry_after_seconds: float | None = None,
) -> RehearsedError:
    reply = HttpReply.of({"error": told}, status=status, headers={**_WHOLE, **(headers or {})})
    return RehearsedError(name=name, reply=reply, kind=kind, retry_after_seconds=retry_after_seconds)


def _told(
    message: str, code: str | int | None, kind: str = "invalid_request_error", param: str | None = None
) -> dict[str, object]:
    return {"message": message, "type": kind, "param": param, "code": code}


_ERRORS = (
    _error(
        "a wrong key",
        ErrorKind.AUTHENTICATION,
        401,
        _told("Incorrect API key provided.", "invalid_api_key"),
    ),
    _error(
        "no credit",
        ErrorKind.QUOTA,
        429,
        _told("You exceeded your current quota.", "insufficient_quota", "insufficient_quota"),
    ),
    _error(
        "too many requests",
        ErrorKind.RATE_LIMIT,
        429,
        _told("Rate limit reached on requests per min.", "rate_limit_exceeded", "requests"),
        headers={"retry-after": "7"},
        retry_after_seconds=7,
    ),
    _error(
        "too many requests, to the millisecond",
        ErrorKind.RATE_LIMIT,
        429,
        _told("Rate limit reached on tokens per min.", "rate_limit_exceeded", "tokens"),
        headers={"retry-after-ms": "250", "retry-after": "1"},
        retry_after_seconds=0.25,
    ),
    _error(
        "too long",
        ErrorKind.CONTEXT_LENGTH,
        400,
        _told("The input exceeds the context window.", "context_length_exceeded"),
    ),
    _error(
        "no such model",
        ErrorKind.UNKNOWN_MODEL,
        404,
        _told("The model does not exist or you have no access.", "model_not_found"),
    ),
    _error(
        "a setting that is not taken",
        ErrorKind.INVALID_REQUEST,
        400,
        _told(
            "Unsupported parameter: 'temperature' is not supported with this model.",
            "unsupported_parameter",
            param="temperature",
        ),
    ),
    _error(
        "a fault of its own",
        ErrorKind.TRANSIENT,
        500,
        _told("The server had an error.", None, "server_error"),
    ),
    _error(
        "overloaded",
        ErrorKind.TRANSIENT,
        503,
        _told("The engine is currently overloaded.", None, "service_unavailable_error"),
        headers={"retry-after": "30"},
        retry_after_seconds=30,
    ),
)

_CHAT_ERRORS = (
    _error(
        "filtered, at Azure",
        ErrorKind.CONTENT_FILTER,
        400,
        {
            **_told("The response was filtered.", "content_filter", param="prompt"),
            "type": None,
            "status": 400,
            "innererror": {
                "code": "ResponsibleAIPolicyViolation",
                "content_filter_result": {"violence": {"filtered": True, "severity": "medium"}},
            },
        },
    ),
    _error(
        "no such deployment, at Azure",
        ErrorKind.UNKNOWN_MODEL,
        404,
        {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."},
    ),
    _error(
        "too long, at llama.cpp",
        ErrorKind.CONTEXT_LENGTH,
        400,
        {
            "code": 400,
            "message": "The request exceeds the available context size.",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": 3011,
            "n_ctx": 2048,
        },
    ),
)

_RESPONSES_ERRORS = (
    RehearsedError(
        name="failed while it was writing",
        kind=ErrorKind.TRANSIENT,
        reply=HttpReply.of(
            {
                "id": "resp_rehearsed",
                "object": "response",
                "status": "failed",
                "error": {"code": "server_error", "message": "The model failed to write a response."},
                "incomplete_details": None,
                "model": _MODEL,
                "output": [],
                "usage": None,
            },
            headers=_WHOLE,
        ),
    ),
)
