"""Where something stands in a file that people make, and the errors that say so."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sandbox.errors import FileError

_SHOWN_FLAWS = 20


class Position(NamedTuple):
    """A place in a file, counted from 1 as editors and spreadsheets do."""

    line: int
    column: int | None = None
    word: str = "line"
    """What a line is called: in a spreadsheet it is a row."""

    def __str__(self) -> str:
        return f"{self.word} {self.line}" + (f", column {self.column}" if self.column else "")


class Flaw(NamedTuple):
    """Something that is wrong with a file, and where."""

    position: Position
    text: str


def file_error(path: Path, flaws: Iterable[Flaw]) -> FileError:
    """One error for all flaws of a file: it stands at the first, and lists the others with theirs."""
    first, *others = sorted(flaws, key=lambda flaw: (flaw.position.line, flaw.position.column or 0))
    text = first.text
    for flaw in others[: _SHOWN_FLAWS - 1]:
        text += f"\n  {flaw.position}: {flaw.text}"
    if len(others) >= _SHOWN_FLAWS:
        text += f"\n  and {len(others) - _SHOWN_FLAWS + 1} more"
    position = first.position
    return FileError(path, text, line=position.line, column=position.column, line_word=position.word)
