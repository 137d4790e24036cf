"""What was recorded is replayed, and nothing else."""

from pathlib import Path

import pytest

from sandbox.bundled.providers.recording import RecordingProvider
from sandbox.bundled.providers.replay import build_replay
from sandbox.bundled.providers.scripted import Answer, ScriptedProvider
from sandbox.contracts.provider import StreamingProvider
from sandbox.domain.exchange import Message, ModelCard, Request, Role, Settings, StructuredMode
from sandbox.errors import ErrorKind, FileError, ProviderError, UnknownNameError
from sandbox.storage.cassette import read_cassette

MODEL = "scripted/tutor"


def ask(text: str, model: str = "tutor") -> Request:
    """A request with this message."""
    return Request(model=model, messages=(Message(role=Role.USER, content=text),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the cassette goes; on Windows a drive and backslashes, elsewhere a backslash in a name."""
    return Path(f"{tmp_path / 'unit 3'}\\tutor.jsonl")


@pytest.mark.anyio
async def test_what_was_recorded_is_replayed(path: Path) -> None:
    """The card comes under the name of the cassette, the completion as it was."""
    recording = RecordingProvider(ScriptedProvider(["one", "two"], latency_seconds=0.001), MODEL, path)
    recorded = [await recording.complete(ask(text)) for text in ("a", "b")]
    await recording.aclose()
    replay = build_replay({})
    model = str(path)

    card = replay.describe(model)
    replayed = [await replay.complete(ask(text, model)) for text in ("b", "a", "b")]
    await replay.aclose()

    assert card == recording.describe("tutor").model_copy(update={"name": model})
    assert replayed == [recorded[1], recorded[0], recorded[1]]


@pytest.mark.anyio
async def test_each_answer_is_written_as_it_comes(path: Path) -> None:
    """A recording that is killed keeps what it has; errors are no answers."""
    answers: list[Answer] = ["one", ProviderError(ErrorKind.TIMEOUT, "Too slow."), "three"]
    recording = RecordingProvider(ScriptedProvider(answers), MODEL, path)
    counts = [len(read_cassette(path).completions)]

    await recording.complete(ask("a"))
    counts.append(len(read_cassette(path).completions))
    with pytest.raises(ProviderError, match="Too slow"):
        await recording.complete(ask("b"))
    counts.append(len(read_cassette(path).completions))
    await recording.complete(ask("b"))
    counts.append(len(read_cassette(path).completions))

    assert counts == [0, 1, 1, 2]


@pytest.mark.anyio
async def test_a_recording_goes_on_where_it_stopped(path: Path) -> None:
    """What is on the cassette is neither asked nor written again."""
    await RecordingProvider(ScriptedProvider(["one"]), MODEL, path).complete(ask("a"))
    provider = ScriptedProvider(["two"])
    recording = RecordingProvider(provider, MODEL, path)

    first = await recording.complete(ask("a"))
    second = await recording.complete(ask("b"))

    assert (first.text, second.text) == ("one", "two")
    assert provider.calls == 1
    assert len(read_cassette(path).completions) == 2


@pytest.mark.anyio
async def test_the_same_request_twice_at_once_is_written_once(path: Path) -> None:
    """Whoever was second gets what was written, so that a replay says the same."""
    recording = RecordingProvider(ScriptedProvider(["one", "two"]), MODEL, path)

    first, second = recording.complete(ask("a")), recording.complete(ask("a"))
    first.send(None)
    assert (await second).text == "two"
    with pytest.raises(StopIteration) as finished:
        first.send(None)

    assert finished.value.value.text == "two"
    assert len(read_cassette(path).completions) == 1


def put_folder_in_place_of(path: Path) -> None:
    """Make writing fail on every system."""
    path.unlink()
    path.mkdir()


class RenamedProvider(ScriptedProvider):
    """The same model at another place."""

    def describe(self, model: str) -> ModelCard:
        """A card with another identity."""
        return super().describe(model).model_copy(update={"identity": "elsewhere.example.org"})


@pytest.mark.parametrize(
    ("provider", "model", "problem"),
    [
        (ScriptedProvider(["one"]), "scripted/other", "'scripted/tutor', not 'scripted/other'"),
        (RenamedProvider(["one"]), MODEL, r"has changed since then \(identity\)"),
    ],
)
def test_a_cassette_holds_one_model(
    path: Path, provider: ScriptedProvider, model: str, problem: str
) -> None:
    """Answers of different models are never mixed."""
    RecordingProvider(ScriptedProvider(["one"]), MODEL, path)

    with pytest.raises(FileError, match=problem):
        RecordingProvider(provider, model, path)


class NewerProvider(ScriptedProvider):
    """The same model, described by a later version of its provider."""

    def describe(self, model: str) -> ModelCard:
        """A card that says more."""
        more = {"summary": "as good as ever", "takes_seed": True, "price_service": "openai"}
        weaker = (StructuredMode.NATIVE, StructuredMode.PROMPT)
        return super().describe(model).model_copy(update=more | {"structured": weaker})


@pytest.mark.anyio
async def test_a_recording_goes_on_though_the_card_says_more(path: Path) -> None:
    """What bears on the answers is the same."""
    await RecordingProvider(ScriptedProvider(["one"]), MODEL, path).complete(ask("a"))
    recording = RecordingProvider(NewerProvider(["two"]), MODEL, path)

    assert (await recording.complete(ask("a"))).text == "one"
    assert (await recording.complete(ask("b"))).text == "two"


def test_recorded_answers_come_whole(path: Path) -> None:
    """Neither while they are recorded nor when they are replayed is there anything to stream or count."""
    recording = RecordingProvider(ScriptedProvider(["one"]), MODEL, path)

    for provider, model in ((recording, "tutor"), (build_replay({}), str(path))):
        card = provider.describe(model)

        assert not card.streams
        assert not card.counts_tokens
        assert not isinstance(provider, StreamingProvider)


@pytest.mark.anyio
async def test_another_model_is_not_recorded_under_this_one(path: Path) -> None:
    """Not even by mistake."""
    recording = RecordingProvider(ScriptedProvider(["one"]), MODEL, path)

    with pytest.raises(ProviderError, match="its own cassette") as caught:
        await recording.complete(ask("a", "other"))

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


@pytest.mark.anyio
async def test_a_cassette_that_cannot_be_written_stops_everything(path: Path) -> None:
    """Going on would pay for answers that are lost."""
    recording = RecordingProvider(ScriptedProvider(["one"]), MODEL, path)
    put_folder_in_place_of(path)

    with pytest.raises(ProviderError, match="cannot be written") as caught:
        await recording.complete(ask("a"))

    assert caught.value.kind.is_fatal


@pytest.mark.anyio
async def test_a_request_that_was_not_recorded_is_not_answered(path: Path) -> None:
    """The message names the cassette and the model to record from, and nothing of what was asked."""
    recording = RecordingProvider(ScriptedProvider(["one"]), MODEL, path)
    await recording.complete(ask("a"))
    asked = ask("a", str(path)).model_copy(update={"settings": Settings(temperature=1)})

    with pytest.raises(
        ProviderError, match=r"tutor\.jsonl holds no answer .* from 'scripted/tutor'"
    ) as caught:
        await build_replay({}).complete(asked)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert not caught.value.kind.is_fatal


def test_a_missing_cassette_is_named(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(FileError, match=r"missing\.jsonl"):
        build_replay({}).describe(str(tmp_path / "missing.jsonl"))


def test_there_are_no_options() -> None:
    """What cannot be set is not silently passed over."""
    with pytest.raises(UnknownNameError, match="path"):
        build_replay({"path": "unit.jsonl"})
