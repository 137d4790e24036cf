"""An evaluation that is watched in a terminal, and asked about first where it may cost much."""

import sys
from typing import Protocol

from rich.console import Console

from sandbox.cli.estimate_view import ask_to_go_on, show_estimate
from sandbox.cli.progress_lines import ProgressLines
from sandbox.cli.progress_view import ProgressView
from sandbox.domain.budget import Budget, Estimate
from sandbox.domain.scorecard import Evaluation
from sandbox.errors import StoppedError
from sandbox.evaluation.evaluating import Confirm, needs_cap_above
from sandbox.evaluation.watching import Watch


class Evaluate(Protocol):
    """`Sandbox.evaluate` with all that is to be evaluated."""

    def __call__(self, *, confirm: Confirm, watch: Watch) -> Evaluation:
        """Evaluate, if `confirm` agrees."""
        ...


class _AskFirstError(StoppedError):
    """Nothing was asked yet: the person at the keyboard has to agree."""

    def __init__(self, estimate: Estimate) -> None:
        self.estimate = estimate
        super().__init__("Nothing was asked.")


def evaluate_watched(
    evaluate: Evaluate,
    view: ProgressView | ProgressLines,
    console: Console,
    *,
    budget: Budget,
    confirm_above_usd: float,
) -> Evaluation:
    """Evaluate, with the estimate said first, a question if it may cost much, and word of what is kept.

    Raises:
        StoppedError: the person at the keyboard did not agree.
        InputError: it may cost much, and nobody is at the keyboard.
    """

    def confirm(estimate: Estimate) -> bool:
        show_estimate(estimate, budget, console)
        if not (console.is_terminal and sys.stdin.isatty()):
            return needs_cap_above(confirm_above_usd, budget)(estimate)
        if _is_dear(estimate, budget, confirm_above_usd):
            raise _AskFirstError(estimate)
        return True

    try:
        try:
            return evaluate(confirm=confirm, watch=view.update)
        except _AskFirstError as question:  # asked here, because only the main thread hears Ctrl-C
            if not ask_to_go_on(question.estimate, console):
                raise StoppedError("Nothing was asked.") from None
            return evaluate(confirm=lambda _: True, watch=view.update)
    except KeyboardInterrupt:
        view.stop()
        done = sum(target.done for target in view.last.targets) if view.last is not None else 0
        console.print(f"\nStopped. At least {done:,} trials are on record; the same command goes on.")
        raise


def _is_dear(estimate: Estimate, budget: Budget, above_usd: float) -> bool:
    likely, most = estimate.likely_cost_usd, estimate.most_cost_usd
    cost = likely if likely is not None else most
    return cost is not None and cost > above_usd and budget.cost_usd is None
