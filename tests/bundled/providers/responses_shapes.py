"""Requests to OpenAI's Responses API, and the bodies that it answers with."""

from collections.abc import Mapping

from sandbox.domain.exchange import Message, Request, Role, Settings, StructuredMode

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "maxLength": 20}},
    "required": ["word"],
    "additionalProperties": False,
}
REQUEST = Request(
    model="gpt-test",
    messages=(
        Message(role=Role.SYSTEM, content="You help teachers."),
        Message(role=Role.USER, content="Name a fruit."),
        Message(role=Role.ASSISTANT, content="Stone?"),
        Message(role=Role.USER, content="A fruit."),
    ),
    settings=Settings(max_output_tokens=50),
)


def structured(mode: StructuredMode) -> Request:
    """The same request for JSON."""
    return REQUEST.model_copy(update={"output_schema": SCHEMA, "output_name": "fruit", "structured": mode})


def message(*parts: Mapping[str, object]) -> dict[str, object]:
    """A message of the model."""
    return {"type": "message", "id": "msg_1", "role": "assistant", "content": list(parts)}


def text(said: str) -> dict[str, object]:
    """A text within a message."""
    return {"type": "output_text", "text": said, "annotations": []}


CALL = {"type": "function_call", "call_id": "1", "name": "fruit", "arguments": '{"word": "pear"}'}
THOUGHT = {"type": "reasoning", "id": "rs_1", "summary": [], "content": [text("Fruit?")]}


def response(*output: Mapping[str, object], **changes: object) -> dict[str, object]:
    """The body of a response."""
    return {
        "id": "resp_1",
        "object": "response",
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "model": "gpt-test-2026",
        "output": list(output),
        "usage": {
            "input_tokens": 12,
            "input_tokens_details": {"cached_tokens": 8},
            "output_tokens": 30,
            "output_tokens_details": {"reasoning_tokens": 20},
            "total_tokens": 42,
        },
    } | changes
