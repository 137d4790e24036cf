"""Observe: what happens is told to those who look on, in a thread of their own, and never waited for."""

import threading
import warnings
from collections.abc import Iterable
from queue import Full, Queue

from sandbox.contracts.observer import Observer
from sandbox.domain.event import Event
from sandbox.errors import FAULTS

_WAITING_EVENTS = 10_000
_CLOSE_SECONDS = 5


class Observers:
    """Tells events to observers, in order. One that raises is warned of once, and told no more.

    An observer that is too slow loses events instead of holding anything up; how many, a warning says.
    """

    def __init__(self, observers: Iterable[Observer]) -> None:
        self._observers = list(observers)
        self._events: Queue[Event | None] = Queue(_WAITING_EVENTS)
        self._lost = 0
        self._thread = threading.Thread(target=self._work, name="sandbox-observers", daemon=True)
        if self._observers:
            self._thread.start()

    def tell(self, event: Event) -> None:
        """Hand an event on; this never waits and never raises."""
        if not self._observers:
            return
        try:
            self._events.put_nowait(event)
        except Full:
            self._lost += 1

    def close(self) -> None:
        """Let the observers hear what is still waiting, for a few seconds at most."""
        if not self._thread.is_alive():
            return
        try:
            self._events.put(None, timeout=_CLOSE_SECONDS)
        except Full:
            pass
        else:
            self._thread.join(_CLOSE_SECONDS)
        if self._lost or self._thread.is_alive():
            lost = self._lost + self._events.qsize()
            warnings.warn(f"Observers were too slow: they did not hear of {lost} events.", stacklevel=2)

    def _work(self) -> None:
        while (event := self._events.get()) is not None:
            for observer in tuple(self._observers):
                try:
                    observer.observe(event)
                except FAULTS as cause:
                    self._observers.remove(observer)
                    fault = f"The observer '{observer.name}' failed with {type(cause).__name__}"
                    warnings.warn(f"{fault}: it is told no more.", stacklevel=2)
