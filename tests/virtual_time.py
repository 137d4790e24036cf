"""An event loop whose clock jumps to the next moment at which something is due: hours take milliseconds."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import TypeVar

Result = TypeVar("Result")


class _Jumping(selectors.DefaultSelector):
    """Waits for no time; it lets the clock jump instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready at once; else the time that should have been waited for has passed."""
        if timeout is None:
            raise RuntimeError("Everybody waits, and nothing will ever happen.")
        ready = super().select(0)
        if not ready:
            self.now += timeout
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """Time passes only in waiting; what is meant for a thread is done at once."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._jumping.now

    def work(self, seconds: float) -> None:
        """Time passes in which nothing else can be done."""
        self._jumping.now += seconds

    def run_in_executor(  # type: ignore[override]  # a future is all that callers await
        self, executor: Executor | None, func: Callable[..., Result], *args: object
    ) -> asyncio.Future[Result]:
        """Do it now."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as cause:  # noqa: BLE001 - it is handed on
            future.set_exception(cause)
        return future


def run(work: Coroutine[object, object, Result]) -> Result:
    """What comes of this in virtual time."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(work)
