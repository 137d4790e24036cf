"""How servers of chat completions answer, so that the provider can be tried without one.

The answers are shaped like those of llama.cpp's server; the errors are those of several servers.
"""

import json
from collections.abc import Iterator, Mapping

from sandbox.contracts.provider import Options
from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, RehearsedError, Said
from sandbox.errors import ErrorKind

_KEY_VARIABLE = "OPENAI_HTTP_KEY"
_HEADERS = {"x-request-id": "rehearsed-1"}
_PIECE = 7
"""How many characters of the text stand in one event of a stream."""


def _options(url: str) -> Options:
    return {"base_url": f"{url}/v1", "api_key_env": _KEY_VARIABLE}


def _answer(call: HttpCall, said: Said) -> HttpReply:
    asked = call.json
    whole = {"id": "chatcmpl-rehearsed", "created": 1_760_000_000, "model": f"{asked['model']}.gguf"}
    usage = {
        "prompt_tokens": said.input_tokens,
        "completion_tokens": said.output_tokens,
        "total_tokens": said.input_tokens + said.output_tokens,
        "prompt_tokens_details": {"cached_tokens": 0},
    }
    if asked.get("stream"):
        headers = {"content-type": "text/event-stream", **_HEADERS}
        wants_usage = (asked.get("stream_options") or {}).get("include_usage")
        whole |= {"object": "chat.completion.chunk"}
        pieces = _events(whole, said, usage if wants_usage else None)
        return HttpReply(headers=headers, pieces=tuple(pieces))
    message = {"role": "assistant", "content": said.text}
    choice = {"index": 0, "message": message, "finish_reason": str(said.finish_reason)}
    body = {**whole, "object": "chat.completion", "choices": [choice], "usage": usage}
    return HttpReply.of(body | {"timings": {"prompt_n": 1, "prompt_ms": 6.5}}, headers=_HEADERS)


def _events(whole: Mapping[str, object], said: Said, usage: Mapping[str, object] | None) -> Iterator[bytes]:
    def chunk(delta: Mapping[str, object], ended: str | None = None) -> bytes:
        return _event({**whole, "choices": [{"index": 0, "delta": delta, "finish_reason": ended}]})

    yield chunk({"role": "assistant", "content": None})
    for start in range(0, len(said.text), _PIECE):
        yield chunk({"content": said.text[start : start + _PIECE]})
    end = chunk({}, str(said.finish_reason))
    if usage:
        end += _event({**whole, "choices": [], "usage": usage})
    yield end + b"data: [DONE]\n\n"


def _event(told: object) -> bytes:
    return f"data: {json.dumps(told)}\n\n".encode()


def _error(
    name: str,
    kind: ErrorKind,
    status: int,
    told: object,
    *,
    retry_after_seconds: int | None = None,
) -> RehearsedError:
    headers = dict(_HEADERS)
    if retry_after_seconds is not None:
        headers["retry-after"] = str(retry_after_seconds)
    reply = HttpReply.of(told, status=status, headers=headers)
    return RehearsedError(name=name, reply=reply, kind=kind, retry_after_seconds=retry_after_seconds)


def _told(code: int, kind: str, message: str, **more: object) -> dict[str, object]:
    return {"error": {"code": code, "message": message, "type": kind, **more}}


_ERRORS = (
    _error(
        "a wrong key, at llama.cpp",
        ErrorKind.AUTHENTICATION,
        401,
        _told(401, "authentication_error", "Invalid API Key"),
    ),
    _error(
        "too long, at llama.cpp",
        ErrorKind.CONTEXT_LENGTH,
        400,
        _told(
            400,
            "exceed_context_size_error",
            "The request exceeds the available context size.",
            n_prompt_tokens=3011,
            n_ctx=2048,
        ),
    ),
    _error(
        "too long, at llama.cpp, with a good status",
        ErrorKind.CONTEXT_LENGTH,
        200,
        _told(400, "exceed_context_size_error", "The request exceeds the available context size."),
    ),
    _error(
        "still loading, at llama.cpp",
        ErrorKind.TRANSIENT,
        503,
        _told(503, "unavailable_error", "Loading model"),
    ),
    _error(
        "not built in, at llama.cpp",
        ErrorKind.INVALID_REQUEST,
        501,
        _told(501, "not_supported_error", "This server does not support it."),
    ),
    _error(
        "too long, at vLLM",
        ErrorKind.CONTEXT_LENGTH,
        400,
        _told(400, "BadRequestError", "This model's maximum context length is 4096 tokens.", param=None),
    ),
    _error(
        "too long, at an older vLLM",
        ErrorKind.CONTEXT_LENGTH,
        400,
        {
            "object": "error",
            "message": "This model's maximum context length is 4096 tokens.",
            "type": "BadRequestError",
            "param": None,
            "code": 400,
        },
    ),
    _error(
        "no such model, at vLLM",
        ErrorKind.UNKNOWN_MODEL,
        404,
        _told(404, "NotFoundError", "The model does not exist.", param="model"),
    ),
    _error(
        "no JSON objects, at LM Studio",
        ErrorKind.INVALID_REQUEST,
        400,
        {"error": "'response_format.type' must be 'json_schema' or 'text'"},
    ),
    _error(
        "too many requests, at a gateway",
        ErrorKind.RATE_LIMIT,
        429,
        {"error": {"message": "Slow down.", "type": "requests", "code": "rate_limit_exceeded"}},
        retry_after_seconds=3,
    ),
    _error(
        "no credit, at a gateway",
        ErrorKind.QUOTA,
        429,
        {"error": {"message": "No credit.", "type": "insufficient_quota", "code": "insufficient_quota"}},
    ),
)

REHEARSAL = Rehearsal(
    model="rehearsed",
    options=_options,
    answer=_answer,
    errors=_ERRORS,
    key_variables=(_KEY_VARIABLE,),
)
"""A server on this machine that wants a key, which most do not."""
