"""The texts of an answer with their paths, and the texts that the case gave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from pydantic import BaseModel

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.contracts.check import Subject


@dataclass(frozen=True, slots=True)
class Passage:
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
    return tuple(_of_record(subject.artifact, ""))


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


def _of_record(record: BaseModel, prefix: str) -> Iterator[Passage]:
    for name, field in type(record).model_fields.items():
        yield from _of_value(getattr(record, name), prefix + name, field.description or "")


def _of_value(value: object, path: str, description: str) -> Iterator[Passage]:
    match value:
        case Enum():
            return
        case str():
            yield Passage(path, value, description)
        case BaseModel():
            yield from _of_record(value, f"{path}.")
        case tuple() | list():
            for index, item in enumerate(value):
                yield from _of_value(item, f"{path}[{index}]", description)
        case Mapping():
            for key, item in value.items():
                yield from _of_value(item, f"{path}[{key}]", description)
