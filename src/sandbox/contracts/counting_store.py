"""What a store may do besides: say how much it holds."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from sandbox.domain.purge import Purge


@runtime_checkable
class CountingStore(Protocol):
    """A store that can count without reading a trial."""

    def count_trials(self, purge: "Purge") -> int:
        """How many trials a purge would delete."""
        ...

    def trial_counts(self) -> Mapping[str, int]:
        """How many trials each evaluation has, by its id."""
        ...

    def size_bytes(self) -> int:
        """What all records take, on disk."""
        ...
