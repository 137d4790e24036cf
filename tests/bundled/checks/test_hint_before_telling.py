"""Turns that tell, or are not what they say, are caught; hints and honest corrections are let be."""

import pytest

from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from sandbox.bundled.checks.hint_before_telling import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import turn

TELLING = {
    "corrects without a hint": turn("Use rows.", strategy="correct_directly", hint_level=0),
    "corrects after one hint": turn("Count the rows.", strategy="correct_directly", hint_level=1),
    "corrects what is right": turn(
        "Write it so.", strategy="correct_directly", hint_level=3, error_type="none"
    ),
    "a hint of nothing": turn("Think of rows.", strategy="give_hint", hint_level=0),
    "confirms a mistake": turn("That's it!", strategy="confirm", error_type="misinterpretation"),
    "confirms a guess": turn("Right!", strategy="confirm", error_type="guess"),
    "asks nothing": turn("Think of rows.", strategy="ask_question"),
    "asks for no reasons": turn("Count the rows.", strategy="ask_for_reasoning"),
    "the answer is": turn("The answer is 24. Do you see why?"),
    "it should be": turn("It should be 24. Can you see why?", hint_level=0),
    "the correct word": turn("The correct word is hexagon. How many sides has it?"),
    "you should write": turn("You should write “went”. What did you write?"),
    "here is the step": turn("Here is the next step: times 4. What comes out?"),
}
HINTING = {
    "a question": turn(),
    "a hint": turn("Think of rows. How many are there?", strategy="give_hint", hint_level=1),
    "an example": turn(
        "On a 2 by 3 floor I see 2 rows of 3. And here?", strategy="give_hint", hint_level=3
    ),
    "a correction after hints": turn(
        "The word we need is area. Where is it in the task?", strategy="correct_directly", hint_level=3
    ),
    "confirms what is right": turn("Yes, rows of tiles fill it.", strategy="confirm", error_type="none"),
    "confirms the idea": turn("Rows are a good idea.", strategy="confirm", error_type="right_idea"),
    "explains": turn("Area is what is inside an edge.", strategy="explain_concept", hint_level=2),
    "a simpler problem": turn("Try a floor of 2 by 3.", strategy="offer_simpler_problem", hint_level=2),
    "the answer is not": turn("The answer is not in the edge. Where else could you look?"),
    "it should be about": turn("It should be about the inside. What is there?"),
    "asks in spanish": turn("¿Cuántas filas hay?"),
    "asks in arabic": turn("كم صفا هناك؟"),
    "should": turn("Should it be more or less than 20?"),
}


@pytest.mark.parametrize("answer", TELLING.values(), ids=TELLING.keys())
def test_telling_before_a_hint_is_a_warning(subject_for, answer: TutorTurn):
    """A turn that tells, or is not what it says, is worth a look."""
    assert CHECK.run(subject_for(answer)).outcome is Outcome.WARN


@pytest.mark.parametrize("answer", HINTING.values(), ids=HINTING.keys())
def test_hints_and_honest_corrections_pass(subject_for, answer: TutorTurn):
    """Hints first, and telling only after them."""
    assert CHECK.run(subject_for(answer)).outcome is Outcome.PASS


def test_feedback_is_not_judged(subject_for, good_feedback):
    """It looks at turns of a tutor only."""
    assert CHECK.run(subject_for(good_feedback)).outcome is Outcome.NOT_APPLICABLE
