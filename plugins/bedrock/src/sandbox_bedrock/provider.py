"""The provider `bedrock`: the models that Amazon Bedrock serves, asked with its Converse operations."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from time import perf_counter
from types import ModuleType
from typing import Any

from sandbox.contracts.loop_clients import ClientPerLoop
from sandbox.contracts.options import read_options
from sandbox.contracts.provider import Options
from sandbox.domain.exchange import (
    Completion,
    ModelCard,
    Request,
    StreamEnd,
    StreamEvent,
    StructuredMode,
    TextDelta,
)
from sandbox.errors import InputError
from sandbox_bedrock.answer import Reply, StreamedAnswer, read_answer
from sandbox_bedrock.asking import MODES, converse_parameters
from sandbox_bedrock.errors import CallErrors
from sandbox_bedrock.options import BedrockOptions, Keys, Place, place_of


@dataclass(slots=True, kw_only=True)
class BedrockProvider:
    """Asks the models of Amazon Bedrock; each request is one attempt."""

    place: Place
    keys: Keys = field(default_factory=Keys)
    structured: StructuredMode = StructuredMode.TOOL
    max_concurrency: int = 8
    _clients: ClientPerLoop[Any] = field(init=False, repr=False)
    _service: ModuleType | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self._clients = ClientPerLoop(self._opened)

    def describe(self, model: str) -> ModelCard:
        """The model's card; whether there is such a model, and what it can do, only the service knows."""
        return ModelCard(
            name=model,
            summary=f"at {self.place.name}",
            structured=self._modes,
            streams=True,
            is_local=self.place.is_loopback,
            max_concurrency=self.max_concurrency,
            identity=f"{self.place.name}, {self.place.region}" if self.place.address else self.place.region,
            price_service="aws",
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        parameters = converse_parameters(request, self._modes)
        call = await self._call(request)
        async with call.in_time():
            client = await self._clients.client()
            started = perf_counter()
            reply = await client.converse(**parameters)
            return read_answer(
                reply, request, latency_seconds=perf_counter() - started, request_id=_request_id(reply)
            )

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """The answer piece by piece, and at the end as a whole; to close it early closes the connection."""
        parameters = converse_parameters(request, self._modes)
        call, answer = await self._call(request), StreamedAnswer(request=request)
        async with call.in_time():
            client = await self._clients.client()
            started = perf_counter()
            reply = await client.converse_stream(**parameters)
        async with call.service.events_of(reply["stream"]) as events:
            while True:
                # The clock stands around each event alone: it must not go off in the caller's code.
                async with call.in_time():
                    event = await anext(events, None)
                    piece = "" if event is None else answer.take(event)
                if event is None:
                    break
                if piece:
                    yield TextDelta(piece)
        if not answer.is_whole:
            raise call.errors.no_answer(_request_id(reply))
        yield StreamEnd(
            answer.completion(latency_seconds=perf_counter() - started, request_id=_request_id(reply))
        )

    async def aclose(self) -> None:
        """Close the connections; another request would open them anew."""
        await self._clients.aclose()

    @property
    def _modes(self) -> tuple[StructuredMode, ...]:
        return MODES[MODES.index(self.structured) :]

    async def _call(self, request: Request) -> "_Call":
        """Begin with a request. Its time starts once the SDK is imported, which is done only once."""
        if self._service is None:
            # It takes most of a second, in which everything else goes on.
            self._service = await asyncio.to_thread(import_module, "sandbox_bedrock.service")
        seconds = request.timeout_seconds
        return _Call(
            service=self._service,
            errors=CallErrors(place=self.place.name, model=request.model, timeout_seconds=seconds),
            deadline=asyncio.get_running_loop().time() + seconds,
        )

    def _opened(self) -> AsyncGenerator[Any, None]:
        service = import_module("sandbox_bedrock.service")
        opened: AsyncGenerator[Any, None] = service.opened_client(self.place, self.keys)
        return opened


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """What is to be known of one request while it is asked."""

    service: ModuleType
    """`sandbox_bedrock.service`."""
    errors: CallErrors
    deadline: float
    """On the loop's own clock."""

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """Whatever goes wrong in this block, or takes too long, becomes a ProviderError."""
        try:
            async with asyncio.timeout_at(self.deadline):
                with self.service.in_our_words(self.errors):
                    yield
        except TimeoutError:
            raise self.errors.timeout() from None


def _request_id(reply: Reply) -> str | None:
    named = reply.get("ResponseMetadata", {}).get("RequestId")
    return named if isinstance(named, str) else None


def build_bedrock(options: Options) -> BedrockProvider:
    """The provider as the options and the environment say; AWS's SDK looks for keys at the first request.

    Raises:
        InputError: an option is unknown, or has a value that it cannot have.
        ProviderError: of kind `unavailable`, if nobody named a region.
    """
    known = read_options("bedrock", options, BedrockOptions)
    if known.profile and known.keys == "environment":
        raise InputError(
            "[providers.bedrock] takes a profile's keys or those in variables: leave out profile or keys."
        )
    return BedrockProvider(
        place=place_of(known),
        keys=Keys(profile=known.profile, only_variables=known.keys == "environment"),
        structured=StructuredMode(known.structured),
        max_concurrency=known.max_concurrency,
    )
