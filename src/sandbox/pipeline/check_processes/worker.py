"""A worker: looks at answers with checks, in a process of its own, until nobody asks any more.

It is told what to do on its standard input, which the checks do not get to see; what they print goes
nowhere. It never imports the script that the user started.
"""

import faulthandler
import io
import os
import pickle
import signal
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from sandbox.contracts.check import Check, Judgement, Subject
from sandbox.errors import FAULTS
from sandbox.pipeline.check_processes.frames import LONGEST_BYTES, read_frame, write_frame
from sandbox.pipeline.check_processes.looking import find, not_made

DONE = b"done"
"""The worker is ready, or has loaded a check."""
UNKNOWN = b"unknown"
"""A check or an answer is of a kind that cannot be had in this process."""
OUT_OF_MEMORY = 77
"""The exit status if a check needs more memory than it may have."""
_GRACE_SECONDS = 2


def work(*, memory_bytes: int) -> None:
    """Do what is asked, one thing after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks: that one ends us
    asked = os.fdopen(os.dup(0), "rb")
    told = os.fdopen(os.dup(1), "wb")
    nowhere = _close_standard_streams()
    _limit_memory(memory_bytes)
    jobs: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(asked, jobs), daemon=True).start()
    checks: list[Check] = []
    write_frame(told, DONE)
    while True:
        seconds, check, subject = pickle.loads(jobs.get())  # noqa: S301 - from the process that started us
        # The one who asks ends us in time. This is for the case that it was killed meanwhile: it needs no
        # turn of the interpreter, which a regular expression may never give.
        faulthandler.dump_traceback_later(seconds + _GRACE_SECONDS, exit=True, file=nowhere)
        write_frame(told, _load(checks, check) if subject is None else _looked(checks[check], subject))
        faulthandler.cancel_dump_traceback_later()


def _close_standard_streams() -> BinaryIO:
    """Let checks read nothing, and print to nobody; gives the stream that leads nowhere."""
    nowhere = open(os.devnull, "r+b", buffering=0)  # noqa: SIM115, PTH123 - open as long as the process
    os.dup2(nowhere.fileno(), 0)
    os.dup2(nowhere.fileno(), 1)
    return nowhere


def _limit_memory(room_bytes: int) -> None:
    """Let the system refuse more memory than this. Only Linux keeps to it: elsewhere there is no limit."""
    if sys.platform == "linux":
        resource = import_module("resource")
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = pages * resource.getpagesize() + room_bytes
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _listen(asked: BinaryIO, jobs: SimpleQueue[bytes]) -> None:
    """Hand on what is asked, and end the process as soon as nobody can ask any more."""
    try:
        while True:
            jobs.put(read_frame(asked))
    except (EOFError, OSError):
        os._exit(0)


def _load(checks: list[Check], pickled: bytes) -> bytes:
    try:
        check = _unpickled(pickled)
    except FAULTS:  # a stranger's module
        return UNKNOWN
    checks.append(replace(check, run=_Frugal(check.run)))
    return DONE


def _looked(check: Check, pickled: bytes) -> bytes:
    """The finding as JSON, which can hold nothing but a finding."""
    try:
        subject = _unpickled(pickled)
    except FAULTS:
        return UNKNOWN
    try:
        told = find(check, subject).model_dump_json().encode()
    except ValueError:  # half a letter, for instance
        told = b""
    if 0 < len(told) <= LONGEST_BYTES:
        return told
    return not_made(check, "The check gave words that cannot be kept.").model_dump_json().encode()


class _Frugal:
    """Runs a check, and ends the process if there is not enough memory: what holds it stays unknown."""

    def __init__(self, run: Any) -> None:
        self._run = run

    def __call__(self, subject: Subject) -> Judgement:
        try:
            return self._run(subject)  # type: ignore[no-any-return]  # whoever gets it looks at what it is
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


class _Unpickler(pickle.Unpickler):
    """Takes nothing from the main module: the user's is another one than ours."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "__main__":
            raise ImportError(module)
        return super().find_class(module, name)


def _unpickled(pickled: bytes) -> Any:
    return _Unpickler(io.BytesIO(pickled)).load()
