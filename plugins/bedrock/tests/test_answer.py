"""Reading what Converse answers."""

from typing import Any

import pytest
from pydantic import ValidationError
from sandbox_bedrock.answer import StreamedAnswer, read_answer

from sandbox.domain.exchange import Completion, FinishReason, Request, StructuredMode, Usage


def reply(*content: dict[str, Any], stop_reason: str = "end_turn", **more: Any) -> dict[str, Any]:
    """A reply, as the AWS SDK reads it."""
    return {
        "output": {"message": {"role": "assistant", "content": list(content)}},
        "stopReason": stop_reason,
        "usage": {"inputTokens": 12, "outputTokens": 3, "totalTokens": 15},
        "metrics": {"latencyMs": 400},
    } | more


def read(reply: dict[str, Any], request: Request) -> Completion:
    """The completion that a reply holds."""
    return read_answer(reply, request, latency_seconds=0.5, request_id="r-1")


@pytest.fixture
def tool_request(request_for_fruit: Request) -> Request:
    """A request whose answer comes as a tool's arguments."""
    return request_for_fruit.model_copy(
        update={"output_schema": {"type": "object"}, "structured": StructuredMode.TOOL}
    )


def test_a_reply_becomes_a_completion(request_for_fruit: Request) -> None:
    """Blocks of text are put together; time and id are ours to tell."""
    completion = read(reply({"text": "A pe"}, {"text": "ar."}), request_for_fruit)

    assert completion == Completion(
        text="A pear.",
        model_served="amazon.nova-lite-v1:0",
        usage=Usage(input_tokens=12, output_tokens=3),
        latency_seconds=0.5,
        request_id="r-1",
    )


def test_thinking_aloud_is_not_part_of_the_answer(request_for_fruit: Request) -> None:
    """Blocks of reasoning, and blocks that are not known yet, are passed over."""
    thinking = {"reasoningContent": {"reasoningText": {"text": "Hm."}}}

    completion = read(
        reply(thinking, {"SDK_UNKNOWN_MEMBER": {"name": "new"}}, {"text": "Pear."}), request_for_fruit
    )

    assert completion.text == "Pear."


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("end_turn", FinishReason.STOP),
        ("stop_sequence", FinishReason.STOP),
        ("tool_use", FinishReason.STOP),
        ("max_tokens", FinishReason.LENGTH),
        ("model_context_window_exceeded", FinishReason.LENGTH),
        ("guardrail_intervened", FinishReason.CONTENT_FILTER),
        ("content_filtered", FinishReason.CONTENT_FILTER),
        ("malformed_tool_use", FinishReason.UNKNOWN),
        ("a_reason_of_tomorrow", FinishReason.UNKNOWN),
    ],
)
def test_every_reason_to_stop_is_known(request_for_fruit: Request, said: str, meant: FinishReason) -> None:
    """What the service calls it becomes what we call it."""
    assert read(reply({"text": "x"}, stop_reason=said), request_for_fruit).finish_reason is meant


def test_cached_tokens_count_as_input(request_for_fruit: Request) -> None:
    """The service counts what it read from its cache or wrote there apart; all of it went in."""
    usage = {"inputTokens": 5, "outputTokens": 3, "cacheReadInputTokens": 70, "cacheWriteInputTokens": 20}

    completion = read(reply({"text": "x"}, usage=usage), request_for_fruit)

    assert completion.usage == Usage(input_tokens=95, output_tokens=3, cached_input_tokens=70)


def test_a_router_says_which_model_it_asked(request_for_fruit: Request) -> None:
    """The model that is served, and paid for, is the one that a prompt router chose."""
    trace = {"promptRouter": {"invokedModelId": "amazon.nova-micro-v1:0"}}

    assert (
        read(reply({"text": "x"}, trace=trace), request_for_fruit).model_served == "amazon.nova-micro-v1:0"
    )


def test_the_arguments_of_the_tool_are_the_answer(tool_request: Request) -> None:
    """Words beside the tool, and a second call, are no part of it."""
    calls = [
        {"toolUse": {"toolUseId": str(n), "name": "answer", "input": {"word": f"né{n}"}}} for n in (1, 2)
    ]

    completion = read(reply({"text": "Here you are."}, *calls, stop_reason="tool_use"), tool_request)

    assert completion.text == '{"word":"né1"}'


def test_a_model_that_calls_no_tool_is_heard_all_the_same(tool_request: Request) -> None:
    """What it says instead is handed on, for people to see what went wrong."""
    assert read(reply({"text": "I would rather not."}), tool_request).text == "I would rather not."


def test_arguments_that_were_cut_off_are_handed_on_as_they_are(tool_request: Request) -> None:
    """They are no JSON, and the finish reason says why."""
    cut = {"toolUse": {"toolUseId": "1", "name": "answer", "input": '{"word": "pe'}}

    completion = read(reply(cut, stop_reason="max_tokens"), tool_request)

    assert (completion.text, completion.finish_reason) == ('{"word": "pe', FinishReason.LENGTH)


@pytest.mark.parametrize(
    "broken",
    [{}, {"output": {}, "stopReason": "end_turn"}, reply({"text": "x"}, usage={"inputTokens": -1})],
)
def test_what_is_no_reply_is_refused(request_for_fruit: Request, broken: dict[str, Any]) -> None:
    """An empty answer is not made up."""
    with pytest.raises(ValidationError):
        read(broken, request_for_fruit)


def test_a_stream_in_tool_mode_gives_the_arguments_alone(tool_request: Request) -> None:
    """Words before the tool are held back, and so is what a second call brings."""
    answer = StreamedAnswer(request=tool_request)
    events: list[dict[str, Any]] = [
        {"messageStart": {"role": "assistant"}},
        {"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": "Well: "}}},
        {"contentBlockStart": {"contentBlockIndex": 1, "start": {"toolUse": {"name": "answer"}}}},
        {"contentBlockDelta": {"contentBlockIndex": 1, "delta": {"toolUse": {"input": '{"word":'}}}},
        {"contentBlockDelta": {"contentBlockIndex": 1, "delta": {"toolUse": {"input": ' "pear"}'}}}},
        {"contentBlockStart": {"contentBlockIndex": 2, "start": {"toolUse": {"name": "answer"}}}},
        {"contentBlockDelta": {"contentBlockIndex": 2, "delta": {"toolUse": {"input": "{}"}}}},
        {"messageStop": {"stopReason": "tool_use"}},
    ]

    pieces = [answer.take(event) for event in events]

    assert "".join(pieces) == '{"word": "pear"}'
    assert answer.completion(latency_seconds=1, request_id=None).text == '{"word": "pear"}'


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([{"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": "Not now."}}}], "Not now."),
        ([{"contentBlockStart": {"contentBlockIndex": 0, "start": {"toolUse": {"name": "answer"}}}}], "{}"),
    ],
)
def test_a_stream_hands_on_at_its_end_what_it_held_back(
    tool_request: Request, events: list[dict[str, Any]], text: str
) -> None:
    """If no tool was called its words are the answer, and a tool without arguments has empty ones."""
    answer = StreamedAnswer(request=tool_request)

    pieces = [answer.take(event) for event in [*events, {"messageStop": {"stopReason": "end_turn"}}]]

    assert "".join(pieces) == text
    assert answer.completion(latency_seconds=1, request_id=None).text == text


def test_a_stream_without_a_count_is_estimated(request_for_fruit: Request) -> None:
    """Tokens that nobody counted are marked as a guess."""
    answer = StreamedAnswer(request=request_for_fruit)
    answer.take({"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": "Pear."}}})

    answer.take({"messageStop": {"stopReason": "end_turn"}})

    assert answer.is_whole
    assert answer.completion(latency_seconds=1, request_id=None).usage.is_estimated
