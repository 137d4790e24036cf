"""What happens while prompts are tried, for those who look on. No text of a teacher or student is in it."""

from dataclasses import dataclass, field
from enum import StrEnum
from time import time

from sandbox.domain.finding import Outcome
from sandbox.domain.trial import TrialStatus
from sandbox.errors import ErrorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """What every event has: when it happened, in seconds since 1970."""

    at: float = field(default_factory=time, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfTrial(_Moment):
    """What an event of a trial has: the trial's fingerprint, which tells it from all others."""

    trial: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationStarted(_Moment):
    """An evaluation begins, or goes on where it stopped."""

    evaluation: str
    suite: str
    targets: tuple[str, ...]
    planned: int
    """Trials in all, over all targets."""
    recalled: int = 0
    """Those of them that are on record already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFinished(_Moment):
    """An evaluation has its verdicts: what each target's evidence advises, in the order of the targets."""

    evaluation: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStarted(_OfTrial):
    """A case is about to be tried on a target."""

    target: str
    case_id: str
    repeat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFinished(_OfTrial):
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
class ModelAsked(_OfTrial):
    """A request goes out; `attempt` counts from 1."""

    model: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAnswered(_OfTrial):
    """An answer came in."""

    model: str
    latency_seconds: float
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFailed(_OfTrial):
    """A request brought no answer; what comes of it is told next."""

    model: str
    kind: ErrorKind
    status: int | None = None
    """The HTTP status, if there was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryScheduled(_OfTrial):
    """A request failed in a way that may pass, and goes out again after a pause."""

    model: str
    kind: ErrorKind
    wait_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAsked(_OfTrial):
    """An answer could not be read, and the model is asked to mend it."""

    model: str
    repair: int
    """Counts from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinished(_OfTrial):
    """A check or a guard looked at an answer; its reason may hold a student's words, and is not told."""

    check: str
    version: str
    outcome: Outcome


class PaceReason(StrEnum):
    """Why an account is asked faster or slower than before."""

    ANSWERS_COME = "answers_come"
    RATE_LIMIT = "rate_limit"
    """The service said that it was asked too often."""
    RATES = "rates"
    """The requests or tokens that `sandbox.toml` allows in a minute are used up."""
    OWN_WORK = "own_work"
    """This machine cannot look at answers faster than they come."""
    NO_ANSWERS = "no_answers"
    """So many requests in a row failed that only one at a time is sent, to see whether it is back."""
    ANSWERS_AGAIN = "answers_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChanged(_Moment):
    """An account is asked more or fewer questions at once, or none for a while."""

    account: str
    before: int
    """Requests that might be under way at once."""
    after: int
    reason: PaceReason
    pause_seconds: float = 0
    """For so long nothing is sent at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsDelayed(_Moment):
    """The records cannot be written just now, and nothing more is asked until they can; or now they can."""

    reason: str
    """What the store says, in a sentence for people; empty once they can be written again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStopped(_Moment):
    """A target is not asked any more, before its trials are all made."""

    target: str
    reason: str


Event = (
    EvaluationStarted
    | EvaluationFinished
    | TargetStopped
    | TrialStarted
    | TrialFinished
    | CheckFinished
    | ModelAsked
    | ModelAnswered
    | ModelFailed
    | PaceChanged
    | RecordsDelayed
    | RetryScheduled
    | RepairAsked
)
