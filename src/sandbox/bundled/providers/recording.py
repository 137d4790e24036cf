"""Records what models answer, as evidence that can be replayed without them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from sandbox.bundled.providers.scrubbing import Scrubber
from sandbox.domain.exchange import ModelCard, Request
from sandbox.domain.trial import Case
from sandbox.errors import FileError
from sandbox.pipeline.calling import Called
from sandbox.pipeline.taping import Ask, Period
from sandbox.storage.cassette import request_key
from sandbox.storage.cassette_lines import Answer, CassetteHeader, EntryStart, Stop
from sandbox.storage.cassette_writer import CassetteWriter


@dataclass(slots=True)
class Recorder:
    """Writes each answer to a cassette as it comes; close it.

    A cassette that exists is gone on with: what it holds is answered from it, without asking again.

    Raises:
        BusyError: the file is being recorded already.
        FileError: the file holds something else, or was recorded from another model of the same name.
    """

    path: Path
    cards: Mapping[str, ModelCard]
    """What the providers say of their models now, by `provider/model`."""
    scrubber: Scrubber
    is_replay: ClassVar[bool] = False
    scrubbed: int = field(default=0, init=False)
    """In how many places something was taken out of what the models said now."""
    period: Period = field(default_factory=Period, init=False)
    _writer: CassetteWriter = field(init=False, repr=False)

    def __post_init__(self) -> None:
        headers = [CassetteHeader(model=model, card=card) for model, card in self.cards.items()]
        self._writer = CassetteWriter(self.path, tuple(headers))
        try:
            for header in headers:
                _see_that_it_is_the_same(self.path, self._writer.cassette.headers[header.model], header)
        except BaseException:
            self.close()
            raise

    def card(self, model: str) -> ModelCard:
        """What was said of a model when its recording began, with today's price: a replay goes by that."""
        today = self.cards[model]
        said = self._writer.cassette.headers[model].card
        return recorded_card(said).model_copy(
            update={"price": today.price, "price_service": today.price_service}
        )

    def trial(self, model: str, case: Case, ask: Ask) -> "RecordedTrial":
        """A trial whose answers are written down."""
        return RecordedTrial(self, model, case, ask)

    def stop(self, model: str, target: str, reason: str) -> None:
        """Write down that a target is not asked any more."""
        self._writer.write_stop(Stop(stopped=target, model=model, reason=self.scrubber.clean(reason)))

    def notes(self) -> tuple[str, ...]:
        """What a person should be told at the end."""
        if not self.scrubbed:
            return ()
        places = "one place" if self.scrubbed == 1 else f"{self.scrubbed} places"
        what = "keys or personal data were taken out of what the models said"
        return (f"In {places} {what}, before it was used and recorded in {self.path}.",)

    def close(self) -> None:
        """Put the cassette in order, and let others record into it. A second time does nothing.

        Raises:
            FileError: it could not be put in order; no answer is lost.
        """
        self._writer.close()


@dataclass(slots=True)
class RecordedTrial:
    """One trial that is being recorded."""

    recorder: Recorder
    model: str
    case: Case
    ask: Ask
    started_at: datetime | None = field(default=None, init=False)

    async def call(self, request: Request) -> Called:
        """The answer that was written down before, or else what comes of asking now, written down."""
        writer = self.recorder._writer
        key = request_key(request)
        place = writer.cassette.find(self.model, self.case.id, key)
        if place is not None and place.is_answered:
            answer = writer.cassette.answer(place)
        else:
            writer.see_that_it_can_be_written()
            asked_at = datetime.now(UTC)
            scrubbed = self.recorder.scrubber.scrub(await self.ask(request), request, self.case.roster)
            self.recorder.scrubbed += scrubbed.places
            called = scrubbed.called
            answer = Answer(
                completion=called.completion,
                error=called.error,
                calls=called.calls,
                scrubbed=scrubbed.places,
                asked_at=asked_at,
                answered_at=datetime.now(UTC),
            )
            answer = self._write(request, key, answer)
        self._note(answer)
        return Called(answer.completion, answer.error, answer.calls)

    def refuse(self, request: Request) -> None:
        """Write down that nothing was let out."""
        request = request.model_copy(update={"messages": ()})
        key = request_key(request)
        cassette = self.recorder._writer.cassette
        place = cassette.find(self.model, self.case.id, key)
        if place is not None:
            answer = cassette.answer(place)
        else:
            now = datetime.now(UTC)
            answer = self._write(request, key, Answer(asked_at=now, answered_at=now))
        self._note(answer)

    def _write(self, request: Request, key: str, answer: Answer) -> Answer:
        start = EntryStart(case=self.case.id, repeat=request.repeat, model=self.model, key=key)
        messages = tuple(map(self.recorder.scrubber.clean_message, request.messages))
        return self.recorder._writer.write(start, request.model_copy(update={"messages": messages}), answer)

    def _note(self, answer: Answer) -> None:
        if answer.asked_at is not None and answer.answered_at is not None:
            self.started_at = self.started_at or answer.asked_at
            self.recorder.period.add(answer.asked_at, answer.answered_at)


def recorded_card(card: ModelCard) -> ModelCard:
    """A card as it goes for recorded answers: they come whole, and no tokens are counted."""
    return card.model_copy(update={"streams": False, "counts_tokens": False})


def _see_that_it_is_the_same(path: Path, recorded: CassetteHeader, wanted: CassetteHeader) -> None:
    before, now = _telling(recorded.card), _telling(wanted.card)
    changed = [name for name, value in now.items() if before[name] != value]
    if changed:
        problem = (
            f"'{wanted.model}' has changed since then ({', '.join(changed)}): record into another file."
        )
        raise FileError(path, problem, line=1)


def _telling(card: ModelCard) -> dict[str, object]:
    """What of a card bears on the answers; a new version of a provider may say more in the rest."""
    return {
        "name": card.name,
        "identity": card.identity,
        "is_local": card.is_local,
        "structured": card.structured[0],
    }
