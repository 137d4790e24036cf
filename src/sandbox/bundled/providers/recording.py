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
        header = CassetteHeader(model=self.model_name, card=self.describe(self._model))
        if not self.path.exists():
            start_cassette(self.path, header)
            return
        cassette = read_cassette(self.path)
        if problem := _difference(cassette.header, header):
            raise FileError(self.path, problem, line=1)
        self._completions.update(cassette.completions)

    @property
    def _model(self) -> str:
        return self.model_name.partition("/")[2]

    def describe(self, model: str) -> ModelCard:
        """What the provider says of its model; recorded answers come whole, and no tokens are counted."""
        card = self.provider.describe(model)
        return card.model_copy(update={"streams": False, "counts_tokens": False})

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
    """Why these are not the same model; empty if they are."""
    if recorded.model != wanted.model:
        return f"This was recorded from '{recorded.model}', not '{wanted.model}': record into another file."
    before, now = _telling(recorded.card), _telling(wanted.card)
    changed = [name for name, value in now.items() if before[name] != value]
    if not changed:
        return ""
    return f"'{wanted.model}' has changed since then ({', '.join(changed)}): record into another file."


def _telling(card: ModelCard) -> dict[str, object]:
    """What of a card bears on the answers; a new version of a provider may say more in the rest."""
    return {
        "name": card.name,
        "identity": card.identity,
        "is_local": card.is_local,
        "structured": card.structured[0],
    }
