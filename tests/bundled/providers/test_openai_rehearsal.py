"""What stands in for OpenAI's service says what the service would say."""

import ast
import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.bundled.providers import openai_rehearsal
from sandbox.bundled.providers.openai_rehearsal import rehearse_chat, rehearse_responses
from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, Said
from sandbox.domain.exchange import FinishReason


def asked(**body: object) -> HttpCall:
    """A call with this body."""
    whole = {"model": "small", **body}
    return HttpCall(method="POST", path="/v1", headers={}, body=json.dumps(whole).encode())


def said(text: str = "A pear.", finish_reason: FinishReason = FinishReason.STOP) -> Said:
    """What the pretended model says."""
    return Said(text=text, input_tokens=9, output_tokens=4, finish_reason=finish_reason)


def events(reply: HttpReply) -> list[Any]:
    """What a stream tells, without its last word."""
    lines = b"".join(reply.pieces).decode().splitlines()
    told = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    return [json.loads(each) for each in told if each != "[DONE]"]


CHAT_TOOL = {"tools": [{"type": "function", "function": {"name": "fruit"}}]}
RESPONSES_TOOL = {"tools": [{"type": "function", "name": "fruit"}]}


@pytest.mark.parametrize("finish_reason", FinishReason)
@pytest.mark.parametrize("tool", [{}, CHAT_TOOL], ids=["text", "tool"])
def test_chat_completions_have_the_types_of_the_sdk(
    tool: dict[str, object], finish_reason: FinishReason
) -> None:
    """Its own classes read them, whole and in pieces; only reasons that are not known may differ."""
    types = importlib.import_module("openai.types.chat")
    call, speaks = asked(**tool), said(finish_reason=finish_reason)

    whole = json.loads(rehearse_chat().answer(call, speaks).body)
    pieces = events(
        rehearse_chat().answer(asked(**tool, stream=True, stream_options={"include_usage": True}), speaks)
    )

    if finish_reason is not FinishReason.UNKNOWN:
        types.ChatCompletion.model_validate(whole)
        for piece in pieces:
            types.ChatCompletionChunk.model_validate(piece)
    assert whole["usage"] == pieces[-1]["usage"]
    assert len(pieces) > 3


@pytest.mark.parametrize("finish_reason", FinishReason)
@pytest.mark.parametrize("tool", [{}, RESPONSES_TOOL], ids=["text", "tool"])
def test_responses_say_in_pieces_what_they_say_as_a_whole(
    tool: dict[str, object], finish_reason: FinishReason
) -> None:
    """The last event holds the same response."""
    speaks = said(finish_reason=finish_reason)

    whole = json.loads(rehearse_responses().answer(asked(**tool), speaks).body)
    *told, last = events(rehearse_responses().answer(asked(**tool, stream=True), speaks))

    assert last["response"] == whole
    assert last["type"] == f"response.{whole['status']}"
    assert "".join(event.get("delta", "") for event in told) == "A pear."


def test_a_stream_counts_only_if_it_is_asked_to() -> None:
    """As the service does."""
    told = events(rehearse_chat().answer(asked(stream=True), said()))

    assert not [event for event in told if "usage" in event]


@pytest.mark.parametrize("rehearsal", [rehearse_chat(), rehearse_responses()], ids=["chat", "responses"])
def test_the_errors_are_told_apart(rehearsal: Rehearsal) -> None:
    """Each has a name of its own; the usual ones of the service are among them."""
    names = [error.name for error in rehearsal.errors]

    assert len(names) == len(set(names))
    assert {"a wrong key", "no credit", "too many requests", "too long", "no such model"} <= set(names)


def test_it_needs_nothing_but_python_and_the_contract() -> None:
    """So that it can be looked at without the SDK."""
    tree = ast.parse(Path(openai_rehearsal.__file__).read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    ]

    for module in imported:
        is_ours = module.startswith(("sandbox.contracts.", "sandbox.errors"))
        assert is_ours or module.split(".")[0] in sys.stdlib_module_names
