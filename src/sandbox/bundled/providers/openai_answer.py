"""Reads the body of a chat completion."""

from pydantic import BaseModel, ConfigDict, Field

from sandbox.bundled.providers.usage_estimate import estimated_usage
from sandbox.domain.exchange import Completion, FinishReason, Request, Usage

_FINISH_REASONS = {
    "stop": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "content_filter": FinishReason.CONTENT_FILTER,
}


class _Part(BaseModel):
    """A part of the body. Servers add fields of their own, so the unknown ones are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Message(_Part):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Part):
    message: _Message
    finish_reason: str | None = None


class _InputDetails(_Part):
    cached_tokens: int | None = Field(default=None, ge=0)


class _Usage(_Part):
    prompt_tokens: int | None = Field(default=None, ge=0)
    completion_tokens: int | None = Field(default=None, ge=0)
    prompt_tokens_details: _InputDetails | None = None


class _Body(_Part):
    choices: tuple[_Choice, ...] = Field(min_length=1)
    model: str | None = None
    usage: _Usage | None = None


def read_answer(
    body: bytes, request: Request, *, latency_seconds: float, request_id: str | None
) -> Completion:
    """The completion that a body holds.

    Raises:
        pydantic.ValidationError: it is no chat completion; the error may hold what the model said.
    """
    answer = _Body.model_validate_json(body)
    choice = answer.choices[0]
    text = choice.message.content or ""
    return Completion(
        text=text,
        model_served=answer.model or request.model,
        usage=_usage(answer.usage) or estimated_usage(request, text),
        finish_reason=_FINISH_REASONS.get(choice.finish_reason or "", FinishReason.UNKNOWN),
        refusal=choice.message.refusal or None,
        latency_seconds=latency_seconds,
        request_id=request_id,
    )


def _usage(counted: _Usage | None) -> Usage | None:
    if counted is None or counted.prompt_tokens is None or counted.completion_tokens is None:
        return None
    details = counted.prompt_tokens_details
    return Usage(
        input_tokens=counted.prompt_tokens,
        output_tokens=counted.completion_tokens,
        cached_input_tokens=(details.cached_tokens or 0) if details else 0,
    )
