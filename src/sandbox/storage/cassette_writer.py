"""Writing cassettes: entry by entry at once, by one process at a time, and put in order at the end."""

import importlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from sandbox.domain.exchange import Request
from sandbox.errors import BusyError, FileError
from sandbox.storage.cassette import Cassette, Place
from sandbox.storage.cassette_lines import (
    ENTRY,
    Answer,
    CassetteHeader,
    EntryStart,
    Stop,
    entry_lines,
    header_line,
    message_name,
    stop_line,
)
from sandbox.storage.cassette_order import put_in_order


@dataclass(slots=True)
class CassetteWriter:
    """A cassette that is being recorded, new or gone on with; close it.

    What a killed recording left unfinished at its end is cut off.

    Raises:
        BusyError: it is being recorded already.
        FileError: the file is no cassette, is of format 1, or cannot be written.
    """

    path: Path
    headers: tuple[CassetteHeader, ...]
    """The models that may not be in it yet."""
    cassette: Cassette = field(init=False, repr=False)
    """What is recorded so far."""
    _claim: Any = field(init=False, repr=False)
    _file: BinaryIO = field(init=False, repr=False)
    _broken: FileError | None = field(default=None, init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._claim = _claimed(self.path)
        except OSError as cause:
            raise _cannot_be_written(self.path, cause) from cause
        try:
            self._open()
        except OSError as cause:
            self._give_back()
            raise _cannot_be_written(self.path, cause) from cause
        except BaseException:
            self._give_back()
            raise

    def _open(self) -> None:
        if not self.path.exists() or self.path.stat().st_size == 0:
            self.path.write_bytes(header_line(self.headers[0]))
        self.cassette = Cassette(self.path)
        if self.cassette.version == 1:
            self.cassette.close()
            problem = "An older version recorded this. It can be replayed; record into another file."
            raise FileError(self.path, problem, line=1)
        models = {header.model for header in self.headers}
        if any(stop.model in models for stop in self.cassette.stops.values()):
            self.cassette.close()
            put_in_order(self.path, going_on=models)
            self.cassette = Cassette(self.path)
        self._file = self.path.open("r+b", buffering=0)
        self._file.truncate(self.cassette.end)
        self._file.seek(self.cassette.end)
        for header in self.headers:
            if header.model not in self.cassette.headers:
                self._append(header_line(header))
                self.cassette.headers[header.model] = header

    def see_that_it_can_be_written(self) -> None:
        """Make sure that what is asked now can be kept.

        Raises:
            FileError: writing has failed before.
        """
        if self._broken is not None:
            raise self._broken

    def write(self, start: EntryStart, request: Request, answer: Answer) -> Answer:
        """Write an entry at once. If the same request was answered meanwhile, that answer stands.

        Raises:
            FileError: it cannot be written.
        """
        with self._lock:
            earlier = self.cassette.find(start.model, start.case, start.key)
            if earlier is not None and earlier.is_answered:
                return self.cassette.answer(earlier)
            self.see_that_it_can_be_written()
            lines = entry_lines(start, request, answer, self.cassette.messages)
            begun = self._append(lines)
            place = Place(begun + _before_entry(lines), is_answered=answer.error is None)
            self.cassette.add(start, place)
            self.cassette.messages.update(map(message_name, request.messages))
        return answer

    def write_stop(self, stop: Stop) -> None:
        """Write down why a target is not asked any more.

        Raises:
            FileError: it cannot be written.
        """
        with self._lock:
            self.see_that_it_can_be_written()
            self._append(stop_line(stop))

    def close(self) -> None:
        """Put the entries in order and let go of the file. A second time does nothing.

        Raises:
            FileError: the ordered file cannot be written; all answers are in the other still.
        """
        if self._file.closed:
            return
        self._file.close()
        self.cassette.close()
        try:
            if self._broken is None:
                put_in_order(self.path)
        except OSError as cause:
            raise _cannot_be_written(self.path, cause) from cause
        finally:
            self._give_back()

    def _append(self, lines: bytes) -> int:
        """Write to the end, wholly or not at all; where it begins."""
        end = self.cassette.end
        try:
            written = self._file.write(lines)
            while written < len(lines):  # a disk that is nearly full takes a part, and then raises
                written += self._file.write(lines[written:])
        except OSError as cause:
            with suppress(OSError):
                self._file.truncate(end)
            self._broken = _cannot_be_written(self.path, cause)
            raise self._broken from cause
        self.cassette.end = self.cassette.size = end + len(lines)
        return end

    def _give_back(self) -> None:
        with suppress(OSError):  # Windows lets nobody delete it before it is given back
            Path(self._claim.lock_file).unlink()
        self._claim.release()


def _claimed(path: Path) -> Any:
    """Loaded only when something is recorded: that takes as long as all of `sandbox --help`."""
    filelock = importlib.import_module("filelock")
    claim = filelock.FileLock(path.with_name(f".{path.name}.lock"))
    try:
        claim.acquire(timeout=0)
    except filelock.Timeout:
        raise BusyError(
            f"{path} is being recorded already: wait until that is done, or record into another file."
        ) from None
    return claim


def _cannot_be_written(path: Path, cause: OSError) -> FileError:
    return FileError(path, f"The file cannot be written ({cause.strerror}), so nothing more is asked.")


def _before_entry(lines: bytes) -> int:
    """The length of the messages that stand above an entry."""
    return 0 if lines.startswith(ENTRY) else lines.index(b"\n" + ENTRY) + 1
