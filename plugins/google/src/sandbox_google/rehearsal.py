"""How the Gemini API answers over HTTP, told so that the provider can be tried without a key."""

import json
from collections.abc import Sequence
from typing import Any

from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, RehearsedError, Said
from sandbox.errors import ErrorKind

_MODEL = "gemini-3.8-flash"
_FINISH_REASONS = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY", "unknown": "OTHER"}
_PIECES = 4
_TYPE = "type.googleapis.com/google.rpc."


def _answer(call: HttpCall, said: Said) -> HttpReply:
    if ":streamGenerateContent" not in call.path:
        return HttpReply.of(_body(said.text, said, finish_reason=_FINISH_REASONS[said.finish_reason]))
    size = max(1, -(-len(said.text) // _PIECES))
    texts = [said.text[start : start + size] for start in range(0, len(said.text), size)] or [""]
    pieces = [_body(text, said) for text in texts[:-1]]
    pieces.append(_body(texts[-1], said, finish_reason=_FINISH_REASONS[said.finish_reason]))
    return HttpReply(
        headers={"content-type": "text/event-stream"},
        pieces=tuple(f"data: {json.dumps(piece)}\r\n\r\n".encode() for piece in pieces),
    )


def _body(text: str, said: Said, *, finish_reason: str = "") -> dict[str, Any]:
    """A `GenerateContentResponse`, or a piece of a streamed one."""
    candidate: dict[str, Any] = {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}
    counted = {
        "promptTokenCount": said.input_tokens,
        "candidatesTokenCount": said.output_tokens,
        "totalTokenCount": said.input_tokens + said.output_tokens,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": said.input_tokens}],
    }
    if finish_reason:
        candidate["finishReason"] = finish_reason
    return {
        "candidates": [candidate],
        "usageMetadata": counted,
        "modelVersion": _MODEL,
        "responseId": "rehearsed-response",
    }


def _error(status: int, name: str, message: str, details: Sequence[dict[str, Any]] = ()) -> HttpReply:
    error: dict[str, Any] = {"code": status, "message": message, "status": name}
    if details:
        error["details"] = list(details)
    return HttpReply.of({"error": error}, status=status)


def _quota(quota: str, delay: str) -> list[dict[str, Any]]:
    metric = "generativelanguage.googleapis.com/generate_content_free_tier_requests"
    violation = {
        "quotaMetric": metric,
        "quotaId": quota,
        "quotaDimensions": {"location": "global", "model": _MODEL},
        "quotaValue": "20",
    }
    return [
        {"@type": f"{_TYPE}QuotaFailure", "violations": [violation]},
        {"@type": f"{_TYPE}Help", "links": [{"description": "Quotas", "url": "https://ai.google.dev"}]},
        {"@type": f"{_TYPE}RetryInfo", "retryDelay": delay},
    ]


_ERRORS = (
    RehearsedError(
        name="a wrong key",
        reply=_error(
            400,
            "INVALID_ARGUMENT",
            "API key not valid.",
            [
                {
                    "@type": f"{_TYPE}ErrorInfo",
                    "reason": "API_KEY_INVALID",
                    "domain": "googleapis.com",
                    "metadata": {"service": "generativelanguage.googleapis.com"},
                },
                {"@type": f"{_TYPE}LocalizedMessage", "locale": "en-US", "message": "API key not valid."},
            ],
        ),
        kind=ErrorKind.AUTHENTICATION,
    ),
    RehearsedError(
        name="a key that may not do this",
        reply=_error(403, "PERMISSION_DENIED", "The caller does not have permission."),
        kind=ErrorKind.AUTHENTICATION,
    ),
    RehearsedError(
        name="no such model",
        reply=_error(404, "NOT_FOUND", f"models/{_MODEL} is not found for API version v1."),
        kind=ErrorKind.UNKNOWN_MODEL,
    ),
    RehearsedError(
        name="too many requests in a minute",
        reply=_error(
            429,
            "RESOURCE_EXHAUSTED",
            "Quota exceeded.",
            _quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "17s"),
        ),
        kind=ErrorKind.RATE_LIMIT,
        retry_after_seconds=17,
    ),
    RehearsedError(
        name="too many requests in a day",
        reply=_error(
            429,
            "RESOURCE_EXHAUSTED",
            "Quota exceeded.",
            _quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "36.5s"),
        ),
        kind=ErrorKind.QUOTA,
        retry_after_seconds=36.5,
    ),
    RehearsedError(
        name="too many requests, without details",
        reply=_error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
        kind=ErrorKind.RATE_LIMIT,
    ),
    RehearsedError(
        name="a prompt that is too long",
        reply=_error(
            400,
            "INVALID_ARGUMENT",
            "The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).",
        ),
        kind=ErrorKind.CONTEXT_LENGTH,
    ),
    RehearsedError(
        name="a field that is not known",
        reply=_error(
            400,
            "INVALID_ARGUMENT",
            "Invalid JSON payload received. Unknown name \"seeed\" at 'generation_config'.",
            [{"@type": f"{_TYPE}BadRequest", "fieldViolations": [{"field": "generation_config"}]}],
        ),
        kind=ErrorKind.INVALID_REQUEST,
    ),
    RehearsedError(
        name="a country without the free plan",
        reply=_error(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
        kind=ErrorKind.UNAVAILABLE,
    ),
    RehearsedError(
        name="a prompt that the filter refuses",
        reply=HttpReply.of(
            {
                "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
                "usageMetadata": {"promptTokenCount": 9, "totalTokenCount": 9},
                "modelVersion": _MODEL,
            }
        ),
        kind=ErrorKind.CONTENT_FILTER,
    ),
    RehearsedError(
        name="a fault of the service",
        reply=_error(500, "INTERNAL", "An internal error has occurred."),
        kind=ErrorKind.TRANSIENT,
    ),
    RehearsedError(
        name="an overloaded model",
        reply=_error(503, "UNAVAILABLE", "The model is overloaded."),
        kind=ErrorKind.TRANSIENT,
    ),
    RehearsedError(
        name="a service that ran out of time",
        reply=_error(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
        kind=ErrorKind.TIMEOUT,
    ),
)

REHEARSAL = Rehearsal(
    model=_MODEL,
    options=lambda url: {"base_url": url},
    answer=_answer,
    errors=_ERRORS,
    key_variables=("GEMINI_API_KEY",),
)
