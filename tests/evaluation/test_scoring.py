"""Trials add up: nothing that went wrong leaves the count."""

import random
import tracemalloc

import pytest

from sandbox.domain.finding import Outcome
from sandbox.domain.trial import TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.evaluation.scoring import Tally

PASS, WARN, FAIL, ERROR, NA = (
    Outcome.PASS,
    Outcome.WARN,
    Outcome.FAIL,
    Outcome.ERROR,
    Outcome.NOT_APPLICABLE,
)


def test_errors_stay_in_the_count_and_not_applicable_does_not(target, make_trial) -> None:
    """One pass, one warning, one failure, one error: half of four, whatever did not apply."""
    tally = Tally(target, ["kind"], planned=5, repeats=1)
    for number, outcome in enumerate((PASS, WARN, FAIL, ERROR, NA)):
        tally.add(TrialSummary.of(make_trial(str(number), kind=outcome)))

    metric = tally.scorecard().metric("kind")

    assert metric is not None
    assert (metric.n, metric.rate, metric.not_applicable, metric.errors) == (4, 0.5, 1, 1)


def test_a_check_that_said_nothing_is_an_error(target, make_trial) -> None:
    """Silence is no pass."""
    tally = Tally(target, ["kind"], planned=1, repeats=1)
    tally.add(TrialSummary.of(make_trial("a")))

    metric = tally.scorecard().metric("kind")

    assert metric is not None
    assert (metric.n, metric.errors, metric.rate) == (1, 1, 0)


def test_no_case_is_no_rate(target) -> None:
    """None with a reason, never 0."""
    metric = Tally(target, ["kind"], planned=3, repeats=1).scorecard().metric("kind")

    assert metric is not None
    assert (metric.rate, metric.interval, metric.reason) == (None, None, "No case was tried.")


def test_repeats_of_a_case_are_one_case(target, make_trial) -> None:
    """Ten repeats of two cases are two cases: the interval must not shrink."""
    tally = Tally(target, ["kind"], planned=20, repeats=10)
    for repeat in range(1, 11):
        tally.add(TrialSummary.of(make_trial("a", repeat=repeat, kind=PASS)))
        tally.add(TrialSummary.of(make_trial("b", repeat=repeat, kind=PASS if repeat <= 5 else FAIL)))

    metric = tally.scorecard().metric("kind")

    assert metric is not None
    assert (metric.n, metric.n_trials, metric.rate) == (2, 20, 0.75)
    assert metric.interval is not None
    assert metric.interval.low < 0.3


def test_statuses_are_counted(target, make_trial) -> None:
    """What became of each trial is told."""
    tally = Tally(target, [], planned=9, repeats=1)
    for number, status in enumerate(TrialStatus):
        tally.add(TrialSummary.of(make_trial(str(number), status=status)))

    scorecard = tally.scorecard(stopped="The key is wrong.")

    assert (scorecard.answered, scorecard.unparsed, scorecard.refused, scorecard.failed) == (1, 1, 1, 1)
    assert (scorecard.done, scorecard.planned, scorecard.stopped) == (4, 9, "The key is wrong.")
    assert scorecard.cost_usd is None


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_trials_does_not_matter(target, make_trial, seed: int) -> None:
    """Workers finish as they like."""
    trials = [
        make_trial(case, repeat=repeat, kind=FAIL if (case, repeat) == ("c", 2) else PASS)
        for case in "abc"
        for repeat in (1, 2)
    ]
    random.Random(seed).shuffle(trials)
    tally = Tally(target, ["kind"], planned=6, repeats=2)
    for trial in trials:
        tally.add(TrialSummary.of(trial))

    metric = tally.scorecard().metric("kind")

    assert metric is not None
    assert metric.rate == pytest.approx(2.5 / 3)


def test_memory_does_not_grow_with_the_trials(target, make_trial) -> None:
    """5,000 more trials leave less than 200 kB behind."""
    tally = Tally(target, ["kind"], planned=6000, repeats=1)
    for number in range(1000):
        tally.add(TrialSummary.of(make_trial(str(number), kind=PASS)))
    tracemalloc.start()
    for number in range(1000, 6000):
        tally.add(TrialSummary.of(make_trial(str(number), kind=PASS)))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < 200_000
