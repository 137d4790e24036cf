"""Providers that stream what they should not, or not what they should."""

import asyncio
from collections.abc import AsyncGenerator

from sandbox.contracts.provider import Options
from sandbox.domain.exchange import (
    Completion,
    ModelCard,
    Request,
    StreamEnd,
    StreamEvent,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError
from tests.testing.providers.sound_provider import AcmeProvider


class ClaimsToStream:
    """Says that it streams, and has no method."""

    def __init__(self, options: Options) -> None:
        sound = AcmeProvider(options)
        self.describe, self.complete, self.aclose = sound.describe, sound.complete, sound.aclose
        self.count_tokens = sound.count_tokens


class HidesItsStream(AcmeProvider):
    """Streams, and does not say so."""

    def describe(self, model: str) -> ModelCard:
        """Without it."""
        return super().describe(model).model_copy(update={"streams": False})


class LosesAPiece(AcmeProvider):
    """Drops the second piece of a stream."""

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """Without the second."""
        n = 0
        async for event in super().stream(request):
            n += 1
            if n != 2:
                yield event


class EndsWithAPiece(AcmeProvider):
    """Sends a piece after the end."""

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """With one too many."""
        async for event in super().stream(request):
            yield event
        yield TextDelta("")


class StreamsAtOnce(AcmeProvider):
    """Waits for the whole and then pretends to stream."""

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """All events at the end."""
        for event in [event async for event in super().stream(request)]:
            yield event


class TakesHalfForAWhole(AcmeProvider):
    """Takes a stream that just stops for one that ended."""

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """End anyhow."""
        text = ""
        try:
            async for event in super().stream(request):
                text += event.text if isinstance(event, TextDelta) else ""
                yield event
        except ProviderError as error:
            if error.kind is not ErrorKind.BAD_RESPONSE or not text:
                raise
            yield StreamEnd(Completion(text=text, model_served=request.model))


class TriesStreamsAgain(AcmeProvider):
    """Opens a stream a second time when the first was refused."""

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """Twice."""
        try:
            async for event in super().stream(request):
                yield event
        except ProviderError as error:
            if error.status != 503:
                raise
        else:
            return
        async for event in super().stream(request):
            yield event


class KeepsStreamsOpen(AcmeProvider):
    """Reads a stream to its end behind the back of whoever left it."""

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """What a task of its own reads."""
        read: asyncio.Queue[StreamEvent] = asyncio.Queue()
        pieces = super().stream(request)

        async def read_on() -> None:
            async for event in pieces:
                read.put_nowait(event)

        self.reading = asyncio.create_task(read_on())
        while True:
            event = await read.get()
            yield event
            if isinstance(event, StreamEnd):
                return

    async def aclose(self) -> None:
        """End what still reads."""
        if hasattr(self, "reading"):
            self.reading.cancel()
            await asyncio.gather(self.reading, return_exceptions=True)
        await super().aclose()
