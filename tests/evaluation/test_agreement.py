"""Agreement between two readings of the same rows, held against scikit-learn and scipy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.evaluation.agreement import Confusion, Ranking, rank_correlation, weighted_kappa

PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)
PLACES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=60)
NUMBERS = st.lists(st.tuples(st.integers(0, 2), st.floats(-5, 5)), min_size=3, max_size=60)


def confusion(pairs: list[tuple[bool, bool]]) -> Confusion:
    """The counts of what a check flagged and people did."""
    return Confusion(
        *(pairs.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False)))
    )


def table(pairs: list[tuple[int, int]], size: int = 4) -> list[list[float]]:
    """How often each place met each."""
    return [[float(pairs.count((row, column))) for column in range(size)] for row in range(size)]


def test_figures_worked_out_by_hand() -> None:
    """20 found by both, 5 by the check alone, 10 by people alone, 15 by nobody."""
    found = Confusion(20, 5, 10, 15)

    assert found.precision == pytest.approx(0.8)
    assert found.recall == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(40 / 55)
    assert found.macro_f1 == pytest.approx((40 / 55 + 30 / 45) / 2)
    assert found.kappa == pytest.approx(0.4)


def test_a_quadratic_kappa_worked_out_by_hand() -> None:
    """Four of six rows agree and two are off by one place; by chance the squares would add up to 48 / 6."""
    assert weighted_kappa([[2, 1, 0], [0, 1, 1], [0, 0, 1]]) == pytest.approx(1 - 2 / (48 / 6))


def test_ranks_that_are_shared() -> None:
    """Values 1, 2, 2, 3 have the ranks 1, 2.5, 2.5, 4; a row that weighs twice stands there twice."""
    ranking = Ranking.of([1, 2, 2, 3])

    assert ranking.ranks([1, 1, 1, 1]) == [1, 2.5, 2.5, 4]
    assert ranking.ranks([2, 1, 0, 1]) == [1.5, 3, 3, 4]


def test_what_cannot_be_told_is_none() -> None:
    """No flagged row has no precision, and what never varies correlates with nothing."""
    silent = Confusion(0, 0, 0, 9)

    assert (silent.precision, silent.recall, silent.f1, silent.kappa) == (None, None, None, None)
    assert weighted_kappa([[0, 0], [0, 0]]) is None
    assert rank_correlation(Ranking.of([1, 1, 1]), Ranking.of([1, 2, 3]), [1, 1, 1]) is None
    assert rank_correlation(Ranking.of([1.0]), Ranking.of([1.0]), [1]) is None


@given(NUMBERS)
def test_weights_are_rows_that_stand_there_more_than_once(pairs: list[tuple[int, float]]) -> None:
    """Weighing a row twice is the same as writing it twice."""
    left, right = zip(*pairs, strict=True)
    weights = [number % 3 for number in range(len(pairs))]
    written = [pair for pair, weight in zip(pairs, weights, strict=True) for _ in range(weight)]
    twice_left, twice_right = zip(*written, strict=True)

    weighed = rank_correlation(Ranking.of(left), Ranking.of(right), weights)
    rewritten = rank_correlation(Ranking.of(twice_left), Ranking.of(twice_right), [1] * len(written))

    assert weighed == pytest.approx(rewritten, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_it_says_what_scikit_learn_says(pairs: list[tuple[bool, bool]]) -> None:
    """Precision, recall, F1, macro-F1 and kappa to six digits."""
    metrics = pytest.importorskip("sklearn.metrics")
    said, people = zip(*pairs, strict=True)
    found = confusion(pairs)

    assert (found.precision or 0) == pytest.approx(
        metrics.precision_score(people, said, zero_division=0), abs=1e-6
    )
    assert (found.recall or 0) == pytest.approx(
        metrics.recall_score(people, said, zero_division=0), abs=1e-6
    )
    assert (found.f1 or 0) == pytest.approx(metrics.f1_score(people, said, zero_division=0), abs=1e-6)
    assert found.macro_f1 == pytest.approx(
        metrics.f1_score(people, said, average="macro", zero_division=0), abs=1e-6
    )
    if len({*said, *people}) > 1:
        assert found.kappa == pytest.approx(metrics.cohen_kappa_score(people, said), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(PLACES)
def test_quadratic_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    """Over four places, some of which nobody uses."""
    metrics = pytest.importorskip("sklearn.metrics")
    said, people = zip(*pairs, strict=True)
    ours = weighted_kappa(table(pairs))
    if len({*said, *people}) > 1:
        theirs = metrics.cohen_kappa_score(said, people, weights="quadratic", labels=[0, 1, 2, 3])

        assert ours == pytest.approx(theirs, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(NUMBERS)
def test_rank_correlation_is_that_of_scipy(pairs: list[tuple[int, float]]) -> None:
    """With many ties on one side."""
    stats = pytest.importorskip("scipy.stats")
    left, right = zip(*pairs, strict=True)
    ours = rank_correlation(Ranking.of(left), Ranking.of(right), [1] * len(pairs))
    if len(set(left)) > 1 and len(set(right)) > 1:
        assert ours == pytest.approx(stats.spearmanr(left, right).statistic, abs=1e-6)
    else:
        assert ours is None
