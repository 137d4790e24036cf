"""What is sent for a request, as the SDK takes it."""

import math
import re
from collections.abc import Collection
from typing import Any

from sandbox.domain.exchange import Request, Role, StructuredMode
from sandbox.errors import ErrorKind, ProviderError
from sandbox_google.gemini_schema import gemini_schema

MODES = (StructuredMode.NATIVE, StructuredMode.JSON_OBJECT, StructuredMode.PROMPT)
_MODEL_NAME = re.compile(r"(models/|tunedModels/)?[\w-][\w.-]*", re.ASCII)
_ROLES = {Role.USER: "user", Role.ASSISTANT: "model"}

SdkCall = dict[str, Any]
"""The arguments of the SDK's `generate_content`; its values are whatever JSON allows."""


def refuse_wrong_name(model: str) -> None:
    """Go on if a model can have this name: it becomes part of an address, and must not lead elsewhere.

    Raises:
        ProviderError: of kind `unknown_model`, if none can.
    """
    if not _MODEL_NAME.fullmatch(model):
        raise ProviderError(
            ErrorKind.UNKNOWN_MODEL,
            f"No model of Gemini can be called '{model}': write it like google/gemini-3.8-flash.",
        )


def sdk_call(request: Request, modes: Collection[StructuredMode]) -> SdkCall:
    """The arguments that ask for the answer once, and that keep the SDK from asking a second time.

    Args:
        request: What is asked.
        modes: The ways of structured answers that are offered.

    Raises:
        ProviderError: of kind `invalid_request` or `unknown_model`, if the request cannot be sent.
    """
    refuse_wrong_name(request.model)
    if request.structured is not None and request.structured not in modes:
        raise ProviderError(
            ErrorKind.INVALID_REQUEST,
            f"The provider 'google' offers no structured answers of kind '{request.structured}' here: "
            f"it offers {', '.join(modes)}.",
        )
    contents = [
        {"role": _ROLES[message.role], "parts": [{"text": message.content}]}
        for message in request.messages
        if message.role in _ROLES
    ]
    if not contents:
        raise ProviderError(
            ErrorKind.INVALID_REQUEST, "Gemini answers only to a message of the user, and there is none."
        )
    settings = request.settings
    config = {
        "system_instruction": _system_instruction(request),
        "max_output_tokens": settings.max_output_tokens,
        "temperature": settings.temperature,
        "top_p": settings.top_p,
        "seed": settings.seed,
        "automatic_function_calling": {"disable": True},
        "automatic_continuation": False,
        "http_options": {"timeout": math.ceil(request.timeout_seconds * 1000)},
        **_structure(request),
    }
    return {
        "model": request.model,
        "contents": contents,
        "config": {name: value for name, value in config.items() if value is not None},
    }


def _system_instruction(request: Request) -> str | None:
    told = [message.content for message in request.messages if message.role is Role.SYSTEM]
    return "\n\n".join(told) or None


def _structure(request: Request) -> dict[str, Any]:
    match request.structured:
        case StructuredMode.NATIVE if request.output_schema is not None:
            return {
                "response_mime_type": "application/json",
                "response_json_schema": gemini_schema(request.output_schema),
            }
        case StructuredMode.JSON_OBJECT if request.output_schema is not None:
            return {"response_mime_type": "application/json"}
        case _:
            return {}
