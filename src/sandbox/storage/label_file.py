"""Reading answers that people have labelled, to hold a check against; the columns may bear any names."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from sandbox.domain.problems import near_names
from sandbox.domain.prompt import InputValue
from sandbox.domain.record import Record
from sandbox.errors import FileError
from sandbox.storage.json_lines import read_json_lines
from sandbox.storage.positions import Flaw, Position, file_error
from sandbox.storage.table_file import read_table
from sandbox.storage.text_file import open_file, read_lines

_ALTERNATIVE = "|"
"""Between several answers in one cell of a table."""


class LabelColumns(Record):
    """Which column holds what; those of our own format unless told otherwise."""

    label: str = "label"
    group: str = "group"
    """Rows of one group, such as one dialogue or one student, are not independent."""
    system: str = "system"
    """Who wrote the answer, if that is known."""
    text: str = "text"
    artifact: str = "artifact"
    """The JSON of an artifact, in place of a text."""
    answer_key: str = "answer_key"
    must: str = "must"
    must_not: str = "must_not"
    inputs: dict[str, str] = {}
    """The name of an input, and the column that holds it; beside those under `inputs`."""


class LabelledRow(Record):
    """An answer, the case that asked for it, and what people said of it."""

    line: int
    text: str = ""
    artifact: dict[str, object] | None = None
    inputs: dict[str, InputValue] = {}
    answer_key: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    label: str = Field(min_length=1)
    group: str
    system: str = ""


def read_labels(path: Path, columns: LabelColumns) -> tuple[LabelledRow, ...]:
    """The rows of a .jsonl or .csv file. A row without a group is a group of its own.

    Raises:
        FileError: the file cannot be read, holds no row, or a row lacks its label or its answer.
    """
    rows = tuple(_row(path, position, fields, columns) for position, fields in _read(path))
    if not rows:
        raise FileError(path, "There is no row in here.")
    return rows


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, by which a card names its data.

    Raises:
        FileError: the file cannot be read.
    """
    with open_file(path) as file:
        return hashlib.sha256(file.read()).hexdigest()


def _read(path: Path) -> Iterator[tuple[Position, Mapping[str, object]]]:
    match path.suffix.lower():
        case ".jsonl":
            return read_json_lines(path)
        case ".csv":
            return _table(path)
    raise FileError(path, "Labels are read from .jsonl and .csv files.")


def _table(path: Path) -> Iterator[tuple[Position, Mapping[str, object]]]:
    """The rows of a table with whatever columns it has, named as they are written there."""
    header = next(csv.reader(read_lines(path)), [])
    names = {name.strip().lower().replace(" ", "_"): name.strip() for name in header}
    for row in read_table(path, tuple(names), sheet="labels"):
        yield row.position, {names[name]: cell for name, cell in row.cells.items()}


def _row(
    path: Path, position: Position, fields: Mapping[str, object], columns: LabelColumns
) -> LabelledRow:
    label = fields.get(columns.label)
    if label is None or not str(label).strip():
        problem = f'There is no "{columns.label}". {near_names(columns.label, fields)}'
        raise file_error(path, [Flaw(position, problem)])
    text, artifact = fields.get(columns.text), fields.get(columns.artifact)
    if isinstance(artifact, str) and artifact.strip():
        artifact = _parsed(path, position, artifact)
    if not isinstance(artifact, dict):
        artifact = None
        if text is None or not str(text).strip():
            problem = f'Either "{columns.text}" or "{columns.artifact}" should hold the answer.'
            raise file_error(path, [Flaw(position, problem)])
    return LabelledRow(
        line=position.line,
        text="" if text is None else str(text),
        artifact=artifact,
        inputs=_inputs(fields, columns),
        answer_key=_several(fields.get(columns.answer_key)),
        must=_several(fields.get(columns.must)),
        must_not=_several(fields.get(columns.must_not)),
        label=str(label).strip(),
        group=str(fields.get(columns.group) or f"row {position.line}").strip(),
        system=str(fields.get(columns.system) or "").strip(),
    )


def _parsed(path: Path, position: Position, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as cause:
        raise file_error(
            path, [Flaw(position, f"The artifact is not correct JSON: {cause.msg}.")]
        ) from None


def _inputs(fields: Mapping[str, object], columns: LabelColumns) -> dict[str, InputValue]:
    given = fields.get("inputs")
    found = dict(given) if isinstance(given, dict) else {}
    found |= {name: fields[column] for name, column in columns.inputs.items() if column in fields}
    return {
        str(name): tuple(map(str, value)) if isinstance(value, list) else _plain(value)
        for name, value in found.items()
        if value is not None
    }


def _plain(value: object) -> InputValue:
    return value if isinstance(value, str | int | float | bool) else str(value)


def _several(value: object) -> tuple[str, ...]:
    """The texts in a list, or in one cell with | between them."""
    parts = value if isinstance(value, list) else str("" if value is None else value).split(_ALTERNATIVE)
    return tuple(text for part in parts if (text := str(part).strip()))
