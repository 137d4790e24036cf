"""Pace: an account gets as many requests at once as its answers show that it takes."""

import asyncio
from collections.abc import Coroutine
from statistics import mean

import pytest

from sandbox.domain.event import Event, PaceChanged, PaceReason
from sandbox.domain.exchange import Message, ModelCard, Request, Role
from sandbox.errors import ErrorKind, OutageError
from sandbox.pipeline.calling import Called, CallPolicy, Line, call_model
from sandbox.pipeline.pacing import Pace, PacePolicy
from sandbox.pipeline.spending import Purse, Spending
from tests import virtual_time
from tests.simulated_service import SimulatedService

REQUEST = Request(model="m", messages=(Message(role=Role.USER, content="Hello"),))


class Asking:
    """Many who ask one service, and what was told of its pace."""

    def __init__(
        self, service: SimulatedService, *, most: int = 200, own_seconds: float = 0, **policy: float
    ) -> None:
        self.service, self._own_seconds = service, own_seconds
        self.waiting: list[int] = []
        """How many answers had come that we had not worked on, whenever we came to one."""
        self.events: list[Event] = []
        self.pace = Pace("ours", PacePolicy(most=most, **policy), self.events.append)  # type: ignore[arg-type]  # whole numbers only where they are due
        self.called: list[Called] = []
        self.seconds = 0.0
        card = ModelCard(name="m")
        self._line = Line(
            provider=service, card=card, policy=CallPolicy(), pace=self.pace, purse=Purse(Spending(), card)
        )

    def run(self, requests: int, workers: int = 800) -> "Asking":
        """Ask so many times."""
        virtual_time.run(self._run(requests, workers))
        return self

    async def _run(self, requests: int, workers: int) -> None:
        left = iter(range(requests))

        async def work() -> None:
            for _ in left:
                await self.pace.room()
                self.called.append(await call_model(self._line, REQUEST))
                self.waiting.append(self.service.answers - len(self.called))
                if isinstance(loop := asyncio.get_running_loop(), virtual_time.VirtualTimeLoop):
                    loop.work(self._own_seconds)

        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(work())
        self.seconds = asyncio.get_running_loop().time()

    def changes(self, reason: PaceReason) -> list[PaceChanged]:
        """What was told for this reason."""
        return [each for each in self.events if isinstance(each, PaceChanged) and each.reason is reason]


def test_nobody_needs_to_tune_anything() -> None:
    """It begins with ten, and soon as many are under way as may be."""
    asking = Asking(SimulatedService(), most=200).run(5_000)

    assert asking.service.most_under_way == 200
    assert asking.seconds < 5_000 / 200 + 8
    assert asking.changes(PaceReason.ANSWERS_COME)[-1].after == 200


def test_answers_do_not_pile_up_before_our_own_work() -> None:
    """A service that is quicker than we are gets as many requests as keep us at work, and no more."""
    asking = Asking(SimulatedService(latency_seconds=0.02), own_seconds=0.001).run(10_000)

    assert asking.seconds < 1.15 * 10_000 * 0.001
    assert mean(asking.waiting[5_000:]) < 12
    assert max(asking.waiting[5_000:]) < 40
    assert asking.changes(PaceReason.OWN_WORK)


def test_own_work_that_keeps_up_holds_nothing_back() -> None:
    """A hundred answers a second, of which each takes us five milliseconds, leave half of the time."""
    asking = Asking(SimulatedService(latency_seconds=2), own_seconds=0.005).run(6_000)

    assert asking.service.most_under_way == 200
    assert asking.seconds < 6_000 / 100 + 12


def test_a_ceiling_is_kept() -> None:
    """Three places are three, from the first moment to the last."""
    asking = Asking(SimulatedService(), most=3).run(60)

    assert asking.service.most_under_way == 3


@pytest.mark.parametrize("retry_after", [None, 2.0])
def test_a_capacity_is_found_out(retry_after: float | None) -> None:
    """A service that takes 40 at once is asked with about so many, and nothing is lost."""
    service = SimulatedService(capacity=40, retry_after_seconds=retry_after)

    asking = Asking(service, most=500).run(4_000)

    assert all(each.completion for each in asking.called)
    assert service.answers == 4_000
    assert service.calls < 1.25 * 4_000
    assert asking.seconds < 2 * 4_000 / 40


def test_a_storm_of_refusals_is_waited_out() -> None:
    """If every answer is "too often", the account is left alone for as long as the service asks."""
    service = SimulatedService(capacity=0, retry_after_seconds=20)

    asking = Asking(service, most=50)
    with pytest.raises(ExceptionGroup):
        virtual_time.run(asyncio.wait_for(_stopping(asking, service), 130))

    assert service.calls < 100


async def _stopping(asking: Asking, service: SimulatedService) -> None:
    async def stop() -> None:
        await asyncio.sleep(120)
        asking.pace.stop("It is enough.")

    async with asyncio.TaskGroup() as group:
        group.create_task(stop())
        group.create_task(asking._run(1_000, 50))


def test_an_occasional_refusal_is_no_reason_to_crawl() -> None:
    """One in ten at random, with a second to wait: four fifths of the places stay in use."""
    service = SimulatedService(
        latency_seconds=0.05, faults={ErrorKind.RATE_LIMIT: 0.1}, retry_after_seconds=1
    )

    asking = Asking(service, most=100).run(4_000)

    assert all(each.completion for each in asking.called)
    assert asking.seconds < 4 * 4_000 * 0.05 / 100


def test_failures_of_the_service_pause_growth_and_nothing_else() -> None:
    """One answer in ten is a failure: the pace does not fall for that."""
    service = SimulatedService(faults={ErrorKind.TRANSIENT: 0.1})

    asking = Asking(service, most=200).run(2_000)

    assert all(each.completion for each in asking.called)
    assert min(change.after for change in asking.events if isinstance(change, PaceChanged)) >= 10
    assert mean(each.calls for each in asking.called) == pytest.approx(1.11, abs=0.04)


def test_a_service_that_is_gone_is_probed_and_comes_back() -> None:
    """A minute without any answer costs a few calls, and no trial."""
    service = SimulatedService(down=(5, 65))

    asking = Asking(service, most=100).run(3_000)

    during = sum(5 <= moment < 65 for moment in service.began)
    assert all(each.completion for each in asking.called)
    assert during < 150
    assert asking.changes(PaceReason.NO_ANSWERS)
    assert asking.changes(PaceReason.ANSWERS_AGAIN)
    assert asking.seconds < 65 + 3_000 / 100 + 40


def test_a_service_that_stays_away_is_given_up() -> None:
    """After two minutes everybody is told so, in words that say how to go on."""
    service = SimulatedService(down=(5, 100_000))
    asking = Asking(service, most=20, patience_seconds=120)

    with pytest.raises(ExceptionGroup) as caught:
        asking.run(3_000, workers=40)

    told = caught.value.exceptions[0]
    assert isinstance(told, OutageError)
    assert "ours has not answered for" in str(told)
    assert "the same command goes on" in str(told)
    assert 5 + 120 <= service.began[-1] <= 5 + 120 + 90


def test_a_pause_that_is_too_long_stops_at_once() -> None:
    """A service that asks to come back in two hours is not waited for."""
    service = SimulatedService(faults={ErrorKind.RATE_LIMIT: 1.0}, retry_after_seconds=7200)

    with pytest.raises(ExceptionGroup) as caught:
        Asking(service, most=1).run(10, workers=1)

    assert "asks for a pause of 120 minutes" in str(caught.value.exceptions[0])


@pytest.mark.parametrize(("limit", "tokens"), [("requests_per_minute", 1), ("tokens_per_minute", 2 + 2000)])
def test_a_known_rate_is_kept(limit: str, tokens: int) -> None:
    """60 requests a minute are 60 in any minute but the first few seconds, with no refusal."""
    service = SimulatedService(latency_seconds=0.1)

    asking = Asking(service, most=50, **{limit: 60 * tokens}).run(600)

    for start in range(0, 500, 20):
        assert sum(start <= moment < start + 60 for moment in service.began) <= 60 + 6
    assert asking.seconds == pytest.approx(600, abs=15)
    assert asking.changes(PaceReason.RATES)


def test_those_who_try_again_go_first() -> None:
    """A trial that has failed once is finished before another one is begun."""

    async def order() -> list[str]:
        pace, came = Pace("ours", PacePolicy(most=1)), []

        async def enter(name: str, *, is_retry: bool) -> None:
            began = await pace.enter(is_retry=is_retry)
            came.append(name)
            await asyncio.sleep(1)
            pace.leave(began)

        async with asyncio.TaskGroup() as group:
            group.create_task(enter("first", is_retry=False))
            group.create_task(enter("fresh", is_retry=False))
            group.create_task(enter("again", is_retry=True))
        return came

    assert virtual_time.run(order()) == ["first", "again", "fresh"]


def test_a_cancelled_request_gives_its_place_back() -> None:
    """Whether it waited for its turn, had just been given it, or was under way."""

    async def cancel(moment: float) -> int:
        pace = Pace("ours", PacePolicy(most=1))

        async def use() -> None:
            began = await pace.enter()
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                pace.leave(began, is_cancelled=True)
                raise
            pace.leave(began)

        tasks = [asyncio.create_task(use()) for _ in range(3)]
        await asyncio.sleep(moment)
        tasks[1].cancel()
        await asyncio.wait(tasks)
        return pace.under_way

    assert [virtual_time.run(cancel(moment)) for moment in (0, 0.5, 1, 1.5)] == [0, 0, 0, 0]


def test_requests_are_not_prepared_long_before_they_can_be_sent() -> None:
    """Of a thousand, as many are ready as can be sent soon, so that memory stays small."""

    async def ready() -> int:
        pace, prepared = Pace("ours", PacePolicy(most=10)), 0

        async def prepare() -> None:
            nonlocal prepared
            await pace.room()
            prepared += 1
            await pace.enter()

        tasks = [asyncio.create_task(prepare()) for _ in range(1_000)]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        return prepared

    assert 10 < virtual_time.run(ready()) <= 15


def test_what_stopped_can_be_asked_for_again() -> None:
    """Whoever gives the command again means it."""

    async def again() -> Coroutine[object, object, float] | float:
        pace = Pace("ours", PacePolicy(most=1))
        pace.stop("It is enough.")
        with pytest.raises(OutageError, match="It is enough"):
            await pace.enter()
        pace.reopen()
        return await pace.enter()

    assert virtual_time.run(again()) == 0
