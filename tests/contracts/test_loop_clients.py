"""One client per loop: opened once, closed on its own loop, never handed to another."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from sandbox.contracts.loop_clients import ClientPerLoop


class Opening:
    """Opens numbered clients, and notes when each is closed and on which loop."""

    def __init__(self) -> None:
        self.opened: list[asyncio.AbstractEventLoop] = []
        self.closed: list[asyncio.AbstractEventLoop] = []

    async def open(self) -> AsyncGenerator[int, None]:
        """A client that takes a moment to open."""
        await asyncio.sleep(0)
        self.opened.append(asyncio.get_running_loop())
        try:
            yield len(self.opened)
        finally:
            self.closed.append(asyncio.get_running_loop())


def test_many_that_ask_at_once_get_the_same_client() -> None:
    """It is opened only once, although opening takes a while."""
    opening = Opening()
    clients = ClientPerLoop(opening.open)

    async def ask() -> list[int]:
        return await asyncio.gather(*(clients.client() for _ in range(5)))

    assert asyncio.run(ask()) == [1] * 5


def test_each_loop_has_its_own_and_closes_it_when_it_ends() -> None:
    """Nobody called `aclose`, and nothing is left open."""
    opening = Opening()
    clients = ClientPerLoop(opening.open)

    assert [asyncio.run(clients.client()) for _ in range(3)] == [1, 2, 3]
    assert opening.closed == opening.opened


def test_after_closing_another_is_opened() -> None:
    """And closing twice does nothing."""
    opening = Opening()
    clients = ClientPerLoop(opening.open)

    async def use() -> tuple[int, int]:
        first = await clients.client()
        await clients.aclose()
        await clients.aclose()
        assert len(opening.closed) == 1
        return first, await clients.client()

    assert asyncio.run(use()) == (1, 2)


def test_a_client_that_could_not_be_opened_is_tried_again() -> None:
    """What went wrong comes through, once."""
    opening = Opening()
    attempts: list[int] = []

    def open_second_time() -> AsyncGenerator[int, None]:
        attempts.append(1)
        if len(attempts) == 1:
            raise OSError("no certificate")
        return opening.open()

    clients = ClientPerLoop(open_second_time)

    async def use() -> int:
        with pytest.raises(OSError, match="no certificate"):
            await clients.client()
        return await clients.client()

    assert asyncio.run(use()) == 1


def test_a_client_that_is_open_is_there_at_once() -> None:
    """Those who waited for it may still stand in line: nobody has to stand behind them."""
    clients = ClientPerLoop(Opening().open)

    async def ask() -> int:
        early = [asyncio.create_task(clients.client()) for _ in range(50)]
        await early[0]
        assert not early[-1].done()
        with pytest.raises(StopIteration) as given:
            clients.client().send(None)
        await asyncio.gather(*early)
        return given.value.value

    assert asyncio.run(ask()) == 1
