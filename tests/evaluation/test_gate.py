"""The gate: adopt only what is shown, reject only what is shown, hold the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.domain.scorecard import Metric, Recommendation, Scorecard
from sandbox.domain.standing import Standing
from sandbox.domain.trial import Target
from sandbox.evaluation.gate import judge
from sandbox.evaluation.statistics import wilson_interval
from sandbox.evaluation.suite import GatePolicy

ADOPT, HOLD, REJECT = Recommendation.ADOPT, Recommendation.HOLD, Recommendation.REJECT
POLICY = GatePolicy(minimum_cases=20, answered=0.8, rates={"kind": 0.8}, no_failures=("safe",))


def metric(
    check: str,
    *,
    passed: int = 0,
    failed: int = 0,
    errors: int = 0,
    not_applicable: int = 0,
    standing: Standing = Standing.CONSTRUCTION,
) -> Metric:
    """A metric with these counts, one trial a case, of a check that a decision may rest on."""
    n = passed + failed + errors
    return Metric(
        check=check,
        n=n,
        n_trials=n,
        passed=passed,
        warned=0,
        failed=failed,
        errors=errors,
        not_applicable=not_applicable,
        rate=passed / n if n else None,
        interval=wilson_interval(passed, n) if n else None,
        reason="" if n else "It applies to none of the cases.",
        standing=standing,
        measured="" if standing.may_gate else "There is no calibration card.",
    )


def scorecard(*metrics: Metric, answered: int = 30, **counts: object) -> Scorecard:
    """A scorecard with these metrics."""
    given = {"planned": 30, "unparsed": 0, "refused": 0, "failed": 0} | counts
    target = Target(prompt="p", prompt_version="1.0.0", prompt_digest="d", model="a/b")
    return Scorecard.model_validate({"target": target, "answered": answered, "metrics": metrics, **given})


GOOD = (metric("kind", passed=30), metric("safe", passed=30))


def test_what_is_shown_is_adopted() -> None:
    """30 of 30 on every point clears a floor of 80 %."""
    verdict = judge(scorecard(*GOOD), POLICY)

    assert verdict.recommendation is ADOPT
    assert len(verdict.reasons) == 3


@pytest.mark.parametrize(
    ("given", "recommendation", "words"),
    [
        (scorecard(metric("kind", passed=27, failed=3), GOOD[1]), HOLD, "80% is not shown"),
        (scorecard(metric("kind", passed=10, failed=20), GOOD[1]), REJECT, "80% is missed"),
        (
            scorecard(GOOD[0], metric("safe", passed=29, failed=1)),
            REJECT,
            "1 of 30 answers failed; none may",
        ),
        (scorecard(GOOD[0], metric("safe", passed=29, errors=1)), HOLD, "could not be checked"),
        (scorecard(GOOD[0], metric("safe", not_applicable=30)), HOLD, "safe: no evidence"),
        (scorecard(GOOD[0]), HOLD, "safe: no evidence"),
        (scorecard(metric("kind", errors=30), GOOD[1]), HOLD, "30 could not be checked"),
        (scorecard(*GOOD, answered=10, unparsed=20), REJECT, "10 of 30 answers could be read"),
        (scorecard(*GOOD, answered=0, failed=30), HOLD, "There is no answer"),
        (scorecard(*GOOD, answered=29, failed=1), HOLD, "could not be asked in 1 of 30"),
        (scorecard(*GOOD, stopped="The key is wrong."), HOLD, "The key is wrong"),
        (scorecard(*GOOD, answered=25), HOLD, "Only 25 of 30"),
        (
            scorecard(metric("kind", passed=19), metric("safe", passed=19), answered=19, planned=19),
            HOLD,
            "19 cases were tried",
        ),
    ],
)
def test_what_is_not_shown_is_held_and_what_is_missed_is_rejected(given, recommendation, words) -> None:
    """Each ground says its figures."""
    verdict = judge(given, POLICY)

    assert verdict.recommendation is recommendation
    assert any(
        words in reason.text for reason in verdict.reasons if reason.recommendation is recommendation
    )


def test_a_policy_that_asks_for_nothing_holds() -> None:
    """An empty gate is not an open one."""
    assert judge(scorecard(*GOOD), GatePolicy()).recommendation is HOLD


@pytest.mark.parametrize("counts", [{"passed": 30}, {"failed": 30}, {"errors": 30}])
@pytest.mark.parametrize("policy", [{"rates": {"kind": 0.8}}, {"no_failures": ("kind",)}])
def test_an_uncalibrated_check_neither_adopts_nor_rejects(counts, policy) -> None:
    """Whatever it says, it holds, and the reason says why."""
    uncalibrated = metric("kind", standing=Standing.UNCALIBRATED, **counts)

    verdict = judge(scorecard(uncalibrated), GatePolicy(**policy))
    (reason,) = [reason for reason in verdict.reasons if reason.check == "kind"]

    assert verdict.recommendation is HOLD
    assert reason.recommendation is HOLD
    assert "is uncalibrated: it may warn, but no decision may rest on it." in reason.text
    assert "There is no calibration card." in reason.text


def test_an_uncalibrated_check_that_no_policy_names_changes_nothing() -> None:
    """It may warn beside those that decide."""
    beside = metric("new", failed=30, standing=Standing.UNCALIBRATED)

    assert judge(scorecard(*GOOD, beside), POLICY).recommendation is ADOPT


@pytest.mark.parametrize("standing", [Standing.PEOPLE, Standing.CONSTRUCTION])
def test_a_decision_may_rest_on_either_kind_of_card(standing: Standing) -> None:
    """People's labels, or planted defects."""
    metrics = [metric(name, passed=30, standing=standing) for name in ("kind", "safe")]

    assert judge(scorecard(*metrics), POLICY).recommendation is ADOPT


def test_the_worst_ground_comes_first() -> None:
    """So that a reader sees at once why."""
    verdict = judge(
        scorecard(metric("kind", passed=27, failed=3), metric("safe", passed=29, failed=1)), POLICY
    )

    assert [reason.recommendation for reason in verdict.reasons] == [REJECT, HOLD, ADOPT]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_worse_answer_never_makes_a_better_verdict(passed: int, failed: int, errors: int) -> None:
    """Turning a pass into an error or a failure, or an error into a failure, can only lower the verdict."""
    order = [REJECT, HOLD, ADOPT]

    def rank(passed: int, failed: int, errors: int) -> int:
        found = judge(
            scorecard(metric("kind", passed=passed, failed=failed, errors=errors), GOOD[1]), POLICY
        )
        return order.index(found.recommendation)

    now = rank(passed + 1, failed, errors)

    assert rank(passed, failed + 1, errors) <= now
    assert rank(passed, failed, errors + 1) <= now
    assert rank(passed, failed + 1, errors) <= rank(passed, failed, errors + 1)
