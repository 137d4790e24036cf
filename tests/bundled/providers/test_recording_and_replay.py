"""What was recorded is replayed, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.bundled.guards import personal_data, roster
from sandbox.bundled.providers.recording import Recorder
from sandbox.bundled.providers.replay import Player, build_replay
from sandbox.bundled.providers.scrubbing import Scrubber
from sandbox.contracts.provider import StreamingProvider
from sandbox.domain.exchange import Completion, Message, ModelCard, Request, Role, Settings, StructuredMode
from sandbox.domain.trial import Case
from sandbox.errors import (
    BusyError,
    ErrorKind,
    FileError,
    InputError,
    ProviderError,
    StoppedError,
    UnknownNameError,
)
from sandbox.pipeline.calling import Called

MODEL = "test/tutor"
CARD = ModelCard(name="tutor", identity="here", streams=True, counts_tokens=True)
SCRUBBER = Scrubber((personal_data.GUARD, roster.GUARD))


def question(text: str, repeat: int = 1, model: str = "tutor") -> Request:
    """A request with this message."""
    return Request(model=model, messages=(Message(role=Role.USER, content=text),), repeat=repeat)


class Service:
    """Gives its answers in turn, after three calls each, and counts how often it is asked."""

    def __init__(self, *answers: str | ProviderError) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, request: Request) -> Called:
        """The next answer."""
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, ProviderError):
            return Called(None, answer, 3)
        completion = Completion(text=answer, model_served="tutor-1", cost_usd=0.5, latency_seconds=0.25)
        return Called(completion, None, 3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the cassette goes; on Windows a drive and backslashes, elsewhere a backslash in a name."""
    return Path(f"{tmp_path / 'unit 3'}\\tutor.jsonl")


def record(path: Path, card: ModelCard = CARD) -> Recorder:
    """A recording of one model."""
    return Recorder(path, {MODEL: card}, SCRUBBER)


@pytest.fixture
def recorder(path: Path) -> Iterator[Recorder]:
    """A new recording."""
    recorder = record(path)
    yield recorder
    recorder.close()


def content(path: Path) -> str:
    """The whole file."""
    return path.read_bytes().decode()


def play(path: Path) -> Iterator[Player]:
    """A player that is closed."""
    player = Player(path)
    yield player
    player.close()


@pytest.mark.anyio
async def test_a_replay_says_what_the_recorded_run_said(path: Path, recorder: Recorder) -> None:
    """Text, calls, costs, failures, moments: also for a case that asks the same as another."""
    service = Service("one", "two", ProviderError(ErrorKind.CONTENT_FILTER, "No."))
    asked = [("a", "x"), ("b", "x"), ("c", "y")]
    trials = [recorder.trial(MODEL, Case(id=case), service) for case, _ in asked]
    recorded = [await trial.call(question(text)) for trial, (_, text) in zip(trials, asked, strict=True)]
    trials.append(recorder.trial(MODEL, Case(id="d"), service))
    trials[-1].refuse(question("a secret"))
    recorder.close()

    for player in play(path):
        again = [player.trial(MODEL, Case(id=case), service) for case, _ in asked]
        replayed = [await trial.call(question(text)) for trial, (_, text) in zip(again, asked, strict=True)]
        again.append(player.trial(MODEL, Case(id="d"), service))
        again[-1].refuse(question("a secret"))

        assert [(each.completion, each.calls) for each in replayed] == [
            (each.completion, each.calls) for each in recorded
        ]
        assert str(replayed[2].error) == "No."
        assert [trial.started_at for trial in again] == [trial.started_at for trial in trials]
        assert None not in [trial.started_at for trial in trials]
        assert player.period == recorder.period
        assert player.notes() == ()
    assert service.asked == 3
    assert "a secret" not in content(path)


@pytest.mark.anyio
async def test_repeats_are_never_answered_from_one_another(recorder: Recorder) -> None:
    """Each is asked for itself."""
    service = Service("one", "two")
    trial = recorder.trial(MODEL, Case(id="a"), service)

    answers = [await trial.call(question("x", repeat)) for repeat in (1, 2)]

    assert [each.completion.text for each in answers if each.completion] == ["one", "two"]


@pytest.mark.anyio
async def test_a_recording_goes_on_and_asks_failures_anew(path: Path, recorder: Recorder) -> None:
    """What is on the cassette is neither asked nor written again."""
    service = Service("one", ProviderError(ErrorKind.TIMEOUT, "Too slow."), "two")
    for case in ("a", "b"):
        await recorder.trial(MODEL, Case(id=case), service).call(question(case))
    recorder.close()
    more = record(path, CARD.model_copy(update={"summary": "as good as ever", "takes_seed": True}))

    answers = [await more.trial(MODEL, Case(id=case), service).call(question(case)) for case in ("a", "b")]
    more.close()

    assert [each.completion.text for each in answers if each.completion] == ["one", "two"]
    assert service.asked == 3
    assert "Too slow" not in content(path)


@pytest.mark.anyio
async def test_nothing_that_must_not_be_kept_is_in_the_file(path: Path, recorder: Recorder) -> None:
    """Keys and personal data, in texts, errors and prompts; what is used is what is written."""
    key, person = "sk-abcdefghijklmnop1234", "Maria Lopez"
    service = Service(
        f"{person}, maria@example.com, {key}", ProviderError(ErrorKind.QUOTA, f"{key} {person}")
    )
    case = Case(id="a", roster=(person,))

    called = await recorder.trial(MODEL, case, service).call(question(f"My key is {key}."))
    await recorder.trial(MODEL, case, service).call(question("b"))
    recorder.close()
    written = content(path)

    assert called.completion is not None
    for planted in (key, "Maria", "Lopez", "example.com"):
        assert planted not in written
        assert planted not in called.completion.text
    assert "5 places" in recorder.notes()[0]


@pytest.mark.anyio
async def test_what_was_not_recorded_is_not_answered(path: Path, recorder: Recorder) -> None:
    """The message names the case and what to do, and nothing of what was asked."""
    service = Service("one", "two")
    await recorder.trial(MODEL, Case(id="a"), service).call(question("x"))
    await recorder.trial(MODEL, Case(id="z"), service).call(question("x"))
    recorder.close()

    for player in play(path):
        changed = await player.trial(MODEL, Case(id="a"), service).call(question("a secret"))
        missing = await player.trial(MODEL, Case(id="b"), service).call(question("x"))
        trial = player.trial(MODEL, Case(id="z"), service)
        await trial.call(question("x"))
        with pytest.raises(StoppedError):
            await trial.call(question("mend it"))

        for called, words in ((changed, "has changed since"), (missing, "holds nothing of this case")):
            assert called.completion is None
            assert called.calls == 0
            assert called.error is not None
            assert called.error.kind is ErrorKind.INVALID_REQUEST
            assert words in str(called.error)
            assert "--record" in str(called.error)
        assert "Case 'a'" in str(changed.error)
        assert "a secret" not in str(changed.error)
        assert any("1 recorded answer was not asked for" in note for note in player.notes())


@pytest.mark.anyio
async def test_a_target_that_was_stopped_is_stopped_again(path: Path, recorder: Recorder) -> None:
    """What was never asked is not a failure."""
    recorder.stop(MODEL, "feedback on test/tutor", "No money left.")
    recorder.close()

    for player in play(path):
        with pytest.raises(StoppedError, match="No money left"):
            await player.trial(MODEL, Case(id="a"), Service()).call(question("x"))


def test_another_model_of_the_same_name_is_refused(path: Path, recorder: Recorder) -> None:
    """Answers of different models are never mixed."""
    recorder.close()

    with pytest.raises(FileError, match=r"has changed since then \(identity\)"):
        record(path, CARD.model_copy(update={"identity": "elsewhere"}))

    record(path).close()


def test_two_recordings_at_once_are_refused(path: Path, recorder: Recorder) -> None:
    """The second is told before it asks anything."""
    with pytest.raises(BusyError):
        record(path)


def test_a_model_that_was_not_recorded_is_named(path: Path, recorder: Recorder) -> None:
    """With those that were."""
    recorder.close()

    for player in play(path):
        assert player.models == (MODEL,)
        with pytest.raises(InputError, match="recorded from test/tutor, not from 'test/b'"):
            player.card("test/b")


def test_recorded_answers_come_whole(path: Path, recorder: Recorder) -> None:
    """There is nothing to stream or count; what is asked follows the first recording."""
    weaker = CARD.model_copy(update={"structured": (StructuredMode.PROMPT, StructuredMode.TOOL)})
    recorder.close()
    again = record(path, weaker)

    assert again.card(MODEL).structured == CARD.structured
    assert not again.card(MODEL).streams
    assert not again.card(MODEL).counts_tokens
    again.close()


@pytest.mark.anyio
async def test_a_cassette_can_be_a_model(path: Path, recorder: Recorder) -> None:
    """Under its own name, to stand beside other models."""
    await recorder.trial(MODEL, Case(id="a"), Service("one")).call(question("x"))
    recorder.close()
    replay, model = build_replay({}), str(path)

    answer = await replay.complete(question("x", model=model))
    other = question("x", model=model).model_copy(update={"settings": Settings(temperature=1)})
    with pytest.raises(ProviderError, match=r"tutor\.jsonl holds no answer .* from 'test/tutor'") as caught:
        await replay.complete(other)

    assert answer.text == "one"
    assert replay.describe(model).name == model
    assert not isinstance(replay, StreamingProvider)
    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    await replay.aclose()


def test_a_missing_cassette_is_named(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(FileError, match=r"missing\.jsonl"):
        build_replay({}).describe(str(tmp_path / "missing.jsonl"))


def test_there_are_no_options() -> None:
    """What cannot be set is not silently passed over."""
    with pytest.raises(UnknownNameError, match="path"):
        build_replay({"path": "unit.jsonl"})
