"""OpenAI's chat completions: what is sent, and how answers are read; most other servers speak them, too."""

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from sandbox.bundled.providers.openai_answer import (
    FINISH_REASONS,
    CachedDetails,
    Part,
    ReasoningDetails,
    ReportedError,
    counted_usage,
    wanted_mode,
)
from sandbox.bundled.providers.openai_dialects import Dialect
from sandbox.bundled.providers.strict_schema import strict_schema
from sandbox.domain.exchange import Completion, FinishReason, Request, StructuredMode
from sandbox.domain.tokens import estimated_usage


class _ContentPart(Part):
    type: str = ""
    text: str | None = None


class _Function(Part):
    arguments: str | dict[str, Any] | None = None


class _ToolCall(Part):
    index: int | None = None
    function: _Function | None = None


class _Message(Part):
    """A message, or what a stream adds to one."""

    content: str | tuple[_ContentPart, ...] | None = None
    """Mistral's reasoning models send parts, of which only the texts are the answer."""
    refusal: str | None = None
    tool_calls: tuple[_ToolCall, ...] | None = None

    @property
    def text(self) -> str:
        """What is meant for the reader."""
        if isinstance(self.content, tuple):
            return "".join(part.text or "" for part in self.content if part.type == "text")
        return self.content or ""

    @property
    def arguments(self) -> str:
        """Those of the first call of a tool: there is one tool, and one call is asked for."""
        for position, call in enumerate(self.tool_calls or ()):
            if (call.index or 0) == 0 and position == 0 and call.function is not None:
                given = call.function.arguments
                return json.dumps(given) if isinstance(given, dict) else given or ""
        return ""


class _Choice(Part):
    message: _Message
    finish_reason: str | None = None
    error: Any = None
    """OpenRouter tells here that a model failed while it was writing."""


class _ChunkChoice(Part):
    delta: _Message = _Message()
    finish_reason: str | None = None
    error: Any = None


class _Counted(Part):
    prompt_tokens: int | None = Field(default=None, ge=0)
    completion_tokens: int | None = Field(default=None, ge=0)
    total_tokens: int | None = Field(default=None, ge=0)
    prompt_tokens_details: CachedDetails | None = None
    completion_tokens_details: ReasoningDetails | None = None


class _Body(Part):
    choices: tuple[_Choice, ...] | None = None
    """None if the body reports an error, which some services do with a good status."""
    model: str | None = None
    usage: _Counted | None = None
    error: Any = None


class _Chunk(Part):
    choices: tuple[_ChunkChoice, ...] = ()
    """Empty in the chunk that brings the usage, and in Azure's first, which tells of its filter."""
    model: str | None = None
    usage: _Counted | None = None


class _Failure(Part):
    error: Any = None


@dataclass(frozen=True, slots=True)
class ChatApi:
    """Chat completions in the dialect of a service."""

    dialect: Dialect
    path: str = field(default="/chat/completions", init=False)

    @property
    def keeps_seed(self) -> bool:
        """Whether the service promises it."""
        return self.dialect.keeps_seed

    def body(self, request: Request, *, streams: bool) -> dict[str, Any]:
        """What is sent for a request."""
        settings, dialect = request.settings, self.dialect
        body: dict[str, Any] = {
            "model": request.model,
            "messages": [
                {"role": message.role.value, "content": message.content} for message in request.messages
            ],
            dialect.limit: settings.max_output_tokens,
            "temperature": settings.temperature,
            "top_p": settings.top_p,
            **({dialect.seed: settings.seed} if dialect.seed else {}),
            **dialect.extras,
            **self._structured(request),
        }
        if streams:
            body["stream"] = True
            body["stream_options"] = {"include_usage": True} if dialect.counts_streams else None
        return {name: value for name, value in body.items() if value is not None}

    def _structured(self, request: Request) -> dict[str, Any]:
        schema, dialect = request.output_schema, self.dialect
        if schema is None:
            return {}
        match request.structured:
            case StructuredMode.NATIVE:
                kept = {"name": request.output_name, "schema": strict_schema(schema), "strict": True}
                wanted = {"type": "json_schema", "json_schema": kept}
                return {"response_format": wanted, **dialect.schema_extras}
            case StructuredMode.TOOL:
                function: dict[str, Any] = {
                    "name": request.output_name,
                    "parameters": strict_schema(schema),
                }
                extras: dict[str, Any] = {}
                if dialect.takes_tool_extras:
                    function |= {"strict": True}
                    extras = {"parallel_tool_calls": False}
                # With one tool it says the same as the tool's name, which not every server understands.
                forced = {"tools": [{"type": "function", "function": function}], "tool_choice": "required"}
                return {**forced, **extras, **dialect.schema_extras}
            case StructuredMode.JSON_OBJECT:
                return {"response_format": {"type": "json_object"}, **dialect.schema_extras}
            case _:
                return {}

    def read(self, content: bytes, request: Request) -> Completion:
        """The completion that a body holds."""
        answer = _Body.model_validate_json(content)
        if answer.error is not None or not answer.choices:
            raise ReportedError(answer.error)
        choice = answer.choices[0]
        if choice.error is not None:
            raise ReportedError(choice.error)
        return _completion(
            request,
            said=choice.message.text,
            arguments=choice.message.arguments,
            refusal=choice.message.refusal or "",
            finish_reason=choice.finish_reason,
            model=answer.model,
            counted=answer.usage,
        )

    def gather(self, request: Request) -> "ChatGathering":
        """Begin to gather the chunks of a stream."""
        return ChatGathering(request)


@dataclass(slots=True)
class ChatGathering:
    """The chunks of one answer."""

    request: Request
    _said: list[str] = field(default_factory=list, init=False)
    _arguments: list[str] = field(default_factory=list, init=False)
    _refusal: list[str] = field(default_factory=list, init=False)
    _finish_reason: str | None = field(default=None, init=False)
    _model: str | None = field(default=None, init=False)
    _counted: _Counted | None = field(default=None, init=False)

    def take(self, event: object) -> str:
        """Take in the next chunk."""
        if (error := _Failure.model_validate(event).error) is not None:
            raise ReportedError(error)
        chunk = _Chunk.model_validate(event)
        self._model = chunk.model or self._model
        self._counted = chunk.usage or self._counted
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        if choice.error is not None:
            raise ReportedError(choice.error)
        self._finish_reason = choice.finish_reason or self._finish_reason
        said, arguments = choice.delta.text, choice.delta.arguments
        self._said.append(said)
        self._arguments.append(arguments)
        self._refusal.append(choice.delta.refusal or "")
        return arguments if wanted_mode(self.request) is StructuredMode.TOOL else said

    def completion(self) -> Completion:
        """The whole answer; a stream that ends without saying why has broken off."""
        if self._finish_reason is None:
            raise ReportedError
        return _completion(
            self.request,
            said="".join(self._said),
            arguments="".join(self._arguments),
            refusal="".join(self._refusal),
            finish_reason=self._finish_reason,
            model=self._model,
            counted=self._counted,
        )


def _completion(
    request: Request,
    *,
    said: str,
    arguments: str,
    refusal: str,
    finish_reason: str | None,
    model: str | None,
    counted: _Counted | None,
) -> Completion:
    has_called = bool(arguments) and wanted_mode(request) is StructuredMode.TOOL
    text = arguments if has_called else said
    usage = counted and counted_usage(
        counted.prompt_tokens,
        counted.completion_tokens,
        counted.total_tokens,
        counted.prompt_tokens_details,
        counted.completion_tokens_details,
    )
    return Completion(
        text=text,
        model_served=model or request.model,
        usage=usage or estimated_usage(request, text),
        finish_reason=_finish_reason(finish_reason or "", has_called=has_called),
        refusal=refusal or None,
    )


def _finish_reason(told: str, *, has_called: bool) -> FinishReason:
    # Gemini says more of it after a colon.
    told = told.lower().partition(":")[0]
    if has_called and told in {"tool_calls", "function_call"}:
        return FinishReason.STOP
    return FINISH_REASONS.get(told, FinishReason.UNKNOWN)
