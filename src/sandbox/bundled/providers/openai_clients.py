"""Keeps one client of the OpenAI SDK for each running event loop: its connections live on that loop."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openai import AsyncOpenAI


@dataclass(slots=True)
class ClientPerLoop:
    """Opens clients as they are needed, and closes each on its own loop, at the latest when that ends.

    A loop closes the asynchronous generators that were begun on it: each client is held by one, so that no
    connection is left over from a loop that is gone, such as that of an earlier `asyncio.run`.
    """

    open: "Callable[[], AsyncOpenAI]"
    _kept: "dict[asyncio.AbstractEventLoop, tuple[AsyncOpenAI, AsyncGenerator[None, None]]]" = field(
        default_factory=dict, init=False, repr=False
    )

    async def client(self) -> "AsyncOpenAI":
        """The client of the loop that is running."""
        loop = asyncio.get_running_loop()
        if loop not in self._kept:
            self._kept = {each: kept for each, kept in self._kept.items() if not each.is_closed()}
            client = self.open()
            keeper = _keep(client)
            self._kept[loop] = (client, keeper)
            await anext(keeper)
        return self._kept[loop][0]

    async def aclose(self) -> None:
        """Close the client of the loop that is running; others are let go, and their loops close them."""
        _, keeper = self._kept.pop(asyncio.get_running_loop(), (None, None))
        self._kept.clear()
        if keeper is not None:
            await keeper.aclose()


async def _keep(client: "AsyncOpenAI") -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        await client.close()
