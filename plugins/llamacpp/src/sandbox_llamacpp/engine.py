"""A model in threads of its own: others go on while it answers, and it can be stopped between two words."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from sandbox.domain.exchange import JsonSchema
from sandbox_llamacpp.server import Json, Server, StreamedAnswer, schema_grammar


class Engine:
    """Asks one server, which is opened when it is first needed."""

    def __init__(self, open_server: Callable[[], Server], *, slots: int) -> None:
        self._open_server = open_server
        self._server: Server | None = None
        self._opening = Lock()
        self._closing = Event()
        self._threads = ThreadPoolExecutor(slots, thread_name_prefix="llamacpp")

    async def ask(
        self, body: Json, *, schema: JsonSchema | None = None, timeout_seconds: float
    ) -> StreamedAnswer:
        """The answer to a request; what is cancelled or out of time is stopped, and is not waited for.

        Raises:
            TimeoutError: it took too long. What opening and asking the server raise comes through.
        """
        answer = StreamedAnswer(schema)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout_seconds):
                await loop.run_in_executor(self._threads, self._stream, body, answer)
        finally:
            answer.stop.set()
        return answer

    def close(self) -> None:
        """Stop what is running, and give back the threads and the memory."""
        self._closing.set()
        self._threads.shutdown(cancel_futures=True)
        self._server = None

    def _stream(self, body: Json, answer: StreamedAnswer) -> None:
        with self._opening:
            self._server = server = self._server or self._open_server()
        if answer.schema is not None:
            body = {**body, "grammar": schema_grammar(answer.schema)}
        returned = server.handle_chat_completions(
            body, lambda chunk: answer.take(chunk) or self._closing.is_set()
        )
        if isinstance(returned, Mapping):
            answer.take(returned)
