"""Call: a request becomes a completion, or the reason why there is none."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import tenacity

from sandbox.contracts.provider import Provider
from sandbox.domain.exchange import Completion, Request
from sandbox.errors import ErrorKind, ProviderError

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPolicy:
    """How long to keep trying."""

    max_attempts: int = 5
    max_wait_seconds: float = 20
    """The longest pause that we choose; a service may ask for more."""
    total_seconds: float = 300
    """No new attempt begins that could not start within this time."""
    timeout_seconds: float = 180
    """For one attempt."""
    retries_timeouts: bool = True
    """Not for a model on this machine: it would only be as slow again."""
    sleep: Sleep = asyncio.sleep


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
        return await _attempt(provider, request)

    retrying = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(policy.max_attempts)
        | tenacity.stop_before_delay(policy.total_seconds),
        wait=_wait(policy),
        retry=tenacity.retry_if_exception(lambda cause: _may_pass(cause, policy)),
        sleep=policy.sleep,
        reraise=True,
    )
    try:
        return Called(await retrying(attempt), None, calls)
    except ProviderError as error:
        return Called(None, error, calls)


def _may_pass(cause: BaseException, policy: CallPolicy) -> bool:
    """Whether to ask again. A cancelled task never is."""
    if not isinstance(cause, ProviderError):
        return False
    return cause.kind.is_retryable and (policy.retries_timeouts or cause.kind is not ErrorKind.TIMEOUT)


def _wait(policy: CallPolicy) -> Callable[[tenacity.RetryCallState], float]:
    backoff = tenacity.wait_exponential_jitter(multiplier=0.5, max=policy.max_wait_seconds)

    def seconds(state: tenacity.RetryCallState) -> float:
        cause = state.outcome.exception() if state.outcome else None
        asked = cause.retry_after_seconds if isinstance(cause, ProviderError) else None
        return max(asked, 0) if asked is not None else backoff(state)

    return seconds


async def _attempt(provider: Provider, request: Request) -> Completion:
    """One attempt, with every way in which a provider can go wrong made a ProviderError."""
    try:
        async with asyncio.timeout(request.timeout_seconds):
            completion = await provider.complete(request)
    except ProviderError:
        raise
    except TimeoutError as cause:
        raise ProviderError(
            ErrorKind.TIMEOUT, f"No answer within {request.timeout_seconds:g} seconds."
        ) from cause
    except Exception as cause:
        raise ProviderError(
            ErrorKind.BAD_RESPONSE, f"The provider plugin failed with {type(cause).__name__}."
        ) from cause
    if not isinstance(completion, Completion):
        raise ProviderError(
            ErrorKind.BAD_RESPONSE,
            f"The provider plugin gave a {type(completion).__name__} instead of a completion.",
        )
    return completion
