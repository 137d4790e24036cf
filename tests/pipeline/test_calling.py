"""Calling: retries are finite, honour the service, and never hide what went wrong."""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine

import pytest

from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.contracts.provider import Provider
from sandbox.domain.event import Event, ModelAnswered, ModelAsked, ModelFailed, RetryScheduled
from sandbox.domain.exchange import (
    Completion,
    Message,
    ModelCard,
    Request,
    Role,
    StreamEnd,
    StreamEvent,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError
from sandbox.pipeline.calling import Called, CallPolicy, Line, call_model

REQUEST = Request(model="m", messages=(Message(role=Role.USER, content="Hello"),))


class Pauses:
    """Remembers how long it was asked to sleep, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def asked(
    provider: Provider, policy: CallPolicy, request: Request = REQUEST
) -> Coroutine[object, object, Called]:
    """What comes of asking this provider, which nobody else asks."""
    return call_model(Line.alone(provider, ModelCard(name="m"), policy), request)


def error(kind: ErrorKind, **details: float) -> ProviderError:
    """An error of this kind."""
    return ProviderError(kind, "it went wrong", **details)  # type: ignore[arg-type]  # only numbers are given


@pytest.mark.anyio
@pytest.mark.parametrize(
    "kind", [ErrorKind.RATE_LIMIT, ErrorKind.TRANSIENT, ErrorKind.TIMEOUT, ErrorKind.BAD_RESPONSE]
)
async def test_what_may_pass_is_asked_again(kind: ErrorKind) -> None:
    """A passing trouble costs a call and a pause, no answer."""
    pauses = Pauses()
    provider = ScriptedProvider(answers=[error(kind), "fine"])

    called = await asked(provider, CallPolicy(sleep=pauses))

    assert called.completion is not None
    assert (called.completion.text, called.calls, len(pauses.seconds)) == ("fine", 2, 1)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [kind for kind in ErrorKind if not kind.is_retryable])
async def test_what_cannot_pass_is_asked_once(kind: ErrorKind) -> None:
    """A wrong key stays wrong."""
    called = await asked(ScriptedProvider(answers=[error(kind), "fine"]), CallPolicy())

    assert (called.completion, called.calls) == (None, 1)
    assert called.error is not None
    assert called.error.kind is kind


@pytest.mark.anyio
async def test_the_service_says_how_long_to_wait() -> None:
    """Retry-after is honoured, even above our own longest pause."""
    pauses = Pauses()
    provider = ScriptedProvider(answers=[error(ErrorKind.RATE_LIMIT, retry_after_seconds=45), "fine"])

    await asked(provider, CallPolicy(sleep=pauses, max_wait_seconds=5))

    assert pauses.seconds == [45]


@pytest.mark.anyio
async def test_a_pause_longer_than_the_time_left_ends_it() -> None:
    """Nobody waits ten minutes for a trial that has five."""
    provider = ScriptedProvider(answers=[error(ErrorKind.RATE_LIMIT, retry_after_seconds=600), "fine"])

    called = await asked(provider, CallPolicy(total_seconds=300))

    assert (called.completion, called.calls) == (None, 1)


@pytest.mark.anyio
async def test_attempts_are_counted_and_end() -> None:
    """A service that is down is asked so often, and no more."""
    provider = ScriptedProvider(answers=[error(ErrorKind.TRANSIENT)])

    called = await asked(provider, CallPolicy(max_attempts=3, sleep=Pauses()))

    assert (called.completion, called.calls) == (None, 3)


class Crashing:
    """A provider whose author made a mistake."""

    def describe(self, model: str):
        """Not asked here."""

    async def complete(self, request: Request):
        """Crash with words that hold what was asked."""
        raise KeyError(request.messages[0].content)

    async def aclose(self) -> None:
        """Hold nothing."""


@pytest.mark.anyio
async def test_a_crashing_provider_is_told_without_its_words() -> None:
    """What a stranger's exception says may be a student's: only its type is told."""
    called = await asked(Crashing(), CallPolicy(max_attempts=1))

    assert str(called.error) == "The provider plugin failed with KeyError."


@pytest.mark.anyio
async def test_a_provider_that_does_not_answer_is_cut_off() -> None:
    """The time for one attempt is kept even if the provider forgets it."""
    provider = ScriptedProvider(answers=["late"], latency_seconds=30)
    request = REQUEST.model_copy(update={"timeout_seconds": 0.01})

    called = await asked(provider, CallPolicy(max_attempts=1), request)

    assert called.error is not None
    assert called.error.kind is ErrorKind.TIMEOUT


@pytest.mark.anyio
async def test_a_slow_model_on_this_machine_is_not_asked_again() -> None:
    """It would only be as slow again."""
    provider = ScriptedProvider(answers=[error(ErrorKind.TIMEOUT), "fine"])

    called = await asked(provider, CallPolicy(retries_timeouts=False, sleep=Pauses()))

    assert (called.completion, called.calls) == (None, 1)


@pytest.mark.anyio
async def test_cancelling_is_never_retried() -> None:
    """Ctrl-C goes through at once."""
    provider = ScriptedProvider(answers=["late"], latency_seconds=30)
    task = asyncio.create_task(asked(provider, CallPolicy()))
    await asyncio.sleep(0)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


class Streaming(ScriptedProvider):
    """Streams what it is told to."""

    def __init__(self, *events: StreamEvent) -> None:
        super().__init__(["complete"])
        self.events = events

    async def stream(self, request: Request) -> AsyncIterator[StreamEvent]:
        """These events, one after the other."""
        for event in self.events:
            yield event


END = StreamEnd(Completion(text="Hello", model_served="m"))


@pytest.mark.anyio
async def test_whoever_wants_the_pieces_gets_them() -> None:
    """And the whole at the end is the answer."""
    pieces: list[str] = []
    provider = Streaming(TextDelta("Hel"), TextDelta("lo"), END)

    called = await asked(provider, CallPolicy(on_text=pieces.append))

    assert pieces == ["Hel", "lo"]
    assert called.completion == END.completion


@pytest.mark.anyio
async def test_nobody_listens_so_nothing_is_streamed() -> None:
    """The plain way is taken."""
    called = await asked(Streaming(END), CallPolicy())

    assert called.completion is not None
    assert called.completion.text == "complete"


@pytest.mark.anyio
async def test_a_stream_without_an_end_is_no_answer() -> None:
    """Half an answer must not pass for a whole one."""
    provider = Streaming(TextDelta("Hel"))

    called = await asked(provider, CallPolicy(max_attempts=1, on_text=lambda _: None))

    assert called.completion is None
    assert called.error is not None
    assert called.error.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_there_is_a_time_for_all_attempts() -> None:
    """A service that fails slowly does not hold a trial up for ever."""
    provider = ScriptedProvider([error(ErrorKind.TRANSIENT)], latency_seconds=0.05)

    called = await asked(provider, CallPolicy(total_seconds=0.12, max_attempts=20))

    assert called.calls < 20
    assert called.error is not None
    assert str(called.error) in {"No answer within 0.12 seconds in all.", "it went wrong"}


@pytest.mark.anyio
async def test_an_attempt_that_is_under_way_ends_with_the_time_for_all() -> None:
    """Also if the attempt by itself might take longer."""
    provider = ScriptedProvider(["late"], latency_seconds=30)

    called = await asked(provider, CallPolicy(total_seconds=0.05))

    assert called.error is not None
    assert called.error.kind is ErrorKind.TIMEOUT
    assert str(called.error) == "No answer within 0.05 seconds in all."


@pytest.mark.anyio
async def test_a_provider_that_exits_is_a_failed_call() -> None:
    """`sys.exit` in a plugin does not end the evaluation."""

    class Exiting(ScriptedProvider):
        async def complete(self, request: Request) -> Completion:
            sys.exit(3)

    called = await asked(Exiting(["-"]), CallPolicy(max_attempts=1))

    assert called.error is not None
    assert called.error.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_what_happens_is_told() -> None:
    """Each attempt, each pause, and the answer."""
    events: list[Event] = []
    provider = ScriptedProvider([error(ErrorKind.RATE_LIMIT, retry_after_seconds=7), "fine"])

    await asked(provider, CallPolicy(sleep=Pauses(), tell=events.append))

    assert events[:4] == [
        ModelAsked(model="m", attempt=1),
        ModelFailed(model="m", kind=ErrorKind.RATE_LIMIT),
        RetryScheduled(model="m", kind=ErrorKind.RATE_LIMIT, wait_seconds=7),
        ModelAsked(model="m", attempt=2),
    ]
    assert isinstance(events[4], ModelAnswered)
