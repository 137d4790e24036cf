"""A tutor's turn that no check has anything against, and feedback, to be changed in one place."""

from sandbox.bundled.artifacts.feedback import Feedback, NextStep, Strength
from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from tests.examples import FEEDBACK

DIALOGUE = (
    "Tutor: How many tiles cover the floor?\nStudent: 6+4+6+4 so it is 20 tiles. i went around the edge"
)
TASK = "A floor is 6 feet long and 4 feet wide. How many square tiles of one foot cover it?"
INPUTS = {"task": TASK, "dialogue": DIALOGUE}

_TURN = TutorTurn.model_validate(
    {
        "error_type": "misinterpretation",
        "strategy": "ask_question",
        "hint_level": 1,
        "tutor_says": "You went around the edge and counted 20. What would you count to cover the inside?",
        "teacher_note": "Counts the perimeter. Tiles to lay out would help.",
    }
)
_FEEDBACK = Feedback.model_validate(FEEDBACK)


def turn(says: str = _TURN.tutor_says, **changes: object) -> TutorTurn:
    """A turn in which the tutor says this."""
    return TutorTurn.model_validate(_TURN.model_dump() | {"tutor_says": says} | changes)


def feedback(**changes: object) -> Feedback:
    """Feedback, changed in these fields."""
    return _FEEDBACK.model_copy(update=changes)


def with_step(**changes: object) -> Feedback:
    """Feedback with one next step, changed in these fields."""
    return feedback(next_steps=(_FEEDBACK.next_steps[0].model_copy(update=changes),))


def with_steps(*hows: str) -> Feedback:
    """Feedback with a next step for each of these ways to go on."""
    first: NextStep = _FEEDBACK.next_steps[0]
    return feedback(next_steps=tuple(first.model_copy(update={"how": how}) for how in hows))


def with_whys(*whys: str) -> Feedback:
    """Feedback with a strength for each of these reasons."""
    first: Strength = _FEEDBACK.strengths[0]
    return feedback(strengths=tuple(first.model_copy(update={"why": why}) for why in whys))
