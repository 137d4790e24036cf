"""Summing an evaluation up."""

import weakref
from collections.abc import Callable, Iterable, Iterator

import pytest

from sandbox.contracts.check import Check
from sandbox.domain.finding import Outcome
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.summary import Summary
from sandbox.domain.trial import Target, Trial, TrialStatus
from sandbox.report.summary import WHOLE_ANSWERS, build_summary

Make = Callable[[int, Outcome], Trial]


@pytest.fixture
def summarise(evaluation: Evaluation, checks: dict[str, Check]) -> Callable[[Iterable[Trial]], Summary]:
    """Sums up trials of the first target alone."""
    alone = evaluation.model_copy(update={"results": evaluation.results[:1]})
    return lambda trials: build_summary(alone, lambda _: trials, checks, product_version="0.1.0")


def test_failing_checks_stand_worst_first(summary: Summary) -> None:
    """The check with the lowest rate stands first."""
    names = [failing.check for failing in summary.targets[0].failing]

    assert names == ["quotes_are_real", "arithmetic_holds", "answer_kept_back", "tone_is_kind"]


def test_examples_are_few_and_their_total_is_true(summary: Summary) -> None:
    """Four answers failed; three of them are shown."""
    worst = summary.targets[0].failing[0]

    assert worst.total == 4
    assert [example.trial.case_id for example in worst.examples] == [
        "fox-story-1",
        "fox-story-2",
        "fox-story-3",
    ]


def test_failures_come_before_warnings_and_crashes(
    summarise: Callable[[Iterable[Trial]], Summary], make_trial: Make
) -> None:
    """A failure that comes last in the stream is still the first example."""
    said = (Outcome.ERROR, Outcome.WARN, Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.FAIL)
    summary = summarise([make_trial(place, outcome) for place, outcome in enumerate(said)])

    (failing,) = summary.targets[0].failing
    assert [example.finding.outcome for example in failing.examples] == [
        Outcome.FAIL,
        Outcome.WARN,
        Outcome.ERROR,
    ]
    assert failing.total == 3


def test_examples_come_from_different_cases(
    summarise: Callable[[Iterable[Trial]], Summary], make_trial: Make
) -> None:
    """Repeats of one case do not push other cases out."""
    trials = [
        make_trial(place, Outcome.FAIL).model_copy(update={"repeat": repeat})
        for place in range(3)
        for repeat in (1, 2, 3)
    ]
    summary = summarise(trials)

    shown = summary.targets[0].failing[0].examples
    assert len({example.trial.case_id for example in shown}) == 3


def test_the_order_of_trials_does_not_matter(
    summary: Summary,
    evaluation: Evaluation,
    trials: dict[Target, list[Trial]],
    checks: dict[str, Check],
) -> None:
    """Trials come as they end, and the report is the same all the same."""
    backwards = build_summary(
        evaluation, lambda target: reversed(trials[target]), checks, product_version="0.1.0"
    )

    assert backwards == summary


def test_unread_answers_are_shown_and_not_counted_as_findings(summary: Summary) -> None:
    """Each way of coming to nothing is shown once, and no check is blamed for it."""
    first = summary.targets[0]

    assert {trial.status for trial in first.unread} == {
        TrialStatus.UNPARSED,
        TrialStatus.REFUSED,
        TrialStatus.FAILED,
    }
    shown = [example.trial for failing in first.failing for example in failing.examples]
    assert all(trial.status is TrialStatus.ANSWERED for trial in shown)


def test_two_whole_answers_are_kept(summary: Summary) -> None:
    """A reader sees what the model writes."""
    assert [len(target.answers) for target in summary.targets] == [WHOLE_ANSWERS, WHOLE_ANSWERS]


def test_a_check_nobody_brings_any_more_keeps_its_name(
    evaluation: Evaluation, trials: dict[Target, list[Trial]]
) -> None:
    """A report can be made of old trials whose plugin is gone."""
    summary = build_summary(evaluation, trials.__getitem__, {}, product_version="0.1.0")

    assert summary.checks[0].name == "quotes_are_real"
    assert summary.checks[0].title == "Quotes are real"
    assert summary.checks[0].version == "1.0.0"


def test_memory_does_not_grow_with_the_trials(
    summarise: Callable[[Iterable[Trial]], Summary], make_trial: Make
) -> None:
    """Of 20,000 trials, only the examples and the whole answers stay in memory."""
    n, alive, most = 20_000, 0, 0
    kinds = [make_trial(0, outcome) for outcome in (Outcome.FAIL, Outcome.PASS)]
    references: list[weakref.ref[Trial]] = []

    def let_go(_: object) -> None:
        nonlocal alive
        alive -= 1

    def stream() -> Iterator[Trial]:
        nonlocal alive, most
        for place in range(n):
            trial = kinds[place % 2].model_copy(update={"case_id": f"case-{place:05d}"})
            references.append(weakref.ref(trial, let_go))
            alive += 1
            most = max(most, alive)
            yield trial

    summary = summarise(stream())

    assert summary.targets[0].failing[0].total == n // 2
    assert most <= 10
    assert alive <= 3 + WHOLE_ANSWERS + 1  # the generator's last trial may still be there
