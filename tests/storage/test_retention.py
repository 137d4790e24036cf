"""Retention: what is older than it may be is gone, and said to be."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.contracts.store import TrialEntry
from sandbox.storage.retention import delete_older_trials
from sandbox.testing.examples import make_target, make_trial


def test_older_trials_are_deleted_and_younger_ones_kept(tmp_path: Path) -> None:
    """The second time there is nothing to delete, and nothing is said."""
    now = datetime.now(UTC)
    ages = [0, 29, 31, 400]
    with Sandbox(tmp_path, plugins=[]) as sandbox, sandbox.records() as store:
        for number, age in enumerate(ages):
            trial = make_trial(number, started_at=now - timedelta(days=age))
            store.save_trials([TrialEntry(evaluation_id="one", position=number, trial=trial)])

        with pytest.warns(UserWarning, match="2 trials older than 30 days were deleted"):
            delete_older_trials(store, days=30)
        delete_older_trials(store, days=30)
        kept = [trial.case_id for trial in store.trials("one", make_target())]

    assert kept == ["case-0", "case-1"]
