"""Records of a file with whatever columns and fields it has, each with its place."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from sandbox.errors import FileError
from sandbox.storage.json_lines import read_json_lines
from sandbox.storage.positions import Flaw, Position, file_error
from sandbox.storage.table_file import TABLE_SUFFIXES, read_table
from sandbox.storage.text_file import read_text
from sandbox.storage.yaml_file import load_yaml

FileRecord = tuple[Position, dict[str, object]]


class _AnyName(Collection[str]):
    """Columns that may bear any name."""

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def read_records(path: Path, *, list_name: str = "") -> Iterator[FileRecord]:
    """The records of a .csv, .xlsx, .jsonl, .json, .yaml or .yml file.

    A .json or .yaml file holds a list, or a group of named fields with the list under `list_name`.

    Raises:
        FileError: the file cannot be read, or is no list of records.
        InputError: the package that reads Excel files is not installed.
    """
    suffix = path.suffix.lower()
    if suffix in TABLE_SUFFIXES:
        for row in read_table(path, _AnyName(), sheet="tests"):
            yield row.position, dict(row.cells)
    elif suffix == ".jsonl":
        yield from read_json_lines(path)
    elif suffix == ".json":
        yield from _of_list(path, _json(path), list_name)
    elif suffix in {".yaml", ".yml"}:
        document = load_yaml(path)
        is_inside = isinstance(document.value, dict) and list_name in document.value
        for number, record in _of_list(path, document.value, list_name):
            index = number.line - 1
            yield document.position((list_name, index) if is_inside else (index,)), record
    else:
        raise FileError(path, "Cases are brought from .csv, .xlsx, .json, .jsonl and .yaml files.")


def _json(path: Path) -> object:
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as cause:
        text = f"This is not correct JSON: {cause.msg[:1].lower()}{cause.msg[1:]}."
        raise file_error(path, [Flaw(Position(cause.lineno, cause.colno), text)]) from None
    except RecursionError:
        raise FileError(path, "Lists lie in lists too deep to be read.") from None


def _of_list(path: Path, value: object, list_name: str) -> Iterator[FileRecord]:
    """The records of a list, by their number."""
    if isinstance(value, dict) and list_name in value:
        value = value[list_name]
    if not isinstance(value, list):
        raise FileError(path, "This should be a list of cases.")
    for number, record in enumerate(value, start=1):
        position = Position(number, word="entry")
        if not isinstance(record, dict):
            text = "A case should be a group of named fields."
            raise file_error(path, [Flaw(position, text)])
        yield position, record
