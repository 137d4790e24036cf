"""Loop lag: how far this process is behind with its own work."""

import asyncio
from collections.abc import Callable

_EVERY_SECONDS = 0.05


class LoopLag:
    """Measures, while it watches, how much later than due the running event loop gets to things."""

    def __init__(self, on_measured: Callable[[], None]) -> None:
        self.seconds = 0.0
        self._on_measured = on_measured
        self._timer: asyncio.TimerHandle | None = None

    def watch(self) -> None:
        """Measure from now on."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_EVERY_SECONDS, self._measure)

    def rest(self) -> None:
        """Measure no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _measure(self) -> None:
        if self._timer is None:
            return
        late = asyncio.get_running_loop().time() - self._timer.when()
        self.seconds += (late - self.seconds) / 2
        self._timer = None
        self.watch()
        self._on_measured()
