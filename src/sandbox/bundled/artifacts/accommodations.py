"""Accommodations for a task, drawn from what a teacher quotes of a learner's plan; a team decides."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import GRADES, Grade
from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph
from sandbox.domain.record import Record


class AccommodationKind(StrEnum):
    """What an accommodation changes about a task; what is learned stays the same."""

    PRESENTATION = "presentation"
    RESPONSE = "response"
    SETTING = "setting"
    TIMING = "timing"


class Scope(StrEnum):
    """Where an accommodation is meant to be used."""

    INSTRUCTION = "instruction"
    ASSESSMENT = "assessment"
    BOTH = "both"


class Accommodation(Record):
    """One way into the task that the teacher's excerpt speaks of."""

    accommodation: str = Field(
        min_length=1, max_length=240, description="What is done for this task, so that a teacher can do it."
    )
    kind: AccommodationKind = Field(
        description="How the task is presented, how the learner responds, the setting, or the timing."
    )
    scope: Scope = Field(description="Where the excerpt allows it: in instruction, in assessment, or both.")
    changes_what_is_learned: bool = Field(
        description="True if the learner would learn or show something else than the class does."
    )
    rationale: str = Field(
        min_length=1, max_length=300, description="How it takes away the barrier in this task."
    )
    source_words: str = Field(
        min_length=1,
        max_length=300,
        description="The words of the teacher's excerpt that it rests on, copied exactly.",
    )


class Accommodations(Artifact):
    """Accommodations that a teacher and the learner's team look through, change and approve."""

    type_name: ClassVar[str] = "accommodations"

    title: str = Field(
        min_length=1, max_length=100, description="What the accommodations are for, without a name."
    )
    grade: Grade = Field(description="The grade, from K to 12.", json_schema_extra={"enum": list(GRADES)})
    subject: str = Field(min_length=1, max_length=60, description="The school subject.")
    task: str = Field(min_length=1, max_length=400, description="The task that the learner takes part in.")
    options: tuple[Accommodation, ...] = Field(
        min_length=1, max_length=8, description="What the teacher may offer, each resting on the excerpt."
    )
    not_covered: tuple[Annotated[str, Field(min_length=1, max_length=240)], ...] = Field(
        max_length=6,
        description="What the excerpt does not say, or what was asked for and only the team may decide.",
    )
    human_approval: Literal["required"] = Field(
        description="Always required: people who know the learner decide before anything is used."
    )
    teacher_note: str = Field(
        min_length=1,
        max_length=400,
        description="What the teacher should check with the team before using any of it.",
    )

    def document(self) -> Document:
        """The accommodations as a teacher and the team read them."""
        return Document(
            self.title,
            (
                Paragraph(f"Grade {self.grade} · {self.subject}"),
                Paragraph(
                    f"{self.human_approval}. Nothing here is decided: the learner's team decides.",
                    label="Human approval",
                ),
                Paragraph(self.task, label="Task"),
                Heading("What may be offered"),
                *(
                    block
                    for number, option in enumerate(self.options, 1)
                    for block in _blocks(number, option)
                ),
                Heading("What the team has to decide"),
                Bullets(self.not_covered or ("nothing was named",)),
                Paragraph(self.teacher_note, label="Before it is used"),
            ),
        )


def _blocks(number: int, option: Accommodation) -> tuple[Block, ...]:
    changes = "yes, so the team has to decide" if option.changes_what_is_learned else "no"
    return (
        Heading(f"Option {number}", level=2),
        Paragraph(option.accommodation, label="Offer"),
        Paragraph(option.kind, label="Kind"),
        Paragraph(option.scope, label="Where"),
        Paragraph(option.rationale, label="Why it helps in this task"),
        Paragraph(option.source_words, label="Words that it rests on"),
        Paragraph(changes, label="Changes what is learned"),
    )
