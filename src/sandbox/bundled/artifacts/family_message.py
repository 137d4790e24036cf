"""A message to families."""

from typing import Annotated, ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph

Extra = Annotated[str, Field(min_length=1, max_length=200)]


class FamilyMessage(Artifact):
    """A message that a teacher reads, edits and sends to the families of a class."""

    type_name: ClassVar[str] = "family_message"

    subject_line: str = Field(
        min_length=1, max_length=100, description="What the message is about, in a few plain words."
    )
    language: str = Field(
        min_length=2,
        max_length=20,
        description="The code of the language of the message, such as en or es.",
    )
    greeting: str = Field(min_length=1, max_length=80, description="A warm greeting that names no student.")
    what_we_learn: str = Field(
        min_length=1,
        max_length=500,
        description="What the class learns and why it matters, in short sentences without school jargon.",
    )
    one_action: str = Field(
        min_length=1,
        max_length=300,
        description="One thing to do at home, with what is in every home, in a few minutes.",
    )
    optional_extras: tuple[Extra, ...] = Field(
        max_length=3, description="What a family may also do. Empty if there is nothing."
    )
    questions_welcome: str = Field(
        min_length=1, max_length=200, description="A sentence that invites questions, in any language."
    )
    contact: str = Field(
        min_length=1,
        max_length=120,
        description="A placeholder such as [TEACHER CONTACT]. Never an address or a number.",
    )
    back_translation: str = Field(
        max_length=1500,
        description="The whole message in English, for the teacher; empty if the message is in English.",
    )
    teacher_note: str = Field(
        min_length=1,
        max_length=300,
        description="What the teacher should check or fill in before sending it.",
    )

    def document(self) -> Document:
        """The message as a family reads it, then what is for the teacher only."""
        extras: tuple[Block, ...] = ()
        if self.optional_extras:
            extras = (Heading("If you would like more"), Bullets(self.optional_extras))
        return Document(
            self.subject_line,
            (
                Paragraph(self.greeting),
                Paragraph(self.what_we_learn),
                Heading("One thing to do at home"),
                Paragraph(self.one_action),
                *extras,
                Paragraph(self.questions_welcome),
                Paragraph(self.contact),
                *self._for_the_teacher(),
            ),
        )

    def _for_the_teacher(self) -> tuple[Block, ...]:
        back = (Paragraph(self.back_translation, label="In English"),) if self.back_translation else ()
        return (
            Heading("For the teacher, before it is sent"),
            Paragraph(self.teacher_note),
            Paragraph(self.language, label="Language of the message"),
            *back,
        )
