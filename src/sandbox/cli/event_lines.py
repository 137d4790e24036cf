"""Events for other programs: each one line of JSON, written while an evaluation runs."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from time import monotonic, time
from typing import Self, TextIO

from sandbox.contracts.observer import Observer
from sandbox.domain.event import Event
from sandbox.domain.event_record import event_record, utc
from sandbox.domain.progress import Progress

_SECONDS_BETWEEN = 1
"""Progress is told at most so often."""


class EventLines:
    """Writes every event as it comes, the estimate once, and progress at most once a second."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._lock = threading.Lock()  # events come from the observers' thread, progress from another
        self.last: Progress | None = None
        self._told: Progress | None = None
        self._told_at = float("-inf")

    @property
    def observer(self) -> Observer:
        """What `Sandbox(observers=...)` takes."""
        return Observer(name="event_lines", summary="Writes events as JSON.", observe=self.observe)

    def __enter__(self) -> Self:
        self.last = self._told = None
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Tell how far it came, if that was not told yet."""
        if self.last is not None and self.last is not self._told:
            self._tell(self.last)

    def observe(self, event: Event) -> None:
        """Write an event."""
        self._write(event_record(event))

    def note(self, event: str, **fields: object) -> None:
        """Write something that is no event of an evaluation, such as where a report stands."""
        self._write({"event": event, "at": utc(time()), **fields})

    def update(self, now: Progress) -> None:
        """Write how far it is, if a second has passed."""
        if self.last is None and now.estimate is not None:
            estimate = now.estimate.model_dump(mode="json")
            budget = now.budget.model_dump(mode="json")
            self.note("estimate", **estimate, budget=budget)
        self.last = now
        if self._told is None or self._clock() - self._told_at >= _SECONDS_BETWEEN:
            self._tell(now)

    def _tell(self, now: Progress) -> None:
        self._told, self._told_at = now, self._clock()
        figures = {name: value for name, value in asdict(now).items() if name not in {"estimate", "budget"}}
        self.note("progress", **figures)

    def _write(self, record: Mapping[str, object]) -> None:
        line = json.dumps(record) + "\n"
        with self._lock:
            self._stream.write(line)
            self._stream.flush()
