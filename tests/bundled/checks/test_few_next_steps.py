"""Many steps and long speeches are caught; one or two short steps are let be."""

import pytest

from sandbox.bundled.checks.few_next_steps import CHECK
from sandbox.domain.artifact import Artifact
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import turn, with_step, with_steps

TOO_MUCH: dict[str, Artifact] = {
    "three steps": with_steps("Draw a bar.", "Label each part.", "Write one sentence about it."),
    "five steps": with_steps("Draw.", "Label.", "Count.", "Write.", "Read it aloud."),
    "five sentences": with_step(
        how="Draw a bar. Cut it. Shade three parts. Shade two more. Count them all."
    ),
    "six short orders": with_step(
        how="Read it. Mark it. Fix it. Read it again. Show a friend. Hand it in."
    ),
    "a long talk before": with_step(
        what="You chose a bar. It has parts. They are equal. That is a start.",
        how="Now draw the same bar again. Shade three parts. Say what they are called.",
    ),
    "a numbered list": with_step(how="1. Title 2. Names of people 3. Commas 4. The ending"),
    "bullets": with_step(how="Look at:\n- the title\n- the verbs\n- the commas\n- the ending"),
    "numbers in parentheses": with_step(
        how="Mend (1) the title, (2) the verbs (3) the commas (4) the ending"
    ),
    "in spanish": with_step(how="Lee. Marca el verbo. Cambia el final. Lee otra vez. Cuéntalo a un amigo."),
    "in chinese": with_step(how="请再读一遍。画一个图。数一数。写下来。告诉你的同学。"),
    "a lecture of a tutor": turn(
        "You counted the edge. That is the perimeter. The area is inside. It is measured in squares. "
        "Think of rows. How many rows are there?"
    ),
    "a turn of four sentences": turn(
        "You went around. That was careful. Now look inside. How many rows do you see?"
    ),
}

SHORT_ENOUGH: dict[str, Artifact] = {
    "one step": with_steps("Draw a bar with eight parts and shade three of them."),
    "two steps": with_steps("Draw a bar.", "Label each part."),
    "four sentences": with_step(how="Draw a bar. Cut it into eight. Shade three parts. What is left?"),
    "numbers with points": with_step(how="Compare 0.5 and 1.25 on the line. Is 3.75 nearer to 3 or to 4?"),
    "a title": with_step(
        how="Find where Mr. Pell opens the door. Tell what Dr. Ames sees, e.g. her hands."
    ),
    "dots": with_step(how="Go on with ... one number after the other ... until you see a pattern."),
    "a short list": with_step(how="Look at two things:\n- the first verb\n- the last verb"),
    "a sum": with_step(how="Work out 8 - 3 and then 12 - 4 - 2 - 1 with your blocks."),
    "no full stop": with_step(how="read your second line aloud to a friend"),
    "one question": turn("How many rows of tiles are there?"),
    "three sentences": turn("You went around. Now look inside. How many rows do you see?"),
    "a quoted question": turn("The task says “How many?”. What did you count?"),
}


@pytest.mark.parametrize("answer", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_too_much_at_once_is_caught(subject_for, answer):
    """More than a student can take fails or is a warning."""
    judgement = CHECK.run(subject_for(answer))

    assert judgement.outcome in {Outcome.WARN, Outcome.FAIL}
    assert judgement.evidence


@pytest.mark.parametrize("answer", SHORT_ENOUGH.values(), ids=SHORT_ENOUGH.keys())
def test_few_short_steps_pass(subject_for, answer):
    """One or two steps, and a short turn, are enough."""
    assert CHECK.run(subject_for(answer)).outcome is Outcome.PASS


def test_what_is_far_too_much_fails(subject_for):
    """Three steps and a lecture fail; one sentence too many is a warning."""
    outcomes = [
        CHECK.run(subject_for(TOO_MUCH[name])).outcome for name in ("three steps", "five sentences")
    ]

    assert outcomes == [Outcome.FAIL, Outcome.WARN]
    assert CHECK.run(subject_for(TOO_MUCH["a lecture of a tutor"])).outcome is Outcome.FAIL


def test_what_has_no_steps_is_not_judged(subject_for, good_lesson_plan):
    """A plan is no feedback, and feedback without a step has nothing to count."""
    assert CHECK.run(subject_for(good_lesson_plan)).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(subject_for(with_steps())).outcome is Outcome.NOT_APPLICABLE
