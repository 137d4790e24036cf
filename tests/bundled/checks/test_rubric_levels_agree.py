"""All criteria of a rubric have the same levels."""

import pytest

from sandbox.bundled.checks.rubric_levels_agree import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.rubric_examples import LABELS, REASONS, SOURCES, criterion, rubric

FOUR = ("All words are right.", "Up to two words are wrong.", "Up to five are wrong.", "More are wrong.")
THREE = FOUR[:3]


def _spelling(labels=LABELS, points=(3, 2, 1), words=THREE):
    return criterion("Spelling", *words, labels=labels, points=points)


DISAGREE = {
    "a level more": rubric(REASONS, _spelling((*LABELS, "Not yet"), (3, 2, 1, 0), FOUR)),
    "a level less": rubric(_spelling((*LABELS, "Not yet"), (3, 2, 1, 0), FOUR), REASONS),
    "another label": rubric(REASONS, _spelling(("Strong", "Nearly there", "Starting"))),
    "labels in another order": rubric(REASONS, _spelling(("Starting", "On the way", "Strong"), (3, 2, 1))),
    "rising beside falling": rubric(REASONS, _spelling(points=(1, 2, 3))),
    "points jump": rubric(REASONS, _spelling(points=(3, 1, 2))),
    "two levels count the same": rubric(REASONS, _spelling(points=(3, 3, 1))),
    "no points at all": rubric(_spelling(points=(0, 0, 0)), _spelling(points=(0, 0, 0))),
    "the first jumps": rubric(_spelling(points=(2, 3, 1)), REASONS),
    "numbers as labels, shifted": rubric(
        _spelling(("1", "2", "3"), (1, 2, 3)), _spelling(("0", "1", "2"), (1, 2, 3))
    ),
    "the third is odd": rubric(REASONS, SOURCES, _spelling(("A", "B", "C"))),
    "points differ, a warning": rubric(REASONS, _spelling(points=(6, 4, 2))),
}
AGREE = {
    "falling": rubric(REASONS, SOURCES),
    "rising": rubric(
        _spelling(tuple(reversed(LABELS)), (1, 2, 3)), _spelling(tuple(reversed(LABELS)), (1, 2, 3))
    ),
    "capitals": rubric(REASONS, _spelling(("STRONG", "on the way", "Starting "))),
    "points behind the label": rubric(REASONS, _spelling(("Strong (3)", "On the way (2)", "Starting (1)"))),
    "four levels": rubric(*[_spelling((*LABELS, "Not yet"), (4, 3, 2, 1), FOUR)] * 2),
    "down to zero": rubric(*[_spelling(points=(2, 1, 0))] * 2),
    "large steps": rubric(*[_spelling(points=(100, 60, 10))] * 2),
    "numbers as labels": rubric(*[_spelling(("3", "2", "1"))] * 3),
    "spanish labels": rubric(*[_spelling(("Logrado", "En camino", "Inicial"))] * 2),
    "six criteria": rubric(*[REASONS] * 6),
    "bold labels": rubric(REASONS, _spelling(("**Strong**", "On the way:", "Starting"))),
}


@pytest.mark.parametrize("grid", DISAGREE.values(), ids=DISAGREE.keys())
def test_levels_that_do_not_agree_are_caught(subject_for, grid):
    """The criterion is named; only points that differ beside weights are a warning."""
    judgement = CHECK.run(subject_for(grid))

    is_doubt = grid is DISAGREE["points differ, a warning"]
    assert judgement.outcome is (Outcome.WARN if is_doubt else Outcome.FAIL)
    assert judgement.evidence


@pytest.mark.parametrize("grid", AGREE.values(), ids=AGREE.keys())
def test_levels_that_agree_pass(subject_for, grid):
    """How they are called and counted is free."""
    assert CHECK.run(subject_for(grid)).outcome is Outcome.PASS
