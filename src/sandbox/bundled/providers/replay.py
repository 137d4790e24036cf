"""The provider `replay`: answers from a cassette, whose path is the model's name: `replay/unit.jsonl`."""

from dataclasses import dataclass, field
from pathlib import Path

from sandbox.contracts.options import NoOptions, read_options
from sandbox.contracts.provider import Options, ProviderSpec
from sandbox.domain.exchange import Completion, ModelCard, Request
from sandbox.errors import ErrorKind, ProviderError
from sandbox.storage.cassette import Cassette, read_cassette, request_key


@dataclass(frozen=True, slots=True)
class ReplayProvider:
    """Answers each request with what was recorded for it, and no other."""

    _cassettes: dict[str, Cassette] = field(default_factory=dict, init=False, repr=False)

    def describe(self, model: str) -> ModelCard:
        """The recorded card under the name of the cassette, so that requests come out the same.

        Raises:
            FileError: the cassette cannot be read.
        """
        card = self._cassette(model).header.card
        return card.model_copy(update={"name": model, "streams": False, "counts_tokens": False})

    async def complete(self, request: Request) -> Completion:
        """The answer that was recorded for this request."""
        cassette = self._cassette(request.model)
        completion = cassette.completions.get(request_key(request))
        if completion is None:
            raise ProviderError(
                ErrorKind.INVALID_REQUEST,
                f"{Path(request.model).name} holds no answer to this request: the prompt, the case or the "
                f"settings have changed since. Record it anew from '{cassette.header.model}'.",
            )
        return completion

    async def aclose(self) -> None:
        """Nothing is held open."""

    def _cassette(self, model: str) -> Cassette:
        if model not in self._cassettes:
            self._cassettes[model] = read_cassette(Path(model))
        return self._cassettes[model]


def build_replay(options: Options) -> ReplayProvider:
    """The provider; it has no options."""
    read_options("replay", options, NoOptions)
    return ReplayProvider()


PROVIDER = ProviderSpec(
    name="replay",
    summary="Answers from a cassette: what a model once said, without asking it again.",
    build=build_replay,
    setup="Write the path of a cassette after the slash: replay/cassettes/lesson_plan.jsonl",
)
