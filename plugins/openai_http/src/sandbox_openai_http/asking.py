"""What is sent for a request: the body of a chat completion, written once, as bytes."""

from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from sandbox.domain.exchange import Request, StructuredMode
from sandbox.errors import ErrorKind, ProviderError

STRUCTURED_MODES = (StructuredMode.NATIVE, StructuredMode.JSON_OBJECT, StructuredMode.PROMPT)
"""The ways in which these servers can be held to a JSON schema, the best first."""


def chat_body(request: Request, *, modes: tuple[StructuredMode, ...], streams: bool = False) -> bytes:
    """The body for a request; settings that are None are left out.

    Raises:
        ProviderError: of kind `invalid_request`, if it cannot be asked in this way.
    """
    settings = request.settings
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "max_tokens": settings.max_output_tokens,
    }
    if settings.temperature is not None:
        body["temperature"] = settings.temperature
    if settings.top_p is not None:
        body["top_p"] = settings.top_p
    if settings.seed is not None:
        body["seed"] = settings.seed
    if request.structured is not None:
        body |= _structured(request, modes)
    if streams:
        body |= {"stream": True, "stream_options": {"include_usage": True}}
    try:
        return to_json(body)
    except PydanticSerializationError:
        # The error repeats what it could not write.
        raise ProviderError(
            ErrorKind.INVALID_REQUEST,
            "The request holds half of a character, which cannot be sent: write that text anew.",
        ) from None


def _structured(request: Request, modes: tuple[StructuredMode, ...]) -> dict[str, object]:
    if request.structured not in modes:
        raise ProviderError(
            ErrorKind.INVALID_REQUEST,
            f"'{request.model}' is not offered with '{request.structured}': ask for "
            f"{' or '.join(map(repr, map(str, modes)))}, or change structured in [providers.openai_http].",
        )
    if request.output_schema is None:
        return {}
    if request.structured is StructuredMode.NATIVE:
        # These servers make a grammar of the schema, and need no stricter dialect of it.
        kept = {"name": request.output_name, "schema": request.output_schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": kept}}
    if request.structured is StructuredMode.JSON_OBJECT:
        return {"response_format": {"type": "json_object"}}
    return {}
