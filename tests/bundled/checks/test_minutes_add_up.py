"""The minutes of the segments have to add up."""

import pytest

from sandbox.bundled.checks.minutes_add_up import CHECK
from sandbox.domain.finding import Outcome


def _timed(plan, duration, minutes):
    """The plan with other times, its segments repeated as often as there are times."""
    segments = tuple(
        plan.segments[index % len(plan.segments)].model_copy(update={"minutes": each})
        for index, each in enumerate(minutes)
    )
    return plan.model_copy(update={"duration_minutes": duration, "segments": segments})


@pytest.mark.parametrize(
    ("duration", "minutes", "asked"),
    [
        (45, (10, 10, 10), None),
        (45, (20, 20, 20), None),
        (45, (45, 45, 45), None),
        (60, (10, 20, 20), "60"),
        (50, (10, 20, 20), 45),
        (45, (10, 15, 20), 60),
        (20, (10, 10), "45 minutes"),
        (90, (1, 1), None),
        (45, (5, 5, 5, 5, 5, 5), 45),
        (45, (12, 14, 14), "50"),
    ],
)
def test_minutes_that_do_not_add_up_fail(subject_for, good_lesson_plan, duration, minutes, asked):
    """The sum, the length of the lesson and what was asked for have to fit."""
    plan = _timed(good_lesson_plan, duration, minutes)
    inputs = {} if asked is None else {"minutes": asked}

    judgement = CHECK.run(subject_for(plan, inputs=inputs))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "duration_minutes"
    assert judgement.evidence[1].where == "segments[0].minutes"


@pytest.mark.parametrize(
    ("duration", "minutes", "asked"),
    [
        (45, (10, 15, 20), 45),
        (45, (10, 15, 20), None),
        (45, (10, 15, 20), "45 min"),
        (50, (10, 15, 20), 50),
        (45, (10, 17, 22), None),
        (90, (20, 30, 40), "90"),
        (10, (4, 6), 10),
        (20, (5, 5, 5, 5), "twenty"),
        (45, (15, 15, 15), ""),
    ],
)
def test_minutes_that_add_up_pass(subject_for, good_lesson_plan, duration, minutes, asked):
    """A tenth more or less is within what a lesson bears; what cannot be read as minutes is let be."""
    plan = _timed(good_lesson_plan, duration, minutes)
    inputs = {} if asked is None else {"minutes": asked}

    assert CHECK.run(subject_for(plan, inputs=inputs)).outcome is Outcome.PASS


def test_a_segment_that_fills_the_lesson_is_a_warning(subject_for, good_lesson_plan):
    """The others can hardly take place."""
    judgement = CHECK.run(subject_for(_timed(good_lesson_plan, 45, (5, 35, 5))))

    assert judgement.outcome is Outcome.WARN
    assert [(found.quote, found.where) for found in judgement.evidence] == [("35", "segments[1].minutes")]


def test_feedback_has_no_minutes(subject_for, good_feedback):
    """It looks at lesson plans only."""
    assert CHECK.run(subject_for(good_feedback)).outcome is Outcome.NOT_APPLICABLE
