"""A model in threads of its own: others go on while it answers, and it can be stopped between two words."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from sandbox_llamacpp.server import Json, Server, StreamedAnswer, schema_grammar

HandOn = Callable[[str], object]
"""Is told of each piece of text, in the thread that asks the model."""


class Engine:
    """Asks one server, which is opened when it is first needed."""

    def __init__(self, open_server: Callable[[], Server], *, slots: int) -> None:
        self._open_server = open_server
        self._server: Server | None = None
        self._opening = Lock()
        self._closing = Event()
        self._threads = ThreadPoolExecutor(slots, thread_name_prefix="llamacpp")
        # Counting does not wait for an answer that may take minutes.
        self._counting_thread = ThreadPoolExecutor(1, thread_name_prefix="llamacpp-counting")

    async def stream(
        self, body: Json, answer: StreamedAnswer, *, timeout_seconds: float
    ) -> AsyncGenerator[str, None]:
        """The pieces of an answer as they are written; `answer` is filled in with all of it.

        What is cancelled, closed or out of time is stopped, and is not waited for.

        Raises:
            TimeoutError: it took too long. What opening and asking the server raise comes through.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_seconds
        pieces: asyncio.Queue[str] = asyncio.Queue()

        def hand_on(piece: str) -> None:
            loop.call_soon_threadsafe(pieces.put_nowait, piece)

        def end(done: asyncio.Future[None]) -> None:
            if not done.cancelled():
                done.exception()  # whoever left early does not ask for it any more
            pieces.put_nowait("")

        asking = loop.run_in_executor(self._threads, self._ask, body, answer, hand_on)
        asking.add_done_callback(end)
        try:
            while piece := await _before(deadline, pieces):
                yield piece
            if not asking.cancelled():  # by `close`, which is nothing that the caller asked for
                asking.result()
        finally:
            answer.stop.set()
            asking.cancel()

    async def count_tokens(self, text: str) -> int:
        """How many tokens a text takes. What opening and asking the server raise comes through."""
        loop = asyncio.get_running_loop()
        counting = loop.run_in_executor(self._counting_thread, lambda: self._opened().count_tokens(text))
        await asyncio.wait({counting})
        if counting.cancelled():
            raise RuntimeError("closed before the tokens were counted")
        return counting.result()

    def close(self) -> None:
        """Stop what is running, and give back the threads and the memory."""
        self._closing.set()
        for threads in (self._threads, self._counting_thread):
            threads.shutdown(cancel_futures=True)
        self._server = None

    def _opened(self) -> Server:
        with self._opening:
            self._server = server = self._server or self._open_server()
        return server

    def _ask(self, body: Json, answer: StreamedAnswer, hand_on: HandOn) -> None:
        server = self._opened()
        if answer.schema is not None:
            body = {**body, "grammar": schema_grammar(answer.schema)}

        def take(chunk: Json) -> bool:
            """Take a chunk in, and say whether to stop here."""
            piece = answer.take(chunk)
            if answer.stop.is_set() or answer.is_off_schema or self._closing.is_set():
                return True
            if piece:
                hand_on(piece)
            return False

        returned = server.handle_chat_completions(body, take)
        if isinstance(returned, Mapping):
            answer.take(returned)


async def _before(deadline: float, pieces: asyncio.Queue[str]) -> str:
    """The next piece. The limit is set anew for each, because nobody may be timed while he looks at one."""
    async with asyncio.timeout_at(deadline):
        return await pieces.get()
