"""Figures and states in words."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.domain.exchange import Settings, Usage
from sandbox.domain.scorecard import Evaluation
from sandbox.report import wording


@pytest.mark.parametrize(
    ("cost_usd", "words"),
    [
        (None, "unknown"),
        (0.0, "$0.00"),
        (0.00421, "$0.0042"),
        (0.0000001, "under $0.0001"),
        (12.5, "$12.50"),
    ],
)
def test_a_cost_in_words(cost_usd: float | None, words: str) -> None:
    """Unknown is not free, and a little is not nothing."""
    assert wording.cost_in_words(cost_usd) == words


@pytest.mark.parametrize(
    ("lasted", "words"),
    [
        (timedelta(minutes=15), "on March 5, 2026, from 23:30 to 23:45 UTC"),
        (timedelta(hours=1), "from March 5, 2026, 23:30, to March 6, 2026, 00:30 UTC"),
        (None, "from March 5, 2026, 23:30 UTC, and not finished"),
    ],
)
def test_a_period_in_words(evaluation: Evaluation, lasted: timedelta | None, words: str) -> None:
    """A day is named once, unless the night fell in between."""
    start = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    end = start + lasted if lasted is not None else None
    moved = evaluation.model_copy(update={"started_at": start, "finished_at": end})

    assert wording.period_in_words(moved) == words


def test_only_settings_that_were_set_are_named() -> None:
    """What was not set was left to the model."""
    assert wording.settings_in_words(Settings(temperature=0)) == (
        "at most 2,000 tokens an answer, temperature 0.0; the rest as the model has it"
    )


def test_estimated_tokens_are_called_so() -> None:
    """A guess is not a count."""
    usage = Usage(input_tokens=1200, output_tokens=3, is_estimated=True)

    assert wording.tokens_in_words(usage) == "1,200 in, 3 out (estimated)"


def test_a_long_text_says_how_much_is_missing() -> None:
    """Nothing is cut in silence."""
    assert wording.shortened("abcdef", 4) == "abcd … (2 more characters)"
    assert wording.shortened("abcd", 4) == "abcd"


@pytest.mark.parametrize(
    ("words", "row"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_words_in_a_row(words: tuple[str, ...], row: str) -> None:
    """The last one is joined by "and"."""
    assert wording.listed(words) == row
