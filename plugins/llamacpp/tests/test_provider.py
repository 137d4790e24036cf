"""The provider with a server that says what a test wants."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from sandbox_llamacpp.options import LlamaCppOptions
from sandbox_llamacpp.provider import LlamaCppProvider
from sandbox_llamacpp.server import Json, Server

from sandbox.domain.exchange import (
    FinishReason,
    Message,
    Request,
    Role,
    Settings,
    StreamEnd,
    StructuredMode,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError

HELLO: tuple[Json, ...] = (
    {"choices": [{"delta": {"role": "assistant", "content": None}, "finish_reason": None}]},
    {"prompt_progress": {"total": 9, "processed": 9}},
    {"choices": [{"delta": {"content": "Good "}, "finish_reason": None}]},
    {"choices": [{"delta": {"content": "day"}, "finish_reason": None}]},
    {"choices": [{"delta": {}, "finish_reason": "stop"}]},
    {
        "choices": [],
        "usage": {
            "prompt_tokens": 9,
            "completion_tokens": 2,
            "prompt_tokens_details": {"cached_tokens": 4},
        },
    },
)


class ScriptedServer:
    """Streams the same chunks to everybody, and keeps what it was asked."""

    def __init__(self, chunks: tuple[Json, ...] = HELLO, *, returns: object = None) -> None:
        self.chunks = chunks
        self.returns = returns
        self.bodies: list[Json] = []
        self.paths: list[Path] = []

    def handle_chat_completions(self, body: Json, callback: Callable[[Json], bool], /) -> object:
        """Stream the chunks, until the callback wants no more."""
        self.bodies.append(body)
        for chunk in self.chunks:
            if callback(chunk):
                break
        return self.returns

    def count_tokens(self, text: str) -> int:
        """As many as there are words."""
        return len(text.split())

    def open(self, path: Path, options: LlamaCppOptions) -> Server:
        """This server, whatever is to be loaded."""
        self.paths.append(path)
        return self


class EndlessServer(ScriptedServer):
    """Writes on and on until it is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.is_writing = Event()
        self.is_stopped = Event()

    def handle_chat_completions(self, body: Json, callback: Callable[[Json], bool], /) -> object:
        """Write a word every millisecond."""
        while not callback({"choices": [{"delta": {"content": "and "}, "finish_reason": None}]}):
            self.is_writing.set()
            Event().wait(0.001)
        self.is_stopped.set()
        return None


class RefusingServer(ScriptedServer):
    """Raises instead of answering."""

    def __init__(self, cause: Exception) -> None:
        super().__init__()
        self.cause = cause

    def handle_chat_completions(self, body: Json, callback: Callable[[Json], bool], /) -> object:
        """Raise."""
        raise self.cause

    def count_tokens(self, text: str) -> int:
        """Raise."""
        raise self.cause


@pytest.fixture
def model(tmp_path: Path) -> str:
    """The name of a model that is somebody's own file."""
    path = tmp_path / "Mine.GGUF"
    path.write_bytes(b"GGUF")
    return str(path)


def provider_of(server: ScriptedServer, **options: int) -> LlamaCppProvider:
    """A provider that asks this server."""
    return LlamaCppProvider(LlamaCppOptions.model_validate(options), open_server=server.open)


def request_for(model: str, **changes: object) -> Request:
    """A request, with something about it changed."""
    asked = {"model": model, "messages": (Message(role=Role.USER, content="Say good day."),)}
    return Request.model_validate(asked | changes)


@pytest.mark.anyio
async def test_an_answer_comes_with_what_the_server_counted(model: str) -> None:
    """Text, tokens and the reason for its end."""
    completion = await provider_of(ScriptedServer()).complete(request_for(model))

    assert completion.text == "Good day"
    assert completion.model_served == model
    assert completion.finish_reason is FinishReason.STOP
    assert completion.latency_seconds > 0
    usage = completion.usage
    assert (usage.input_tokens, usage.output_tokens, usage.cached_input_tokens) == (9, 2, 4)
    assert not usage.is_estimated


@pytest.mark.anyio
async def test_a_stream_gives_the_pieces_and_then_the_whole(model: str) -> None:
    """The same as an answer in one piece, but for the time it took."""
    provider = provider_of(ScriptedServer())
    *pieces, end = [event async for event in provider.stream(request_for(model))]
    whole = await provider.complete(request_for(model))

    assert pieces == [TextDelta("Good "), TextDelta("day")]
    assert isinstance(end, StreamEnd)
    assert end.completion.model_copy(update={"latency_seconds": whole.latency_seconds}) == whole


@pytest.mark.anyio
async def test_a_stream_that_breaks_off_ends_with_the_error(model: str) -> None:
    """What came before is not taken for the whole."""
    events = provider_of(ScriptedServer(HELLO[:3])).stream(request_for(model))
    first = await anext(events)
    with pytest.raises(ProviderError) as caught:
        await anext(events)

    assert first == TextDelta("Good ")
    assert caught.value.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_tokens_are_counted_without_asking(model: str) -> None:
    """The model is loaded for that, and kept."""
    server = ScriptedServer()
    provider = provider_of(server)
    count = await provider.count_tokens(model, "one two three")
    await provider.count_tokens(model, "four")
    await provider.aclose()

    assert count == 3
    assert (len(server.paths), server.bodies) == (1, [])


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (ValueError("said Rosa"), ErrorKind.INVALID_REQUEST),
        (ConnectionError("said Rosa"), ErrorKind.TRANSIENT),
    ],
)
async def test_a_count_that_fails_says_why_and_repeats_nothing(
    model: str, cause: Exception, kind: ErrorKind
) -> None:
    """The text may be a student's."""
    with pytest.raises(ProviderError) as caught:
        await provider_of(RefusingServer(cause)).count_tokens(model, "Rosa")

    assert caught.value.kind is kind
    assert "Rosa" not in str(caught.value)


@pytest.mark.anyio
async def test_settings_are_sent_and_none_means_the_same_answer_each_time(model: str) -> None:
    """Unasked, they are a low temperature and the repeat as seed; what is asked for is sent."""
    server = ScriptedServer()
    provider = provider_of(server)
    await provider.complete(request_for(model))
    settings = Settings(max_output_tokens=7, temperature=0.5, top_p=0.9, seed=-1)
    await provider.complete(request_for(model, settings=settings))
    plain, chosen = server.bodies

    assert (plain["temperature"], plain["seed"]) == (0.2, 1)
    assert "top_p" not in plain
    assert (chosen["max_tokens"], chosen["temperature"], chosen["top_p"]) == (7, 0.5, 0.9)
    assert 0 <= chosen["seed"] < 2**32 - 1, "llama.cpp takes -1 and its like for 'choose one'"


@pytest.mark.anyio
async def test_a_schema_becomes_a_grammar_only_if_a_grammar_is_wanted(model: str) -> None:
    """With the schema in the prompt, the model may write what it likes."""
    server = ScriptedServer(({"choices": [{"delta": {"content": "{}"}, "finish_reason": "stop"}]},))
    provider = provider_of(server)
    schema = {"type": "object", "properties": {}, "additionalProperties": False}
    for mode in (StructuredMode.GRAMMAR, StructuredMode.PROMPT, None):
        await provider.complete(request_for(model, output_schema=schema, structured=mode))

    assert ["grammar" in body for body in server.bodies] == [True, False, False]


@pytest.mark.anyio
async def test_a_way_that_it_does_not_know_is_refused(model: str) -> None:
    """It is not passed over: the caller would take the answer for one that keeps the schema."""
    with pytest.raises(ProviderError) as caught:
        await provider_of(ScriptedServer()).complete(
            request_for(model, output_schema={"type": "object"}, structured=StructuredMode.NATIVE)
        )

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


@pytest.mark.anyio
async def test_a_grammar_that_was_dropped_is_noticed(model: str) -> None:
    """llama.cpp goes on without a word when it can make no grammar of a schema."""
    provider = provider_of(ScriptedServer(HELLO))

    with pytest.raises(ProviderError, match="grammar of this schema") as caught:
        await provider.complete(
            request_for(model, output_schema={"type": "object"}, structured=StructuredMode.GRAMMAR)
        )

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"type": "exceed_context_size_error", "code": 400, "n_ctx": 5}, ErrorKind.CONTEXT_LENGTH),
        ({"type": "invalid_request_error", "code": 400}, ErrorKind.INVALID_REQUEST),
        ({"type": "unavailable_error", "code": 503}, ErrorKind.TRANSIENT),
        ({"message": "no type"}, ErrorKind.TRANSIENT),
    ],
)
async def test_errors_that_are_returned_get_their_kind(
    model: str, error: dict[str, object], kind: ErrorKind
) -> None:
    """llama.cpp gives some errors back instead of raising them."""
    with pytest.raises(ProviderError) as caught:
        await provider_of(ScriptedServer((), returns={"error": error})).complete(request_for(model))

    assert caught.value.kind is kind
    assert caught.value.status == error.get("code")


@pytest.mark.anyio
@pytest.mark.parametrize("cause", [ValueError("said Rosa"), RuntimeError("said Rosa")])
async def test_errors_that_are_raised_are_not_repeated(model: str, cause: Exception) -> None:
    """Their words may quote what a student wrote."""
    with pytest.raises(ProviderError) as caught:
        await provider_of(RefusingServer(cause)).complete(request_for(model))

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert "Rosa" not in str(caught.value)


@pytest.mark.anyio
async def test_an_answer_that_breaks_off_is_no_answer(model: str) -> None:
    """Half a text is not handed on as if it were whole."""
    with pytest.raises(ProviderError) as caught:
        await provider_of(ScriptedServer(HELLO[:3])).complete(request_for(model))

    assert caught.value.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_an_answer_that_takes_too_long_is_stopped(model: str) -> None:
    """The request says how long it may take."""
    server = EndlessServer()

    with pytest.raises(ProviderError, match=r"in 0\.05 seconds") as caught:
        await provider_of(server).complete(request_for(model, timeout_seconds=0.05))

    assert caught.value.kind is ErrorKind.TIMEOUT
    assert server.is_stopped.wait(5)


@pytest.mark.anyio
async def test_an_answer_that_nobody_waits_for_is_stopped(model: str) -> None:
    """Cancelling comes through, and the model does not write on for nobody."""
    server = EndlessServer()
    task = asyncio.create_task(provider_of(server).complete(request_for(model)))
    await asyncio.to_thread(server.is_writing.wait, 5)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert server.is_stopped.wait(5)


@pytest.mark.anyio
async def test_closing_stops_what_is_running_and_may_be_done_twice(model: str) -> None:
    """Whoever still waits is told that the answer is not complete."""
    server = EndlessServer()
    provider = provider_of(server)
    task = asyncio.create_task(provider.complete(request_for(model)))
    await asyncio.to_thread(server.is_writing.wait, 5)
    await provider.aclose()
    await provider.aclose()

    with pytest.raises(ProviderError) as caught:
        await task
    assert caught.value.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.anyio
async def test_a_model_is_loaded_once_when_it_is_first_asked(model: str) -> None:
    """And again if it is asked after closing."""
    server = ScriptedServer()
    provider = provider_of(server)
    provider.describe(model)
    loaded = [len(server.paths)]
    for _ in range(2):
        await provider.complete(request_for(model))
        loaded.append(len(server.paths))
    await provider.aclose()
    await provider.complete(request_for(model))

    assert loaded == [0, 1, 1]
    assert server.paths == [Path(model), Path(model)]


@pytest.mark.anyio
async def test_messages_to_your_own_model_stay_as_they_are(model: str) -> None:
    """Only the known model gets an empty system message: the templates of others may refuse one."""
    server = ScriptedServer()
    await provider_of(server).complete(request_for(model))

    assert server.bodies[0]["messages"] == [{"role": "user", "content": "Say good day."}]


@pytest.mark.anyio
@pytest.mark.parametrize("content", [None, b"half a file"])
async def test_known_weights_that_are_not_there_or_damaged_say_how_to_fetch_them(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command stands in the message; nothing is downloaded unasked."""
    monkeypatch.setenv("SANDBOX_CACHE", str(tmp_path))
    if content is not None:
        (tmp_path / "weights").mkdir()
        (tmp_path / "weights" / "SmolLM2-135M-Instruct.Q4_1.gguf").write_bytes(content)
    provider = provider_of(ScriptedServer())

    with pytest.raises(
        ProviderError, match=r"run 'sandbox models fetch llamacpp/smollm2-135m-instruct'"
    ) as caught:
        await provider.complete(request_for("smollm2-135m-instruct"))

    assert caught.value.kind is ErrorKind.UNAVAILABLE
    assert provider.describe("smollm2-135m-instruct").identity == "sha256:b179c9523d0e6a0f"


@pytest.mark.parametrize("model", ["gpt", "smollm2", "missing.gguf", "C:\\models\\missing.gguf", ""])
def test_a_model_that_is_not_there_is_unknown(model: str) -> None:
    """The message says what may be written instead."""
    with pytest.raises(ProviderError, match="llamacpp/smollm2-135m-instruct") as caught:
        provider_of(ScriptedServer()).describe(model)

    assert caught.value.kind is ErrorKind.UNKNOWN_MODEL


def test_a_card_says_what_the_model_can_and_that_it_is_local(model: str) -> None:
    """Guards and the pipeline rely on it."""
    card = provider_of(ScriptedServer(), context_tokens=1000, slots=2).describe(model)

    assert card.structured == (StructuredMode.GRAMMAR, StructuredMode.PROMPT)
    assert card.is_local
    assert card.streams
    assert card.counts_tokens
    assert not card.takes_seed, "two at a time are calculated together, which changes the rounding"
    assert provider_of(ScriptedServer()).describe(model).takes_seed
    assert (card.context_tokens, card.max_concurrency) == (1000, 2)
    assert card.identity == "sha256:" + hashlib.sha256(b"GGUF").hexdigest()[:16]
