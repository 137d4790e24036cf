"""The log of decisions: what explains a slow evaluation, and no word of anybody."""

import json
import logging
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.bundled.observers import decision_log
from sandbox.bundled.observers.decision_log import decision_logs
from sandbox.domain.event import (
    EvaluationFinished,
    EvaluationStarted,
    Event,
    ModelAsked,
    ModelFailed,
    PaceChanged,
    PaceReason,
    RecordsDelayed,
    RetryScheduled,
    TargetStopped,
)
from sandbox.errors import ErrorKind
from sandbox.pipeline.observing import Observers

TRIAL = "0123456789abcdef" * 4


def events(words: str = "-", name: str = "openai") -> list[Event]:
    """One of each decision, with these words where people and services word something."""
    return [
        EvaluationStarted(at=1, evaluation="feedback-1", suite="feedback", targets=("t",), planned=2),
        ModelFailed(at=2, trial=TRIAL, model=name, kind=ErrorKind.RATE_LIMIT, status=429),
        RetryScheduled(at=3, trial=TRIAL, model=name, kind=ErrorKind.RATE_LIMIT, wait_seconds=2),
        PaceChanged(at=4, account=name, before=8, after=4, reason=PaceReason.RATE_LIMIT),
        RecordsDelayed(at=5, reason=words),
        TargetStopped(at=6, target="t", reason=words),
        EvaluationFinished(at=7, evaluation="feedback-1", recommendations=("hold",)),
    ]


def logged(path: Path, *told: Event) -> list[dict[str, object]]:
    """What stands in the file after these events."""
    (observer,) = decision_logs(path)
    for event in told:
        observer.observe(event)
    observer.close()
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_decisions_are_written_as_json_lines(tmp_path: Path) -> None:
    """Into a folder that is made for them; a trial is named by the beginning of its fingerprint."""
    lines = logged(tmp_path / "deep" / "log.jsonl", *events())

    assert [line["event"] for line in lines] == [
        "evaluation_started",
        "model_failed",
        "retry_scheduled",
        "pace_changed",
        "records_delayed",
        "target_stopped",
        "evaluation_finished",
    ]
    assert lines[1] == {
        "event": "model_failed",
        "at": "1970-01-01T00:00:02.000Z",
        "trial": "0123456789ab",
        "model": "openai",
        "kind": "rate_limit",
        "status": 429,
    }
    assert lines[4] == {"event": "records_delayed", "at": "1970-01-01T00:00:05.000Z"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(words=st.text(st.characters(exclude_categories=[]), min_size=1))
def test_no_word_of_people_or_services_is_written(tmp_path: Path, words: str) -> None:
    """Whatever it is; and names that hold anything stay on one line and within bounds."""
    path = tmp_path / "log.jsonl"
    path.unlink(missing_ok=True)
    secret = f"Ada {words}"

    lines = logged(path, *events(secret, name=words * 50))

    assert len(lines) == 7
    assert "Ada" not in path.read_text(encoding="utf-8")
    assert max(len(str(line.get("account", ""))) for line in lines) <= 200


@pytest.mark.parametrize("trial", ["Maria Lopez", "A" * 64, ""])
def test_only_a_fingerprint_names_a_trial(tmp_path: Path, trial: str) -> None:
    """An event made by somebody else may hold anything there."""
    failed = ModelFailed(trial=trial, model="m", kind=ErrorKind.TIMEOUT)

    assert logged(tmp_path / "log.jsonl", failed)[0]["trial"] == ""


def test_only_decisions_are_asked_for(tmp_path: Path) -> None:
    """What happens with every trial is never handed over, and costs nothing."""
    observers = Observers(decision_logs(tmp_path / "log.jsonl"))

    assert [kind for kind in get_args(Event) if observers.wants(kind)] == [
        EvaluationStarted,
        EvaluationFinished,
        TargetStopped,
        ModelFailed,
        PaceChanged,
        RecordsDelayed,
        RetryScheduled,
    ]
    assert not observers.wants(ModelAsked)
    observers.close()
    assert not (tmp_path / "log.jsonl").exists()


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older lines go to two older files, and then go."""
    monkeypatch.setattr(decision_log, "_MOST_BYTES", 1000)

    logged(tmp_path / "log.jsonl", *events() * 20)

    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["log.jsonl", "log.jsonl.1", "log.jsonl.2"]
    assert max(path.stat().st_size for path in tmp_path.iterdir()) <= 1000


def test_the_file_is_let_go_when_an_evaluation_ends(tmp_path: Path) -> None:
    """Windows deletes no file that is open; the next evaluation goes on in it."""
    path = tmp_path / "log.jsonl"
    (observer,) = decision_logs(path)

    for event in events():
        observer.observe(event)
    path.rename(tmp_path / "moved.jsonl")
    observer.observe(events()[0])
    observer.close()

    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_a_file_that_cannot_be_written_is_warned_of_once(tmp_path: Path) -> None:
    """It stops nothing."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    observers = Observers(decision_logs(tmp_path / "file" / "log.jsonl"))

    def tell_all() -> None:
        for event in events():
            observers.tell(event)
        observers.close()

    with pytest.warns(UserWarning, match="'decision_log' failed with .*told no more") as told:
        tell_all()

    assert len(told) == 1


def test_python_s_logging_gets_it_too(caplog: pytest.LogCaptureFixture) -> None:
    """Stops and records that cannot be written are warnings, the rest is information."""
    with caplog.at_level(logging.INFO, logger="sandbox"):
        (observer,) = decision_logs(None)
        for event in events("Maria"):
            observer.observe(event)
        observer.close()

    assert {record.name for record in caplog.records} == {"sandbox"}
    assert [record.levelname for record in caplog.records].count("WARNING") == 2
    assert "Maria" not in caplog.text


def test_nothing_is_logged_where_nobody_would_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is no observer, and no event need be made for it."""
    monkeypatch.setattr(decision_log.LOGGER, "propagate", False)

    assert decision_logs(None) == ()
