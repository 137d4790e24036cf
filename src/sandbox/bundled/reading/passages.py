"""The texts of an answer with their paths, and the texts that the case gave."""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.contracts.check import Subject


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


def answer_passages(subject: Subject) -> tuple[Passage, ...]:
    """Every text of an answer."""
    if subject.artifact is None:
        return (Passage("", subject.text),)
    found: list[Passage] = []
    _collect_record(subject.artifact, "", found)
    return tuple(found)


def student_passages(subject: Subject) -> tuple[Passage, ...]:
    """What an answer says to the student in its own words: quotes and notes to the teacher are left out."""
    match subject.artifact:
        case None:
            return (Passage("", subject.text),)
        case Feedback() as feedback:
            return (
                *(Passage(f"strengths[{i}].why", item.why) for i, item in enumerate(feedback.strengths)),
                *(
                    passage
                    for i, item in enumerate(feedback.next_steps)
                    for passage in (
                        Passage(f"next_steps[{i}].what", item.what),
                        Passage(f"next_steps[{i}].how", item.how),
                    )
                ),
                Passage("question", feedback.question),
            )
        case _:
            return ()


def given_text(subject: Subject) -> str:
    """All that the case gave as inputs."""
    return "\n".join(subject.input_text(name) for name in subject.case.inputs)


def _collect_record(record: BaseModel, prefix: str, found: list[Passage]) -> None:
    for name, description in _fields(type(record)):
        _collect(getattr(record, name), prefix + name, description, found)


@cache
def _fields(record_type: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a type of record, each with its description."""
    return tuple((name, field.description or "") for name, field in record_type.model_fields.items())


def _collect(value: object, path: str, description: str, found: list[Passage]) -> None:
    match value:
        case Enum():
            return
        case str():
            found.append(Passage(path, value, description))
        case tuple() | list():
            for index, item in enumerate(value):
                _collect(item, f"{path}[{index}]", description, found)
        case BaseModel():
            _collect_record(value, f"{path}.", found)
        case Mapping():
            for key, item in value.items():
                _collect(item, f"{path}[{key}]", description, found)
