"""Keeping: what is finished is on record, together with what came within a moment."""

import asyncio
import threading
import time

import pytest

from sandbox.contracts.store import TrialEntry
from sandbox.domain.event import Event, RecordsDelayed
from sandbox.errors import StoreError
from sandbox.evaluation.keeping import Keeper
from tests import virtual_time
from tests.evaluation.conftest import MakeTrial
from tests.memory_store import MemoryStore


def entries(make_trial: MakeTrial, n: int) -> list[TrialEntry]:
    """So many finished trials."""
    return [TrialEntry(evaluation_id="e", position=each, trial=make_trial(str(each))) for each in range(n)]


class ThreadStore(MemoryStore):
    """Remembers which threads wrote, and takes its time if it is told to."""

    def __init__(self, seconds: float = 0) -> None:
        super().__init__()
        self.seconds, self.threads = seconds, list[str]()

    def save_trials(self, entries: list[TrialEntry]) -> None:
        """Keep them."""
        self.threads.append(threading.current_thread().name)
        time.sleep(self.seconds)
        super().save_trials(entries)


@pytest.mark.anyio
async def test_what_comes_within_a_moment_is_written_together(make_trial: MakeTrial) -> None:
    """A hundred at once are one write, and a quick store is written without a thread."""
    store = ThreadStore()
    keeper = Keeper(store)

    await asyncio.gather(*[keeper.keep(each) for each in entries(make_trial, 100)])
    await keeper.close()

    assert store.batches == [100]
    assert store.threads == [threading.current_thread().name]


@pytest.mark.anyio
async def test_few_wait_until_they_are_enough(make_trial: MakeTrial) -> None:
    """Whoever comes one by one is written with a few others: a killed process loses no more than those."""
    store = MemoryStore()
    keeper = Keeper(store)

    kept = []
    for each in entries(make_trial, 100):
        kept.append(asyncio.create_task(keeper.keep(each)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await asyncio.gather(*kept)
    await keeper.close()

    assert sum(store.batches) == 100
    assert max(store.batches) <= 10


@pytest.mark.anyio
async def test_a_slow_store_gets_a_thread(make_trial: MakeTrial) -> None:
    """After it has held everything up a few times; what comes during a write is then written together."""
    store = ThreadStore(seconds=0.25)
    keeper = Keeper(store)
    first, second, third, *others = entries(make_trial, 100)

    await keeper.keep(first)
    await keeper.keep(second)
    in_thread = asyncio.create_task(keeper.keep(third))
    await asyncio.sleep(0.1)
    await asyncio.gather(in_thread, *[keeper.keep(each) for each in others])
    await keeper.close()

    here = threading.current_thread().name
    assert store.threads[:2] == [here, here]
    assert here not in store.threads[2:]
    assert store.batches == [1, 1, 1, 97]


def test_records_that_are_locked_are_waited_for(make_trial: MakeTrial) -> None:
    """It is told once, nobody goes on meanwhile, and nothing is lost."""
    events: list[Event] = []
    locked = StoreError("The records are locked.", is_passing=True)
    store = MemoryStore([locked] * 5)

    async def keep() -> float:
        keeper = Keeper(store, events.append)
        await asyncio.gather(*[keeper.keep(each) for each in entries(make_trial, 3)])
        await keeper.close()
        assert not keeper.trouble
        return asyncio.get_running_loop().time()

    seconds = virtual_time.run(keep())

    assert 1 < seconds < 30
    assert events == [RecordsDelayed(reason="The records are locked."), RecordsDelayed(reason="")]
    assert sum(store.batches) == 3


@pytest.mark.parametrize(
    ("faults", "least_seconds"),
    [
        ([StoreError("The disk is full.")], 0),
        ([StoreError("The disk is full.", is_passing=True)] * 1000, 250),
    ],
    ids=["for good", "for too long"],
)
def test_records_that_cannot_be_written_end_it(
    make_trial: MakeTrial, faults: list[StoreError], least_seconds: float
) -> None:
    """Everybody who waits is told; an answer that cannot be kept is not counted as kept."""

    async def keep() -> list[object]:
        keeper = Keeper(MemoryStore(faults))
        told = await asyncio.gather(
            *[keeper.keep(each) for each in entries(make_trial, 3)], return_exceptions=True
        )
        await keeper.close()
        assert least_seconds <= asyncio.get_running_loop().time() <= least_seconds + 60
        return list(told)

    told = virtual_time.run(keep())

    assert [str(each) for each in told[:1]] == ["The disk is full."]
    assert all(each is None or isinstance(each, StoreError) for each in told)


def test_what_is_finished_is_kept_though_its_maker_is_cancelled(make_trial: MakeTrial) -> None:
    """Ctrl-C loses no answer that has come."""
    store = MemoryStore()

    async def keep() -> None:
        keeper = Keeper(store)
        task = asyncio.create_task(keeper.keep(entries(make_trial, 1)[0]))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        await keeper.close()

    virtual_time.run(keep())

    assert store.batches == [1]
