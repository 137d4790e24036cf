"""Writing cases to a file that people edit and `read_cases` reads: YAML or JSON lines."""

import json
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from sandbox.domain.trial import Case
from sandbox.errors import FileError
from sandbox.storage.new_file import new_file


def write_cases(cases: Sequence[Case], path: Path) -> None:
    """Write cases to a new .yaml or .jsonl file.

    Raises:
        FileError: there is such a file already, its ending is another, or it cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in {".yaml", ".yml", ".jsonl"}:
        raise FileError(path, "Cases are written to .yaml and .jsonl files: give the file such an ending.")
    if path.exists():
        raise FileError(path, "There is such a file already: choose another name, or delete it first.")
    records = [case.model_dump(mode="json", exclude_defaults=True) for case in cases]
    with new_file(path) as file:
        if suffix == ".jsonl":
            file.writelines((json.dumps(record, ensure_ascii=False) + "\n").encode() for record in records)
            return
        lines = TextIOWrapper(file, encoding="utf-8", newline="\n")
        writer = YAML()
        writer.width, writer.allow_unicode = 100, True
        writer.indent(mapping=2, sequence=2)
        writer.dump(_in_lines(records), lines)
        lines.detach()


def _in_lines(value: object) -> object:
    """The same, with texts of several lines to be written as they stand."""
    match value:
        case str() if "\n" in value and _stands_as_it_is(value):
            return LiteralScalarString(value)
        case dict():
            return {name: _in_lines(part) for name, part in value.items()}
        case list():
            return [_in_lines(part) for part in value]
        case _:
            return value


def _stands_as_it_is(text: str) -> bool:
    lines = text.split("\n")
    return text == text.strip() and all(line.isprintable() and line == line.rstrip() for line in lines)
