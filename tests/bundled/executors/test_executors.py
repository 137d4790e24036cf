"""Executors: every job is done once, and a failing one stops the others."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from sandbox.bundled import plugin
from sandbox.contracts.executor import ExecutorSpec, Job, Lane

EXECUTORS = {spec.name: spec for spec in plugin.sandbox_executors()}


def lane(name: str, do: Callable[[str, int], Job], *, jobs: int = 10, at_once: int = 3) -> Lane:
    """A lane of so many jobs."""
    return Lane(target=name, max_concurrency=at_once, jobs=(do(name, number) for number in range(jobs)))


class Noting:
    """Jobs that note when they begin and end."""

    def __init__(self) -> None:
        self.done: list[tuple[str, int]] = []
        self.most_at_once: dict[str, int] = {}
        self._under_way: dict[str, int] = {}

    def job(self, name: str, number: int) -> Job:
        async def work() -> None:
            now = self._under_way[name] = self._under_way.get(name, 0) + 1
            self.most_at_once[name] = max(now, self.most_at_once.get(name, 0))
            await asyncio.sleep(0)
            self._under_way[name] -= 1
            self.done.append((name, number))

        return work


@pytest.mark.anyio
@pytest.mark.parametrize("spec", EXECUTORS.values(), ids=EXECUTORS)
async def test_every_job_is_done_once(spec: ExecutorSpec) -> None:
    """Over all lanes, and no lane has more under way than it takes."""
    noting = Noting()

    await spec.build().execute([lane("a", noting.job), lane("b", noting.job, at_once=1)])

    assert sorted(noting.done) == [(name, number) for name in "ab" for number in range(10)]
    assert noting.most_at_once["a"] <= 3
    assert noting.most_at_once["b"] == 1


@pytest.mark.anyio
@pytest.mark.parametrize("spec", EXECUTORS.values(), ids=EXECUTORS)
async def test_a_job_that_raises_stops_the_rest(spec: ExecutorSpec) -> None:
    """A mistake in the suite ends the evaluation at once, not after the last case."""
    began = count()

    def failing(_: str, number: int) -> Job:
        async def work() -> None:
            next(began)
            if number == 2:
                raise ValueError("three")
            await asyncio.sleep(0)

        return work

    with pytest.raises((ValueError, ExceptionGroup)) as caught:
        await spec.build().execute([lane("a", failing, jobs=1000)])

    assert "three" in str(getattr(caught.value, "exceptions", [caught.value])[0])
    assert next(began) < 20


@pytest.mark.anyio
async def test_one_by_one_keeps_the_order() -> None:
    """Nothing is under way beside it."""
    noting = Noting()

    await EXECUTORS["one_by_one"].build().execute([lane("a", noting.job), lane("b", noting.job)])

    assert noting.done == [(name, number) for name in "ab" for number in range(10)]
    assert set(noting.most_at_once.values()) == {1}


@pytest.mark.anyio
async def test_side_by_side_no_lane_waits_for_another() -> None:
    """While one model is slow, the other's cases go on."""
    is_free = asyncio.Event()
    noting = Noting()

    def waiting(_: str, __: int) -> Job:
        async def work() -> None:
            await is_free.wait()

        return work

    def quick() -> Iterator[Job]:
        yield from (noting.job("b", number) for number in range(3))
        is_free.set()

    lanes = [lane("a", waiting, jobs=2), Lane(target="b", max_concurrency=1, jobs=quick())]
    await asyncio.wait_for(EXECUTORS["side_by_side"].build().execute(lanes), 5)

    assert len(noting.done) == 3
