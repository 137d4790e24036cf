"""Reads what the Messages API answers, as a whole or as a stream of events."""

import json
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from sandbox.domain.exchange import Completion, FinishReason, Request, Usage
from sandbox.domain.tokens import estimated_usage
from sandbox_anthropic.asking import forces_tool

_FINISH_REASONS = {
    "end_turn": FinishReason.STOP,
    "stop_sequence": FinishReason.STOP,
    "tool_use": FinishReason.STOP,
    "max_tokens": FinishReason.LENGTH,
    "model_context_window_exceeded": FinishReason.LENGTH,
    # The service's classifiers stopped the model; a model that declines by itself does so in its text.
    "refusal": FinishReason.CONTENT_FILTER,
}


class _Part(BaseModel):
    """A part of what is sent. The service adds fields over time, so the unknown ones are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Block(_Part):
    type: str
    text: str | None = None
    input: dict[str, JsonValue] | None = None


class _OutputDetails(_Part):
    thinking_tokens: int | None = Field(default=None, ge=0)


class _Usage(_Part):
    input_tokens: int | None = Field(default=None, ge=0)
    cache_read_input_tokens: int | None = Field(default=None, ge=0)
    cache_creation_input_tokens: int | None = Field(default=None, ge=0)
    output_tokens: int | None = Field(default=None, ge=0)
    output_tokens_details: _OutputDetails | None = None


class _Message(_Part):
    content: tuple[_Block, ...]
    model: str | None = None
    stop_reason: str | None = None
    usage: _Usage | None = None


class _Delta(_Part):
    type: str | None = None
    text: str | None = None
    partial_json: str | None = None
    stop_reason: str | None = None


class MessageEvent(_Part):
    """One event of a stream."""

    type: str
    index: int = 0
    message: _Message | None = None
    content_block: _Block | None = None
    delta: _Delta | None = None
    usage: _Usage | None = None


def read_message(
    body: bytes, request: Request, *, latency_seconds: float, request_id: str | None
) -> Completion:
    """The completion that a body holds.

    Raises:
        pydantic.ValidationError: it is no message; the error may hold what the model said.
    """
    message = _Message.model_validate_json(body)
    text = "".join(block.text or "" for block in message.content if block.type == "text")
    if forces_tool(request):
        calls = [block.input for block in message.content if block.type == "tool_use"]
        text = json.dumps(calls[0] or {}, ensure_ascii=False) if calls else text
    return _completion(request, message, text=text, latency_seconds=latency_seconds, request_id=request_id)


@dataclass(slots=True)
class StreamedAnswer:
    """An answer that is still being written."""

    request: Request
    is_whole: bool = field(default=False, init=False)
    _message: _Message = field(default_factory=lambda: _Message(content=()), init=False)
    _pieces: list[str] = field(default_factory=list, init=False)
    _aside: list[str] = field(default_factory=list, init=False)
    """What the model says beside calling the tool."""
    _tool: int | None = field(default=None, init=False)
    """The index of the tool's block, once it was called."""

    def take(self, event: MessageEvent) -> str:
        """Go on by one event, and give the piece of the answer's text that it brings, if any."""
        match event.type:
            case "message_start" if event.message:
                self._message = event.message
            case "content_block_start" if event.content_block:
                if event.content_block.type == "tool_use" and self._tool is None:
                    self._tool = event.index
                return self._kept(event.content_block.text or "")
            case "content_block_delta" if event.delta:
                return self._take_delta(event.index, event.delta)
            case "message_delta":
                self._note_end(event)
            case "message_stop":
                self.is_whole = True
        return ""

    def rest(self) -> str:
        """The last piece, for when the stream is over: what can be told only then."""
        if self._pieces or not forces_tool(self.request):
            return ""
        return self._kept_piece("{}" if self._tool is not None else "".join(self._aside))

    def completion(self, *, latency_seconds: float, request_id: str | None) -> Completion:
        """The whole answer."""
        return _completion(
            self.request,
            self._message,
            text="".join(self._pieces),
            latency_seconds=latency_seconds,
            request_id=request_id,
        )

    def _take_delta(self, index: int, delta: _Delta) -> str:
        if delta.type == "text_delta":
            return self._kept(delta.text or "")
        if delta.type == "input_json_delta" and index == self._tool and forces_tool(self.request):
            return self._kept_piece(delta.partial_json or "")
        return ""

    def _kept(self, text: str) -> str:
        if forces_tool(self.request):
            self._aside.append(text)
            return ""
        return self._kept_piece(text)

    def _kept_piece(self, piece: str) -> str:
        if piece:
            self._pieces.append(piece)
        return piece

    def _note_end(self, event: MessageEvent) -> None:
        known = self._message.usage or _Usage()
        if event.usage is not None:
            # The counts are totals so far, and those that did not change may be left out.
            known = known.model_copy(update=dict(_said(event.usage)))
        reason = event.delta.stop_reason if event.delta else None
        self._message = self._message.model_copy(update={"usage": known, "stop_reason": reason})


def _said(usage: _Usage) -> list[tuple[str, object]]:
    return [(name, value) for name, value in usage if value is not None]


def _completion(
    request: Request, message: _Message, *, text: str, latency_seconds: float, request_id: str | None
) -> Completion:
    return Completion(
        text=text,
        model_served=message.model or request.model,
        usage=_usage(message.usage) or estimated_usage(request, text),
        finish_reason=_FINISH_REASONS.get(message.stop_reason or "", FinishReason.UNKNOWN),
        latency_seconds=latency_seconds,
        request_id=request_id,
    )


def _usage(counted: _Usage | None) -> Usage | None:
    if counted is None or counted.input_tokens is None or counted.output_tokens is None:
        return None
    # The service counts beside each other what was read anew, from its cache, and into its cache.
    read, written = counted.cache_read_input_tokens or 0, counted.cache_creation_input_tokens or 0
    details = counted.output_tokens_details
    return Usage(
        input_tokens=counted.input_tokens + read + written,
        cached_input_tokens=read,
        output_tokens=counted.output_tokens,
        reasoning_tokens=(details.thinking_tokens or 0) if details else 0,
    )
