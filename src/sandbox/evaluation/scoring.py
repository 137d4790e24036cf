"""Trials add up to a scorecard; memory does not grow with their number."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from sandbox.domain.exchange import Usage
from sandbox.domain.finding import Outcome
from sandbox.domain.scorecard import Metric, Scorecard
from sandbox.domain.trial import Target, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.evaluation.statistics import wilson_interval

_GOOD = {Outcome.PASS, Outcome.WARN}
Cases = Counter[tuple[Outcome, ...]]
"""How often one check said the same of a case: an outcome for each of its repeats, sorted."""


class Tally:
    """Adds trials up, whatever their order, and gives the scorecard at any time."""

    def __init__(self, target: Target, checks: Sequence[str], *, planned: int, repeats: int) -> None:
        self._target, self._planned, self._repeats = target, planned, repeats
        self._cases: dict[str, Cases] = {name: Counter() for name in checks}
        self._open: defaultdict[str, list[Mapping[str, Outcome]]] = defaultdict(list)
        self._statuses: Counter[TrialStatus] = Counter()
        self._input_tokens = self._output_tokens = self._cached_input_tokens = self._reasoning_tokens = 0
        self._is_estimated = False
        self._answers = self._repaired = 0
        # In whole numbers: the order in which trials end must not show in a report, as it would in a sum
        # of fractions.
        self._latency_nanoseconds = self._cost_picodollars = 0
        self._is_cost_known = True

    def add(self, trial: TrialSummary) -> None:
        """Count one trial."""
        self._statuses[trial.status] += 1
        self._repaired += trial.repairs > 0
        if (usage := trial.usage) is not None:
            cost = trial.cost_usd
            self._input_tokens += usage.input_tokens
            self._output_tokens += usage.output_tokens
            self._cached_input_tokens += usage.cached_input_tokens
            self._reasoning_tokens += usage.reasoning_tokens
            self._is_estimated = self._is_estimated or usage.is_estimated
            self._answers += 1
            self._latency_nanoseconds += round((trial.latency_seconds or 0) * 1e9)
            self._cost_picodollars += round((cost or 0) * 1e12)
            self._is_cost_known = self._is_cost_known and cost is not None
        repeats = self._open[trial.case_id]
        repeats.append(trial.outcomes)
        if len(repeats) == self._repeats:
            self._close(self._open.pop(trial.case_id))

    def scorecard(self, *, stopped: str = "") -> Scorecard:
        """What the trials come to so far. A case that lacks repeats counts with those it has."""
        for case_id in list(self._open):
            self._close(self._open.pop(case_id))
        return Scorecard(
            target=self._target,
            planned=self._planned,
            answered=self._statuses[TrialStatus.ANSWERED],
            unparsed=self._statuses[TrialStatus.UNPARSED],
            refused=self._statuses[TrialStatus.REFUSED],
            failed=self._statuses[TrialStatus.FAILED],
            repaired=self._repaired,
            metrics=tuple(_metric(name, cases) for name, cases in self._cases.items()),
            usage=Usage(
                input_tokens=self._input_tokens,
                output_tokens=self._output_tokens,
                cached_input_tokens=self._cached_input_tokens,
                reasoning_tokens=self._reasoning_tokens,
                is_estimated=self._is_estimated,
            ),
            cost_usd=self._cost_picodollars / 1e12 if self._answers and self._is_cost_known else None,
            latency_seconds=self._latency_nanoseconds / 1e9 / self._answers if self._answers else None,
            stopped=stopped,
        )

    def _close(self, repeats: Sequence[Mapping[str, Outcome]]) -> None:
        """Count a case whose repeats are in."""
        for name, cases in self._cases.items():
            cases[tuple(sorted([said.get(name, Outcome.ERROR) for said in repeats]))] += 1


def _metric(name: str, cases: Cases) -> Metric:
    outcomes: Counter[Outcome] = Counter()
    n, good = 0, Fraction()
    for said, times in cases.items():
        outcomes.update({outcome: times * said.count(outcome) for outcome in set(said)})
        counted = [outcome for outcome in said if outcome is not Outcome.NOT_APPLICABLE]
        if counted:
            n += times
            good += Fraction(times * sum(outcome in _GOOD for outcome in counted), len(counted))
    not_applicable = cases.total() - n
    known = {
        "check": name,
        "n": n,
        "n_trials": outcomes.total() - outcomes[Outcome.NOT_APPLICABLE],
        "passed": outcomes[Outcome.PASS],
        "warned": outcomes[Outcome.WARN],
        "failed": outcomes[Outcome.FAIL],
        "errors": outcomes[Outcome.ERROR],
        "not_applicable": not_applicable,
    }
    if not n:
        reason = "It applies to none of the cases." if not_applicable else "No case was tried."
        return Metric.model_validate(known | {"reason": reason})
    rate, interval = float(good / n), wilson_interval(float(good), n)
    return Metric.model_validate(known | {"rate": rate, "interval": interval})
