"""OpenAI's Responses API: what is sent, and how answers are read."""

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


class _Content(Part):
    type: str = ""
    text: str | None = None
    refusal: str | None = None


class _Item(Part):
    """One of the things that a model puts out: a message, the call of a tool, its reasoning."""

    type: str = ""
    content: tuple[_Content, ...] | None = None
    arguments: str | None = None


class _Incomplete(Part):
    reason: str | None = None


class _Counted(Part):
    input_tokens: int | None = Field(default=None, ge=0)
    output_tokens: int | None = Field(default=None, ge=0)
    total_tokens: int | None = Field(default=None, ge=0)
    input_tokens_details: CachedDetails | None = None
    output_tokens_details: ReasoningDetails | None = None


class _Response(Part):
    output: tuple[_Item, ...]
    status: str = "completed"
    error: Any = None
    incomplete_details: _Incomplete | None = None
    model: str | None = None
    usage: _Counted | None = None

    def contents(self, kind: str) -> list[_Content]:
        """The contents of this type, of all messages."""
        messages = [item for item in self.output if item.type == "message"]
        return [part for message in messages for part in message.content or () if part.type == kind]


class _Event(Part):
    type: str
    delta: str | None = None
    response: _Response | None = None
    error: Any = None
    code: Any = None


class _EventType(Part):
    type: str


_ENDINGS = {"response.completed", "response.incomplete", "response.failed"}


@dataclass(frozen=True, slots=True)
class ResponsesApi:
    """Responses. Nothing is to be kept at the service, which would keep it for a month."""

    dialect: Dialect
    path: str = field(default="/responses", init=False)

    @property
    def keeps_seed(self) -> bool:
        """Whether the service promises it: this API knows no seed, so none is sent."""
        return False

    def body(self, request: Request, *, streams: bool) -> dict[str, Any]:
        """What is sent for a request."""
        settings = request.settings
        body: dict[str, Any] = {
            "model": request.model,
            "input": [
                {"role": message.role.value, "content": message.content} for message in request.messages
            ],
            "max_output_tokens": settings.max_output_tokens,
            "temperature": settings.temperature,
            "top_p": settings.top_p,
            "store": False,
            "stream": True if streams else None,
            **self._structured(request),
        }
        return {name: value for name, value in body.items() if value is not None}

    def _structured(self, request: Request) -> dict[str, Any]:
        schema = request.output_schema
        if schema is None:
            return {}
        kept = {"name": request.output_name, "strict": True}
        match request.structured:
            case StructuredMode.NATIVE:
                wanted = {"type": "json_schema", "schema": strict_schema(schema), **kept}
                return {"text": {"format": wanted}, **self.dialect.schema_extras}
            case StructuredMode.TOOL:
                tool = {"type": "function", "parameters": strict_schema(schema), **kept}
                forced = {"tools": [tool], "tool_choice": "required", "parallel_tool_calls": False}
                return {**forced, **self.dialect.schema_extras}
            case StructuredMode.JSON_OBJECT:
                return {"text": {"format": {"type": "json_object"}}, **self.dialect.schema_extras}
            case _:
                return {}

    def read(self, content: bytes, request: Request) -> Completion:
        """The completion that a body holds."""
        return _completion(_Response.model_validate_json(content), request)

    def gather(self, request: Request) -> "ResponsesGathering":
        """Begin to gather the events of a stream."""
        return ResponsesGathering(request)


@dataclass(slots=True)
class ResponsesGathering:
    """The events of one answer; the last one holds the whole."""

    request: Request
    _response: _Response | None = field(default=None, init=False)

    def take(self, event: object) -> str:
        """Take in the next event; of most of the many types nothing is wanted."""
        kind = _EventType.model_validate(event).type
        if kind == "error":
            failed = _Event.model_validate(event)
            raise ReportedError(failed.error or {"code": failed.code})
        if kind in _ENDINGS:
            self._response = _Event.model_validate(event).response
            return ""
        is_tool = wanted_mode(self.request) is StructuredMode.TOOL
        wanted = "response.function_call_arguments.delta" if is_tool else "response.output_text.delta"
        return _Event.model_validate(event).delta or "" if kind == wanted else ""

    def completion(self) -> Completion:
        """The whole answer."""
        if self._response is None:
            raise ReportedError
        return _completion(self._response, self.request)


def _completion(response: _Response, request: Request) -> Completion:
    if response.status not in {"completed", "incomplete"}:
        raise ReportedError(response.error)
    arguments = next((item.arguments for item in response.output if item.type == "function_call"), None)
    has_called = bool(arguments) and wanted_mode(request) is StructuredMode.TOOL
    said = "".join(part.text or "" for part in response.contents("output_text"))
    text = (arguments or "") if has_called else said
    counted = response.usage
    usage = counted and counted_usage(
        counted.input_tokens,
        counted.output_tokens,
        counted.total_tokens,
        counted.input_tokens_details,
        counted.output_tokens_details,
    )
    return Completion(
        text=text,
        model_served=response.model or request.model,
        usage=usage or estimated_usage(request, text),
        finish_reason=_finish_reason(response),
        refusal="".join(part.refusal or "" for part in response.contents("refusal")) or None,
    )


def _finish_reason(response: _Response) -> FinishReason:
    if response.status == "completed":
        return FinishReason.STOP
    reason = response.incomplete_details.reason if response.incomplete_details else None
    return FINISH_REASONS.get(reason or "", FinishReason.UNKNOWN)
