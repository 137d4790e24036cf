"""The order of a cassette's entries, in which two recordings of the same can be compared."""

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.storage.cassette_lines import (
    ASKED,
    ENTRY,
    HEADER,
    LAST,
    MESSAGE,
    STOP,
    Asked,
    CassetteHeader,
    EntryStart,
    MessageStart,
    Stop,
    parse_line,
)

Stretch = tuple[int, int]
"""From where to where in a file."""
Rank = tuple[int, list[str | int], int, int, int, str]


def put_in_order(path: Path, *, going_on: Collection[str] = ()) -> None:
    """Sort the entries by model, case and repeat; the old file stays until the new one is whole.

    Failures that were asked anew are left out, and why models were stopped that are `going_on`.

    Raises:
        OSError: the new file cannot be written.
    """
    parts = _Parts(path)
    parts.read()
    plan = list(parts.plan(going_on))
    if plan == sorted(plan) and sum(end - begin for begin, end in plan) == path.stat().st_size:
        return
    new = path.with_name(f".{path.name}.new")
    try:
        with path.open("rb") as old, new.open("wb") as file:
            for begin, end in plan:
                old.seek(begin)
                file.write(old.read(end - begin))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@dataclass(slots=True)
class _Entry:
    start: EntryStart
    begin: int
    end: int = 0
    asked: Asked | None = None

    def rank(self, models: list[str]) -> Rank:
        start, asked = self.start, self.asked
        messages, tokens = (len(asked.asked), asked.settings.max_output_tokens) if asked else (0, 0)
        return (
            models.index(start.model),
            _natural(start.case),
            start.repeat,
            messages,
            tokens,
            start.key,
        )


@dataclass(slots=True)
class _Parts:
    """Where the headers, messages and entries of a whole cassette stand."""

    path: Path
    headers: dict[str, Stretch] = field(default_factory=dict)
    stops: dict[tuple[str, str], Stretch] = field(default_factory=dict)
    """By model and target; the last word on each."""
    messages: dict[str, Stretch] = field(default_factory=dict)
    entries: dict[tuple[str, str, str], _Entry] = field(default_factory=dict)
    """Of several entries for one request the last: those before it are failures."""

    def read(self) -> None:
        """Find them."""
        offset = 0
        message = ""
        entry: _Entry | None = None
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                begin, offset = offset, offset + len(line)
                if line.startswith(HEADER):
                    self.headers[parse_line(self.path, number, line, CassetteHeader).model] = begin, offset
                elif line.startswith(STOP):
                    stop = parse_line(self.path, number, line, Stop)
                    self.stops[stop.model, stop.stopped] = begin, offset
                elif line.startswith(MESSAGE):
                    message, entry = parse_line(self.path, number, line, MessageStart).message, None
                    self.messages[message] = begin, offset
                elif line.startswith(ENTRY):
                    entry = _Entry(parse_line(self.path, number, line, EntryStart), begin)
                elif entry is None:
                    self.messages[message] = self.messages[message][0], offset
                elif line.startswith(ASKED):
                    entry.asked = parse_line(self.path, number, line, Asked)
                elif line.startswith(LAST):
                    entry.end = offset
                    self.entries[entry.start.model, entry.start.case, entry.start.key] = entry

    def plan(self, going_on: Collection[str]) -> Iterator[Stretch]:
        """What to write, in order: each message once, above the first entry that needs it."""
        yield from self.headers.values()
        yield from (place for (model, _), place in sorted(self.stops.items()) if model not in going_on)
        models = list(self.headers)
        written: set[str] = set()
        for entry in sorted(self.entries.values(), key=lambda entry: entry.rank(models)):
            for name in entry.asked.asked if entry.asked else ():
                if name not in written:
                    written.add(name)
                    yield self.messages[name]
            yield entry.begin, entry.end


def _natural(case: str) -> list[str | int]:
    """So that case 10 comes after case 9."""
    return [int(part) if number % 2 else part for number, part in enumerate(re.split(r"(\d+)", case))]
