"""A record store in memory, which can be told to fail."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from sandbox.contracts.store import TrialEntry
from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import StoreError, UnknownNameError


class MemoryStore:
    """Keeps what it is given for as long as it lives."""

    place = "memory"

    def __init__(self, faults: Iterable[StoreError] = ()) -> None:
        self.faults = list(faults)
        self.batches: list[int] = []
        self._places: dict[str, dict[int, str]] = defaultdict(dict)
        self._trials: dict[str, Trial] = {}
        self._evaluations: dict[str, Evaluation] = {}

    def __enter__(self) -> "MemoryStore":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        """Nobody else can be at it."""
        return nullcontext()

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        """Keep them, unless it is time for a fault."""
        if self.faults:
            raise self.faults.pop(0)
        self.batches.append(len(entries))
        for entry in entries:
            self._places[_key(entry.evaluation_id, entry.trial.target)][entry.position] = (
                entry.trial.fingerprint
            )
            self._trials[entry.trial.fingerprint] = entry.trial

    def find_trial(self, fingerprint: str) -> Trial | None:
        """The trial of this fingerprint."""
        return self._trials.get(fingerprint)

    def ended_trials(self, target: Target) -> Iterable[str]:
        """All but those that failed."""
        ended = [each for each in self._trials.values() if each.status is not TrialStatus.FAILED]
        return [each.fingerprint for each in ended if each.target == target]

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        """By position."""
        found = self._places[_key(evaluation_id, target)]
        return (self._trials[found[position]] for position in sorted(found))

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        """By position."""
        found = self._places[_key(evaluation_id, target)]
        return ((position, TrialSummary.of(self._trials[found[position]])) for position in sorted(found))

    def save_evaluation(self, evaluation: Evaluation) -> None:
        """Keep it."""
        self._evaluations[evaluation.id] = evaluation

    def evaluation(self, evaluation_id: str) -> Evaluation:
        """The evaluation of this id."""
        if evaluation_id not in self._evaluations:
            raise UnknownNameError("evaluation", evaluation_id, self._evaluations)
        return self._evaluations[evaluation_id]

    def evaluations(self) -> Iterable[Evaluation]:
        """Every evaluation."""
        return self._evaluations.values()

    def purge(self, purge: Purge, *, now: datetime) -> PurgeReceipt:
        """Nothing: it is gone with the test."""
        raise AssertionError("Nobody purges what is in memory.")

    def purges(self) -> Iterable[PurgeReceipt]:
        """None."""
        return ()


def _key(evaluation_id: str, target: Target) -> str:
    return f"{evaluation_id} {target.model_dump_json()}"
