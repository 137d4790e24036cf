"""Other processes that use a store: one saves trials, one claims an evaluation, and they may be killed."""

import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from threading import Timer

from sandbox.contracts.store import Store, TrialEntry
from sandbox.errors import BusyError
from sandbox.testing.conformance import BrokenPromiseError, expect
from sandbox.testing.examples import make_trial

ENOUGH = 60
GROUP = 3
"""Trials that are saved together."""
_MOST = 20_000
_EXIT_CODE = 77
_BUSY_CODE = 78
_SECONDS_LEFT = 0.01


def write_until_killed(open_store: Callable[[Path], Store], folder: Path) -> int:
    """Have another process save trials into the evaluation `one` of a store until it dies.

    Gives the number of trials whose saving had returned by then.

    Raises:
        BrokenPromiseError: the other process could not do so.
    """
    context = multiprocessing.get_context("spawn")
    saved: Synchronized[int] = context.Value("i", 0)
    code = _run(open_store, _write, folder, saved)
    expect(
        code == _EXIT_CODE,
        f"The process that saves trials ended by itself (code {code}) after {saved.value} of "
        "them; what it raised stands above.",
    )
    return saved.value


def claims_elsewhere(open_store: Callable[[Path], Store], folder: Path, evaluation_id: str) -> bool:
    """Whether another process can claim this evaluation now.

    Raises:
        BrokenPromiseError: the other process fails at something else.
    """
    code = _run(open_store, _claim, folder, evaluation_id)
    expect(code in {0, _BUSY_CODE}, f"The process that claims ended with code {code}; see above.")
    return code == 0


def claim_and_die(open_store: Callable[[Path], Store], folder: Path, evaluation_id: str) -> None:
    """Have another process claim this evaluation and be killed while it holds it.

    Raises:
        BrokenPromiseError: the other process fails at something else.
    """
    code = _run(open_store, _claim_and_die, folder, evaluation_id)
    expect(code == _EXIT_CODE, f"The process that claims ended with code {code}; see above.")


def _run(open_store: Callable[[Path], Store], work: Callable[..., None], *details: object) -> int | None:
    try:
        pickle.dumps(open_store)
    except (pickle.PicklingError, AttributeError, TypeError) as cause:
        raise BrokenPromiseError(
            "Another process cannot find what opens the store. Let the test's class, and its `open`, stand "
            f"at the top of a module. ({cause})"
        ) from cause
    process = multiprocessing.get_context("spawn").Process(target=work, args=(open_store, *details))
    process.start()
    process.join(120)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


def _write(open_store: Callable[[Path], Store], folder: Path, saved: "Synchronized[int]") -> None:
    """Save trials as fast as possible; once there are enough, die at a moment that nobody chose."""
    with open_store(folder) as store:
        for first in range(0, _MOST, GROUP):
            store.save_trials(
                [
                    TrialEntry(evaluation_id="one", position=number, trial=make_trial(number))
                    for number in range(first, first + GROUP)
                ]
            )
            saved.value = first + GROUP
            if saved.value == ENOUGH:
                Timer(_SECONDS_LEFT, _die).start()


def _claim(open_store: Callable[[Path], Store], folder: Path, evaluation_id: str) -> None:
    with open_store(folder) as store:
        try:
            with store.claim(evaluation_id):
                pass
        except BusyError:
            sys.exit(_BUSY_CODE)


def _claim_and_die(open_store: Callable[[Path], Store], folder: Path, evaluation_id: str) -> None:
    with open_store(folder) as store, store.claim(evaluation_id):
        _die()


def _die() -> None:
    """No `finally` is run and nothing is written any more, as when the power goes."""
    os._exit(_EXIT_CODE)
