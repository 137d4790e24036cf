"""The connections to the service: for each event loop a client of the SDK, over an HTTP client of ours."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sandbox.contracts.loop_clients import ClientPerLoop
from sandbox.contracts.server_address import ServerAddress
from sandbox.errors import ErrorKind, ProviderError
from sandbox_google.asking import SdkCall
from sandbox_google.options import Place

if TYPE_CHECKING:
    from google.genai import Client
    from google.genai.types import GenerateContentResponse
    from httpx2 import Response

_API_VERSION = "v1"
_replies: "ContextVar[list[Response]]" = ContextVar("replies")


@dataclass(slots=True, kw_only=True)
class Connections:
    """Opens connections when they are first needed; what an event loop opened is closed when it ends."""

    place: Place
    key: str = field(repr=False)
    _clients: "ClientPerLoop[Client]" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._clients = ClientPerLoop(lambda: _keep_open(self.place.address, self.key))

    async def client(self) -> "Client":
        """The client of the running event loop.

        Raises:
            ProviderError: of kind `unavailable`, if this machine's own settings do not let one be opened.
        """
        try:
            return await self._clients.client()
        except (ImportError, OSError, ValueError) as cause:
            # Its words are not repeated: the address of a proxy may hold a password.
            raise ProviderError(
                ErrorKind.UNAVAILABLE,
                f"No connection to {self.place.name} can be set up here ({type(cause).__name__}): "
                "look at the variables for proxies, SSL_CERT_FILE and GOOGLE_GENAI_HTTP_CLIENT.",
            ) from None

    async def aclose(self) -> None:
        """Close what the running event loop opened; what other loops opened, they close themselves."""
        await self._clients.aclose()


async def _keep_open(address: ServerAddress, key: str) -> "AsyncGenerator[Client, None]":
    """Give a client and, when closed, close its connections."""
    # Importing takes a second, in which others that run in this loop go on.
    await asyncio.to_thread(_load)
    sdk, http = import_module("google.genai"), import_module("httpx2")
    certificates = http.create_ssl_context()
    # The text goes where base_url says and nowhere else: no redirect is followed,
    # and what is said to stay on this machine goes through no proxy.
    async with http.AsyncClient(
        verify=certificates,
        trust_env=not address.is_loopback,
        follow_redirects=False,
        limits=http.Limits(max_connections=None, max_keepalive_connections=20),
        event_hooks={"response": [_note_reply]},
    ) as connections:
        # All that the SDK would otherwise look up in the environment is said here. An HTTP client of ours
        # keeps it from using aiohttp, with which it repeats a call that found no connection.
        options = sdk.types.HttpOptions(
            base_url=address.url,
            api_version=_API_VERSION,
            httpx_async_client=connections,
            client_args={"verify": certificates},
            async_client_args={"ssl": certificates},
        )
        client: Client = sdk.Client(
            vertexai=False,
            api_key=key or "none",
            http_options=options,
            debug_config=import_module("google.genai.client").DebugConfig(
                client_mode=None, replays_directory=None, replay_id=None
            ),
        )
        try:
            yield client
        finally:
            client.close()


@cache
def _load() -> None:
    """Import the SDK, once."""
    import_module("google.genai")
    # The SDK warns of keys in the environment that it then does not use.
    logging.getLogger("google_genai").addHandler(logging.NullHandler())


def sdk_errors() -> ModuleType:
    """The SDK's errors, once a client is open."""
    return import_module("google.genai.errors")


def http_errors() -> ModuleType:
    """The HTTP library's errors, once a client is open."""
    return import_module("httpx2")


async def _note_reply(reply: "Response") -> None:
    if (replies := _replies.get(None)) is not None:
        replies.append(reply)


async def ask(client: "Client", call: SdkCall) -> str:
    """The body of the service's reply, as it came."""
    # The SDK's own types complain about whatever is newer than they are.
    config = {**call["config"], "should_return_http_response": True}
    answer = await client.aio.models.generate_content(**{**call, "config": config})
    http_response = answer.sdk_http_response
    return (http_response.body if http_response else None) or ""


async def ask_streaming(client: "Client", call: SdkCall) -> "AsyncGenerator[GenerateContentResponse]":
    """The pieces of the service's reply; closing this frees the connection at once."""
    # The SDK's generators are nested, and closing the outermost leaves the connection to the garbage
    # collector. So the reply itself is noted when it comes, and closed here.
    replies: list[Response] = []
    token = _replies.set(replies)
    try:
        pieces: Any = await client.aio.models.generate_content_stream(**call)
        piece = await anext(pieces, None)
    finally:
        _replies.reset(token)
    async with aclosing(pieces):
        try:
            while piece is not None:
                yield piece
                piece = await anext(pieces, None)
        finally:
            for reply in replies:
                await reply.aclose()
