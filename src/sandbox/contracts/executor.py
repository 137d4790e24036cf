"""What an executor is: it decides in which order trials are made, and how many at once."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Job = Callable[[], Awaitable[None]]
"""Makes one trial and keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The jobs of one target; there are no more once the target is given up."""

    target: str
    max_concurrency: int
    """How many of its jobs may be under way at once."""
    jobs: Iterator[Job]


class Executor(Protocol):
    """Works through lanes of jobs."""

    async def execute(self, lanes: Sequence[Lane]) -> None:
        """Do every job once. If one raises, or this is cancelled, the others are cancelled, too."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutorSpec:
    """How a plugin brings an executor."""

    name: str
    summary: str
    build: Callable[[], Executor]
