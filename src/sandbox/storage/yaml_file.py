"""YAML files that people write, read as data: no tags, no aliases, and a place for every problem."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sandbox.domain.problems import Location, describe_problems, shorten
from sandbox.domain.record import Record
from sandbox.errors import FileError
from sandbox.storage.positions import Flaw, Position, file_error
from sandbox.storage.text_file import read_text
from sandbox.storage.yaml_words import syntax_flaw

Read = TypeVar("Read")
RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """What a YAML file holds, and where each part of it stands."""

    value: object
    positions: Mapping[Location, Position]

    def position(self, location: Location) -> Position:
        """Where a part stands; what is missing stands where its surroundings begin."""
        while location not in self.positions:
            location = location[:-1]
        return self.positions[location]


def read_yaml(path: Path, kind: type[RecordT]) -> RecordT:
    """The record that a YAML file holds.

    Raises:
        FileError: the file cannot be read, or does not fit; all that does not fit is told at once.
    """
    return _read(path, TypeAdapter(kind), kind)


def read_yaml_list(path: Path, kind: type[RecordT]) -> list[RecordT]:
    """The records that a YAML file lists.

    Raises:
        FileError: the file cannot be read, or does not fit; all that does not fit is told at once.
    """
    return _read(path, TypeAdapter(list[kind]), list[kind])  # type: ignore[valid-type]  # pydantic makes it


def _read(path: Path, adapter: TypeAdapter[Read], kind: object) -> Read:
    document = load_yaml(path)
    try:
        return adapter.validate_python(document.value)
    except ValidationError as cause:
        problems = describe_problems(cause, kind, echo_values=True)
        flaws = [Flaw(document.position(problem.location), str(problem)) for problem in problems]
        raise file_error(path, flaws) from None


def load_yaml(path: Path) -> YamlDocument:
    """What a YAML file holds, as texts, numbers, true or false, None, lists and dicts.

    Raises:
        FileError: the file cannot be read, is empty, is not correct YAML, or repeats a field.
    """
    text = read_text(path)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as cause:
        raise file_error(path, [syntax_flaw(cause, text)]) from None
    except RecursionError:
        raise FileError(path, "Lists lie in lists too deep to be read.") from None
    if root is None:
        raise FileError(path, "The file is empty.")
    reader = _NodeReader()
    value = reader.read(root, ())
    if reader.flaws:
        raise file_error(path, reader.flaws)
    return YamlDocument(value, reader.positions)


class _NodeReader:
    """Turns the nodes of a document into plain values, and notes where each stands."""

    def __init__(self) -> None:
        self.positions: dict[Location, Position] = {}
        self.flaws: list[Flaw] = []
        self._seen: set[int] = set()

    def read(self, node: Node, location: Location) -> object:
        """The value of a node; it stands where its name does, if it has one."""
        position = self.positions.setdefault(location, _position(node))
        if id(node) in self._seen:
            self.flaws.append(Flaw(position, "'*' repeats another part of the file: write it out instead."))
            return None
        self._seen.add(id(node))
        match node:
            case ScalarNode(tag=tag) if tag in _SCALARS:
                return _scalar(node)
            case SequenceNode(tag="tag:yaml.org,2002:seq"):
                return [self.read(item, (*location, index)) for index, item in enumerate(node.value)]
            case MappingNode(tag="tag:yaml.org,2002:map"):
                return self._mapping(node, location)
            case _:
                self.flaws.append(Flaw(position, "A text that begins with ! belongs in quotes."))
                return None

    def _mapping(self, node: MappingNode, location: Location) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key, value in node.value:
            name, position = str(key.value), _position(key)
            if not isinstance(key, ScalarNode):
                self.flaws.append(Flaw(position, "The name of a field should be a text."))
            elif name in mapping:
                first = self.positions[(*location, name)]
                text = f'The field "{shorten(name)}" stands here a second time; the first is in {first}.'
                self.flaws.append(Flaw(position, text))
            else:
                self.positions[(*location, name)] = position
                mapping[name] = self.read(value, (*location, name))
        return mapping


def _position(node: Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


_SCALARS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
}


def _scalar(node: ScalarNode) -> str | int | float | bool | None:
    """A number or truth only if it would be written so again: 0.50, 007 and True stay texts."""
    text = str(node.value)
    match str(node.tag).rpartition(":")[2]:
        case "null":
            return None
        case "bool" if text in {"true", "false"}:
            return text == "true"
        case "int" if re.fullmatch(r"0|-?[1-9][0-9]{0,17}", text):
            return int(text)
        case "float" if _is_plain_float(text):
            return float(text)
        case _:
            return text


def _is_plain_float(text: str) -> bool:
    try:
        return str(float(text)) == text
    except ValueError:  # .inf and .nan
        return False
