"""Progress made up for the tests of its views."""

from sandbox.domain.budget import Budget
from sandbox.domain.progress import Progress, TargetProgress


def target(**changes) -> TargetProgress:
    """A target half-way."""
    fields = {
        "label": "feedback 1.0.0 on openai/gpt-x",
        "model": "openai/gpt-x",
        "planned": 500,
        "recalled": 100,
        "done": 250,
        "failed": 0,
        "under_way": 8,
        "waiting": 0,
        "limit": 8,
        "pause_seconds": 0,
        "stopped": "",
    }
    return TargetProgress(**(fields | changes))


def progress(*targets: TargetProgress, **changes) -> Progress:
    """An evaluation of these targets half-way."""
    fields = {
        "targets": targets or (target(),),
        "elapsed_seconds": 65,
        "estimate": None,
        "budget": Budget(),
        "spent_usd": 1.2,
        "still_usd": 2.9,
        "calls": 150,
        "tokens": 30_000,
        "left_seconds": 240,
        "note": "",
    }
    return Progress(**(fields | changes))


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now
