"""JSON lines: a file with one JSON object a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic_core import from_json

from sandbox.domain.problems import shorten
from sandbox.storage.positions import Flaw, Position, file_error
from sandbox.storage.text_file import read_lines


def read_json_lines(path: Path) -> Iterator[tuple[Position, dict[str, object]]]:
    """The objects of a file, each with its line, one in memory at a time; blank lines do not count.

    Raises:
        FileError: the file cannot be read, or a line is not a JSON object.
    """
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        value = _read_quickly(line)
        yield Position(number), value if value is not None else _read_carefully(path, number, line)


def _read_quickly(line: str) -> dict[str, object] | None:
    """The object in a line; None if a quick look cannot be sure that all is as it should be."""
    try:
        value = from_json(line, allow_inf_nan=False)
    except ValueError:
        return None
    if not isinstance(value, dict) or " :" in line or "\t:" in line or "\r:" in line:
        return None
    names = len(value)
    for inner in value.values():
        if isinstance(inner, dict):
            names += len(inner)
    return value if line.count('":') == names else None  # else a name may stand there twice


def _read_carefully(path: Path, number: int, line: str) -> dict[str, object]:
    position = Position(number)
    try:
        value = json.loads(line, object_pairs_hook=_unique, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as cause:
        text = f"This is not correct JSON: {cause.msg[:1].lower()}{cause.msg[1:]}."
        raise file_error(path, [Flaw(Position(number, cause.colno), text)]) from None
    except UnicodeEncodeError:
        text = r"A text in this line holds half a character (\ud800 to \udfff): it may have been cut off."
        raise file_error(path, [Flaw(position, text)]) from None
    except RecursionError:
        raise file_error(path, [Flaw(position, "Lists lie in lists too deep to be read.")]) from None
    except ValueError as cause:
        raise file_error(path, [Flaw(position, f"This is not correct JSON: {cause}.")]) from None
    if not isinstance(value, dict):
        text = "Each line should be one JSON object: {...}."
        raise file_error(path, [Flaw(position, text)])
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the field "{shorten(twice)}" stands there twice')
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number in JSON")
