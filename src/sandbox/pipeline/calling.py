"""Call: a request becomes a completion, or the reason why there is none."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import tenacity

from sandbox.contracts.provider import Provider, StreamingProvider
from sandbox.domain.event import Event, ModelAnswered, ModelAsked, RetryScheduled
from sandbox.domain.exchange import Completion, Request, StreamEnd, TextDelta
from sandbox.errors import FAULTS, ErrorKind, ProviderError
from sandbox.pipeline.secrets import without_secrets

Sleep = Callable[[float], Awaitable[None]]
Tell = Callable[[Event], None]
OnText = Callable[[str], None]
"""Is told of each piece of an answer while it is being written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPolicy:
    """How long to keep trying, and whom to tell."""

    max_attempts: int = 5
    max_wait_seconds: float = 20
    """The longest pause that we choose; a service may ask for more."""
    total_seconds: float = 900
    """For all attempts and the pauses between them."""
    timeout_seconds: float = 180
    """For one attempt."""
    retries_timeouts: bool = True
    """Not for a model on this machine: it would only be as slow again."""
    max_repairs: int = 2
    """How often a model is asked to mend an answer that cannot be read."""
    sleep: Sleep = asyncio.sleep
    tell: Tell = lambda _: None
    on_text: OnText | None = None
    """If it is given, an answer is streamed where the provider can."""


@dataclass(frozen=True, slots=True)
class Called:
    """What came of asking: a completion or an error, after so many calls."""

    completion: Completion | None
    error: ProviderError | None
    calls: int


async def call_model(provider: Provider, request: Request, policy: CallPolicy) -> Called:
    """Ask until there is an answer, or until asking again is useless or has gone on for too long.

    Pauses grow from half a second with jitter; a longer one that the service asks for is honoured.
    """
    calls = 0

    async def attempt() -> Completion:
        nonlocal calls
        calls += 1
        policy.tell(ModelAsked(model=request.model, attempt=calls))
        completion = await _attempt(provider, request, policy.on_text)
        policy.tell(
            ModelAnswered(
                model=request.model,
                latency_seconds=completion.latency_seconds,
                input_tokens=completion.usage.input_tokens,
                output_tokens=completion.usage.output_tokens,
            )
        )
        return completion

    retrying = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(policy.max_attempts)
        | tenacity.stop_before_delay(policy.total_seconds),
        wait=_wait(policy),
        retry=tenacity.retry_if_exception(lambda cause: _may_pass(cause, policy)),
        before_sleep=lambda state: _tell_of_retry(state, request.model, policy.tell),
        sleep=policy.sleep,
        reraise=True,
    )
    try:
        async with asyncio.timeout(policy.total_seconds):
            return Called(await retrying(attempt), None, calls)
    except ProviderError as error:
        return Called(None, error, calls)
    except TimeoutError:
        problem = f"No answer within {policy.total_seconds:g} seconds in all."
        return Called(None, ProviderError(ErrorKind.TIMEOUT, problem), calls)


def _may_pass(cause: BaseException, policy: CallPolicy) -> bool:
    """Whether to ask again. A cancelled task never is."""
    if not isinstance(cause, ProviderError):
        return False
    return cause.kind.is_retryable and (policy.retries_timeouts or cause.kind is not ErrorKind.TIMEOUT)


def _wait(policy: CallPolicy) -> Callable[[tenacity.RetryCallState], float]:
    backoff = tenacity.wait_exponential(multiplier=0.5, max=policy.max_wait_seconds) + tenacity.wait_random(
        max=1
    )

    def seconds(state: tenacity.RetryCallState) -> float:
        cause = state.outcome.exception() if state.outcome else None
        asked = cause.retry_after_seconds if isinstance(cause, ProviderError) else None
        return max(asked, 0) if asked is not None else min(backoff(state), policy.max_wait_seconds)

    return seconds


def _tell_of_retry(state: tenacity.RetryCallState, model: str, tell: Tell) -> None:
    cause = state.outcome.exception() if state.outcome else None
    if isinstance(cause, ProviderError):
        tell(RetryScheduled(model=model, kind=cause.kind, wait_seconds=state.upcoming_sleep))


async def _attempt(provider: Provider, request: Request, on_text: OnText | None) -> Completion:
    """One attempt, with every way in which a provider can go wrong made a ProviderError without a key."""
    try:
        async with asyncio.timeout(request.timeout_seconds):
            if on_text is not None and isinstance(provider, StreamingProvider):
                completion: object = await _streamed(provider, request, on_text)
            else:
                completion = await provider.complete(request)
    except ProviderError as error:
        raise _without_secrets(error) from error.__cause__
    except TimeoutError as cause:
        raise ProviderError(
            ErrorKind.TIMEOUT, f"No answer within {request.timeout_seconds:g} seconds."
        ) from cause
    except FAULTS as cause:
        raise ProviderError(
            ErrorKind.BAD_RESPONSE, f"The provider plugin failed with {type(cause).__name__}."
        ) from cause
    if not isinstance(completion, Completion):
        raise ProviderError(
            ErrorKind.BAD_RESPONSE,
            f"The provider plugin gave a {type(completion).__name__} instead of a completion.",
        )
    return completion


async def _streamed(provider: StreamingProvider, request: Request, on_text: OnText) -> object:
    """The whole answer at the end of a stream, with its pieces handed on as they come."""
    async for event in provider.stream(request):
        match event:
            case TextDelta(text):
                on_text(text)
            case StreamEnd(completion):
                return completion
    raise ProviderError(ErrorKind.BAD_RESPONSE, "The answer broke off before its end.")


def _without_secrets(error: ProviderError) -> ProviderError:
    told = str(error)
    if (safe := without_secrets(told)) == told:
        return error
    return ProviderError(
        error.kind,
        safe,
        status=error.status,
        retry_after_seconds=error.retry_after_seconds,
        request_id=error.request_id,
    )
