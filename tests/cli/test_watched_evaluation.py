"""Before an evaluation: the estimate, and a question where it may cost much; after Ctrl-C: what is kept."""

import io

import pytest
from rich.console import Console

from sandbox.cli.progress_lines import ProgressLines
from sandbox.cli.watched_evaluation import evaluate_watched
from sandbox.domain.budget import Budget, Estimate
from sandbox.domain.scorecard import Evaluation
from sandbox.errors import InputError, StoppedError
from tests.cli.progress_values import progress

DEAR = Estimate(
    trials=10, recalled=0, input_tokens=9, most_output_tokens=9, most_cost_usd=12.3, basis="Guessed."
)
DONE = Evaluation.model_construct(id="feedback-1")


class Typed(io.StringIO):
    """What somebody types, at a keyboard or not."""

    def __init__(self, text: str, *, is_keyboard: bool = True) -> None:
        super().__init__(text)
        self._is_keyboard = is_keyboard

    def isatty(self) -> bool:
        """Whether somebody is there."""
        return self._is_keyboard


def evaluated(estimate: Estimate, budget: Budget | None = None) -> tuple[Evaluation, str]:
    """What comes of it, and what was said."""
    written = io.StringIO()
    console = Console(file=written, width=80, force_terminal=True, color_system=None, highlight=False)

    def evaluate(*, confirm, watch) -> Evaluation:
        assert confirm(estimate)
        watch(progress())
        return DONE

    view = ProgressLines(Console(file=io.StringIO()), "feedback")
    came = evaluate_watched(evaluate, view, console, budget=budget or Budget(), confirm_above_usd=1)
    return came, written.getvalue()


def test_what_may_cost_much_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """A yes lets it begin."""
    monkeypatch.setattr("sys.stdin", Typed("y\n"))

    came, said = evaluated(DEAR)

    assert came is DONE
    assert said.count("At most $12.30") == 1
    assert "Ask for 10 answers for at most $12.30?" in said


def test_a_no_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was asked."""
    monkeypatch.setattr("sys.stdin", Typed("n\n"))

    with pytest.raises(StoppedError, match="Nothing was asked"):
        evaluated(DEAR)


@pytest.mark.parametrize(
    ("estimate", "budget"),
    [
        (DEAR.model_copy(update={"likely_cost_usd": 0.5}), Budget()),
        (DEAR.model_copy(update={"most_cost_usd": None}), Budget()),
        (DEAR, Budget(cost_usd=5)),
    ],
)
def test_what_costs_little_or_has_a_cap_is_only_said(
    monkeypatch: pytest.MonkeyPatch, estimate: Estimate, budget: Budget
) -> None:
    """Likely little is enough."""
    monkeypatch.setattr("sys.stdin", Typed(""))

    came, said = evaluated(estimate, budget)

    assert came is DONE
    assert "10 answers to ask for" in said
    assert "[y/n]" not in said


def test_where_nobody_can_be_asked_a_cap_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a script, silence is no yes."""
    monkeypatch.setattr("sys.stdin", Typed("y\n", is_keyboard=False))

    with pytest.raises(InputError, match="Set a cap"):
        evaluated(DEAR)


def test_after_an_interruption_it_says_what_is_kept() -> None:
    """And that the same command goes on."""
    console = Console(file=(written := io.StringIO()), width=80)
    view = ProgressLines(Console(file=io.StringIO()), "feedback")

    def evaluate(*, confirm, watch) -> Evaluation:
        watch(progress())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate_watched(evaluate, view, console, budget=Budget(), confirm_above_usd=1)

    assert "Stopped. At least 250 trials are on record; the same command goes on." in written.getvalue()
