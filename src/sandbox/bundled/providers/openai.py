"""The provider `openai`: models of OpenAI, of Azure, or of any server that speaks like them."""

import asyncio
import importlib
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sandbox.bundled.providers.openai_answer import MODES, Api, Gathering
from sandbox.bundled.providers.openai_chat import ChatApi
from sandbox.bundled.providers.openai_dialects import AZURE, Dialect, dialect_of
from sandbox.bundled.providers.openai_errors import ErrorReader
from sandbox.bundled.providers.openai_responses import ResponsesApi
from sandbox.contracts.loop_clients import ClientPerLoop
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
from sandbox.errors import ErrorKind, InputError, ProviderError

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream

VENDOR_URL = "https://api.openai.com/v1"
MOST_AT_ONCE = 200


class OpenAIOptions(Record):
    """What `[providers.openai]` may say."""

    base_url: str = ""
    """Empty means what the variable OPENAI_BASE_URL says, or else the vendor."""
    api_key_env: str = Field(default="", pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")
    """The name of the variable that holds the key; the key itself never stands in a file.

    Empty means OPENAI_API_KEY, or the service's own if `base_url` is that of a service we know.
    """
    api: Literal["chat", "responses"] = "chat"
    """Chat completions, which most servers speak, or OpenAI's newer API."""
    api_version: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2}(-preview)?)?$")
    """A date such as 2024-10-21, for Azure's older addresses; empty for every other."""
    structured: Literal["native", "tool", "json_object", "prompt"] = "native"
    """The best way in which the server can be held to a JSON schema."""
    max_concurrency: int = Field(default=MOST_AT_ONCE, ge=1)
    """The most requests at once; fewer go out as long as the service cannot take them."""


@dataclass(slots=True, kw_only=True)
class OpenAIProvider:
    """Asks a server that speaks one of OpenAI's APIs; each request is one attempt."""

    address: ServerAddress
    api: Api
    dialect: Dialect
    api_version: str = ""
    key_variable: str = "OPENAI_API_KEY"
    key: str = field(default="", repr=False)
    structured: StructuredMode = StructuredMode.NATIVE
    max_concurrency: int = MOST_AT_ONCE
    _clients: "ClientPerLoop[AsyncOpenAI]" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._clients = ClientPerLoop(self._open)

    def describe(self, model: str) -> ModelCard:
        """The model's card; whether there is such a model, only the server knows."""
        return ModelCard(
            name=model,
            summary=f"at {self.address.name}",
            structured=MODES[MODES.index(self.structured) :],
            takes_seed=self.api.keeps_seed,
            streams=True,
            is_local=self.address.is_loopback,
            max_concurrency=self.max_concurrency,
            identity=self.address.name,
            price_service=self.dialect.price_service,
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        sdk, body, reader = _sdk(), self._body(request, streams=False), self._error_reader(request)
        with reader.asking(sdk, request.timeout_seconds):
            client = await self._clients.client()
            started = perf_counter()
            async with asyncio.timeout(request.timeout_seconds):
                response = await client.post(
                    self.api.path,
                    body=body,
                    cast_to=importlib.import_module("httpx2").Response,
                    options={"timeout": None},
                )
        latency_seconds = perf_counter() - started
        request_id = response.headers.get("x-request-id")
        with reader.reading(sdk, response.status_code, request_id):
            completion = self.api.read(response.content, request)
        return completion.model_copy(update={"latency_seconds": latency_seconds, "request_id": request_id})

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """The answer piece by piece, and at the end as a whole, after exactly one attempt."""
        sdk, body, reader = _sdk(), self._body(request, streams=True), self._error_reader(request)
        with reader.asking(sdk, request.timeout_seconds):
            client = await self._clients.client()
            started = perf_counter()
            deadline = asyncio.get_running_loop().time() + request.timeout_seconds
            async with asyncio.timeout_at(deadline):
                opened: AsyncStream[object] = await client.post(
                    self.api.path,
                    body=body,
                    cast_to=object,
                    stream=True,
                    stream_cls=sdk.AsyncStream[object],
                    options={"timeout": None},
                )
            request_id = opened.response.headers.get("x-request-id")
            gathering, sent = self.api.gather(request), ""
            async with aclosing(opened):
                with reader.reading(sdk, opened.response.status_code, request_id):
                    async with aclosing(_pieces(opened, gathering, deadline)) as pieces:
                        async for piece in pieces:
                            sent += piece
                            yield TextDelta(piece)
                    completion = gathering.completion()
        if completion.text and not sent:
            yield TextDelta(completion.text)
        told = {
            "text": sent or completion.text,
            "latency_seconds": perf_counter() - started,
            "request_id": request_id,
        }
        yield StreamEnd(completion.model_copy(update=told))

    async def aclose(self) -> None:
        """Close the connections; another request would open them anew."""
        await self._clients.aclose()

    def _body(self, request: Request, *, streams: bool) -> dict[str, object]:
        offered = MODES[MODES.index(self.structured) :]
        if request.structured is not None and request.structured not in offered:
            raise ProviderError(
                ErrorKind.INVALID_REQUEST,
                f"'{request.model}' at {self.address.name} is not offered with '{request.structured}': ask "
                f"for {' or '.join(map(repr, map(str, offered)))}, or change structured in "
                "[providers.openai].",
            )
        return self.api.body(request, streams=streams)

    def _error_reader(self, request: Request) -> ErrorReader:
        errors = ServiceErrors(
            service=self.address.name, model=request.model, key_variable=self.key_variable
        )
        return ErrorReader(errors=errors)

    def _open(self) -> "AsyncGenerator[AsyncOpenAI, None]":
        connecting = importlib.import_module("sandbox.bundled.providers.openai_connecting")
        opened: AsyncGenerator[AsyncOpenAI, None] = connecting.open_client(
            self.address, key=self.key, api_version=self.api_version
        )
        return opened


async def _pieces(
    events: "AsyncStream[object]", gathering: Gathering, deadline: float
) -> AsyncGenerator[str, None]:
    """The pieces of text that a stream brings until its end, if that comes before the time is up."""
    while True:
        async with asyncio.timeout_at(deadline):
            event = await anext(events, None)
        if event is None:
            return
        if piece := gathering.take(event):
            yield piece


def _sdk() -> ModuleType:
    # Importing the SDK takes half a second, which only those who ask a model should pay.
    return importlib.import_module("openai")


def build_openai(options: Options) -> OpenAIProvider:
    """The provider as the options and the environment say; the key is read here, and nowhere else."""
    known = read_options("openai", options, OpenAIOptions)
    url = known.base_url or os.environ.get("OPENAI_BASE_URL") or VENDOR_URL
    address = ServerAddress.parse(_dated_url(url, known) if known.api_version else url)
    dialect = AZURE if known.api_version else dialect_of(address)
    key_variable = known.api_key_env or dialect.key_variable
    return OpenAIProvider(
        address=address,
        api=ResponsesApi(dialect) if known.api == "responses" else ChatApi(dialect),
        dialect=dialect,
        api_version=known.api_version,
        key_variable=key_variable,
        key=read_key(key_variable, service=address.name, is_needed=dialect.wants_key),
        structured=StructuredMode(known.structured),
        max_concurrency=known.max_concurrency,
    )


def _dated_url(url: str, known: OpenAIOptions) -> str:
    """Azure's older address, below which the SDK puts the deployment, named like the model."""
    if known.api == "responses":
        raise InputError(
            '[providers.openai] api_version goes with api = "chat" alone: for "responses" leave it out, '
            "and let base_url end in /openai/v1."
        )
    plain = url.rstrip("/").removesuffix("/openai")
    if plain.endswith("/v1") or "/deployments/" in plain:
        raise InputError(
            "[providers.openai] With api_version, base_url is the resource alone, such as "
            "https://NAME.openai.azure.com; without it, it ends in /openai/v1."
        )
    return f"{plain}/openai"
