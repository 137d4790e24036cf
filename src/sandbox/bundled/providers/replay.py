"""Replays what models once answered: with their names for evidence, or as a model `replay/unit.jsonl`."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from sandbox.bundled.providers.recording import recorded_card
from sandbox.contracts.options import NoOptions, read_options
from sandbox.contracts.provider import Options
from sandbox.domain.exchange import Completion, ModelCard, Request
from sandbox.domain.trial import Case
from sandbox.errors import ErrorKind, InputError, ProviderError, StoppedError
from sandbox.pipeline.calling import Called
from sandbox.pipeline.taping import Ask, Period
from sandbox.storage.cassette import Cassette, Place, request_key
from sandbox.storage.cassette_lines import Answer


@dataclass(slots=True)
class Player:
    """Answers each request of a case with what was recorded for it, and no other; close it.

    Raises:
        FileError: the cassette cannot be read.
    """

    path: Path
    is_replay: ClassVar[bool] = True
    period: Period = field(default_factory=Period, init=False)
    _cassette: Cassette = field(init=False, repr=False)
    _used: set[int] = field(default_factory=set, init=False, repr=False)
    _missed: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        self._cassette = _whole(self.path)

    @property
    def models(self) -> tuple[str, ...]:
        """The models that were recorded, as `provider/model`."""
        return tuple(self._cassette.headers)

    def card(self, model: str) -> ModelCard:
        """What was said of a model when it was recorded.

        Raises:
            InputError: none of that name was.
        """
        header = self._cassette.headers.get(model)
        if header is None:
            raise InputError(
                f"{self.path} was recorded from {', '.join(self.models)}, not from '{model}': leave the "
                "model out, and those that were recorded are replayed."
            )
        return recorded_card(header.card)

    def trial(self, model: str, case: Case, ask: Ask) -> "ReplayedTrial":
        """A trial whose answers are those that were recorded; nobody is asked."""
        del ask
        return ReplayedTrial(self, model, case)

    def stop(self, model: str, target: str, reason: str) -> None:
        """Nothing is written."""

    def stopped(self, model: str) -> str:
        """Why a model was not asked any more when it was recorded; empty if it was asked to the end."""
        stops = self._cassette.stops.values()
        return next((stop.reason for stop in stops if stop.model == model), "")

    def notes(self) -> tuple[str, ...]:
        """What a person should be told at the end."""
        notes: list[str] = []
        if self._missed:
            notes.append(
                f"{self._missed} trials have no recorded answer in {self.path}, and count as failed."
            )
        if unused := len(self._cassette) - len(self._used):
            those = "1 recorded answer was" if unused == 1 else f"{unused} recorded answers were"
            notes.append(
                f"{those} not asked for: {self.path} was recorded with other or more cases, repeats or "
                "prompts than were replayed now."
            )
        return tuple(notes)

    def close(self) -> None:
        """Close the file. A second time does nothing."""
        self._cassette.close()

    def find(self, model: str, case: Case, request: Request) -> Answer | None:
        """What was recorded for this request of a case."""
        place = self._cassette.find(model, case.id, request_key(request))
        if place is None:
            return None
        self._used.add(place.offset)
        answer = self._cassette.answer(place)
        if answer.asked_at is not None and answer.answered_at is not None:
            self.period.add(answer.asked_at, answer.answered_at)
        return answer

    def miss(self, model: str, case: Case, repeat: int) -> ProviderError:
        """Why there is no answer to this case, and what to do."""
        self._missed += 1
        if self._cassette.has_case(model, case.id) or self._cassette.version == 1:
            why = (
                "holds no answer to this request: the prompt, the case, the settings, what is asked of the "
                "answer or the number of repeats has changed since"
            )
        else:
            why = "holds nothing of this case"
        return ProviderError(
            ErrorKind.INVALID_REQUEST,
            f"Case '{case.id}', repeat {repeat}: {self.path.name} {why}. Replay what was recorded, or "
            f"record this with --model {model} and --record into the same file.",
        )


@dataclass(slots=True)
class ReplayedTrial:
    """One trial that is replayed."""

    player: Player
    model: str
    case: Case
    started_at: datetime | None = field(default=None, init=False)
    _is_begun: bool = field(default=False, init=False)

    async def call(self, request: Request) -> Called:
        """What came of asking when it was recorded.

        Raises:
            StoppedError: no more was asked when it was recorded, or no such repair of this answer.
        """
        answer = self.player.find(self.model, self.case, request)
        if answer is None:
            if stopped := self.player.stopped(self.model):
                raise StoppedError(stopped)
            missing = self.player.miss(self.model, self.case, request.repeat)
            if self._is_begun:
                raise StoppedError(str(missing))
            return Called(None, missing, 0)
        self.started_at = self.started_at or answer.asked_at
        self._is_begun = True
        return Called(answer.completion, answer.error, answer.calls)

    def refuse(self, request: Request) -> None:
        """Find out when it was refused before."""
        answer = self.player.find(self.model, self.case, request.model_copy(update={"messages": ()}))
        self.started_at = answer.asked_at if answer else None


def _whole(path: Path) -> Cassette:
    cassette = Cassette(path)
    try:
        cassette.see_that_it_is_whole()
    except BaseException:
        cassette.close()
        raise
    return cassette


@dataclass(frozen=True, slots=True)
class ReplayProvider:
    """A provider whose models are paths of cassettes, so that recorded answers can stand beside others."""

    _cassettes: dict[str, Cassette] = field(default_factory=dict, init=False, repr=False)
    _places: dict[str, dict[bytes, Place]] = field(default_factory=dict, init=False, repr=False)

    def describe(self, model: str) -> ModelCard:
        """The recorded card under the name of the cassette, so that requests come out the same.

        Raises:
            FileError: the cassette cannot be read, or holds more than one model.
        """
        card = next(iter(self._cassette(model).headers.values())).card
        return recorded_card(card).model_copy(update={"name": model})

    async def complete(self, request: Request) -> Completion:
        """The answer that was recorded for this request."""
        cassette = self._cassette(request.model)
        place = self._places[request.model].get(bytes.fromhex(request_key(request)))
        if place is None:
            raise ProviderError(
                ErrorKind.INVALID_REQUEST,
                f"{Path(request.model).name} holds no answer to this request: the prompt, the case or the "
                f"settings have changed since. Record it anew from '{next(iter(cassette.headers))}'.",
            )
        answer = cassette.answer(place)
        if answer.completion is None:
            raise answer.error or ProviderError(ErrorKind.INVALID_REQUEST, "Nothing was let out.")
        return answer.completion

    async def aclose(self) -> None:
        """Close the files."""
        for cassette in self._cassettes.values():
            cassette.close()
        self._cassettes.clear()

    def _cassette(self, model: str) -> Cassette:
        if model not in self._cassettes:
            cassette = _whole(Path(model))
            if len(cassette.headers) > 1:
                cassette.close()
                raise InputError(f"{model} holds several models: replay it with --replay.")
            self._cassettes[model] = cassette
            self._places[model] = cassette.places_by_key()
        return self._cassettes[model]


def build_replay(options: Options) -> ReplayProvider:
    """The provider; it has no options."""
    read_options("replay", options, NoOptions)
    return ReplayProvider()
