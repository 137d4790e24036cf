"""Students see how it is done before they do it alone."""

import pytest

from sandbox.bundled.checks.example_before_practice import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import (
    ALONE,
    STARTER,
    but,
    but_segment,
    in_order,
    language_of,
    segment,
)
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING

SILENT = segment("Work", ALONE, 20, "Sits at the desk.", "Do the sheet.", "Hand in the sheet.")
WELCOME = segment("Welcome", STARTER, 5, "Takes attendance.", "Sit down.", "Which date is it?")

CAUGHT = {
    "no example": but(FRACTIONS, worked_example=""),
    "none said": but(POND, worked_example="None"),
    "to be done": but(CLAIMS, worked_example="TBD"),
    "an exercise only": but(FRACTIONS, worked_example="What is 2/8 + 3/8?"),
    "an exercise with an order": but(FRACTIONS, worked_example="Solve 3/5 + 1/5."),
    "one bare result": but(FRACTIONS, worked_example="2/8 + 3/8 = 5/8"),
    "one bare statement": but(SHARING, worked_example="A coat is a need."),
    "only named": but(CLAIMS, worked_example="An example of good evidence from the article"),
    "alone first": in_order(FRACTIONS, 0, 3, 1, 4),
    "alone at the start": in_order(POND, 3, 1, 4),
    "nobody shows anything": but(SHARING, segments=(WELCOME, SILENT)),
    "explained after the work alone": in_order(CLAIMS, 3, 1, 2, 4),
    "Spanish, none": but(AGUA, worked_example=" "),
}
LEFT_ALONE = {
    **GOOD_PLANS,
    "numbered steps": but(
        FRACTIONS, worked_example="1) Draw the bar 2) Shade two parts 3) Shade three more"
    ),
    "arrows": but(FRACTIONS, worked_example="3(x + 2) = 12 → x + 2 = 4 → x = 2"),
    "chain of equations": but(FRACTIONS, worked_example="28 + 14 = 28 + 2 + 12 = 30 + 12 = 42"),
    "first, then": but(
        SHARING, worked_example="First I ask if I can live without it, then I put it on a side"
    ),
    "semicolons": but(
        POND, worked_example="Algae feed the snail; the snail feeds the fish; bacteria end it"
    ),
    "lines": but(FRACTIONS, worked_example="2/8 + 3/8\n= 5/8\nThe parts are eighths"),
    "question and then the way": but(
        FRACTIONS, worked_example="What is 2/8 + 3/8? Shade 2 parts. Shade 3 more. Count: 5/8."
    ),
    "nothing alone": in_order(SHARING, 0, 1, 2, 4),
    "shown while practicing together": but_segment(
        in_order(FRACTIONS, 0, 2, 3, 4), 1, teacher_does="Folds a strip step by step and says what doubles."
    ),
    "modelled in the starter": but_segment(
        in_order(CLAIMS, 0, 3, 4), 0, teacher_does="Models how to mark a claim and says why."
    ),
    "seminar with a model text": but_segment(
        in_order(CLAIMS, 0, 2, 3), 1, teacher_does="Reads a model paragraph aloud and shows its evidence."
    ),
    "LaTeX": but(
        FRACTIONS, worked_example=r"\(\frac{2}{8} + \frac{3}{8}\): add tops, keep 8. So \(\frac{5}{8}\)."
    ),
}


@pytest.mark.parametrize("plan", CAUGHT.values(), ids=CAUGHT.keys())
def test_practice_without_an_example_is_caught(subject_for, plan):
    """It is quoted, or its place is named."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome in {Outcome.WARN, Outcome.FAIL}
    assert judgement.evidence


@pytest.mark.parametrize("plan", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_an_example_before_practice_passes(subject_for, plan):
    """However its steps are written down, and wherever it is shown."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS


def test_an_exercise_that_nobody_solves_is_a_failure(subject_for):
    """A question is no example."""
    plan = but(FRACTIONS, worked_example="What is 2/8 + 3/8?")

    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.FAIL
