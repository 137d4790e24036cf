"""Reading cases from the files that teachers make: YAML, JSON lines, CSV or Excel."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from sandbox.domain.problems import Location, describe_problems, near_names, shorten
from sandbox.domain.trial import Case
from sandbox.errors import FileError
from sandbox.storage.json_lines import read_json_lines
from sandbox.storage.positions import Flaw, Position, file_error
from sandbox.storage.table_file import TABLE_SUFFIXES, read_table
from sandbox.storage.yaml_file import YamlDocument, load_yaml

_LISTS = ("roster", "answer_key", "must", "must_not", "statements", "tags")
_COLUMNS = ("id", *_LISTS, "note", "student")


class _Entry(NamedTuple):
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
    reader = _CaseReader(input_names)
    for number, entry in enumerate(_entries(path, input_names), start=1):
        case, problems = reader.read(entry, number)
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


class _CaseReader:
    """Makes cases of entries, and keeps once what many cases of a file have in common."""

    def __init__(self, input_names: Collection[str]) -> None:
        self._input_names = dict.fromkeys(input_names)
        self._flat_names = dict.fromkeys((*_COLUMNS, *input_names))
        self._grouped_names = dict.fromkeys((*_COLUMNS, "inputs"))
        self._known_texts: dict[str, str] = {}
        self._known_sets: dict[frozenset[str], set[str]] = {}

    def read(self, entry: _Entry, number: int) -> tuple[Case | None, list[Flaw]]:
        """The case, or what is wrong with it; texts of inputs are never repeated."""
        fields: dict[str, object] = {"id": f"case-{number}"}
        flat: dict[str, object] = {}
        for name, value in entry.fields.items():
            if value is None:
                continue
            if name in _LISTS:
                fields[name] = self._texts(value)
            elif name in _COLUMNS:
                fields[name] = _text(value)
            else:
                flat[name] = value
        inputs = flat.get("inputs", flat)
        fields["inputs"] = self._inputs(inputs) if isinstance(inputs, dict) else inputs
        flaws = self._unknown_fields(entry)
        try:
            return self._slim(Case.model_validate(fields)), flaws
        except ValidationError as cause:
            for problem in describe_problems(cause, Case):
                location = problem.location
                if location[:1] == ("inputs",):
                    location = entry.inputs_location + location[1:]
                flaws.append(Flaw(entry.locate(location), str(problem)))
            return None, flaws

    def _inputs(self, given: dict[str, object]) -> dict[str, object]:
        once = self._known_texts.setdefault
        inputs: dict[str, object] = {}
        for name, value in given.items():
            if isinstance(value, str):
                inputs[once(name, name)] = once(value, value)
            elif value is not None:
                inputs[once(name, name)] = self._texts(value) if isinstance(value, list) else value
        return inputs

    def _texts(self, value: object) -> object:
        """Several texts: a list, or one cell with ';' between them."""
        if isinstance(value, list):
            texts = [_text(item) for item in value]
        elif isinstance(text := _text(value), str):
            texts = [part.strip() for part in text.split(";") if part.strip()]
        else:
            return text
        once = self._known_texts.setdefault
        return tuple([once(text, text) if isinstance(text, str) else text for text in texts])

    def _slim(self, case: Case) -> Case:
        """The case without a set of its own that says which fields were given: half of it was that."""
        given = case.model_fields_set
        same = self._known_sets.setdefault(frozenset(given), given)
        object.__setattr__(case, "__pydantic_fields_set__", same)  # a frozen record takes it no other way
        return case

    def _unknown_fields(self, entry: _Entry) -> list[Flaw]:
        where, inputs = entry.inputs_location, entry.fields.get("inputs")
        groups: list[tuple[Location, Iterable[str], Collection[str]]] = [
            ((), entry.fields, self._grouped_names if where else self._flat_names)
        ]
        if isinstance(inputs, dict):
            groups.append((where, inputs, self._input_names))
        return [
            Flaw(
                entry.locate((*place, name)), f'Unknown field "{shorten(name)}". {near_names(name, known)}'
            )
            for place, names, known in groups
            for name in names
            if name not in known
        ]


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
