"""A quiz with its answer key."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import GRADES, Grade
from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph, Table
from sandbox.domain.record import Record

LETTERS = "ABCDE"


class ItemKind(StrEnum):
    """How a question is answered."""

    MULTIPLE_CHOICE = "multiple_choice"
    SHORT_ANSWER = "short_answer"
    ORDER = "order"
    MATCH = "match"


class Option(Record):
    """One answer to choose from."""

    text: str = Field(min_length=1, max_length=160, description="The answer as the student reads it.")
    is_key: bool = Field(description="Whether this is the right answer. Exactly one option is.")
    misconception: str = Field(
        max_length=200,
        description="What a student who chooses this wrong option may think. Empty for the right one.",
    )


class Item(Record):
    """One question with all that is needed to ask it and to mark it."""

    stem: str = Field(
        min_length=1,
        max_length=400,
        description="The question, complete in itself; for order and match with all that is to be sorted.",
    )
    kind: ItemKind = Field(description="How the question is answered.")
    options: tuple[Option, ...] = Field(
        max_length=5,
        description="multiple_choice: three to five options, exactly one right. Empty for other kinds.",
    )
    accepted_answers: tuple[Annotated[str, Field(min_length=1, max_length=120)], ...] = Field(
        max_length=8,
        description=(
            "short_answer: up to four ways to say the right answer. order: the right sequence, one entry "
            "each. match: pairs such as 'a = b', one entry each. Empty for multiple_choice."
        ),
    )
    hint: str = Field(
        max_length=200, description="What helps a student who is stuck, without telling the answer."
    )
    explanation: str = Field(
        min_length=1, max_length=300, description="Why the right answer is right, worked out in steps."
    )
    depth: int = Field(
        ge=1,
        le=4,
        description="1 recalls, 2 uses a skill or idea, 3 reasons and explains, 4 investigates at length.",
    )


class Quiz(Artifact):
    """Questions that show a teacher what students know and what they confuse."""

    type_name: ClassVar[str] = "quiz"

    title: str = Field(min_length=1, max_length=80, description="The quiz's title.")
    grade: Grade = Field(description="The grade, from K to 12.", json_schema_extra={"enum": list(GRADES)})
    subject: str = Field(min_length=1, max_length=60, description="The school subject.")
    topic: str = Field(min_length=1, max_length=100, description="What the quiz asks about.")
    instructions: str = Field(
        min_length=1, max_length=300, description="What students are told before they start."
    )
    items: tuple[Item, ...] = Field(
        min_length=1, max_length=12, description="The questions, from the easiest to the hardest."
    )

    def document(self) -> Document:
        """The quiz as students get it, then the key for the teacher."""
        return Document(self.title, (*self._questions(), *self._key(), *self._wrong_options()))

    def _questions(self) -> tuple[Block, ...]:
        blocks: list[Block] = [
            Paragraph(f"Grade {self.grade} · {self.subject} · {self.topic}"),
            Paragraph(self.instructions),
        ]
        for number, item in enumerate(self.items, 1):
            blocks += [Heading(f"Question {number}"), *_asked(item)]
            if item.options:
                blocks.append(Bullets(tuple(map(_lettered, LETTERS, item.options))))
        return tuple(blocks)

    def _key(self) -> tuple[Block, ...]:
        rows = tuple(
            (f"{number} (depth {item.depth})", _answer(item), item.explanation, item.hint or "none")
            for number, item in enumerate(self.items, 1)
        )
        return (
            Heading("For the teacher: answer key"),
            Paragraph("1 recalls, 2 uses a skill, 3 gives reasons, 4 investigates", label="Depth"),
            Table(("Question", "Answer", "Why", "Hint"), rows),
        )

    def _wrong_options(self) -> tuple[Block, ...]:
        rows = tuple(
            (str(number), _lettered(letter, option), option.misconception)
            for number, item in enumerate(self.items, 1)
            for letter, option in zip(LETTERS, item.options, strict=False)
            if option.misconception
        )
        columns = ("Question", "A student who chose", "May think")
        return (Heading("For the teacher: what wrong answers tell"), Table(columns, rows)) if rows else ()


def _lettered(letter: str, option: Option) -> str:
    return f"{letter}) {option.text}"


def _answer(item: Item) -> str:
    """The right answer in one line: options first, then what was written out."""
    keys = [
        _lettered(letter, option)
        for letter, option in zip(LETTERS, item.options, strict=False)
        if option.is_key
    ]
    between = {ItemKind.ORDER: ", then ", ItemKind.MATCH: "; "}.get(item.kind, " or ")
    return between.join([*keys, *item.accepted_answers]) or "none given"


def _asked(item: Item) -> list[Block]:
    """The question line by line; what is to be sorted stands in a list."""
    lines = [line.strip() for line in item.stem.splitlines() if line.strip()]
    first, *rest = lines or [""]
    if rest and item.kind in {ItemKind.ORDER, ItemKind.MATCH}:
        return [Paragraph(first), Bullets(tuple(rest))]
    return [Paragraph(first), *map(Paragraph, rest)]
