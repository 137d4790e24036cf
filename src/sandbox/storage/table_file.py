"""Tables that people make, as CSV or Excel files: named columns, and rows that know their place."""

import csv
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path

from sandbox.domain.problems import near_names, shorten
from sandbox.errors import FileError, InputError
from sandbox.storage.positions import Flaw, Position, file_error
from sandbox.storage.text_file import open_file, read_lines

Cell = str | int | float | bool
TABLE_SUFFIXES = (".csv", ".xlsx")

_EXCEL_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what its cells hold, by column; empty cells are left out."""

    position: Position
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row before its columns are known."""

    position: Position
    cells: Sequence[Cell]


def read_table(
    path: Path, columns: Collection[str], *, required: Collection[str] = (), sheet: str
) -> Iterator[Row]:
    """The rows of a table, one in memory at a time; the first names the columns, empty ones do not count.

    Args:
        path: a .csv or .xlsx file.
        columns: the names that a column may have.
        required: the columns that there must be.
        sheet: the sheet of a workbook to read, if there is one of this name; else the first.

    Raises:
        FileError: the file cannot be read; columns are unknown, missing or doubled; a row does not fit.
        InputError: the package that reads Excel files is not installed.
    """
    lines = _excel_lines(path, sheet) if path.suffix.lower() == ".xlsx" else _csv_lines(path)
    filled = (line for line in lines if any(str(cell).strip() for cell in line.cells))
    header = next(filled, None)
    if header is None:
        raise FileError(path, "The table is empty.")
    names = _column_names(path, header, columns, required)
    for line in filled:
        yield _row(path, line, names)


def _column_names(
    path: Path, header: _Line, columns: Collection[str], required: Collection[str]
) -> list[str]:
    """The names of the columns as they are used: "Answer key" is `answer_key`, and "" has no name."""
    names = [str(cell).strip().lower().replace(" ", "_") for cell in header.cells]
    texts = [
        f'Unknown column "{shorten(str(cell))}". {near_names(name, columns)}'
        for cell, name in zip(header.cells, names, strict=True)
        if name and name not in columns
    ]
    texts += [
        f'The column "{name}" stands there twice.'
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    texts += [f'The column "{name}" is missing.' for name in required if name not in names]
    if texts:
        raise file_error(path, [Flaw(header.position, "\n  ".join(texts))])
    return names


def _row(path: Path, line: _Line, names: Sequence[str]) -> Row:
    if len(line.cells) != len(names):
        text = (
            f"This row should have {len(names)} cells, as many as the first row, but has {len(line.cells)}."
        )
        raise file_error(path, [Flaw(line.position, text)])
    cells: dict[str, Cell] = {}
    for number, (name, cell) in enumerate(zip(names, line.cells, strict=True), start=1):
        if not str(cell).strip():
            continue
        if not name:
            text = f"Cell {number} of this row is filled in, but its column has no name in the first row."
            raise file_error(path, [Flaw(line.position, text)])
        cells[name] = cell
    return Row(line.position, cells)


def _csv_lines(path: Path) -> Iterator[_Line]:
    """The rows of a CSV file; each stands in the line where it begins."""
    lines = read_lines(path)
    opening: list[str] = []
    while not "".join(opening).strip() and (line := next(lines, "")):
        opening.append(line)
    # Excel writes what the country's settings say; the names of columns hold none of these characters
    separator = max(",;\t", key="".join(opening).count)
    reader = csv.reader(chain(opening, lines), delimiter=separator, strict=True)
    while True:
        position = Position(reader.line_num + 1)
        try:
            cells = next(reader, None)
        except csv.Error as cause:
            raise file_error(path, [Flaw(position, _csv_words(str(cause)))]) from None
        if cells is None:
            return
        yield _Line(position, cells)


def _csv_words(complaint: str) -> str:
    if "unexpected end of data" in complaint:
        return "A quotation mark opens in this row, but none closes it."
    if "field limit" in complaint:
        return "A cell in this row is too long: does a quotation mark open in it, with none to close it?"
    if "expected after" in complaint:
        return 'A quotation mark inside a text must be doubled: "".'
    return "The line endings are of an old kind. Save the file again as 'CSV UTF-8'."


def _excel_lines(path: Path, sheet: str) -> Iterator[_Line]:
    """The rows of one sheet of an Excel file; formulas give the values that they had when it was saved."""
    try:
        import openpyxl  # noqa: PLC0415 - an optional dependency
    except ModuleNotFoundError:
        raise InputError(
            f"{path}: to read Excel files, install a package: pip install 'lesson-sandbox[office]'. "
            "Or save the file as 'CSV UTF-8'."
        ) from None
    with open_file(path) as file:
        try:
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
            named = [each for each in workbook.worksheets if each.title.strip().lower() == sheet]
            rows = (named or workbook.worksheets)[0].iter_rows(values_only=True)
            width = 0
            for number, values in enumerate(rows, start=1):
                position = Position(number, word="row")
                cells = [_excel_cell(path, position, value) for value in values]
                filled = max((index for index, cell in enumerate(cells, start=1) if cell != ""), default=0)
                width = width or filled
                yield _Line(position, cells[:filled] + [""] * (width - filled))
        except (zipfile.BadZipFile, LookupError, ValueError, SyntaxError):  # malformed XML is the last
            problem = "This is not an Excel workbook, or it has a password. Save it again as .xlsx."
            raise FileError(path, problem) from None


def _excel_cell(path: Path, position: Position, value: object) -> Cell:
    """What a cell holds, as it would be typed: 4.0 is 4, dates and times are ISO texts."""
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return int(value)
        case str() if value in _EXCEL_ERRORS:
            raise file_error(path, [Flaw(position, f"A formula in this row gives {value}.")])
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case str() | int() | float() | bool():
            return value
        case _:
            return str(value)
