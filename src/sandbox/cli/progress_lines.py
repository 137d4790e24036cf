"""Progress where there is no terminal, or none that can be drawn on: a few plain lines."""

from collections.abc import Callable
from time import monotonic
from typing import Self

from rich.console import Console

from sandbox.cli.progress_words import expense, how_far, is_over, service, stops, time_words
from sandbox.cli.progress_words import hold as hold_words
from sandbox.domain.progress import Progress

_SECONDS_BETWEEN = 30
_SHORTEST_HOLD_SECONDS = 5
"""Shorter ones are not worth a line."""


class ProgressLines:
    """One line at the start, one at the end, and between them one for each tenth, at most every 30 seconds.

    A stop is told at once; a service that has us wait, or records that cannot be written, every 30 seconds.
    """

    def __init__(self, console: Console, title: str, *, clock: Callable[[], float] = monotonic) -> None:
        self._console, self._title, self._clock = console, title, clock
        self.last: Progress | None = None
        self._told: Progress | None = None
        self._told_at = 0.0
        self._told_tenth = 0
        self._told_of: dict[str, float] = {}
        """When each hold and each stop was told."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Say how far it came, if that was not said yet."""
        if self.last is not None and self.last is not self._told:
            self._say_how_far(self.last)

    def update(self, now: Progress) -> None:
        """Say how far it is, if it is time for that."""
        is_first, self.last = self.last is None, now
        planned, done = (sum(getattr(each, name) for each in now.targets) for name in ("planned", "done"))
        if is_first:
            self._begin(now)
        for why, who in stops(now).items():
            self._say(f"{', '.join(who)} stopped. {why}", again_after=float("inf"))
        for target in now.targets:
            if target.pause_seconds >= _SHORTEST_HOLD_SECONDS and (words := hold_words(target)):
                self._say(f"{words}.", about=service(target), again_after=_SECONDS_BETWEEN)
        if now.note:
            self._say(f"Everything waits: {now.note}", about="everything", again_after=_SECONDS_BETWEEN)
        tenth = 10 * done // max(planned, 1)
        is_time = tenth > self._told_tenth and self._clock() - self._told_at >= _SECONDS_BETWEEN
        if is_time and not all(is_over(each) for each in now.targets):
            self._say_how_far(now)

    def _begin(self, now: Progress) -> None:
        planned, recalled = (sum(getattr(each, n) for each in now.targets) for n in ("planned", "recalled"))
        on = f"on {len(now.targets)} targets" if len(now.targets) > 1 else f"on {now.targets[0].model}"
        recorded = f" ({recalled:,} more are on record)" if recalled else ""
        self._print(f"{self._title} {on}: {planned - recalled:,} answers to ask for{recorded}")
        self._told_at, self._told_tenth = self._clock(), 10 * recalled // max(planned, 1)

    def _say_how_far(self, now: Progress) -> None:
        planned, done = (sum(getattr(each, name) for each in now.targets) for name in ("planned", "done"))
        self._print("; ".join((how_far(self._title, now), expense(now), time_words(now))))
        self._told, self._told_at, self._told_tenth = now, self._clock(), 10 * done // max(planned, 1)

    def _say(self, words: str, *, about: str = "", again_after: float) -> None:
        told_at = self._told_of.get(about or words)
        if told_at is None or self._clock() - told_at >= again_after:
            self._told_of[about or words] = self._clock()
            self._print(f"{self._title}: {words}")

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, soft_wrap=True)
