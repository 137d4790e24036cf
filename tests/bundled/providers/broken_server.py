"""A real server on this machine that does to a connection whatever a test wants, byte by byte."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Self

from sandbox.testing.transport import chat_completion

Treatment = Callable[[asyncio.StreamWriter], Awaitable[None]]
"""What is done once a request has come whole."""


def head(*lines: str) -> bytes:
    """The beginning of a good reply, with these headers."""
    return "\r\n".join(("HTTP/1.1 200 OK", "content-type: application/json", *lines, "", "")).encode()


def reply(text: str) -> bytes:
    """A whole reply, after which the connection is kept."""
    body = json.dumps(chat_completion(text)).encode()
    return head(f"content-length: {len(body)}") + body


def sends(*pieces: bytes, aborts: bool = False) -> Treatment:
    """Send these bytes, and then hang up: politely, or as a machine does that fails."""

    async def treat(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if aborts:
            writer.transport.abort()
        writer.close()

    return treat


def answers(text: str) -> Treatment:
    """Answer as a good server does."""

    async def treat(writer: asyncio.StreamWriter) -> None:
        writer.write(reply(text))
        await writer.drain()

    return treat


async def never_ends(writer: asyncio.StreamWriter) -> None:
    """Send chunk after chunk, until the client has had enough."""
    writer.write(head("transfer-encoding: chunked"))
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    while not writer.is_closing():
        writer.write(chunk)
        await writer.drain()


class BrokenServer:
    """Treats the first request in the first way, the second in the second, on whatever connection."""

    def __init__(self, *treatments: Treatment) -> None:
        self.requests = 0
        self.connections = 0
        self._treatments = treatments
        self._talks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        talk = asyncio.create_task(self._talk(reader, writer))
        self._talks.add(talk)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = asked.partition(b"content-length:")[2].split(b"\r\n")[0]
                await reader.readexactly(int(length))
                self.requests += 1
                await self._treatments[self.requests - 1](writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.transport.abort()
