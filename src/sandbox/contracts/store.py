"""What a store is: it keeps evaluations and trials, each wholly or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from datetime import datetime

    from sandbox.domain.artifact import Artifact
    from sandbox.domain.purge import Purge, PurgeReceipt
    from sandbox.domain.scorecard import Evaluation
    from sandbox.domain.trial import Target, Trial
    from sandbox.domain.trial_summary import TrialSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEntry:
    """A trial, and where it stands."""

    evaluation_id: str
    position: int
    """Its place among the trials of its target in this evaluation."""
    trial: "Trial"


class Store(Protocol):
    """The records of one folder; used in a `with` block. What it was given is there after it returned.

    `save_trials` may be called from another thread than the rest, while the rest may be under way: a store
    that takes its time over it is given one.
    Everything raises StoreError if the records cannot be read or written: locked, full, gone.
    """

    @property
    def place(self) -> str:
        """Where the records are, for people; without a password."""
        ...

    def __enter__(self) -> Self:
        """The store itself."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close what is held open."""
        ...

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        """Keep every other process off an evaluation for as long as the block lasts, or this process lives.

        Raises:
            BusyError: another process is at it.
        """
        ...

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        """Keep these trials, all of them or none.

        One that is at the same position already gives way; so does one of the same fingerprint, everywhere.
        """
        ...

    def find_trial(self, fingerprint: str) -> "Trial | None":
        """The trial with this fingerprint, if it was made."""
        ...

    def ended_trials(self, target: "Target") -> "Iterable[str]":
        """The fingerprints of a target's trials that need not be made again: all but those that failed."""
        ...

    def trials(self, evaluation_id: str, target: "Target") -> "Iterator[Trial]":
        """The trials of one target in an evaluation, by position, one at a time."""
        ...

    def summaries(self, evaluation_id: str, target: "Target") -> "Iterator[tuple[int, TrialSummary]]":
        """Position and summary of those trials, by position, without reading the trials themselves."""
        ...

    def save_evaluation(self, evaluation: "Evaluation") -> None:
        """Keep an evaluation; one with the same id gives way."""
        ...

    def evaluation(self, evaluation_id: str) -> "Evaluation":
        """The evaluation of this id.

        Raises:
            UnknownNameError: there is none.
        """
        ...

    def evaluations(self) -> "Iterable[Evaluation]":
        """Every evaluation, the latest first."""
        ...

    def purge(self, purge: "Purge", *, now: "datetime") -> "PurgeReceipt":
        """Delete trials for good, so that no byte of their texts is left, and keep a receipt of that."""
        ...

    def purges(self) -> "Iterable[PurgeReceipt]":
        """The receipts of every purge, the latest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSpec:
    """How a plugin brings a store."""

    name: str
    """The scheme of its addresses, as in `postgresql://server/database`; a bare path is for `sqlite`."""
    summary: str
    open: "Callable[[str, Mapping[str, type[Artifact]]], Store]"
    """Opens the store at an address, which knows these types of artifact."""
