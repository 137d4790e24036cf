"""A provider with three faults: it claims to stream, blocks the event loop, and shows its key."""

import time
from itertools import count

from sandbox.domain.exchange import Completion, ModelCard, Request
from tests.testing.providers.sound_provider import AcmeProvider


class FaultyProvider:
    """Asks Acme, but not as it should."""

    def __init__(self, options) -> None:
        self._sound = AcmeProvider(options)
        self._calls = count(1)

    def __repr__(self) -> str:
        return f"FaultyProvider(key={self._sound._key!r})"

    def describe(self, model: str) -> ModelCard:
        """A card that claims what there is no method for."""
        return self._sound.describe(model)

    async def complete(self, request: Request) -> Completion:
        """An answer; for the third one the whole program waits."""
        if next(self._calls) == 3:
            time.sleep(0.7)  # noqa: ASYNC251 - this is the fault
        return await self._sound.complete(request)

    async def count_tokens(self, model: str, text: str) -> int:
        """The tokens of a text."""
        return await self._sound.count_tokens(model, text)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._sound.aclose()
