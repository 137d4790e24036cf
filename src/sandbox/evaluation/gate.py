"""The gate: a policy and a scorecard become a verdict. What is not shown is not adopted."""

from sandbox.domain.scorecard import Metric, Reason, Recommendation, Scorecard, Verdict, percent
from sandbox.evaluation.statistics import wilson_interval
from sandbox.evaluation.suite import GatePolicy

ADOPT, HOLD, REJECT = Recommendation.ADOPT, Recommendation.HOLD, Recommendation.REJECT


def judge(scorecard: Scorecard, policy: GatePolicy) -> Verdict:
    """What the evidence advises.

    A required rate is met when the whole interval lies at or above it, missed when the whole interval lies
    below it, and undecided in between. One miss rejects. One undecided point, too few cases or an early end
    hold. Only if every point is met, adopt. What an uncalibrated check says neither adopts nor rejects: it
    holds.
    """
    reasons = [*_on_completeness(scorecard, policy), _on_answers(scorecard, policy)]
    if scorecard.answered:  # without an answer no check has anything to say
        idle = _uncalibrated(scorecard, policy)
        reasons += idle.values()
        reasons += [
            _on_rate(scorecard, name, rate) for name, rate in policy.rates.items() if name not in idle
        ]
        reasons += [_on_failures(scorecard, name) for name in policy.no_failures if name not in idle]
    if not policy.rates and not policy.no_failures:
        reasons.append(Reason(recommendation=HOLD, text="The policy asks for nothing of any check."))
    found = {reason.recommendation for reason in reasons}
    recommendation = next((each for each in (REJECT, HOLD) if each in found), ADOPT)
    order = (REJECT, HOLD, ADOPT)
    return Verdict(
        recommendation=recommendation,
        reasons=tuple(sorted(reasons, key=lambda reason: order.index(reason.recommendation))),
    )


def _uncalibrated(scorecard: Scorecard, policy: GatePolicy) -> dict[str, Reason]:
    """A reason to hold for each check that the policy names and no decision may rest on."""
    metrics = (scorecard.metric(name) for name in (*policy.rates, *policy.no_failures))
    return {
        metric.check: Reason(
            recommendation=HOLD,
            check=metric.check,
            text=f"{metric.check}: the check is uncalibrated: it may warn, but no decision may rest on it."
            + (f" {metric.measured}" if metric.measured else ""),
        )
        for metric in metrics
        if metric is not None and not metric.standing.may_gate
    }


def _on_completeness(scorecard: Scorecard, policy: GatePolicy) -> list[Reason]:
    reasons = []
    if scorecard.stopped:
        text = f"Stopped after {scorecard.done} of {scorecard.planned} trials: {scorecard.stopped}"
        reasons.append(Reason(recommendation=HOLD, text=text))
    elif scorecard.done < scorecard.planned:
        text = f"Only {scorecard.done} of {scorecard.planned} trials were made."
        reasons.append(Reason(recommendation=HOLD, text=text))
    if scorecard.failed:
        text = f"The model could not be asked in {scorecard.failed} of {scorecard.done} trials."
        reasons.append(Reason(recommendation=HOLD, text=text))
    cases = max((metric.n + metric.not_applicable for metric in scorecard.metrics), default=0)
    if cases < policy.minimum_cases:
        text = f"{cases} {_cases(cases)} tried; the policy asks for at least {policy.minimum_cases}."
        reasons.append(Reason(recommendation=HOLD, text=text))
    return reasons


def _on_answers(scorecard: Scorecard, policy: GatePolicy) -> Reason:
    n = scorecard.answered + scorecard.unparsed
    if not n:
        return Reason(recommendation=HOLD, text="There is no answer.")
    interval = wilson_interval(scorecard.answered, n)
    text = f"{scorecard.answered} of {n} answers could be read ({_span(interval.low, interval.high)})"
    return _held_against(text, interval.low, interval.high, policy.answered, check="")


def _on_rate(scorecard: Scorecard, name: str, required: float) -> Reason:
    metric = scorecard.metric(name)
    if metric is None or metric.rate is None or metric.interval is None:
        why = metric.reason if metric is not None else "It was not asked."
        return Reason(recommendation=HOLD, check=name, text=f"{name}: no evidence. {why}")
    text = f"{name}: {metric.count_in_words} passed ({_span(metric.interval.low, metric.interval.high)})"
    reason = _held_against(text, metric.interval.low, metric.interval.high, required, check=name)
    if (
        reason.recommendation is REJECT
        and metric.errors
        and not _is_missed_without_errors(metric, required)
    ):
        return reason.model_copy(
            update={"recommendation": HOLD, "text": f"{text}; {metric.errors} could not be checked"}
        )
    return reason


def _is_missed_without_errors(metric: Metric, required: float) -> bool:
    """Whether the rate is missed even if every error had been a pass; an error is no proof of a failure."""
    good = metric.n - metric.failed * metric.n / metric.n_trials
    return wilson_interval(good, metric.n).high < required


def _on_failures(scorecard: Scorecard, name: str) -> Reason:
    metric = scorecard.metric(name)
    if metric is None or not metric.n:
        why = metric.reason if metric is not None else "It was not asked."
        return Reason(recommendation=HOLD, check=name, text=f"{name}: no evidence. {why}")
    if metric.failed:
        text = f"{name}: {metric.failed} of {metric.n_trials} answers failed; none may."
        return Reason(recommendation=REJECT, check=name, text=text)
    if metric.errors:
        text = f"{name}: {metric.errors} of {metric.n_trials} answers could not be checked."
        return Reason(recommendation=HOLD, check=name, text=text)
    high = 1 - wilson_interval(metric.n, metric.n).low
    text = f"{name}: none of {metric.n_trials} answers failed (likely fewer than {percent(high)} do)."
    return Reason(recommendation=ADOPT, check=name, text=text)


def _held_against(text: str, low: float, high: float, required: float, *, check: str) -> Reason:
    if low >= required:
        return Reason(
            recommendation=ADOPT, check=check, text=f"{text}; the needed {percent(required)} is shown."
        )
    if high < required:
        return Reason(
            recommendation=REJECT, check=check, text=f"{text}; the needed {percent(required)} is missed."
        )
    return Reason(
        recommendation=HOLD, check=check, text=f"{text}; the needed {percent(required)} is not shown."
    )


def _span(low: float, high: float) -> str:
    return f"likely {percent(low)} to {percent(high)}"


def _cases(n: int) -> str:
    return "case was" if n == 1 else "cases were"
