"""The provider `openai_http`: chat completions of a server of one's own, asked with aiohttp alone."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass, field
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import Field

from sandbox.contracts.loop_clients import ClientPerLoop
from sandbox.contracts.options import read_options
from sandbox.contracts.provider import Options
from sandbox.contracts.server_address import ServerAddress
from sandbox.contracts.service_errors import LARGEST_ANSWER_BYTES, AnswerTooLargeError, ServiceErrors
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
from sandbox.errors import InputError, ProviderError
from sandbox_openai_http.answering import StreamedAnswer, read_answer
from sandbox_openai_http.asking import STRUCTURED_MODES, chat_body
from sandbox_openai_http.event_lines import EventLines
from sandbox_openai_http.faults import FaultReader

if TYPE_CHECKING:
    from aiohttp import ClientResponse

    from sandbox_openai_http.connecting import Connection

MOST_AT_ONCE = 100
_LAST_EVENT = b"[DONE]"
_FAREWELL_SECONDS = 0.1
"""How long the end of a stream is awaited after its last event, so that the connection can be kept."""


class OpenAIHttpOptions(Record):
    """What `[providers.openai_http]` may say."""

    base_url: str = "http://127.0.0.1:8080/v1"
    api_key_env: str = Field(default="", pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")
    """The name of the variable that holds the key; the key itself never stands in a file. Empty: none."""
    structured: Literal["native", "json_object", "prompt"] = "native"
    """The best way in which the server can be held to a JSON schema."""
    max_concurrency: int = Field(default=MOST_AT_ONCE, ge=1)
    """The most requests at once; fewer go out as long as the server cannot take them."""
    takes_seed: bool = False
    """Whether this server is known to give the same answer to the same seed."""


@dataclass(slots=True, kw_only=True)
class OpenAIHttpProvider:
    """Asks one server; each request is one attempt."""

    address: ServerAddress
    key_variable: str = ""
    key: str = field(default="", repr=False)
    modes: tuple[StructuredMode, ...] = STRUCTURED_MODES
    max_concurrency: int = MOST_AT_ONCE
    takes_seed: bool = False
    _connections: "ClientPerLoop[Connection]" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._connections = ClientPerLoop(self._open)

    def describe(self, model: str) -> ModelCard:
        """The model's card; whether there is such a model, only the server knows."""
        return ModelCard(
            name=model,
            summary=f"at {self.address.name}",
            structured=self.modes,
            takes_seed=self.takes_seed,
            streams=True,
            is_local=self.address.is_loopback,
            max_concurrency=self.max_concurrency,
            identity=self.address.name,
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        body, faults = chat_body(request, modes=self.modes), self._faults(request)
        with faults.in_our_words():
            connection = await self._connections.client()
            started = perf_counter()
            async with asyncio.timeout(request.timeout_seconds):
                async with connection.ask(body) as response:
                    content = await _read(response)
        latency_seconds = perf_counter() - started
        return _read_whole(response, content, request, faults, latency_seconds=latency_seconds)

    async def stream(self, request: Request) -> AsyncIterator[StreamEvent]:
        """The model's answer piece by piece, and at the end as a whole; it is one attempt, too."""
        body, faults = chat_body(request, modes=self.modes, streams=True), self._faults(request)
        async with AsyncExitStack() as stack:
            with faults.in_our_words():
                connection = await self._connections.client()
                started = perf_counter()
                deadline = asyncio.get_running_loop().time() + request.timeout_seconds
                async with asyncio.timeout_at(deadline):
                    response = await stack.enter_async_context(connection.ask(body))
                    is_whole = not _is_well(response) or response.content_type == "application/json"
                    content = await _read(response) if is_whole else b""
            if is_whole:  # the server does not know how to stream, or has nothing to say
                latency_seconds = perf_counter() - started
                completion = _read_whole(
                    response, content, request, faults, latency_seconds=latency_seconds
                )
                if completion.text:
                    yield TextDelta(completion.text)
            else:
                request_id, answer = response.headers.get("x-request-id"), StreamedAnswer(request)
                async with aclosing(_events(response, deadline, faults)) as events:
                    async for event in events:
                        with faults.reading(response.status, request_id):
                            piece = answer.take(event)
                        if piece:
                            yield TextDelta(piece)
                latency_seconds = perf_counter() - started
                with faults.reading(response.status, request_id):
                    completion = answer.completion(latency_seconds=latency_seconds, request_id=request_id)
                await _let_it_end(response, faults)
        yield StreamEnd(completion)

    async def aclose(self) -> None:
        """Close the connections of the running loop; another request would open them anew."""
        await self._connections.aclose()

    def _faults(self, request: Request) -> FaultReader:
        errors = ServiceErrors(
            service=self.address.name, model=request.model, key_variable=self.key_variable
        )
        return FaultReader(errors=errors, request=request)

    async def _open(self) -> "AsyncGenerator[Connection, None]":
        # Importing takes a moment, in which the loop can do something else.
        connecting = await asyncio.to_thread(import_module, "sandbox_openai_http.connecting")
        async with aclosing(connecting.open_connection(self.address, self.key)) as opened:
            async for connection in opened:
                yield connection


def _is_well(response: "ClientResponse") -> bool:
    return 200 <= response.status < 300


async def _read(response: "ClientResponse") -> bytes:
    """The whole of a body, if it has an end."""
    pieces: list[bytes] = []
    left = LARGEST_ANSWER_BYTES
    while piece := await response.content.readany():
        left -= len(piece)
        if left < 0:
            raise AnswerTooLargeError
        pieces.append(piece)
    return b"".join(pieces)


def _read_whole(
    response: "ClientResponse",
    content: bytes,
    request: Request,
    faults: FaultReader,
    *,
    latency_seconds: float,
) -> Completion:
    if not _is_well(response):
        raise faults.status(response.status, response.headers, content)
    request_id = response.headers.get("x-request-id")
    with faults.reading(response.status, request_id):
        return read_answer(content, request, latency_seconds=latency_seconds, request_id=request_id)


async def _events(
    response: "ClientResponse", deadline: float, faults: FaultReader
) -> AsyncGenerator[bytes, None]:
    """What the events of a stream bring, until the last one, if that comes before the time is up."""
    lines, piece, left = EventLines(), b"begun", LARGEST_ANSWER_BYTES
    while piece:
        # The clock is not set while the caller holds an event: it would cancel the caller.
        with faults.in_our_words():
            async with asyncio.timeout_at(deadline):
                piece = await response.content.readany()
            left -= len(piece)
            if left < 0:
                raise AnswerTooLargeError
        for event in lines.feed(piece) if piece else lines.end():
            if event == _LAST_EVENT:
                return
            yield event


async def _let_it_end(response: "ClientResponse", faults: FaultReader) -> None:
    """Read to the end of a stream that is told: a connection can serve again only after that."""
    with suppress(ProviderError), faults.in_our_words():
        async with asyncio.timeout(_FAREWELL_SECONDS):
            while await response.content.readany():
                pass


def build_openai_http(options: Options) -> OpenAIHttpProvider:
    """The provider as the options and the environment say; the key is read here, and nowhere else."""
    known = read_options("openai_http", options, OpenAIHttpOptions)
    address = ServerAddress.parse(known.base_url)
    key = read_key(known.api_key_env, service=address.name) if known.api_key_env else ""
    if key and "@" in urlsplit(address.url).netloc:
        raise InputError(
            "[providers.openai_http] A server takes a key or a password: leave the name before the @ out "
            "of base_url, or leave out api_key_env."
        )
    return OpenAIHttpProvider(
        address=address,
        key_variable=known.api_key_env,
        key=key,
        modes=STRUCTURED_MODES[STRUCTURED_MODES.index(StructuredMode(known.structured)) :],
        max_concurrency=known.max_concurrency,
        takes_seed=known.takes_seed,
    )
