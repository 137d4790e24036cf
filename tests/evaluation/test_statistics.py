"""The interval behind every rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.evaluation.statistics import wilson_interval


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_gives_the_published_figures(successes: int, n: int, low: float, high: float) -> None:
    """The last three rows are from Newcombe 1998, table I, method 3."""
    interval = wilson_interval(successes, n)

    assert interval.low == pytest.approx(low, abs=6e-5)
    assert interval.high == pytest.approx(high, abs=6e-5)


@given(st.integers(1, 500), st.floats(0, 1))
def test_it_holds_the_rate_and_stays_between_0_and_1(n: int, share: float) -> None:
    """For any count of cases, whole or fractional successes."""
    interval = wilson_interval(share * n, n)

    assert 0 <= interval.low <= share + 1e-9
    assert share - 1e-9 <= interval.high <= 1


@given(st.integers(1, 200))
def test_more_cases_make_it_narrower(n: int) -> None:
    """The same share of ten times as many cases is known better."""
    few, many = wilson_interval(n / 2, n), wilson_interval(n * 5, n * 10)

    assert many.high - many.low < few.high - few.low
