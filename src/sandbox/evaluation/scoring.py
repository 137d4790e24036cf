"""Trials add up to a scorecard; memory does not grow with their number."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sandbox.domain.exchange import Usage
from sandbox.domain.finding import Outcome
from sandbox.domain.scorecard import Metric, Scorecard
from sandbox.domain.trial import Target, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.evaluation.statistics import wilson_interval

_GOOD = {Outcome.PASS, Outcome.WARN}


@dataclass(slots=True)
class _Count:
    """What one check said so far; a case counts once all its repeats are in."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    cases: int = 0
    good: Counter[int] = field(default_factory=Counter)
    """Good outcomes, by the number of outcomes that the case has."""
    cases_not_applicable: int = 0

    @property
    def good_cases(self) -> Fraction:
        """Cases that are good, each by its share of good outcomes."""
        return sum((Fraction(good, n) for n, good in self.good.items()), Fraction())


class Tally:
    """Adds trials up, whatever their order, and gives the scorecard at any time."""

    def __init__(self, target: Target, checks: Sequence[str], *, planned: int, repeats: int) -> None:
        self._target, self._planned, self._repeats = target, planned, repeats
        self._counts = {name: _Count() for name in checks}
        self._open: defaultdict[str, list[Mapping[str, Outcome]]] = defaultdict(list)
        self._statuses: Counter[TrialStatus] = Counter()
        self._usage = Usage()
        self._answers = self._repaired = 0
        # In whole numbers: the order in which trials end must not show in a report, as it would in a sum
        # of fractions.
        self._latency_nanoseconds = self._cost_picodollars = 0
        self._is_cost_known = True

    def add(self, trial: TrialSummary) -> None:
        """Count one trial."""
        self._statuses[trial.status] += 1
        self._repaired += trial.repairs > 0
        if trial.usage is not None:
            cost = trial.cost_usd
            self._usage += trial.usage
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
            metrics=tuple(_metric(name, count) for name, count in self._counts.items()),
            usage=self._usage,
            cost_usd=self._cost_picodollars / 1e12 if self._answers and self._is_cost_known else None,
            latency_seconds=self._latency_nanoseconds / 1e9 / self._answers if self._answers else None,
            stopped=stopped,
        )

    def _close(self, repeats: Sequence[Mapping[str, Outcome]]) -> None:
        """Count a case whose repeats are in."""
        for name, count in self._counts.items():
            outcomes = [said.get(name, Outcome.ERROR) for said in repeats]
            count.outcomes.update(outcomes)
            counted = [each for each in outcomes if each is not Outcome.NOT_APPLICABLE]
            if counted:
                count.cases += 1
                count.good[len(counted)] += sum(each in _GOOD for each in counted)
            else:
                count.cases_not_applicable += 1


def _metric(name: str, count: _Count) -> Metric:
    known = {
        "check": name,
        "n": count.cases,
        "n_trials": sum(count.outcomes.values()) - count.outcomes[Outcome.NOT_APPLICABLE],
        "passed": count.outcomes[Outcome.PASS],
        "warned": count.outcomes[Outcome.WARN],
        "failed": count.outcomes[Outcome.FAIL],
        "errors": count.outcomes[Outcome.ERROR],
        "not_applicable": count.cases_not_applicable,
    }
    if not count.cases:
        reason = "It applies to none of the cases." if count.cases_not_applicable else "No case was tried."
        return Metric.model_validate(known | {"reason": reason})
    return Metric.model_validate(
        known
        | {
            "rate": float(count.good_cases / count.cases),
            "interval": wilson_interval(float(count.good_cases), count.cases),
        }
    )
