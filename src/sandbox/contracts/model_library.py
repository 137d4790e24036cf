"""What a model library is: the models that a provider keeps on this machine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalModel:
    """A model that is on this machine, or that can be fetched."""

    name: str
    """What stands after the slash in `provider/model`."""
    summary: str
    """What it is good for, and under which licence."""
    size_bytes: int
    """Of the file; what is still to be downloaded if it is not there."""
    path: Path | None
    """Where it lies; None if it has not been fetched."""
    memory_bytes: int | None
    """What it takes while it runs, about; None if that cannot be said."""
    advice: str
    """Whether this machine can run it, in words for people."""
    is_runnable: bool | None
    """Whether it fits into the memory that is free; None if that cannot be said."""


FetchProgress = Callable[[int, int | None], None]
"""Is told of the bytes that have come, and of how many there will be if that is known."""


class ModelLibrary(Protocol):
    """The models of one provider on this machine."""

    def models(self) -> Iterable[LocalModel]:
        """Those that are here, and those worth fetching, by name."""
        ...

    def fetch(self, name: str, *, sha256: str = "", progress: FetchProgress = lambda _, __: None) -> Path:
        """Bring a model here, whole or not at all, and give its file; one that is here is left alone.

        Raises:
            SandboxError: there is none of this name, it did not come, or it is not what it should be.
        """
        ...

    def path(self, name: str) -> Path:
        """Where a model lies.

        Raises:
            UnknownNameError: it is not here.
        """
        ...
