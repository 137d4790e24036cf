"""A client of the OpenAI SDK for each running event loop."""

import asyncio
import gc
import json

from sandbox.bundled.providers.openai import OpenAIProvider, build_openai
from sandbox.bundled.providers.openai_rehearsal import rehearse_chat
from sandbox.domain.exchange import Message, Request, Role
from sandbox.testing.providers.rehearsal_server import RehearsalServer

REQUEST = Request(model="small", messages=(Message(role=Role.USER, content="Name a fruit."),))


def provider_at(server: RehearsalServer) -> OpenAIProvider:
    """The provider for a server on this machine."""
    return build_openai({"base_url": f"{server.url}/v1"})


async def ask_twice(provider: OpenAIProvider) -> None:
    """One question after the other."""
    await provider.complete(REQUEST)
    await provider.complete(REQUEST)


def test_it_works_under_one_loop_after_the_other() -> None:
    """Connections are kept within a loop, and closed with it: none is left to a loop that has gone."""
    with RehearsalServer(rehearse_chat()) as server:
        provider = provider_at(server)

        asyncio.run(ask_twice(provider))
        asyncio.run(ask_twice(provider))
        asyncio.run(provider.aclose())
        gc.collect()  # a connection that was left over would complain here

        assert len(server.calls) == 4
        assert server.connections == 2


def test_it_works_under_two_loops_at_once() -> None:
    """Each thread has its own loop, and its own connection."""

    async def ask_from_two_threads(provider: OpenAIProvider) -> None:
        await asyncio.gather(
            ask_twice(provider), asyncio.to_thread(lambda: asyncio.run(ask_twice(provider)))
        )
        await provider.aclose()

    with RehearsalServer(rehearse_chat()) as server:
        asyncio.run(ask_from_two_threads(provider_at(server)))

        assert len(server.calls) == 4
        assert server.connections == 2


def test_closing_closes_the_connections_at_once() -> None:
    """Not only when the loop ends; the next request opens another."""

    async def ask_close_ask(provider: OpenAIProvider) -> None:
        await ask_twice(provider)
        await provider.aclose()
        await ask_twice(provider)
        await provider.aclose()

    with RehearsalServer(rehearse_chat()) as server:
        asyncio.run(ask_close_ask(provider_at(server)))

        assert server.connections == 2


def test_many_questions_at_once_share_a_client() -> None:
    """However many begin before the first connection is there."""

    async def ask_much(provider: OpenAIProvider) -> None:
        await asyncio.gather(*(provider.complete(REQUEST) for _ in range(8)))
        connections = server.connections
        await provider.complete(REQUEST)
        await provider.aclose()

        assert server.connections == connections

    with RehearsalServer(rehearse_chat()) as server:
        asyncio.run(ask_much(provider_at(server)))

        assert len(server.calls) == 9
        assert json.loads(server.calls[0].body)["model"] == "small"
