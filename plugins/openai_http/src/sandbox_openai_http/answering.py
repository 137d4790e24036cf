"""Reads answers, whole or piece by piece: each body is parsed once, and only for the fields that count."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic_core import from_json
from typing_extensions import TypedDict

from sandbox.domain.exchange import Completion, FinishReason, Request, Usage
from sandbox.domain.tokens import estimated_usage

_FINISH_REASONS = {
    "stop": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "content_filter": FinishReason.CONTENT_FILTER,
}
_Count = Annotated[int, Field(ge=0)]

# Reading into dictionaries takes two thirds of the time that reading into objects takes. Other fields are
# passed over: servers add their own.


class _CachedDetails(TypedDict, total=False):
    cached_tokens: _Count | None


class _ReasoningDetails(TypedDict, total=False):
    reasoning_tokens: _Count | None


class _Counted(TypedDict, total=False):
    prompt_tokens: _Count | None
    completion_tokens: _Count | None
    total_tokens: _Count | None
    prompt_tokens_details: _CachedDetails | None
    completion_tokens_details: _ReasoningDetails | None


class _Message(TypedDict, total=False):
    """A message, or what a stream adds to one."""

    content: str | None
    refusal: str | None


class _Choice(TypedDict, total=False):
    message: _Message
    delta: _Message
    finish_reason: str | None


class _Body(TypedDict, total=False):
    choices: list[_Choice]
    model: str | None
    usage: _Counted | None
    error: Any
    object: str | None


_BODY = TypeAdapter(_Body).validator


class ReportedError(Exception):
    """The server said by its status that all was well, and in the body that it was not."""

    def __init__(self, told: object = None) -> None:
        self.told = told
        super().__init__("the body reports an error")


@dataclass(slots=True, kw_only=True)
class _Parts:
    """What an answer is made of."""

    text: str
    finish_reason: str | None
    refusal: str | None = None
    model: str | None = None
    counted: _Counted | None = None


def read_answer(
    body: bytes, request: Request, *, latency_seconds: float, request_id: str | None
) -> Completion:
    """The completion that a body holds.

    Raises:
        ValueError: it is no answer of this API; the error may hold what the model said.
        ReportedError: it says that the server failed.
    """
    read: _Body = _BODY.validate_json(body)
    choices = read.get("choices")
    if not choices or read.get("error") is not None:
        raise ReportedError(from_json(body))
    if "message" not in choices[0]:
        raise ValueError
    message = choices[0]["message"]
    parts = _Parts(
        text=message.get("content") or "",
        finish_reason=choices[0].get("finish_reason"),
        refusal=message.get("refusal"),
        model=read.get("model"),
        counted=read.get("usage"),
    )
    return _completion(request, parts, latency_seconds=latency_seconds, request_id=request_id)


@dataclass(slots=True)
class StreamedAnswer:
    """An answer of which one event after the other is taken in."""

    request: Request
    _said: list[str] = field(default_factory=list, init=False)
    _refused: list[str] = field(default_factory=list, init=False)
    _finish_reason: str | None = field(default=None, init=False)
    _model: str | None = field(default=None, init=False)
    _counted: _Counted | None = field(default=None, init=False)

    def take(self, data: bytes) -> str:
        """Take in an event, and give the piece of text that it brings, which may be empty.

        Raises:
            ValueError: it is no event of this API.
            ReportedError: it says that the server failed.
        """
        chunk: _Body = _BODY.validate_json(data)
        # Older servers of vLLM put what they say of an error beside each other, without an outer "error".
        if chunk.get("error") is not None or chunk.get("object") == "error":
            raise ReportedError(from_json(data))
        self._model = chunk.get("model") or self._model
        self._counted = chunk.get("usage") or self._counted
        choices = chunk.get("choices")
        if not choices:  # it brings the usage alone
            return ""
        self._finish_reason = choices[0].get("finish_reason") or self._finish_reason
        delta = choices[0].get("delta", {})
        if refused := delta.get("refusal"):
            self._refused.append(refused)
        if said := delta.get("content"):
            self._said.append(said)
        return said or ""

    def completion(self, *, latency_seconds: float, request_id: str | None) -> Completion:
        """The whole answer.

        Raises:
            ReportedError: the stream broke off; only a whole one says why it ended.
        """
        if self._finish_reason is None:
            raise ReportedError
        parts = _Parts(
            text="".join(self._said),
            finish_reason=self._finish_reason,
            refusal="".join(self._refused),
            model=self._model,
            counted=self._counted,
        )
        return _completion(self.request, parts, latency_seconds=latency_seconds, request_id=request_id)


def _completion(
    request: Request, parts: _Parts, *, latency_seconds: float, request_id: str | None
) -> Completion:
    return Completion(
        text=parts.text,
        model_served=parts.model or request.model,
        usage=_usage(parts.counted) or estimated_usage(request, parts.text),
        finish_reason=_FINISH_REASONS.get(parts.finish_reason or "", FinishReason.UNKNOWN),
        refusal=parts.refusal or None,
        latency_seconds=latency_seconds,
        request_id=request_id,
    )


def _usage(counted: _Counted | None) -> Usage | None:
    """The tokens that the server counted; None if it counted too little to tell."""
    if not counted:
        return None
    asked, said, total = (
        counted.get("prompt_tokens"),
        counted.get("completion_tokens"),
        counted.get("total_tokens"),
    )
    if asked is None or (said is None and total is None):
        return None
    # Some count what the model only thought in the total alone.
    hidden = max(0, (total or 0) - asked - (said or 0))
    cached = counted.get("prompt_tokens_details") or {}
    thought = counted.get("completion_tokens_details") or {}
    return Usage(
        input_tokens=asked,
        output_tokens=(said or 0) + hidden,
        cached_input_tokens=cached.get("cached_tokens") or 0,
        reasoning_tokens=thought.get("reasoning_tokens") or hidden,
    )
