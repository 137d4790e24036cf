"""Cases from elsewhere, fitted to a prompt: what fits is kept, and what does not is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from sandbox.domain.problems import describe_problems, near_names, shorten
from sandbox.domain.prompt import PromptCard
from sandbox.domain.trial import Case
from sandbox.errors import FileError, InputError, InvalidInputsError, UnknownNameError
from sandbox.pipeline.prompting import read_inputs
from sandbox.storage.foreign_cases.foreign_case import ForeignCase
from sandbox.storage.foreign_cases.inspect_dataset import inspect_cases, is_inspect
from sandbox.storage.foreign_cases.promptfoo import is_promptfoo, promptfoo_cases
from sandbox.storage.foreign_cases.records_of_file import FileRecord, read_records
from sandbox.storage.positions import Flaw, file_error

_LISTS = ("roster", "answer_key", "must", "must_not", "tags")
_FIELDS = ("id", *_LISTS, "note", "student")


class CaseSource(StrEnum):
    """Who made a file with cases."""

    AUTO = "auto"
    """Whoever the file shows."""
    PROMPTFOO = "promptfoo"
    INSPECT = "inspect"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCases:
    """The cases of a file, and what became of the rest."""

    source: CaseSource
    cases: tuple[Case, ...]
    lost: tuple[Flaw, ...]
    """What could not be kept, and where it stood."""
    changed: tuple[Flaw, ...]
    """What is kept but means something else now."""


_READERS: Mapping[CaseSource, Callable[[Iterator[FileRecord]], Iterator[ForeignCase]]] = {
    CaseSource.PROMPTFOO: promptfoo_cases,
    CaseSource.INSPECT: inspect_cases,
}


def import_cases(
    path: Path, card: PromptCard, *, source: CaseSource = CaseSource.AUTO, names: Mapping[str, str]
) -> ImportedCases:
    """Read the cases of another tool for a prompt; `names` says what its fields become, theirs first.

    Raises:
        InputError: a name in `names` is unknown, or the file does not show who made it.
        FileError: the file cannot be read, or a case does not fit the prompt; all flaws are told at once.
    """
    records = list(read_records(path, list_name="tests"))
    if not records:
        raise FileError(path, "There is no case in this file.")
    if source is CaseSource.AUTO:
        source = _shown_source(path, [record for _, record in records])
    fitting = _Fitting(card, names)
    foreign = _READERS[source](iter(records))
    cases = [case for number, each in enumerate(foreign, start=1) if (case := fitting.fit(each, number))]
    fitting.see_to_names()
    if fitting.flaws:
        raise file_error(path, fitting.flaws)
    return ImportedCases(
        source=source, cases=tuple(cases), lost=tuple(fitting.lost), changed=tuple(fitting.changed)
    )


def _shown_source(path: Path, records: Sequence[Mapping[str, object]]) -> CaseSource:
    if any(is_promptfoo(record) for record in records):
        return CaseSource.PROMPTFOO
    if any(is_inspect(record) for record in records):
        return CaseSource.INSPECT
    raise InputError(f"{path}: say who made this file: --from promptfoo or --from inspect.")


class _Fitting:
    """Fits one case after the other to a prompt, and notes what is wrong, lost or changed."""

    def __init__(self, card: PromptCard, names: Mapping[str, str]) -> None:
        self.flaws: list[Flaw] = []
        self.lost: list[Flaw] = []
        self.changed: list[Flaw] = []
        self._card, self._inputs = card, [each.name for each in card.inputs]
        for goal in names.values():
            if goal not in {*self._inputs, *_FIELDS}:
                raise UnknownNameError(
                    f"input of the prompt '{card.name}'", goal, (*self._inputs, *_FIELDS)
                )
        self._names = dict(names)
        self._seen_names: dict[str, None] = {}
        self._seen_ids: set[str] = set()

    def fit(self, foreign: ForeignCase, number: int) -> Case | None:
        """The case, unless something is wrong with it."""
        inputs: dict[str, object] = {}
        fields: dict[str, object] = {"must": foreign.must, "must_not": foreign.must_not}
        theirs: dict[str, str] = {}
        self.lost += [Flaw(foreign.position, text) for text in foreign.lost]
        self.changed += [Flaw(foreign.position, text) for text in foreign.changed]
        flaws: list[Flaw] = []
        homeless = []
        for name, value in foreign.fields.items():
            if value is None or value in ("", (), []):
                continue
            self._seen_names[name] = None
            goal = self._goal(name, foreign.goals)
            if not goal:
                homeless.append(name)
            elif isinstance(value, str) and value.startswith("file://"):
                text = f'column "{shorten(name)}": names a file (file://): put its text here instead.'
                flaws.append(Flaw(foreign.position, text))
            elif goal in theirs and goal not in _LISTS:
                text = f'The columns "{theirs[goal]}" and "{shorten(name)}" would both become "{goal}".'
                flaws.append(Flaw(foreign.position, text))
            elif goal in self._inputs and goal != foreign.goals.get(name):
                inputs[goal], theirs[goal] = value, name
            else:
                fields[goal], theirs[goal] = _field(goal, value, fields), name
        self.lost += [
            Flaw(foreign.position, f'the field "{shorten(name)}": no input bears this name')
            for name in homeless
        ]
        flaws += self._see_to_inputs(foreign, inputs, theirs, homeless)
        case, problems = self._case(foreign, {"id": f"case-{number}", **fields, "inputs": inputs})
        self.flaws += flaws + problems
        return case if not flaws else None

    def see_to_names(self) -> None:
        """Make sure that each name somebody gave stands in the file.

        Raises:
            InputError: one does not.
        """
        for name in self._names:
            if name not in self._seen_names:
                near = near_names(name, self._seen_names)
                raise InputError(f"--map {name}=...: no case has a field of this name. {near}")

    def _goal(self, name: str, goals: Mapping[str, str]) -> str:
        return self._names.get(name) or goals.get(name) or (name if name in self._inputs else "")

    def _see_to_inputs(
        self,
        foreign: ForeignCase,
        inputs: Mapping[str, object],
        theirs: Mapping[str, str],
        homeless: list[str],
    ) -> list[Flaw]:
        try:
            read_inputs(self._card, inputs)
        except InvalidInputsError as cause:
            advice = (
                f" Fields without a place: {', '.join(map(shorten, homeless))}; see --map."
                if homeless
                else ""
            )
            return [
                Flaw(foreign.position, f'column "{shorten(theirs[name])}": {text}')
                if name in theirs
                else Flaw(foreign.position, f'"{name}" {text}.{advice}')
                for name, text in cause.problems.items()
            ]
        return []

    def _case(self, foreign: ForeignCase, fields: Mapping[str, object]) -> tuple[Case | None, list[Flaw]]:
        try:
            case = Case.model_validate(fields)
        except ValidationError as cause:
            problems = [each for each in describe_problems(cause, Case) if each.location[:1] != ("inputs",)]
            return None, [Flaw(foreign.position, str(problem)) for problem in problems]
        if case.id in self._seen_ids:
            return None, [Flaw(foreign.position, f'The id "{shorten(case.id)}" is used twice.')]
        self._seen_ids.add(case.id)
        return case, []


def _field(goal: str, value: object, fields: Mapping[str, object]) -> object:
    """A value as a field of our cases takes it; lists grow."""
    if goal not in _LISTS:
        return value.strip() if isinstance(value, str) else str(value)
    parts = value if isinstance(value, list | tuple) else str(value).split(";")
    before = fields.get(goal, ())
    return (
        *(before if isinstance(before, tuple) else ()),
        *(str(part).strip() for part in parts if str(part).strip()),
    )
