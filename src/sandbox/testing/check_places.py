"""Where a check runs: that a quick one is quick, and that any other says the same in another process."""

from collections.abc import Iterable
from time import thread_time

from sandbox.contracts.check import Check, Subject
from sandbox.pipeline.check_processes.looking import find
from sandbox.pipeline.check_processes.worker_process import (
    CannotBeSentError,
    WorkerEndedError,
    WorkerProcess,
    pack,
)
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared, expect

QUICK_CHARACTERS = 8_000
"""Longer than a lesson plan gets."""
_QUICK_SECONDS = 0.05


def expect_quick(check: Check, subjects: Iterable[tuple[str, Subject]]) -> None:
    """See that no look takes longer than nobody notices; what counts is the time that it computes.

    Raises:
        BrokenPromiseError: one does, three times over.
    """
    for name, subject in subjects:
        seconds = _QUICK_SECONDS
        for _ in range(3):  # in case it was chance, or something was set up the first time
            if (seconds := _seconds(check, subject)) < _QUICK_SECONDS:
                break
        expect(
            seconds < _QUICK_SECONDS,
            f"It says that it is quick, but computed for {seconds * 1000:.0f} ms on {name}. Everybody else "
            f"waits meanwhile, so it has to be less than {_QUICK_SECONDS * 1000:.0f}. Leave is_quick out, "
            "and it runs in a process of its own.",
        )


def expect_same_elsewhere(check: Check, subjects: Iterable[tuple[str, Subject]]) -> None:
    """See that the check says the same in a process of its own as it does here.

    Raises:
        BrokenPromiseError: it says something else there, or does not come back.
        NotDeclared: it cannot be had there, and so would run in a thread.
    """
    worker = WorkerProcess()
    try:
        for name, subject in subjects:
            there = worker.look(pack(check, subject))  # first, because there it can be ended
            here = find(check, subject)
            expect(
                here == there,
                f"On '{name}' it says {here.outcome}: {here.reason} In a process of its own it says "
                f"{there.outcome}: {there.reason} What it needs has to come with its module: there nothing "
                "is set that was set here, and there are no keys.",
            )
    except CannotBeSentError:
        raise NotDeclared(
            "no other process can have it, so it runs in a thread, which can be left but not ended; make "
            "`run` a function at the top of a module that can be imported"
        ) from None
    except WorkerEndedError as ended:
        raise BrokenPromiseError(f"{ended} In a process of its own it has to come back.") from None
    finally:
        worker.close()


def _seconds(check: Check, subject: Subject) -> float:
    start = thread_time()
    check.run(subject)
    return thread_time() - start
