"""One client for each running event loop: what was connected on one loop cannot be used on another."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Client = TypeVar("Client")
OpenClient = Callable[[], AsyncGenerator[Client, None]]
"""Gives a client once, and closes it when it is closed itself."""


@dataclass(slots=True)
class _Kept(Generic[Client]):
    is_opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    opened: tuple[Client, AsyncGenerator[Client, None]] | None = None


@dataclass(slots=True)
class ClientPerLoop(Generic[Client]):
    """Opens a client when a loop first needs one, and closes it there, at the latest when the loop ends.

    A loop closes the asynchronous generators that were begun on it. Each client is held by one, so that no
    connection is left over from a loop that is gone, such as that of an earlier `asyncio.run`.
    """

    open: OpenClient[Client]
    _kept: dict[asyncio.AbstractEventLoop, _Kept[Client]] = field(
        default_factory=dict, init=False, repr=False
    )

    async def client(self) -> Client:
        """The client of the running loop. Whatever opening it raises comes through."""
        for loop in [each for each in self._kept if each.is_closed()]:
            del self._kept[loop]
        kept: _Kept[Client] = self._kept.setdefault(asyncio.get_running_loop(), _Kept())
        if kept.opened is None:
            # Not for a client that is there: a lock for which some wait lets one through in each turn of
            # the loop, and so the hundred who waited for the first client would stay in line for ever.
            async with kept.is_opening:
                if kept.opened is None:
                    keeper = self.open()
                    kept.opened = await anext(keeper), keeper
        return kept.opened[0]

    async def aclose(self) -> None:
        """Close the client of the running loop; another call opens one anew. Twice does nothing."""
        kept = self._kept.pop(asyncio.get_running_loop(), None)
        if kept is None:
            return
        async with kept.is_opening:
            if kept.opened is not None:
                await kept.opened[1].aclose()
