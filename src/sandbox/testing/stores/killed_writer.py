"""A process that saves trials and dies in the midst of it, to see what a store makes of that."""

import multiprocessing
import os
import pickle
from collections.abc import Callable
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from threading import Timer

from sandbox.contracts.store import Store
from sandbox.testing.conformance import BrokenPromiseError, expect
from sandbox.testing.examples import make_trial

ENOUGH = 60
_MOST = 20_000
_EXIT_CODE = 77
_SECONDS_LEFT = 0.01


def write_until_killed(open_store: Callable[[Path], Store], folder: Path) -> int:
    """Have another process save trials into the evaluation `one` of a store until it dies.

    Gives the number of trials whose saving had returned by then.

    Raises:
        BrokenPromiseError: the other process could not do so.
    """
    try:
        pickle.dumps(open_store)
    except (pickle.PicklingError, AttributeError, TypeError) as cause:
        raise BrokenPromiseError(
            "Another process cannot find what opens the store. Let the test's class, and its `open`, stand "
            f"at the top of a module. ({cause})"
        ) from cause
    context = multiprocessing.get_context("spawn")
    saved: Synchronized[int] = context.Value("i", 0)
    process = context.Process(target=_write, args=(open_store, folder, saved))
    process.start()
    process.join(120)
    if process.is_alive():
        process.kill()
        process.join()
    expect(
        process.exitcode == _EXIT_CODE,
        f"The process that saves trials ended by itself (code {process.exitcode}) after {saved.value} of "
        "them; what it raised stands above.",
    )
    return saved.value


def _write(open_store: Callable[[Path], Store], folder: Path, saved: "Synchronized[int]") -> None:
    """Save trials as fast as possible; once there are enough, die at a moment that nobody chose."""
    with open_store(folder) as store:
        for number in range(_MOST):
            store.save_trial("one", number, make_trial(number))
            saved.value = number + 1
            if saved.value == ENOUGH:
                Timer(_SECONDS_LEFT, _die).start()


def _die() -> None:
    """No `finally` is run and nothing is written any more, as when the power goes."""
    os._exit(_EXIT_CODE)
