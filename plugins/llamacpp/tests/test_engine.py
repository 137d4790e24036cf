"""The engine: answers piece by piece from a thread, stopped as soon as nobody wants them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from threading import Event
from time import perf_counter

import pytest
from sandbox_llamacpp.engine import Engine
from sandbox_llamacpp.server import Json, StreamedAnswer


class GatedServer:
    """Writes a word each time that it is let to, and says when it was stopped."""

    def __init__(self, words: tuple[str, ...] = ("one ", "two ", "three")) -> None:
        self.words = words
        self.gates = [Event() for _ in words]
        self.stopped_after: int | None = None
        self.is_done = Event()
        self.is_asked = Event()

    def handle_chat_completions(self, body: Json, callback: Callable[[Json], bool], /) -> object:
        """Write the words."""
        self.is_asked.set()
        try:
            for number, (word, gate) in enumerate(zip(self.words, self.gates, strict=True)):
                while not gate.wait(0.005):
                    if callback({"prompt_progress": {}}):
                        self.stopped_after = number
                        return None
                if callback({"choices": [{"delta": {"content": word}, "finish_reason": None}]}):
                    self.stopped_after = number + 1
                    return None
            callback({"choices": [{"delta": {}, "finish_reason": "stop"}]})
            return None
        finally:
            self.is_done.set()

    def count_tokens(self, text: str) -> int:
        """As many as there are letters."""
        return len(text)

    def open_gates(self, count: int = 3) -> None:
        """Let so many words be written."""
        for gate in self.gates[:count]:
            gate.set()


@pytest.fixture
def server() -> GatedServer:
    """A server of three words."""
    return GatedServer()


@pytest.fixture
async def engine(server: GatedServer) -> AsyncIterator[Engine]:
    """An engine that asks it."""
    engine = Engine(lambda: server, slots=1)
    yield engine
    await asyncio.to_thread(engine.close)


@pytest.mark.anyio
async def test_a_piece_comes_before_the_next_one_is_written(server: GatedServer, engine: Engine) -> None:
    """Whoever reads along does not wait for the end."""
    answer, seen = StreamedAnswer(), []
    async with aclosing(engine.stream({}, answer, timeout_seconds=10)) as pieces:
        for gate in server.gates:
            gate.set()
            seen.append((await anext(pieces), answer.text))
        rest = [piece async for piece in pieces]

    assert seen == [("one ", "one "), ("two ", "one two "), ("three", "one two three")]
    assert rest == []
    assert answer.finish_reason == "stop"


@pytest.mark.anyio
async def test_closing_the_stream_stops_the_model(server: GatedServer, engine: Engine) -> None:
    """It does not write on for nobody."""
    server.open_gates(1)
    async with aclosing(engine.stream({}, StreamedAnswer(), timeout_seconds=10)) as pieces:
        assert await anext(pieces) == "one "

    assert await asyncio.to_thread(server.is_done.wait, 5)
    assert server.stopped_after == 1


@pytest.mark.anyio
async def test_the_time_is_that_of_the_whole_answer(server: GatedServer, engine: Engine) -> None:
    """A model that has begun may still be too slow."""
    server.open_gates(1)
    pieces = engine.stream({}, StreamedAnswer(), timeout_seconds=0.2)
    started = perf_counter()
    first = await anext(pieces)
    with pytest.raises(TimeoutError):
        await anext(pieces)

    assert first == "one "
    assert perf_counter() - started < 5
    assert await asyncio.to_thread(server.is_done.wait, 5)
    assert server.stopped_after == 1


@pytest.mark.anyio
async def test_a_reader_who_takes_his_time_gets_what_was_written_in_time(
    server: GatedServer, engine: Engine
) -> None:
    """The model is timed, and not the one who reads."""
    server.open_gates()
    seen = []
    async with aclosing(engine.stream({}, StreamedAnswer(), timeout_seconds=0.2)) as pieces:
        seen.append(await anext(pieces))
        assert await asyncio.to_thread(server.is_done.wait, 5)
        await asyncio.sleep(0.3)
        seen += [piece async for piece in pieces]

    assert seen == ["one ", "two ", "three"]


@pytest.mark.anyio
async def test_a_piece_that_no_schema_begins_with_is_not_handed_on(
    engine: Engine, server: GatedServer
) -> None:
    """A grammar that llama.cpp dropped is noticed at the first word."""
    server.open_gates()
    answer = StreamedAnswer({"type": "object", "properties": {}, "additionalProperties": False})
    seen = [piece async for piece in engine.stream({}, answer, timeout_seconds=10)]

    assert seen == []
    assert answer.is_off_schema
    assert server.stopped_after == 1


@pytest.mark.anyio
async def test_whoever_waits_for_a_turn_is_told_of_the_closing(server: GatedServer) -> None:
    """He was not cancelled, so nothing says so: his answer just is not complete."""
    engine = Engine(lambda: server, slots=1)
    first, second = StreamedAnswer(), StreamedAnswer()

    async def read(answer: StreamedAnswer) -> list[str]:
        return [piece async for piece in engine.stream({}, answer, timeout_seconds=10)]

    tasks = [asyncio.create_task(read(answer)) for answer in (first, second)]
    await asyncio.to_thread(server.is_asked.wait, 5)
    await asyncio.to_thread(engine.close)

    assert await asyncio.gather(*tasks) == [[], []]
    assert first.finish_reason is second.finish_reason is None


@pytest.mark.anyio
async def test_tokens_are_counted_while_an_answer_is_written(server: GatedServer, engine: Engine) -> None:
    """Answers take minutes; counting takes none."""
    async with aclosing(engine.stream({}, StreamedAnswer(), timeout_seconds=10)) as pieces:
        server.open_gates(1)
        await anext(pieces)

        assert await engine.count_tokens("four") == 4
        assert not server.is_done.is_set()


@pytest.mark.anyio
async def test_what_opening_raises_comes_through() -> None:
    """As if it had been called here."""

    def broken() -> GatedServer:
        raise LookupError("no such model")

    engine = Engine(broken, slots=1)
    with pytest.raises(LookupError):
        await anext(engine.stream({}, StreamedAnswer(), timeout_seconds=10))
    with pytest.raises(LookupError):
        await engine.count_tokens("text")
    await asyncio.to_thread(engine.close)


def test_an_engine_outlives_the_event_loop_that_it_was_first_asked_on(server: GatedServer) -> None:
    """Each `asyncio.run` has a loop of its own."""
    server.open_gates()
    engine = Engine(lambda: server, slots=1)

    async def read() -> list[str]:
        return [piece async for piece in engine.stream({}, StreamedAnswer(), timeout_seconds=10)]

    seen = [asyncio.run(read()) for _ in range(2)]
    engine.close()

    assert seen == [["one ", "two ", "three"]] * 2
