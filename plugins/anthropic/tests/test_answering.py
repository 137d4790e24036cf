"""How answers are read, as a whole and in events."""

import json

import pytest
from pydantic import ValidationError
from sandbox_anthropic.answering import MessageEvent, StreamedAnswer, read_message

from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    Request,
    Role,
    StructuredMode,
    Usage,
)

REQUEST = Request(model="claude-test", messages=(Message(role=Role.USER, content="Name a fruit."),))
BY_TOOL = REQUEST.model_copy(
    update={"output_schema": {"type": "object"}, "structured": StructuredMode.TOOL}
)
TEXT = {"type": "text", "text": "A pear."}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "fruit", "input": {"word": "pêche", "n": 1}}
THOUGHT = {"type": "thinking", "thinking": "Which one?", "signature": "c2ln"}
USAGE = {"input_tokens": 5, "output_tokens": 3}


def read(request: Request = REQUEST, **fields: object) -> Completion:
    """What comes of a message with these fields."""
    message = {"type": "message", "model": "claude-test-1", "content": [TEXT], "usage": USAGE, **fields}
    return read_message(json.dumps(message).encode(), request, latency_seconds=0.5, request_id="req_7")


def streamed(request: Request, *events: dict[str, object]) -> tuple[list[str], StreamedAnswer]:
    """The pieces that these events bring, and the answer behind them."""
    answer = StreamedAnswer(request)
    pieces = [answer.take(MessageEvent.model_validate(event)) for event in events]
    return [piece for piece in [*pieces, answer.rest()] if piece], answer


def block(index: int, **content: object) -> dict[str, object]:
    """A block of the answer begins."""
    return {"type": "content_block_start", "index": index, "content_block": content}


def delta(index: int, **change: object) -> dict[str, object]:
    """A block of the answer goes on."""
    return {"type": "content_block_delta", "index": index, "delta": change}


def test_a_message_becomes_a_completion() -> None:
    """Every field is told as the service told it."""
    assert read(stop_reason="end_turn") == Completion(
        text="A pear.",
        model_served="claude-test-1",
        usage=Usage(input_tokens=5, output_tokens=3),
        latency_seconds=0.5,
        request_id="req_7",
    )


@pytest.mark.parametrize(
    ("stop_reason", "finish_reason"),
    [
        ("end_turn", FinishReason.STOP),
        ("stop_sequence", FinishReason.STOP),
        ("tool_use", FinishReason.STOP),
        ("max_tokens", FinishReason.LENGTH),
        ("model_context_window_exceeded", FinishReason.LENGTH),
        ("refusal", FinishReason.CONTENT_FILTER),
        ("pause_turn", FinishReason.UNKNOWN),
        ("something_new", FinishReason.UNKNOWN),
        (None, FinishReason.UNKNOWN),
    ],
)
def test_each_reason_to_stop_is_understood(stop_reason: str | None, finish_reason: FinishReason) -> None:
    """A reason that nobody knows is none that would hide a cut-off answer."""
    assert read(stop_reason=stop_reason).finish_reason is finish_reason


def test_what_the_model_thought_is_not_its_answer() -> None:
    """Only the blocks of text are, put together."""
    assert read(content=[THOUGHT, TEXT, {"type": "new_kind"}, TEXT]).text == "A pear.A pear."


def test_all_tokens_that_went_in_are_counted() -> None:
    """The service counts beside each other what it read anew, from its cache, and into its cache."""
    usage = {
        **USAGE,
        "cache_read_input_tokens": 100,
        "cache_creation_input_tokens": 10,
        "output_tokens_details": {"thinking_tokens": 2},
    }

    assert read(usage=usage).usage == Usage(
        input_tokens=115, cached_input_tokens=100, output_tokens=3, reasoning_tokens=2
    )


@pytest.mark.parametrize("usage", [None, {"output_tokens": 3}, {"input_tokens": 5}])
def test_tokens_that_nobody_counted_are_estimated(usage: dict[str, int] | None) -> None:
    """Half a count is none."""
    assert read(usage=usage).usage == Usage(input_tokens=4, output_tokens=2, is_estimated=True)


def test_the_input_of_the_tool_is_the_answer() -> None:
    """What the model says beside it is dropped, and letters stay letters."""
    assert read(BY_TOOL, content=[TEXT, CALL], stop_reason="tool_use").text == '{"word": "pêche", "n": 1}'


def test_a_model_that_calls_no_tool_is_heard_all_the_same() -> None:
    """Its words can be shown, and it can be asked to mend them."""
    assert read(BY_TOOL).text == "A pear."


@pytest.mark.parametrize(
    "body", [b"", b"<p>Log in</p>", b'{"content": [', b"{}", b'{"content": "A pear."}']
)
def test_what_is_no_message_is_not_read_as_one(body: bytes) -> None:
    """An empty answer would be blamed on the model."""
    with pytest.raises(ValidationError):
        read_message(body, REQUEST, latency_seconds=0.5, request_id=None)


def test_counts_at_the_end_of_a_stream_replace_those_at_its_start() -> None:
    """They are totals so far; what is left out did not change."""
    start = {"content": [], "model": "m", "usage": {**USAGE, "cache_read_input_tokens": 7}}

    _, answer = streamed(
        REQUEST,
        {"type": "message_start", "message": start},
        {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}, "usage": {"output_tokens": 9}},
        {"type": "message_stop"},
    )

    assert answer.is_whole
    completion = answer.completion(latency_seconds=1, request_id=None)
    assert completion.usage == Usage(input_tokens=12, cached_input_tokens=7, output_tokens=9)
    assert completion.finish_reason is FinishReason.LENGTH
    assert completion.model_served == "m"


def test_events_that_say_nothing_of_the_answer_are_passed_over() -> None:
    """The service may add new ones at any time."""
    pieces, answer = streamed(
        REQUEST,
        {"type": "ping"},
        block(0, type="thinking", thinking=""),
        delta(0, type="thinking_delta", thinking="Which one?"),
        delta(0, type="signature_delta", signature="c2ln"),
        {"type": "content_block_stop", "index": 0},
        block(1, type="text", text="A "),
        delta(1, type="text_delta", text="pear."),
        {"type": "something_new"},
    )

    assert pieces == ["A ", "pear."]
    assert not answer.is_whole


def test_a_streamed_tool_gives_its_input_alone() -> None:
    """Neither the text before it nor a second call gets among the pieces."""
    pieces, answer = streamed(
        BY_TOOL,
        block(0, type="text", text=""),
        delta(0, type="text_delta", text="I call the tool."),
        block(1, type="tool_use", id="toolu_1", name="fruit", input={}),
        delta(1, type="input_json_delta", partial_json=""),
        delta(1, type="input_json_delta", partial_json='{"word": '),
        block(2, type="tool_use", id="toolu_2", name="fruit", input={}),
        delta(2, type="input_json_delta", partial_json='{"other": 1}'),
        delta(1, type="input_json_delta", partial_json='"pear"}'),
    )

    assert pieces == ['{"word": ', '"pear"}']
    assert answer.completion(latency_seconds=1, request_id=None).text == '{"word": "pear"}'


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([block(0, type="tool_use", id="toolu_1", name="fruit", input={})], "{}"),
        ([block(0, type="text", text=""), delta(0, type="text_delta", text="No.")], "No."),
        ([], ""),
    ],
)
def test_the_end_of_a_stream_tells_what_no_piece_did(events: list[dict[str, object]], text: str) -> None:
    """A call without input is an empty object, and without a call the model's words are its answer."""
    pieces, answer = streamed(BY_TOOL, *events)

    assert "".join(pieces) == text
    assert answer.completion(latency_seconds=1, request_id=None).text == text
