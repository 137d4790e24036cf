"""Spending: whatever the prices and the latencies, a cap is not passed."""

import asyncio
import random

import pytest

from sandbox.domain.budget import Budget
from sandbox.domain.exchange import Message, ModelCard, Price, Request, Role, Settings, Usage
from sandbox.errors import ErrorKind, OutOfBudgetError, ProviderError
from sandbox.pipeline.calling import CallPolicy, Line, call_model
from sandbox.pipeline.pacing import Pace, PacePolicy
from sandbox.pipeline.spending import Amount, Purse, Spending
from tests import virtual_time
from tests.simulated_service import SimulatedService

LIMIT = 400


class Run:
    """Many who ask one service until nothing may be spent any more."""

    def __init__(
        self, service: SimulatedService, budget: Budget, price: Price | None, most: int = 20
    ) -> None:
        self.service, self.spending, self.stops = service, Spending(budget), list[str]()
        self.card = ModelCard(name="m", price=price)
        self._line = Line(
            provider=service,
            card=self.card,
            policy=CallPolicy(total_seconds=1_000_000),
            pace=Pace("ours", PacePolicy(most=most)),
            purse=Purse(self.spending, self.card),
        )
        self.ended_at = self.last_call_at = 0.0

    def ask(self, requests: int, *, words: int = 30) -> "Run":
        """Ask so many times."""
        virtual_time.run(self._ask(requests, words))
        return self

    async def _ask(self, requests: int, words: int) -> None:
        self.spending.begin()
        left = iter(range(requests))
        request = Request(
            model="m",
            messages=(Message(role=Role.USER, content="word " * words),),
            settings=Settings(max_output_tokens=LIMIT),
        )

        async def work() -> None:
            for _ in left:
                try:
                    await call_model(self._line, request)
                except OutOfBudgetError as stop:
                    self.stops.append(str(stop))
                    return

        async with asyncio.TaskGroup() as group:
            for _ in range(60):
                group.create_task(work())
        self.ended_at = asyncio.get_running_loop().time()

    @property
    def billed_usd(self) -> float:
        """What the service bills for its answers."""
        price = self.card.price
        assert price is not None
        return self.service.billed_tokens * price.output_usd / 1_000_000


@pytest.mark.parametrize("seed", range(200))
def test_no_price_latency_or_fault_passes_a_cap(seed: int) -> None:
    """The price of a call is bounded by its limit of tokens, so the cap is passed by nothing at all."""
    draw = random.Random(seed)
    per_million = 10 ** draw.uniform(-1, 3)
    price = Price(input_usd=per_million, output_usd=per_million)
    one = (30 * 5 + 16 + LIMIT) * per_million / 1_000_000
    budget = Budget(cost_usd=one * draw.uniform(0.5, 60))
    low = draw.randint(1, LIMIT)
    service = SimulatedService(
        latency_seconds=10 ** draw.uniform(-2, 1.5),
        faults={
            ErrorKind.RATE_LIMIT: draw.choice([0, 0.1]),
            ErrorKind.TRANSIENT: draw.choice([0, 0.1]),
        },
        retry_after_seconds=draw.choice([None, 1.0]),
        output_tokens=(low, draw.randint(low, LIMIT)),
        seed=seed,
    )

    run = Run(service, budget, price, most=draw.choice([1, 5, 20])).ask(200)

    assert budget.cost_usd is not None
    assert run.billed_usd <= budget.cost_usd + 1e-12
    assert run.spending.cost_usd == pytest.approx(run.billed_usd)
    assert run.stops or service.answers == 200
    assert all("are spent, and the next call may cost" in stop for stop in run.stops)
    if run.stops:  # and the cap is made use of: not a single call more would have been safe
        assert run.spending.cost_usd + one > budget.cost_usd


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(calls=37), "The 37 calls are used up."),
        (Budget(tokens=20_000), "Of 20,000 tokens"),
        (Budget(minutes=0.5), "The 0.5 minutes are over."),
    ],
)
def test_every_cap_holds(budget: Budget, said: str) -> None:
    """Calls, tokens and minutes are capped like money."""
    service = SimulatedService(output_tokens=(50, LIMIT), latency_seconds=2)

    run = Run(service, budget, None).ask(5_000)

    assert all(stop.startswith(said) for stop in run.stops)
    assert run.stops
    assert budget.calls is None or service.calls == budget.calls
    assert budget.tokens is None or service.billed_tokens <= budget.tokens
    assert budget.minutes is None or service.began[-1] <= 60 * budget.minutes


def test_calls_that_fail_count_as_calls() -> None:
    """A cap on calls is one on what is sent, whatever comes back."""
    service = SimulatedService(faults={ErrorKind.TRANSIENT: 0.5})

    run = Run(service, Budget(calls=50), None).ask(200)

    assert service.calls == run.spending.calls == 50


def test_an_answer_that_may_have_been_billed_counts_as_billed() -> None:
    """A service that does not answer in time may bill what nobody got to see."""

    async def spent(error: ProviderError | None) -> float:
        purse = Purse(
            Spending(Budget(cost_usd=1)), ModelCard(name="m", price=Price(input_usd=1, output_usd=1))
        )
        held = await purse.hold(Request(model="m", messages=(), settings=Settings(max_output_tokens=1000)))
        purse.pay_after_failure(held, error)
        return purse.spending.cost_usd

    assert virtual_time.run(spent(ProviderError(ErrorKind.TIMEOUT, "-"))) == pytest.approx(0.001)
    assert virtual_time.run(spent(None)) == pytest.approx(0.001)
    assert virtual_time.run(spent(ProviderError(ErrorKind.RATE_LIMIT, "-", status=429))) == 0
    assert virtual_time.run(spent(ProviderError(ErrorKind.TRANSIENT, "-", status=503))) == 0


def test_what_nobody_knows_the_price_of_is_not_asked_under_a_cap() -> None:
    """Unknown is not free."""
    run = Run(SimulatedService(), Budget(cost_usd=5), None).ask(10)

    assert run.service.calls == 0
    assert "Nobody knows what the next call costs" in run.stops[0]
    assert "[prices]" in run.stops[0]


def test_what_was_set_aside_is_given_back() -> None:
    """After all calls are over nothing is held, to the last fraction of a cent."""

    async def held() -> Spending:
        spending = Spending(Budget(cost_usd=1))
        for _ in range(1000):
            await spending.hold(Amount(7, 0.001))
            spending.settle(Amount(7, 0.001), Amount(5, 0.0003))
        return spending

    spending = virtual_time.run(held())

    assert spending.cost_usd == pytest.approx(0.3)
    assert spending.tokens == 5000
    assert virtual_time.run(_fits(spending, 0.69))
    assert not virtual_time.run(_fits(spending, 0.71))


async def _fits(spending: Spending, cost_usd: float) -> bool:
    most = Amount(1, cost_usd)
    try:
        await spending.hold(most)
    except OutOfBudgetError:
        return False
    spending.settle(most, Amount(0, 0.0, 0))
    return True


def test_usage_is_what_is_paid_for() -> None:
    """A cheaper answer than feared leaves room for more."""
    price = Price(input_usd=0, output_usd=1000)
    run = Run(SimulatedService(output_tokens=(10, 10)), Budget(cost_usd=1.005), price).ask(500)

    assert price.cost_usd(Usage(output_tokens=LIMIT)) == pytest.approx(0.4)
    assert run.service.answers == 61  # 61 times one cent are spent, and the next might have cost 40
