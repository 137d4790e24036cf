"""Keeping: finished trials go into the record store, a few at a time, at once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import perf_counter

import tenacity

from sandbox.contracts.store import Store, TrialEntry
from sandbox.domain.event import Event, RecordsDelayed
from sandbox.errors import StoreError

_PATIENCE_SECONDS = 300
"""For so long a store may be locked or gone."""
_TOGETHER = 8
_TOGETHER_SECONDS = 0.01
"""So many trials, or those that come in so short a time, are written together."""
_QUICK_SECONDS = 0.05
"""A store that takes longer, on average, is written in a thread from then on."""
_WRITES_REMEMBERED = 8


class Keeper:
    """Writes trials as they come, those together that come within a moment.

    A quick store is written right here: a thread that computes beside an event loop makes each of the
    loop's calls to the system wait for its turn, and takes longer itself. A slow store gets a thread.

    If the store cannot be written just now, it is tried again for some minutes; whoever waits to keep a
    trial waits for that, so that nothing more is asked and paid for meanwhile.
    """

    def __init__(self, store: Store, tell: Callable[[Event], None] | None = None) -> None:
        self._store, self._tell = store, tell
        self._waiting: list[tuple[TrialEntry, asyncio.Future[None]]] = []
        self._are_enough = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None
        self._write_seconds = 0.0
        """How long a write has taken lately."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sandbox-records")
        self._fault: BaseException | None = None
        """Why nothing is written any more."""
        self.trouble = ""
        """Why nothing can be written now; empty if it can."""

    async def keep(self, entry: TrialEntry) -> None:
        """Keep a trial; when this returns, it is on record. If this is cancelled, it is kept all the same.

        Raises:
            StoreError: it cannot be kept.
        """
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, kept))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        if len(self._waiting) >= _TOGETHER:
            self._are_enough.set()
        await kept

    async def close(self) -> None:
        """Wait until all is written."""
        while self._writing is not None:
            await asyncio.wait([self._writing])
        self._thread.shutdown(wait=False)

    async def _write(self) -> None:
        try:
            while self._waiting:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._are_enough.wait(), _TOGETHER_SECONDS)
                self._are_enough.clear()
                batch, self._waiting = self._waiting, []
                await self._write_batch(batch)
        finally:
            self._writing = None

    async def _write_batch(self, batch: list[tuple[TrialEntry, asyncio.Future[None]]]) -> None:
        if self._fault is None:
            try:
                await self._write_until_it_works([entry for entry, _ in batch])
            except BaseException as cause:  # noqa: BLE001 - whoever waits for these trials is told
                self._fault = cause
        for _, kept in batch:
            if kept.done():
                continue
            if self._fault is None:
                kept.set_result(None)
            else:
                kept.set_exception(self._fault)

    async def _write_until_it_works(self, entries: list[TrialEntry]) -> None:
        try:
            await self._write_once(entries)
        except StoreError as error:
            if not error.is_passing:
                raise
            self._note(str(error))
        else:
            return
        async for attempt in _again(until=asyncio.get_running_loop().time() + _PATIENCE_SECONDS):
            with attempt:
                await self._write_once(entries)
        self._note("")

    async def _write_once(self, entries: list[TrialEntry]) -> None:
        if self._write_seconds > _QUICK_SECONDS:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._store.save_trials, entries)
            return
        began = perf_counter()
        try:
            self._store.save_trials(entries)
        finally:
            took = perf_counter() - began
            self._write_seconds += (took - self._write_seconds) / _WRITES_REMEMBERED

    def _note(self, trouble: str) -> None:
        self.trouble = trouble
        if self._tell:
            self._tell(RecordsDelayed(reason=self.trouble))


def _again(*, until: float) -> tenacity.AsyncRetrying:
    """Attempts with growing pauses, until that moment of the running event loop."""
    return tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception(lambda cause: isinstance(cause, StoreError) and cause.is_passing),
        stop=lambda _: asyncio.get_running_loop().time() >= until,
        wait=tenacity.wait_exponential(multiplier=0.2, max=10),
        reraise=True,
    )
