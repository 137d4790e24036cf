"""The phases of a lesson come in an order that can work."""

import pytest

from sandbox.bundled.checks.lesson_in_order import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import (
    ALONE,
    EXPLAIN,
    GUIDED,
    REVIEW,
    STARTER,
    but,
    but_segment,
    in_order,
    language_of,
    segment,
)
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING

LAB = segment(
    "Explore first",
    GUIDED,
    10,
    "Lets groups try out the ramps.",
    "Explore which ramp is fastest.",
    "Which?",
)

ODD = {
    "alone before it is explained": in_order(FRACTIONS, 0, 3, 1, 2, 4),
    "alone at the very start": in_order(POND, 3, 1, 2, 4),
    "starter in the middle": in_order(CLAIMS, 1, 0, 2, 3, 4),
    "starter at the end": in_order(SHARING, 1, 2, 3, 0),
    "practice together before it is explained": in_order(FRACTIONS, 0, 2, 1, 3, 4),
    "alone before together": in_order(CLAIMS, 0, 1, 3, 2, 4),
    "ends with the explanation": in_order(POND, 0, 2, 1),
    "only talk": in_order(SHARING, 0, 1),
    "nothing is taught or practiced": in_order(FRACTIONS, 0, 4),
    "backwards": in_order(POND, 4, 3, 2, 1, 0),
    "Spanish, explained last": in_order(AGUA, 0, 2, 1),
    "stops in the middle of practice": but_segment(
        in_order(FRACTIONS, 0, 1, 2),
        2,
        students_do="Solve sums in pairs.",
        check_for_understanding="What is 1/6 + 4/6?",
    ),
}
WORKS = {
    **GOOD_PLANS,
    "two rounds": in_order(POND, 0, 1, 2, 1, 3, 4),
    "explain, together, explain, alone, review": in_order(FRACTIONS, 0, 1, 2, 1, 3, 4),
    "no starter": in_order(CLAIMS, 1, 2, 3, 4),
    "no time alone": in_order(SHARING, 0, 1, 2, 4),
    "review opens the lesson": in_order(FRACTIONS, 4, 1, 2, 3, 4),
    "review between": in_order(POND, 0, 1, 4, 2, 3, 4),
    "explore before it is explained": but(
        POND, segments=(POND.segments[0], LAB, POND.segments[1], POND.segments[3], POND.segments[4])
    ),
    "exit ticket while alone": but_segment(
        in_order(FRACTIONS, 0, 1, 2, 3), 3, check_for_understanding="Exit ticket: 2/5 + 2/5?"
    ),
    "shares at the end": but_segment(
        in_order(CLAIMS, 0, 1, 2, 3), 3, students_do="Write a paragraph and share it with the class."
    ),
    "a project day without explanation": in_order(POND, 0, 2, 3, 4),
    "two starters": in_order(SHARING, 0, 0, 1, 2, 4),
}


@pytest.mark.parametrize("plan", ODD.values(), ids=ODD.keys())
def test_an_odd_order_is_a_warning(subject_for, plan):
    """Never a failure: a teacher may have reasons."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence


@pytest.mark.parametrize("plan", WORKS.values(), ids=WORKS.keys())
def test_an_order_that_works_passes(subject_for, plan):
    """Rounds, explorations and lessons without a starter are let be."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS


def test_a_lesson_without_segments_is_not_judged(subject_for):
    """There is no order in nothing."""
    assert CHECK.run(subject_for(but(POND, segments=()))).outcome is Outcome.NOT_APPLICABLE


def test_every_phase_may_stand_alone(subject_for):
    """One segment is a lesson that cannot be out of order, or a warning, never an error."""
    for phase in (STARTER, EXPLAIN, GUIDED, ALONE, REVIEW):
        plan = but(POND, segments=(segment("One", phase, 10, "Asks.", "Write."),))

        assert CHECK.run(subject_for(plan, inputs=language_of(plan))).reason
