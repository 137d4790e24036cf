"""Tape: what may stand between trials and models, to write down what is answered or to say it again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sandbox.domain.exchange import ModelCard, Request
from sandbox.domain.trial import Case
from sandbox.pipeline.calling import Called

Ask = Callable[[Request], Awaitable[Called]]


@dataclass(slots=True)
class Period:
    """From the first moment to the last that trials took, as their recording has it."""

    first: datetime | None = None
    last: datetime | None = None

    def add(self, begun: datetime, ended: datetime) -> None:
        """Stretch it so that this is inside."""
        self.first = begun if self.first is None else min(self.first, begun)
        self.last = ended if self.last is None else max(self.last, ended)


class TapedTrial(Protocol):
    """One trial, as the tape sees it."""

    @property
    def started_at(self) -> datetime | None:
        """When it began, as the recording has it; None if the recording does not say, or not yet."""
        ...

    async def call(self, request: Request) -> Called:
        """What comes of asking: now, or when it was recorded.

        Raises:
            StoppedError: the model is not asked any more.
            FileError: the recording cannot be read or written, and nothing more should be asked.
        """
        ...

    def refuse(self, request: Request) -> None:
        """Note that nothing of this request was let out."""
        ...


class Tape(Protocol):
    """A recording that is being made or replayed."""

    @property
    def is_replay(self) -> bool:
        """Whether nobody is asked."""
        ...

    @property
    def period(self) -> Period:
        """From the first trial that was taken from it, or written to it, to the last."""
        ...

    def stop(self, model: str, target: str, reason: str) -> None:
        """Note that a target is not asked any more."""
        ...

    def card(self, model: str) -> ModelCard:
        """What the recording says of `provider/model`.

        Raises:
            InputError: it was not recorded.
        """
        ...

    def notes(self) -> tuple[str, ...]:
        """What a person should be told at the end."""
        ...

    def close(self) -> None:
        """Let go of the file. A second time does nothing.

        Raises:
            FileError: it could not be put in order; no answer is lost.
        """
        ...

    def trial(self, model: str, case: Case, ask: Ask) -> TapedTrial:
        """A trial of this case, with its roster, on `provider/model`."""
        ...
