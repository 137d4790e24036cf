"""Trials that are written together: however many they are, each comes back as it was."""

import pytest

from sandbox.contracts.store import TrialEntry
from sandbox.testing.examples import make_target, make_trial
from tests.storage.database.conftest import OpenStore


@pytest.mark.parametrize("count", [1, 2, 7, 31, 32, 33, 71])
def test_each_of_many_comes_back(open_store: OpenStore, count: int) -> None:
    """New ones, and those that take the place of earlier ones, among each other."""
    first = [make_trial(number) for number in range(0, count, 2)]
    every = [make_trial(number, calls=number % 3) for number in range(count)]

    with open_store() as store:
        for trials in (first, every):
            store.save_trials(
                [
                    TrialEntry(evaluation_id="one", position=int(each.case_id[5:]), trial=each)
                    for each in trials
                ]
            )
        assert list(store.trials("one", make_target())) == every
