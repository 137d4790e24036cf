"""Records what a provider answers, as evidence that can be replayed without it."""

from dataclasses import dataclass, field
from pathlib import Path

from sandbox.contracts.provider import Provider
from sandbox.domain.exchange import Completion, ModelCard, Request
from sandbox.errors import ErrorKind, FileError, ProviderError
from sandbox.storage.cassette import (
    CassetteHeader,
    append_answer,
    read_cassette,
    request_key,
    start_cassette,
)


@dataclass(frozen=True, slots=True)
class RecordingProvider:
    """Hands requests on to a provider and writes each answer to a cassette as it comes.

    A cassette that exists is gone on with: what it holds is answered from it, without asking again.

    Raises:
        FileError: the file holds something else, or was recorded from another model.
    """

    provider: Provider
    model_name: str
    """`provider/model`: the one model whose answers go into the cassette."""
    path: Path
    _completions: dict[str, Completion] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        header = CassetteHeader(model=self.model_name, card=self.provider.describe(self._model))
        if not self.path.exists():
            start_cassette(self.path, header)
            return
        cassette = read_cassette(self.path)
        if cassette.header != header:
            raise FileError(self.path, _difference(cassette.header, header), line=1)
        self._completions.update(cassette.completions)

    @property
    def _model(self) -> str:
        return self.model_name.partition("/")[2]

    def describe(self, model: str) -> ModelCard:
        """What the provider says of its model."""
        return self.provider.describe(model)

    async def complete(self, request: Request) -> Completion:
        """The provider's answer, written down; or the one that was written down before."""
        if request.model != self._model:
            raise ProviderError(
                ErrorKind.INVALID_REQUEST,
                f"{self.path.name} records '{self.model_name}': give '{request.model}' its own cassette.",
            )
        key = request_key(request)
        if key not in self._completions:
            completion = await self.provider.complete(request)
            # The same request may have been answered meanwhile; what is replayed is what was written.
            if key not in self._completions:
                self._write(request, completion)
                self._completions[key] = completion
        return self._completions[key]

    def _write(self, request: Request, completion: Completion) -> None:
        try:
            append_answer(self.path, request, completion)
        except FileError as error:
            # The whole recording has failed; going on would pay for answers that are lost.
            raise ProviderError(ErrorKind.UNAVAILABLE, str(error)) from error

    async def aclose(self) -> None:
        """Close the provider; the cassette is complete after every answer."""
        await self.provider.aclose()


def _difference(recorded: CassetteHeader, wanted: CassetteHeader) -> str:
    if recorded.model != wanted.model:
        return f"This was recorded from '{recorded.model}', not '{wanted.model}': record into another file."
    changed = [
        name
        for name in ModelCard.model_fields
        if getattr(recorded.card, name) != getattr(wanted.card, name)
    ]
    return f"'{wanted.model}' has changed since then ({', '.join(changed)}): record into another file."
