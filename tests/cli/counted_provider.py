"""A provider elsewhere, as its card says, that writes a letter into a file for each request."""

import asyncio
from pathlib import Path

from sandbox.contracts.options import read_options
from sandbox.contracts.provider import Options
from sandbox.domain.exchange import Completion, FinishReason, ModelCard, Request, Usage
from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, ProviderError


class _Options(Record):
    file: str = ""


class CountedProvider:
    """Says a word to everybody."""

    def __init__(self, options: Options) -> None:
        self._file = Path(read_options("counted", options, _Options).file)

    def describe(self, model: str) -> ModelCard:
        """The card of a model elsewhere."""
        return ModelCard(name=model, takes_seed=True)

    async def complete(self, request: Request) -> Completion:
        """A word, after a moment."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write("x")
        try:
            async with asyncio.timeout(request.timeout_seconds):
                await asyncio.sleep(0.01)
        except TimeoutError:
            raise ProviderError(ErrorKind.TIMEOUT, "It took too long: allow more time.") from None
        is_cut = request.settings.max_output_tokens < 12
        return Completion(
            text="Hello.",
            model_served=request.model,
            usage=Usage(input_tokens=12, output_tokens=2),
            finish_reason=FinishReason.LENGTH if is_cut else FinishReason.STOP,
            latency_seconds=0.01,
        )

    async def aclose(self) -> None:
        """Nothing is held."""
