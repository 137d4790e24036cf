"""Keeps the connections to the service: one client of the SDK for each event loop."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from sandbox_anthropic.address import ServiceAddress

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

_NO_KEY = "none"


@dataclass(slots=True, kw_only=True)
class Connections:
    """Opens a client when the first request wants one. It closes with its loop, or when it is told to."""

    address: ServiceAddress
    key: str = field(default="", repr=False)
    _opened: "dict[asyncio.AbstractEventLoop, tuple[AsyncAnthropic, AsyncGenerator[AsyncAnthropic]]]" = (
        field(default_factory=dict, init=False, repr=False)
    )

    async def client(self) -> "AsyncAnthropic":
        """The client of the running loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._opened:
            # It takes a second or two, in which the loop can do something else.
            await asyncio.to_thread(import_module, "anthropic")
        if loop not in self._opened:
            self._forget_closed_loops()
            lifetime = self._lifetime()
            self._opened[loop] = (await anext(lifetime), lifetime)
        return self._opened[loop][0]

    async def aclose(self) -> None:
        """Close the connections of the running loop; another request would open them anew."""
        self._forget_closed_loops()
        opened = self._opened.pop(asyncio.get_running_loop(), None)
        if opened is not None:
            await opened[1].aclose()

    async def _lifetime(self) -> "AsyncGenerator[AsyncAnthropic]":
        # A generator, because a loop that ends closes its generators, and so its connections.
        client = self._make()
        try:
            yield client
        finally:
            await client.close()

    def _make(self) -> "AsyncAnthropic":
        sdk, http = import_module("anthropic"), import_module("httpx2")
        # The text goes where base_url says and nowhere else: no redirect is followed, and what is said to
        # stay on this machine goes through no proxy. The SDK's own HTTP client would use one all the same.
        client: AsyncAnthropic = sdk.AsyncAnthropic(
            api_key=self.key or _NO_KEY,
            base_url=self.address.url,
            max_retries=0,
            http_client=http.AsyncClient(trust_env=not self.address.is_loopback, follow_redirects=False),
            open_telemetry=False,
        )
        return client

    def _forget_closed_loops(self) -> None:
        self._opened = {loop: opened for loop, opened in self._opened.items() if not loop.is_closed()}
