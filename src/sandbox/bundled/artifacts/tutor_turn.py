"""The next turn of a tutor in a dialogue with a student."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Document, Heading, Paragraph


class ErrorType(StrEnum):
    """What kind of mistake the student's last words show (Wang and others 2024)."""

    NONE = "none"
    GUESS = "guess"
    MISINTERPRETATION = "misinterpretation"
    CARELESS = "careless"
    RIGHT_IDEA = "right_idea"
    IMPRECISE = "imprecise"
    UNKNOWN = "unknown"


class Strategy(StrEnum):
    """What the tutor does about it (Wang and others 2024)."""

    ASK_QUESTION = "ask_question"
    GIVE_HINT = "give_hint"
    EXPLAIN_CONCEPT = "explain_concept"
    ASK_FOR_REASONING = "ask_for_reasoning"
    CONFIRM = "confirm"
    OFFER_SIMPLER_PROBLEM = "offer_simpler_problem"
    CORRECT_DIRECTLY = "correct_directly"


class TutorTurn(Artifact):
    """What a tutor says next, with the reasons for the teacher."""

    type_name: ClassVar[str] = "tutor_turn"

    error_type: ErrorType = Field(
        description="What the student's last words show: none if they are right, right_idea if only the "
        "carrying out is wrong, unknown if one cannot tell."
    )
    strategy: Strategy = Field(description="What this turn does.")
    hint_level: int = Field(
        ge=0,
        le=3,
        description="How much is said: 0 no hint, 1 where to look, 2 what to think about there, "
        "3 the step on another example.",
    )
    # It cannot be called text: that is every artifact in plain text.
    tutor_says: str = Field(
        min_length=1,
        max_length=500,
        description="What the student reads: two or three short sentences, at most one question, "
        "never the answer.",
    )
    teacher_note: str = Field(
        min_length=1,
        max_length=300,
        description="What the teacher should know: the mistake, and why this turn.",
    )

    def document(self) -> Document:
        """The turn as the student reads it, then the reasons for the teacher."""
        return Document(
            "The tutor's next turn",
            (
                Paragraph(self.tutor_says),
                Heading("For the teacher"),
                Paragraph(self.teacher_note),
                Paragraph(_in_words(self.error_type), label="Kind of mistake"),
                Paragraph(_in_words(self.strategy), label="What the turn does"),
                Paragraph(f"{self.hint_level} of 3", label="How much is said"),
            ),
        )


def _in_words(choice: StrEnum) -> str:
    return choice.replace("_", " ")
