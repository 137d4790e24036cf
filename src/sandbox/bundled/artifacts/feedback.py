"""Feedback on a student's work."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Block, Document, Heading, Paragraph, Table
from sandbox.domain.record import Record


class Confidence(StrEnum):
    """How sure the writer of the feedback is; low asks the teacher to read the work first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Strength(Record):
    """Something that the work does well."""

    quote: str = Field(
        min_length=1, max_length=200, description="The student's own words, copied exactly from the work."
    )
    why: str = Field(
        min_length=1,
        max_length=240,
        description="What these words achieve. It praises the work and the effort, never the child.",
    )


class NextStep(Record):
    """One thing to do next."""

    quote: str = Field(
        min_length=1, max_length=200, description="The words to work on, copied exactly from the work."
    )
    what: str = Field(
        min_length=1, max_length=200, description="What is not right yet, or could be stronger."
    )
    how: str = Field(
        min_length=1,
        max_length=240,
        description="What the student can do about it, without being given the answer.",
    )


class Feedback(Artifact):
    """Feedback that a teacher reads, edits and hands to the student."""

    type_name: ClassVar[str] = "feedback"

    strengths: tuple[Strength, ...] = Field(
        min_length=1, max_length=2, description="What the work does well, at most two things."
    )
    next_steps: tuple[NextStep, ...] = Field(
        min_length=1, max_length=2, description="What to do next, the most important first, at most two."
    )
    question: str = Field(
        min_length=1,
        max_length=200,
        description="One question to the student that helps them find the next step themselves.",
    )
    is_revision_needed: bool = Field(description="Whether the work should be revised before moving on.")
    teacher_note: str = Field(
        min_length=1,
        max_length=300,
        description="What the teacher should look at before handing it on.",
    )
    confidence: Confidence = Field(description="How sure you are that this reading of the work is right.")

    def document(self) -> Document:
        """The feedback as the student reads it, then the note to the teacher."""
        return Document(
            "Feedback on your work",
            (
                Heading("What works"),
                Table(
                    ("You wrote", "Why it works"),
                    tuple((item.quote, item.why) for item in self.strengths),
                ),
                Heading("What to do next"),
                Table(
                    ("You wrote", "What to look at", "How"),
                    tuple((item.quote, item.what, item.how) for item in self.next_steps),
                ),
                Heading("A question for you"),
                Paragraph(self.question),
                *self._for_the_teacher(),
            ),
        )

    def _for_the_teacher(self) -> tuple[Block, ...]:
        return (
            Heading("For the teacher, before it is handed on"),
            Paragraph(self.teacher_note),
            Paragraph("yes" if self.is_revision_needed else "no", label="Revision needed"),
            Paragraph(self.confidence, label="Confidence of the writer"),
        )
