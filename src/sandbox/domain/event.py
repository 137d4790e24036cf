"""What happens while prompts are tried, for those who look on. No text of a teacher or student is in it."""

from dataclasses import dataclass

from sandbox.domain.trial import TrialStatus
from sandbox.errors import ErrorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationStarted:
    """An evaluation begins, or goes on where it stopped."""

    evaluation: str
    suite: str
    targets: tuple[str, ...]
    planned: int
    """Trials in all, over all targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFinished:
    """An evaluation has its verdicts: what each target's evidence advises, in the order of the targets."""

    evaluation: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStarted:
    """A case is about to be tried on a target."""

    target: str
    case_id: str
    repeat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFinished:
    """A trial came to an end."""

    target: str
    case_id: str
    repeat: int
    status: TrialStatus
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    is_recalled: bool
    """Whether it was on record and nobody was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAsked:
    """A request goes out; `attempt` counts from 1."""

    model: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswered:
    """An answer came in."""

    model: str
    latency_seconds: float
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryScheduled:
    """A request failed in a way that may pass, and goes out again after a pause."""

    model: str
    kind: ErrorKind
    wait_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAsked:
    """An answer could not be read, and the model is asked to mend it."""

    model: str
    repair: int
    """Counts from 1."""


Event = (
    EvaluationStarted
    | EvaluationFinished
    | TrialStarted
    | TrialFinished
    | ModelAsked
    | ModelAnswered
    | RetryScheduled
    | RepairAsked
)
