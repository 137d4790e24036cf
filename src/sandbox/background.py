"""The one sync edge: an event loop in a thread of its own, which also serves a notebook."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

_WAKE_SECONDS = 0.2
"""On Windows a thread that waits without a limit cannot be interrupted by Ctrl-C."""
_DRAIN_SECONDS = 10


class BackgroundLoop:
    """Runs coroutines on one loop for as long as it lives, from sync and from async code alike."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sandbox", daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run the coroutine to its end and give its result. Ctrl-C cancels it and lets it tidy up."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            while True:
                try:
                    return future.result(_WAKE_SECONDS)
                except TimeoutError:
                    if future.done():  # the work itself timed out
                        raise
        except BaseException:
            if future.cancel():
                asyncio.run_coroutine_threadsafe(_drained(), self._loop).result(_DRAIN_SECONDS)
            raise

    async def call_async(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Await the coroutine from another loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def close(self) -> None:
        """Stop the loop and its thread. Closing twice does nothing."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_DRAIN_SECONDS)
        self._loop.close()


async def _drained() -> None:
    """Wait for everything else on this loop."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)
