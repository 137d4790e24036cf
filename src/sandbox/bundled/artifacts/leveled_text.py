"""A text rewritten for readers of a grade."""

import re
from typing import Annotated, ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import GRADES, Grade
from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph, Table
from sandbox.domain.record import Record

Idea = Annotated[str, Field(min_length=1, max_length=200)]

EMPTY_LINES = re.compile(r"\n[^\S\n]*\n")


class GlossaryEntry(Record):
    """A word of the text that is explained."""

    term: str = Field(min_length=1, max_length=40, description="The word, as it stands in the text.")
    definition: str = Field(
        min_length=1,
        max_length=200,
        description="What it means here, in easier words and without the word itself.",
    )


class TextQuestion(Record):
    """A question that the text answers."""

    question: str = Field(min_length=1, max_length=240, description="A question about the text.")
    answer: str = Field(min_length=1, max_length=240, description="The answer that the text gives.")
    evidence: str = Field(
        min_length=1, max_length=240, description="The words of the text that show it, copied exactly."
    )


class LeveledText(Artifact):
    """A text with the ideas of its original, in words that readers of a grade can follow."""

    type_name: ClassVar[str] = "leveled_text"

    title: str = Field(min_length=1, max_length=100, description="The title of the text.")
    grade: Grade = Field(
        description="The grade of the readers, from K to 12.", json_schema_extra={"enum": list(GRADES)}
    )
    subject: str = Field(min_length=1, max_length=60, description="The school subject.")
    # It cannot be called text: that is every artifact in plain text.
    rewritten_text: str = Field(
        min_length=1,
        max_length=6000,
        description="The rewritten text, its paragraphs separated by empty lines.",
    )
    glossary: tuple[GlossaryEntry, ...] = Field(
        max_length=15, description="Words of the subject that stay in the text and need explaining."
    )
    questions: tuple[TextQuestion, ...] = Field(
        min_length=1, max_length=8, description="Questions about the text, with answers."
    )
    kept_ideas: tuple[Idea, ...] = Field(
        min_length=1, max_length=8, description="The main ideas of the original that the text keeps."
    )
    left_out: tuple[Idea, ...] = Field(
        max_length=6, description="What the original says and the text leaves out. Empty if nothing."
    )

    def document(self) -> Document:
        """The text as students read it, then the answers and what the teacher should compare."""
        return Document(self.title, (*self._for_students(), *self._for_the_teacher()))

    def _for_students(self) -> tuple[Block, ...]:
        blocks: list[Block] = [Paragraph(f"Grade {self.grade} · {self.subject}")]
        blocks += [
            Paragraph(each.strip()) for each in EMPTY_LINES.split(self.rewritten_text) if each.strip()
        ]
        if self.glossary:
            rows = tuple((entry.term, entry.definition) for entry in self.glossary)
            blocks += [Heading("Words to know"), Table(("Word", "Meaning"), rows)]
        return (*blocks, Heading("Questions"), Bullets(tuple(each.question for each in self.questions)))

    def _for_the_teacher(self) -> tuple[Block, ...]:
        rows = tuple((each.question, each.answer, each.evidence) for each in self.questions)
        return (
            Heading("For the teacher: answers"),
            Table(("Question", "Answer", "Words of the text"), rows),
            Heading("For the teacher: compare with the original"),
            Heading("Ideas that were kept", level=2),
            Bullets(self.kept_ideas),
            Heading("What was left out", level=2),
            Bullets(self.left_out or ("nothing",)),
        )
