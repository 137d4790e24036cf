"""The words for progress: exact where that is of use, honest where nothing is known."""

import pytest

from sandbox.cli.progress_words import duration, expense, hold, holds, how_far, money, names, time_words
from sandbox.domain.budget import Budget
from sandbox.domain.event import PaceReason
from tests.cli.progress_values import progress, target


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0 s"),
        (0.1, "1 s"),
        (59, "59 s"),
        (59.5, "1 min"),
        (90, "2 min"),
        (3599, "1 h"),
        (5400, "1 h 30 min"),
    ],
)
def test_a_duration_is_no_more_exact_than_it_is_of_use(seconds: float, words: str) -> None:
    """Seconds below a minute, minutes below an hour."""
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("usd", "words"), [(0, "$0.00"), (0.002, "less than $0.01"), (4.1, "$4.10"), (1234.5, "$1,234.50")]
)
def test_money_is_written_in_cents(usd: float, words: str) -> None:
    """What is less than a cent is not nothing."""
    assert money(usd) == words


def test_time_left_is_not_guessed() -> None:
    """Until it is known it is said to be unknown; at the end none is left to tell."""
    assert time_words(progress(left_seconds=None)) == "1 min gone, time left: not known yet"
    assert time_words(progress()) == "1 min gone, about 4 min left"
    assert time_words(progress(), since_seconds=500) == "9 min gone, about 1 s left"
    assert time_words(progress(target(done=500))) == "1 min gone"
    assert time_words(progress(target(stopped="The key is wrong."))) == "1 min gone"
    assert time_words(progress(budget=Budget(minutes=30))).endswith("stops after 30 min")


def test_what_it_costs_is_said_with_every_cap() -> None:
    """A price that is unknown is said to be."""
    assert expense(progress()) == "$1.20 spent, likely $2.90 more"
    assert expense(progress(spent_usd=None, still_usd=None)) == "cost not known"
    assert expense(progress(budget=Budget(cost_usd=5, calls=900, tokens=50_000))) == (
        "$1.20 spent, likely $2.90 more, cap $5.00, 150 of at most 900 calls, "
        "30,000 of at most 50,000 tokens"
    )


def test_how_far_it_is_counts_every_target() -> None:
    """With what was on record and what failed."""
    two = progress(target(failed=3), target(recalled=0, done=0))

    assert how_far("feedback", two) == "feedback: 250 of 1,000 answers, 100 were on record, 3 failed"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (PaceReason.RATE_LIMIT, "openai asks us to wait 12 s"),
        (PaceReason.RATES, "openai has had what sandbox.toml allows in a minute; it goes on in 12 s"),
        (PaceReason.NO_ANSWERS, "openai does not answer; it is asked again in 12 s"),
        (None, "openai: nothing is sent for 12 s"),
    ],
)
def test_a_hold_names_its_reason_if_that_is_known(reason: PaceReason | None, words: str) -> None:
    """And nobody is blamed if it is not."""
    held = target(pause_seconds=12, pause_reason=reason)

    assert hold(held) == words
    assert hold(held, since_seconds=12) == ""
    assert hold(target(pause_seconds=12, pause_reason=reason, stopped="so")) == ""


def test_a_service_is_named_once_with_its_longest_hold() -> None:
    """Its targets share the account."""
    held = progress(target(pause_seconds=3), target(pause_seconds=9), target(model="a/b", pause_seconds=1))

    assert holds(held) == ["a: nothing is sent for 1 s", "openai: nothing is sent for 9 s"]


def test_targets_are_named_by_what_tells_them_apart() -> None:
    """By the model if the prompt is the same."""
    same = progress(target(), target(label="feedback 1.0.0 on a/b", model="a/b"))
    other = progress(target(), target(label="feedback 1.1.0 on openai/gpt-x"))

    assert names(same) == ["openai/gpt-x", "a/b"]
    assert names(other) == ["feedback 1.0.0 on openai/gpt-x", "feedback 1.1.0 on openai/gpt-x"]
