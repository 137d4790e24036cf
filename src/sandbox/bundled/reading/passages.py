"""Who speaks to whom: what an answer says to its reader, and what the student has said and seen."""

from sandbox.bundled.artifacts.family_message import FamilyMessage
from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from sandbox.contracts.check import Subject
from sandbox.domain.passages import Passage

_FROM_THE_STUDENT = ("student_work", "dialogue")
_FOR_THE_MODEL = frozenset({"solution"})
"""Inputs that the student never sees."""


def student_passages(subject: Subject) -> tuple[Passage, ...]:
    """What an answer says to the student in its own words: quotes and notes to the teacher are left out."""
    match subject.answer:
        case str():
            return subject.passages
        case TutorTurn() as turn:
            return (Passage("tutor_says", turn.tutor_says),)
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


def family_passages(message: FamilyMessage) -> tuple[Passage, ...]:
    """What a message says to families: notes to the teacher and the translation for them are left out."""
    return (
        Passage("greeting", message.greeting),
        Passage("what_we_learn", message.what_we_learn),
        Passage("one_action", message.one_action),
        *(Passage(f"optional_extras[{i}]", extra) for i, extra in enumerate(message.optional_extras)),
        Passage("questions_welcome", message.questions_welcome),
    )


def words_of_the_student(subject: Subject) -> str:
    """The student's work, or the dialogue with a tutor."""
    return "\n".join(text for name in _FROM_THE_STUDENT if (text := subject.input_text(name)))


def known_to_the_student(subject: Subject) -> str:
    """All that the case gave, but for what is there for the model only."""
    return "\n".join(subject.input_text(name) for name in subject.case.inputs if name not in _FOR_THE_MODEL)
