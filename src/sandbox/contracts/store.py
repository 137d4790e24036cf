"""What a store is: it keeps evaluations and trials, each wholly or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.domain.artifact import Artifact
    from sandbox.domain.scorecard import Evaluation
    from sandbox.domain.trial import Target, Trial


class Store(Protocol):
    """The records of one folder; used in a `with` block. What it was given is there after it returned."""

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

    def save_trial(self, evaluation_id: str, position: int, trial: "Trial") -> None:
        """Keep a trial, as the one at this position of an evaluation."""
        ...

    def find_trial(self, fingerprint: str) -> "Trial | None":
        """The trial with this fingerprint, if it was made."""
        ...

    def trials(self, evaluation_id: str, target: "Target") -> "Iterator[Trial]":
        """The trials of one target in an evaluation, by position, one at a time."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSpec:
    """How a plugin brings a store."""

    name: str
    """The scheme of its addresses, as in `postgresql://server/database`; a bare path is for `sqlite`."""
    summary: str
    open: "Callable[[str, Mapping[str, type[Artifact]]], Store]"
    """Opens the store at an address, which knows these types of artifact."""
