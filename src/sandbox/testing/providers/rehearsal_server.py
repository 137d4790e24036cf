"""A real HTTP server on this machine that stands in for a service, and replies as its rehearsal says."""

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from threading import Condition, Event, Thread
from types import TracebackType
from typing import Self

from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, Said
from sandbox.domain.exchange import FinishReason
from sandbox.errors import FAULTS

INPUT_TOKENS, OUTPUT_TOKENS = 2311, 47
"""What the pretended model counts, unless it is told otherwise: numbers that nobody guesses."""
_PARTS = 16
"""In how many parts a body is sent, so that it can stop between two of them."""
_LONGEST_HEAD = 2**20
_FAILED = HttpReply.of({"error": {"message": "The rehearsal itself failed."}}, status=500)


class Share(StrEnum):
    """How much of a reply is sent."""

    NOTHING = "nothing"
    HEADERS = "headers"
    HALF = "half"
    ALL_BUT_THE_LAST = "all but the last"
    """Of the pieces, if the reply has any."""
    ALL = "all"


class Ending(StrEnum):
    """What becomes of the connection after that."""

    END = "end"
    """The reply ends as HTTP wants it: what was left out is not missed."""
    HANG = "hang"
    """Nothing more comes, until the server is released or closed, or the client leaves."""
    BREAK = "break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How the server treats a call; unless told otherwise, it sends all that the rehearsal answers."""

    reply: HttpReply | None = None
    """None means what the rehearsal answers."""
    share: Share = Share.ALL
    ending: Ending = Ending.END
    thinks_seconds: float = 0
    """Before anything is sent."""
    pauses_seconds: float = 0
    """Before each part of the body."""


SILENCE = Conduct(share=Share.NOTHING, ending=Ending.HANG)
BROKEN_CONNECTION = Conduct(share=Share.NOTHING, ending=Ending.BREAK)


def saying(
    text: str,
    *,
    finish_reason: FinishReason = FinishReason.STOP,
    input_tokens: int = INPUT_TOKENS,
    output_tokens: int = OUTPUT_TOKENS,
) -> Callable[[HttpCall], Said]:
    """A pretended model that says this to every call."""
    said = Said(
        text=text, input_tokens=input_tokens, output_tokens=output_tokens, finish_reason=finish_reason
    )
    return lambda _: said


class RehearsalServer:
    """Serves in a thread of its own while it is entered; what it is told holds from the next call on."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.conduct = Conduct()
        self.says: Callable[[HttpCall], Said] = saying("Good day to you.")
        self.faults: list[str] = []
        """What went wrong in the rehearsal itself."""
        self._next: deque[Conduct] = deque()
        self._calls: list[HttpCall] = []
        self._connections = 0
        self._departures = 0
        self._changed = Condition()
        self._is_open = Event()
        self._socket: socket.socket | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._port: int = self._socket.getsockname()[1]
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), name="rehearsal-server")
        self._thread.start()
        self._is_open.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """Its address, such as http://127.0.0.1:8080."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def calls(self) -> tuple[HttpCall, ...]:
        """Every call so far."""
        with self._changed:
            return tuple(self._calls)

    @property
    def connections(self) -> int:
        """How many connections were opened so far."""
        with self._changed:
            return self._connections

    @property
    def departures(self) -> int:
        """How often a client closed its connection before the reply was over."""
        with self._changed:
            return self._departures

    def conduct_next(self, *conducts: Conduct) -> None:
        """Treat the next calls like this, one after the other, and those after them as before."""
        with self._changed:
            self._next.extend(conducts)

    def wait_for_calls(self, n: int, *, timeout_seconds: float) -> bool:
        """Wait until there were this many calls, and say whether they came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._calls) >= n, timeout_seconds)

    def wait_for_departures(self, n: int, *, timeout_seconds: float) -> bool:
        """Wait until this many clients left, and say whether they did so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._departures >= n, timeout_seconds)

    def release(self) -> None:
        """End every reply that hangs, by breaking its connection, and let none hang from now on."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._released.set)

    def close(self) -> None:
        """Break all connections and take no more; a second time does nothing."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._loop.call_soon_threadsafe(self._closed.set)
            thread.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._released, self._closed = asyncio.Event(), asyncio.Event()
        self._conversations: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, sock=self._socket, limit=_LONGEST_HEAD)
        self._is_open.set()
        await self._closed.wait()
        server.close()
        for conversation in self._conversations:
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        await server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._changed:
            self._connections += 1
        # Otherwise a reply in several parts waits for the client to say that the first has come.
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        conversation = asyncio.create_task(self._converse(reader, writer))
        self._conversations.add(conversation)
        conversation.add_done_callback(self._conversations.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = _Line(reader, writer, self._released)
        try:
            while (call := await line.read_call()) is not None:
                conduct = self._hear(call)
                if not await line.send(conduct.reply or self._answer(call), conduct):
                    break
            if line.has_lost_client:
                self._note_departure()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _hear(self, call: HttpCall) -> Conduct:
        with self._changed:
            self._calls.append(call)
            self._changed.notify_all()
            return self._next.popleft() if self._next else self.conduct

    def _note_departure(self) -> None:
        with self._changed:
            self._departures += 1
            self._changed.notify_all()

    def _answer(self, call: HttpCall) -> HttpReply:
        try:
            return self.rehearsal.answer(call, self.says(call))
        except FAULTS as cause:
            with self._changed:
                self.faults.append(f"on {call.method} {call.path} {type(cause).__name__}: {cause}")
            return _FAILED


class _Line:
    """One connection, as HTTP/1.1 speaks over it."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, released: asyncio.Event
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._released = released
        self.has_lost_client = False

    async def read_call(self) -> HttpCall | None:
        """The next call, or None if there is none any more."""
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
            first, *rest = head.decode("latin-1").rstrip().split("\r\n")
            method, path, _ = first.split(" ", 2)
            pairs = (line.partition(":") for line in rest)
            headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
            if headers.get("expect", "").lower() == "100-continue":
                self._writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = await self._read_body(headers)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
            return None
        return HttpCall(method=method, path=path, headers=headers, body=body)

    async def _read_body(self, headers: dict[str, str]) -> bytes:
        if "chunked" not in headers.get("transfer-encoding", "").lower():
            return await self._reader.readexactly(int(headers.get("content-length", "0")))
        body = b""
        while size := int((await self._reader.readline()).split(b";")[0], 16):
            body += await self._reader.readexactly(size)
            await self._reader.readline()
        while (await self._reader.readline()).strip():
            pass
        return body

    async def send(self, reply: HttpReply, conduct: Conduct) -> bool:
        """Send as much of a reply as is wanted, and say whether the connection goes on."""
        try:
            if conduct.thinks_seconds and not await self._wait(conduct.thinks_seconds):
                return False
            if not await self._send_share(reply, conduct):
                return False
        except ConnectionError:
            self.has_lost_client = True
            return False
        if conduct.ending is Ending.HANG:
            await self._wait(None)
        return conduct.ending is Ending.END

    async def _send_share(self, reply: HttpReply, conduct: Conduct) -> bool:
        if conduct.share is Share.NOTHING:
            return True
        parts = reply.pieces or _cut(reply.body)
        kept = parts[: _how_many(conduct.share, len(parts))]
        said = kept if conduct.ending is Ending.END else parts
        length = {"transfer-encoding": "chunked"}
        if not reply.pieces:
            length = {"content-length": str(sum(map(len, said)))}
        self._writer.write(_head(reply.status, {**reply.headers, **length}))
        await self._writer.drain()
        for part in kept:
            if conduct.pauses_seconds and not await self._wait(conduct.pauses_seconds):
                return False
            self._writer.write(b"%x\r\n%b\r\n" % (len(part), part) if reply.pieces else part)
            await self._writer.drain()
        if reply.pieces and conduct.ending is Ending.END:
            self._writer.write(b"0\r\n\r\n")
            await self._writer.drain()
        return True

    async def _wait(self, seconds: float | None) -> bool:
        """Wait, and say whether the client is still there; being released ends the wait and the talk."""
        leaving = asyncio.ensure_future(self._has_left())
        release = asyncio.ensure_future(self._released.wait())
        try:
            done, _ = await asyncio.wait(
                {leaving, release}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
            self.has_lost_client = leaving in done
            return not done
        finally:
            leaving.cancel()
            release.cancel()
            await asyncio.gather(leaving, release, return_exceptions=True)

    async def _has_left(self) -> None:
        # While a reply is awaited clients send nothing, so what can be read is the end.
        with suppress(ConnectionError):
            await self._reader.read(1)


def _cut(body: bytes) -> tuple[bytes, ...]:
    """A body in parts of about the same length."""
    size = max(1, -(-len(body) // _PARTS))
    return tuple(body[start : start + size] for start in range(0, len(body), size))


def _how_many(share: Share, parts: int) -> int:
    match share:
        case Share.HALF:
            return max(1, parts // 2)
        case Share.ALL_BUT_THE_LAST:
            return max(0, parts - 1)
        case Share.ALL:
            return parts
        case _:
            return 0


def _head(status: int, headers: dict[str, str]) -> bytes:
    # Services have numbers of their own, such as 529.
    known = {each.value: each.phrase for each in HTTPStatus}
    lines = [
        f"HTTP/1.1 {status} {known.get(status, 'Special')}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
