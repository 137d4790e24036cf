"""Makes the call to the Messages API that a request stands for."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sandbox.domain.exchange import JsonSchema, Request, Role, StructuredMode
from sandbox.errors import ErrorKind, ProviderError

OLDER_VERSION = "2023-06-01"
"""The last version of the API that takes a temperature; the next one refuses it for every model."""
STRUCTURED_MODES = (StructuredMode.NATIVE, StructuredMode.TOOL, StructuredMode.PROMPT)
"""The ways in which the service can hold an answer to a schema, the best first."""
_HIGHEST_TEMPERATURE = 1


def message_call(request: Request, *, modes: Sequence[StructuredMode] = STRUCTURED_MODES) -> dict[str, Any]:
    """The arguments for the SDK; settings that are None are not among them.

    Raises:
        ProviderError: of kind `invalid_request`, if the request wants what is not offered, such as to be
            held to a schema in none of these ways.
    """
    call = {
        "model": request.model,
        "max_tokens": request.settings.max_output_tokens,
        "messages": [
            {"role": message.role.value, "content": message.content}
            for message in request.messages
            if message.role is not Role.SYSTEM
        ],
    }
    system = [message.content for message in request.messages if message.role is Role.SYSTEM]
    if system:
        call["system"] = "\n\n".join(system)
    return call | _structure(request, modes) | _sampling(request)


def forces_tool(request: Request) -> bool:
    """Whether the answer is to come as what a tool is called with."""
    return request.output_schema is not None and request.structured is StructuredMode.TOOL


def _structure(request: Request, modes: Sequence[StructuredMode]) -> dict[str, Any]:
    schema, mode = request.output_schema, request.structured
    if schema is None or mode is None:
        return {}
    if mode not in modes:
        offered = ", ".join(f"'{each}'" for each in modes)
        raise _refused(f"The provider 'anthropic' does not offer '{mode}': ask for one of {offered}.")
    match mode:
        case StructuredMode.NATIVE:
            return {"output_config": {"format": {"type": "json_schema", "schema": _closed(schema)}}}
        case StructuredMode.TOOL:
            name = request.output_name
            tool = {"name": name, "description": "Takes the whole answer.", "input_schema": schema}
            choice = {"type": "tool", "name": name, "disable_parallel_tool_use": True}
            return {"tools": [tool], "tool_choice": choice}
        case _:
            return {}


def _closed(schema: JsonSchema) -> JsonSchema:
    """The schema in the dialect that the service takes; bounds that it does not know become words."""
    if not _has_free_map(schema):
        try:
            closed: JsonSchema = import_module("anthropic").transform_schema(schema)
        except (ValueError, AssertionError):  # it has a part without a type, or with several
            pass
        else:
            return closed
    raise _refused(
        "This JSON schema leaves open which fields or types an answer has, and such are not taken: "
        'set structured = "tool" for this provider.'
    )


def _has_free_map(schema: object) -> bool:
    """Whether an object may have fields of any name; the SDK would allow it none at all."""
    match schema:
        case {"additionalProperties": dict() | True}:
            return True
        case dict():
            return any(map(_has_free_map, schema.values()))
        case list():
            return any(map(_has_free_map, schema))
        case _:
            return False


def _sampling(request: Request) -> dict[str, Any]:
    settings = request.settings
    if settings.temperature is not None and settings.temperature > _HIGHEST_TEMPERATURE:
        raise _refused(
            f"Anthropic's models take a temperature between 0 and {_HIGHEST_TEMPERATURE}, "
            f"not {settings.temperature:g}: lower it in the settings."
        )
    given = {"temperature": settings.temperature, "top_p": settings.top_p}
    sent = {name: value for name, value in given.items() if value is not None}
    if not sent:
        return {}
    return {"extra_body": sent, "extra_headers": {"anthropic-version": OLDER_VERSION}}


def _refused(advice: str) -> ProviderError:
    return ProviderError(ErrorKind.INVALID_REQUEST, advice)
