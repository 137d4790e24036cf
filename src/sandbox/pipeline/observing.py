"""Observe: what happens is told to those who look on, in a thread of their own, and never waited for."""

import threading
import warnings
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import get_args

from sandbox.contracts.observer import Observer
from sandbox.domain.event import Event
from sandbox.errors import FAULTS

_WAITING_EVENTS = 10_000
_CLOSE_SECONDS = 5
_GATHER_SECONDS = 0.05
"""So long events gather before they are told: waking a thread for each would slow down who tells."""
_ALL_KINDS: frozenset[type[Event]] = frozenset(get_args(Event))


class Observers:
    """Tells events to observers, in order. One that raises is warned of once, and told no more.

    An observer that is too slow loses events instead of holding anything up; how many, a warning says.
    """

    def __init__(self, observers: Iterable[Observer]) -> None:
        self._observers = list(observers)
        self._wanted = _kinds(self._observers)
        self._events: SimpleQueue[Event | None] = SimpleQueue()
        self._lost = 0
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sandbox-observers", daemon=True)
        if self._observers:
            self._thread.start()

    @property
    def is_needed(self) -> bool:
        """Whether anybody looks on; if not, no event need be made."""
        return bool(self._wanted)

    def wants(self, kind: type[Event]) -> bool:
        """Whether anybody is told of this kind of event."""
        return kind in self._wanted

    def tell(self, event: Event) -> None:
        """Hand an event on; this never waits and never raises."""
        if type(event) not in self._wanted:
            return
        if self._events.qsize() < _WAITING_EVENTS:
            self._events.put(event)
        else:
            self._lost += 1

    def close(self) -> None:
        """Let the observers hear what is still waiting, for a few seconds at most."""
        if not self._thread.is_alive():
            return
        self._is_closing.set()
        self._events.put(None)
        self._thread.join(_CLOSE_SECONDS)
        if self._lost or self._thread.is_alive():
            lost = self._lost + max(self._events.qsize() - 1, 0)
            warnings.warn(f"Observers were too slow: they did not hear of {lost} events.", stacklevel=2)

    def _work(self) -> None:
        while (event := self._events.get()) is not None:
            for observer in tuple(self._observers):
                if not observer.kinds or type(event) in observer.kinds:
                    self._guard(observer, observer.observe, event)
            if self._events.empty():
                self._is_closing.wait(_GATHER_SECONDS)
        for observer in tuple(self._observers):
            self._guard(observer, observer.close)

    def _guard(self, observer: Observer, function: Callable[..., None], *arguments: Event) -> None:
        """Call what an observer brought; it is told no more if that fails."""
        try:
            function(*arguments)
        except FAULTS as cause:
            self._observers.remove(observer)
            self._wanted = _kinds(self._observers)
            fault = f"The observer '{observer.name}' failed with {type(cause).__name__}"
            warnings.warn(f"{fault}: it is told no more.", stacklevel=2)


def _kinds(observers: Iterable[Observer]) -> frozenset[type[Event]]:
    return frozenset().union(*(each.kinds or _ALL_KINDS for each in observers))
