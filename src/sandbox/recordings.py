"""Recordings: a cassette that is recorded or replayed for as long as something is tried."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.benches import Benches
from sandbox.bundled.providers.recording import Recorder
from sandbox.bundled.providers.replay import Player
from sandbox.bundled.providers.scrubbing import Scrubber
from sandbox.errors import InputError
from sandbox.pipeline.taping import Tape


@dataclass(frozen=True, slots=True)
class Reel:
    """The models to try, as `provider/model`, and the cassette if there is one."""

    models: tuple[str, ...]
    tape: Tape | None = None


@contextmanager
def taped(
    benches: Benches, models: Sequence[str], *, record: Path | str | None, replay: Path | str | None
) -> Iterator[Reel]:
    """Open the cassette, if there is one, and warn at the end of what its user should know.

    Raises:
        InputError: both a recording and a replay are asked for, or the cassette cannot be used.
    """
    if record is not None and replay is not None:
        raise InputError("Either record or replay: a recording that exists is gone on with anyway.")
    named = [benches.providers.full_name(model) for model in dict.fromkeys(models)]
    tape: Recorder | Player
    if replay is not None:
        tape = Player(Path(replay))
        named = named or list(tape.models)
    else:
        named = named or [benches.providers.full_name(benches.configuration.model)]
        if record is None:
            yield Reel(tuple(named))
            return
        cards = {model: benches.providers.find(model)[1] for model in named}
        tape = Recorder(Path(record), cards, Scrubber(tuple(benches.registry.guards.values())))
    try:
        yield Reel(tuple(named), tape)
    finally:
        tape.close()
        for note in tape.notes():
            warnings.warn(note, stacklevel=2)
