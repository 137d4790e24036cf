"""How far an evaluation is, for those who watch it."""

from dataclasses import dataclass

from sandbox.domain.budget import Budget, Estimate
from sandbox.domain.event import PaceReason


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProgress:
    """How far one target is."""

    label: str
    model: str
    """`provider/model`."""
    planned: int
    recalled: int
    """Trials that were on record already."""
    done: int
    """Trials that came to an end, those on record included."""
    failed: int
    under_way: int
    """Requests that are on their way."""
    waiting: int
    """Trials that wait out a pause after a failure."""
    limit: int
    """How many requests may be under way now."""
    pause_seconds: float
    """For so long nothing is sent to the account; 0 if it is not held."""
    pause_reason: PaceReason | None = None
    """Why it is held, if that is known."""
    stopped: str
    """Why the target is not asked any more; empty if it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an evaluation is."""

    targets: tuple[TargetProgress, ...]
    elapsed_seconds: float
    estimate: Estimate | None
    budget: Budget
    spent_usd: float | None
    """None if a price is unknown."""
    still_usd: float | None
    """Likely cost of what is left, from the trials so far; None if it cannot be told."""
    calls: int
    tokens: int
    left_seconds: float | None
    """Time that is left; None until it can be told."""
    note: str
    """What holds everything up now, such as "the records are locked."; empty if nothing does."""
