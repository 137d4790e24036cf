"""Records: a trial is wholly there or not at all, and comes back as it was."""

import multiprocessing
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.domain.exchange import Completion, Message, Role, Usage
from sandbox.domain.finding import Evidence, Finding, Outcome
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial, TrialStatus
from sandbox.errors import FileError, UnknownNameError
from sandbox.storage.records import RecordStore

KINDS = {"feedback": Feedback}
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TARGET = Target(prompt="feedback", prompt_version="1.0.0", prompt_digest="d", model="a/b")


def trial(number: int, **changes: object) -> Trial:
    """A trial with something in every field."""
    feedback = Feedback.model_validate(
        {
            "strengths": [{"quote": "I saw “it”", "why": "You give evidence."}],
            "next_steps": [{"quote": "it", "what": "Unclear.", "how": "Name it."}],
            "question": "What did you see?",
            "is_revision_needed": False,
            "teacher_note": "None.",
            "confidence": "low",
        }
    )
    whole = Trial(
        fingerprint=f"f{number}",
        target=TARGET,
        case_id=f"case-{number}",
        status=TrialStatus.ANSWERED,
        messages=(Message(role=Role.USER, content="Olá 👋"),),
        completion=Completion(text="{}", model_served="b", usage=Usage(input_tokens=3, output_tokens=4)),
        artifact=feedback,
        findings=(
            Finding(
                check="c", version="1", outcome=Outcome.FAIL, reason="r", evidence=(Evidence(quote="q"),)
            ),
        ),
        checks_digest="x",
        calls=2,
        started_at=NOW,
    )
    return whole.model_copy(update=changes)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the records are."""
    return tmp_path / "deep" / "records.db"


def test_a_trial_comes_back_as_it_was(path: Path) -> None:
    """Every field, the artifact's type included."""
    with RecordStore(path, KINDS) as store:
        store.save_trial("e", 0, trial(1))
        found = store.find_trial("f1")

    assert found == trial(1)
    assert isinstance(found.artifact, Feedback)


def test_trials_come_in_the_order_of_the_cases(path: Path) -> None:
    """Whatever the order in which they were finished."""
    with RecordStore(path, KINDS) as store:
        for position in (2, 0, 1):
            store.save_trial("e", position, trial(position))
        store.save_trial("another", 0, trial(9))
        found = [each.case_id for each in store.trials("e", TARGET)]

    assert found == ["case-0", "case-1", "case-2"]


def test_an_artifact_whose_plugin_is_gone_leaves_its_text(path: Path) -> None:
    """The record is still readable."""
    with RecordStore(path, KINDS) as store:
        store.save_trial("e", 0, trial(1))
    with RecordStore(path, {}) as store:
        found = store.find_trial("f1")

    assert found is not None
    assert (found.artifact, found.text) == (None, "{}")


def test_an_unknown_evaluation_is_an_error_with_the_nearest_id(path: Path) -> None:
    """A misspelt id is put right."""
    evaluation = Evaluation(
        id="feedback-1234",
        suite="feedback",
        suite_version="1.0.0",
        suite_digest="d",
        cases=1,
        suite_cases=1,
        started_at=NOW,
    )
    with RecordStore(path, KINDS) as store:
        store.save_evaluation(evaluation)

        assert store.evaluation("feedback-1234") == evaluation
        assert list(store.evaluations()) == [evaluation]
        with pytest.raises(UnknownNameError, match="feedback-1234"):
            store.evaluation("feedback-1233")


def test_a_file_that_is_no_record_store_is_an_error(path: Path) -> None:
    """It is named, and left as it is."""
    path.parent.mkdir()
    path.write_text("my lesson notes " * 100, encoding="utf-8")

    with pytest.raises(FileError, match="cannot be used as a record store"):
        RecordStore(path, KINDS)

    assert path.read_text(encoding="utf-8").startswith("my lesson notes")


def test_records_of_a_newer_version_are_left_alone(path: Path) -> None:
    """An older program does not write into what it does not know."""
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(FileError, match="newer version"):
        RecordStore(path, KINDS)


def write_until_killed(path: Path, started) -> None:
    """Save trials as fast as possible, and die in the midst of it."""
    with RecordStore(path, KINDS) as store:
        for number in range(100_000):
            store.save_trial("e", number, trial(number))
            if number == 200:
                started.set()


def test_a_killed_process_loses_no_saved_trial_and_leaves_no_half_one(path: Path) -> None:
    """Killed while it writes: what is there is whole, and without gaps."""
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    process = context.Process(target=write_until_killed, args=(path, started))
    process.start()
    assert started.wait(60)

    process.kill()
    process.join()
    with RecordStore(path, KINDS) as store:
        found = list(store.trials("e", TARGET))

    assert len(found) >= 200
    assert found == [trial(number) for number in range(len(found))]
    assert process.exitcode == (-9 if os.name == "posix" else 1)
