"""The provider with the real model: slow to no purpose unless something in llama.cpp has changed."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Annotated

import pytest
from pydantic import Field
from sandbox_llamacpp.options import LlamaCppOptions
from sandbox_llamacpp.provider import LlamaCppProvider, build_llamacpp
from sandbox_llamacpp.server import Json, Server, open_server

from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    Request,
    Role,
    Settings,
    StreamEnd,
    StructuredMode,
    TextDelta,
)
from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, ProviderError

pytestmark = [pytest.mark.anyio, pytest.mark.real_model]


class Animal(Record):
    """Something small for the model to fill in."""

    name: str = Field(min_length=3, max_length=20)
    legs: int = Field(ge=0, le=8)
    foods: tuple[Annotated[str, Field(max_length=12)], ...] = Field(min_length=1, max_length=2)


LONG_TEXT = {"type": "string", "minLength": 4000, "maxLength": 4000}
LONG = {"type": "object", "properties": {"text": LONG_TEXT}, "required": ["text"]}


def request_for(user: str, **changes: object) -> Request:
    """A request to the known model, with something about it changed."""
    asked = {
        "model": "smollm2-135m-instruct",
        "messages": (
            Message(role=Role.SYSTEM, content="You answer briefly."),
            Message(role=Role.USER, content=user),
        ),
        "settings": Settings(max_output_tokens=12),
        "timeout_seconds": 60,
    }
    return Request.model_validate(asked | changes)


async def ask(provider: LlamaCppProvider, user: str, **changes: object) -> Completion:
    """The answer of the known model."""
    return await provider.complete(request_for(user, **changes))


async def test_a_grammar_makes_the_answer_fit(smollm2: LlamaCppProvider) -> None:
    """Whatever it says, it parses; even when it is as wild as it can be."""
    for seed in range(1, 5):
        completion = await ask(
            smollm2,
            "Describe a horse.",
            output_schema=Animal.model_json_schema(),
            structured=StructuredMode.GRAMMAR,
            settings=Settings(max_output_tokens=120, temperature=1.5, seed=seed),
        )

        assert completion.finish_reason is FinishReason.STOP
        assert Animal.model_validate_json(completion.text).name


async def test_a_stream_is_the_answer_piece_by_piece(smollm2: LlamaCppProvider) -> None:
    """Token by token, and in the end what comes in one piece."""
    request = request_for("Name three animals.", settings=Settings(max_output_tokens=12, seed=3))
    *pieces, end = [event async for event in smollm2.stream(request)]
    whole = await smollm2.complete(request)

    assert isinstance(end, StreamEnd)
    assert len(pieces) > 3
    assert "".join(piece.text for piece in pieces if isinstance(piece, TextDelta)) == whole.text
    assert end.completion.model_copy(update={"latency_seconds": whole.latency_seconds}) == whole


async def test_tokens_are_those_that_the_model_reads(smollm2: LlamaCppProvider) -> None:
    """A text in a message makes the prompt longer by what is counted for it."""
    text = " Plants drink light, and naïve horses 数学."
    counted = await smollm2.count_tokens("smollm2-135m-instruct", text)
    short = await ask(smollm2, "Say yes.", settings=Settings(max_output_tokens=1))
    long = await ask(smollm2, "Say yes." + text, settings=Settings(max_output_tokens=1))

    assert long.usage.input_tokens - short.usage.input_tokens == counted > 8
    with pytest.raises(ProviderError) as caught:
        await smollm2.count_tokens("smollm2-135m-instruct", "broken \ud800 text")
    assert caught.value.kind is ErrorKind.INVALID_REQUEST


async def test_no_token_goes_into_whitespace(smollm2: LlamaCppProvider) -> None:
    """A small model that may choose its whitespace writes little else."""
    completion = await ask(
        smollm2,
        "Describe a horse.",
        output_schema=Animal.model_json_schema(),
        structured=StructuredMode.GRAMMAR,
        settings=Settings(max_output_tokens=120),
    )

    assert completion.text == json.dumps(json.loads(completion.text), ensure_ascii=False)


async def test_the_same_seed_gives_the_same_answer(smollm2: LlamaCppProvider) -> None:
    """Whatever was asked in between; and another seed gives another one."""
    answers = []
    for seed in (7, 7, 8, 7):
        completion = await ask(
            smollm2,
            "Tell a story about a fox, a school and a very long winter. " * 8,
            settings=Settings(max_output_tokens=60, temperature=1, seed=seed),
        )
        answers.append(completion.text)

    assert answers[0] == answers[1] == answers[3] != answers[2]


async def test_a_limit_ends_the_answer_and_is_told(smollm2: LlamaCppProvider) -> None:
    """The counts are those of the model's own tokens."""
    completion = await ask(smollm2, "Count to one hundred.", settings=Settings(max_output_tokens=5))

    assert completion.finish_reason is FinishReason.LENGTH
    assert completion.usage.output_tokens == 5
    assert 10 < completion.usage.input_tokens < 40
    assert not completion.usage.is_estimated


async def test_the_template_invents_no_system_message(smollm2: LlamaCppProvider) -> None:
    """Without one, the model's template would say that it is somebody's assistant: sixteen tokens more."""
    alone = await ask(smollm2, "", messages=(Message(role=Role.USER, content="Good day."),))
    empty = await ask(
        smollm2,
        "",
        messages=(Message(role=Role.SYSTEM, content=""), Message(role=Role.USER, content="Good day.")),
    )

    assert alone.usage.input_tokens == empty.usage.input_tokens
    assert alone.text == empty.text


async def test_any_script_goes_in_and_comes_out_whole(smollm2: LlamaCppProvider) -> None:
    """No character is cut in two between two pieces of an answer."""
    completion = await ask(
        smollm2, "Repeat: 🦊 naïve 数学 école 🏫 ñandú", settings=Settings(max_output_tokens=40)
    )

    assert completion.text.encode()
    assert "\ufffd" not in completion.text.rstrip("\ufffd"), "only the limit may cut the last character"


async def test_a_cancelled_answer_ends_at_once_and_the_next_one_comes(smollm2: LlamaCppProvider) -> None:
    """A teacher who presses Ctrl-C does not wait for the model to finish its page."""
    task = asyncio.create_task(
        ask(
            smollm2,
            "Write a long story.",
            output_schema=LONG,
            structured=StructuredMode.GRAMMAR,
            settings=Settings(max_output_tokens=1500),
        )
    )
    await asyncio.wait({task}, timeout=0.5)
    started = perf_counter()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    cancelled_seconds = perf_counter() - started
    await ask(smollm2, "Say yes.", settings=Settings(max_output_tokens=2))

    assert cancelled_seconds < 0.5
    assert perf_counter() - started < 10, "1,500 tokens would take half a minute"


class WatchedServer:
    """Passes everything on, and notes how much of each prompt is read."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.progress: list[Json] = []

    def handle_chat_completions(self, body: Json, callback: Callable[[Json], bool], /) -> object:
        """Ask the server, and look at every chunk."""

        def watch(chunk: Json) -> bool:
            if "prompt_progress" in chunk:
                self.progress.append(chunk["prompt_progress"])
            return callback(chunk)

        return self.server.handle_chat_completions(body, watch)

    def count_tokens(self, text: str) -> int:
        """Count."""
        return self.server.count_tokens(text)


async def test_a_timeout_ends_the_reading_of_the_prompt_too(smollm2_file: Path) -> None:
    """Nobody waits for it; and the rest of a long prompt is not read for nobody."""
    options = LlamaCppOptions(threads=1, context_tokens=2048)
    server = WatchedServer(open_server(smollm2_file, options))
    provider = LlamaCppProvider(options, open_server=lambda path, options: server)
    started = perf_counter()
    with pytest.raises(ProviderError) as caught:
        await ask(provider, "one two three four " * 300, timeout_seconds=0.2)
    seconds = perf_counter() - started
    await provider.aclose()

    assert caught.value.kind is ErrorKind.TIMEOUT
    assert seconds < 1
    assert server.progress[-1]["processed"] < server.progress[-1]["total"] / 2


async def test_a_prompt_that_does_not_fit_says_so(smollm2: LlamaCppProvider) -> None:
    """The message tells both numbers and the option."""
    with pytest.raises(
        ProviderError, match=r"takes \d{4} tokens where 2048 fit: .*context_tokens"
    ) as caught:
        await ask(smollm2, "word " * 3000)

    assert caught.value.kind is ErrorKind.CONTEXT_LENGTH


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nonsense"},
        {"$ref": "#/$defs/Missing"},
        {"type": "object", "properties": {"amount": {"type": "string", "pattern": "^(?=1)"}}},
    ],
)
async def test_a_schema_without_a_grammar_is_refused(
    smollm2: LlamaCppProvider, schema: dict[str, object]
) -> None:
    """llama.cpp itself would let the model write what it likes."""
    with pytest.raises(ProviderError) as caught:
        await ask(smollm2, "Describe a horse.", output_schema=schema, structured=StructuredMode.GRAMMAR)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


async def test_a_text_that_is_no_text_is_refused(smollm2: LlamaCppProvider) -> None:
    """Half a surrogate pair cannot be sent anywhere."""
    with pytest.raises(ProviderError) as caught:
        await ask(smollm2, "broken \ud800 text")

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


async def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    """llama.cpp gives no reason, so the message gives those that there can be."""
    path = tmp_path / "letter.gguf"
    path.write_bytes(b"Dear Sir or Madam")
    provider = build_llamacpp({"threads": 1})

    with pytest.raises(ProviderError, match="cannot load") as caught:
        await ask(provider, "Good day.", model=str(path))

    assert caught.value.kind is ErrorKind.UNAVAILABLE
    assert str(path) in str(caught.value)
    await provider.aclose()


async def test_everything_else_goes_on_while_the_model_answers(smollm2: LlamaCppProvider) -> None:
    """Reading the prompt and writing hold nobody up."""
    await ask(smollm2, "Good day.")
    task = asyncio.create_task(ask(smollm2, "Tell a story." * 50, settings=Settings(max_output_tokens=30)))
    longest_gap, last = 0.0, perf_counter()
    while not task.done():
        await asyncio.wait({task}, timeout=0.005)
        longest_gap, last = max(longest_gap, perf_counter() - last), perf_counter()

    assert (await task).text
    assert longest_gap < 0.5


@pytest.mark.usefixtures("smollm2_file")
async def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """llama.cpp keeps its log to itself, even where Python does not look."""
    provider = build_llamacpp({"threads": 1, "context_tokens": 512})
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": "x", "maxLength": 3}}}
    await ask(provider, "Good day.", output_schema=schema, structured=StructuredMode.GRAMMAR)
    with pytest.raises(ProviderError):
        await ask(provider, "word " * 600)
    await provider.aclose()

    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("smollm2_file")
async def test_a_provider_that_was_closed_answers_again() -> None:
    """And closing never waits for what will not come, however soon it is done."""
    provider = build_llamacpp({"threads": 1, "context_tokens": 256})
    for _ in range(3):
        assert (await ask(provider, "Good day.", settings=Settings(max_output_tokens=1))).text
        await asyncio.wait_for(provider.aclose(), timeout=10)


def test_the_port_that_llama_cpp_opens_tells_nothing(smollm2_file: Path) -> None:
    """Another program on this machine does not get at what was asked."""
    server = open_server(smollm2_file, LlamaCppOptions(threads=1, context_tokens=256))
    for page in ("/v1/models", "/slots", "/props", "/metrics"):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(server.address + page, timeout=5)
