"""The estimate: what is likely, what is the most, what is not known."""

import io

import pytest
from rich.console import Console

from sandbox.cli.estimate_view import ask_to_go_on, show_estimate
from sandbox.domain.budget import Budget, Estimate

FIELDS = {"trials": 6000, "recalled": 2000, "input_tokens": 3_000_000, "most_output_tokens": 900_000}


def shown(budget: Budget | None = None, **changes) -> str:
    """What is printed, on one line."""
    estimate = Estimate(**(FIELDS | {"basis": "The length of 20 of the cases."} | changes))
    console = Console(file=(written := io.StringIO()), width=80)
    show_estimate(estimate, budget or Budget(), console)
    assert max(map(len, written.getvalue().splitlines())) <= 80
    return " ".join(written.getvalue().split())


def test_it_says_what_is_likely_and_what_is_the_most() -> None:
    """And what that rests on."""
    text = shown(likely_output_tokens=300_000, likely_cost_usd=4.1, most_cost_usd=12.3)

    assert text == (
        "6,000 answers to ask for (2,000 are on record); tokens: 3,000,000 in, likely 300,000, at most "
        "900,000 out. Likely $4.10, at most $12.30, plus what is asked again after failures. The length of "
        "20 of the cases."
    )


def test_a_price_that_nobody_knows_is_said() -> None:
    """With where to give it; no figure is made up."""
    text = shown(unpriced=("openai/[new]", "a/b"))

    assert "not known, for want of the price of openai/[new], a/b: give it under [prices]" in text
    assert "$" not in text


def test_a_model_on_this_machine_costs_nothing() -> None:
    """Zero is a price."""
    assert "It costs nothing." in shown(likely_cost_usd=0, most_cost_usd=0)


def test_the_caps_are_said() -> None:
    """All of them, and that nothing is lost."""
    text = shown(Budget(cost_usd=5, calls=100, tokens=9000, minutes=90))

    assert "It stops before it takes more than $5.00 or 100 calls or 9,000 tokens or 1 h 30 min;" in text


def test_if_all_is_on_record_nothing_is_reckoned() -> None:
    """One line is enough."""
    assert shown(Budget(calls=1), trials=0) == "Nothing to ask for (2,000 are on record)."


@pytest.mark.parametrize(("typed", "answer"), [("y\n", True), ("n\n", False), ("\n", False), ("", False)])
def test_only_a_yes_is_a_yes(monkeypatch: pytest.MonkeyPatch, typed: str, answer: bool) -> None:
    """Nor is an end of input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    console = Console(file=(written := io.StringIO()), width=80)

    assert ask_to_go_on(Estimate(**FIELDS, basis="-", most_cost_usd=12.3), console) is answer
    assert "Ask for 6,000 answers for at most $12.30? [y/n]" in written.getvalue()
