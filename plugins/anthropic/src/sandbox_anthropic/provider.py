"""The provider `anthropic`: the Messages API of the vendor, or of a server that speaks like it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter
from typing import Literal

from pydantic import Field, ValidationError

from sandbox.contracts.options import read_options
from sandbox.contracts.provider import Options
from sandbox.contracts.server_address import ServerAddress
from sandbox.contracts.service_errors import ServiceErrors
from sandbox.contracts.service_key import read_key
from sandbox.domain.exchange import (
    Completion,
    ModelCard,
    Request,
    StreamEnd,
    StreamEvent,
    StructuredMode,
    TextDelta,
)
from sandbox.domain.record import Record
from sandbox_anthropic.answering import MessageEvent, StreamedAnswer, read_message
from sandbox_anthropic.asking import STRUCTURED_MODES, message_call
from sandbox_anthropic.connecting import VENDOR_URL, Connections
from sandbox_anthropic.faults import Fault, FaultReader


class AnthropicOptions(Record):
    """What `[providers.anthropic]` may say."""

    base_url: str = ""
    """Empty means the vendor, whatever the environment says."""
    api_key_env: str = Field(default="ANTHROPIC_API_KEY", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """The name of the variable that holds the key; the key itself never stands in a file."""
    structured: Literal["native", "tool", "prompt"] = "native"
    """The best way in which the model can be held to a JSON schema."""
    max_concurrency: int = Field(default=8, ge=1)


@dataclass(slots=True, kw_only=True)
class AnthropicProvider:
    """Asks a server that speaks the Messages API; each request is one attempt."""

    connections: Connections
    key_variable: str = "ANTHROPIC_API_KEY"
    modes: tuple[StructuredMode, ...] = STRUCTURED_MODES
    max_concurrency: int = 8

    def describe(self, model: str) -> ModelCard:
        """The model's card; whether there is such a model, only the service knows."""
        address = self.connections.address
        return ModelCard(
            name=model,
            summary=f"at {address.name}",
            structured=self.modes,
            streams=True,
            is_local=address.is_loopback,
            max_concurrency=self.max_concurrency,
            identity=address.name,
            price_service="anthropic" if self.connections.is_vendor else "",
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        faults = self._faults(request)
        with faults.in_our_words():
            async with asyncio.timeout(request.timeout_seconds):
                client = await self.connections.client()
                started = perf_counter()
                answer = await client.messages.with_raw_response.create(
                    **message_call(request, modes=self.modes), timeout=request.timeout_seconds
                )
                body = await answer.read()
        latency_seconds = perf_counter() - started
        try:
            return read_message(
                body, request, latency_seconds=latency_seconds, request_id=answer.request_id
            )
        except ValidationError:
            raise faults.bad_response(answer.status_code, answer.request_id) from None

    async def stream(self, request: Request) -> AsyncIterator[StreamEvent]:
        """The model's answer piece by piece, and at the end as a whole; it is one attempt, too."""
        faults = self._faults(request)
        deadline = asyncio.get_running_loop().time() + request.timeout_seconds
        answer = StreamedAnswer(request)
        async with AsyncExitStack() as stack:
            with faults.in_our_words():
                async with asyncio.timeout_at(deadline):
                    client = await self.connections.client()
                    started = perf_counter()
                    response = await stack.enter_async_context(
                        client.messages.with_streaming_response.create(
                            **message_call(request, modes=self.modes),
                            stream=True,
                            timeout=request.timeout_seconds,
                        )
                    )
                sent = import_module("anthropic").AsyncStream.raw_events(response.http_response)
                events = await stack.enter_async_context(aclosing(sent))
                while not answer.is_whole:
                    # The clock is not set while the caller holds a piece: it would cancel the caller.
                    try:
                        async with asyncio.timeout_at(deadline):
                            event = await anext(events)
                        piece = answer.take(_read_event(event.data, faults, response.request_id))
                    except (StopAsyncIteration, ValidationError, UnicodeDecodeError):
                        raise faults.bad_response(response.status_code, response.request_id) from None
                    if piece:
                        yield TextDelta(piece)
        if rest := answer.rest():
            yield TextDelta(rest)
        latency_seconds = perf_counter() - started
        yield StreamEnd(answer.completion(latency_seconds=latency_seconds, request_id=response.request_id))

    async def aclose(self) -> None:
        """Close the connections; another request would open them anew."""
        await self.connections.aclose()

    def _faults(self, request: Request) -> FaultReader:
        errors = ServiceErrors(
            service=self.connections.address.name, model=request.model, key_variable=self.key_variable
        )
        return FaultReader(errors=errors, request=request)


def _read_event(data: str, faults: FaultReader, request_id: str | None) -> MessageEvent:
    if not data:  # a sign of life
        return MessageEvent(type="ping")
    event = MessageEvent.model_validate_json(data)
    if event.type == "error":
        raise faults.fault(Fault.read(json.loads(data)), request_id=request_id)
    return event


def build_anthropic(options: Options) -> AnthropicProvider:
    """The provider as the options and the environment say; the key is read here, and nowhere else."""
    known = read_options("anthropic", options, AnthropicOptions)
    best = STRUCTURED_MODES.index(StructuredMode(known.structured))
    connections = Connections(address=ServerAddress.parse(known.base_url or VENDOR_URL))
    connections.key = read_key(
        known.api_key_env, service=connections.address.name, is_needed=connections.is_vendor
    )
    return AnthropicProvider(
        connections=connections,
        key_variable=known.api_key_env,
        modes=STRUCTURED_MODES[best:],
        max_concurrency=known.max_concurrency,
    )
