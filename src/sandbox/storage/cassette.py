"""Cassettes: what models answered, recorded as evidence; answers stay in the file until they are wanted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from threading import Lock
from typing import BinaryIO, NamedTuple, Self

from pydantic import ValidationError

from sandbox.domain.exchange import Request
from sandbox.domain.problems import describe_problems
from sandbox.errors import FileError
from sandbox.storage.cassette_lines import (
    ASKED,
    ENTRY,
    FAILURE,
    HEADER,
    LAST,
    MESSAGE,
    PIECE,
    RESULT,
    STOP,
    Answer,
    CassetteHeader,
    EntryStart,
    MessageStart,
    OldEntry,
    Stop,
    parse_line,
    read_entry,
)


class Place(NamedTuple):
    """Where an entry stands in its file, and whether it holds an answer and no failure."""

    offset: int
    is_answered: bool


@dataclass(slots=True)
class Cassette:
    """A recording, read as far as it takes to find the answers in it.

    Raises:
        FileError: there is no such file, or it is no cassette.
    """

    path: Path
    headers: dict[str, CassetteHeader] = field(default_factory=dict, init=False)
    """By the names of their models, in the order of the file."""
    stops: dict[str, Stop] = field(default_factory=dict, init=False)
    """By the targets that were stopped."""
    messages: set[str] = field(default_factory=set, init=False)
    """The names of those that stand in it."""
    end: int = field(default=0, init=False)
    """Where the last whole entry ends; what stands behind it was cut off when a recording was killed."""
    size: int = field(default=0, init=False)
    version: int = field(default=2, init=False)
    _places: dict[tuple[str, str], dict[bytes, Place]] = field(default_factory=dict, init=False, repr=False)
    """Entries of a model's case by their keys. In format 1 all cases are one without a name."""
    _file: BinaryIO = field(init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        try:
            self._file = self.path.open("rb")
        except FileNotFoundError:
            raise FileError(self.path, "There is no such file.") from None
        except OSError as cause:
            raise FileError(self.path, f"The file cannot be opened ({cause.strerror}).") from cause
        try:
            self._index()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """How many entries there are."""
        return sum(map(len, self._places.values()))

    def close(self) -> None:
        """Close the file. A second time does nothing."""
        self._file.close()

    def see_that_it_is_whole(self) -> None:
        """Make sure that nothing was cut off.

        Raises:
            FileError: the end of the file is missing.
        """
        if self.end < self.size:
            problem = "The last answer is cut off: go on with the recording, or delete it from here on."
            raise FileError(self.path, problem, line=self._line_at(self.end))

    def has_case(self, model: str, case: str) -> bool:
        """Whether anything of a case is recorded."""
        return (model, case) in self._places

    def find(self, model: str, case: str, key: str) -> Place | None:
        """Where the entry for this request of a case stands; None if there is none."""
        places = self._places.get((model, case if self.version > 1 else ""), {})
        return places.get(bytes.fromhex(key))

    def places_by_key(self) -> dict[bytes, Place]:
        """Where an entry for each request stands, whatever its case."""
        return {key: place for places in self._places.values() for key, place in places.items()}

    def add(self, start: EntryStart, place: Place) -> bool:
        """Remember where an entry stands; False if the same request is answered already."""
        places = self._places.setdefault((start.model, start.case if self.version > 1 else ""), {})
        key = bytes.fromhex(start.key)
        if key in places and places[key].is_answered:
            return False
        places[key] = place
        return True

    def answer(self, place: Place) -> Answer:
        """What came of the request whose entry stands there.

        Raises:
            FileError: the entry cannot be read.
        """
        lines: list[bytes] = []
        with self._lock:
            self._file.seek(place.offset)
            for line in self._file:
                lines.append(line)
                if self.version == 1 or line.startswith(LAST):
                    break
        try:
            return read_entry(lines)
        except ValidationError as cause:
            problems = "; ".join(map(str, describe_problems(cause)))
            raise FileError(self.path, problems, line=self._line_at(place.offset)) from None

    def _line_at(self, offset: int) -> int:
        with self.path.open("rb") as file:
            return file.read(offset).count(b"\n") + 1

    def _index(self) -> None:
        self.size = self._file.seek(0, SEEK_END)
        self._file.seek(0)
        first = self._file.readline()
        header = parse_line(self.path, 1, first, CassetteHeader)
        self.headers[header.model], self.version = header, header.cassette
        self.end = len(first)
        if self.version == 1:
            self._index_format_1(header.model)
        else:
            self._index_format_2()

    def _index_format_1(self, model: str) -> None:
        for number, line in enumerate(self._file, start=2):
            entry = parse_line(self.path, number, line, OldEntry)
            start = EntryStart(case="", repeat=1, model=model, key=entry.key)
            self._add(start, Place(self.end, is_answered=True), number)
            self.end += len(line)

    def _index_format_2(self) -> None:
        offset = self.end
        start, place = None, Place(0, is_answered=True)
        messages: list[str] = []
        for number, line in self._lines():
            if line.startswith((PIECE, ASKED)):  # which most lines are
                pass
            elif line.startswith(ENTRY):
                start = parse_line(self.path, number, line, EntryStart)
                place = Place(offset, is_answered=True)
            elif line.startswith(RESULT):
                place = Place(place.offset, is_answered=FAILURE not in line)
            elif line.startswith(LAST) and start is not None:
                self._add(start, place, number)
                self.messages.update(messages)
                self.end, start, messages = offset + len(line), None, []
            elif line.startswith(MESSAGE):
                messages.append(parse_line(self.path, number, line, MessageStart).message)
            elif line.startswith(HEADER):
                header = parse_line(self.path, number, line, CassetteHeader)
                self.headers[header.model] = header
                self.end = offset + len(line)
            elif line.startswith(STOP):
                stop = parse_line(self.path, number, line, Stop)
                self.stops[stop.stopped] = stop
                self.end = offset + len(line)
            else:
                raise FileError(self.path, "This is no line of a cassette.", line=number)
            offset += len(line)

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """The lines after the first, with their numbers, but for one that has no end."""
        return ((number, line) for number, line in enumerate(self._file, start=2) if line.endswith(b"\n"))

    def _add(self, start: EntryStart, place: Place, number: int) -> None:
        if not self.add(start, place):
            problem = "This request is answered above already: delete one."
            raise FileError(self.path, problem, line=number)


def request_key(request: Request) -> str:
    """SHA-256 over what the answer depends on; neither the model's name nor the timeout is in it."""
    # Without what is None, so that a setting which comes later leaves the keys of old recordings alone.
    asked = request.model_dump(
        mode="json", include={"messages", "settings", "structured", "repeat"}, exclude_none=True
    )
    if request.output_schema is None:
        canonical = _canonical(asked)
    else:  # its text is made once for many requests; within a text the quotation marks would be escaped
        canonical = _canonical(asked | {"output_schema": 0})
        canonical = canonical.replace('"output_schema":0', f'"output_schema":{_schema_text(request)}')
    return sha256(canonical.encode()).hexdigest()


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_schemas: dict[int, tuple[object, str]] = {}
"""Texts of schemas by their ids, each with the schema itself, so that its id stays its own."""


def _schema_text(request: Request) -> str:
    schema = request.output_schema
    known = _schemas.get(id(schema))
    if known is None:
        if len(_schemas) >= 64:
            _schemas.clear()
        dumped = request.model_dump(mode="json", include={"output_schema"}, exclude_none=True)
        known = _schemas[id(schema)] = schema, _canonical(dumped["output_schema"])
    return known[1]
