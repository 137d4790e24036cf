"""Observing: everybody hears everything, and nobody can hold anything up."""

import threading
import warnings

import pytest

from sandbox.contracts.observer import Observer
from sandbox.domain.event import Event, ModelAsked, TargetStopped
from sandbox.pipeline import observing
from sandbox.pipeline.observing import Observers


def observer(observe, name: str = "mine") -> Observer:
    """An observer that does this."""
    return Observer(name=name, summary="-", observe=observe)


def asked(attempt: int) -> ModelAsked:
    """An event."""
    return ModelAsked(model="m", attempt=attempt)


def test_every_observer_hears_every_event_in_order() -> None:
    """Also those that still wait when it is closed."""
    first: list[Event] = []
    second: list[Event] = []
    observers = Observers([observer(first.append), observer(second.append, "other")])

    for attempt in range(100):
        observers.tell(asked(attempt))
    observers.close()

    assert first == second == [asked(attempt) for attempt in range(100)]


def test_an_observer_that_fails_is_told_no_more_and_the_others_are() -> None:
    """One warning names it; what it raised stops nothing."""
    heard: list[Event] = []

    def crash(event: Event) -> None:
        raise SystemExit(3)

    observers = Observers([observer(crash, "crashing"), observer(heard.append)])

    def tell_both() -> None:
        observers.tell(asked(1))
        observers.tell(asked(2))
        observers.close()

    with pytest.warns(UserWarning, match="told no more") as told:
        tell_both()

    assert [str(each.message) for each in told] == [
        "The observer 'crashing' failed with SystemExit: it is told no more."
    ]
    assert heard == [asked(1), asked(2)]


def test_a_slow_observer_loses_events_and_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many it lost is said at the end."""
    monkeypatch.setattr(observing, "_WAITING_EVENTS", 5)
    monkeypatch.setattr(observing, "_CLOSE_SECONDS", 0.2)
    is_free = threading.Event()
    observers = Observers([observer(lambda _: is_free.wait(20))])

    for attempt in range(50):
        observers.tell(asked(attempt))
    with pytest.warns(UserWarning, match="too slow: they did not hear of 4[0-9] events|50 events"):
        observers.close()
    is_free.set()


def test_without_observers_no_thread_is_started() -> None:
    """Most people have none."""
    before = threading.active_count()
    observers = Observers([])

    observers.tell(asked(1))

    assert threading.active_count() == before
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        observers.close()


def test_an_observer_hears_only_the_kinds_that_it_asks_for() -> None:
    """Whoever makes events can tell which are wanted."""
    heard: list[Event] = []
    only = Observer(name="only", summary="-", observe=heard.append, kinds=(TargetStopped,))
    observers = Observers([only])
    stopped = TargetStopped(target="t", reason="-")

    observers.tell(asked(1))
    observers.tell(stopped)
    observers.close()

    assert heard == [stopped]
    assert observers.is_needed
    assert observers.wants(TargetStopped)
    assert not observers.wants(ModelAsked)


def test_nobody_is_needed_where_nobody_looks_on() -> None:
    """Then no event need be made; also after the last one failed."""

    def crash(event: Event) -> None:
        raise ValueError

    observers = Observers([observer(crash)])

    def tell() -> None:
        observers.tell(asked(1))
        observers.close()

    with pytest.warns(UserWarning, match="told no more"):
        tell()

    assert not Observers([]).is_needed
    assert not observers.is_needed


def test_observers_are_closed_in_their_thread_after_the_last_event() -> None:
    """What they hold can be given back there; one that fails at that is warned of."""
    told: list[object] = []

    def close() -> None:
        told.append(threading.current_thread().name)
        raise OSError

    observers = Observers([Observer(name="closing", summary="-", observe=told.append, close=close)])

    def tell() -> None:
        observers.tell(asked(1))
        observers.close()
        observers.close()

    with pytest.warns(UserWarning, match="'closing' failed with OSError"):
        tell()

    assert told == [asked(1), "sandbox-observers"]
