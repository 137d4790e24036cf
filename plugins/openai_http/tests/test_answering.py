"""How bodies and events are read."""

import json
from typing import Any

import pytest
from sandbox_openai_http.answering import ReportedError, StreamedAnswer, read_answer

from sandbox.domain.exchange import Completion, FinishReason, Message, Request, Role, Usage

REQUEST = Request(model="small", messages=(Message(role=Role.USER, content="Name a fruit."),))


def body(choice: dict[str, Any] | None = None, **more: object) -> bytes:
    """A body with this choice."""
    whole = choice or {"message": {"content": "A pear."}, "finish_reason": "stop"}
    return json.dumps({"model": "small.gguf", "choices": [whole], **more}).encode()


def read(told: bytes) -> Completion:
    """What is made of a body."""
    return read_answer(told, REQUEST, latency_seconds=0.5, request_id="r-1")


def gathered(*events: object) -> Completion:
    """What is made of these events."""
    answer = StreamedAnswer(REQUEST)
    for event in events:
        answer.take(json.dumps(event).encode())
    return answer.completion(latency_seconds=0.5, request_id="r-1")


def chunk(delta: dict[str, object], finish_reason: str | None = None, **more: object) -> dict[str, object]:
    """An event of a stream."""
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}], **more}


def test_an_answer_is_read_with_all_that_it_tells() -> None:
    """Fields of the server's own are passed over."""
    usage = {
        "prompt_tokens": 12,
        "completion_tokens": 7,
        "total_tokens": 19,
        "prompt_tokens_details": {"cached_tokens": 4},
        "completion_tokens_details": {"reasoning_tokens": 5, "audio_tokens": None},
    }

    completion = read(body(usage=usage, timings={"prompt_ms": 3.5}))

    assert completion == Completion(
        text="A pear.",
        model_served="small.gguf",
        usage=Usage(input_tokens=12, output_tokens=7, cached_input_tokens=4, reasoning_tokens=5),
        finish_reason=FinishReason.STOP,
        latency_seconds=0.5,
        request_id="r-1",
    )


def test_tokens_that_are_told_in_the_total_alone_count_as_thought() -> None:
    """They are paid for in time, if not in money."""
    usage = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 20}

    assert read(body(usage=usage)).usage == Usage(input_tokens=12, output_tokens=8, reasoning_tokens=5)


@pytest.mark.parametrize("usage", [None, {}, {"completion_tokens": 3}, {"prompt_tokens": 3}])
def test_what_the_server_did_not_count_is_estimated(usage: object) -> None:
    """And it says so, for half a count as well."""
    counted = read(body(usage=usage)).usage

    assert counted.is_estimated
    assert counted.input_tokens == 4
    assert counted.output_tokens == 2


def test_a_server_that_names_no_model_is_taken_to_have_used_the_one_asked_for() -> None:
    """The name must not be empty."""
    assert read(body(model=None)).model_served == "small"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("stop", FinishReason.STOP),
        ("length", FinishReason.LENGTH),
        ("content_filter", FinishReason.CONTENT_FILTER),
        ("tool_calls", FinishReason.UNKNOWN),
        ("abort", FinishReason.UNKNOWN),
        (None, FinishReason.UNKNOWN),
    ],
)
def test_why_it_ended_is_told_in_our_words(told: str | None, reason: FinishReason) -> None:
    """What nobody knows is no proper end."""
    choice = {"message": {"content": "A pear."}, "finish_reason": told}

    assert read(body(choice)).finish_reason is reason


def test_a_refusal_is_no_text() -> None:
    """It stands beside it, at once and in a stream."""
    choice = {"message": {"content": None, "refusal": "I would rather not."}, "finish_reason": "stop"}

    whole = read(body(choice))
    streamed = gathered(chunk({"refusal": "I would "}), chunk({"refusal": "rather not."}, "stop"))

    assert (whole.text, whole.refusal) == ("", "I would rather not.")
    assert (streamed.text, streamed.refusal) == ("", "I would rather not.")


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'{"choices": {}}',
        b'{"choices": [{}]}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": [{"message": {"content": "\xff"}}]}',
        body(usage={"prompt_tokens": -1, "completion_tokens": 2}),
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(told: bytes) -> None:
    """Not even for an empty one."""
    with pytest.raises(ValueError):  # noqa: PT011 - what it says is not repeated to anybody
        read(told)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"choices": []},
        {"error": {"code": 500}},
        {"error": "no model"},
        {"object": "error", "code": 400},
    ],
)
def test_an_error_with_a_good_status_is_handed_on_as_it_was_told(told: dict[str, object]) -> None:
    """Its kind is read elsewhere."""
    with pytest.raises(ReportedError) as caught:
        read(json.dumps(told).encode())

    assert caught.value.told == told


def test_a_stream_becomes_the_same_as_a_whole_answer() -> None:
    """Usage comes in an event of its own, without a choice."""
    completion = gathered(
        chunk({"role": "assistant", "content": None}, model="small.gguf", usage=None),
        chunk({"content": "A "}),
        chunk({"content": "pear."}),
        chunk({}, "stop"),
        {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 3}},
    )

    assert completion.text == "A pear."
    assert completion.model_served == "small.gguf"
    assert completion.usage == Usage(input_tokens=12, output_tokens=3)
    assert completion.finish_reason is FinishReason.STOP


def test_a_stream_that_does_not_say_why_it_ended_has_broken_off() -> None:
    """Half an answer must not pass for a whole one."""
    with pytest.raises(ReportedError):
        gathered(chunk({"content": "A "}))


@pytest.mark.parametrize(
    "told", [{"error": {"code": 500, "message": "out of memory"}}, {"object": "error", "code": 500}]
)
def test_an_error_amid_a_stream_ends_it(told: dict[str, object]) -> None:
    """Whatever was said before."""
    with pytest.raises(ReportedError) as caught:
        gathered(chunk({"content": "A "}), told, chunk({}, "stop"))

    assert caught.value.told == told
