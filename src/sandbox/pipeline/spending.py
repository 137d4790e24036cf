"""Spending: no call begins that might pass a cap; what every call took is added up."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field, replace

from sandbox.domain.budget import Budget
from sandbox.domain.exchange import Completion, ModelCard, Request, Usage
from sandbox.errors import ErrorKind, OutOfBudgetError, ProviderError
from sandbox.pipeline.pricing import priced

_TOKENS_AROUND_A_MESSAGE = 16
_NOT_BILLED = {
    ErrorKind.RATE_LIMIT,
    ErrorKind.AUTHENTICATION,
    ErrorKind.QUOTA,
    ErrorKind.INVALID_REQUEST,
    ErrorKind.CONTEXT_LENGTH,
    ErrorKind.UNKNOWN_MODEL,
    ErrorKind.UNAVAILABLE,
}
"""Errors with which no service bills anything; after any other it may have, so its most counts as spent."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What one call takes, or may take. The cost is None if nobody knows the price."""

    tokens: int = 0
    cost_usd: float | None = 0.0
    calls: int = 1


NOTHING = Amount(calls=0)
_ONE_CALL = Amount()


@dataclass(slots=True)
class Spending:
    """What one evaluation has taken, and what its calls under way may still take.

    Times are those of the running event loop.
    """

    budget: Budget = field(default_factory=Budget)
    calls: int = 0
    tokens: int = 0
    cost_usd: float = 0.0
    is_cost_known: bool = True
    """False once an answer came whose price nobody knows."""
    ends_at: float | None = None
    """When the minutes are over."""
    _held_calls: int = 0
    _held_tokens: int = 0
    _held_usd: float = 0.0
    _waiting: deque[asyncio.Future[None]] = field(default_factory=deque)

    def begin(self) -> None:
        """The minutes count from now."""
        if self.budget.minutes is not None:
            self.ends_at = asyncio.get_running_loop().time() + 60 * self.budget.minutes

    async def hold(self, most: Amount) -> None:
        """Set aside what a call may take; if calls under way could leave room for it, wait for them.

        Raises:
            OutOfBudgetError: it might pass a cap.
        """
        while reason := self._too_much(most):
            if not self._held_calls or self.is_time_up():
                raise OutOfBudgetError(reason)
            room = asyncio.get_running_loop().create_future()
            self._waiting.append(room)
            await room
        self._held_calls += most.calls
        self._held_tokens += most.tokens
        self._held_usd += most.cost_usd or 0

    def settle(self, most: Amount, took: Amount) -> None:
        """A call for which so much was set aside is over, and took so much."""
        self._held_calls -= most.calls
        self._held_tokens -= most.tokens
        self._held_usd -= most.cost_usd or 0
        if not self._held_calls:
            self._held_usd = 0.0  # sums of fractions leave a dust that would count against the cap
        self.calls += took.calls
        self.tokens += took.tokens
        self.cost_usd += took.cost_usd or 0
        self.is_cost_known = self.is_cost_known and took.cost_usd is not None
        while self._waiting:
            room = self._waiting.popleft()
            if not room.done():
                room.set_result(None)

    def is_time_up(self) -> bool:
        """Whether no call may begin any more."""
        return self.ends_at is not None and asyncio.get_running_loop().time() >= self.ends_at

    def _too_much(self, most: Amount) -> str:
        """Why a call may not begin; empty if it may."""
        cap = self.budget
        if self.is_time_up():
            return f"The {cap.minutes:g} minutes are over. {_GO_ON}"
        if cap.calls is not None and self.calls + self._held_calls + most.calls > cap.calls:
            return f"The {cap.calls:,} calls are used up. {_GO_ON}"
        if cap.tokens is not None and self.tokens + self._held_tokens + most.tokens > cap.tokens:
            known = f"Of {cap.tokens:,} tokens {self.tokens:,} are used"
            return f"{known}, and the next call may take {most.tokens:,}. {_GO_ON}"
        return self._too_dear(most.cost_usd)

    def _too_dear(self, most_usd: float | None) -> str:
        cap = self.budget.cost_usd
        if cap is None:
            return ""
        if most_usd is None:
            return f"Nobody knows what the next call costs, and there is a cap on the cost. {_PRICE}"
        if self.cost_usd + self._held_usd + most_usd <= cap:
            return ""
        known = f"Of ${cap:,.2f} ${self.cost_usd:,.4f} are spent"
        return f"{known}, and the next call may cost ${most_usd:,.4f}. {_GO_ON}"


@dataclass(frozen=True, slots=True)
class Purse:
    """What the calls of one model are paid from."""

    spending: Spending
    card: ModelCard
    _schema_sizes: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    async def hold(self, request: Request) -> Amount:
        """Set aside what a request may take.

        Raises:
            OutOfBudgetError: it might pass a cap.
        """
        most = self._most(request) if self.spending.budget.caps_amounts else _ONE_CALL
        await self.spending.hold(most)
        return most

    def release(self, held: Amount) -> None:
        """Nothing was sent."""
        self.spending.settle(held, NOTHING)

    def pay(self, held: Amount, completion: Completion) -> None:
        """An answer came; if nobody knows its cost, the most that it may have cost counts."""
        took = Amount(completion.usage.input_tokens + completion.usage.output_tokens, completion.cost_usd)
        if took.cost_usd is None and held.cost_usd:
            took = replace(took, cost_usd=held.cost_usd)
        self.spending.settle(held, took)

    def pay_after_failure(self, held: Amount, error: ProviderError | None) -> None:
        """No answer came: it took nothing but a call, or as much as the service may have billed."""
        is_free = error is not None and (
            error.kind in _NOT_BILLED or (error.status is not None and error.status >= 400)
        )
        self.spending.settle(held, _ONE_CALL if is_free else held)

    def _most(self, request: Request) -> Amount:
        """What a call may take at most: no token is shorter than a byte, and answers keep their limit."""
        into = sum(
            len(message.content.encode(errors="replace")) + _TOKENS_AROUND_A_MESSAGE
            for message in request.messages
        )
        if request.output_schema is not None:
            if request.output_name not in self._schema_sizes:
                self._schema_sizes[request.output_name] = len(json.dumps(request.output_schema))
            into += self._schema_sizes[request.output_name]
        usage = Usage(input_tokens=into, output_tokens=request.settings.max_output_tokens)
        return Amount(into + usage.output_tokens, cost_of(usage, self.card))


def cost_of(usage: Usage, card: ModelCard) -> float | None:
    """What so many tokens of a model cost, in US dollars; None if nobody knows."""
    return priced(Completion(text="", model_served=card.name, usage=usage), card).cost_usd


_GO_ON = "What was answered is on record: the same command with a higher cap goes on from there."
_PRICE = "Write it into sandbox.toml under [prices], or take the cap away."
