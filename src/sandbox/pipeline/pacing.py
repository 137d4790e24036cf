"""Pace: how many requests one account gets at once, found out from what the service answers."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.domain.event import Event, PaceChanged, PaceReason
from sandbox.errors import ErrorKind, OutageError
from sandbox.pipeline.circuit import Circuit
from sandbox.pipeline.loop_lag import LoopLag
from sandbox.pipeline.rates import Rate

_REFUSALS = 5
"""So many "too often" in a row are meant for the account, not for one request."""
_REFUSAL_PAUSE_SECONDS = 1.0
_DEEPEST_CUT = 0.5
_ANSWERS_REMEMBERED = 20
"""The share of "too often" is that among about so many answers; by that share the pace is cut."""
_LARGEST_STEP = 5
"""By a twentieth of the ceiling the pace grows in the time of one answer, and by no more than this."""
_STEEP_SHARE = 0.25
"""With fewer refusals than that it goes on doubling after a cut: they are chance, and no ceiling."""
_MOST_WAITING = 10
"""So many answers may lie waiting for our own work: they are paid for, and lost to a killed process."""
_DEEPEST_CUT_FOR_LAG = 0.7
_FAILURE_COSTS_ANSWERS = 3
"""After a failure that is no "too often", so many answers do not make the pace grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacePolicy:
    """What is known of an account before it is asked."""

    most: int
    """Requests under way at once, at most."""
    first: int = 10
    """With so many it begins."""
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    patience_seconds: float = 120
    """For so long a service may give no answer at all."""
    longest_pause_seconds: float = 900
    """A service that asks for a longer pause is not asked any more."""


@dataclass(slots=True)
class _Turn:
    """Somebody who waits to send a request."""

    granted: asyncio.Future[None]
    tokens: int


class Pace:
    """Lets requests of one account through: as many at once as its answers show that it takes.

    It doubles while answers come (slow start), is cut when the service says "too often", and then grows
    step by step (additive increase, multiplicative decrease; Chiu and Jain 1989, Jacobson 1988). A request
    that waits out a pause holds no place. All times are those of the running event loop.
    """

    def __init__(
        self, account: str, policy: PacePolicy, tell: Callable[[Event], None] | None = None
    ) -> None:
        self.account, self.policy = account, policy
        self.under_way = 0
        self.resting = 0
        """Requests that wait out a pause after a failure."""
        self._tell = tell
        self._limit = float(min(policy.first, policy.most))
        self._told_limit = self.limit
        self._highest = self._limit
        self._grows_fast = True
        self._answers_to_skip = 0
        self._refusals = self._pauses = 0
        self._refused_share = 0.0
        self._answered_at = 0.0
        self._answer_seconds = 0.0
        """How long answers take, about; 0 before the first one."""
        self._cut_again_at = self._paused_at = self._paused_until = 0.0
        self._told_of_rates_at = float("-inf")
        self._circuit = Circuit()
        self._lag = LoopLag(self._see_to_lag)
        per_minute = (policy.requests_per_minute, policy.tokens_per_minute)
        self._requests, self._tokens = (Rate(each) if each else None for each in per_minute)
        self._turns: deque[_Turn] = deque()
        self._preparing: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._pause_reason: PaceReason | None = None
        self._stopped = ""

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        return int(self._limit)

    @property
    def pause_seconds(self) -> float:
        """For how long nothing at all will be sent."""
        return max(self._paused_until - asyncio.get_running_loop().time(), 0)

    @property
    def pause_reason(self) -> PaceReason | None:
        """Why nothing is sent just now; None if nothing holds it up."""
        return self._pause_reason if self.pause_seconds else None

    async def room(self) -> None:
        """Wait until it is worth while to prepare another request: not many more than can be sent soon."""
        while len(self._turns) >= self._ahead and not self._stopped:
            prepare = asyncio.get_running_loop().create_future()
            self._preparing.append(prepare)
            try:
                await prepare
            except asyncio.CancelledError:
                self._wake()
                raise

    async def enter(self, tokens: int = 0, *, is_retry: bool = False) -> float:
        """Wait for a turn, those who try again first; the moment at which it came.

        Raises:
            OutageError: the service has not answered for too long.
        """
        self._see_to_stop()
        now = asyncio.get_running_loop().time()
        if not self._turns and self._wait_seconds(tokens, now) == 0:
            self._begin(tokens, now)
            return now
        turn = _Turn(asyncio.get_running_loop().create_future(), tokens)
        if is_retry:
            self._turns.appendleft(turn)
        else:
            self._turns.append(turn)
        self._wake()
        try:
            await turn.granted
        except asyncio.CancelledError:
            if turn.granted.done() and not turn.granted.cancelled() and not turn.granted.exception():
                self.under_way -= 1
            self._wake()
            raise
        return asyncio.get_running_loop().time()

    def leave(
        self,
        began: float,
        *,
        failure: ErrorKind | None = None,
        retry_after_seconds: float | None = None,
        is_cancelled: bool = False,
    ) -> None:
        """A request that began then is over; what came of it sets the pace."""
        is_full = self.under_way >= 0.75 * self.limit
        loop = asyncio.get_running_loop()
        now = loop.time()
        if failure is ErrorKind.RATE_LIMIT:
            # A refusal comes at once: its place stays taken as long as by an answer, or the next one would
            # be refused in the same moment.
            loop.call_later(max(began + (self._answer_seconds or 1) - now, 0), self._free)
            self._refused(began, now, retry_after_seconds)
            self._wake()
            return
        self.under_way -= 1
        if is_cancelled:
            pass
        elif failure is not None and failure.is_retryable:
            self._failed(began, now)
        else:  # an answer, or an error that is the answer to this one request
            self._answered(began, now, is_full=is_full)
        self._wake()

    def _free(self) -> None:
        self.under_way -= 1
        self._wake()

    def stop(self, reason: str) -> None:
        """Let nobody through any more."""
        self._stopped = self._stopped or reason
        for turn in self._turns:
            if not turn.granted.done():
                turn.granted.set_exception(OutageError(self._stopped))
        self._turns.clear()
        self._wake()

    def reopen(self) -> None:
        """Begin anew after a stop: somebody asks for it."""
        if self._stopped:
            self._stopped, self._circuit = "", Circuit()
            self._paused_until, self._refusals, self._pauses = 0.0, 0, 0

    def _see_to_stop(self) -> None:
        if self._stopped:
            raise OutageError(self._stopped)

    @property
    def _ahead(self) -> int:
        """So many requests may be ready and wait for their turn."""
        return max(4, self.limit // 4)

    def _wait_seconds(self, tokens: int, now: float) -> float:
        """How long until the next request may go; without end while all places are taken."""
        if self.under_way >= self.limit:
            return float("inf")
        waits = self._paused_until - now
        if self._requests is not None:
            waits = max(waits, self._requests.wait_seconds(1, now))
        if self._tokens is not None:
            waits = max(waits, self._tokens.wait_seconds(tokens, now))
        return max(waits, 0)

    def _begin(self, tokens: int, now: float) -> None:
        self.under_way += 1
        self._lag.watch()
        if self._requests is not None:
            self._requests.take(1, now)
        if self._tokens is not None:
            self._tokens.take(tokens, now)

    def _wake(self) -> None:
        """Let through whoever may go, and see to it that those who wait for a moment are woken then."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._turns:
            turn = self._turns[0]
            if turn.granted.done():
                self._turns.popleft()
                continue
            if (wait := self._wait_seconds(turn.tokens, now)) > 0:
                if wait != float("inf"):
                    self._wake_in(wait, loop)
                    self._tell_of_rates(wait, now)
                break
            self._turns.popleft()
            self._begin(turn.tokens, now)
            turn.granted.set_result(None)
        room = len(self._preparing) if self._stopped else self._ahead - len(self._turns)
        while self._preparing and room > 0:
            prepare = self._preparing.popleft()
            if not prepare.done():
                prepare.set_result(None)
                room -= 1

    def _wake_in(self, seconds: float, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is not None:
            if self._timer.when() <= loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._wake()

    def _answered(self, began: float, now: float, *, is_full: bool) -> None:
        self._answered_at = now
        took = now - began
        known = self._answer_seconds or took
        self._answer_seconds = known + (took - known) / _ANSWERS_REMEMBERED
        self._refusals = self._pauses = 0
        self._refused_share -= self._refused_share / _ANSWERS_REMEMBERED
        if self._circuit.answered():
            self._change(max(1, self._highest / 2), PaceReason.ANSWERS_AGAIN)
        if self._answers_to_skip:
            self._answers_to_skip -= 1
        elif is_full and self._limit < self.policy.most and self._waiting < _MOST_WAITING / 2:
            by_and_by = max(1, min(self.policy.most / 20, _LARGEST_STEP)) / self._limit
            step = 1 if self._grows_fast else by_and_by
            self._limit = min(self._limit + step, self.policy.most)
            self._highest = max(self._highest, self._limit)
            if self._limit >= 2 * self._told_limit or self._limit == self.policy.most:
                self._change(self._limit, PaceReason.ANSWERS_COME)

    def _see_to_lag(self) -> None:
        if not self.under_way and not self._turns:
            self._lag.rest()
        elif (waiting := self._waiting) > _MOST_WAITING and self._limit > self.policy.first:
            kept = max(_DEEPEST_CUT_FOR_LAG, _MOST_WAITING / waiting)
            self._change(max(self._limit * kept, self.policy.first), PaceReason.OWN_WORK)

    @property
    def _waiting(self) -> float:
        """About how many answers have come and lie waiting, by what part of its time each does so."""
        if not self._answer_seconds:
            return 0
        return self.under_way * min(self._lag.seconds / self._answer_seconds, 1)

    def _refused(self, began: float, now: float, retry_after_seconds: float | None) -> None:
        if retry_after_seconds is not None and retry_after_seconds > self.policy.longest_pause_seconds:
            minutes = retry_after_seconds / 60
            self.stop(f"{self.account} asks for a pause of {minutes:,.0f} minutes. {_GO_ON}")
            return
        self._refused_share += (1 - self._refused_share) / _ANSWERS_REMEMBERED
        if now >= self._cut_again_at:  # the refusals in the time of one answer are one piece of news
            self._grows_fast = self._grows_fast and self._refused_share < _STEEP_SHARE
            self._cut_again_at = now + (self._answer_seconds or 1)
            kept = max(_DEEPEST_CUT, 1 - self._refused_share)
            self._change(max(1, self._limit * kept), PaceReason.RATE_LIMIT)
        # Of those that were under way when a pause began, nothing new is heard.
        self._refusals += began >= self._paused_at
        silent = now - max(self._answered_at, self._paused_until)
        if self._refusals >= min(_REFUSALS, self.limit) and silent >= max(1, 2 * self._answer_seconds):
            pause = retry_after_seconds or min(_REFUSAL_PAUSE_SECONDS * 2**self._pauses, 30)
            self._refusals, self._pauses = 0, self._pauses + 1
            self._pause(now, pause, PaceReason.RATE_LIMIT)

    def _failed(self, began: float, now: float) -> None:
        most = 3 * self.limit
        self._answers_to_skip = min(self._answers_to_skip + _FAILURE_COSTS_ANSWERS, most)
        pause = self._circuit.failed(began=began, now=now)
        gone = self._circuit.gone_seconds(now)
        if gone > self.policy.patience_seconds:
            self.stop(f"{self.account} has not answered for {gone:,.0f} seconds. {_GO_ON}")
        elif pause:
            self._grows_fast = True
            self._limit = 1
            self._pause(now, pause, PaceReason.NO_ANSWERS)

    def _pause(self, now: float, seconds: float, reason: PaceReason) -> None:
        self._paused_at, self._paused_until, self._pause_reason = now, now + seconds, reason
        self._change(self._limit, reason, pause_seconds=seconds)

    def _change(self, limit: float, reason: PaceReason, *, pause_seconds: float = 0) -> None:
        """Change the limit, and tell of it if it is a pause or has come far from what was told last."""
        before, self._limit = self._told_limit, float(min(limit, self.policy.most))
        if self._tell is None or not (pause_seconds or abs(self.limit - before) >= max(before / 5, 1)):
            return
        self._told_limit = self.limit
        self._tell(
            PaceChanged(
                account=self.account,
                before=before,
                after=self.limit,
                reason=reason,
                pause_seconds=pause_seconds,
            )
        )

    def _tell_of_rates(self, wait: float, now: float) -> None:
        """That the allowance of a minute is what holds things up, once a minute."""
        if self._paused_until <= now and now - self._told_of_rates_at >= 60:
            self._told_of_rates_at = now
            self._change(self._limit, PaceReason.RATES, pause_seconds=wait)


_GO_ON = "What was answered is on record: the same command goes on from there."
