"""Recordings: a cassette that is recorded or replayed for as long as something is tried."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.benches import Benches
from sandbox.contracts.late import late
from sandbox.errors import InputError
from sandbox.pipeline.taping import Tape

# Most of what is tried is neither recorded nor replayed.
_player = late("sandbox.bundled.providers.replay:Player")
_recorder = late("sandbox.bundled.providers.recording:Recorder")
_scrubber = late("sandbox.bundled.providers.scrubbing:Scrubber")


@dataclass(frozen=True, slots=True)
class Reel:
    """The models to try, as `provider/model`, and the cassette if there is one."""

    models: tuple[str, ...]
    tape: Tape | None = None


@contextmanager
def taped(
    benches: Benches,
    models: Sequence[str],
    *,
    record: Path | str | None,
    replay: Path | str | None,
    judges: Sequence[str] = (),
) -> Iterator[Reel]:
    """Open the cassette, if there is one, and warn at the end of what its user should know.

    The models that judge are recorded and replayed, too, and are none of those to try.

    Raises:
        InputError: both a recording and a replay are asked for, or the cassette cannot be used.
    """
    if record is not None and replay is not None:
        raise InputError("Either record or replay: a recording that exists is gone on with anyway.")
    named = [benches.providers.full_name(model) for model in dict.fromkeys(models)]
    judging = [benches.providers.full_name(model) for model in judges]
    tape: Tape
    if replay is not None:
        tape = player = _player(Path(replay))
        named = named or [model for model in player.models if model not in judging] or list(player.models)
    else:
        named = named or [benches.providers.full_name(benches.configuration.model)]
        if record is None:
            yield Reel(tuple(named))
            return
        cards = {model: benches.providers.find(model)[1] for model in (*named, *judging)}
        tape = _recorder(Path(record), cards, _scrubber(tuple(benches.registry.guards.values())))
    try:
        yield Reel(tuple(named), tape)
    finally:
        tape.close()
        for note in tape.notes():
            warnings.warn(note, stacklevel=2)
