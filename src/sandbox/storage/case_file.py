"""Reading cases from the files that teachers make: YAML, JSON lines, CSV or Excel."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sandbox.domain.problems import Location, describe_problems, near_names, shorten
from sandbox.domain.trial import Case
from sandbox.errors import FileError
from sandbox.storage.json_lines import read_json_lines
from sandbox.storage.positions import Flaw, Position, file_error
from sandbox.storage.table_file import TABLE_SUFFIXES, read_table
from sandbox.storage.yaml_file import YamlDocument, load_yaml

_LISTS = ("roster", "answer_key", "must", "must_not", "tags")
_COLUMNS = ("id", *_LISTS, "note", "student")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A case as it stands in a file."""

    position: Position
    fields: Mapping[str, object]
    document: YamlDocument | None = None
    location: Location = ()
    """Where the entry stands in the document."""

    @property
    def inputs_location(self) -> Location:
        """Inputs stand under `inputs`, or else flat among the other fields."""
        return ("inputs",) if "inputs" in self.fields else ()

    def locate(self, location: Location) -> Position:
        """Where a part of the entry stands, as well as is known."""
        if self.document is None:
            return self.position
        return self.document.position(self.location + location)


def read_cases(path: Path, *, input_names: Collection[str]) -> tuple[Case, ...]:
    """The cases of a file. What stands under `inputs`, or in any other column, are the inputs.

    A case without an id is named by its number: `case-1`. Whether an input's value fits the prompt is
    for the prompt to say.

    Raises:
        FileError: the file cannot be read, or a case in it; all flaws of its cases are told at once.
        InputError: the package that reads Excel files is not installed.
    """
    cases: list[Case] = []
    flaws: list[Flaw] = []
    positions: dict[str, Position] = {}
    for number, entry in enumerate(_entries(path, input_names), start=1):
        case, problems = _read_case(entry, number, input_names)
        flaws += problems
        if case is None:
            continue
        if first := positions.get(case.id):
            text = f'The id "{shorten(case.id)}" is used twice; the first time in {first}.'
            flaws.append(Flaw(entry.locate(("id",)), text))
        positions.setdefault(case.id, entry.locate(("id",)))
        cases.append(case)
    if flaws:
        raise file_error(path, flaws)
    if not cases:
        raise FileError(path, "There is no case in this file.")
    return tuple(cases)


def _entries(path: Path, input_names: Collection[str]) -> Iterator[_Entry]:
    suffix = path.suffix.lower()
    if suffix in TABLE_SUFFIXES:
        for row in read_table(path, (*_COLUMNS, *input_names), sheet="cases"):
            yield _Entry(row.position, row.cells)
    elif suffix == ".jsonl":
        for position, fields in read_json_lines(path):
            yield _Entry(position, fields)
    elif suffix in {".yaml", ".yml"}:
        yield from _yaml_entries(path)
    else:
        raise FileError(path, "Cases are read from .yaml, .jsonl, .csv and .xlsx files: save it as one.")


def _yaml_entries(path: Path) -> Iterator[_Entry]:
    document = load_yaml(path)
    if not isinstance(document.value, list):
        text = "This should be a list of cases, each beginning with '- '."
        raise file_error(path, [Flaw(document.position(()), text)])
    for index, fields in enumerate(document.value):
        position = document.position((index,))
        if not isinstance(fields, dict):
            text = "A case should be a group of named fields, such as 'grade: 4'."
            raise file_error(path, [Flaw(position, text)])
        yield _Entry(position, fields, document, (index,))


def _read_case(entry: _Entry, number: int, input_names: Collection[str]) -> tuple[Case | None, list[Flaw]]:
    """The case, or what is wrong with it; texts of inputs are never repeated."""
    given = {name: value for name, value in entry.fields.items() if value is not None}
    fields = {name: value for name, value in given.items() if name in _COLUMNS}
    inputs = given.get("inputs", {name: value for name, value in given.items() if name not in _COLUMNS})
    flaws = _unknown_fields(entry, input_names)
    if isinstance(inputs, dict):
        inputs = {name: _input(value) for name, value in inputs.items() if value is not None}
    for name, value in fields.items():
        fields[name] = _texts(value) if name in _LISTS else _text(value)
    try:
        return Case.model_validate({"id": f"case-{number}", **fields, "inputs": inputs}), flaws
    except ValidationError as cause:
        for problem in describe_problems(cause, Case):
            location = problem.location
            if location[:1] == ("inputs",):
                location = entry.inputs_location + location[1:]
            flaws.append(Flaw(entry.locate(location), str(problem)))
        return None, flaws


def _unknown_fields(entry: _Entry, input_names: Collection[str]) -> list[Flaw]:
    where, inputs = entry.inputs_location, entry.fields.get("inputs")
    groups: list[tuple[Location, Iterable[str], Collection[str]]] = [
        ((), entry.fields, (*_COLUMNS, *(where or input_names)))
    ]
    if isinstance(inputs, dict):
        groups.append((where, inputs, input_names))
    return [
        Flaw(entry.locate((*location, name)), f'Unknown field "{shorten(name)}". {near_names(name, known)}')
        for location, names, known in groups
        for name in names
        if name not in known
    ]


def _input(value: object) -> object:
    return tuple(_text(item) for item in value) if isinstance(value, list) else value


def _texts(value: object) -> object:
    """Several texts: a list, or one cell with ';' between them."""
    if isinstance(value, list):
        return tuple(_text(item) for item in value)
    text = _text(value)
    if not isinstance(text, str):
        return text
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _text(value: object) -> object:
    """A number or a truth as the text that it was written as; anything else as it is."""
    match value:
        case str():
            return value.strip()
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case _:
            return value
