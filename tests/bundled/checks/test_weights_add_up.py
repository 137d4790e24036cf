"""The weights of a rubric add up to a whole."""

import pytest

from sandbox.bundled.checks.weights_add_up import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.rubric_examples import REASONS, rubric

WRONG = [
    (50, 40),
    (50, 60),
    (33, 33, 33),
    (25, 25, 25, 20),
    (100, 100),
    (10, 10),
    (1, 2, 3),
    (30, 30, 30, 30),
    (20, 20, 20, 20, 25),
    (16, 16, 16, 16, 16, 16),
    (99, 2),
]
RIGHT = [
    (50, 50),
    (60, 40),
    (34, 33, 33),
    (25, 25, 25, 25),
    (99, 1),
    (40, 30, 30),
    (20, 20, 20, 20, 20),
    (17, 17, 17, 17, 16, 16),
    (70, 20, 10),
    (50, 25, 25),
]


def weighing(weights):
    """A rubric whose criteria weigh so much."""
    return rubric(*(REASONS.model_copy(update={"weight_percent": weight}) for weight in weights))


@pytest.mark.parametrize("weights", WRONG, ids=str)
def test_weights_that_make_no_whole_fail(subject_for, weights):
    """The sum is told."""
    judgement = CHECK.run(subject_for(weighing(weights)))

    assert judgement.outcome is Outcome.FAIL
    assert f"{sum(weights)} %" in judgement.reason


@pytest.mark.parametrize("weights", RIGHT, ids=str)
def test_weights_that_make_a_whole_pass(subject_for, weights):
    """However they are shared out."""
    assert CHECK.run(subject_for(weighing(weights))).outcome is Outcome.PASS
