"""The provider `scripted`."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from hashlib import sha256
from pathlib import Path

import pytest

from sandbox.bundled.providers.scripted import HANG, Answer, Fault, ScriptedProvider, build_scripted
from sandbox.domain.exchange import (
    Completion,
    Message,
    Request,
    Role,
    StreamEnd,
    StreamEvent,
    StructuredMode,
    TextDelta,
    Usage,
)
from sandbox.errors import ErrorKind, FileError, InputError, ProviderError, UnknownNameError

Write = Callable[..., str]


def ask(text: str, model: str = "any") -> Request:
    """A request with this last message."""
    return Request(
        model=model,
        messages=(
            Message(role=Role.SYSTEM, content="Volcano words here do not count."),
            Message(role=Role.USER, content=text),
        ),
    )


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes lines to a script file and gives its path as the name of a model."""

    def write_lines(*lines: object) -> str:
        path = tmp_path / "answers.jsonl"
        path.write_text(
            "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines),
            encoding="utf-8",
        )
        return str(path)

    return write_lines


@pytest.mark.anyio
async def test_answers_come_in_order_and_begin_again() -> None:
    """Texts become completions with estimated tokens; completions and errors come as they are."""
    prepared = Completion(text="two", model_served="x", usage=Usage(input_tokens=1, output_tokens=1))
    provider = ScriptedProvider(["one", prepared, ProviderError(ErrorKind.RATE_LIMIT, "Slow down.")])

    first = await provider.complete(ask("12345678"))
    second = await provider.complete(ask("again"))
    with pytest.raises(ProviderError, match="Slow down") as caught:
        await provider.complete(ask("again"))
    fourth = await provider.complete(ask("again"))

    assert (first.text, first.model_served) == ("one", "any")
    assert first.usage == Usage(input_tokens=8 + 2, output_tokens=1, is_estimated=True)
    assert second is prepared
    assert caught.value.kind is ErrorKind.RATE_LIMIT
    assert fourth.text == "one"
    assert provider.calls == 4


@pytest.mark.anyio
async def test_a_function_answers_each_request() -> None:
    """What is asked may decide what is answered."""
    provider = ScriptedProvider(lambda request: request.messages[-1].content.upper())

    completion = await provider.complete(ask("quietly"))

    assert completion.text == "QUIETLY"


@pytest.mark.anyio
@pytest.mark.parametrize(("keeps_requests", "kept"), [(False, 0), (True, 3)])
async def test_requests_are_kept_only_if_asked_for(*, keeps_requests: bool, kept: int) -> None:
    """A long test does not fill the memory."""
    provider = ScriptedProvider(["yes"], keeps_requests=keeps_requests)

    for _ in range(3):
        await provider.complete(ask("again"))

    assert provider.calls == 3
    assert len(provider.requests) == kept


@pytest.mark.anyio
async def test_an_error_that_comes_again_does_not_grow() -> None:
    """Each time it is raised with the traceback of that time alone."""
    provider = ScriptedProvider([ProviderError(ErrorKind.TRANSIENT, "Not now.")])
    lengths = set()

    for _ in range(5):
        with pytest.raises(ProviderError) as caught:
            await provider.complete(ask("again"))
        lengths.add(len(caught.traceback))

    assert len(lengths) == 1


@pytest.mark.anyio
async def test_the_latency_is_told() -> None:
    """A slow service can be played."""
    provider = ScriptedProvider(["late"], latency_seconds=0.001)

    completion = await provider.complete(ask("now"))

    assert completion.latency_seconds == 0.001


async def hear(events: AsyncIterator[StreamEvent]) -> tuple[list[str], list[BaseException | Completion]]:
    """The pieces of a stream, and how it ended."""
    pieces: list[str] = []
    ends: list[BaseException | Completion] = []
    try:
        async with asyncio.timeout(0.05):
            async for event in events:
                match event:
                    case TextDelta(text):
                        pieces.append(text)
                    case StreamEnd(completion):
                        ends.append(completion)
    except (ProviderError, TimeoutError, ArithmeticError) as error:
        ends.append(error)
    return pieces, ends


@pytest.mark.anyio
@pytest.mark.parametrize("text", ["A small  pear.\n", " ", ""])
async def test_a_stream_hands_on_word_by_word_what_it_says_as_a_whole(text: str) -> None:
    """Every letter of it."""
    provider = ScriptedProvider([text])

    pieces, ends = await hear(provider.stream(ask("now")))

    assert "".join(pieces) == text
    assert len(pieces) == max(len(text.split()), bool(text))
    assert ends == [await provider.complete(ask("now"))]
    assert provider.describe("any").streams


@pytest.mark.anyio
async def test_an_error_is_raised_as_it_is_whole_and_streamed() -> None:
    """Also one that no provider should raise, so that others can show what they make of it."""
    provider = ScriptedProvider([ZeroDivisionError("a mistake")])

    with pytest.raises(ZeroDivisionError, match="a mistake"):
        await provider.complete(ask("now"))
    pieces, ends = await hear(provider.stream(ask("now")))

    assert pieces == []
    assert [type(end) for end in ends] == [ZeroDivisionError]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("fault", "ended_by"),
    [
        (HANG, TimeoutError),
        (Fault(after="A pear"), TimeoutError),
        (Fault(after="A pear", error=ProviderError(ErrorKind.TRANSIENT, "Gone.")), ProviderError),
    ],
    ids=["hangs", "falls silent", "breaks off"],
)
async def test_an_answer_can_fail_on_its_way(fault: Fault, ended_by: type[Exception]) -> None:
    """After some words, by an error or by silence, which only whoever waits can end."""
    provider = ScriptedProvider([fault])

    pieces, ends = await hear(provider.stream(ask("now")))
    with pytest.raises(ended_by):
        async with asyncio.timeout(0.05):
            await provider.complete(ask("now"))

    assert "".join(pieces) == fault.after
    assert [type(end) for end in ends] == [ended_by]


@pytest.mark.anyio
async def test_a_script_may_mix_answers_and_faults() -> None:
    """It goes on after each of them."""
    answers: list[Answer] = [Fault(error=ValueError("no")), "yes"]
    provider = ScriptedProvider(answers)

    with pytest.raises(ValueError, match="no"):
        await provider.complete(ask("now"))

    assert (await provider.complete(ask("now"))).text == "yes"


@pytest.mark.anyio
async def test_a_file_is_streamed_too(write: Write) -> None:
    """To see what an answer looks like that is still being written."""
    model = write({"text": "One two."})
    provider = build_scripted({})

    pieces, ends = await hear(provider.stream(ask("a", model)))

    assert pieces == ["One ", "two."]
    assert len(ends) == 1
    assert provider.describe(model).streams


def test_a_script_without_answers_is_refused() -> None:
    """There is nothing to begin again with."""
    with pytest.raises(InputError, match="at least one"):
        ScriptedProvider([])


@pytest.mark.anyio
async def test_a_file_answers_in_order(write: Write) -> None:
    """Lines without a condition come one after the other, and an error is raised by its kind."""
    model = write({"text": "one"}, "\n", {"error": "rate_limit", "message": "Slow down."}, {"text": ""})
    provider = build_scripted({})

    first = await provider.complete(ask("a", model))
    with pytest.raises(ProviderError, match="Slow down") as caught:
        await provider.complete(ask("b", model))
    third = await provider.complete(ask("c", model))
    fourth = await provider.complete(ask("d", model))
    await provider.aclose()

    assert [first.text, third.text, fourth.text] == ["one", "", "one"]
    assert caught.value.kind is ErrorKind.RATE_LIMIT


@pytest.mark.anyio
async def test_the_first_line_whose_words_are_in_the_last_message_wins(write: Write) -> None:
    """Earlier messages and capitals do not matter; an empty answer is an answer."""
    model = write(
        {"text": "otherwise"},
        {"text": "volcanoes", "if": "Volcano"},
        {"text": "rivers", "if": "river"},
        {"text": "", "if": "silence"},
    )
    provider = build_scripted({})

    asked = ["a river by a VOLCANO", "the River Example", "hills", "silence", "hills"]
    answers = [(await provider.complete(ask(text, model))).text for text in asked]

    assert answers == ["volcanoes", "rivers", "otherwise", "", "otherwise"]


@pytest.mark.anyio
async def test_a_request_that_no_line_fits_is_told_so(write: Write) -> None:
    """The message says what to add."""
    model = write({"text": "volcanoes", "if": "volcano"})

    with pytest.raises(ProviderError, match='answers.jsonl has no line .* add one without "if"') as caught:
        await build_scripted({}).complete(ask("rivers", model))

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


def test_the_card_of_a_file_tells_its_hash(write: Write) -> None:
    """Another script is another model, though the file has the same name."""
    model = write({"text": "one"})

    card = build_scripted({}).describe(model)

    assert card.identity == sha256(Path(model).read_bytes()).hexdigest()
    assert card.name == model
    assert card.structured == (StructuredMode.NATIVE,)
    assert card.is_local
    assert card.max_concurrency == 64


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("not JSON\n", "should be JSON"),
        ({}, 'either "text" or "error"'),
        ({"text": "a", "error": "timeout"}, 'either "text" or "error"'),
        ({"error": "gremlins"}, "rate_limit"),
        ({"texts": "a"}, "texts"),
        ({"text": "a", "if": ""}, "if"),
        ("\0\n", "UTF-8"),
    ],
    ids=["no JSON", "nothing", "both", "unknown kind", "unknown field", "empty condition", "binary"],
)
def test_a_bad_line_is_named(write: Write, bad: object, problem: str) -> None:
    """With the file, the line and what is wrong with it."""
    model = write({"text": "one"}, bad)

    with pytest.raises(FileError, match=problem) as caught:
        build_scripted({}).describe(model)

    assert caught.value.line == 2
    assert str(caught.value.path) == model


def test_an_empty_script_is_refused(write: Write) -> None:
    """An empty file says nothing."""
    with pytest.raises(FileError, match="empty"):
        build_scripted({}).describe(write())


def test_a_missing_script_is_named(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(FileError, match=r"missing\.jsonl"):
        build_scripted({}).describe(str(tmp_path / "missing.jsonl"))


def test_there_are_no_options() -> None:
    """What cannot be set is not silently passed over."""
    with pytest.raises(UnknownNameError, match="latency"):
        build_scripted({"latency": 1})
