"""Watching: how far an evaluation is, told to whoever looks on, a few times a second at most."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from sandbox.domain.budget import Estimate
from sandbox.domain.progress import Progress, TargetProgress
from sandbox.pipeline.spending import Spending

Watch = Callable[[Progress], None]
_TOLD_SECONDS = 0.25
_WINDOW_SECONDS = 60
"""The time that is left is reckoned from what was made in the last minute."""
_ENOUGH_TRIALS = 5


class Watched(Protocol):
    """What is watched of a target."""

    def progress(self) -> TargetProgress:
        """How far it is."""
        ...

    def still_usd(self) -> float | None:
        """What the rest is likely to cost; None if it cannot be told."""
        ...


class Watcher:
    """Puts together what is known, and tells it."""

    def __init__(
        self,
        targets: Sequence[Watched],
        watch: Watch | None,
        spending: Spending,
        trouble: Callable[[], str],
    ) -> None:
        self._targets, self._watch, self._spending, self._trouble = targets, watch, spending, trouble
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._made: deque[tuple[float, int]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self.estimate: Estimate | None = None

    def begin(self) -> None:
        """Tell the start, and from now on what happens."""
        self._tick()

    def end(self) -> None:
        """Tell the end."""
        if self._timer is not None:
            self._timer.cancel()
            self._tell()

    def _tick(self) -> None:
        if self._watch is None:
            return
        self._tell()
        self._timer = self._loop.call_later(_TOLD_SECONDS, self._tick)

    def _tell(self) -> None:
        if self._watch is not None:
            self._watch(self._progress())

    def _progress(self) -> Progress:
        spending = self._spending
        targets = tuple(target.progress() for target in self._targets)
        still = [target.still_usd() for target in self._targets]
        return Progress(
            targets=targets,
            elapsed_seconds=self._loop.time() - self._began,
            estimate=self.estimate,
            budget=spending.budget,
            spent_usd=spending.cost_usd if spending.is_cost_known else None,
            still_usd=None if None in still else sum(each for each in still if each is not None),
            calls=spending.calls,
            tokens=spending.tokens,
            left_seconds=self._left_seconds(targets),
            note=self._trouble(),
        )

    def _left_seconds(self, targets: Sequence[TargetProgress]) -> float | None:
        now = self._loop.time()
        made = sum(target.done - target.recalled for target in targets)
        left = sum(target.planned - target.done for target in targets if not target.stopped)
        if not self._made or now - self._made[-1][0] >= 1:
            self._made.append((now, made))
        while now - self._made[0][0] > _WINDOW_SECONDS:
            self._made.popleft()
        since, before = self._made[0]
        if not left:
            return 0.0
        if made - before < _ENOUGH_TRIALS or now == since:
            return None
        return left * (now - since) / (made - before)
