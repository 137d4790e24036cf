"""Turns a request into what Amazon Bedrock's operations Converse and ConverseStream take."""

import json
from itertools import groupby
from typing import Any

from sandbox.domain.exchange import JsonSchema, Message, Request, Role, StructuredMode
from sandbox.errors import ErrorKind, ProviderError
from sandbox_bedrock.native_schema import native_schema

MODES = (StructuredMode.NATIVE, StructuredMode.TOOL, StructuredMode.PROMPT)
"""The best first; from which one on they are offered is for the options to say."""

Parameters = dict[str, Any]
"""What an operation takes, as the AWS SDK for Python names it; its values are what JSON allows."""


def converse_parameters(request: Request, offered: tuple[StructuredMode, ...] = MODES) -> Parameters:
    """What is sent for a request; settings that are None are not, and no seed is, for there is none.

    Raises:
        ProviderError: of kind `invalid_request`, if the request wants a mode that is not offered.
    """
    if request.structured not in {*offered, None}:
        names = ", ".join(f"'{mode}'" for mode in offered)
        raise ProviderError(
            ErrorKind.INVALID_REQUEST,
            f"The provider 'bedrock' offers no '{request.structured}' answers: ask for one of {names}, or "
            "set structured under [providers.bedrock].",
        )
    settings = request.settings
    inference = {
        "maxTokens": settings.max_output_tokens,
        "temperature": settings.temperature,
        "topP": settings.top_p,
    }
    parameters: Parameters = {
        "modelId": request.model,
        "messages": _turns(request.messages),
        "inferenceConfig": {name: value for name, value in inference.items() if value is not None},
    }
    if system := [_block(message) for message in request.messages if message.role is Role.SYSTEM]:
        parameters["system"] = system
    if request.output_schema is not None:
        parameters |= _form(request.output_schema, request)
    return parameters


def wants_tool(request: Request) -> bool:
    """Whether the answer is to come as the arguments of a tool."""
    return request.output_schema is not None and request.structured is StructuredMode.TOOL


def _turns(messages: tuple[Message, ...]) -> list[Parameters]:
    """The messages that are no system messages; Converse wants the roles to take turns."""
    spoken = [message for message in messages if message.role is not Role.SYSTEM]
    return [
        {"role": role.value, "content": [_block(message) for message in turn]}
        for role, turn in groupby(spoken, key=lambda message: message.role)
    ]


def _block(message: Message) -> Parameters:
    return {"text": message.content}


def _form(schema: JsonSchema, request: Request) -> Parameters:
    """How the answer is made to fit a schema."""
    name = request.output_name
    match request.structured:
        case StructuredMode.TOOL:
            tool = {"toolSpec": {"name": name, "inputSchema": {"json": schema}}}
            return {"toolConfig": {"tools": [tool], "toolChoice": {"tool": {"name": name}}}}
        case StructuredMode.NATIVE:
            written = json.dumps(native_schema(schema), ensure_ascii=False)
            structure = {"jsonSchema": {"name": name, "schema": written}}
            return {"outputConfig": {"textFormat": {"type": "json_schema", "structure": structure}}}
        case _:
            return {}
