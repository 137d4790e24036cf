"""Many questions and none are caught; one question, or one thing to do, is let be."""

import pytest

from sandbox.bundled.checks.one_question import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import INPUTS, turn

NOT_ONE = {
    "two": "What did you count? How many rows are there?",
    "three": "What did you count? Why? How many rows are there?",
    "with a check": "How many rows do you see? Does that make sense?",
    "a volley": "Is it 20? Is it more? Is it less? What do you think?",
    "in spanish": "¿Qué contaste? ¿Cuántas filas hay?",
    "in chinese": "你数了什么？有几行？",
    "in arabic": "ماذا عددت؟ كم صفا هناك؟",
    "none, only praise": "Good job, you are nearly there.",
    "none, a lecture": "The area is the space inside a shape.",
    "none, comfort": "No worries, this takes time.",
    "none, try again": "Not quite. Try again!",
    "a question and why": "Which tiles did you count? And why those?",
}
ONE = {
    "one": "How many rows of tiles are there?",
    "after a statement": "You went around the edge. What is inside?",
    "an act": "Draw the floor and put one tile into each corner.",
    "an act after an opener": "Now try to lay one row of tiles along the long side.",
    "a quoted task": "The task asks “How many square tiles of one foot cover it?”. What did you count?",
    "marks of surprise": "What is inside?!",
    "doubled": "What is inside??",
    "in spanish": "Fuiste por el borde. ¿Qué hay adentro?",
    "two in one sentence": "What did you count, and how?",
    "let's": "Let's look at the corner where both sides meet.",
    "tell me": "Tell me how you found the 20.",
    "show": "Show me with your finger which tiles you counted.",
}


@pytest.mark.parametrize("words", NOT_ONE.values(), ids=NOT_ONE.keys())
def test_more_or_less_than_one_is_caught(subject_for, words):
    """A student can answer one question, and has to have one."""
    assert CHECK.run(subject_for(turn(words), inputs=INPUTS)).outcome in {Outcome.WARN, Outcome.FAIL}


@pytest.mark.parametrize("words", ONE.values(), ids=ONE.keys())
def test_one_question_or_act_passes(subject_for, words):
    """There is exactly one thing to answer or to do."""
    assert CHECK.run(subject_for(turn(words), inputs=INPUTS)).outcome is Outcome.PASS


def test_three_questions_fail_and_two_are_a_warning(subject_for):
    """The more there are, the surer it is that most stay unanswered."""
    two, three = (CHECK.run(subject_for(turn(NOT_ONE[name]))).outcome for name in ("two", "three"))

    assert (two, three) == (Outcome.WARN, Outcome.FAIL)


def test_what_cannot_be_told_is_not_judged(subject_for, good_feedback):
    """Feedback is no turn, and whether Spanish words give something to do is not known."""
    spanish = subject_for(turn("Dibuja las filas."), inputs={"language": "es"})

    assert CHECK.run(subject_for(good_feedback)).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(spanish).outcome is Outcome.NOT_APPLICABLE
