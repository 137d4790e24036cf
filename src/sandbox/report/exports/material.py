"""What is exported: one evaluation, and its trials one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sandbox.contracts.store import Store
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial
from sandbox.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """An evaluation with the store that keeps its trials.

    Raises:
        InputError: the evaluation has not come to an end, so that nobody knows what belongs to it.
    """

    evaluation: Evaluation
    store: Store
    answer_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the student is to find out, by case; as far as it is known."""

    def __post_init__(self) -> None:
        if not self.evaluation.results:
            raise InputError(
                f"The evaluation '{self.evaluation.id}' is unfinished: give the same 'sandbox eval' again, "
                "which goes on where it stopped, then export it."
            )

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets in the order of the results."""
        return tuple(result.scorecard.target for result in self.evaluation.results)

    def trials(self, target: Target) -> Iterator[Trial]:
        """The trials of one target, one in memory at a time."""
        return self.store.trials(self.evaluation.id, target)

    def all_trials(self) -> Iterator[Trial]:
        """The trials of every target, one in memory at a time."""
        for target in self.targets:
            yield from self.trials(target)

    def case_ids(self, target: Target) -> list[str]:
        """The cases of which there is a trial, in their order."""
        summaries = self.store.summaries(self.evaluation.id, target)
        return list(dict.fromkeys(summary.case_id for _, summary in summaries))

    def check_names(self) -> tuple[str, ...]:
        """Every check that was asked, then every guard that said something."""
        names = {
            metric.check: None for result in self.evaluation.results for metric in result.scorecard.metrics
        }
        for target in self.targets:
            for _, summary in self.store.summaries(self.evaluation.id, target):
                names.update(dict.fromkeys(summary.outcomes))
        return tuple(names)
