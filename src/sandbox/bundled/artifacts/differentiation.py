"""Supports that bring every learner to one objective."""

from typing import ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import GRADES, Grade
from sandbox.domain.document import Block, Document, Heading, Paragraph
from sandbox.domain.record import Record


class Scaffold(Record):
    """One support: for which need, against which barrier, and how it is taken away again."""

    learner_need: str = Field(
        min_length=1,
        max_length=120,
        description="What a learner needs in order to take part, as one can see it. No name, no diagnosis.",
    )
    barrier: str = Field(
        min_length=1, max_length=200, description="What in the task or the room stands in the way."
    )
    support: str = Field(
        min_length=1,
        max_length=300,
        description="What the teacher offers, ready to use: the words, the tool or the steps.",
    )
    udl_consideration: str = Field(
        min_length=1,
        max_length=10,
        description="The UDL 3.0 consideration that it serves, as a number such as 2.1.",
    )
    when_to_use: str = Field(
        min_length=1, max_length=200, description="When to offer it: what the teacher sees or hears."
    )
    fade_plan: str = Field(
        min_length=1, max_length=200, description="How it is taken away, step by step, and after what sign."
    )
    keeps_objective: bool = Field(description="Whether the learner still does all that the objective asks.")


class Differentiation(Artifact):
    """Supports and an extension for one task, with the same objective for everyone."""

    type_name: ClassVar[str] = "differentiation"

    title: str = Field(
        min_length=1, max_length=100, description="What the supports are for, in a few words."
    )
    grade: Grade = Field(description="The grade, from K to 12.", json_schema_extra={"enum": list(GRADES)})
    subject: str = Field(min_length=1, max_length=60, description="The school subject.")
    objective: str = Field(
        min_length=1,
        max_length=190,
        description="The objective as the teacher gave it, the same for everyone.",
    )
    scaffolds: tuple[Scaffold, ...] = Field(
        min_length=1, max_length=8, description="The supports, at least one for each need that was given."
    )
    extension: str = Field(
        min_length=1,
        max_length=300,
        description="A task that goes deeper into the same objective, for those who reach it early.",
    )
    teacher_note: str = Field(
        min_length=1,
        max_length=400,
        description="What the teacher should check or decide before using this.",
    )

    def document(self) -> Document:
        """The supports as a teacher reads them."""
        return Document(
            self.title,
            (
                Paragraph(f"Grade {self.grade} · {self.subject}"),
                Paragraph(self.objective, label="Objective for everyone"),
                Heading("Supports"),
                *(block for scaffold in self.scaffolds for block in _blocks(scaffold)),
                Heading("For those who are ready to go deeper"),
                Paragraph(self.extension),
                Heading("Before you use it"),
                Paragraph(self.teacher_note),
            ),
        )


def _blocks(scaffold: Scaffold) -> tuple[Block, ...]:
    return (
        Heading(f"If a learner needs: {scaffold.learner_need}", level=2),
        Paragraph(scaffold.barrier, label="What stands in the way"),
        Paragraph(scaffold.support, label="Offer"),
        Paragraph(scaffold.when_to_use, label="When"),
        Paragraph(scaffold.fade_plan, label="Take it away"),
        Paragraph(scaffold.udl_consideration, label="UDL consideration"),
        Paragraph("yes" if scaffold.keeps_objective else "no", label="Keeps the objective"),
    )
