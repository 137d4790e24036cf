"""Reads what the Gemini API answers: as a whole, or piece by piece."""

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from sandbox.domain.exchange import Completion, FinishReason, Request, Usage
from sandbox.domain.tokens import estimated_usage

_FINISH_REASONS = {
    "STOP": FinishReason.STOP,
    "MAX_TOKENS": FinishReason.LENGTH,
    "CONTINUATION": FinishReason.LENGTH,
    "SAFETY": FinishReason.CONTENT_FILTER,
    "RECITATION": FinishReason.CONTENT_FILTER,
    "BLOCKLIST": FinishReason.CONTENT_FILTER,
    "PROHIBITED_CONTENT": FinishReason.CONTENT_FILTER,
    "SPII": FinishReason.CONTENT_FILTER,
    "ESCALATION": FinishReason.CONTENT_FILTER,
    "MODEL_ARMOR": FinishReason.CONTENT_FILTER,
}


class _Section(BaseModel):
    """A section of the answer, out of JSON or out of the SDK's types. Unknown fields are passed over."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        populate_by_name=True,
        from_attributes=True,
        protected_namespaces=(),
    )


class _Part(_Section):
    text: str | None = None
    thought: bool | None = None


class _Content(_Section):
    parts: tuple[_Part, ...] | None = None


class _Candidate(_Section):
    content: _Content | None = None
    finish_reason: str | None = None


class _PromptFeedback(_Section):
    block_reason: str | None = None


class _Usage(_Section):
    prompt_token_count: int | None = Field(default=None, ge=0)
    candidates_token_count: int | None = Field(default=None, ge=0)
    thoughts_token_count: int | None = Field(default=None, ge=0)
    cached_content_token_count: int | None = Field(default=None, ge=0)


class AnswerPiece(_Section):
    """One reply of the service, or one piece of a reply that is streamed."""

    candidates: tuple[_Candidate, ...] | None = None
    prompt_feedback: _PromptFeedback | None = None
    usage_metadata: _Usage | None = None
    model_version: str | None = None
    response_id: str | None = None


@dataclass(slots=True)
class Answer:
    """What has been answered so far."""

    request: Request
    has_candidate: bool = False
    is_blocked: bool = False
    """Whether the service refused to look at the prompt."""
    _texts: list[str] = field(default_factory=list)
    _finish_reason: str | None = None
    _usage: _Usage | None = None
    _model: str | None = None
    _id: str | None = None

    def take(self, piece: AnswerPiece) -> str:
        """Take in a piece, and give the text that it adds; what the model only thought is left out."""
        self._usage = piece.usage_metadata or self._usage
        self._model = piece.model_version or self._model
        self._id = piece.response_id or self._id
        if piece.prompt_feedback and piece.prompt_feedback.block_reason:
            self.is_blocked = True
        if not piece.candidates:
            return ""
        candidate = piece.candidates[0]
        self.has_candidate = True
        self._finish_reason = candidate.finish_reason or self._finish_reason
        parts = (candidate.content.parts if candidate.content else None) or ()
        text = "".join(part.text or "" for part in parts if not part.thought)
        self._texts.append(text)
        return text

    @property
    def is_whole(self) -> bool:
        """Whether the model came to an end."""
        return self.has_candidate and self._finish_reason is not None

    def completion(self, latency_seconds: float) -> Completion:
        """The answer as a completion, once it is whole."""
        text = "".join(self._texts)
        return Completion(
            text=text,
            model_served=self._model or self.request.model,
            usage=_counted(self._usage, text) or estimated_usage(self.request, text),
            finish_reason=_FINISH_REASONS.get(self._finish_reason or "", FinishReason.UNKNOWN),
            latency_seconds=latency_seconds,
            request_id=self._id,
        )


def _counted(counted: _Usage | None, text: str) -> Usage | None:
    """The tokens that are billed: what the model thought is counted apart, but costs the same."""
    if counted is None or counted.prompt_token_count is None:
        return None
    thoughts = counted.thoughts_token_count or 0
    output_tokens = (counted.candidates_token_count or 0) + thoughts
    if text and not output_tokens:
        return None
    return Usage(
        input_tokens=counted.prompt_token_count,
        output_tokens=output_tokens,
        cached_input_tokens=counted.cached_content_token_count or 0,
        reasoning_tokens=thoughts,
    )
