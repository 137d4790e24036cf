"""The connections to the service: for each event loop a client of the SDK."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sandbox.contracts.loop_clients import ClientPerLoop
from sandbox.contracts.server_address import ServerAddress

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

VENDOR_URL = "https://api.anthropic.com"
_NO_KEY = "none"


@dataclass(slots=True, kw_only=True)
class Connections:
    """Opens a client when the first request wants one. It closes with its loop, or when it is told to."""

    address: ServerAddress
    key: str = field(default="", repr=False)
    _clients: "ClientPerLoop[AsyncAnthropic]" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._clients = ClientPerLoop(self._open)

    @property
    def is_vendor(self) -> bool:
        """Whether this is Anthropic's own service, which wants a key."""
        return self.address.host == urlsplit(VENDOR_URL).hostname

    async def client(self) -> "AsyncAnthropic":
        """The client of the running loop."""
        return await self._clients.client()

    async def aclose(self) -> None:
        """Close the connections of the running loop; another request would open them anew."""
        await self._clients.aclose()

    async def _open(self) -> "AsyncGenerator[AsyncAnthropic, None]":
        # Importing takes a second or two, in which the loop can do something else.
        sdk = await asyncio.to_thread(import_module, "anthropic")
        # The text goes where base_url says and nowhere else: no redirect is followed, and what is said to
        # stay on this machine goes through no proxy. The SDK's own HTTP client would use one all the same.
        client: AsyncAnthropic = sdk.AsyncAnthropic(
            api_key=self.key or _NO_KEY,
            # The SDK adds /v1 itself, and people write it because other services want it.
            base_url=self.address.url.rstrip("/").removesuffix("/v1"),
            max_retries=0,
            http_client=import_module("httpx2").AsyncClient(
                trust_env=not self.address.is_loopback, follow_redirects=False
            ),
            open_telemetry=False,
        )
        try:
            yield client
        finally:
            await client.close()
