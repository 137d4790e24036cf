"""The bootstrap over groups."""

import pytest

from sandbox.evaluation.resampling import figures


def share(values):
    """The share of ones among the rows, each as often as it weighs."""

    def measure(weights):
        n = sum(weights)
        return [sum(v * w for v, w in zip(values, weights, strict=True)) / n if n else None]

    return measure


def test_the_interval_of_a_share_is_about_the_known_one() -> None:
    """Half of 400 rows: 0.5, give or take 1.96 times 0.025."""
    (figure,) = figures([str(row) for row in range(400)], share([row % 2 for row in range(400)]))

    assert figure.value == 0.5
    assert figure.low == pytest.approx(0.451, abs=0.008)
    assert figure.high == pytest.approx(0.549, abs=0.008)


def test_rows_of_one_group_are_no_new_evidence() -> None:
    """The same rows ten times over, in the same groups, leave the interval as wide as it was."""
    values = [row % 2 for row in range(40)]
    groups = [str(row) for row in range(40)]

    (once,) = figures(groups, share(values))
    (often,) = figures(groups * 10, share(values * 10))
    (pretending,) = figures([str(row) for row in range(400)], share(values * 10))

    assert often.high - often.low == pytest.approx(once.high - once.low, abs=1e-6)
    assert pretending.high - pretending.low < 0.5 * (once.high - once.low)


def test_few_groups_have_no_interval() -> None:
    """Four groups say too little of how far a figure may lie."""
    (figure,) = figures(["a", "b", "c", "d"], share([1, 0, 1, 0]))

    assert (figure.value, figure.low, figure.high) == (0.5, None, None)


def test_the_same_rows_always_give_the_same_interval() -> None:
    """So that a card can be made again."""
    groups = [str(row) for row in range(30)]
    values = [row % 3 == 0 for row in range(30)]

    assert figures(groups, share(values)) == figures(groups, share(values))


def test_what_cannot_be_told_has_no_figure() -> None:
    """None stays None."""
    assert figures(list("abcdef"), lambda _: [None]) == [None]
