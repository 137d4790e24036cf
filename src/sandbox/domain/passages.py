"""The texts of an artifact, each with the path where it stands."""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from sandbox.domain.artifact import Artifact


class Passage(NamedTuple):
    """A text of an answer and where it stands."""

    path: str
    """Such as `segments[2].title`; empty if the answer is plain text."""
    text: str
    description: str = ""
    """What the schema says should stand there."""

    @property
    def field(self) -> str:
        """The name of the field, without where it stands and without its index."""
        return self.path.rpartition(".")[2].partition("[")[0]

    @property
    def parent(self) -> str:
        """The path of the record that the field belongs to."""
        return self.path.rpartition(".")[0]


def passages_of(artifact: Artifact) -> tuple[Passage, ...]:
    """Every text of an artifact, in the order of its fields; one of a list of choices is no text."""
    found: list[Passage] = []
    _collect_record(artifact, "", found)
    return tuple(found)


def _collect_record(record: BaseModel, prefix: str, found: list[Passage]) -> None:
    held = record.__dict__
    for name, description in _fields(type(record)):
        _collect(held[name], prefix + name, description, found)


@cache
def _fields(record_type: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a type of record, each with its description."""
    return tuple((name, field.description or "") for name, field in record_type.model_fields.items())


def _collect(value: object, path: str, description: str, found: list[Passage]) -> None:
    # Plain texts and lists come first: nearly all values are one or the other, and this is asked of each.
    if type(value) is str:
        found.append(Passage(path, value, description))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            _collect(item, f"{path}[{index}]", description, found)
    elif isinstance(value, BaseModel):
        _collect_record(value, f"{path}.", found)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _collect(item, f"{path}[{key}]", description, found)
    elif isinstance(value, str) and not isinstance(value, Enum):
        found.append(Passage(path, value, description))
