"""The evaluation of `tests/report`, in a store that hands on one trial at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import pytest

from sandbox.contracts.store import Store
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial
from sandbox.domain.trial_summary import TrialSummary
from sandbox.report.exports.material import Material


@dataclass(frozen=True)
class KeptTrials:
    """As much of a store as an export asks for."""

    kept: dict[Target, list[Trial]]

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        """The trials, one at a time."""
        return iter(self.kept[target])

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        """Their summaries."""
        return ((number, TrialSummary.of(trial)) for number, trial in enumerate(self.kept[target]))


@pytest.fixture
def material(evaluation: Evaluation, trials: dict[Target, list[Trial]]) -> Material:
    """Sixteen trials on two targets; one case has an answer key."""
    first = trials[evaluation.results[0].scorecard.target][0]
    return Material(
        evaluation=evaluation,
        store=cast(Store, KeptTrials(trials)),
        answer_keys={first.case_id: ("5/8", "five eighths")},
    )
