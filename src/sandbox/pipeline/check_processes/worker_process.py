"""A worker as the one who asks it sees it: started, asked within a time limit, and ended."""

import json
import os
import pickle
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import BinaryIO, cast

from pydantic import ValidationError

from sandbox.contracts.check import Check, Subject
from sandbox.domain.finding import Finding
from sandbox.errors import FAULTS
from sandbox.pipeline.check_processes.frames import read_frame, write_frame
from sandbox.pipeline.check_processes.worker import DONE, OUT_OF_MEMORY, UNKNOWN
from sandbox.pipeline.secrets import without_secrets

MEMORY_BYTES = 2**30
_LOAD_SECONDS = 60
"""For the start of a worker, and for the import of a check's module with all that it needs."""
_END_SECONDS = 10
_DIE_SECONDS = 1
"""A process that closes its pipe is dead a moment later, and then says why; else it is only disturbed."""
_BEGIN = (
    "import json, sys; start = json.loads(open(0, 'rb', 0, closefd=False).readline()); "
    "sys.path[:] = start['path']; from sandbox.pipeline.check_processes.worker import work; "
    "work(memory_bytes=start['memory_bytes'])"
)
"""Not `python -m`, which would look beside the user's files for modules of our own."""
_ADDRESS_WITH_PASSWORD = re.compile(r"://[^/\s:]*:[^/\s]+@")


class CannotBeSentError(Exception):
    """A check or an answer that only this process has, such as one made in a notebook."""


class WorkerEndedError(Exception):
    """The worker is no more; the text says why, and `is_late` whether it took too long."""

    def __init__(self, reason: str, *, is_late: bool) -> None:
        self.is_late = is_late
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Job:
    """A check and an answer, ready to be sent; in both, functions and classes are found by their names."""

    check: bytes
    subject: bytes
    seconds: float


def pack(check: Check, subject: Subject) -> Job:
    """The check and the answer for another process.

    Raises:
        CannotBeSentError: one of them stands nowhere under its name, or in the script that was started.
    """
    if getattr(check.run, "__module__", "") == "__main__":
        raise CannotBeSentError
    try:
        return Job(pickle.dumps(check), pickle.dumps(subject), check.timeout_seconds)
    except FAULTS:  # a stranger's function or class
        raise CannotBeSentError from None


class WorkerProcess:
    """A process of our own that looks at answers. After an error it is done for: `close` it."""

    def __init__(self, *, memory_bytes: int = MEMORY_BYTES) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own Python, and our own words
            [sys.executable, "-P", "-c", _BEGIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback may hold a student's words
            env=_environment(),
        )
        self._asked, self._told = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        start = {"path": [str(place) for place in sys.path], "memory_bytes": memory_bytes}
        self._asked.write(json.dumps(start).encode() + b"\n")
        self._asked.flush()
        self._is_ready = False
        self._loaded: dict[bytes, int] = {}
        self._is_late = False
        self.is_fresh = True
        """Whether it has not looked at anything yet."""

    def look(self, job: Job) -> Finding:
        """What the check says of the answer.

        Raises:
            CannotBeSentError: the check or the answer cannot be had in another process.
            WorkerEndedError: the check took too long or too much memory, or brought the process down.
        """
        number = self._number(job.check)
        self.is_fresh = False
        late = f"The check took longer than {job.seconds:g} seconds and was ended."
        told = self._ask((job.seconds, number, job.subject), job.seconds, late)
        if told == UNKNOWN:
            raise CannotBeSentError
        try:
            return Finding.model_validate_json(told)
        except ValidationError:
            raise WorkerEndedError("The check disturbed its process.", is_late=False) from None

    def end(self) -> None:
        """Have it ended, whatever it is doing; safe from any thread."""
        with suppress(OSError):
            self._process.kill()

    def close(self) -> None:
        """End it, and give back what it held; for the thread that asks it."""
        self.end()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        for stream in (self._asked, self._told):
            with suppress(OSError):  # what was not read any more
                stream.close()

    def _number(self, check: bytes) -> int:
        """What the worker calls the check, once it has loaded it."""
        if check not in self._loaded:
            late = f"The check could not be loaded within {_LOAD_SECONDS} seconds."
            if self._ask((_LOAD_SECONDS, check, None), _LOAD_SECONDS, late) == UNKNOWN:
                raise CannotBeSentError
            self._loaded[check] = len(self._loaded)
        return self._loaded[check]

    def _ask(self, job: tuple[object, ...], seconds: float, late: str) -> bytes:
        """What the worker answers.

        Raises:
            WorkerEndedError: it does not.
        """
        try:
            if not self._is_ready:
                self._is_ready = self._within(_LOAD_SECONDS) == DONE
            return self._within(seconds, pickle.dumps(job))
        except (EOFError, OSError) as cause:
            reason = late if self._is_late else self._why_it_ended()
            raise WorkerEndedError(reason, is_late=self._is_late) from cause

    def _within(self, seconds: float, job: bytes | None = None) -> bytes:
        """What the worker tells next, which is nothing if it takes too long."""
        timer = Timer(seconds, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            if job is not None:
                write_frame(self._asked, job)
            return read_frame(self._told)
        finally:
            timer.cancel()

    def _end_late(self) -> None:
        self._is_late = True
        self.end()

    def _why_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            status = self._process.wait(_DIE_SECONDS)
            if status == OUT_OF_MEMORY:
                return "The check needed too much memory and was ended."
            if status < 0:
                with suppress(ValueError):
                    return f"The check's process was ended by {signal.Signals(-status).name}."
            shown = f"{status:#x}" if status > 255 else str(status)  # as Windows writes what went wrong
            return f"The check's process ended with exit status {shown}."
        return "The check disturbed its process."


def _environment() -> dict[str, str]:
    """The environment without keys: no check needs one."""
    return {
        name: value
        for name, value in os.environ.items()
        if without_secrets(value) != "[key]" and not _ADDRESS_WITH_PASSWORD.search(value)
    }
