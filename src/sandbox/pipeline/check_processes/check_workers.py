"""Who looks at an answer: quick checks at once and here, all others in a few processes beside us."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from sandbox.contracts.check import Check, Subject
from sandbox.domain.finding import Finding
from sandbox.pipeline.check_processes.looking import not_made
from sandbox.pipeline.check_processes.thread_look import LeftBehindError, ThreadLook
from sandbox.pipeline.check_processes.worker_process import (
    MEMORY_BYTES,
    CannotBeSentError,
    Job,
    WorkerEndedError,
    WorkerProcess,
    pack,
)
from sandbox.pipeline.inspecting import inspect_answer

MOST_WORKERS = 4
_MOST_LEFT_BEHIND = 3


class CheckWorkers:
    """Looks at answers with checks; a check that hangs, crashes or grows is a finding and no more.

    A worker is started when it is first needed, and kept. Each is talked to by a thread, so that this
    serves any event loop, on any system. Whoever waits for findings is held up, and so nothing piles up.
    """

    def __init__(self, *, size: int | None = None, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        size = size or min(os.cpu_count() or 1, MOST_WORKERS)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="sandbox-checks")
        self._lock = Lock()
        self._idle: list[WorkerProcess] = []
        self._under_way: dict[WorkerProcess | ThreadLook, Event] = {}
        """Each with what is set when nobody waits for it any more."""
        self._only_here: set[tuple[str, type]] = set()
        """Checks, by name, that cannot look at answers of a type in another process."""
        self._left_behind: Counter[str] = Counter()
        self._is_closed = False

    async def inspect(self, checks: Sequence[Check], subject: Subject) -> tuple[Finding, ...]:
        """What each check says of the answer, in the order of the checks. It only raises if cancelled."""
        slow = [check for check in checks if _may_take_long(check, subject)]
        if not slow:
            return inspect_answer(checks, subject)
        is_over = Event()
        futures = [self._threads.submit(self._find, check, subject, is_over) for check in slow]
        try:
            others = [check for check in checks if not _may_take_long(check, subject)]
            here = iter(inspect_answer(others, subject))
            there = iter(await asyncio.gather(*map(asyncio.wrap_future, futures)))
        except BaseException:
            for future in futures:
                future.cancel()
            is_over.set()
            self._end(lambda each: each is is_over)
            raise
        return tuple(next(there if _may_take_long(check, subject) else here) for check in checks)

    def close(self) -> None:
        """End every worker, and whatever it is doing. Closing twice does nothing."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        self._end(lambda _: True)
        self._threads.shutdown(cancel_futures=True)
        for worker in idle:
            worker.close()

    def _end(self, is_meant: Callable[[Event], bool]) -> None:
        with self._lock:
            for look, is_over in self._under_way.items():
                if is_meant(is_over):
                    look.end()

    def _find(self, check: Check, subject: Subject, is_over: Event) -> Finding:
        """What the check says, after however many processes; in a thread of the pool."""
        where = check.name, type(subject.artifact)
        try:
            if where not in self._only_here:
                try:
                    return self._find_there(check, pack(check, subject), is_over)
                except CannotBeSentError:
                    self._only_here.add(where)
            return self._find_here(check, subject, is_over)
        except (OSError, RuntimeError) as cause:  # no more processes, or threads, are to be had
            return not_made(check, f"The check could not be begun ({type(cause).__name__}).")

    def _find_there(self, check: Check, job: Job, is_over: Event) -> Finding:
        """In a process. One that others have used before is no proof of this check's guilt."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            worker = worker or WorkerProcess(memory_bytes=self._memory_bytes)
            is_fresh, is_usable = worker.is_fresh, False
            self._begin(worker, is_over)
            try:
                found = worker.look(job)
                is_usable = True
            except CannotBeSentError:
                is_usable = True
                raise
            except WorkerEndedError as ended:
                if is_fresh or ended.is_late or is_over.is_set() or self._is_closed:
                    return not_made(check, str(ended))
            else:
                return found
            finally:
                self._give_back(worker, is_usable=is_usable and not is_over.is_set())

    def _find_here(self, check: Check, subject: Subject, is_over: Event) -> Finding:
        """In a thread of this process; not for ever again, since each time a thread may be left behind."""
        if self._left_behind[check.name] >= _MOST_LEFT_BEHIND:
            return not_made(
                check,
                f"The check took too long {_MOST_LEFT_BEHIND} times, and is not asked any more.",
            )
        look = ThreadLook()
        self._begin(look, is_over)
        try:
            return look.look(check, subject)
        except LeftBehindError:
            self._left_behind[check.name] += 1
            return not_made(
                check,
                f"The check took longer than {check.timeout_seconds:g} seconds and was left behind: in a "
                "thread it cannot be ended.",
            )
        finally:
            with self._lock:
                del self._under_way[look]

    def _begin(self, look: WorkerProcess | ThreadLook, is_over: Event) -> None:
        with self._lock:
            self._under_way[look] = is_over
            if self._is_closed or is_over.is_set():
                look.end()

    def _give_back(self, worker: WorkerProcess, *, is_usable: bool) -> None:
        with self._lock:
            del self._under_way[worker]
            is_kept = is_usable and not self._is_closed
            if is_kept:
                self._idle.append(worker)
        if not is_kept:
            worker.close()


def _may_take_long(check: Check, subject: Subject) -> bool:
    """Whether the check really looks at the answer, and does not say that it is quick."""
    return not check.is_quick and (subject.artifact is not None or not check.needs_artifact)
