"""A lesson plan."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import GRADES, Grade
from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph, Table
from sandbox.domain.record import Record

Line = Annotated[str, Field(min_length=1, max_length=160)]


class Phase(StrEnum):
    """What a segment is for, in the order that explicit teaching takes (Rosenshine 2012)."""

    STARTER = "starter"
    EXPLAIN = "explain"
    GUIDED_PRACTICE = "guided practice"
    INDEPENDENT_PRACTICE = "independent practice"
    REVIEW = "review"


class Misconception(Record):
    """A wrong idea that students often hold."""

    misconception: str = Field(
        min_length=1, max_length=200, description="The wrong idea, as a student would hold it."
    )
    response: str = Field(
        min_length=1, max_length=250, description="What the teacher says or shows to mend it."
    )


class Keyword(Record):
    """A word that the lesson teaches or leans on."""

    term: str = Field(min_length=1, max_length=40, description="The word.")
    definition: str = Field(
        min_length=1,
        max_length=200,
        description="What it means, in words that students of this grade know, without the word itself.",
    )


class Segment(Record):
    """One stretch of the lesson."""

    title: str = Field(min_length=1, max_length=60, description="What this segment is, in a few words.")
    phase: Phase = Field(description="What this segment is for.")
    minutes: int = Field(ge=1, le=120, description="How long it takes, in minutes.")
    teacher_does: str = Field(min_length=1, max_length=300, description="What the teacher does and says.")
    students_do: str = Field(min_length=1, max_length=300, description="What every student does.")
    check_for_understanding: str = Field(
        max_length=220,
        description="A question or task that every student answers, so that it shows who understood.",
    )


class Task(Record):
    """A task with its answer."""

    task: str = Field(min_length=1, max_length=240, description="What the student is asked.")
    answer: str = Field(min_length=1, max_length=200, description="The correct answer, for the teacher.")


class Support(Record):
    """How the lesson stays within reach without becoming easier."""

    need: str = Field(
        min_length=1, max_length=120, description="What a learner may need, without names or diagnoses."
    )
    support: str = Field(
        min_length=1,
        max_length=240,
        description="What is offered so that the learner reaches the same objective.",
    )


class LessonPlan(Artifact):
    """A plan for one lesson that a teacher can teach from."""

    type_name: ClassVar[str] = "lesson_plan"

    title: str = Field(
        min_length=1, max_length=80, description="The lesson's title: a statement, not a question."
    )
    grade: Grade = Field(description="The grade, from K to 12.", json_schema_extra={"enum": list(GRADES)})
    subject: str = Field(min_length=1, max_length=60, description="The school subject.")
    duration_minutes: int = Field(ge=5, le=240, description="How long the whole lesson takes, in minutes.")
    standards: tuple[Annotated[str, Field(max_length=60)], ...] = Field(
        max_length=4,
        description="Codes of standards that the teacher gave. Empty if none were given: never invent one.",
    )
    objective: str = Field(
        min_length=1,
        max_length=190,
        description="One thing that students can do by the end: 'I can' and a verb that can be observed.",
    )
    success_criteria: tuple[Line, ...] = Field(
        min_length=2, max_length=4, description="How a student can tell that the objective is reached."
    )
    prior_knowledge: tuple[Line, ...] = Field(
        min_length=1, max_length=4, description="What students must already know or be able to do."
    )
    key_points: tuple[Line, ...] = Field(
        min_length=2, max_length=4, description="What the lesson teaches, as statements of fact."
    )
    keywords: tuple[Keyword, ...] = Field(
        min_length=1, max_length=5, description="Words that the lesson teaches or leans on."
    )
    misconceptions: tuple[Misconception, ...] = Field(
        min_length=1, max_length=3, description="Wrong ideas to expect, and how to meet them."
    )
    worked_example: str = Field(
        max_length=500, description="One example done step by step, as the teacher would show it."
    )
    segments: tuple[Segment, ...] = Field(
        min_length=2,
        max_length=6,
        description="The lesson from start to end; the minutes add up to duration_minutes.",
    )
    practice: tuple[Task, ...] = Field(
        min_length=1, max_length=3, description="Tasks for practice, with answers."
    )
    differentiation: tuple[Support, ...] = Field(
        min_length=1, max_length=3, description="Supports that keep the same objective within reach."
    )
    exit_ticket: tuple[Task, ...] = Field(
        min_length=1, max_length=2, description="Questions at the end that show who reached the objective."
    )
    materials: tuple[Annotated[str, Field(max_length=80)], ...] = Field(
        max_length=8, description="What to bring or prepare."
    )
    safety_notes: tuple[Line, ...] = Field(
        max_length=3, description="Hazards and what to do about them. Empty if there are none."
    )

    def document(self) -> Document:
        """The lesson plan as a teacher reads it."""
        return Document(self.title, (*self._aims(), *self._course(), *self._tasks()))

    def _aims(self) -> tuple[Block, ...]:
        return (
            Paragraph(f"Grade {self.grade} · {self.subject} · {self.duration_minutes} minutes"),
            Paragraph(self.objective, label="Objective"),
            *([Paragraph(", ".join(self.standards), label="Standards")] if self.standards else ()),
            Heading("Success criteria"),
            Bullets(self.success_criteria),
            Heading("What students already know"),
            Bullets(self.prior_knowledge),
            Heading("Materials"),
            Bullets(self.materials or ("none",)),
            *((Heading("Safety"), Bullets(self.safety_notes)) if self.safety_notes else ()),
            Heading("Key points"),
            Bullets(self.key_points),
            Heading("Keywords"),
            Table(("Word", "Meaning"), tuple((word.term, word.definition) for word in self.keywords)),
            Heading("Wrong ideas to expect"),
            Table(
                ("A student may think", "The teacher answers"),
                tuple((item.misconception, item.response) for item in self.misconceptions),
            ),
        )

    def _course(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        if self.worked_example:
            blocks += [Heading("Worked example"), Paragraph(self.worked_example)]
        blocks.append(Heading("The lesson"))
        for segment in self.segments:
            blocks += [
                Heading(f"{segment.title} ({segment.phase}, {segment.minutes} minutes)", level=2),
                Paragraph(segment.teacher_does, label="Teacher"),
                Paragraph(segment.students_do, label="Students"),
                Paragraph(segment.check_for_understanding or "none", label="Check for understanding"),
            ]
        return tuple(blocks)

    def _tasks(self) -> tuple[Block, ...]:
        return (
            Heading("Practice"),
            Table(("Task", "Answer"), tuple((item.task, item.answer) for item in self.practice)),
            Heading("Supports"),
            Table(
                ("If a learner needs", "Offer"),
                tuple((item.need, item.support) for item in self.differentiation),
            ),
            Heading("Exit ticket"),
            Table(("Question", "Answer"), tuple((item.task, item.answer) for item in self.exit_ticket)),
        )
