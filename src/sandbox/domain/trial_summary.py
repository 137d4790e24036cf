"""What is counted of a trial: enough for a scorecard, and no text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sandbox.domain.exchange import Usage
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import Trial, TrialStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSummary:
    """A trial without its texts, as stores keep it beside them, so that many are read in a moment."""

    fingerprint: str
    case_id: str
    repeat: int
    status: TrialStatus
    checks_digest: str
    calls: int
    repairs: int
    usage: Usage | None
    """None if no answer came."""
    cost_usd: float | None
    """None if no answer came, or if its price is unknown."""
    latency_seconds: float | None
    outcomes: Mapping[str, Outcome]
    """What each check and guard said, by name."""

    @classmethod
    def of(cls, trial: Trial) -> Self:
        """What is counted of this trial."""
        completion = trial.completion
        return cls(
            fingerprint=trial.fingerprint,
            case_id=trial.case_id,
            repeat=trial.repeat,
            status=trial.status,
            checks_digest=trial.checks_digest,
            calls=trial.calls,
            repairs=trial.repairs,
            usage=completion.usage if completion else None,
            cost_usd=completion.cost_usd if completion else None,
            latency_seconds=completion.latency_seconds if completion else None,
            outcomes={finding.check: finding.outcome for finding in trial.findings},
        )
