"""Has one plugin tried in a process of its own, and tells what comes of it; neither can bring us down."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from sandbox.domain.record import Record
from sandbox.errors import InputError

_START_SECONDS = 30
"""For our own part of the process, before the plugin's begins."""
_END_SECONDS = 10
_CAN_BE_USED = ("can_be_used", "It can be imported, and keeps to the contract of plugins.")
_CAN_END = ("lets_the_process_end", "When all is done, the process can end.")


class Importing(Record):
    """The plugin is about to be imported."""

    event: Literal["importing"]


class Imported(Record):
    """The plugin was imported and asked what it brings."""

    event: Literal["imported"]
    package: str
    version: str
    state: str
    reason: str
    hooks: tuple[str, ...]
    import_ms: float


class Trying(Record):
    """One thing that it brings is about to be tried; `asks` is how many behaviours really ask a model."""

    event: Literal["trying"]
    kind: str
    name: str
    asks: int


class Showing(Record):
    """A behaviour is about to be shown."""

    event: Literal["showing"]
    behaviour: str
    sentence: str


class Shown(Record):
    """A behaviour came out like this."""

    event: Literal["result"] = "result"
    kind: str
    """Of what it is a behaviour, such as a provider, or the plugin itself."""
    name: str
    behaviour: str
    sentence: str
    mark: Literal["kept", "broken", "not declared"]
    told: str = ""
    seconds: float = 0


class Refused(Record):
    """What the user wants cannot be done."""

    event: Literal["refused"]
    told: str


class End(Record):
    """Everything was tried."""

    event: Literal["end"]


Told = Importing | Imported | Trying | Showing | Shown | Refused | End
_LINE: TypeAdapter[Told] = TypeAdapter(Annotated[Told, Field(discriminator="event")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long nothing may be heard."""

    import_seconds: float
    behaviour_seconds: float

    def after(self, last: Told | None) -> float:
        """The seconds that may pass after this was told."""
        match last:
            case None:
                return _START_SECONDS
            case Importing():
                return self.import_seconds
            case _:
                return self.behaviour_seconds


def watch_check(name: str, *, home: Path, ask: str, patience: Patience) -> Iterator[Told]:
    """Everything that is told of a plugin, and at last how its process ended.

    Raises:
        InputError: what is wanted cannot be done.
    """
    command = [sys.executable, "-P", "-m", "sandbox.testing.installed.checking", name, "--home", str(home)]
    process = subprocess.Popen(  # noqa: S603 - no shell reads it, and the name is that of a plugin
        [*command, "--ask", ask],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    lines = _Lines(process.stdout)
    try:
        yield from _followed(name, process, lines, patience)
    finally:
        process.kill()
        process.wait()
        lines.close()


class _Lines:
    """The lines of a stream, read by a thread, since Windows cannot wait for a pipe with a time limit."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._stream = stream
        self._read: Queue[str | None] = Queue()
        self._thread = Thread(target=self._work, name="plugin-lines", daemon=True)
        self._thread.start()

    def next(self, *, within_seconds: float) -> Told | None:
        """The next thing that is told; None if nothing will come any more.

        Raises:
            Empty: nothing was told in this time.
        """
        line = self._read.get(timeout=within_seconds)
        if line is None:
            return None
        try:
            return _LINE.validate_json(line)
        except ValidationError:  # half a line, of a process that died meanwhile
            return None

    def close(self) -> None:
        """Close the stream, unless a process that the plugin left behind still holds it."""
        self._thread.join(1)
        if self._stream is not None and not self._thread.is_alive():
            self._stream.close()

    def _work(self) -> None:
        with suppress(OSError, ValueError):
            for line in self._stream or ():
                self._read.put(line)
        self._read.put(None)


def _followed(
    name: str, process: "subprocess.Popen[str]", lines: _Lines, patience: Patience
) -> Iterator[Told]:
    at = Shown(kind="plugin", name=name, behaviour="", sentence="", mark="broken")
    last: Told | None = None
    while not isinstance(last, End):
        seconds = patience.after(last)
        try:
            told = lines.next(within_seconds=seconds)
        except Empty:
            yield _at(at, last, f"It hangs {_where(last)}: nothing was heard for {seconds:g} seconds.")
            return
        if told is None:
            yield _at(at, last, f"{_ended(process)} {_where(last)}.")
            return
        if isinstance(told, Refused):
            raise InputError(told.told)
        if isinstance(told, Trying):
            at = at.model_copy(update={"kind": told.kind, "name": told.name})
        last = told
        yield told
    yield _end(name, process, within_seconds=min(_END_SECONDS, patience.import_seconds))


def _at(at: Shown, last: Told | None, told: str) -> Shown:
    """A broken behaviour, where the plugin stands."""
    match last:
        case Showing():
            behaviour, sentence = last.behaviour, last.sentence
        case None | Importing():
            behaviour, sentence = _CAN_BE_USED
        case _:
            behaviour, sentence = "can_be_tried", "It can be tried."
    rest = " The rest was not tried."
    return at.model_copy(update={"behaviour": behaviour, "sentence": sentence, "told": told + rest})


def _where(last: Told | None) -> str:
    match last:
        case Importing():
            return "at import"
        case Showing():
            return f"in {last.behaviour}"
        case None:
            return "before it was imported"
        case _:
            return "between two behaviours"


def _end(name: str, process: "subprocess.Popen[str]", *, within_seconds: float) -> Shown:
    behaviour, sentence = _CAN_END
    try:
        status = process.wait(within_seconds)
    except subprocess.TimeoutExpired:
        problem = f"It went on for {within_seconds:g} seconds: end your threads, or make them daemons."
    else:
        problem = "" if status == 0 else f"{_ended(process)} when all was done."
    return Shown(
        kind="plugin",
        name=name,
        behaviour=behaviour,
        sentence=sentence,
        mark="broken" if problem else "kept",
        told=problem,
    )


def _ended(process: "subprocess.Popen[str]") -> str:
    """How a process ended whose lines are over."""
    try:
        status = process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        return "It closed our line to it"
    if status < 0:
        with suppress(ValueError):
            return f"The process was ended by {signal.Signals(-status).name}"
    shown = f"{status:#x}" if status > 255 else str(status)  # as Windows writes what went wrong
    return f"The process ended with exit status {shown}"
