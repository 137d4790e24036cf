"""Answering: an answer that cannot be read is asked for again a few times, and all of it is counted."""

import json

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.event import Event, RepairAsked
from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    ModelCard,
    Price,
    Request,
    Role,
    StructuredMode,
    Usage,
)
from sandbox.errors import ErrorKind, ProviderError
from sandbox.pipeline.answering import Answered, Reading, answer_request
from sandbox.pipeline.calling import CallPolicy, Line, call_model
from tests.examples import FEEDBACK

GOOD = json.dumps(FEEDBACK)
CUT_OFF = Completion(
    text='{"strengths": [',
    model_served="m",
    finish_reason=FinishReason.LENGTH,
    usage=Usage(output_tokens=9),
)


def request(mode: StructuredMode = StructuredMode.PROMPT) -> Request:
    """A question to a model that is held to its schema in this way."""
    message = Message(role=Role.USER, content="Give feedback.")
    settings = {"max_output_tokens": 500}
    return Request.model_validate(
        {"model": "m", "messages": (message,), "structured": mode, "settings": settings}
    )


async def answered(provider: ScriptedProvider, asked: Request, **policy: object) -> Answered:
    """What comes of asking this provider."""
    limits = {"max_attempts": 1, "max_repairs": 2} | policy
    known = CallPolicy(**limits)  # type: ignore[arg-type]  # the settings of each test
    card = ModelCard(name="m", price=Price(input_usd=1, output_usd=1), max_output_tokens=800)
    line = Line.alone(provider, card, known)
    reading = Reading(
        artifact_type=Feedback,
        language="en",
        card=card,
        policy=known,
        words_to_mend="Mend this: {}".format,
    )
    return await answer_request(lambda each: call_model(line, each), asked, reading)


@pytest.mark.anyio
async def test_a_model_is_told_what_is_wrong_and_mends_it() -> None:
    """It sees its own answer and the problem; the tokens, the cost and the calls of both count."""
    provider = ScriptedProvider(["Sure! I can help.", GOOD], keeps_requests=True)
    events: list[Event] = []

    came = await answered(provider, request(), tell=events.append)

    first, second = provider.requests
    assert came.parsed.artifact is not None
    assert (came.calls, came.repairs) == (2, 1)
    assert [message.content for message in second.messages[-2:]] == [
        "Sure! I can help.",
        "Mend this: The answer is not JSON.",
    ]
    assert came.messages == second.messages
    assert came.completion is not None
    assert came.completion.usage.input_tokens > 2 * len(first.messages[0].content) // 4
    assert came.completion.cost_usd is not None
    assert came.completion.cost_usd * 1e6 == pytest.approx(
        came.completion.usage.input_tokens + came.completion.usage.output_tokens
    )
    assert [event for event in events if isinstance(event, RepairAsked)] == [
        RepairAsked(model="m", repair=1)
    ]


@pytest.mark.anyio
async def test_repairs_come_to_an_end() -> None:
    """After the last one the problem stands, and so does what the model said last."""
    provider = ScriptedProvider(["one", "two", "three", "four"])

    came = await answered(provider, request())

    assert (came.calls, came.repairs, came.parsed.artifact) == (3, 2, None)
    assert came.parsed.problem == "The answer is not JSON."
    assert came.completion is not None
    assert came.completion.text == "three"


@pytest.mark.anyio
async def test_no_repair_is_made_where_none_is_wanted() -> None:
    """`max_repairs = 0` means one answer."""
    came = await answered(ScriptedProvider(["one", GOOD]), request(), max_repairs=0)

    assert (came.calls, came.repairs, came.parsed.artifact) == (1, 0, None)


@pytest.mark.anyio
async def test_a_grammar_is_not_asked_twice() -> None:
    """It would only write the same again."""
    came = await answered(ScriptedProvider(["{}", GOOD]), request(StructuredMode.GRAMMAR))

    assert (came.calls, came.parsed.artifact) == (1, None)


@pytest.mark.anyio
async def test_an_answer_that_was_cut_off_gets_more_room_once() -> None:
    """The same question, up to what the model can write, and no word about the piece."""
    provider = ScriptedProvider([CUT_OFF, GOOD], keeps_requests=True)

    came = await answered(provider, request())

    assert came.parsed.artifact is not None
    assert [each.settings.max_output_tokens for each in provider.requests] == [500, 800]
    assert provider.requests[0].messages == provider.requests[1].messages


@pytest.mark.anyio
async def test_an_answer_that_has_no_end_is_given_up() -> None:
    """More room is given once, not for ever."""
    came = await answered(ScriptedProvider([CUT_OFF]), request())

    assert (came.calls, came.repairs, came.parsed.artifact) == (2, 1, None)
    assert "cut off" in came.parsed.problem


@pytest.mark.anyio
async def test_a_repair_that_fails_leaves_what_came_before() -> None:
    """The answer that could not be read is kept, with its reason; the failed call is counted."""
    provider = ScriptedProvider(["Sure!", ProviderError(ErrorKind.QUOTA, "No credit.")])

    came = await answered(provider, request())

    assert (came.error, came.calls, came.repairs) == (None, 2, 1)
    assert came.completion is not None
    assert came.completion.text == "Sure!"
    assert came.parsed.problem == "The answer is not JSON."


@pytest.mark.anyio
@pytest.mark.parametrize(
    "answer",
    [
        Completion(text="", model_served="m", refusal="no"),
        Completion(text="{", model_served="m", finish_reason=FinishReason.CONTENT_FILTER),
        Completion(text=json.dumps(Feedback.schema_for_model()), model_served="m"),
    ],
    ids=["refused", "filtered", "repeats the schema"],
)
async def test_what_asking_again_cannot_mend_is_left(answer: Completion) -> None:
    """A refusal is an answer, and a model that is too weak stays so."""
    came = await answered(ScriptedProvider([answer, GOOD]), request())

    assert (came.calls, came.parsed.artifact) == (1, None)
