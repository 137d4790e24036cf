"""A local model server that counts what it answers, case by case, and can have bad days."""

import asyncio
import json
import random
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.examples import FEEDBACK

_CASE = re.compile(rb"case-\d{6}")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class CountingServer:
    """Speaks chat completions on a port of this machine, in a thread; use it in a `with` block."""

    latency_seconds: float = 0.05
    refused: float = 0
    """The share of requests that are told "too often", with a second to wait."""
    failing: float = 0
    dropped: float = 0
    seed: int = 0
    requests: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    """Answers that were sent, by case."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        text = json.dumps(FEEDBACK)
        choice: dict[str, Any] = {
            "message": {"role": "assistant", "content": text},
            "finish_reason": "stop",
        }
        usage = {"prompt_tokens": 300, "completion_tokens": 200, "total_tokens": 500}
        self._answer = json.dumps({"model": "counted", "choices": [choice], "usage": usage}).encode()
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1000)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(10)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the other side hung up or was killed, or we close
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection stays open."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        self.requests += 1
        drawn = self._random.random()
        await asyncio.sleep(self.latency_seconds * self._random.uniform(0.8, 1.2))
        if drawn < self.dropped:
            return False
        if drawn < self.dropped + self.refused:
            writer.write(_reply(b"429 Too Many Requests", b"{}", b"retry-after: 1\r\n"))
        elif drawn < self.dropped + self.refused + self.failing:
            writer.write(_reply(b"500 Internal Server Error", b"{}"))
        else:
            case = _CASE.search(body)
            self.answered[case[0].decode() if case else ""] += 1
            writer.write(_reply(b"200 OK", self._answer))
        return True


def _reply(status: bytes, body: bytes, more: bytes = b"") -> bytes:
    length = str(len(body)).encode()
    head = b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %b\r\n%b\r\n"
    return head % (status, length, more) + body
