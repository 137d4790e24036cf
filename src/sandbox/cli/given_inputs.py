"""Inputs as they are typed in a command."""

from collections.abc import Iterable
from pathlib import Path

from sandbox.errors import InputError
from sandbox.storage.text_file import read_text


def read_pairs(inputs: Iterable[str]) -> dict[str, object]:
    """Inputs written as NAME=VALUE, or NAME=@FILE for a text that stands in a file.

    Raises:
        InputError: one of them has no `=`.
        FileError: a file cannot be read.
    """
    pairs: dict[str, object] = {}
    for text in inputs:
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError(f"Write inputs as NAME=VALUE; '{name[:40]}' has no '='.")
        pairs[name.strip()] = _from_file(value)
    return pairs


def read_names(roster: str) -> list[str]:
    """Names separated by `;`, or @FILE with one name a line."""
    lines = _from_file(roster).replace("\n", ";").split(";")
    return [name.strip() for name in lines if name.strip()]


def _from_file(value: str) -> str:
    return read_text(Path(value[1:])) if value.startswith("@") else value
