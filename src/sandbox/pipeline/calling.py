"""Call: a request becomes a completion, or the reason why there is none."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import tenacity

from sandbox.contracts.provider import Provider, StreamingProvider
from sandbox.domain.event import Event, ModelAnswered, ModelAsked, ModelFailed, RetryScheduled
from sandbox.domain.exchange import Completion, ModelCard, Request, StreamEnd, TextDelta
from sandbox.domain.tokens import estimated_tokens
from sandbox.errors import FAULTS, ErrorKind, ProviderError
from sandbox.pipeline.pacing import Pace, PacePolicy
from sandbox.pipeline.pricing import priced
from sandbox.pipeline.secrets import without_secrets
from sandbox.pipeline.spending import Purse, Spending

Sleep = Callable[[float], Awaitable[None]]
Tell = Callable[[Event], None]
OnText = Callable[[str], None]
"""Is told of each piece of an answer while it is being written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPolicy:
    """How long to keep trying, and whom to tell."""

    max_attempts: int = 8
    """Being told "too often" is no attempt: that ends with `total_seconds`."""
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
    tell: Tell | None = None
    """None if nobody looks on: then no event is made."""
    wants: Callable[[type[Event]], bool] = lambda _: True
    """Whether anybody is told of this kind of event; it need not be made else."""
    on_text: OnText | None = None
    """If it is given, an answer is streamed where the provider can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The way to one model: whom to ask, how, how fast, and what from."""

    provider: Provider
    card: ModelCard
    policy: CallPolicy = field(default_factory=CallPolicy)
    pace: Pace
    purse: Purse

    @classmethod
    def alone(cls, provider: Provider, card: ModelCard, policy: CallPolicy | None = None) -> "Line":
        """A line that is shared with nobody, and has no caps."""
        return cls(
            provider=provider,
            card=card,
            policy=policy or CallPolicy(),
            pace=Pace(card.name, PacePolicy(most=card.max_concurrency)),
            purse=Purse(Spending(), card),
        )


@dataclass(frozen=True, slots=True)
class Called:
    """What came of asking: a completion or an error, after so many calls."""

    completion: Completion | None
    error: ProviderError | None
    calls: int


async def call_model(line: Line, request: Request, *, trial: str = "") -> Called:
    """Ask until there is an answer, or until asking again is useless or has gone on for too long.

    Pauses grow from half a second with jitter; a longer one that the service asks for is honoured.

    Raises:
        StoppedError: the model is not asked any more, because of the budget or an outage.
    """
    call = _Call(line, request, trial)
    try:
        return Called(await call.attempt(), None, call.calls)
    except ProviderError as error:
        if not call.may_pass(error):
            return Called(None, error, call.calls)
        first = error
    try:
        async with asyncio.timeout_at(call.deadline):
            return Called(await call.try_again(first), None, call.calls)
    except ProviderError as error:
        return Called(None, error, call.calls)
    except TimeoutError:
        total = line.policy.total_seconds
        return Called(None, ProviderError(ErrorKind.TIMEOUT, _too_slow(total, total)), call.calls)


class _Call:
    """The attempts to get one answer."""

    def __init__(self, line: Line, request: Request, trial: str) -> None:
        self._line, self._request, self._trial = line, request, trial
        self.calls = 0
        self.deadline: float | None = None
        """When all attempts are over; it is set when the first one begins."""
        self._failures = 0
        """Attempts that failed otherwise than by asking too often."""

    async def attempt(self) -> Completion:
        """Ask once, when it is our turn and the budget lets us."""
        line, request, tell = self._line, self._request, self._line.policy.tell
        held = await line.purse.hold(request)
        try:
            began = await line.pace.enter(self._tokens(), is_retry=self.calls > 0)
        except BaseException:
            line.purse.release(held)
            raise
        if self.deadline is None:
            self.deadline = began + line.policy.total_seconds
        if line.purse.spending.is_time_up():
            line.pace.leave(began, is_cancelled=True)
            line.purse.release(held)
            held = await line.purse.hold(request)  # it says so
        self.calls += 1
        if tell and line.policy.wants(ModelAsked):
            tell(ModelAsked(model=request.model, attempt=self.calls, trial=self._trial))
        try:
            completion = await _attempt(line, request)
        except ProviderError as error:
            line.pace.leave(began, failure=error.kind, retry_after_seconds=error.retry_after_seconds)
            line.purse.pay_after_failure(held, error)
            self._note(error)
            raise
        except BaseException:  # it is cancelled; the service may bill it all the same
            line.pace.leave(began, is_cancelled=True)
            line.purse.pay_after_failure(held, None)
            raise
        line.pace.leave(began)
        completion = priced(completion, line.card)
        line.purse.pay(held, completion)
        if tell and line.policy.wants(ModelAnswered):
            self._tell_of_answer(completion, tell)
        return completion

    async def try_again(self, first: ProviderError) -> Completion:
        """Go on after a first failure, as tenacity keeps count."""
        failed: ProviderError | None = first

        async def attempt() -> Completion:
            nonlocal failed
            if failed is not None:
                error, failed = failed, None
                raise error
            return await self.attempt()

        retrying = tenacity.AsyncRetrying(
            stop=self._is_over,
            wait=_wait(self._line.policy),
            retry=tenacity.retry_if_exception(self.may_pass),
            before_sleep=self._tell_of_retry,
            sleep=self._rest,
            reraise=True,
        )
        return await retrying(attempt)

    def may_pass(self, cause: BaseException) -> bool:
        """Whether to ask again. A cancelled task never is."""
        if not isinstance(cause, ProviderError):
            return False
        may_time_out = self._line.policy.retries_timeouts or cause.kind is not ErrorKind.TIMEOUT
        return cause.kind.is_retryable and may_time_out

    def _tokens(self) -> int:
        if self._line.pace.policy.tokens_per_minute is None:
            return 0
        into = sum(estimated_tokens(message.content) for message in self._request.messages)
        return into + self._request.settings.max_output_tokens

    def _note(self, error: ProviderError) -> None:
        self._failures += error.kind is not ErrorKind.RATE_LIMIT
        if self._line.policy.tell:
            self._line.policy.tell(
                ModelFailed(
                    model=self._request.model, kind=error.kind, status=error.status, trial=self._trial
                )
            )

    def _is_over(self, state: tenacity.RetryCallState) -> bool:
        goes_on_at = asyncio.get_running_loop().time() + state.upcoming_sleep
        is_too_late = self.deadline is not None and goes_on_at > self.deadline
        return self._failures >= self._line.policy.max_attempts or is_too_late

    async def _rest(self, seconds: float) -> None:
        self._line.pace.resting += 1
        try:
            await self._line.policy.sleep(seconds)
        finally:
            self._line.pace.resting -= 1

    def _tell_of_retry(self, state: tenacity.RetryCallState) -> None:
        cause = state.outcome.exception() if state.outcome else None
        tell = self._line.policy.tell
        if isinstance(cause, ProviderError) and tell:
            wait = state.upcoming_sleep
            tell(
                RetryScheduled(
                    model=self._request.model, kind=cause.kind, wait_seconds=wait, trial=self._trial
                )
            )

    def _tell_of_answer(self, completion: Completion, tell: Tell) -> None:
        tell(
            ModelAnswered(
                model=self._request.model,
                latency_seconds=completion.latency_seconds,
                input_tokens=completion.usage.input_tokens,
                output_tokens=completion.usage.output_tokens,
                trial=self._trial,
            )
        )


def _wait(policy: CallPolicy) -> Callable[[tenacity.RetryCallState], float]:
    # With full jitter (Brooker, "Exponential Backoff And Jitter", 2015).
    backoff = tenacity.wait_random_exponential(multiplier=0.5, min=0.1, max=policy.max_wait_seconds)

    def seconds(state: tenacity.RetryCallState) -> float:
        cause = state.outcome.exception() if state.outcome else None
        asked = cause.retry_after_seconds if isinstance(cause, ProviderError) else None
        return max(asked, 0) if asked is not None else backoff(state)

    return seconds


async def _attempt(line: Line, request: Request) -> Completion:
    """One attempt, with every way in which a provider can go wrong made a ProviderError without a key."""
    provider, on_text, total = line.provider, line.policy.on_text, line.policy.total_seconds
    try:
        async with asyncio.timeout(min(request.timeout_seconds, total)):
            if on_text is not None and isinstance(provider, StreamingProvider):
                completion: object = await _streamed(provider, request, on_text)
            else:
                completion = await provider.complete(request)
    except ProviderError as error:
        raise _without_secrets(error) from error.__cause__
    except TimeoutError as cause:
        raise ProviderError(ErrorKind.TIMEOUT, _too_slow(request.timeout_seconds, total)) from cause
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


def _too_slow(timeout_seconds: float, total_seconds: float) -> str:
    if timeout_seconds < total_seconds:
        return f"No answer within {timeout_seconds:g} seconds."
    return f"No answer within {total_seconds:g} seconds in all."


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
