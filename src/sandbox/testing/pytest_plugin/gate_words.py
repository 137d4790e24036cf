"""What is said of a gate: why it did not open, its figures for other tools, and a line at the end."""

from collections.abc import Iterable, Iterator, Sequence

import pytest

from sandbox.contracts.store import Store
from sandbox.domain.finding import Outcome
from sandbox.domain.scorecard import Evaluation, Recommendation, Scorecard, TargetResult

_CASES_NAMED = 3
_MEANING = {
    Recommendation.REJECT: "The evidence speaks against adopting it.",
    Recommendation.HOLD: "Evidence is missing: it is neither shown to be good enough, nor that it is not. "
    "If that shall pass, say --sandbox-accept adopt,hold.",
    Recommendation.ADOPT: "The evidence advises to adopt it.",
}
_STOPPED = (
    "It was stopped before its end, and that never passes. Run the same again: what is on record is not "
    "asked for twice."
)
_UNANSWERED = "No question was answered, and that never passes."
_PREFIX = "sandbox_"


def refusal(evaluation: Evaluation, accepted: Sequence[str]) -> list[str]:
    """Why an evaluation does not pass, line by line; nothing if it does."""
    lines: list[str] = []
    for result in evaluation.results:
        lines += _refusal_of(result, accepted)
    return lines or ([] if evaluation.results else ["Nothing was tried."])


def _refusal_of(result: TargetResult, accepted: Sequence[str]) -> list[str]:
    scorecard, verdict = result.scorecard, result.verdict
    if scorecard.stopped:
        meaning = _STOPPED
    elif not scorecard.answered + scorecard.unparsed:
        meaning = _UNANSWERED
    elif verdict.recommendation not in accepted:
        meaning = _MEANING[verdict.recommendation]
    else:
        return []
    against = [reason for reason in verdict.reasons if reason.recommendation is not Recommendation.ADOPT]
    return [
        f"{_headline(scorecard, verdict.recommendation)}: {scorecard.target.label}",
        meaning,
        *(f"  {reason.recommendation}: {reason.text}" for reason in against),
    ]


def failing_cases(evaluation: Evaluation, store: Store) -> Iterator[str]:
    """How many answers each check failed, and the first cases; none of their texts."""
    for result in evaluation.results:
        failed: dict[str, list[str]] = {}
        trials = 0
        for _, summary in store.summaries(evaluation.id, result.scorecard.target):
            trials += 1
            for check, outcome in summary.outcomes.items():
                if outcome in {Outcome.FAIL, Outcome.ERROR}:
                    failed.setdefault(check, []).append(summary.case_id)
        if failed:
            yield f"What failed, or could not be checked, of {trials}, with the first cases:"
        width = max(map(len, failed), default=0)
        for check, cases in sorted(failed.items(), key=lambda item: -len(item[1])):
            shown = list(dict.fromkeys(cases))
            more = ", ..." if len(shown) > _CASES_NAMED else ""
            yield f"  {check:<{width}}  {len(cases):>3}  {', '.join(shown[:_CASES_NAMED])}{more}"


def gate_properties(evaluation: Evaluation) -> list[tuple[str, object]]:
    """The figures of an evaluation by name, as they stand in a JUnit file."""
    found: list[tuple[str, object]] = [(f"{_PREFIX}evaluation", evaluation.id)]
    for result in evaluation.results:
        scorecard = result.scorecard
        usage = scorecard.usage
        figures: dict[str, object] = {
            "verdict": result.verdict.recommendation.value,
            "outcome": _headline(scorecard, result.verdict.recommendation),
            "planned": scorecard.planned,
            "answered": scorecard.answered,
            "tokens": usage.input_tokens + usage.output_tokens,
            "cost_usd": "unknown" if scorecard.cost_usd is None else scorecard.cost_usd,
        }
        for metric in scorecard.metrics:
            figures[f"rate.{metric.check}"] = "no evidence" if metric.rate is None else metric.rate
            figures[f"n.{metric.check}"] = metric.n
        found += [(f"{_PREFIX}{name}", value) for name, value in figures.items()]
    return found


def summary_lines(reports: Iterable[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """A line for each suite and model that has a verdict, in the order of their names."""
    lines = []
    for report in sorted(reports, key=lambda report: report.nodeid):
        told = dict(getattr(report, "user_properties", ()))
        if getattr(report, "when", "") == "call" and f"{_PREFIX}evaluation" in told:
            lines.append(_line(report.nodeid, {name.removeprefix(_PREFIX): told[name] for name in told}))
    return lines


def _line(nodeid: str, told: dict[str, object]) -> str:
    cost = told["cost_usd"]
    money = f"${cost:,.2f}" if isinstance(cost, int | float) else "cost unknown"
    answered = f"{told['answered']} of {told['planned']} answered"
    name = nodeid.rpartition("::")[2]
    return f"{told['outcome']:<7}  {name}  {answered}, {told['tokens']:,} tokens, {money}"


def _headline(scorecard: Scorecard, recommendation: Recommendation) -> str:
    return "STOPPED" if scorecard.stopped else recommendation.value.upper()
