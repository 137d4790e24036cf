"""Reads what Converse answers, whole or event by event."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sandbox.domain.exchange import Completion, FinishReason, Request, Usage
from sandbox.domain.tokens import estimated_usage
from sandbox_bedrock.asking import wants_tool

_FINISH_REASONS = {
    "end_turn": FinishReason.STOP,
    "stop_sequence": FinishReason.STOP,
    "tool_use": FinishReason.STOP,
    "max_tokens": FinishReason.LENGTH,
    "model_context_window_exceeded": FinishReason.LENGTH,
    "guardrail_intervened": FinishReason.CONTENT_FILTER,
    "content_filtered": FinishReason.CONTENT_FILTER,
}

Reply = Mapping[str, Any]
"""A reply or an event, as the AWS SDK for Python reads it."""


class _Part(BaseModel):
    """A part of a reply. The service adds fields over time, so the unknown ones are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _ToolUse(_Part):
    input: Any = None


class _Block(_Part):
    """A block of content; thinking aloud is a block that is neither, and is not handed on."""

    text: str | None = None
    toolUse: _ToolUse | None = None  # noqa: N815 - the service's name


class _Message(_Part):
    content: tuple[_Block, ...]


class _Output(_Part):
    message: _Message


class _Usage(_Part):
    inputTokens: int = Field(ge=0)  # noqa: N815 - the service's name
    outputTokens: int = Field(ge=0)  # noqa: N815 - the service's name
    cacheReadInputTokens: int = Field(default=0, ge=0)  # noqa: N815 - the service's name
    cacheWriteInputTokens: int = Field(default=0, ge=0)  # noqa: N815 - the service's name


class _Router(_Part):
    invokedModelId: str | None = None  # noqa: N815 - the service's name


class _Trace(_Part):
    promptRouter: _Router = _Router()  # noqa: N815 - the service's name


class _Whole(_Part):
    output: _Output
    stopReason: str  # noqa: N815 - the service's name
    usage: _Usage | None = None
    trace: _Trace = _Trace()


class _Metadata(_Part):
    usage: _Usage | None = None
    trace: _Trace = _Trace()


def read_answer(
    reply: Reply, request: Request, *, latency_seconds: float, request_id: str | None
) -> Completion:
    """The completion that a reply of Converse holds.

    Raises:
        pydantic.ValidationError: it is none; the error may hold what the model said.
    """
    whole = _Whole.model_validate(reply)
    blocks = whole.output.message.content
    text = "".join(block.text or "" for block in blocks)
    calls = [block.toolUse for block in blocks if block.toolUse is not None]
    if wants_tool(request) and calls:
        given = calls[0].input
        text = given if isinstance(given, str) else _compact(given or {})
    return _completion(
        text,
        request,
        whole.stopReason,
        _Metadata(usage=whole.usage, trace=whole.trace),
        latency_seconds=latency_seconds,
        request_id=request_id,
    )


@dataclass(slots=True, kw_only=True)
class StreamedAnswer:
    """An answer of ConverseStream as it comes in, event by event."""

    request: Request
    _text: str = ""
    _tool_input: str = ""
    _tool_block: int | None = field(default=None, init=False)
    """The block that the tool's arguments come in; a second call of the tool is passed over."""
    _stop_reason: str | None = field(default=None, init=False)
    _metadata: _Metadata = field(default_factory=_Metadata, init=False)

    def take(self, event: Reply) -> str:
        """Take an event in, and give the piece of the answer that it brought, if it brought one.

        Raises:
            ValueError: it is not what such an event is; the error may hold what the model said.
        """
        match event:
            case {"contentBlockStart": {"start": {"toolUse": _}, "contentBlockIndex": int(block)}}:
                self._tool_block = block if self._tool_block is None else self._tool_block
            case {"contentBlockDelta": {"delta": {"text": str(piece)}}}:
                return self._take_text(piece)
            case {"contentBlockDelta": {"delta": {"toolUse": {"input": str(piece)}}} as delta}:
                return self._take_tool_input(piece, delta.get("contentBlockIndex"))
            case {"messageStop": {"stopReason": str(reason)}}:
                self._stop_reason = reason
                return self._last_piece()
            case {"messageStop": _}:
                raise ValueError("an answer that stops for no reason")
            case {"metadata": metadata}:
                self._metadata = _Metadata.model_validate(metadata)
        return ""

    @property
    def is_whole(self) -> bool:
        """Whether the service said that this is all."""
        return self._stop_reason is not None

    def completion(self, *, latency_seconds: float, request_id: str | None) -> Completion:
        """The whole answer, as `complete` would give it."""
        return _completion(
            self._tool_input or self._text,
            self.request,
            self._stop_reason or "",
            self._metadata,
            latency_seconds=latency_seconds,
            request_id=request_id,
        )

    def _take_text(self, piece: str) -> str:
        self._text += piece
        # Beside a tool's arguments a model may say something, which is no part of the answer.
        return "" if wants_tool(self.request) else piece

    def _take_tool_input(self, piece: str, block: object) -> str:
        if not wants_tool(self.request) or block != self._tool_block:
            return ""
        self._tool_input += piece
        return piece

    def _last_piece(self) -> str:
        """What was held back: the words of a model that called no tool, or empty arguments."""
        if not wants_tool(self.request) or self._tool_input:
            return ""
        if self._tool_block is not None:
            self._tool_input = "{}"
            return self._tool_input
        return self._text


def _compact(value: object) -> str:
    # As models mostly write it, and so as it comes in a stream.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _completion(
    text: str,
    request: Request,
    stop_reason: str,
    metadata: _Metadata,
    *,
    latency_seconds: float,
    request_id: str | None,
) -> Completion:
    return Completion(
        text=text,
        model_served=metadata.trace.promptRouter.invokedModelId or request.model,
        usage=_usage(metadata.usage) or estimated_usage(request, text),
        finish_reason=_FINISH_REASONS.get(stop_reason, FinishReason.UNKNOWN),
        latency_seconds=latency_seconds,
        request_id=request_id,
    )


def _usage(counted: _Usage | None) -> Usage | None:
    if counted is None:
        return None
    # The service counts what it read from its cache, or wrote there, beside the other input tokens.
    cached = counted.cacheReadInputTokens + counted.cacheWriteInputTokens
    return Usage(
        input_tokens=counted.inputTokens + cached,
        output_tokens=counted.outputTokens,
        cached_input_tokens=counted.cacheReadInputTokens,
    )
