"""A rubric."""

from typing import ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import GRADES, Grade
from sandbox.domain.document import Block, Document, Heading, Paragraph, Table
from sandbox.domain.record import Record


class Level(Record):
    """One step of quality within a criterion."""

    label: str = Field(
        min_length=1,
        max_length=40,
        description="The level's name, the same in every criterion and respectful in each of them.",
    )
    points: int = Field(ge=0, le=100, description="What this level counts, the same in every criterion.")
    descriptor: str = Field(
        min_length=1,
        max_length=300,
        description="What can be seen or heard in work of this level, told without another level.",
    )
    in_student_words: str = Field(
        min_length=1,
        max_length=300,
        description="The same for the student: it starts with 'I' and uses words of this grade.",
    )


class Criterion(Record):
    """One quality of the work that is looked at for itself."""

    name: str = Field(min_length=1, max_length=60, description="The quality that is looked at.")
    weight_percent: int = Field(
        ge=1, le=100, description="Its share of the whole; the shares of all criteria add up to 100."
    )
    levels: tuple[Level, ...] = Field(
        min_length=3, max_length=6, description="The levels, from the strongest work to the weakest."
    )


class Rubric(Artifact):
    """A rubric that teacher and students use on the same piece of work."""

    type_name: ClassVar[str] = "rubric"

    title: str = Field(min_length=1, max_length=100, description="The rubric's title.")
    grade: Grade = Field(description="The grade, from K to 12.", json_schema_extra={"enum": list(GRADES)})
    subject: str = Field(min_length=1, max_length=60, description="The school subject.")
    task: str = Field(min_length=1, max_length=400, description="What students are asked to do or make.")
    criteria: tuple[Criterion, ...] = Field(
        min_length=2, max_length=6, description="The qualities, the most important first; none overlap."
    )
    how_to_use: str = Field(
        min_length=1,
        max_length=400,
        description="How students use it before handing in and how the teacher uses it afterwards.",
    )

    def document(self) -> Document:
        """The rubric for the teacher, then the same in the students' words."""
        return Document(self.title, (*self._head(), *self._for_the_teacher(), *self._for_students()))

    def _head(self) -> tuple[Block, ...]:
        return (
            Paragraph(f"Grade {self.grade} · {self.subject}"),
            Paragraph(self.task, label="Task"),
            Paragraph(self.how_to_use, label="How to use it"),
        )

    def _for_the_teacher(self) -> tuple[Block, ...]:
        blocks: list[Block] = [Heading("For the teacher")]
        for criterion in self.criteria:
            rows = tuple((f"{each.label} ({each.points})", each.descriptor) for each in criterion.levels)
            blocks += [
                Heading(f"{criterion.name} ({criterion.weight_percent} %)", level=2),
                Table(("Level (points)", "What the work shows"), rows),
            ]
        return tuple(blocks)

    def _for_students(self) -> tuple[Block, ...]:
        blocks: list[Block] = [Heading("For students")]
        for criterion in self.criteria:
            rows = tuple((each.label, each.in_student_words) for each in criterion.levels)
            blocks += [Heading(criterion.name, level=2), Table(("Level", "In my words"), rows)]
        return tuple(blocks)
