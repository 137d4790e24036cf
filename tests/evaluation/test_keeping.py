"""Keeping: what is finished is on record, together with what came at the same time."""

import asyncio
import threading

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


@pytest.mark.anyio
async def test_what_comes_during_a_write_is_written_together(make_trial: MakeTrial) -> None:
    """The first one goes at once; the hundred that come meanwhile are one write, in a thread."""
    may_go, threads = threading.Event(), set[str]()

    class Slow(MemoryStore):
        def save_trials(self, entries: list[TrialEntry]) -> None:
            threads.add(threading.current_thread().name)
            may_go.wait(10)
            super().save_trials(entries)

    store = Slow()
    keeper = Keeper(store)
    first, *others = entries(make_trial, 101)

    kept = [asyncio.create_task(keeper.keep(first))]
    await asyncio.sleep(0.01)
    kept += [asyncio.create_task(keeper.keep(each)) for each in others]
    await asyncio.sleep(0.01)
    assert not any(task.done() for task in kept)
    may_go.set()
    await asyncio.gather(*kept)
    await keeper.close()

    assert store.batches == [1, 100]
    assert threading.current_thread().name not in threads


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
